"""Sourcing and dispute of a claim, each with the rule that gave it. Computed, and never of what is true."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from graph.derive.opposition import SIGN
from graph.derive.origins import Origins, is_open, is_somebody, is_unnamed
from graph.derive.voices import Voice
from graph.model import ClaimRelation, DisputeMark, Mark, Sourcing, Status

RULES: dict[DisputeMark, str] = {
    "denied": "Denied by one whom the claim is about, or who speaks for it, after it was first said.",
    "disputed": "Another source speaks against it.",
    "qualified": "Another claim narrows it; both can hold.",
    "corrected": "An outlet has withdrawn it in a correction.",
    "retracted": "Its own source has taken it back.",
    "confirmed_by_subject": "Confirmed by one whom it is about.",
}
NUMBERS = "numbers@2"
DISPUTED_NUMBER = "Another origin gives another number for the same thing, about the same time."


def to_status(voices: Sequence[Voice], origins: Origins, relations: Iterable[ClaimRelation], claim: str) -> Status:
    """The status of one claim; `relations` are its links to other claims."""
    sourcing, rule = judge_sourcing(voices, origins)
    own = {v.assertion.id for v in voices}
    marks = [*find_marks(voices, origins), *marks_of_links(relations, claim, own)]
    return Status(
        sourcing=sourcing,
        rule=rule,
        origins=origins.identified,
        origins_range=origins.range,
        unnamed=origins.unnamed,
        unnamed_range=origins.unnamed_range,
        opponents=find_opponents(voices),
        routes=origins.routes,
        possible_routes=origins.possible_routes,
        marks=tuple(sorted(marks, key=lambda m: (m.kind, m.rule, m.assertions))),
    )


def judge_sourcing(voices: Sequence[Voice], origins: Origins) -> tuple[Sourcing, str]:
    """How a claim is sourced: the first that holds, and the sentence that says why."""
    names = ", ".join(origin.name + (" (party)" if origin.party else "") for origin in origins.identified)
    (low, high), (fewest, most) = origins.unnamed_range, origins.range
    if fewest > 1:
        count = str(most) if fewest == most else f"{fewest} to {most}"
        return "several_origins", f"{count} identified origins: {names}. A count, never a confirmation."
    if most > 1:
        return "one_origin", f"1 to {most} identified origins of like names, not known to be two: {names}."
    if most:
        return "one_origin", f"All that is named leads to one origin: {names}."
    if high:
        counted = f"{low}" if low == high else f"{low} to {high}, perhaps the same"
        return "unnamed_only", f"Nobody is named: unnamed sources, as the outlets that spoke to them count: {counted}."
    if against := find_opponents(voices):
        return "only_against", f"Nobody who was read says it; against it speaks {', '.join(against)}."
    if any(is_open(v) and v.supports for v in voices):
        return "unclear", "Somebody is shown to say it; whom the words mean is open, and for a person to decide."
    if any(v.carried and v.supports for v in voices):
        return "unclear", "No source of its own; the attribution right before it in its paragraph might carry it."
    return "no_source_found", _why_no_source(voices)


def find_opponents(voices: Sequence[Voice]) -> tuple[str, ...]:
    """Who is heard against what nobody is heard to say; none where somebody says it."""
    if any(v.supports for v in voices):
        return ()
    return tuple(sorted({name for v in voices if v.opposes and is_somebody(v) for name in names_of(v)}))


def _why_no_source(voices: Sequence[Voice]) -> str:
    if any(v.supports and v.assertion.source_type == "writer" for v in voices):
        return "Only in the writer's own voice: no source and no document is shown for it."
    if any(v.supports for v in voices):
        return "Hearsay: the words name nobody who said it."
    if any(v.opposes for v in voices):
        return "It is only spoken against, and by nobody in particular."
    return "Nobody is heard to say that it is so."


def find_marks(voices: Sequence[Voice], origins: Origins) -> Iterator[Mark]:
    """Dispute marks from the claim's own assertions."""
    about = {entity for v in voices for entity in v.about_closely}
    sources = {origin.entity for origin in origins.identified}
    first = min((v.published_at for v in voices if v.supports and v.published_at), default=None)
    found: dict[DisputeMark, list[Voice]] = {}
    for v in voices:
        kind = _mark(v, about, sources, first)
        if kind:
            found.setdefault(kind, []).append(v)
    for kind, against in sorted(found.items()):
        ids = tuple(sorted(v.assertion.id for v in against))
        yield Mark(kind, ids, tuple(sorted({name for v in against for name in names_of(v)})), RULES[kind])


def _mark(v: Voice, about: set[str], sources: set[str | None], first: str | None) -> DisputeMark | None:
    """What one assertion marks its claim with, if anything."""
    if v.supports:
        return "confirmed_by_subject" if v.stance == "confirms" and v.stands_for & about - _in_passing(v) else None
    if not v.opposes:
        return None
    if v.assertion.part == "correction" or (v.stance == "retracts" and v.assertion.source_type in ("outlet", "writer")):
        return "corrected"
    if v.stance == "retracts" and v.stands_for & sources:
        return "retracted"
    if v.stance in ("denies", "retracts") and v.stands_for & about:
        return None if first and v.published_at and v.published_at < first else "denied"
    # Hearsay, critics at large and a writer's doubt are shown, but are no other origin; "falsely claimed" refutes.
    refuted = v.assertion.source_type == "writer" and v.assertion.stance == "denies"
    return "disputed" if refuted or is_somebody(v) else None


def _in_passing(v: Voice) -> set[str]:
    """Whom a claim only brings in on the way ("her alleged role"), of those who say it themselves."""
    return {who.entity for who in v.people if who.kind == "person"} - {v.subject, v.object, v.first_about}


def marks_of_links(relations: Iterable[ClaimRelation], claim: str, own: set[str]) -> Iterator[Mark]:
    """Dispute marks that a claim has from other claims; `own`: ids of its assertions, which do not mark it."""
    kinds: dict[str, DisputeMark] = {"DISPUTES": "disputed", "QUALIFIES": "qualified", "CORRECTS": "corrected"}
    for relation in relations:
        kind = kinds.get(relation.kind)
        both = relation.method in (NUMBERS, SIGN)  # of two that can't both hold each is the other's
        if kind and (relation.end == claim or both):
            rule = DISPUTED_NUMBER if relation.method == NUMBERS and kind == "disputed" else RULES[kind]
            rule = rule if relation.method == NUMBERS or kind != "disputed" else relation.reason
            yield Mark(kind, tuple(i for i in relation.assertions if i not in own), (), rule)


def names_of(v: Voice) -> tuple[str, ...]:
    """Who speaks, as a mark names it."""
    named = tuple(who.name for who in (*v.people, *v.bodies))
    outlet = v.published_by.name if v.published_by else "an outlet that is not known"
    return named or ((f"unnamed, to {outlet}",) if is_unnamed(v) else (outlet,))
