"""Texts that no article should be: each is read in bounded time, without an exception, and nothing is invented.

Bounded means: no slower than FACTOR times plain prose of the same length, which is itself read in linear time.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeAlias

import pytest
from spacy.language import Language

from ingest.errors import ArticleEmpty
from ingest.formats.jsonl import from_json
from ingest.model import Article, Assertion, Reading
from ingest.pipeline import read_articles
from tests.factory import make_article

FACTOR = 4
SPARE = 0.5  # seconds of a machine that does other things too
PROSE = (
    "Orrin Labs opened a plant in Dunmore on Monday. Mara Lindqvist said that it would employ 40 people. "
    "The council had asked for 60.\n"
)
SENTENCE = "The plant in Dunmore will open in May and 40 people will work there"
MARKS = " \n.,:\"'‘’‚“”„«»`"
SAID = {"Mara Lindqvist", "Tobias Renn", "Renn"}

Read: TypeAlias = Callable[[str], Reading]


@pytest.fixture(scope="module")
def read(nlp: Language) -> Read:
    def read_text(text: str) -> Reading:
        article = from_json({"text": text, "language": "en"})
        assert isinstance(article, Article)
        (reading,) = read_articles([article], nlp)
        return reading

    return read_text


@pytest.fixture(scope="module")
def second_of_prose(read: Read) -> float:
    """Characters of plain prose that are read in a CPU second."""
    text = PROSE * 120
    read(PROSE)
    started = time.process_time()
    read(text)
    return len(text) / (time.process_time() - started)


def words(reading: Reading, assertion: Assertion) -> tuple[str, str]:
    """Who said what, without quotation marks."""
    text = reading.article.text
    source, content = (" ".join(s.of(text) for s in spans) for spans in (assertion.source, assertion.content))
    return source, content.strip(MARKS)


def sources(reading: Reading) -> set[str]:
    """The words of every source, but of those that speak inside what another says."""
    return {words(reading, a)[0] for a in reading.assertions if a.source and a.within is None}


# ── quotation marks ──────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "who", "what"),
    [
        ('"We will open in May," Mara Lindqvist said.', "Mara Lindqvist", "We will open in May"),
        ("'We will open in May,' Mara Lindqvist said.", "Mara Lindqvist", "We will open in May"),
        ("‘We will open in May,’ Mara Lindqvist said.", "Mara Lindqvist", "We will open in May"),
        ("“We will open in May”, Mara Lindqvist said.", "Mara Lindqvist", "We will open in May"),
        ("„We will open in May“, said Mara Lindqvist.", "Mara Lindqvist", "We will open in May"),
        ("„We will open in May”, said Mara Lindqvist.", "Mara Lindqvist", "We will open in May"),
        ("”We will open in May,” said Mara Lindqvist.", "Mara Lindqvist", "We will open in May"),
        ("»We will open in May«, said Mara Lindqvist.", "Mara Lindqvist", "We will open in May"),
        ("«We will open in May», said Mara Lindqvist.", "Mara Lindqvist", "We will open in May"),
        ("« We will open in May », said Mara Lindqvist.", "Mara Lindqvist", "We will open in May"),
        ("``We will open in May,'' said Mara Lindqvist.", "Mara Lindqvist", "We will open in May"),
        ("“They said ‘we will pay’ twice,” Tobias Renn said.", "Tobias Renn", "They said ‘we will pay’ twice"),
        ("\"They said 'we will pay' twice,\" Tobias Renn said.", "Tobias Renn", "They said 'we will pay' twice"),
    ],
)
def test_a_quotation_in_any_marks_is_its_speakers(read: Read, text: str, who: str, what: str) -> None:
    reading = read(text + " The council met on Monday.")
    assert (who, what) in {words(reading, assertion) for assertion in reading.assertions}
    assert sources(reading) == {who}


@pytest.mark.parametrize(
    "text",
    [
        '"We will open in May, Mara Lindqvist said. "Nobody asked us," said Tobias Renn. Orrin Labs closed.',
        "Mara Lindqvist said: “We will open in May. Orrin Labs closed in 2030.\nTobias Renn said that it was late.",
        "We will open in May,” Mara Lindqvist said. Orrin Labs closed in 2030.",
        '“They said “never” to us,” Mara Lindqvist said. "They said "never"," Renn added.',
        "Mara Lindqvist said »we «will „open‘ in ’May. Tobias Renn said so.",
        '" " " Mara Lindqvist said. "" "." Tobias Renn said.',
    ],
)
def test_stray_marks_give_words_to_nobody_who_does_not_speak(read: Read, text: str) -> None:
    assert sources(read(text)) <= SAID


def test_two_hundred_sentences_in_one_quotation_have_one_speaker(read: Read) -> None:
    reading = read(f"“{'. '.join([SENTENCE] * 200)},” said Mara Lindqvist.\nOrrin Labs closed its mill in 2030.")
    assert sources(reading) == {"Mara Lindqvist"}


def test_two_hundred_paragraphs_in_one_quotation_have_one_speaker(read: Read) -> None:
    paragraphs = "\n".join([f"“{SENTENCE}."] * 200)
    reading = read(f"Mara Lindqvist said:\n{paragraphs}”\nOrrin Labs closed its mill in 2030.")
    assert sources(reading) == {"Mara Lindqvist"}
    writers = [words(reading, a)[1] for a in reading.assertions if a.source_type == "writer"]
    assert writers == ["Orrin Labs closed its mill in 2030"]


# ── no prose ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("one", "other"), [("A", "B"), ("MARA LINDQVIST", "TOBIAS RENN"), ("Q", "A")])
def test_in_a_transcript_only_those_speak_who_are_set_before_a_colon(read: Read, one: str, other: str) -> None:
    reading = read(f"{one}: Will the plant open in May?\n{other}: {SENTENCE}.\n" * 10)
    assert sources(reading) <= {one, other}
    assert {who for who, what in (words(reading, a) for a in reading.assertions) if what == SENTENCE} <= {other}


@pytest.mark.parametrize("gap", ["\t", " | ", "        ", ";"])
def test_a_table_says_nothing(read: Read, gap: str) -> None:
    rows = [
        "Company,Revenue,Said",
        "Orrin Labs,$60 million,yes",
        "Halden Robotics,$75 million,no",
        "Total,$135 million,",
    ]
    assert read("\n".join(row.replace(",", gap) for row in rows * 10)).assertions == ()


def test_capitals_throughout_give_no_speaker_who_does_not_speak(read: Read) -> None:
    text = 'Mara Lindqvist said that the plant would open in May. "We will pay," Tobias Renn said. Orrin Labs closed.'
    assert sources(read(text.upper())) <= {name.upper() for name in SAID}


@pytest.mark.parametrize(
    "text",
    [
        "Mara Lindqvist sagte, das Werk in Dunmore werde im Mai öffnen. „Wir zahlen“, sagte Tobias Renn.",
        "« Nous paierons », a déclaré Tobias Renn. Mara Lindqvist a annoncé que l’usine ouvrirait en mai.",
        "工場は5月に開く、とマラ・リンドクヴィスト氏は述べた。「私たちが払う」とトビアス・レン氏は語った。",
    ],
)
def test_another_language_is_not_read(nlp: Language, text: str) -> None:
    article = from_json({"text": text})
    assert isinstance(article, Article)
    (reading,) = read_articles([article], nlp)
    assert reading.article.not_read is not None
    assert reading.assertions == ()


@pytest.mark.parametrize("text", ["", " \n\t ", ".", '"' * 5_000, "“ " * 5_000])
def test_a_text_without_words_is_told_as_empty_and_gives_nothing(nlp: Language, text: str) -> None:
    with pytest.raises(ArticleEmpty):
        from_json({"text": text})
    (reading,) = read_articles([make_article(text)], nlp)
    assert reading.assertions == reading.mentions == ()


# ── bounded time ─────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "text",
    [
        "“We " * 5_000,
        '"We ' * 5_000,
        "'We " * 5_000,
        "«We will open in May. " * 1_000,
        "“We will open in May.\n" * 1_000,
        "(said " * 4_000,
        "“We pay,” said Mara, " * 1_000,
        "Mara said that " * 1_400,
        "$60 million, 40 percent, " * 800,
        "Dunmore opens\n" * 1_400,
        (f"{SENTENCE.lower()} and Mara Lindqvist said that it would be late " * 1_000)[:100_000],
    ],
    ids=lambda text: f"{text[:12]!r}×{len(text)}",
)
@pytest.mark.timeout(240)
def test_a_text_is_read_in_the_time_of_prose_of_its_length(read: Read, second_of_prose: float, text: str) -> None:
    started = time.process_time()
    read(text)
    assert time.process_time() - started <= FACTOR * len(text) / second_of_prose + SPARE
