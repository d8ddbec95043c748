"""Who first said it: roots of chains, one each, after relays, spokespeople and copies are seen through."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from graph.derive.names import may_be_one
from graph.derive.outlets import is_one_house
from graph.derive.surroundings import Who
from graph.derive.voices import Voice
from graph.model import Origin
from ingest.model import ISSUED

WITH_BASIS = frozenset({"witnessed", "document", "deduced"})
RootKind = Literal["person", "body", "outlet"]
Root: TypeAlias = tuple[RootKind, Who, list[str]]  # with the assertions that lead to it


@dataclass(frozen=True, slots=True)
class Origins:
    """Who stands at the roots of what supports a claim."""

    identified: tuple[Origin, ...] = ()
    unnamed: tuple[Origin, ...] = ()  # one an outlet that spoke to unnamed people
    routes: tuple[str, ...] = ()  # names of outlets that had it first-hand
    possible_routes: tuple[str, ...] = ()  # credited for a whole article

    low: int = 0  # of the identified: those of one name who are not known to be two count as one

    @property
    def range(self) -> tuple[int, int]:
        """How many are identified: at least, at most."""
        return (self.low, len(self.identified))

    @property
    def unnamed_range(self) -> tuple[int, int]:
        """How many unnamed people there are: the outlets that spoke to them may all have spoken to the same."""
        counts = [o.count for o in self.unnamed]
        return (max(counts, default=0), sum(counts))


def find_origins(voices: Sequence[Voice]) -> Origins:
    """The origins of a claim, from all the assertions of its cluster.

    A person is one however many outlets asked; a body, those who speak for it and its documents are one; a copy is
    heard as its original; an outlet is an origin only where nothing that was read shows its own source.
    """
    heard = [v for v in voices if v.supports]
    told = Counter(entity for v in voices for entity in _concerned(v))
    routes = {w.name for v in heard for w in [_route(v, heard)] if w}
    credited = {w.name for v in heard if v.outlet == v.published_by for w in v.credits}
    identified = tuple(
        Origin(kind, who.entity, who.name, tuple(sorted(ids)), _is_party(who, told, len(voices)))
        for kind, who, ids in sorted(_roots(heard).values(), key=lambda found: (found[1].name, found[1].entity))
    )
    return Origins(
        identified=identified,
        unnamed=tuple(_unnamed(heard)),
        routes=tuple(sorted(routes)),
        possible_routes=tuple(sorted(credited - routes)),
        low=_at_least(identified),
    )


def _concerned(v: Voice) -> frozenset[str]:
    """Whom it is about; a person who says it only where he is who does it, or is done to: "I think" tells of no one."""
    speakers = {who.entity for who in v.people if who.kind == "person"}
    return v.about_closely - (speakers - {v.subject, v.object})


def _is_party(who: Who, told: Mapping[str, int], voices: int) -> bool:
    """Whether the claim is about it. A longer telling may bring in who says it ("because he had warned them")."""
    return told.get(who.entity, 0) > 0 and (who.kind != "person" or 2 * told[who.entity] >= voices)


def _roots(heard: Sequence[Voice]) -> dict[str, Root]:
    """By entity. Who leads a body that says it too is that body."""
    known: dict[str, Root] = {}
    leads: dict[str, set[str]] = defaultdict(set)
    for v in heard:
        for kind, who in roots_of(v, heard):
            known.setdefault(who.entity, (kind, who, []))[2].append(v.assertion.id)
            leads[who.entity] |= v.stands_for if kind == "person" and len(v.people) == 1 else set()
    for person, bodies in sorted(leads.items()):
        led = sorted(b for b in bodies & known.keys() if known[b][0] == "body")
        if led:
            known[led[0]][2].extend(known.pop(person)[2])
    return known


def _unnamed(heard: Iterable[Voice]) -> Iterator[Origin]:
    """One a house that spoke to unnamed people, counted as it counts them."""
    unnamed = [(v, first_outlet(v)) for v in heard if is_unnamed(v)]
    heads = _houses({outlet for _, outlet in unnamed if outlet})
    spoken_to: dict[str, tuple[Who | None, list[Voice]]] = {}
    for v, outlet in unnamed:
        head = heads[outlet] if outlet else None
        spoken_to.setdefault(head.entity if head else v.article, (head, []))[1].append(v)
    for _, (outlet, voices) in sorted(spoken_to.items()):
        name = f"unnamed, to {outlet.name}" if outlet else "unnamed, to an outlet that is not known"
        ids = tuple(sorted(v.assertion.id for v in voices))
        count = max(v.assertion.source_count or 1 for v in voices)
        yield Origin("unnamed", outlet.entity if outlet else None, name, ids, party=False, count=count)


def _houses(outlets: Iterable[Who]) -> dict[Who, Who]:
    """Each outlet with the one that stands for its house here: the shortest name."""
    heads: dict[Who, Who] = {}
    for outlet in sorted(outlets, key=lambda w: (len(w.brand), w.name, w.entity)):
        heads[outlet] = next((h for h in heads.values() if is_one_house(h.brand, outlet.brand)), outlet)
    return heads


def _at_least(identified: Sequence[Origin]) -> int:
    """How many origins there are if all people are one whose names may be one person's."""
    groups: list[list[Origin]] = []
    for one in sorted(identified, key=lambda o: (-len(o.name), o.name, str(o.entity))):
        fitting = (g for g in groups if all(_may_be_one(one, other) for other in g))
        group = next(fitting, None)
        if group is None:
            groups.append([one])
        else:
            group.append(one)
    return len(groups)


def _may_be_one(a: Origin, b: Origin) -> bool:
    """A surname alone is often taken for a firm, and a person's name for another kind of thing."""
    return "person" in (a.kind, b.kind) and "outlet" not in (a.kind, b.kind) and may_be_one(a.name, b.name)


def roots_of(v: Voice, heard: Sequence[Voice]) -> Iterator[tuple[RootKind, Who]]:
    """The identified roots of one assertion: (kind of origin, who)."""
    kind = v.assertion.source_type
    if kind in ("named", "role", "document", "outlet"):
        for who in (*v.people, *v.bodies):
            if not _is_cited(who, v):
                yield "person" if who.kind == "person" else "body", who
            elif not _shows_source(who, v, heard):
                yield "outlet", who
    if kind == "writer" and v.assertion.basis in WITH_BASIS and (finder := first_outlet(v)):
        yield "outlet", finder


def is_unnamed(v: Voice) -> bool:
    """Whether someone whose name is withheld said it to an outlet; a group ("critics") is not said to have."""
    return v.assertion.source_type == "anonymous"


def is_open(v: Voice) -> bool:
    """Whether the text shows somebody who said it, and leaves open whom: neither unnamed nor nobody, nor the outlet."""
    a = v.assertion
    shown = a.source_type in ("named", "role", "document", "outlet")
    return not v.people and not v.bodies and (shown or bool(a.candidates)) and not is_unnamed(v)


def is_somebody(v: Voice) -> bool:
    """Whether somebody in particular says it: no hearsay, no critics at large, no bare writer."""
    office = v.assertion.source_type == "role"
    return bool(v.people or v.bodies) or office or is_unnamed(v) or v.assertion.basis in WITH_BASIS


def first_outlet(v: Voice) -> Who | None:
    """The outlet that it was said to: the station nearest to the content, else the one that printed it first."""
    return v.hops[0] if v.hops else v.wire or v.outlet


def has_own_source(v: Voice) -> bool:
    """Whether the assertion shows where its outlet has it from."""
    kind = v.assertion.source_type
    told = (*v.people, *v.bodies)
    if kind == "outlet" or (told and all(_is_cited(w, v) for w in told)):
        return any(w != v.outlet for w in told)
    return kind in ("named", "role", "document", "anonymous") or (kind == "writer" and v.assertion.basis in WITH_BASIS)


def _is_cited(who: Who, v: Voice) -> bool:
    """Whether it is an outlet that passes something on, in its report or itself: its spokesman speaks for a firm."""
    kind = v.assertion.source_type
    return "outlet" in (kind, who.kind) and (kind == "document" or who not in v.bodies)


def _shows_source(outlet: Who, cited_by: Voice, heard: Iterable[Voice]) -> bool:
    """Whether anything that was read shows whom this outlet has it from, so that it only passes it on.

    What an outlet found itself ("Loomwire found") counts where Loomwire prints it; elsewhere Loomwire is only cited.
    """
    shown = [(v, first_outlet(v)) for v in heard if v.hops or v.article != cited_by.article]
    theirs = [v for v, by in shown if by and (by == outlet or is_one_house(by.brand, outlet.brand))]
    cited_by_others = not _is_own_finding(cited_by, outlet)
    return any(has_own_source(v) or (cited_by_others and _is_own_finding(v, outlet)) for v in theirs)


def _is_own_finding(v: Voice, outlet: Who) -> bool:
    return v.assertion.source_type == "outlet" and outlet in v.people and v.published_by == outlet and not v.hops


def _route(v: Voice, heard: Sequence[Voice]) -> Who | None:
    if not is_unnamed(v) and not any(True for _ in roots_of(v, heard)):
        return None
    if v.genre in ISSUED and not v.hops:
        return None
    cited = [w for w in (*v.people, *v.bodies) if _is_cited(w, v)]
    return cited[0] if cited else first_outlet(v)
