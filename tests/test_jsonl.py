"""The JSON Lines form of a reading, out and in."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from spacy.language import Language

from ingest.errors import ReadingMalformed
from ingest.formats.jsonl import from_json, to_json
from ingest.model import Article, Reading
from ingest.pipeline import read_articles

TEXT = (
    "Mill closes\n\nThe mill at Orrow closes in May, said Ada Brandt, its owner. Two officials told The Orrow Gazette "
    "that the mill had lost $6 million.\n\nThe union declined to comment."
)
ARTICLE = {"text": TEXT, "title": "Mill closes", "outlet": "Tidewater Post", "published_at": "2031-03-04"}


@pytest.fixture(scope="module")
def reading(nlp: Language) -> Reading:
    article = from_json(ARTICLE)
    assert isinstance(article, Article)
    (found,) = read_articles([article], nlp)
    assert found.assertions
    return found


def test_a_reading_comes_back_as_it_was(reading: Reading):
    assert from_json(json.loads(json.dumps(to_json(reading)))) == reading


def test_the_form_has_the_keys_of_the_model(reading: Reading):
    row = to_json(reading)
    assert row["format"] == 1
    assert {"reader", "id", "version", "url", "title", "outlet", "authors", "language", "genre"} < row.keys()
    assert {"published_at", "credits", "text", "sha256", "entities", "mentions", "assertions"} < row.keys()
    assert {"source", "cue", "content", "source_entities", "hops", "within", "stance", "about"} < row["assertions"][
        0
    ].keys()


def test_an_object_without_assertions_is_an_article_to_be_read():
    article = from_json({"text": "It closed."})
    assert isinstance(article, Article)
    assert article.text == "It closed."


def test_keys_that_we_do_not_know_are_left_alone(reading: Reading):
    assert from_json({**to_json(reading), "note": {"of": ["theirs"]}}) == reading


def changed(row: dict[str, Any], path: tuple[str | int, ...], value: object) -> dict[str, Any]:
    """A copy of the object with one value changed."""
    other: Any = copy.deepcopy(row)
    inner = other
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    return dict(other)


@pytest.mark.parametrize(
    ("path", "value", "told"),
    [
        (("text",), 7, "text"),
        (("text",), "Another text.", "sha256"),
        (("format",), 2, "format"),
        (("version",), "0" * 20, "version"),
        (("genre",), "gossip", "genre"),
        (("published_at",), "last Tuesday", "published_at"),
        (("authors",), "Ada", "authors"),
        (("mentions", 0, "end"), 100_000, "mentions[0].start"),
        (("mentions", 0, "entity"), "nobody", "mentions[0].entity"),
        (("assertions", 0, "stance"), "knows", "assertions[0].stance"),
        (("assertions", 0, "content"), [], "assertions[0].content"),
        (("assertions", 0, "content"), [[5, 2]], "assertions[0].content"),
        (("assertions", 0, "content"), [[0, True]], "assertions[0].content"),
        (("assertions", 0, "confidence"), float("nan"), "assertions[0].confidence"),
        (("assertions", 0, "within"), "nothing", "assertions[0].within"),
        (("assertions", 0, "hops"), [{"span": [0, 3]}], "assertions[0].hops[0].source_type"),
        (("assertions", 0, "wording"), "cut \ud800 here", "assertions[0].wording"),
        (("entities", 0, "kind"), "ghost", "entities[0].kind"),
        (("entities", 0, "id"), "0" * 20, "entities[0].id"),
        (("assertions", 0, "id"), "0" * 20, "assertions[0].id"),
        (("assertions", 0, "asserted_at"), {"value": "2031-03", "precision": "day"}, "assertions[0].asserted_at.value"),
        (("assertions", 0, "asserted_at"), {"value": "soon", "precision": "year"}, "assertions[0].asserted_at.value"),
        (("assertions", 0, "asserted_at"), {"value": "2031-02-30", "precision": "day"}, "assertions[0].asserted_at.v"),
        (("assertions", 0, "asserted_at"), {"value": "2031-Q5", "precision": "quarter"}, "assertions[0].asserted_at.v"),
    ],
)
def test_what_is_wrong_is_told_by_its_place(reading: Reading, path: tuple[str | int, ...], value: object, told: str):
    with pytest.raises(ReadingMalformed) as caught:
        from_json(changed(to_json(reading), path, value))
    assert str(caught.value).startswith((told, f"its {told}"))


def test_no_reading_bears_the_ids_of_another_articles_entities_or_assertions(reading: Reading):
    other = from_json({**ARTICLE, "title": "Mill shuts"})
    assert isinstance(other, Article)
    row = {**to_json(reading), "id": other.id, "version": other.version}
    with pytest.raises(ReadingMalformed, match=r"entities\[0\].id should be that of this name"):
        from_json(row)
    row |= {"entities": [], "mentions": [], "assertions": to_json(reading)["assertions"][:1]}
    with pytest.raises(ReadingMalformed, match=r"assertions\[0\].id should be that of its content in this article"):
        from_json(row)


@pytest.mark.parametrize("row", [None, [], "text", 3, {}, {"text": None}, {"text": "x", "title": ["y"]}])
def test_what_is_no_article_is_refused(row: object):
    with pytest.raises(ReadingMalformed):
        from_json(row)
