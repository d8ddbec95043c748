"""What only a server does: what it refuses, and what stays secret. It runs unless only SQLite was asked for."""

from __future__ import annotations

import os
import traceback

import pytest
from conftest import wipe
from neo4j import GraphDatabase
from telling import say, tell

from graph.ask import questions
from graph.ask.rows import claim_rows
from graph.dossier import open_store
from graph.errors import StoreError, StoreForeign, StoreMoved, StoreUnreachable
from graph.store.transaction import ClaimFilter, Transaction

pytestmark = pytest.mark.skipif(os.environ.get("ONRECORD_TEST_STORES") == "sqlite", reason="only SQLite was asked for")


def count_nodes(url: str) -> int:
    login, _, place = url.partition("://")[2].rpartition("@")
    with GraphDatabase.driver(f"bolt://{place}", auth=tuple(login.split(":"))) as driver:
        rows = driver.execute_query("MATCH (n) RETURN count(n) AS number", database_="neo4j").records
    number: int = rows[0]["number"]
    return number


def test_a_database_with_something_else_in_it_is_refused_and_left_as_it_is(neo4j_url: str):
    wipe(neo4j_url)
    login, _, place = neo4j_url.partition("://")[2].rpartition("@")
    with GraphDatabase.driver(f"bolt://{place}", auth=tuple(login.split(":"))) as driver:
        driver.execute_query("CREATE (:Film {title: 'Tideline'})", database_="neo4j")
    for read_only in (True, False):
        with pytest.raises(StoreForeign, match="something else"):
            open_store(neo4j_url, read_only=read_only)
    assert count_nodes(neo4j_url) == 1


def test_no_error_nor_the_store_itself_shows_the_password(neo4j_url: str):
    wipe(neo4j_url)
    password = neo4j_url.split(":")[2].split("@")[0]
    with open_store(neo4j_url) as store:
        assert password not in repr(store._backend) + repr(vars(store._backend))
    places = [
        neo4j_url.replace(password, f"x{password}"),
        neo4j_url.rpartition(":")[0] + ":1",
        neo4j_url.replace(password, f"{password}/{password}"),
        neo4j_url.replace("neo4j://", "neo4j+s://"),
    ]
    for place in places:
        with pytest.raises(StoreError) as raised:
            open_store(place)
        assert password not in "".join(traceback.format_exception(raised.value))


def test_a_wrong_password_and_an_absent_server_are_told_apart(neo4j_url: str):
    password = neo4j_url.split(":")[2].split("@")[0]
    with pytest.raises(StoreUnreachable, match="refuses this user or password"):
        open_store(neo4j_url.replace(password, "wrong"))
    with pytest.raises(StoreUnreachable, match="no Neo4j answers"):
        open_store("bolt://neo4j:secret@127.0.0.1:1")


def test_an_answer_is_of_one_state_and_begun_anew_where_a_writer_came_between(neo4j_url: str):
    wipe(neo4j_url)
    first, second = (tell(say("Orrin Labs was first", "Ada Quill"), on=day) for day in ("2031-03-04", "2031-03-05"))
    asked: list[int] = []

    def count_articles(tx: Transaction) -> int:
        (claim,) = tx.claims(ClaimFilter())
        if not asked:
            with open_store(neo4j_url) as writer:
                writer.write([second])
        asked.append(len(claim_rows(tx, [claim])))
        return questions.what_was_read(tx).articles

    with open_store(neo4j_url) as store:
        store.write([first])
        with pytest.raises(StoreMoved), store.read() as tx:
            count_articles(tx)
        store.remove(second.article.id)
        assert store.ask(count_articles) == 2
    assert asked == [1]
