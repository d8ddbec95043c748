"""Many tellings of one claim, and the few that stand for them all: who first told it so, and another of each kind.

What a claim is derived from is the distinct ways in which it is told, by whom, through whom, where, how surely, not how
often. So one more telling costs by those ways, and the rest is counted. Pure.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, fields

from graph.derive.keys import ends
from graph.derive.matching import start_of
from graph.derive.voices import Voice

OF_ONE_TELLING = frozenset({"assertion", "article", "published_at", "published_by", "credits"})
SHARED = tuple(field.name for field in fields(Voice) if field.name not in OF_ONE_TELLING)


@dataclass(frozen=True, slots=True)
class Tally:
    """What is counted of tellings."""

    assertions: int = 0
    articles: int = 0
    first_at: str | None = None
    last_at: str | None = None
    outlets: frozenset[str] = frozenset()  # entities

    def with_others(self, other: Tally) -> Tally:
        """Of both together, where no article is in both."""
        dates = [d for t in (self, other) for d in (t.first_at, t.last_at) if d]
        return Tally(
            self.assertions + other.assertions,
            self.articles + other.articles,
            min(dates, default=None),
            max(dates, default=None),
            self.outlets | other.outlets,
        )


def count(voices: Collection[Voice]) -> Tally:
    """The tally of these tellings."""
    dates = [v.published_at for v in voices if v.published_at]
    return Tally(
        assertions=len(voices),
        articles=len({v.article for v in voices}),
        first_at=min(dates, default=None),
        last_at=max(dates, default=None),
        outlets=frozenset(v.published_by.entity for v in voices if v.published_by),
    )


def stand_ins(
    voices: Iterable[Voice], keys: Mapping[str, tuple[str, ...]], people: Mapping[str, Hashable], kept: Collection[str]
) -> set[str]:
    """The assertions that stand for all of a claim: of each kind the earliest, and the earliest of another article.

    With them stay those in `kept`, the smallest id of each content, and what one of them answers. What stands for a set
    stands for it too with others added: nothing that was left out is missed later. `people`: whom each names.
    """
    kinds: dict[Hashable, list[Voice]] = defaultdict(list)
    smallest: dict[Hashable, str] = {}
    for v in voices:
        i = v.assertion.id
        kinds[_kind_of(v, keys.get(i, ()), people.get(i))].append(v)
        content = (exact_of(keys.get(i, ())), people.get(i))
        smallest[content] = min(i, smallest.get(content, i))
    chosen = set(smallest.values())
    for them in kinds.values():
        first = min(them, key=_earliest)
        others = (v for v in them if v.article != first.article)
        chosen |= {first.assertion.id, *(v.assertion.id for v in [min(others, key=_earliest, default=first)])}
    here = {v.assertion.id for them in kinds.values() for v in them}
    chosen |= here.intersection(kept)
    return chosen | {b for i in chosen for b in ends(keys.get(i, ()), "by:ANSWERS>") if b in here}


def exact_of(keys: Iterable[str]) -> str:
    """What is claimed, as a key; "" for what claims nothing."""
    return next(iter(ends(keys, "x:")), "")


def _earliest(v: Voice) -> tuple[str, int, str]:
    return (v.published_at or "9999", start_of(v.assertion), v.assertion.id)


def _kind_of(v: Voice, keys: Iterable[str], people: Hashable) -> Hashable:
    """Equal for tellings of which one says as much of the claim as the other."""
    a = v.assertion
    said = (
        a.source_type, a.part, a.stance, a.polarity, a.certainty, a.tense, a.basis, a.source_count, a.relation,
        a.general, tuple((q.value, q.unit, q.bound) for q in a.quantities),
    )  # fmt: skip
    beside = tuple(sorted(key.partition(">")[0].partition("<")[0] for key in keys if key.startswith("by:")))
    copied = v.outlet != v.published_by
    itself = v.published_by in (*v.people, *v.bodies, *v.hops)  # the outlet that prints it is named in it
    printed = (v.published_by, v.credits) if not copied or itself else None
    unknown = v.article if v.outlet is None else ""
    return (exact_of(keys), people, said, beside, printed, unknown, *(getattr(v, name) for name in SHARED))
