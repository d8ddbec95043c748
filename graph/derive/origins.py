"""Who first said it: roots of chains, one each, after relays, spokespeople and copies are seen through."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from graph.derive.surroundings import Who
from graph.derive.voices import Voice
from graph.model import Origin

# Issued, not reported: nobody took it to an outlet, so it is no outlet's route.
ISSUED = frozenset({"press_release", "filing", "ruling", "record", "leaked", "transcript", "post"})
WITH_BASIS = frozenset({"witnessed", "document", "deduced"})
RootKind = Literal["person", "body", "outlet"]


@dataclass(frozen=True, slots=True)
class Origins:
    """Who stands at the roots of what supports a claim."""

    identified: tuple[Origin, ...] = ()
    unnamed: tuple[Origin, ...] = ()  # one an outlet that spoke to unnamed people
    routes: tuple[str, ...] = ()  # names of outlets that had it first-hand
    possible_routes: tuple[str, ...] = ()  # credited for a whole article

    @property
    def unnamed_range(self) -> tuple[int, int]:
        """How many unnamed people there are: they may all be one."""
        return (1, len(self.unnamed)) if self.unnamed else (0, 0)


def find_origins(voices: Sequence[Voice]) -> Origins:
    """The origins of a claim, from all the assertions of its cluster.

    A person is one however many outlets asked; a body, those who speak for it and its documents are one; a copy is
    heard as its original; an outlet is an origin only where nothing that was read shows its own source.
    """
    heard = [v for v in voices if v.supports]
    about = {entity for v in voices for entity in v.about_closely}
    known: dict[str, tuple[RootKind, Who, list[str]]] = {}
    unnamed: dict[str, tuple[Who | None, list[str]]] = {}
    for v in heard:
        for kind, who in roots_of(v, heard):
            known.setdefault(who.entity, (kind, who, []))[2].append(v.assertion.id)
        if is_unnamed(v):
            spoke = first_outlet(v)
            unnamed.setdefault(spoke.entity if spoke else v.article, (spoke, []))[1].append(v.assertion.id)
    routes = {w.name for v in heard for w in [_route(v, heard)] if w}
    credited = {w.name for v in heard if v.outlet == v.published_by for w in v.credits}
    return Origins(
        identified=tuple(
            Origin(kind, who.entity, who.name, tuple(sorted(ids)), who.entity in about)
            for kind, who, ids in sorted(known.values(), key=lambda found: (found[1].name, found[1].entity))
        ),
        unnamed=tuple(_to_unnamed(who, ids) for _, (who, ids) in sorted(unnamed.items())),
        routes=tuple(sorted(routes)),
        possible_routes=tuple(sorted(credited - routes)),
    )


def roots_of(v: Voice, heard: Sequence[Voice]) -> Iterator[tuple[RootKind, Who]]:
    """The identified roots of one assertion: (kind of origin, who)."""
    kind = v.assertion.source_type
    if kind in ("named", "role", "document", "outlet"):
        for who in (*v.people, *v.bodies):
            cited = who not in v.bodies and "outlet" in (kind, who.kind)
            if not cited:
                yield "person" if who.kind == "person" else "body", who
            elif not _shows_source(who, v, heard):
                yield "outlet", who
    own = kind == "writer" and v.assertion.basis in WITH_BASIS
    # A document of no known issuer is the find of the outlet that has it.
    if (own or (kind == "document" and not v.people and not v.bodies)) and (finder := first_outlet(v)):
        yield "outlet", finder


def is_unnamed(v: Voice) -> bool:
    """Whether someone who is not named said it to an outlet; a group ("critics") is not said to have."""
    kind = v.assertion.source_type
    return kind == "anonymous" or (kind == "role" and not v.people and not v.bodies and not is_open(v))


def is_open(v: Voice) -> bool:
    """Whether the text shows somebody who said it, and leaves open whom: neither unnamed nor nobody."""
    a = v.assertion
    return not v.people and not v.bodies and (a.source_type == "named" or bool(a.candidates))


def first_outlet(v: Voice) -> Who | None:
    """The outlet that it was said to: the station nearest to the content, else the one that printed it first."""
    return v.hops[0] if v.hops else v.outlet


def has_own_source(v: Voice) -> bool:
    """Whether the assertion shows where its outlet has it from."""
    kind = v.assertion.source_type
    if kind == "outlet":
        return any(w != v.outlet for w in v.people)
    return kind in ("named", "role", "document", "anonymous") or (kind == "writer" and v.assertion.basis in WITH_BASIS)


def _shows_source(outlet: Who, cited_by: Voice, heard: Iterable[Voice]) -> bool:
    """Whether another article that was read shows whom this outlet has it from, so that it only passes it on.

    What an outlet found itself ("Loomwire found") counts where Loomwire prints it; elsewhere Loomwire is only cited.
    """
    theirs = [v for v in heard if first_outlet(v) == outlet and v.article != cited_by.article]
    cited_by_others = not _is_own_finding(cited_by, outlet)
    return any(has_own_source(v) or (cited_by_others and _is_own_finding(v, outlet)) for v in theirs)


def _is_own_finding(v: Voice, outlet: Who) -> bool:
    return v.assertion.source_type == "outlet" and outlet in v.people and v.published_by == outlet and not v.hops


def _route(v: Voice, heard: Sequence[Voice]) -> Who | None:
    if not is_unnamed(v) and not any(True for _ in roots_of(v, heard)):
        return None
    if v.genre in ISSUED and not v.hops:
        return None
    cited = [w for w in v.people if "outlet" in (v.assertion.source_type, w.kind)]
    return cited[0] if cited else first_outlet(v)


def _to_unnamed(outlet: Who | None, assertions: Sequence[str]) -> Origin:
    name = f"unnamed, to {outlet.name}" if outlet else "unnamed, to an outlet that is not known"
    return Origin("unnamed", outlet.entity if outlet else None, name, tuple(sorted(assertions)), party=False)
