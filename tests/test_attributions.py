"""Who says what, construction by construction, in sentences about a town that does not exist."""

from __future__ import annotations

from itertools import pairwise

import pytest
from spacy.language import Language

from ingest.attribution.attributions import Attribution, find_attributions
from ingest.model import PartSpan, Span
from ingest.referents.entities import Mentions
from ingest.tagger.network import load_tagger
from tests.factory import make_article

NO_MENTIONS = Mentions((), ())
Row = tuple[str, str, str]


def read(nlp: Language, text: str, *parts: PartSpan) -> list[Attribution]:
    return find_attributions(make_article(text, parts=parts), nlp(text), NO_MENTIONS)


def rows(nlp: Language, text: str) -> list[Row]:
    """Source, cue and content of each attribution, discontinuous spans joined by " … "."""
    found = read(nlp, text)
    return [tuple(" … ".join(s.of(text) for s in spans) for spans in (a.source, a.cue, a.content)) for a in found]  # type: ignore[misc]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("“No cuts,” said the mayor.", ("the mayor", "said", "“No cuts,”")),
        ("The mayor said: “There will be no cuts.”", ("The mayor", "said", "“There will be no cuts.”")),
        ("“No cuts,” the mayor said, “not this year.”", ("the mayor", "said", "“No cuts,” … “not this year.”")),
        ("“No cuts,” the mayor said. “Not this year.”", ("the mayor", "said", "“No cuts,” … “Not this year.”")),
        (
            "“There will be no cuts.\n\n“There never were any,” the mayor said.",
            ("the mayor", "said", "“There will be no cuts. … “There never were any,”"),
        ),
        ("Prices “will fall by half,” Renn said.", ("Renn", "said", "Prices “will fall by half,”")),
        ("Renn: “We will sue.”", ("Renn", ":", "“We will sue.”")),
        ("“The plant is safe,” Renn wrote.", ("Renn", "wrote", "“The plant is safe,”")),
    ],
)
def test_speech_in_quotation_marks(nlp: Language, text: str, found: Row) -> None:
    assert rows(nlp, text) == [found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Renn said the plant was “a joke” and old.", ("Renn", "said", "the plant was “a joke” and old")),
        ("The plant is unsafe, Renn said on Friday.", ("Renn", "said", "The plant is unsafe")),
        ("The plant, Lindqvist said, is unsafe.", ("Lindqvist", "said", "The plant … is unsafe")),
        ("Lindqvist did not say whether it was safe.", ("Lindqvist", "did not say", "whether it was safe")),
        ("Mara Lindqvist has told Renn that it is unsafe.", ("Mara Lindqvist", "has told", "that it is unsafe")),
        ("The complaint alleges that Halden copied it.", ("The complaint", "alleges", "that Halden copied it")),
        (
            "The terms of use state that users may not copy it.",
            ("The terms of use", "state", "that users may not copy it"),
        ),
        (
            "According to the ministry, Halden and Orrin shared the data.",
            ("the ministry", "According to", "Halden and Orrin shared the data"),
        ),
        (
            "Halden and Orrin shared the data, according to two people briefed on the talks.",
            ("two people briefed on the talks", "according to", "Halden and Orrin shared the data"),
        ),
        (
            "Halden is in talks with Orrin, an official with knowledge of the talks told the Ledger.",
            ("an official with knowledge of the talks", "told", "Halden is in talks with Orrin"),
        ),
    ],
)
def test_reports_in_a_clause(nlp: Language, text: str, found: Row) -> None:
    assert rows(nlp, text) == [found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Experts praised the model’s speed.", ("Experts", "praised", "the model’s speed")),
        ("The company denied the allegations.", ("The company", "denied", "the allegations")),
        ("Orrin accused Halden of copying it.", ("Orrin", "accused", "Halden of copying it")),
        ("Halden was accused by Orrin of copying it.", ("Orrin", "was accused", "Halden … copying it")),
        ("Halden plans to close the plant.", ("Halden", "plans", "to close the plant")),
        ("Critics called on Halden to publish its data.", ("Critics", "called on", "Halden to publish its data")),
        ("Halden declined to comment.", ("Halden", "declined", "to comment")),
        ("Halden could not be reached for comment.", ("Halden", "could not be reached", "for comment")),
        ("Neither company would comment.", ("Neither company", "would", "comment")),
        ("Orrin filed a lawsuit accusing Halden of theft.", ("a lawsuit", "accusing", "Halden of theft")),
        ("Halden is confident that it will win.", ("Halden", "is confident", "that it will win")),
        ("Halden did not respond to a request for comment.", ("Halden", "did not respond to", "a request for comment")),
        ("Nobody tested Orrin’s claim that Halden copied it.", ("Orrin", "claim", "that Halden copied it")),
        ("Renn would have the proof that Halden copied it.", ("Renn", "would have the proof", "that Halden copied it")),
    ],
)
def test_contents_that_are_no_clause(nlp: Language, text: str, found: Row) -> None:
    assert rows(nlp, text) == [found]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Halden is said to have copied the model.", "Halden … to have copied the model"),
        ("It is believed that Halden copied the model.", "that Halden copied the model"),
        ("Halden reportedly copied the model.", "Halden … copied the model"),
        ("The plant will close, it was announced on Monday.", "The plant will close"),
        ("Doubts have been raised over the plant.", "Doubts have been raised over the plant"),
        ("The fear is that the plant will close.", "that the plant will close"),
    ],
)
def test_hearsay_has_no_source(nlp: Language, text: str, content: str) -> None:
    (found,) = read(nlp, text)
    assert found.agentless
    assert found.source == ()
    assert " … ".join(span.of(text) for span in found.content) == content


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "The mayor said nothing else.",
        "If Renn says that the plant is unsafe, it will close.",
        "We believe that the plant is unsafe.",
        "The plant will be unsafe.",
        "Renn asked not to be named.",
        "The move suggests that Halden is short of cash.",
        "Correction: The Plant Is Not Unsafe",
    ],
)
def test_nothing_is_attributed_where_nobody_says_anything(nlp: Language, text: str) -> None:
    assert read(nlp, text) == []


def test_two_speakers_keep_their_own_words(nlp: Language) -> None:
    text = "“We copied nothing,” Lindqvist said. Renn disagreed: “They copied everything.”"
    assert [(source, content) for source, _, content in rows(nlp, text)] == [
        ("Lindqvist", "“We copied nothing,”"),
        ("Renn", "“They copied everything.”"),
    ]


def test_the_next_sentence_does_not_speak_for_a_finished_quotation(nlp: Language) -> None:
    text = "The mayor waved at them all. “There will be no cuts this year or next.” Renn said that he was leaving."
    assert all("Renn" not in source or "cuts" not in content for source, _, content in rows(nlp, text))


def test_a_participle_that_says_more_is_a_second_report_by_the_same_speaker(nlp: Language) -> None:
    assert rows(nlp, "Lindqvist said the plant was safe, adding that it would open in May.") == [
        ("Lindqvist", "said", "the plant was safe"),
        ("Lindqvist", "adding", "that it would open in May"),
    ]


def test_an_apposition_stands_behind_the_name_and_a_relative_clause_does_not(nlp: Language) -> None:
    text = "Daniel Thornvale, a lawyer at Pell, who has an office in Dunsketh, said that the plant was unsafe."
    assert rows(nlp, text)[0][0] == "Daniel Thornvale, a lawyer at Pell"


def test_a_plural_that_only_describes_the_speakers_is_left_out(nlp: Language) -> None:
    text = "Good sports, Orrin Labs, Halden and Tidewire have praised the model."
    assert rows(nlp, text)[0][0] == "Orrin Labs, Halden and Tidewire"


def test_a_dateline_is_no_speaker(nlp: Language) -> None:
    text = "DUNSKETH, 18 March – Halden admitted that its engineers had copied the model."
    assert rows(nlp, text) == [("Halden", "admitted", "that its engineers had copied the model")]


def test_furniture_is_never_read(nlp: Language) -> None:
    text = "The plant is open.\nRelated: Renn said that the plant was unsafe."
    assert read(nlp, text, PartSpan(Span(text.index("Related"), len(text)), "furniture")) == []


def test_an_opened_mark_that_is_never_closed_hides_no_report(nlp: Language) -> None:
    assert rows(nlp, "“The plant is safe, Lindqvist said.") == [("Lindqvist", "said", "The plant is safe")]


def test_a_quotation_of_hundreds_of_sentences_is_one_attribution(nlp: Language) -> None:
    text = "“" + " ".join(f"The plant is unsafe in {n} ways." for n in range(300)) + "” Renn wrote it down."
    assert len(read(nlp, text)) <= 1


@pytest.mark.parametrize(
    "text",
    [
        "“" * 500 + " Renn said " + '"' * 500,
        "RENN SAYS PLANT IS UNSAFE. “NO CUTS,” SAID LINDQVIST.",
        "\n".join(f"Halden\t{n}\t{n * 3} %\t“x”" for n in range(200)),
        "He said that " * 300 + "it is over.",
        "‘’“”«»:.,\u2028\u200b\x00" * 100,
    ],
)
def test_no_text_breaks_the_rules(nlp: Language, text: str) -> None:
    for found in read(nlp, text):
        assert all(span.of(text).strip() for span in (*found.source, *found.cue, *found.content))


def test_no_words_belong_to_two_contents(nlp: Language) -> None:
    text = "Renn said that Halden plans to close the plant. The mayor denied claims that he promised to help."
    spans = sorted(span for found in read(nlp, text) for span in found.content)
    assert not any(one.overlaps(other) for one, other in pairwise(spans))


def test_a_dateline_is_no_part_of_what_the_tagger_finds(nlp: Language) -> None:
    text = "LANFORD, June 3 (CPA) - Loggers made by Orrin showed normal readings, the inspectorate said on Tuesday."
    article = make_article(text)
    (found,) = find_attributions(article, nlp(text), NO_MENTIONS, load_tagger())
    assert [span.of(text) for span in found.content] == ["Loggers made by Orrin showed normal readings"]
    assert found.method.startswith("tagger@")


def test_who_denies_one_clause_is_not_lost_to_who_says_the_one_before(nlp: Language) -> None:
    text = (
        "Officials at the Estmark port authority said on Monday that the ferry had not been inspected since 2028, "
        "and Ilse Marrant, who runs the line, denied that any inspection was due."
    )
    article = make_article(text)
    found = find_attributions(article, nlp(text), NO_MENTIONS, load_tagger())
    said = {" ".join(s.of(text) for s in a.cue): " ".join(s.of(text) for s in a.content) for a in found}
    assert said == {
        "said": "that the ferry had not been inspected since 2028",
        "denied": "that any inspection was due",
    }


def test_on_what_terms_somebody_talks_is_nothing_that_is_said(nlp: Language):
    text = (
        "Halden trained its arms on the output of Orrin’s machine, a Halden source said, speaking on condition of "
        "anonymity because the matter could end in court."
    )
    found = find_attributions(make_article(text), nlp(text), NO_MENTIONS, load_tagger())
    assert [span.of(text) for a in found for span in a.content] == [
        "Halden trained its arms on the output of Orrin’s machine"
    ]
