"""docs/graph.md holds what it says: its questions run on a real Neo4j, and no plumbing is in sight there."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import wipe
from neo4j import GraphDatabase

from graph.dossier import open_store
from graph.store.neo4j_schema import EDGE_TYPES, LABELS

pytestmark = pytest.mark.skipif(os.environ.get("ONRECORD_TEST_STORES") == "sqlite", reason="only SQLite was asked for")
ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs/graph.md").read_text(encoding="utf8")
QUESTIONS = re.findall(r"^### (.+?)\n\n```cypher\n(.+?)```\n\nIn the sample: (.+?)\.$", PAGE, re.MULTILINE | re.DOTALL)
Ask = Callable[[str], list[dict[str, Any]]]


@pytest.fixture(scope="module")
def ask(neo4j_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    """Asks the sample dossier, copied to Neo4j, whatever is asked in Cypher."""
    read = f"sqlite:///{tmp_path_factory.mktemp('sample')}/first.sqlite"
    command = [sys.executable, "-m", "onrecord.cli", "ingest", "samples/first/articles.jsonl", "samples/files"]
    subprocess.run([*command, "--store", read], cwd=ROOT, check=True, capture_output=True)
    wipe(neo4j_url)
    with open_store(read, read_only=True) as sample, open_store(neo4j_url) as copy:
        sample.copy_to(copy)
    login, _, place = neo4j_url.partition("://")[2].rpartition("@")
    user, _, password = login.partition(":")
    with GraphDatabase.driver(f"bolt://{place}", auth=(user, password)) as driver:
        yield lambda query: [row.data() for row in driver.execute_query(query, database_="neo4j").records]
    wipe(neo4j_url)


def test_there_are_twelve_questions():
    assert len(QUESTIONS) == 12


@pytest.mark.parametrize(("question", "query", "found"), QUESTIONS, ids=[question for question, _, _ in QUESTIONS])
def test_a_question_gives_what_stands_below_it(ask: Ask, question: str, query: str, found: str):
    told = " ".join(str(value) for row in ask(query) for value in row.values())
    for words in re.findall(r"`(.+?)`", found):
        assert words in told, question


def test_only_names_of_the_model_are_in_sight(ask: Ask):
    labels = {row["label"] for row in ask("CALL db.labels()")}
    used = {row["label"] for row in ask("MATCH (n) UNWIND labels(n) AS label RETURN DISTINCT label")}
    assert used <= {*LABELS, "Dossier"}, labels
    types = {row["type"] for row in ask("MATCH ()-[r]->() RETURN DISTINCT type(r) AS type")}
    relations = {row["type"] for row in ask("MATCH (:Entity)-[r]->(:Entity) RETURN DISTINCT type(r) AS type")}
    assert types - relations <= EDGE_TYPES
    assert relations
    assert not relations & EDGE_TYPES


def test_a_relation_leads_to_the_claim_that_states_it_and_every_node_has_a_title(ask: Ask):
    stated = "MATCH (:Entity)-[r]->(:Entity) MATCH (c:Claim {id: r.claim}) RETURN count(r) AS number"
    assert ask(stated) == ask("MATCH (:Entity)-[r]->(:Entity) RETURN count(r) AS number")
    assert ask("MATCH (n:Claim|Entity|Assertion|Mention) WHERE n.title IS NULL RETURN count(n) AS number") == [
        {"number": 0}
    ]


def test_dates_are_dates(ask: Ask):
    assert ask(
        "MATCH (a:Article) WHERE a.published_at >= datetime('2031-01-01T00:00Z') RETURN count(a) > 10 AS many"
    ) == [{"many": True}]
