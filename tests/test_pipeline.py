"""Articles in, readings out."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import count, islice
from pathlib import Path

import pytest
from spacy.language import Language

from ingest import pipeline
from ingest.errors import IngestError, WeightsDamaged
from ingest.lexicon import lexicon_hash
from ingest.model import Article, Reading
from ingest.pipeline import AHEAD, Read, open_reader, read_articles, read_in_processes, reader_name
from ingest.syntax import parsing
from ingest.syntax.parsing import MOST_TOGETHER
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


@pytest.mark.parametrize("printed", ["The New York Times", "New York Times", "NYT"])
def test_the_outlet_that_prints_is_the_one_that_the_lexicon_knows(nlp: Language, printed: str) -> None:
    cited = make_article("Halden Robotics closed, the New York Times reported.")
    own, other = read_articles([make_article(STORY, outlet=printed, credits=("(Reuters)",)), cited], nlp)
    assert {r.key for r in own.referents if r.kind == "outlet"} == {"new-york-times", "reuters"}
    assert "new-york-times" in {r.key for r in other.referents}


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
        "from ingest.syntax.parsing import load_nlp; from ingest.pipeline import read_articles; "
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


def test_a_reading_does_not_depend_on_the_words_that_are_forgotten(
    nlp: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    articles = [make_article(STORY.replace("Orrin", name)) for name in ("Quellstad", "Orrin", "Quellstad")]
    remembered = list(read_articles(articles, nlp))
    monkeypatch.setattr(parsing, "MOST_WORDS", 0)
    monkeypatch.setattr(parsing, "MOST_TOGETHER", 1)
    assert list(read_articles(articles, nlp)) == remembered


def test_an_unknown_word_is_forgotten_with_its_article(nlp: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parsing, "MOST_WORDS", 0)
    (reading,) = read_articles([make_article("Zwirbelquast Labs lost $60 million in 2030.")], nlp)
    assert "Zwirbelquast Labs" in {r.name for r in reading.referents}
    assert "Zwirbelquast" not in nlp.vocab.strings


# ── over several processes ───────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def read_by_two() -> Iterator[Read]:
    with open_reader(2) as read:
        yield read


def test_two_processes_read_as_one_does_in_the_same_order(nlp: Language, read_by_two: Read) -> None:
    stories = [make_article(f"{STORY}\nIt has {number} engineers.") for number in range(3 * MOST_TOGETHER)]
    articles = [*stories, replace(stories[0], not_read="language is fr"), make_article("")]
    assert list(read_by_two(articles)) == list(read_articles(articles, nlp))


def test_few_articles_are_taken_ahead_of_what_is_read(read_by_two: Read) -> None:
    taken = count()
    endless = (make_article(f"Orrin Labs lost ${next(taken)} million in 2030.") for _ in count())
    assert len(list(islice(read_by_two(endless), 2))) == 2
    assert next(taken) <= (2 * AHEAD + 1) * MOST_TOGETHER + 1


def test_what_goes_wrong_in_a_process_is_told_as_in_one(nlp: Language, read_by_two: Read) -> None:
    broken = replace(make_article(STORY), parts=("no part",))  # type: ignore[arg-type]
    for read in (read_by_two, lambda articles: read_articles(articles, nlp)):
        with pytest.raises(AttributeError, match="'str' object has no attribute 'part'"):
            list(read([broken]))


def refuse(batch: list[Article]) -> list[Reading]:
    raise WeightsDamaged(f"{len(batch)} could not be read: run `pip install`")


def die(batch: list[Article]) -> list[Reading]:
    os._exit(len(batch))


@pytest.mark.parametrize(
    ("work", "error", "says"),
    [(refuse, WeightsDamaged, "1 could not be read: run `pip install`"), (die, IngestError, "ask for fewer")],
)
def test_a_process_that_cannot_read_ends_as_an_error_of_ours(
    monkeypatch: pytest.MonkeyPatch, work: object, error: type[Exception], says: str
) -> None:
    monkeypatch.setattr(pipeline, "read_batch", work)
    with pytest.raises(error, match=says):
        list(read_in_processes([make_article(STORY)], 2))


def test_an_outlet_s_name_in_that_of_another_body_is_no_outlet(nlp: Language) -> None:
    (reading,) = read_articles([make_article("The Hill Safety Board (HSB) said that stones had fallen.")], nlp)
    assert "the-hill" not in {r.key for r in reading.referents}
    (cited,) = read_articles([make_article("The Hill reported that stones had fallen.")], nlp)
    assert "the-hill" in {r.key for r in cited.referents}
