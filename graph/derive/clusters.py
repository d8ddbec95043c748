"""Clusters from links: taken in one total order, and a link that would put two blocked things together is skipped."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

Mark = TypeVar("Mark", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Link:
    """Two things that may be one; start < end."""

    start: str
    end: str
    score: float
    method: str
    reason: str

    def rank(self) -> tuple[float, str, str, str]:
        """The total order: best score first, then ids, then the reason."""
        return (-self.score, self.start, self.end, self.reason)


def link_between(a: str, b: str, score: float, method: str, reason: str) -> Link:
    """A link, its ends in order."""
    return Link(min(a, b), max(a, b), score, method, reason)


def cluster(
    marks: Mapping[str, Mark],
    links: Iterable[Link],
    blocked: Callable[[Mark, Mark], bool],
    alike: Callable[[Mark, Mark], float] | None = None,
    least: float = 0.0,
) -> tuple[list[tuple[str, ...]], list[Link]]:
    """Clusters of the keys of `marks`, each sorted, and the links that made them.

    `marks` holds what of each thing can block it; things that bear equal marks never block each other. With `alike`,
    two clusters join only where its mean over all their pairs is `least` (average linkage: no chain of weak links).
    """
    home = {item: item for item in marks}
    members: dict[str, list[str]] = {item: [item] for item in marks}
    borne: dict[str, set[Mark]] = {item: {mark} for item, mark in marks.items()}
    taken = []
    for link in sorted(links, key=Link.rank):
        one, other = home[link.start], home[link.end]
        if one == other or any(blocked(a, b) for a in borne[one] for b in borne[other]):
            continue
        pairs = [(marks[a], marks[b]) for a in members[one] for b in members[other]]
        if alike is not None and sum(alike(a, b) for a, b in pairs) < least * len(pairs):
            continue
        if len(members[one]) < len(members[other]):
            one, other = other, one
        for item in members[other]:
            home[item] = one
        members[one] += members.pop(other)
        borne[one] |= borne.pop(other)
        taken.append(link)
    return sorted(tuple(sorted(found)) for found in members.values()), taken
