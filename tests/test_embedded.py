"""What only a file does: who may read it, what stays in its bytes, what it refuses, what a reader sees meanwhile."""

from __future__ import annotations

import sqlite3
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from factory import make_reading
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.dossier import Store, open_store
from graph.errors import StoreBusy, StoreError, StoreForeign, StoreUnreachable
from graph.store.sqlite import SqliteBackend
from graph.store.transaction import Transaction
from ingest.model import Reading

LEDGER = make_reading(("Mara Lindqvist", "Halden Robotics stops all arms"))
SECRET = make_reading(
    ("Tobias Renn", "the zyxwvut plan failed"), ("", "nobody at Halden Robotics knew of the zyxwvut plan"),
    title="Zyxwvut uncovered", outlet="Zyxwvut Courier", url="zyxwvut.example/1", authors=("Zyxwvut Quill",),
)  # fmt: skip


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "dossier.sqlite"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with open_store(f"sqlite:///{path}") as store:
        yield store


def files(path: Path) -> list[Path]:
    return sorted(path.parent.glob(path.name + "*"))


def test_only_the_owner_reads_the_file_and_what_lies_beside_it(store: Store, path: Path):
    store.write([LEDGER])
    with store.read() as tx:
        assert tx.counts()
        assert [file.name for file in files(path)] == ["dossier.sqlite", "dossier.sqlite-shm", "dossier.sqlite-wal"]
        assert {stat.S_IMODE(file.stat().st_mode) for file in files(path)} == {0o600}


def test_nothing_of_a_removed_article_is_left_in_the_bytes(store: Store, path: Path):
    store.write([LEDGER, SECRET])
    store.write([make_reading(("", f"Orrin Labs made {n} arms"), title=f"Arms {n}") for n in range(30)])
    there = b"".join(file.read_bytes() for file in files(path)).lower()
    assert b"zyxwvut" in there
    store.remove(SECRET.article.id)
    left = b"".join(file.read_bytes() for file in files(path)).lower()
    for word in (b"zyxwvut", SECRET.article.id.encode(), SECRET.assertions[0].id.encode()):
        assert word in there
        assert word not in left


def test_a_reader_keeps_its_state_while_a_writer_writes(store: Store):
    store.write([LEDGER])
    with store.read() as early:
        before = early.counts()
        store.write([SECRET])
        assert early.counts() == before
        with store.read() as late:
            assert late.counts()["Article"] == 2


def test_a_second_writer_gives_up_after_its_time(store: Store, path: Path):
    def meanwhile(_: Transaction) -> None:
        with pytest.raises(StoreBusy, match="another process"):
            SqliteBackend(path, wait=0.01).write(lambda _: None)

    store._backend.write(meanwhile)


@pytest.mark.parametrize("read_only", [True, False])
def test_another_programs_database_is_refused_and_left_as_it_is(path: Path, read_only: bool):
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE setting (name, value)")
    other.close()
    before = path.read_bytes()
    with pytest.raises(StoreForeign, match="another program"):
        open_store(f"sqlite:///{path}", read_only=read_only)
    assert (path.read_bytes(), files(path)) == (before, [path])


@pytest.mark.parametrize("read_only", [True, False])
def test_a_file_that_is_no_database_is_refused_and_left_as_it_is(path: Path, read_only: bool):
    path.write_text("Dear diary, " * 100)
    with pytest.raises(StoreForeign, match="not a dossier"):
        open_store(f"sqlite:///{path}", read_only=read_only)
    assert path.read_text() == "Dear diary, " * 100
    assert files(path) == [path]


def test_a_place_without_a_folder_or_that_is_a_folder_is_refused(tmp_path: Path):
    for place in (tmp_path / "nowhere" / "x.sqlite", tmp_path):
        with pytest.raises(StoreUnreachable, match=place.name):
            open_store(f"sqlite:///{place}")


def test_a_store_of_an_unknown_kind_is_refused_without_its_password():
    with pytest.raises(StoreError, match="'mysql'") as raised:
        open_store("mysql://me:hunter2@host/db")
    assert "hunter2" not in str(raised.value)


def test_a_path_after_three_slashes_is_relative(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    open_store("sqlite:///here%20#1?.sqlite").close()
    assert [file.name for file in tmp_path.iterdir()] == ["here%20#1?.sqlite"]


# ── against the model ────────────────────────────────────────────────────────────────────────────────────────────

SENTENCES = st.tuples(
    st.sampled_from(["Mara Lindqvist", "Tobias Renn", "Halden Robotics", "an engineer", ""]),
    st.sampled_from(
        ["Halden Robotics stops all arms", "Orrin Labs was first", "Mara Lindqvist left Orrin Labs", "nothing happened"]
    ),
)
READINGS = st.builds(
    lambda said, day, outlet, reader: make_reading(
        *said, published_at=day, outlet=outlet, url=f"{outlet}.example", reader=reader
    ),
    st.lists(SENTENCES, min_size=1, max_size=3),
    st.sampled_from([None, "2031-03-04", "2031-03-05"]),
    st.sampled_from(["Tidewire", "The Ledger", "Nordpost"]),
    st.sampled_from(["old", "new"]),
)
STEPS = st.lists(st.one_of(st.lists(READINGS, min_size=1, max_size=3), st.sampled_from([0, 1, 2])), max_size=6)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(STEPS)
def test_whatever_is_written_and_removed_the_file_and_the_model_are_one(
    tmp_path_factory: pytest.TempPathFactory, steps: list[list[Reading] | int]
):
    path = tmp_path_factory.mktemp("model") / "dossier.sqlite"
    with open_store(f"sqlite:///{path}") as store, open_store("memory://") as model:
        for step in steps:
            for each in (store, model):
                play(each, step)
            assert list(store.dump()) == list(model.dump())
        assert store.verify() == []


def play(store: Store, step: list[Reading] | int) -> None:
    """Write some readings, or take out an article that is there."""
    if isinstance(step, list):
        store.write(step, batch=2)
        return
    with store.read() as tx:
        articles = [node.id for node in tx.nodes_of("Article")]
    if articles:
        store.remove(articles[step % len(articles)])
