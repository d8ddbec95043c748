"""Correction notes: what they take back, and from whom."""

from __future__ import annotations

from spacy.language import Language

from ingest.formats.jsonl import from_json
from ingest.model import Article, Reading
from ingest.pipeline import read_articles

STORY = "Orrin Labs has closed its plant. Mara Lindqvist, the mayor, said the plant of Orrin Labs would be sold."


def read(nlp: Language, text: str, title: str = "Report of the day") -> Reading:
    article = from_json({"title": title, "outlet": "Tidewire", "published_at": "2031-03-04", "text": text})
    assert isinstance(article, Article)
    return next(read_articles([article], nlp))


def speakers(reading: Reading, words: str) -> set[str]:
    """Who says, anywhere in the article, something with these words."""
    names = {r.id: r.name for r in reading.referents}
    said = [a for a in reading.assertions if words in " ".join(s.of(reading.article.text) for s in a.content)]
    return {names[s.referent] for a in said for s in a.sources}


def test_words_that_a_note_gives_to_another_are_taken_from_the_first(nlp: Language) -> None:
    note = "Correction: This article misattributed a quotation to Mara Lindqvist. It was Dale Orrick who said the plant"
    assert speakers(read(nlp, STORY), "be sold") == {"Mara Lindqvist"}
    assert speakers(read(nlp, f"{STORY}\n\n{note} of Orrin Labs would be sold."), "be sold") == {"Dale Orrick"}


def test_a_note_on_something_else_leaves_words_where_they_are(nlp: Language) -> None:
    note = "Correction: An earlier version of this article gave the wrong age for Mara Lindqvist. She is 51."
    assert speakers(read(nlp, f"{STORY}\n\n{note}"), "be sold") == {"Mara Lindqvist"}


def test_every_note_of_a_column_of_corrections_takes_its_words_back(nlp: Language) -> None:
    column = (
        "• On 2 March we wrongly reported that Dale Orrick sold a boat. He lent it.\n\n"
        "• A report about Orrin Labs wrongly said that Orrin Labs had lost 9 million crowns. It lost nothing."
    )
    under_title = read(nlp, column, title="Corrections and clarifications")
    under_heading = read(nlp, f"{STORY}\n\nCorrections\n\n{column}")
    for reading in (under_title, under_heading):
        assert sorted(a.stance for a in reading.assertions if a.part == "correction").count("retracts") == 2
    assert {a.part for a in under_heading.assertions if "plant" in a.wording} == {"body"}
