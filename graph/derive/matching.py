"""Same referent? Same claim? Supports, qualifies, disputes, updates? Pure, and what is not sure stays apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from graph.derive.contents import Content
from graph.derive.likeness import is_other_number
from graph.derive.names import GROUPS
from graph.model import ClaimLink
from ingest.model import NO_CLAIM, OPPOSING, SUPPORTING, Assertion, Quantity, Reading, fold

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
TIMES = frozenset(
    {
        *WEEKDAYS, "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
        "november", "december", "today", "yesterday", "tomorrow", "week", "month", "year", "day", "quarter", "spring",
        "summer", "autumn", "fall", "winter", "weekend",
    }
)  # fmt: skip
LIGHT = TIMES | {
    "also", "already", "now", "still", "recently", "reportedly", "allegedly", "currently", "last", "next", "early",
    "late", "earlier", "later", "morning", "afternoon", "evening", "night", "just", "so", "so-called", "indeed",
    "there", "then", "person", "one", "fact", "model", "company", "firm", "group",
}  # fmt: skip
COMMON = frozenset(
    {
        "use", "have", "be", "make", "do", "take", "get", "give", "go", "put", "say", "tell", "year", "time", "way",
        "thing", "people", "company", "new", "own",
    }
)  # fmt: skip
COMPARATIVE = re.compile(
    r"\b(much|far|considerably|significantly|substantially|somewhat|even|well|rather)\s+"
    r"(more|less|higher|lower|fewer|greater|smaller|cheaper)\b|\b(more|less|higher|lower|fewer|greater|smaller)\W*$",
    re.IGNORECASE,
)
LEADS = re.compile(
    r"\b(chief|ceo|chair\w*|president|director|founder|head|governor|commissioner|minister|chancellor|secretary.general)\b",
    re.IGNORECASE,
)
OFFICE = re.compile(r"^(.*?)(?=\s+(?:at|of|for|in|with|to)\s+|,|$)")
FORMER = re.compile(r"\b(former|ex|fired|ousted)\b|\bthen-", re.IGNORECASE)
MADE_BY = re.compile(r"[’']s?\s+(\w[\w-]*\s+){0,3}$")
MAKER_OF = re.compile(r",?\s+(the|a|an)?\s*(maker|developer|creator|producer|manufacturer|owner) of\s+(the\s+)?$")
SAME_TIME = timedelta(days=7)


def leads(role: str) -> bool:
    """Whether who has this role leads something: an adviser to a president does not."""
    office = OFFICE.match(role)
    return office is not None and LEADS.search(office[1]) is not None


def find_makers(reading: Reading) -> Iterator[tuple[str, str]]:
    """Things with what made them, by referent id: "Drayhurst's Athelin model", "Murrowell, the maker of Ostrel 2"."""
    groups = {r.id: GROUPS.get(r.kind) for r in reading.referents}
    mentions = sorted(reading.mentions, key=lambda m: (m.span, m.referent))
    for maker, thing in pairwise(mentions):
        if groups.get(maker.referent) == "body" and groups.get(thing.referent) == "thing":
            between = reading.article.text[maker.span.end : thing.span.start]
            # A mention may or may not take the 's with it.
            genitive = maker.span.of(reading.article.text)[-2:] + between
            if MADE_BY.fullmatch(between) or MADE_BY.search(genitive) or MAKER_OF.fullmatch(between):
                yield thing.referent, maker.referent


# ── beside each other in one article ─────────────────────────────────────────────────────────────────────────────


def find_beside(reading: Reading) -> Iterator[tuple[str, ClaimLink | str, str]]:
    """Pairs of assertions that one article sets side by side: (later, what it does, earlier), by id.

    ANSWERS: it denies or withdraws what the earlier one claims, without saying it again. CONTINUES: it names nobody,
    and tells more of a thing that the earlier one told of ("the accounts").
    """
    claims = sorted((a for a in reading.assertions if a.stance not in NO_CLAIM and a.content), key=start_of)
    for n, later in enumerate(claims):
        before = claims[:n]
        if later.answers:
            yield later.id, "ANSWERS", later.answers
        if later.answers or later.bare:
            continue
        qualified = _qualified(later, before)
        if qualified:
            yield later.id, "QUALIFIES", qualified.id
        continued = _continued(later, before)
        if continued:
            yield later.id, "CONTINUES", continued.id
        yield from ((later.id, "CORRECTS", a.id) for a in claims if _corrects(later, a))


def find_carried(reading: Reading) -> Iterator[str]:
    """Sentences of the writer's that stand right behind an attributed one in its paragraph, which may carry them."""
    text = reading.article.text
    claims = sorted((a for a in reading.assertions if a.content), key=start_of)
    ends = [max(s.end for s in (*a.source, *a.cue, *a.content)) for a in claims if a.source and a.part == "body"]
    for a in claims:
        own = a.source_type == "writer" and a.part == "body"
        if own and any(_is_one_sentence_on(text[end : start_of(a)]) for end in ends if end <= start_of(a)):
            yield a.id


def _is_one_sentence_on(gap: str) -> bool:
    return "\n" not in gap and len(gap) < 400 and len(re.findall(r"[.!?]['\"”’)]*\s", gap)) <= 1


def start_of(a: Assertion) -> int:
    """Where its content begins in the text."""
    return min(span.start for span in a.content)


def _qualified(later: Assertion, before: Sequence[Assertion]) -> Assertion | None:
    """ "V3 must have cost much more": the nearest number before it that is about the same."""
    if later.quantities or later.stance not in SUPPORTING or not COMPARATIVE.search(later.wording):
        return None
    numbers = (a for a in reversed(before[-6:]) if a.quantities and a.stance in SUPPORTING)
    return next((a for a in numbers if set(a.about) & set(later.about) and _stems(a) & _stems(later)), None)


def _continued(later: Assertion, before: Sequence[Assertion]) -> Assertion | None:
    if later.about or any(t.startswith("@") for t in later.terms):
        return None
    return next((a for a in reversed(before) if a.about and _stems(a) & _stems(later)), None)


def _corrects(note: Assertion, withdrawn: Assertion) -> bool:
    in_note = note.part == withdrawn.part == "correction"
    return in_note and note.stance in SUPPORTING and withdrawn.stance in OPPOSING and note.polarity == "positive"


def _stems(a: Assertion) -> set[str]:
    """The beginnings of its telling words: "distillation" and "distil" share one."""
    return {fold(t)[:6] for t in a.terms if not t.startswith("@") and fold(t) not in COMMON and len(t) > 3}


# ── numbers ──────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Figure:
    """A claim as one of several numbers for the same thing."""

    claim: str
    quantities: tuple[Quantity, ...]
    origins: frozenset[str]  # entity ids; the outlets of writers where there are none
    sourced: bool
    content: Content
    first_at: str | None


def relate_figures(a: Figure, b: Figure) -> tuple[ClaimLink, str, str, str] | None:
    """What one number for a thing does to another: (link, from claim, to claim, reason).

    The same source, later: UPDATES. Both can hold, or nobody is known to say one of them: QUALIFIES. Another origin
    about the same time: DISPUTES.
    """
    if by_unit(a.quantities) == by_unit(b.quantities) or not is_other_number(a.content, b.content):
        return None
    earlier, later = sorted((a, b), key=lambda f: (f.first_at or "9999", f.claim))
    words = f"{_words(later)} against {_words(earlier)}"
    if a.origins & b.origins and a.first_at != b.first_at:
        return "UPDATES", later.claim, earlier.claim, f"A later number of the same source: {words}."
    if can_both_hold(a.quantities, b.quantities):
        return "QUALIFIES", later.claim, earlier.claim, f"Another number, and both can hold: {words}."
    if a.origins & b.origins:
        return "QUALIFIES", later.claim, earlier.claim, f"The same source, another number, the same time: {words}."
    if a.sourced and b.sourced and _about_same_time(a, b):
        return "DISPUTES", later.claim, earlier.claim, f"Another origin, another number, about the same time: {words}."
    return "QUALIFIES", later.claim, earlier.claim, f"Another number, of another time or of no known source: {words}."


def can_both_hold(a: Sequence[Quantity], b: Sequence[Quantity]) -> bool:
    """Whether some values satisfy both: "less than 6 million" and "5.6 million" do, 9 and 70 million do not."""
    one, other = by_unit(a), by_unit(b)
    if one.keys() != other.keys():
        return True
    return all(
        max(low for low, _ in (*one[u], *other[u])) <= min(high for _, high in (*one[u], *other[u])) for u in one
    )


def by_unit(quantities: Sequence[Quantity]) -> dict[str, list[tuple[float, float]]]:
    """The range that each number leaves open, by unit; "about" leaves a twentieth."""
    ranges: dict[str, list[tuple[float, float]]] = {}
    for q in sorted(quantities, key=lambda q: (q.unit, q.value, q.bound)):
        slack = abs(q.value) * (0.05 if q.bound == "about" else 0.0)
        low = float("-inf") if q.bound == "below" else q.value - slack
        high = float("inf") if q.bound == "above" else q.value + slack
        ranges.setdefault(q.unit, []).append((low, high))
    return ranges


def _about_same_time(a: Figure, b: Figure) -> bool:
    if not a.first_at or not b.first_at:
        return True
    return abs(date.fromisoformat(a.first_at[:10]) - date.fromisoformat(b.first_at[:10])) <= SAME_TIME


def _words(figure: Figure) -> str:
    return ", ".join(sorted({q.words for q in figure.quantities}))
