"""Text → Doc: boundaries, offsets, damaged weights, hostile text, the language of a text."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from spacy.language import Language

from ingest.errors import WeightsDamaged
from ingest.formats.language import detect_language
from ingest.model import Article
from ingest.syntax.parsing import (
    LONGEST_TEXT,
    MOST_TOGETHER,
    TOGETHER,
    check_weights,
    find_weights,
    parse,
    to_batches,
)


def article(text: str, not_read: str | None = None) -> Article:
    return Article(
        "a", "v", None, None, None, (), None, "en", "news", None, (), text, "", None, "test", not_read=not_read
    )


def test_a_line_break_ends_a_sentence_and_a_mark_in_brackets_does_not(nlp: Language) -> None:
    text = "Veldt under fire\nVeldt lost 589 million dollars (!) on Monday, its accounts show. It will appeal."
    _, doc = next(parse([article(text)], nlp))
    assert [sent.text.strip() for sent in doc.sents] == [
        "Veldt under fire",
        "Veldt lost 589 million dollars (!) on Monday, its accounts show.",
        "It will appeal.",
    ]


def test_a_token_stands_at_its_offset_in_the_article(nlp: Language) -> None:
    text = "  Odd   spacing\r\n\r\n“Quotes” — and\ttabs;\u00a0no-break 🙂 end"
    _, doc = next(parse([article(text)], nlp))
    assert doc.text == text
    assert all(text[token.idx : token.idx + len(token)] == token.text for token in doc)


def test_articles_come_in_order_and_those_not_read_with_an_empty_doc(nlp: Language) -> None:
    texts = ["One.", "Deux.", "Three."]
    stream = [article(texts[0]), article(texts[1], not_read="language is fr"), article(texts[2])]
    found = list(parse(stream, nlp))
    assert [a.text for a, _ in found] == texts
    assert [doc.text for _, doc in found] == ["One.", "", "Three."]


def test_articles_are_parsed_together_up_to_so_many_characters_a_long_one_alone() -> None:
    half = article("a" * (TOGETHER // 2))
    stream = [half, half, half, article("a" * 2 * TOGETHER), *([article("")] * (MOST_TOGETHER + 1))]
    assert [len(batch) for batch in to_batches(stream)] == [2, 1, 1, MOST_TOGETHER, 1]


@pytest.mark.parametrize("text", ["http://" * 150_000, "a" * 1_000_000, "word " * (LONGEST_TEXT // 5 + 1)])
@pytest.mark.timeout(20)
def test_a_text_that_is_no_article_is_marked_not_read_in_bounded_time(nlp: Language, text: str) -> None:
    marked, doc = next(parse([article(text)], nlp))
    assert marked.not_read is not None
    assert len(doc) == 0


@pytest.mark.timeout(120)
def test_fifty_thousand_words_in_one_paragraph_are_read(nlp: Language) -> None:
    _, doc = next(parse([article("word " * 50_000)], nlp))
    assert len(doc) == 50_000


def test_a_changed_weight_is_refused_with_what_to_do(tmp_path: Path) -> None:
    folder = find_weights()
    if folder is None:
        pytest.skip("Explosion's own package is installed, whose files pip checks")
    copy = tmp_path / folder.name
    shutil.copytree(folder, copy)
    check_weights(copy)
    with (copy / "parser" / "model").open("ab") as weights:
        weights.write(b"\0")
    with pytest.raises(WeightsDamaged, match="pip install"):
        check_weights(copy)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The ministry said on Tuesday that it would not comment on the report.", "en"),
        ("Le ministère a déclaré mardi qu'il ne commenterait pas le rapport.", "fr"),
        ("Das Ministerium wollte den Bericht am Dienstag nicht kommentieren.", "de"),
        ("Comment.", None),
        ("", None),
    ],
)
def test_the_language_of_a_text(text: str, code: str | None) -> None:
    assert detect_language(text) == code
