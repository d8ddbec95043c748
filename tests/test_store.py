"""What every store does: each test runs on SQLite and on Neo4j."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest
from factory import make_reading, with_assertion

from graph.dossier import Store, open_store
from graph.errors import EndMissing, NotFound, StoreError, StoreTooNew, StoreUnreachable
from graph.model import Decision, Edge, Node
from graph.store.records import in_order, load_assertions, load_reading
from graph.store.transaction import ClaimFilter, SearchHit, Transaction
from ingest.model import Hop, Reading, Span

LEDGER = make_reading(("Mara Lindqvist", "Halden Robotics stops all arms"), ("", "Orrin Labs was first"))
TIDEWIRE = make_reading(
    ("Halden Robotics", "Halden Robotics stops no arms"), ("an engineer", "Orrin Labs was first"),
    outlet="Tidewire", published_at="2031-03-05T07:00:00Z", credits=("Source: The Ledger",),
)  # fmt: skip
NORDPOST = make_reading(
    ("Mara Lindqvist", "Halden Robotics stops all arms"), outlet="Nordpost", published_at=None, url="nordpost.example/1"
)
CORRECTED = make_reading(
    ("Mara Lindqvist", "Halden Robotics stops most arms"), ("", "Orrin Labs was first"), retrieved_at="2031-03-06"
)  # the second version of LEDGER's article
DOSSIER = (LEDGER, TIDEWIRE, NORDPOST, CORRECTED)
PAIR = (LEDGER.referents[0].id, LEDGER.referents[1].id)


def dump(store: Store) -> list[str]:
    return list(store.dump())


def change(store: Store, work: Callable[[Transaction], None]) -> None:
    store._backend.write(work)


def claim(name: str, **properties: str | tuple[str, ...]) -> Node:
    return Node("Claim", name, {"wording": f"wording of {name}", **properties})


# ── articles in and out ──────────────────────────────────────────────────────────────────────────────────────────


def test_adding_an_article_twice_keeps_one(store: Store):
    store.write([LEDGER])
    before, revision = dump(store), store.revision()
    summary = store.write([LEDGER])
    assert (summary.articles, summary.added, summary.replaced) == (1, 0, 0)
    assert (dump(store), store.revision()) == (before, revision)


def test_a_reading_comes_back_as_it_was_written(store: Store):
    station = (Hop(Span(0, 4), "outlet", LEDGER.referents[0].id), Hop(Span(5, 9), "anonymous", None))
    reading = with_assertion(LEDGER, 0, hops=station, within=LEDGER.assertions[1].id)
    store.write([reading])
    with store.read() as tx:
        assert load_reading(tx, reading.article.version) == in_order(reading)


@pytest.mark.parametrize("taken_out", DOSSIER[:3])
def test_add_then_remove_is_never_added(store: Store, taken_out: Reading):
    others = [reading for reading in DOSSIER if reading.article.id != taken_out.article.id]
    store.write(others)
    never_added = dump(store)
    store.write([taken_out])
    assert dump(store) != never_added
    assert store.remove(taken_out.article.id)
    assert dump(store) == never_added


def test_what_is_deleted_hides_nothing_else_from_its_keys(store: Store):
    """Nor do its edges: a database may number edges and nodes alike."""
    store.write(DOSSIER)

    def work(tx: Transaction) -> None:
        names = {key for found in tx.keys(recorded(tx)).values() for key in found}
        before = tx.with_keys(names)
        gone = [node.id for label in ("Claim", "Mention") for node in tx.nodes_of(label)]
        tx.delete(gone)
        left = {key: [i for i in ids if i not in gone] for key, ids in before.items()}
        assert tx.with_keys(names) == {key: ids for key, ids in left.items() if ids}

    change(store, work)


def recorded(tx: Transaction) -> list[str]:
    return [node.id for label in ("Article", "Referent", "Assertion", "Entity") for node in tx.nodes_of(label)]


def test_the_last_article_leaves_nothing(store: Store):
    store.write(DOSSIER)
    for article in {reading.article.id for reading in DOSSIER}:
        store.remove(article)
    assert dump(store) == []
    with store.read() as tx:
        assert tx.counts() == {}


def test_removing_an_unknown_article_is_refused(store: Store):
    store.write([LEDGER])
    for unknown in ("unknown", LEDGER.article.version, LEDGER.assertions[0].id):
        with pytest.raises(NotFound):
            store.remove(unknown)


def test_old_reader_then_new_reader_is_new_reader_alone(new_store: Callable[[], Store]):
    old = [replace(LEDGER, reader="old", assertions=LEDGER.assertions[:1]), replace(TIDEWIRE, reader="old")]
    new = [with_assertion(LEDGER, 0, stance="alleges", about=()), replace(TIDEWIRE, mentions=TIDEWIRE.mentions[1:])]
    store = new_store()
    store.write(new)
    alone = dump(store)
    store = new_store()
    store.write(old)
    summary = store.write(new)
    assert (summary.added, summary.replaced) == (0, 2)
    assert dump(store) == alone


def test_the_same_bytes_under_a_new_extractor_are_no_revision(new_store: Callable[[], Store]):
    old, new = (
        make_reading(("", words), url="ledger.example/1", original_sha256="ab", extractor=extractor)
        for words, extractor in (("Orrin  Labs was first", "pages@1"), ("Orrin Labs was first", "pages@2"))
    )
    store = new_store()
    store.write([new])
    alone = dump(store)
    store = new_store()
    store.write([old])
    store.write([new])
    assert dump(store) == alone


def test_any_order_is_one_graph(new_store: Callable[[], Store]):
    dumps = set()
    for order in list(permutations(DOSSIER))[::5]:
        store = new_store()
        for reading in order:
            store.write([reading])
        dumps.add(tuple(dump(store)))
    for order in (DOSSIER, DOSSIER[::-1]):
        store = new_store()
        store.write(order, batch=3)
        dumps.add(tuple(dump(store)))
    assert len(dumps) == 1


def test_of_two_versions_the_latest_is_shown_whichever_came_first(new_store: Callable[[], Store]):
    for order in ((LEDGER, CORRECTED), (CORRECTED, LEDGER)):
        store = new_store()
        for reading in order:
            store.write([reading])
        with store.read() as tx:
            article = tx.nodes([LEDGER.article.id])[LEDGER.article.id]
            assert article.properties["version"] == CORRECTED.article.version
            assert load_reading(tx, LEDGER.article.version) == in_order(LEDGER)


def test_the_time_of_reading_is_not_in_the_dump_and_the_earliest_is_kept(store: Store):
    for hour in ("11", "09", "10"):
        article = replace(LEDGER.article, retrieved_at=f"2031-03-04T{hour}:00:00Z")
        store.write([replace(LEDGER, article=article)])
    assert "retrieved_at" not in "".join(dump(store))
    with store.read() as tx:
        version = tx.nodes([LEDGER.article.version])[LEDGER.article.version]
    assert version.properties["retrieved_at"] == "2031-03-04T09:00:00Z"


def test_both_stores_give_the_dump_of_a_graph_in_memory(store: Store):
    store.write(DOSSIER)
    with open_store("memory://") as memory:
        memory.write(DOSSIER)
        assert dump(store) == dump(memory)


def test_a_copy_is_equal_decisions_included(store: Store):
    store.write(DOSSIER)
    store.decide(Decision("Ines Vogt", "2031-03-07T12:00:00Z", "same", PAIR, "one byline"))
    with open_store("memory://") as copy:
        assert store.copy_to(copy) == 3
        assert dump(copy) == dump(store)


def test_a_copy_into_the_store_is_equal(store: Store):
    with open_store("memory://") as source:
        source.write(DOSSIER)
        assert source.copy_to(store) == 3
        assert dump(store) == dump(source)


HOSTILE = """'; DROP TABLE node; -- "}) DETACH DELETE n // <script>alert(1)</script> $6m {x} \\u0041 \x00 😀 naïve"""


def test_text_that_looks_like_a_query_or_markup_is_given_back_exactly(store: Store):
    reading = make_reading((HOSTILE, HOSTILE), title=HOSTILE, outlet=HOSTILE, authors=(HOSTILE,), credits=(HOSTILE,))
    store.write([reading])
    with store.read() as tx:
        assert load_reading(tx, reading.article.version) == in_order(reading)
    assert store.verify() == []


# ── decisions ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_decision_is_kept_once_and_outlives_what_it_was_about(store: Store):
    store.write([LEDGER])
    decision = Decision("Ines Vogt", "2031-03-07T12:00:00Z", "same", PAIR, "one byline")
    store.decide(decision)
    store.decide(decision)
    store.remove(LEDGER.article.id)
    with store.read() as tx:
        assert [node.properties["why"] for node in tx.nodes_of("Decision")] == ["one byline"]


def test_a_decision_about_nothing_recorded_is_refused(store: Store):
    with pytest.raises(NotFound):
        store.decide(Decision("Ines Vogt", "2031-03-07T12:00:00Z", "not_said", ("unknown",), "why not"))


# ── verify ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_store_as_written_is_sound(store: Store):
    store.write(DOSSIER)
    assert store.verify() == []


def test_verify_tells_what_was_changed_behind_its_back(store: Store):
    store.write(DOSSIER)

    def tamper(tx: Transaction) -> None:
        version = tx.nodes([LEDGER.article.version])[LEDGER.article.version]
        text = str(version.properties["text"]).replace("stops", "halts")
        tx.put([replace(version, properties={**version.properties, "text": text})], [], {})
        tx.put([claim("c_made_up", sourcing="several_origins")], [], {})
        tx.delete_edges(tx.edges(["ATTRIBUTED_TO"], starts=[TIDEWIRE.assertions[0].id]))
        keys = tx.keys([NORDPOST.assertions[0].id])[NORDPOST.assertions[0].id]
        tx.put([], [], {NORDPOST.assertions[0].id: [key for key in keys if not key.startswith("k:")]})

    change(store, tamper)
    faults = "\n".join(store.verify())
    assert f"version {LEDGER.article.version}: its text is not the one that was read" in faults
    assert f"assertion {LEDGER.assertions[0].id}: its content in version {LEDGER.article.version} is not" in faults
    assert "Claim c_made_up: stored, but nothing recorded gives it" in faults
    assert f"Assertion {NORDPOST.assertions[0].id}: its joining keys differ in k" in faults


# ── transactions ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_edge_to_nowhere_is_an_error_and_nothing_is_written(store: Store):
    store.write([LEDGER])
    before = dump(store)
    lost = with_assertion(TIDEWIRE, 0, about=("0000",))
    with pytest.raises(EndMissing, match="0000"):
        store.write([NORDPOST, lost])
    with pytest.raises(EndMissing, match="0000"):
        change(store, lambda tx: tx.put([claim("c_1")], [], {"c_1": ["k"], "0000": ["k"]}))
    assert dump(store) == before


def test_unknown_ids_are_left_out(store: Store):
    store.write([LEDGER])
    with store.read() as tx:
        assert tx.nodes(["unknown"]) == {}
        assert tx.edges(["FOUND_IN"], starts=["unknown"]) == []
        assert tx.edges([], starts=[LEDGER.assertions[0].id]) == []
        assert tx.with_keys(["unknown"]) == {}
        assert load_assertions(tx, ["unknown"]) == {}
        assert tx.setting("unknown") is None


def test_edges_can_be_asked_for_by_either_end_or_both(store: Store):
    nodes = [claim(f"c_{n}") for n in range(3)]
    edges = [Edge("SUPPORTS", "c_0", "c_1"), Edge("SUPPORTS", "c_1", "c_2"), Edge("DISPUTES", "c_0", "c_2", "k")]
    change(store, lambda tx: tx.put(nodes, edges, {}))
    with store.read() as tx:
        assert tx.edges(["SUPPORTS", "DISPUTES"]) == [edges[2], edges[0], edges[1]]
        assert tx.edges(["SUPPORTS"], starts=["c_0"]) == [edges[0]]
        assert tx.edges(["SUPPORTS", "DISPUTES"], ends=["c_2"]) == [edges[2], edges[1]]
        assert tx.edges(["SUPPORTS", "DISPUTES"], starts=["c_0"], ends=["c_2"]) == [edges[2]]
        assert tx.edges(["SUPPORTS"], starts=[]) == []
        assert list(tx.all_edges()) == [edges[2], edges[0], edges[1]]
        assert tx.counts() == {"Claim": 3, "SUPPORTS": 2, "DISPUTES": 1}


def test_two_edges_between_the_same_nodes_are_told_apart_by_their_key(store: Store):
    hops = [Edge("SUPPORTS", "c_0", "c_1", key, {"position": int(key)}) for key in ("0", "1")]
    change(store, lambda tx: tx.put([claim("c_0"), claim("c_1")], hops, {}))
    change(store, lambda tx: tx.put([], [replace(hops[1], properties={"position": 7})], {}))
    with store.read() as tx:
        assert [e.properties["position"] for e in tx.edges(["SUPPORTS"])] == [0, 7]
    change(store, lambda tx: tx.delete_edges(hops[:1]))
    with store.read() as tx:
        assert [e.key for e in tx.edges(["SUPPORTS"])] == ["1"]


def test_nodes_of_a_label_come_in_pages(store: Store):
    change(store, lambda tx: tx.put([claim(f"c_{n}") for n in (3, 1, 2)], [], {}))
    with store.read() as tx:
        assert [node.id for node in tx.nodes_of("Claim", after="c_1", limit=1)] == ["c_2"]
        assert [node.id for node in tx.nodes_of("Claim")] == ["c_1", "c_2", "c_3"]


def test_values_keep_their_types(store: Store):
    node = Node(
        "Claim", "c_1", {"wording": "x", "n": 1, "x": 1.0, "yes": True, "words": ("a", "b"), "numbers": (1.0, 2.5)}
    )
    change(store, lambda tx: tx.put([node], [], {}))
    with store.read() as tx:
        assert repr(sorted(tx.nodes(["c_1"])["c_1"].properties.items())) == repr(sorted(node.properties.items()))


def test_keys_are_replaced_as_a_whole_and_leave_with_their_node(store: Store):
    long = "k" * 20_000
    change(store, lambda tx: tx.put([claim("c_1"), claim("c_2")], [], {"c_1": ["a", "b"], "c_2": ["b", long]}))
    with store.read() as tx:
        assert tx.with_keys(["a", "b", long]) == {"a": ["c_1"], "b": ["c_1", "c_2"], long: ["c_2"]}
        assert tx.keys(["c_1", "c_2"]) == {"c_1": ("a", "b"), "c_2": ("b", long)}
    change(store, lambda tx: tx.put([], [], {"c_1": ["c"]}))
    change(store, lambda tx: tx.delete(["c_2"]))
    with store.read() as tx:
        assert tx.with_keys(["a", "b", "c", long]) == {"c": ["c_1"]}
        assert tx.keys(["c_1", "c_2"]) == {"c_1": ("c",)}


def test_a_transaction_sees_what_it_has_written(store: Store):
    def work(tx: Transaction) -> None:
        tx.put([claim("c_1"), claim("c_2")], [Edge("SUPPORTS", "c_1", "c_2")], {"c_1": ["k"]})
        assert tx.with_keys(["k"]) == {"k": ["c_1"]}
        tx.delete(["c_1"])
        assert (tx.edges(["SUPPORTS"]), tx.with_keys(["k"])) == ([], {})

    change(store, work)


def test_what_fails_half_way_leaves_nothing(store: Store):
    def work(tx: Transaction) -> None:
        tx.put([claim("c_1")], [], {"c_1": ["k"]})
        tx.set_setting("colour", "blue")
        raise StoreError("half way")

    with pytest.raises(StoreError, match="half way"):
        change(store, work)
    with store.read() as tx:
        assert (tx.counts(), tx.setting("colour"), tx.with_keys(["k"])) == ({}, None, {})


def test_writers_wait_for_each_other(new_url: Callable[[], str]):
    url = new_url()

    def count(times: int) -> None:
        with open_store(url) as mine:
            for _ in range(times):
                change(mine, lambda tx: tx.set_setting("n", str(int(tx.setting("n") or 0) + 1)))

    open_store(url).close()
    writers = [threading.Thread(target=count, args=[25]) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    with open_store(url, read_only=True) as store, store.read() as tx:
        assert tx.setting("n") == "100"


def test_a_store_that_is_open_for_reading_only_refuses_to_write(new_url: Callable[[], str]):
    url = new_url()
    with open_store(url) as store:
        store.write([LEDGER])
    with open_store(url, read_only=True) as store:
        assert store.verify() == []
        with pytest.raises(StoreError, match="reading only"):
            store.write([TIDEWIRE])


def test_a_later_schema_is_refused(new_url: Callable[[], str]):
    url = new_url()
    with open_store(url) as store:
        store.write([LEDGER])
        change(store, lambda tx: tx.set_setting("schema", "99"))
    for read_only in (True, False):
        with pytest.raises(StoreTooNew, match="later"):
            open_store(url, read_only=read_only)


def test_there_is_nothing_to_read_where_nothing_was_written(new_url: Callable[[], str]):
    with pytest.raises(StoreUnreachable, match="no dossier"):
        open_store(new_url(), read_only=True)


# ── finding ──────────────────────────────────────────────────────────────────────────────────────────────────────

CLAIMS = [
    claim("c_1", first_at="2031-03-04T09:00:00Z", sourcing="one_origin", marks=("denied",), source_types=("named",)),
    claim("c_2", first_at="2031-03-05T09:00:00Z", sourcing="one_origin", about=("e_1", "e_2"), outlets=("e_9",)),
    claim("c_3", sourcing="no_source_found", source_types=("writer", "anonymous"), wording="Orrin was “first” / 1st"),
    claim(
        "c_4",
        first_at="2031-03-04T09:00:00Z",
        sourcing="unclear",
        speakers=("e_2",),
        marks=("denied", "disputed"),
        carried_by="several_outlets",
    ),
]
FILTERS = [
    (ClaimFilter(), ["c_2", "c_1", "c_4", "c_3"]),
    (ClaimFilter(sourcing="one_origin"), ["c_2", "c_1"]),
    (ClaimFilter(dispute="denied"), ["c_1", "c_4"]),
    (ClaimFilter(source_type="anonymous"), ["c_3"]),
    (ClaimFilter(entity="e_2"), ["c_2"]),
    (ClaimFilter(speaker="e_2"), ["c_4"]),
    (ClaimFilter(outlet="e_9"), ["c_2"]),
    (ClaimFilter(carried_by="several_outlets"), ["c_4"]),
    (ClaimFilter(carried_by="several_outlets", sourcing="one_origin"), []),
    (ClaimFilter(since="2031-03-05"), ["c_2"]),
    (ClaimFilter(until="2031-03-04"), ["c_1", "c_4"]),
    (ClaimFilter(since="2031-03-04", until="2031-03-05", dispute="disputed"), ["c_4"]),
    (ClaimFilter(words="first ORRIN"), ["c_3"]),
    (ClaimFilter(words="wording"), ["c_2", "c_1", "c_4"]),
    (ClaimFilter(words="fir"), []),
    (ClaimFilter(words='"*'), ["c_2", "c_1", "c_4", "c_3"]),
    (ClaimFilter(sourcing="one_origin", entity="e_3"), []),
]


def test_claims_pass_filters_in_one_total_order(store: Store):
    change(store, lambda tx: tx.put(CLAIMS, [], {}))
    with store.read() as tx:
        assert [(which, tx.claims(which)) for which, _ in FILTERS] == FILTERS


def test_claims_come_in_pages(store: Store):
    change(store, lambda tx: tx.put(CLAIMS, [], {}))
    with store.read() as tx:
        pages = [tx.claims(ClaimFilter(), after=after, limit=1) for after in (None, "c_2", "c_1", "c_4", "c_3")]
        assert pages == [["c_2"], ["c_1"], ["c_4"], ["c_3"], []]
        with pytest.raises(NotFound):
            tx.claims(ClaimFilter(), after="unknown")


def test_a_changed_claim_is_found_by_what_it_now_is(store: Store):
    change(store, lambda tx: tx.put(CLAIMS, [], {}))
    change(store, lambda tx: tx.put([claim("c_1", sourcing="unclear", wording="other words")], [], {}))
    change(store, lambda tx: tx.delete(["c_4"]))
    with store.read() as tx:
        assert tx.claims(ClaimFilter(dispute="denied")) == []
        assert tx.claims(ClaimFilter(sourcing="unclear")) == ["c_1"]
        assert tx.search("other words") == [SearchHit("Claim", "c_1")]
        assert SearchHit("Claim", "c_4") not in tx.search("wording")


SEARCHES = [
    "halden", "HALDEN robotics", "Orrin-Labs", "naive", "naïve", '"stops all"', "stops AND all", "arms*", "text:arms",
    "(arms", "arms)", "a/b", "~arms^2", "-arms", "NOT arms", "NEAR(arms)", "😀", "arms 😀", "", "  ", "'; DROP", "\\",
    "[a TO z]", "Mara && Orrin || x", "ﬁrst", "first",
]  # fmt: skip


def test_search_finds_the_same_in_every_store_and_takes_no_operators(store: Store):
    naive = make_reading(("", "A naïve reading of a/b and 'drop' was first"), outlet="Nordpost", title="NOT and AND")
    readings = [LEDGER, TIDEWIRE, naive]
    store.write(readings)
    with open_store("memory://") as memory:
        memory.write(readings)
        with store.read() as tx, memory.read() as model:
            found = {words: set(tx.search(words)) for words in SEARCHES}
            assert found == {words: set(model.search(words)) for words in SEARCHES}
    article = SearchHit("Article", naive.article.id)
    assert {words for words, hits in found.items() if article in hits} >= {"naive", "naïve", "a/b", "'; DROP", "ﬁrst"}
    assert found["😀"] == found[""] == set()


def test_search_gives_no_more_than_asked_for_of_a_label_and_each_article_once(store: Store):
    store.write(DOSSIER)
    with store.read() as tx:
        hits = tx.search("arms")
        assert len(hits) == len(set(hits))
        assert [hit.label for hit in tx.search("arms", limit=1)] == list(dict.fromkeys(hit.label for hit in hits))


# ── accidents ────────────────────────────────────────────────────────────────────────────────────────────────────

MANY = [
    make_reading(("Mara Lindqvist", f"Halden Robotics stops {n} arms"), ("", "Orrin Labs was first"), title=f"Arms {n}")
    for n in range(40)
]
WRITER = """
import sys
sys.path[:0] = [{root!r}, {tests!r}]
from test_store import MANY
from graph.dossier import open_store
with open_store(sys.stdin.readline().strip()) as store:
    print("open", flush=True)
    store.write(MANY, batch=2)
print("done", flush=True)
"""


def start_writer(url: str) -> subprocess.Popen[str]:
    tests = Path(__file__).parent
    code = textwrap.dedent(WRITER).format(root=str(tests.parent), tests=str(tests))
    writer = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert writer.stdin
    assert writer.stdout
    writer.stdin.write(url + "\n")
    writer.stdin.close()
    assert writer.stdout.readline() == "open\n"
    return writer


def test_a_writer_that_is_killed_leaves_whole_articles_and_can_run_again(new_url: Callable[[], str]):
    url = new_url()
    moments = random.Random(4)
    for _ in range(3):
        with start_writer(url) as writer:
            time.sleep(moments.uniform(0, 0.4))
            os.kill(writer.pid, signal.SIGKILL)
        with open_store(url) as store, store.read() as tx:
            left = [node.id for node in tx.nodes_of("ArticleVersion")]
            whole = {reading.article.version: in_order(reading) for reading in MANY}
            assert all(load_reading(tx, version) == whole[version] for version in left)
            assert len(left) % 2 == 0
    with open_store(url) as store, open_store("memory://") as clean:
        store.write(MANY)
        clean.write(MANY)
        assert dump(store) == dump(clean)
        assert store.verify() == []
