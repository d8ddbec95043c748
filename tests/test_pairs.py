"""The labelled pairs are what their evaluation takes them for."""

from __future__ import annotations

from evals.pairs import load_pairs

PAIRS = load_pairs()


def test_sixty_pairs_differ_and_sixty_say_the_same() -> None:
    assert [sum(pair.same == same for pair in PAIRS) for same in (False, True)] == [60, 60]
    assert len({pair.id for pair in PAIRS}) == len(PAIRS)


def test_each_quote_stands_in_its_article() -> None:
    for pair in PAIRS:
        for article, quote in zip(pair.articles, pair.quotes, strict=True):
            assert article.text.count(quote) == 1, pair.id
