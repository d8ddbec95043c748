"""Assertions with who is behind them: names resolved to entities, copies to their originals."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from graph.derive.matching import FORMER, leads
from graph.derive.surroundings import Surroundings, Who
from ingest.model import OPPOSING, SUPPORTING, Assertion, Genre, Stance

SPEAKS_FOR = re.compile(r"\b(spokes\w+|press (officer|secretary)|communications|representative for)\b", re.IGNORECASE)
STANDS_FOR = re.compile(rf"{SPEAKS_FOR.pattern}|\b(lawyer|attorney|counsel) (for|of)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Voice:
    """One assertion, as origins and disputes are told from it."""

    assertion: Assertion
    stance: Stance  # as it bears on the claim of its cluster: "said not-X" denies X
    article: str
    genre: Genre
    published_at: str | None
    outlet: Who | None  # that had it first: of a copy, the original's
    published_by: Who | None
    people: tuple[Who, ...]  # who speaks for itself
    bodies: tuple[Who, ...]  # who is spoken for, or whose document it is
    stands_for: frozenset[str]  # entities for which a denial by this source stands: itself, and what it leads
    hops: tuple[Who, ...]  # outlets that relayed it, nearest to the content first
    subject: str | None  # entity
    object: str | None
    about: tuple[str, ...]  # entities
    first_about: str | None  # the one that its words begin with
    about_closely: frozenset[str]  # those, what made them, and whom they work for
    credits: tuple[Who, ...]
    wire: Who | None  # the agency whose tag the article bears
    carried: bool  # an attribution right before it might carry it

    @property
    def supports(self) -> bool:
        """Whether it counts for the claim: an opinion's own voice and a headline do not."""
        own_opinion = self.genre == "opinion" and self.assertion.source_type == "writer"
        return self.stance in SUPPORTING and self.assertion.part != "headline" and not own_opinion

    @property
    def opposes(self) -> bool:
        """Whether it counts against the claim: a general denial speaks against none in particular."""
        own_opinion = self.genre == "opinion" and self.assertion.source_type == "writer"
        shown = self.assertion.part != "headline" and not self.assertion.general
        return self.stance in OPPOSING and shown and not own_opinion


def bearing_stances(members: Collection[Assertion]) -> dict[str, Stance]:
    """What each assertion of a cluster does to the cluster's claim.

    The claim is positive if any member says it so: then who says not-X denies X, and who denies not-X asserts it. A
    correction note withdraws what it repeats of its own outlet's report.
    """
    positive = any(a.polarity == "positive" for a in members)
    return {a.id: _bearing(a, turned=positive and a.polarity == "negative") for a in members}


def _bearing(a: Assertion, *, turned: bool) -> Stance:
    if a.part == "correction" and a.source_type in ("outlet", "document") and a.stance in SUPPORTING:
        return "retracts"
    if turned and a.stance in SUPPORTING:
        return "denies"
    if turned and a.stance in OPPOSING:
        return "asserts"
    return a.stance


def to_voice(found: Surroundings, i: str, stance: Stance) -> Voice:
    """One assertion with who is behind it."""
    a, article = found.assertions[i], found.articles[found.article_of[i]]
    people, bodies = _speakers(found, a)
    publisher = found.published_by.get(article.id)
    first = found.published_by.get(found.original[article.id])
    leads = {e for s in a.sources for e in _led(found, s.referent)}
    about = {w.entity for w in _named(found, _about(found, a))}
    owners = {owner for entity in about for owner in found.owners.get(entity, ())}
    return Voice(
        assertion=a,
        stance=stance,
        article=article.id,
        genre=article.properties.get("genre", "unknown"),  # type: ignore[arg-type]
        published_at=str(article.properties["published_at"]) if "published_at" in article.properties else None,
        outlet=found.who.get(first or ""),
        published_by=found.who.get(publisher or ""),
        people=people,
        bodies=bodies,
        stands_for=frozenset(w.entity for w in (*people, *bodies, *_named(found, sorted(leads))))
        | _led_elsewhere(found, a),
        hops=_relaying_outlets(found, a),
        subject=_entity(found, a.subject),
        object=_entity(found, a.object),
        about=tuple(sorted(about)),
        first_about=next((w.entity for w in _named(found, _about(found, a))), None),
        about_closely=frozenset(about | owners | _own_office(found, a)),
        credits=_named(found, found.credits.get(article.id, ())),
        wire=found.who.get(found.wire.get(found.original[article.id], "")),
        carried=any(key.startswith("near:") for key in found.keys.get(i, ())),
    )


def _about(found: Surroundings, a: Assertion) -> tuple[str, ...]:
    """The referents it is about; a source that only its cue brings in ("his statement that …") is not one."""
    mentioned = {t[1:] for t in a.terms if t.startswith("@")}
    sources = {s.referent for s in a.sources} if mentioned else set()
    return tuple(r for r in a.about if r in mentioned or r not in sources) or found.continued.get(a.id, ())


def _own_office(found: Surroundings, a: Assertion) -> set[str]:
    """The bodies that confirm something of one who holds an office, where it is not said to be another body's."""
    office = any(r.kind == "person" and r.roles and not r.employers for r in map(found.referents.get, a.about) if r)
    speakers = _named(found, (s.referent for s in a.sources)) if a.stance == "confirms" and office else ()
    return {who.entity for who in speakers if who.kind != "person"}


def _speakers(found: Surroundings, a: Assertion) -> tuple[tuple[Who, ...], tuple[Who, ...]]:
    """Who speaks for itself, and who is spoken for or has its document speak."""
    people: list[str] = []
    bodies: list[str] = []
    for speaker in a.sources:
        referent = found.referents.get(speaker.referent)
        if referent is None:
            continue
        agent = referent.kind == "person" and any(map(SPEAKS_FOR.search, referent.roles))
        if referent.employers and referent.kind == "person" and (speaker.capacity == "speaks_for" or agent):
            bodies += referent.employers
        elif speaker.capacity == "itself":
            people.append(referent.id)
        else:
            bodies.append(referent.id)
    spoken_for = set(bodies)
    kept = [r for r in people if not (spoken_for & {r, *found.referents[r].employers})]
    return _named(found, kept), _named(found, bodies)


def _led(found: Surroundings, referent: str) -> tuple[str, ...]:
    """The bodies for which this person's denial stands: those that they lead or speak for now."""
    r = found.referents.get(referent)
    if r is None or r.kind != "person" or any(map(FORMER.search, r.roles)):
        return ()
    return r.employers if any(leads(role) or STANDS_FOR.search(role) for role in r.roles) else ()


def _led_elsewhere(found: Surroundings, a: Assertion) -> frozenset[str]:
    """The bodies of those whom this article calls "the chief executive" and no more, as other articles name them."""
    led: set[str] = set()
    for r in (found.referents.get(s.referent) for s in a.sources):
        if r and r.kind == "person" and not r.employers and any(map(leads, r.roles)) and r.id in found.who:
            former = any(map(FORMER.search, r.roles))
            led |= set() if former else set(found.owners.get(found.who[r.id].entity, ()))
    return frozenset(led)


def _relaying_outlets(found: Surroundings, a: Assertion) -> tuple[Who, ...]:
    stations = ((h.source_type, found.who.get(h.referent or "")) for h in a.hops)
    return tuple(who for kind, who in stations if who and "outlet" in (kind, who.kind))


def _named(found: Surroundings, referents: Iterable[str]) -> tuple[Who, ...]:
    return tuple(dict.fromkeys(found.who[r] for r in referents if r in found.who))


def _entity(found: Surroundings, referent: str | None) -> str | None:
    who = found.who.get(referent or "")
    return who.entity if who else None
