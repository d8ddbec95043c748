"""One content, its propositions."""

from __future__ import annotations

import pytest
from spacy.language import Language

from ingest.assertion.propositions import find_propositions
from ingest.formats.jsonl import from_json
from ingest.model import Article, Reading, Span
from ingest.pipeline import read_articles


@pytest.mark.parametrize(
    ("content", "parts"),
    [
        ("The vault was empty. Nobody had a key.", ["The vault was empty.", "Nobody had a key."]),
        ("No. The vault was empty.", ["No. The vault was empty."]),
        (
            "that the vault was empty and that the guard had left",
            ["that the vault was empty", "that the guard had left"],
        ),
        ("the vault was empty, but the guard may have left", ["the vault was empty", "the guard may have left"]),
        ("the guard opened the vault and left the house", ["the guard opened the vault", "left the house"]),
        ("the vault was empty or the guard had left", ["the vault was empty or the guard had left"]),
        (
            "if the guard had left, the vault was open and the coins were gone",
            ["if the guard had left, the vault was open and the coins were gone"],
        ),
        (
            "perhaps the guard left and the vault stood open",
            ["perhaps the guard left and the vault stood open"],
        ),
        (
            "it is possible that the guard left and that the vault was open",
            ["it is possible that the guard left and that the vault was open"],
        ),
        ("the guard may have opened the vault and left", ["the guard may have opened the vault and left"]),
        ("the guard and the clerk left the house", ["the guard and the clerk left the house"]),
    ],
)
def test_what_stands_alone_is_apart_and_what_one_word_governs_is_not(
    nlp: Language, content: str, parts: list[str]
) -> None:
    doc = nlp(content)
    found = find_propositions(doc, (Span(0, len(content)),))
    assert [" ".join(span.of(content) for span in spans) for spans in found] == parts


def test_a_denial_of_two_things_joined_is_not_taken_apart(nlp: Language) -> None:
    for content, parts in (("he took the key and he sold it", 1), ("that he took the key and that he sold it", 2)):
        assert len(find_propositions(nlp(content), (Span(0, len(content)),), strictly=True)) == parts


def read(nlp: Language, text: str) -> Reading:
    article = from_json({"text": text, "outlet": "The Ledger", "language": "en"})
    assert isinstance(article, Article)
    return next(iter(read_articles([article], nlp)))


def test_each_half_has_its_own_polarity_and_certainty_and_keeps_the_whole(nlp: Language) -> None:
    text = "Mara Lindqvist said that the vault was not empty and that the guard may have left."
    found = read(nlp, text).assertions
    assert [(a.polarity, a.certainty) for a in found] == [("negative", "unstated"), ("positive", "possible")]
    assert len({a.attribution for a in found}) == 1
    assert len({a.id for a in found}) == 2
    assert {a.attribution_content for a in found} == {(Span(20, len(text) - 1),)}


def test_a_half_without_a_subject_is_told_of_the_one_before_it(nlp: Language) -> None:
    found = read(nlp, "Mara Lindqvist said the guard opened the vault and never locked the house.").assertions
    assert [a.wording for a in found] == ["the guard opened the vault", "the guard never locked the house"]
    assert "guard" in found[1].terms


def test_a_report_inside_one_half_is_within_that_half(nlp: Language) -> None:
    text = "Mara Lindqvist said that the vault was empty and that Tobias Renn had told her the guard was asleep."
    reading = read(nlp, text)
    inner = next(a for a in reading.assertions if a.within)
    outer = next(a for a in reading.assertions if a.id == inner.within)
    assert "Tobias Renn had told" in " ".join(span.of(text) for span in outer.content)
