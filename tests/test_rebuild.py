"""A store that other rules derived says so, takes nothing in, and is brought up to date."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from telling import say, tell

from graph.dossier import Store
from graph.errors import StoreOutdated
from graph.model import Decision, Node
from graph.store.transaction import Transaction

SOLD = "Orrin Labs sold Sorter 9"
READINGS = tuple(
    tell(say(SOLD, "Mara Lindqvist"), say(f"Halden Robotics lost {n} workers", "Tobias Renn"), on=f"2031-03-{n:02}")
    for n in range(2, 9)
)


def made_by_other_rules(tx: Transaction) -> None:
    """What an earlier version might have left: another entity, other keys, no sign of its own."""
    tx.set_setting("rules", "1")
    entity = next(tx.nodes_of("Entity"))
    tx.put([replace(entity, properties={**entity.properties, "name": "Another"}), Node("Claim", "c_old")], [], {})
    tx.put([], [], {READINGS[0].assertions[0].id: ["x:old", "k:old"], READINGS[1].referents[0].id: []})


@pytest.fixture
def outdated(store: Store) -> tuple[Store, list[str]]:
    """A store of other rules, and the dump that those of today give."""
    store.write(READINGS)
    store.decide(Decision("Ines", "2031-03-09T12:00:00Z", "not_said", (READINGS[2].assertions[0].id,), "misquoted"))
    wanted = list(store.dump())
    store._backend.write(made_by_other_rules)
    return store, wanted


def test_a_new_store_is_up_to_date(store: Store) -> None:
    assert not store.is_outdated()
    store.write(READINGS[:1])
    assert not store.is_outdated()


def test_what_other_rules_derived_takes_nothing_in_until_it_is_rebuilt(outdated: tuple[Store, list[str]]) -> None:
    store, wanted = outdated
    assert store.is_outdated()
    for write in (lambda: store.write(READINGS[:1]), lambda: store.remove(READINGS[0].article.id)):
        with pytest.raises(StoreOutdated, match="onrecord rebuild"):
            write()
    store.rebuild(print)
    assert not store.is_outdated()
    assert list(store.dump()) == wanted
    assert store.verify() == []


def test_a_rebuild_that_is_broken_off_goes_on(
    outdated: tuple[Store, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.rebuild.PAGE", 2)
    store, wanted = outdated
    seen: list[tuple[int, int]] = []

    def broken_off(after: int) -> Callable[[int, int], None]:
        def progress(done: int, total: int) -> None:
            seen.append((done, total))
            if len(seen) == after:
                raise KeyboardInterrupt

        return progress

    for after in (1, 3):
        with pytest.raises(KeyboardInterrupt):
            store.rebuild(broken_off(after))
        assert store.is_outdated()
    store.rebuild(broken_off(99))
    assert seen == [(2, 7), (4, 7), (6, 7), (7, 7)]
    assert list(store.dump()) == wanted
    assert store.verify() == []
