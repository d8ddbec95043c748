"""What is costly to make, made once a session; and empty stores of every kind."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from neo4j import GraphDatabase
from spacy.language import Language

from graph.dossier import Store, open_store
from ingest.syntax.parsing import load_nlp
from onrecord.neo4j_server import LocalServer

DURABLE = ("sqlite",) if os.environ.get("ONRECORD_TEST_STORES") == "sqlite" else ("sqlite", "neo4j")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """In CI nothing may be skipped: what a test needs, a server, a browser, the corpora, should have been there."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") and reporter is not None and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="session")
def nlp() -> Language:
    return load_nlp()


@pytest.fixture(scope="session")
def neo4j_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of this session's own. Where it cannot start, the tests that need it fail and say why."""
    with LocalServer(tmp_path_factory.mktemp("neo4j"), 0) as server:
        yield server.url


@pytest.fixture(params=DURABLE)
def new_url(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], str]:
    """Gives the address of an empty store that outlives a process; of Neo4j's only the last one given is valid."""

    def make() -> str:
        if request.param == "sqlite":
            return f"sqlite:///{tmp_path}/{len(list(tmp_path.glob('*.sqlite')))}.sqlite"
        url: str = request.getfixturevalue("neo4j_url")
        wipe(url)
        return url

    return make


@pytest.fixture
def new_store(new_url: Callable[[], str]) -> Iterator[Callable[[], Store]]:
    """Gives an open, empty store; of Neo4j's only the last one given is valid."""
    with ExitStack() as opened:
        yield lambda: opened.enter_context(open_store(new_url()))


@pytest.fixture
def store(new_store: Callable[[], Store]) -> Store:
    return new_store()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def wipe(url: str) -> None:
    """Take everything out of a Neo4j database, the mark that makes it ours included."""
    login, _, place = url.partition("://")[2].rpartition("@")
    user, _, password = login.partition(":")
    with GraphDatabase.driver(f"bolt://{place}", auth=(user, password)) as driver:
        driver.execute_query("MATCH (n) DETACH DELETE n", database_="neo4j")
