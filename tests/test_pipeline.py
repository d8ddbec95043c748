"""Articles in, readings out."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from spacy.language import Language

from ingest.lexicon import lexicon_hash
from ingest.model import Article
from ingest.pipeline import read_articles, reader_name
from tests.factory import make_article

STORY = "Halden Robotics copied the model, Mara Lindqvist said.\nOrrin Labs lost $60 million in 2030."


def test_a_reading_holds_what_was_found(nlp: Language) -> None:
    (reading,) = read_articles([make_article(STORY)], nlp)
    assert [a.source_type for a in reading.assertions] == ["named", "writer"]
    assert {r.name for r in reading.referents} >= {"Halden Robotics", "Mara Lindqvist", "Orrin Labs"}
    assert {m.referent for m in reading.mentions} <= {r.id for r in reading.referents}


def test_all_that_an_assertion_points_at_is_in_the_reading(nlp: Language) -> None:
    (reading,) = read_articles([make_article(STORY)], nlp)
    known = {r.id for r in reading.referents}
    for claim in reading.assertions:
        assert {s.referent for s in claim.sources} | set(claim.about) | set(claim.affiliations) <= known


def test_reading_is_a_stream(nlp: Language) -> None:
    def endless() -> Iterator[Article]:
        number = 0
        while True:
            number += 1
            yield make_article(f"{STORY}\nIt has {number} engineers.")

    readings = read_articles(endless(), nlp)
    assert next(readings).article.text != next(readings).article.text


def test_an_article_that_is_not_to_be_read_passes_through_empty(nlp: Language) -> None:
    unread = replace(make_article(STORY, language="fr"), not_read="language is fr")
    readings = list(read_articles([make_article(STORY), unread], nlp))
    assert [bool(r.assertions) for r in readings] == [True, False]
    assert readings[1].referents == readings[1].mentions == ()


def test_the_same_article_is_read_the_same_alone_and_among_others(nlp: Language) -> None:
    article, other = make_article(STORY), make_article("Orrin Labs said that it had closed.")
    (alone,) = read_articles([article], nlp)
    assert list(read_articles([other, article], nlp))[1] == alone


def test_a_reading_does_not_depend_on_the_order_of_hashes() -> None:
    code = (
        "from ingest.language import load_nlp; from ingest.pipeline import read_articles; "
        "from tests.factory import make_article; from tests.test_pipeline import STORY; "
        "print(list(read_articles([make_article(STORY)], load_nlp())))"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-W", "ignore", "-c", code],
            env=os.environ | {"PYTHONHASHSEED": seed},
            cwd=Path(__file__).parent.parent,
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(runs) == 1


def test_a_reader_is_named_by_its_word_lists() -> None:
    assert lexicon_hash() in reader_name()
