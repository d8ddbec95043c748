"""`onrecord decide`, `decisions` and `undo`: what people say about what was read, with who, when and why."""

from __future__ import annotations

import argparse
import getpass
import json
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from graph.deciding import KeptDecision, members_beside
from graph.derive.decisions import KINDS
from graph.dossier import Store, open_store
from graph.errors import StoreError
from graph.model import Decision

KEYS = ("who", "at", "what", "objects", "why", "before", "after", "anchors")


def add_decide(added: argparse.ArgumentParser) -> None:
    kinds = [kind for kind in KINDS if kind != "undo"]
    added.add_argument("what", nargs="?", choices=kinds, metavar="WHAT", help=", ".join(kinds))
    added.add_argument("objects", nargs="*", metavar="ID", help="of assertions, referents or an article")
    added.add_argument("--to", metavar="VALUE", help="the stance, wording, genre, issuer, rating, or who said it")
    added.add_argument("--from", dest="log", metavar="FILE", help="keep the decisions of `onrecord decisions --json`")
    add_person(added)


def add_person(added: argparse.ArgumentParser) -> None:
    added.add_argument("--why", default="", metavar="TEXT", help="shown beside it")
    added.add_argument("--who", metavar="NAME", help="who decides it (default: your name on this machine)")


def run_decide(arguments: argparse.Namespace) -> int:
    with open_store(arguments.store, create=False) as store:
        if arguments.log:
            made = list(read_log(Path(arguments.log)))
            store.keep(made)
            print(f"{len(made)} decisions kept")
            return 0
        if not arguments.what or not arguments.objects:
            raise StoreError("name what is decided, and of what: `onrecord decide same ID ID --why …`")
        objects = tuple(map(recorded, arguments.objects))
        if arguments.what == "split" and len(objects) == 1:
            with store.read() as tx:
                objects += members_beside(tx, objects[0])
        keep(store, arguments, arguments.what, objects, arguments.to)
    return 0


def run_undo(arguments: argparse.Namespace) -> int:
    with open_store(arguments.store, create=False) as store:
        keep(store, arguments, "undo", (arguments.decision,), None)
    return 0


def run_decisions(arguments: argparse.Namespace) -> int:
    with open_store(arguments.store, read_only=True) as store:
        kept = [k for k in store.decisions() if not arguments.orphaned or k.state == "orphaned"]
    show: Callable[[KeptDecision], str] = to_json if arguments.json else in_words
    for decision in kept:
        print(show(decision))
    return 0


def keep(store: Store, arguments: argparse.Namespace, what: Any, objects: tuple[str, ...], after: str | None) -> None:
    who = arguments.who or getpass.getuser()
    at = datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    i = store.decide(Decision(who, at, what, objects, arguments.why, after=after))
    print(f"{i}  {what}, decided by {who}: `onrecord undo {i}` takes it back")


def recorded(given: str) -> str:
    """The id of a recorded thing; that of an entity or claim is its smallest member's with a letter before it."""
    return given[2:] if given.startswith(("e_", "c_")) else given


def to_json(kept: KeptDecision) -> str:
    told = {key: value for key in KEYS if (value := getattr(kept.decision, key)) not in (None, ())}
    return json.dumps({"id": kept.id, "state": kept.state, **told}, ensure_ascii=False)


def in_words(kept: KeptDecision) -> str:
    d = kept.decision
    change = f", {d.before or 'nothing'} → {d.after}" if d.after else ""
    why = f": {d.why}" if d.why else ""
    told = f"{d.what} {' '.join(d.objects)}{change}"
    return f"{kept.id}  {d.at[:16].replace('T', ' ')}  {kept.state}: {told}\n    {d.who}{why}"


def read_log(path: Path) -> Iterator[Decision]:
    """Decisions from JSON Lines. Raises StoreError."""
    lines = sys.stdin if str(path) == "-" else path.read_text(encoding="utf8").splitlines()
    for number, line in enumerate(lines, 1):
        try:
            row = json.loads(line)
            texts = {key: row.get(key) for key in ("who", "at", "what", "why", "before", "after")}
            lists = {key: tuple(row.get(key, ())) for key in ("objects", "anchors")}
            words = [texts["who"], texts["at"], texts["what"], *lists["objects"], *lists["anchors"]]
            optional = [value for value in (texts["why"], texts["before"], texts["after"]) if value is not None]
            if not all(isinstance(word, str) for word in (*words, *optional)) or not lists["objects"]:
                raise TypeError("who, at, what and objects should be texts")
            yield Decision(**{**texts, **lists, "why": texts["why"] or ""})
        except (ValueError, TypeError, AttributeError) as error:
            raise StoreError(f"{path} line {number} is no decision ({error}): nothing of it is kept") from error
