"""A store and the rules that derived it: known by a number, and brought up to date a page at a time.

A rebuild that is broken off goes on where it stopped. Until it ends nothing else is written, and the store says that it
is not up to date.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from graph.deciding import rekey
from graph.derive.decisions import to_decision
from graph.errors import StoreOutdated
from graph.model import EdgeType, Label
from graph.store.transaction import Transaction
from graph.writing import exchange, stored_versions

RULES = "6"  # of what is derived, keys too; raise it when the same readings come to give another graph
UNFINISHED = f"rebuilding to {RULES}"
PAGE = 50  # articles, or nodes that are cleared, in one transaction
DERIVED: tuple[Label, ...] = ("Entity", "Proposition", "Claim")
BEARING_KEYS: tuple[Label, ...] = ("Article", "Referent", "Assertion")
BETWEEN_RECORDED: tuple[EdgeType, ...] = ("SAME_AS", "REUSES_TEXT_OF")  # derived edges that no derived node takes along
T = TypeVar("T")


class Write(Protocol):
    """Does a piece of work in a transaction of its own."""

    def __call__(self, work: Callable[[Transaction], T], /) -> T: ...


def is_outdated(tx: Transaction) -> bool:
    """Whether other rules derived what is stored."""
    return tx.setting("rules") != RULES and any(True for _ in tx.nodes_of("Article", limit=1))


def require_current(tx: Transaction) -> None:
    """Sign a new store; raises StoreOutdated for one of other rules, since what joins would be told by two of them."""
    if is_outdated(tx):
        raise StoreOutdated("other rules derived this dossier: bring it up to date first, with `onrecord rebuild`")
    if tx.setting("rules") != RULES:
        tx.set_setting("rules", RULES)


def rebuild(write: Write, progress: Callable[[int, int], None]) -> None:
    """Derive everything anew; `progress` is told how many articles of how many are done."""
    if not write(lambda tx: tx.setting("rules") == UNFINISHED and bool(tx.setting("rebuilt"))):
        write(lambda tx: tx.set_setting("rules", UNFINISHED))
        _clear(write)
        write(lambda tx: tx.set_setting("rebuilt", "0 "))
    total = write(lambda tx: tx.counts().get("Article", 0))
    while (done := write(_derive_page)) is not None:
        progress(done, total)


def _derive_page(tx: Transaction) -> int | None:
    """Derive the next articles; gives how many are done, or None where all were."""
    done, _, last = (tx.setting("rebuilt") or "").partition(" ")
    page = [node.id for node in tx.nodes_of("Article", after=last, limit=PAGE)]
    if page:
        exchange(tx, stored_versions(tx, page))
        tx.set_setting("rebuilt", f"{int(done) + len(page)} {page[-1]}")
        return int(done) + len(page)
    tx.set_setting("rebuilt", "")
    tx.set_setting("rules", RULES)
    return None


def _clear(write: Write) -> None:
    """Take out all that is derived and every joining key, so that nothing of other rules is met."""
    for label in DERIVED:
        _page_by_page(write, label, lambda tx, page: tx.delete(page))
    for label in BEARING_KEYS:
        _page_by_page(write, label, _strip)
    write(lambda tx: rekey(tx, {node.id: to_decision(node) for node in tx.nodes_of("Decision")}, {}))


def _page_by_page(write: Write, label: Label, work: Callable[[Transaction, list[str]], None]) -> None:
    """Do something to all nodes of a label, a page in a transaction."""

    def do(tx: Transaction, after: str) -> str:
        page = [node.id for node in tx.nodes_of(label, after=after, limit=PAGE)]
        work(tx, page)
        return page[-1] if page else ""

    last = write(lambda tx: do(tx, ""))
    while last:
        last = write(lambda tx, last=last: do(tx, last))  # type: ignore[misc]


def _strip(tx: Transaction, page: list[str]) -> None:
    tx.delete_edges(tx.edges(BETWEEN_RECORDED, starts=page))
    tx.put([], [], dict.fromkeys(page, ()))
