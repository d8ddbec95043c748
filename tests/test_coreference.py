"""Whom a description, a pronoun or a word for somebody described before means; and what stays open."""

from __future__ import annotations

import json

import pytest
from spacy.language import Language

from ingest.formats.jsonl import from_json, to_json
from ingest.model import Article, Assertion, Reading
from ingest.pipeline import read_articles


def read(nlp: Language, text: str) -> Reading:
    article = from_json({"text": text, "outlet": "Orrow Gazette", "title": "Report"})
    assert isinstance(article, Article)
    (reading,) = read_articles([article], nlp)
    return reading


def telling(reading: Reading, quote: str) -> Assertion:
    """The assertion in whose content the quote stands."""
    text = reading.article.text
    return next(a for a in reading.assertions if a.source_type != "writer" and quote in " ".join(
        span.of(text) for span in a.content))  # fmt: skip


def who_said(nlp: Language, text: str, quote: str) -> list[str]:
    reading = read(nlp, text)
    names = {r.id: r.name for r in reading.referents}
    return [names[s.referent] for s in telling(reading, quote).sources]


@pytest.mark.parametrize(
    ("text", "quote", "who"),
    [
        # by what it does, makes, is called, and where it sits
        ("Tilmark builds ferries. The shipbuilder said orders had doubled.", "orders had doubled", "Tilmark"),
        ("Orlo Labs released a chatbot called Wim. The Wim maker said it was safe.", "it was safe", "Orlo Labs"),
        ("The brewer Haskel sued the farmer's union Fold. The brewer said Fold had lied.", "Fold had lied", "Haskel"),
        ("Tilmark sells tugs. The Orrow shipyard said tugs were dear.", "tugs were dear", "Tilmark"),
        # by who is named in what it says
        (
            "Haskel Bank says it is suing the start-up Orlo Labs. The lender said that Orlo Labs had forged a letter.",
            "had forged a letter", "Haskel Bank",
        ),
        ("Haskel Bank accused Orlo Labs. It said that Orlo Labs had lied.", "had lied", "Haskel Bank"),
        # by who goes on speaking
        (
            "Ivo Brandt, an aide to Governor Tom Quill, wrote that it was over. He added that nobody had paid.",
            "nobody had paid", "Ivo Brandt",
        ),
        (
            "Ada Brandt said Mara Lind was fit. “I have never seen her run so well,” she said.",
            "I have never seen her", "Ada Brandt",
        ),
    ],
)  # fmt: skip
def test_who_is_meant_is_told_by_what_is_said_and_who_speaks(nlp: Language, text: str, quote: str, who: str) -> None:
    assert who_said(nlp, text, quote) == [who]


def test_two_bodies_are_both_meant_by_both(nlp: Language) -> None:
    text = "Haskel Bank and Orrow Savings were fined. Both lenders said the fines were too high."
    assert who_said(nlp, text, "the fines were too high") == ["Haskel Bank", "Orrow Savings"]


def test_one_who_is_described_first_is_named_by_the_next_sentence(nlp: Language) -> None:
    text = "A former foreman said that the pump had failed. The foreman, Ivo Brandt, left in May."
    assert who_said(nlp, text, "the pump had failed") == ["Ivo Brandt"]


def test_one_who_asked_for_no_name_is_not_named_by_the_next_sentence(nlp: Language) -> None:
    text = (
        "A foreman, who asked not to be named, said that the pump had failed. The foreman, Ivo Brandt says, is brave."
    )
    found = telling(read(nlp, text), "the pump had failed")
    assert (found.source_type, found.sources) == ("anonymous", ())


def test_they_and_the_people_are_the_unnamed_of_the_sentence_before(nlp: Language) -> None:
    text = "Two officials told the Gazette that talks had failed. They said that no date was set."
    found = telling(read(nlp, text), "no date was set")
    assert (found.source_type, found.sources, found.source_count) == ("anonymous", (), 2)


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Ivo Brandt and Tom Quill met in Orrow on Monday. He said that the deal was off.", "the deal was off"),
        ("Haskel Bank and Orrow Bank were fined on Monday. The bank said that it would appeal.", "it would appeal"),
    ],
)
def test_between_two_it_stays_open_and_both_are_candidates(nlp: Language, text: str, quote: str) -> None:
    found = telling(read(nlp, text), quote)
    assert found.sources == ()
    assert len(found.candidates) == 2
    assert sum(c.confidence for c in found.candidates) <= 1.01


def test_how_surely_a_word_means_its_speaker_stands_beside_the_speaker(nlp: Language) -> None:
    text = "Ada Brandt runs the mill. She said it was old. “It leaks,” Ada Brandt said."
    reading = read(nlp, text)
    (named,) = telling(reading, "It leaks").sources
    (meant,) = telling(reading, "it was old").sources
    assert (named.method, meant.method) == ("name", "pronoun")
    assert named.confidence > meant.confidence > 0.6


def test_candidates_and_confidence_come_back_from_json_lines(nlp: Language) -> None:
    reading = read(nlp, "Ivo Brandt and Tom Quill met in Orrow on Monday. He said that the deal was off.")
    assert from_json(json.loads(json.dumps(to_json(reading)))) == reading


def test_who_leads_a_body_speaks_for_it_but_not_of_himself(nlp: Language) -> None:
    text = (
        "Ada Brandt, chief executive of Tilmark, said the yard would close. "
        "“I am tired of it all,” Ada Brandt said. Tilmark builds tugs."
    )
    reading = read(nlp, text)
    assert [s.capacity for s in telling(reading, "the yard would close").sources] == ["speaks_for"]
    assert [s.capacity for s in telling(reading, "tired of it all").sources] == ["itself"]


def test_a_noun_that_says_itself_which_goes_back_to_nothing(nlp: Language) -> None:
    text = "Tilmark builds tugs. The firm that built the bridge said that it was safe."
    assert who_said(nlp, text, "it was safe") == []


def test_the_subject_to_come_is_whom_the_words_before_it_wait_for(nlp: Language) -> None:
    text = "Ivo Brandt sued in May. In his ruling, Judge Tom Quill said that Brandt had waited too long."
    reading = read(nlp, text)
    (his,) = [m for m in reading.mentions if m.span.of(text) == "his"]
    assert {r.id: r.name for r in reading.referents}[his.referent] == "Tom Quill"


def test_what_stands_in_brackets_before_an_article_is_not_what_it_goes_on_about(nlp: Language) -> None:
    text = "ORROW (Reuters) - The shipbuilder Tilmark said on Monday it would close a yard."
    reading = read(nlp, text)
    (it,) = [m for m in reading.mentions if m.span.of(text) == "it"]
    assert {r.id: r.name for r in reading.referents}[it.referent] == "Tilmark"


def test_a_surname_is_the_persons_who_was_named_in_full_before(nlp: Language) -> None:
    text = "Oliver Strand runs the bank. Strand's lawyer was away. Strand said that the money was safe."
    assert who_said(nlp, text, "the money was safe") == ["Oliver Strand"]


@pytest.mark.parametrize(
    ("second", "who"),
    [
        ("Tom Quill, who was minister until May, said he had read it in the paper.", ["Tom Quill"]),
        ("Tom Quill, the surgeon, said he had read it in the paper.", []),  # somebody else
        ("Tom Quill, 45, was arrested.", []),  # who does not speak
    ],
)
def test_one_who_opens_an_article_without_a_name_is_whom_the_next_paragraph_brings_in(
    nlp: Language, second: str, who: list[str]
) -> None:
    text = f"A former minister told the inquiry that nobody had warned him.\n\n{second}\n\nIt rained."
    assert who_said(nlp, text, "nobody had warned him") == who


def test_who_was_asked_answers(nlp: Language) -> None:
    text = (
        "Judge Ivo Brandt heard Tom Vance on Monday. Brandt asked Vance why the gate was open. He said it was broken."
    )
    reading = read(nlp, text)
    assert "Ivo Brandt" not in [{r.id: r.name for r in reading.referents}[s.referent]
                                for s in telling(reading, "it was broken").sources]  # fmt: skip
