"""What a source does with its content, read off cue and content."""

from __future__ import annotations

import pytest
from spacy.language import Language
from spacy.tokens import Doc, Token

from ingest.attribution.certainty import find_certainty, find_polarity, find_tense
from ingest.attribution.deeds import asks_for_no_name, is_deed, is_unsaid
from ingest.attribution.frames import find_core
from ingest.attribution.stance import find_stance
from ingest.model import Certainty, SourceType, Span, Stance
from ingest.syntax.trees import tokens_in


def words(doc: Doc, text: str) -> list[Token]:
    start = doc.text.index(text)
    return tokens_in(doc, [Span(start, start + len(text))])


@pytest.mark.parametrize(
    ("text", "cue", "content", "stance"),
    [
        ("Halden said that Veldt copied it.", "said", "that Veldt copied it", "asserts"),
        ("Halden alleged that Veldt copied it.", "alleged", "that Veldt copied it", "alleges"),
        ("Halden accused Veldt of copying it.", "accused", "copying it", "alleges"),
        ("Veldt admitted that it copied the model.", "admitted", "that it copied the model", "confirms"),
        ("Veldt denied that it had copied the model.", "denied", "that it had copied the model", "denies"),
        ("Veldt denied copying the model.", "denied", "copying the model", "denies"),
        ("Veldt rejected claims that it copied the model.", "rejected", "claims that it copied the model", "denies"),
        ("Veldt dismissed the report as false.", "dismissed", "the report", "denies"),
        (
            "There is no evidence that Veldt copied it, Orr said.",
            "said",
            "There is no evidence that Veldt copied it",
            "denies",
        ),
        (
            "Orr said that it was not true that Veldt copied it.",
            "said",
            "that it was not true that Veldt copied it",
            "denies",
        ),
        ("Orr has found no evidence that Veldt copied it.", "has found no evidence", "that Veldt copied it", "denies"),
        ("Orr said that there was no truth in the report.", "said", "that there was no truth in the report", "denies"),
        (
            "Veldt did not deny that it copied the model.",
            "did not deny",
            "that it copied the model",
            "declines_to_comment",
        ),
        ("Veldt would not confirm that it copied it.", "would not confirm", "that it copied it", "declines_to_comment"),
        ("The allegations are false, Orr said.", "said", "The allegations are false", "denies"),
        ("The report is long, Orr said.", "said", "The report is long", "asserts"),
        ("Orr doubts that Veldt copied it.", "doubts", "that Veldt copied it", "doubts"),
        ("Orr does not believe that Veldt copied it.", "does not believe", "that Veldt copied it", "doubts"),
        ("Orr does not doubt that Veldt copied it.", "does not doubt", "that Veldt copied it", "asserts"),
        ("Orr asked whether Veldt had copied it.", "asked", "whether Veldt had copied it", "questions"),
        (
            "Orr retracted his statement that Veldt copied it.",
            "retracted",
            "his statement that Veldt copied it",
            "retracts",
        ),
        ("Halden praised the model of Veldt.", "praised", "the model of Veldt", "praises"),
        ("Halden criticised the ruling.", "criticised", "the ruling", "criticises"),
        ("Halden urged Veldt to delete the model.", "urged", "to delete the model", "calls_for"),
        ("Veldt called for an inquiry.", "called", "an inquiry", "calls_for"),
        ("Veldt promised to delete the model.", "promised", "to delete the model", "intends"),
        ("Veldt plans to cut 40 jobs.", "plans", "to cut 40 jobs", "intends"),
        ("Veldt declined to comment.", "declined", "to comment", "declines_to_comment"),
        ("Veldt refused to discuss the case.", "refused", "to discuss the case", "declines_to_comment"),
        (
            "Veldt did not respond to a request for comment.",
            "did not respond",
            "a request for comment",
            "did_not_respond",
        ),
        ("Orr could not be reached for comment.", "could not be reached", "comment", "did_not_respond"),
        ("The concern is that Veldt copied it.", "The concern is", "that Veldt copied it", "alleges"),
        ("Orr said that the clubs should be compensated.", "said", "that the clubs should be compensated", "calls_for"),
        ("Orr said that he had done nothing wrong.", "said", "that he had done nothing wrong", "denies"),
        ("Orr took back his claim that Veldt copied it.", "took back", "his claim that Veldt copied it", "retracts"),
        ("Veldt responded to the letter.", "responded", "the letter", "asserts"),
        ("Veldt has yet to reply to the letter.", "has yet to reply", "the letter", "did_not_respond"),
        ("Orr stopped short of saying that Veldt copied it.", "saying", "that Veldt copied it", "declines_to_comment"),
        ("Orr has not stood up and said that Veldt lied.", "said", "that Veldt lied", "declines_to_comment"),
        ("Orr said it was unlikely that Veldt copied it.", "said", "it was unlikely that Veldt copied it", "doubts"),
        ("Orr said Veldt was unlikely to copy it.", "said", "Veldt was unlikely to copy it", "doubts"),
        ("Orr said it is impossible that Veldt copied it.", "said", "it is impossible that Veldt copied it", "denies"),
        ("Orr said it was unclear whether Veldt paid.", "said", "it was unclear whether Veldt paid", "questions"),
        (
            "Orr said there is no doubt that Veldt copied it.",
            "said",
            "there is no doubt that Veldt copied it",
            "asserts",
        ),
        ("Nobody disputes that Veldt copied it, Orr said.", "said", "Nobody disputes that Veldt copied it", "asserts"),
        ("“I doubt that Veldt copied it,” Orr said.", "said", "I doubt that Veldt copied it", "doubts"),
        ("Orr voiced concern about theft.", "voiced concern", "theft", "alleges"),
        ("Orr voiced doubts about the report.", "voiced doubts", "the report", "doubts"),
        ("Orr voiced doubts about the report.", "voiced", "doubts about the report", "doubts"),
        ("Did Orr say that Veldt paid?", "say", "that Veldt paid", "questions"),
        ("Orr could not believe that Veldt had paid.", "could not believe", "that Veldt had paid", "asserts"),
        ("Orr questioned whether Veldt paid.", "questioned", "whether Veldt paid", "questions"),
        ("Orr took back his claim that Veldt copied it.", "claim", "that Veldt copied it", "retracts"),
        (
            "“I was wrong when I said Veldt copied it,” Orr said.",
            "said",
            "I was wrong when I said Veldt copied it",
            "retracts",
        ),
    ],
)
def test_the_stance_is_read_off_cue_and_content(
    nlp: Language, text: str, cue: str, content: str, stance: Stance
) -> None:
    doc = nlp(text)
    inside = words(doc, content)
    assert find_stance([], words(doc, cue), inside, find_core(inside), "named") == stance


@pytest.mark.parametrize(
    ("text", "cue", "content", "deed"),
    [
        ("Veldt dismissed its coach.", "dismissed", "its coach", True),
        ("Veldt dismissed the claim.", "dismissed", "the claim", False),
        ("Veldt rejected the painting.", "rejected", "the painting", True),
        ("Officers are seeking two hikers.", "seeking", "two hikers", True),
        ("Workers are seeking higher wages.", "seeking", "higher wages", False),
        ("Orr left without naming the firm.", "naming", "the firm", True),
    ],
)
def test_a_deed_is_no_word_of_anybodys(nlp: Language, text: str, cue: str, content: str, deed: bool) -> None:
    doc = nlp(text)
    assert is_deed(words(doc, cue), words(doc, content)) == deed


@pytest.mark.parametrize(
    ("text", "cue", "content", "unsaid"),
    [
        ("Orr never claimed that Veldt copied it.", "never claimed", "that Veldt copied it", True),
        ("Orr stopped short of saying that Veldt copied it.", "saying", "that Veldt copied it", True),
        ("Orr never doubted that Veldt copied it.", "never doubted", "that Veldt copied it", False),
        ("Orr declined to say whether Veldt copied it.", "declined to say", "whether Veldt copied it", False),
        ("Orr said that Veldt never copied it.", "said", "that Veldt never copied it", False),
    ],
)
def test_what_was_never_said_is_no_silence(nlp: Language, text: str, cue: str, content: str, unsaid: bool) -> None:
    doc = nlp(text)
    assert is_unsaid(words(doc, cue), words(doc, content)) == unsaid


def test_a_plan_that_is_not_made_is_a_plan_not_to(nlp: Language) -> None:
    for text, polarity in (("Veldt does not plan to sell it.", "negative"), ("Veldt plans to sell it.", "positive")):
        doc = nlp(text)
        content = words(doc, "to sell it")
        cue = words(doc, text.split(" to sell")[0].removeprefix("Veldt "))
        assert find_polarity(cue, find_core(content), "intends") == polarity


def test_a_filing_alleges_where_a_rulebook_states(nlp: Language) -> None:
    for source, stance in (("The complaint", "alleges"), ("The handbook", "asserts")):
        doc = nlp(f"{source} says that Veldt copied the model.")
        content = words(doc, "that Veldt copied the model")
        assert find_stance(words(doc, source), words(doc, "says"), content, find_core(content), "document") == stance


def test_what_nobody_says_is_alleged(nlp: Language) -> None:
    doc = nlp("Veldt is said to have copied the model.")
    content = words(doc, "to have copied the model")
    assert find_stance([], words(doc, "is said"), content, find_core(content), "agentless") == "alleges"


@pytest.mark.parametrize(
    ("content", "cue", "certainty"),
    [
        ("Veldt copied the model", "said", "unstated"),
        ("Veldt may have copied the model", "said", "possible"),
        ("Veldt could face a fine", "said", "possible"),
        ("Veldt probably copied the model", "said", "probable"),
        ("Veldt must have copied the model", "said", "probable"),
        ("Veldt must pay a fine", "said", "unstated"),
        ("it is likely that Veldt copied the model", "said", "probable"),
        ("I think that Veldt copied the model", "said", "probable"),
        ("we are reviewing signs that Veldt may have copied the model", "said", "possible"),
        ("Orr is weighing hints that Veldt may have copied the model", "said", "possible"),
        ("there is no doubt that Veldt copied the model", "said", "certain"),
        ("Veldt appears to have copied the model", "said", "probable"),
        ("Veldt certainly copied the model", "said", "certain"),
        ("Veldt copied the model", "believes", "probable"),
        ("Veldt copied the model", "suspects", "possible"),
        ("the site would already have been chosen", "said", "probable"),
        ("the site would have been chosen if Veldt had paid", "said", "unstated"),
    ],
)
def test_certainty_is_what_the_words_hedge(nlp: Language, content: str, cue: str, certainty: Certainty) -> None:
    doc = nlp(f"Orr {cue} that {content}.")
    assert find_certainty("asserts", "named", words(doc, cue), find_core(words(doc, content))) == certainty


def test_a_rule_of_a_document_is_no_guess(nlp: Language) -> None:
    doc = nlp("The terms state that customers may not copy the model.")
    core = find_core(words(doc, "that customers may not copy the model"))
    source: SourceType = "document"
    assert find_certainty("asserts", source, words(doc, "state"), core) == "unstated"


@pytest.mark.parametrize(
    ("content", "polarity"),
    [
        ("Veldt copied the model", "positive"),
        ("Veldt never copied the model", "negative"),
        ("users cannot copy the model", "negative"),
        ("nobody copied the model", "negative"),
        ("it had reached no finding", "negative"),
        ("Veldt did not fire nobody", "positive"),
        ("there is no evidence that Veldt copied the model", "positive"),
        ("there is no evidence that Veldt did not copy the model", "negative"),
    ],
)
def test_polarity_is_that_of_the_claim_under_its_frames(nlp: Language, content: str, polarity: str) -> None:
    doc = nlp(f"Orr said that {content}.")
    assert find_polarity(words(doc, "said"), find_core(words(doc, content))) == polarity


@pytest.mark.parametrize(
    ("content", "tense"),
    [
        ("Veldt will cut 40 jobs", "future"),
        ("Veldt would cut 40 jobs", "future"),
        ("Veldt is going to cut 40 jobs", "future"),
        ("Veldt cut 40 jobs", "non_future"),
        ("Veldt would have cut 40 jobs", "non_future"),
    ],
)
def test_tense_is_seen_from_the_source(nlp: Language, content: str, tense: str) -> None:
    doc = nlp(f"Orr said that {content}.")
    assert find_tense("asserts", find_core(words(doc, content))) == tense


@pytest.mark.parametrize(
    ("text", "cue", "content", "asks"),
    [
        ("Two clerks asked not to be named.", "asked", "not to be named", True),
        ("A clerk agreed to talk on condition of anonymity.", "agreed", "to talk on condition of anonymity", True),
        ("Orr said that the clerk asked not to be named.", "said", "that the clerk asked not to be named", False),
        ("Orr asked Veldt to delete the model.", "asked", "to delete the model", False),
    ],
)
def test_who_asks_for_no_name_claims_nothing(nlp: Language, text: str, cue: str, content: str, asks: bool) -> None:
    doc = nlp(text)
    assert asks_for_no_name(words(doc, cue), words(doc, content)) is asks
