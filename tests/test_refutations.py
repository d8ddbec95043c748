"""The writer's own word against what somebody says."""

from __future__ import annotations

import pytest
from spacy.language import Language

from ingest.formats.jsonl import from_json
from ingest.model import Article, Assertion
from ingest.pipeline import read_articles


def read(nlp: Language, text: str) -> tuple[Assertion, ...]:
    article = from_json({"text": text, "outlet": "The Ledger", "language": "en"})
    assert isinstance(article, Article)
    return next(iter(read_articles([article], nlp))).assertions


@pytest.mark.parametrize(
    ("text", "refuted"),
    [
        ("Tobias Renn falsely claimed that the plant had closed.", True),
        ("Tobias Renn was wrong to say that the plant had closed.", True),
        ("Tobias Renn was not wrong to say that the plant had closed.", False),
        ("Tobias Renn was mistaken in saying that the plant had closed.", True),
        ("Tobias Renn lied when he said that the plant had closed.", True),
        ("Tobias Renn repeated the false claim that the plant had closed.", True),
        ("Tobias Renn rightly claimed that the plant had closed.", False),
        ("Tobias Renn repeatedly said that the plant had closed.", False),
    ],
)
def test_who_writes_falsely_claimed_denies_it(nlp: Language, text: str, refuted: bool) -> None:
    found = read(nlp, text)
    assert [a.stance for a in found if a.source_type == "writer"] == (["denies"] if refuted else [])
    assert [a for a in found if a.source]
