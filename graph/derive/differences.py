"""What two contents must not differ in to be one claim: each difference told in words that a reporter reads.

What one telling leaves out (a time, a number, which of a kind) is no difference.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterator, Sequence

from graph.derive.contents import Content, longest_run
from graph.derive.stems import stem
from ingest.model import Modality, Quantity, Time

MODALITIES: dict[Modality, str] = {
    "is": "what is said to be",
    "may_be": "what may be",
    "is_meant": "what is meant to be",
}
TURNING = ("stage", "condition", "truth")  # of these signs, told or not told is a difference
OPPOSITE = ({"since", "until"}, {"since", "by"})
NEARLY = 0.9  # of its words
PIECE = 6  # words that make a piece of a longer passage
SLACK = 0.05  # that "about" leaves of a number


def find_difference(a: Content, b: Content, *, numbers: bool = True) -> str | None:
    """Why the two are not one claim whatever else they share; None where nothing stands against it."""
    return next(differences(a, b, numbers=numbers), None)


def differences(a: Content, b: Content, *, numbers: bool = True) -> Iterator[str]:
    """Each of them, the plainest first; without that of numbers, if told so."""
    if a.modality != b.modality and not bears_its_hedge(smaller_of(a, b)):
        yield f"One tells {MODALITIES[a.modality]}, the other {MODALITIES[b.modality]}."
    if how_many(a, b) != how_many(b, a):
        yield f"One speaks of {a.quantifier or 'all'}, the other of {b.quantifier or 'all'}."
    if a.running != b.running and other_names(a, b):
        yield "Each names somebody or something that the other does not."
    if times_differ(a.times, b.times):
        yield f"They tell of different times: {tell_times(a.times)}; {tell_times(b.times)}."
    for words in identifiers_differ(a, b):
        yield f"They tell of different things of one kind: {words}."
    if numbers and numbers_differ(a.quantities, b.quantities):
        yield f"They give different numbers: {tell_numbers(a.quantities)}; {tell_numbers(b.quantities)}."
    yield from (f"They differ in what turns the claim: {words}." for words in signs_differ(a, b))
    if parties_differ(a, b) and smaller_of(a, b) is None:
        yield "Another did it, or to another."


def smaller_of(a: Content, b: Content) -> Content | None:
    """The one that is a piece of the other, all but word for word; None where neither is."""
    smaller, larger = sorted((a, b), key=lambda content: len(content.running))
    size = len(smaller.running)
    whole = size >= PIECE and longest_run(smaller.running, larger.running) >= NEARLY * size
    return smaller if whole and size < len(larger.running) else None


def bears_its_hedge(cut: Content | None) -> bool:
    """Whether a piece of a whole holds the words that make it uncertain, so that the whole holds them too."""
    return cut is not None and cut.modality == "may_be"


def how_many(content: Content, beside: Content) -> str:
    """ "The workers" are all of them, but where a share is told beside; of none it is said that it is not so."""
    share = any(q.unit == "%" for q in beside.quantities) and not content.quantities
    kept = content.quantifier in ("some", "most") or (content.quantifier == "all" and share)
    return str(content.quantifier) if kept else ""


def other_names(a: Content, b: Content) -> bool:
    """Whether each names somebody that the other does not; who speaks of himself may leave his name out of it."""
    one, other = ({n for n in x.names if not n.startswith("itself|")} - a.speakers - b.speakers for x in (a, b))
    return has_alone(one, other) and has_alone(other, one)


def has_alone(names: set[str], others: set[str]) -> bool:
    """Whether one of these names stands for nothing that is named there."""
    return any(not any(one_in_other(name, other) for other in others) for name in names)


def one_in_other(name: str, other: str) -> bool:
    """ "Cebu" and "Cebu International Airport" may be two names of one thing; "Heron 2" and "Heron 3" are not."""
    words, others = stems_of(name), stems_of(other)
    return words <= others or others <= words


@functools.lru_cache(maxsize=65_536)
def stems_of(name: str) -> frozenset[str]:
    return frozenset(map(stem, name.lstrip("=").split()))


def times_differ(a: Sequence[Time], b: Sequence[Time]) -> bool:
    """Whether both tell when, and no day of the one is a day of the other."""
    return bool(a and b) and not any(share_a_day(x, y) for x in a for y in b)


def share_a_day(a: Time, b: Time) -> bool:
    if {a.relation, b.relation} in OPPOSITE:
        return False
    (start, end), (first, last) = reach(a), reach(b)
    return start < last and first < end


def reach(time: Time) -> tuple[str, str]:
    """From the first day to the day after the last, which "since" and "until" leave open on one side."""
    start = "0000" if time.relation in ("until", "by") else time.start
    return start, "9999-99" if time.relation == "since" else time.end


def identifiers_differ(a: Content, b: Content) -> Iterator[str]:
    """ "Room 204" and "room 240"; a room that only one of them tells is no difference."""
    values: dict[str, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for n, content in enumerate((a, b)):
        for identifier in content.identifiers:
            values[identifier.of][n].add(identifier.value)
    for kind, (one, other) in sorted(values.items()):
        if one and other and not one & other:
            yield f"{kind} {', '.join(sorted(one))}; {kind} {', '.join(sorted(other))}"


def numbers_differ(a: Sequence[Quantity], b: Sequence[Quantity]) -> bool:
    """Whether both count one thing and no count of the one is a count of the other, or one number counts two things."""
    units = {q.unit for q in a} & {q.unit for q in b}
    for unit in units:
        if not any(same_number(x, y) for x in a for y in b if x.unit == y.unit == unit):
            return True
    return not units and any(x.value == y.value and x.unit and y.unit for x in a for y in b)


def same_number(a: Quantity, b: Quantity) -> bool:
    vague = "about" in (a.bound, b.bound)
    bounds = {a.bound, b.bound} - {"about", "exact"}
    if len({a.bound, b.bound}) > 1 and bounds:
        return False
    return a.value == b.value or (vague and abs(a.value - b.value) <= SLACK * max(abs(a.value), abs(b.value)))


def signs_differ(a: Content, b: Content) -> Iterator[str]:
    """ "Offered to buy" and "bought"; "rose" and "fell"."""
    one, other = by_axis(a.signs), by_axis(b.signs)
    for axis in sorted(one.keys() | other.keys()):
        sides, others = one.get(axis, frozenset()), other.get(axis, frozenset())
        told = axis in TURNING or (sides and others)
        if told and not sides & others and not (axis == "stage" and holds_stage(a, b)):
            yield axis


def holds_stage(a: Content, b: Content) -> bool:
    """Whether the verb that leads up to the deed in one stands in the other too, further down: "know that they try"."""
    staged, bare = (a, b) if any(sign.startswith("stage") for sign in a.signs) else (b, a)
    return staged.act in bare.stems


def by_axis(signs: Sequence[str]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for sign in signs:
        axis, _, side = sign.partition(" ")
        found[axis].add(side)
    return {axis: frozenset(sides) for axis, sides in found.items()}


def parties_differ(a: Content, b: Content) -> bool:
    """Who did it to whom: "Halden sued Orrin" and "Orrin sued Halden"."""
    both = set(a.names) & set(b.names)
    if a.act != b.act:
        return False
    if a.agent and b.agent and a.agent != b.agent and {a.agent, b.agent} <= both:
        return True
    return bool((a.agent and a.agent == b.patient != b.agent) or (b.agent and b.agent == a.patient != a.agent))


def tell_times(times: Sequence[Time]) -> str:
    return ", ".join(t.start if t.precision == "day" else f"{t.start} to {t.end}" for t in times)


def tell_numbers(quantities: Sequence[Quantity]) -> str:
    return ", ".join(q.words for q in quantities)
