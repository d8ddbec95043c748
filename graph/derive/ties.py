"""Names that may be one thing's: a body's and its acronym, a person's and a bare surname. They are derived together.

A referent bears `al:` keys for what else it may be called; an entity bears `is:` for each name of its members and `as:`
for what else they are called, so that nothing asks how many articles name it. What nobody is named ties nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from graph.derive.decisions import group_names
from graph.derive.keys import ends
from graph.store.transaction import Transaction

Tie = tuple[str, str]


def find_units(
    tx: Transaction, names: Collection[str], called: Mapping[str, Collection[str]]
) -> dict[str, tuple[str, ...]]:
    """Each of these names, and each that a tie leads to, with all that is derived with it, sorted.

    `called`: what else new referents of a name are called, which their entities may not bear yet.
    """
    tied: dict[str, set[str]] = defaultdict(set)
    seen: set[str] = set()
    frontier = set(names)
    while frontier:
        seen |= frontier
        for a, b in _ties(tx, frontier, called):
            tied[a].add(b)
            tied[b].add(a)
        frontier = tied.keys() - seen
    return {name: tuple(sorted(_reached(name, tied))) for name in seen}


def unite_names(called: Mapping[str, Collection[str]]) -> list[tuple[str, ...]]:
    """Groups of body names, each sorted; `called`: what else each is called.

    A short name is that of the one body which is so called. Where two are ("HSB" of a board and of a bank), it is
    neither's, unless the two are one for another reason.
    """
    holders = {k: [name for name in sorted(called) if name != k and k in called[name]] for k in sorted(called)}
    home = {name: frozenset([name]) for name in called}
    while True:
        clear = [(k, them[0]) for k, them in holders.items() if them and all(h in home[them[0]] for h in them)]
        fresh = [(k, name) for k, name in clear if name not in home[k]]
        if not fresh:
            return sorted(tuple(sorted(group)) for group in set(home.values()))
        for k, name in fresh:
            both = home[k] | home[name]
            home.update(dict.fromkeys(both, both))


def _ties(tx: Transaction, names: Collection[str], called: Mapping[str, Collection[str]]) -> Iterator[Tie]:
    """Ties that one of these names is an end of: by alias, by an entity that has both, by what a person decided."""
    bearers = tx.with_keys([f"{prefix}:{name}" for name in sorted(names) for prefix in ("is", "as")])
    borne = tx.keys({i for them in bearers.values() for i in them})
    aliases = {name: set(short) for name, short in called.items()}
    for keys in borne.values():
        own = ends(keys, "is:")
        for name in own:
            aliases.setdefault(name, set()).update(ends(keys, "as:"))
            yield from ((own[0], other) for other in own[1:])
    named = _named(tx, {short for them in aliases.values() for short in them} - aliases.keys()) | aliases.keys()
    for name, them in aliases.items():
        yield from ((name, short) for short in them & named if name in names or short in names)
    for group in group_names(tx, names).values():
        yield from ((group[0], other) for other in group[1:])


def _named(tx: Transaction, names: Iterable[str]) -> set[str]:
    """Those of these that are somebody's name."""
    return {key.removeprefix("is:") for key in tx.with_keys([f"is:{name}" for name in sorted(names)])}


def _reached(name: str, tied: Mapping[str, Collection[str]]) -> set[str]:
    found, frontier = {name}, {name}
    while frontier:
        frontier = {other for one in frontier for other in tied.get(one, ())} - found
        found |= frontier
    return found
