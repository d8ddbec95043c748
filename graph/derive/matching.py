"""Same referent? Same claim? Supports, qualifies, disputes, updates? Pure, and what is not sure stays apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from graph.derive.names import GROUPS
from graph.model import ClaimLink
from ingest.model import NO_CLAIM, OPPOSING, SUPPORTING, Assertion, Quantity, Reading, fold, hash_id

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
COUNTING = frozenset(
    {
        "hundred", "thousand", "million", "billion", "trillion", "dollar", "euro", "pound", "yen", "yuan", "percent",
        "per", "cent", "$", "€", "£", "%", "m", "bn", "k",
    }
)  # fmt: skip
# Words that carry no claim of their own in a denial: what is denied stands before it.
REFERENCES = frozenset(
    {
        "allegation", "accusation", "charge", "claim", "assertion", "statement", "suggestion", "report", "rumour",
        "rumor", "it", "that", "this", "these", "such", "all",
    }
)  # fmt: skip
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
LEADS = re.compile(r"\b(chief|ceo|chair\w*|president|director|founder|head)\b", re.IGNORECASE)
FORMER = re.compile(r"\b(former|ex|fired|ousted)\b|\bthen-", re.IGNORECASE)
MADE_BY = re.compile(r"[’']s?\s+(\w[\w-]*\s+){0,3}$")
MAKER_OF = re.compile(r",?\s+(the|a|an)?\s*(maker|developer|creator|producer|manufacturer|owner) of\s+(the\s+)?$")
SAME_TIME = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Content:
    """What an assertion claims, in terms that can be compared across articles; names stand for what they name."""

    names: tuple[
        str, ...
    ]  # of what it mentions, sorted; without kinds, since one reading's person is another's company
    words: tuple[str, ...]  # the other terms, sorted, light ones left out
    light: tuple[str, ...]  # times, and words that change nothing
    quantities: tuple[str, ...]  # "300 account exact", sorted
    units: tuple[str, ...]
    first: str  # the name that it begins with, "" where it mentions only one: who did it to whom
    future: bool
    place: str  # the article, where the words alone do not say what they are about; "" elsewhere

    def exact(self) -> str:
        """Equal for contents that say the same."""
        return hash_id("exact", *self.light, "|", self.core())

    def core(self) -> str:
        """Equal for contents that say the same but for times and other light words."""
        return hash_id("core", *self.quantities, "|", self.frame())

    def frame(self) -> str:
        """Equal for contents that say the same but for those and the values of their numbers."""
        tense = "future" if self.future else ""
        return hash_id("frame", *self.names, "|", *self.words, "|", *self.units, "|", self.first, tense, self.place)


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


def content_of(a: Assertion, names: Mapping[str, str], article: str, published_at: str | None) -> Content:
    """`names`: name keys by referent id, of the article that the assertion stands in; `article`: its id."""
    named = {t[1:] for t in a.terms if t.startswith("@")}
    # Whoever denies "any wrongdoing" denies their own.
    named |= {s.referent for s in a.sources} if a.general else set()
    mentioned = sorted({_bare(names.get(r, f"itself|{r}")) for r in named})
    first = next((_bare(names[r]) for r in a.about if r in names and r in named), "")
    counted = COUNTING | {n for q in a.quantities for n in re.findall(r"\d[\d.,]*", q.words)}
    plain = {fold(t) for t in a.terms if not t.startswith("@")} - counted
    times = {w for w in plain if w in LIGHT or re.fullmatch(r"[\d.,:]+", w)}
    light = dated(times, published_at, future=a.tense == "future")
    known = any(not n.startswith("itself|") for n in mentioned)
    says_enough = known or len(plain) + len(a.quantities) >= 6
    return Content(
        names=tuple(mentioned),
        words=tuple(sorted(plain - times)),
        light=tuple(sorted(light)),
        quantities=tuple(sorted(f"{q.value:g} {q.unit} {q.bound}" for q in a.quantities)),
        units=tuple(sorted(q.unit for q in a.quantities)),
        first=first if len(mentioned) > 1 else "",
        future=a.tense == "future",
        place="" if says_enough else article,
    )


def _bare(name: str) -> str:
    kind, _, words = name.partition("|")
    return name if kind == "itself" else words


def dated(words: set[str], published_at: str | None, *, future: bool) -> set[str]:
    """Times that are told from the day of publication, as dates: "Monday" of two weeks is two days."""
    if not published_at:
        return words
    today = date.fromisoformat(published_at[:10])
    found = set(words)
    for n, weekday in enumerate(WEEKDAYS):
        if weekday in found:
            ahead = (n - today.weekday()) % 7
            found = found - {weekday} | {_days_on(today, ahead if future else ahead - 7 if ahead else 0) or weekday}
    for word, days in (("yesterday", -1), ("today", 0), ("tomorrow", 1)):
        if word in found:
            found = found - {word} | {_days_on(today, days) or word}
    if {"last", "year"} <= found:
        found = found - {"last", "year"} | {str(today.year - 1)}
    return found


def _days_on(day: date, days: int) -> str | None:
    """A day so many days on; None beyond the calendar, which ends with the year 9999."""
    try:
        return (day + timedelta(days)).isoformat()
    except OverflowError:
        return None


def times_of(content: Content) -> frozenset[str]:
    """The words of it that tell when."""
    return frozenset(w for w in content.light if w in TIMES or w[0].isdigit())


def times_conflict(a: frozenset[str], b: frozenset[str]) -> bool:
    """Whether two contents that agree in all else tell of different times."""
    return bool(a - b) and bool(b - a)


def likeness(a: Content, b: Content) -> float:
    """Weighted share of terms that two contents have in common, 0 to 1; a name weighs two words, a light word half."""

    def weighed(content: Content) -> dict[str, float]:
        words = {**dict.fromkeys(content.light, 0.5), **dict.fromkeys(content.words, 1.0)}
        return {**words, **dict.fromkeys((*content.names, *content.quantities), 2.0)}

    one, other = weighed(a), weighed(b)
    both = sum(weight for term, weight in one.items() if term in other)
    return round(both / max(sum({**one, **other}.values()), 0.5), 4)


# ── beside each other in one article ─────────────────────────────────────────────────────────────────────────────


def find_beside(reading: Reading) -> Iterator[tuple[str, ClaimLink | str, str]]:
    """Pairs of assertions that one article sets side by side: (later, what it does, earlier), by id.

    ANSWERS: it denies or withdraws what the earlier one claims, without saying it again. CONTINUES: it names nobody,
    and tells more of a thing that the earlier one told of ("the accounts").
    """
    claims = sorted((a for a in reading.assertions if a.stance not in NO_CLAIM and a.content), key=start_of)
    for n, later in enumerate(claims):
        before = claims[:n]
        answered = _answered(later, before, reading)
        if answered:
            yield later.id, "ANSWERS", answered.id
            continue
        qualified = _qualified(later, before)
        if qualified:
            yield later.id, "QUALIFIES", qualified.id
        continued = _continued(later, before)
        if continued:
            yield later.id, "CONTINUES", continued.id
        yield from ((later.id, "SUPPORTS", a.id) for a in before if _same_charge(later, a))
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


def _answered(later: Assertion, before: Sequence[Assertion], reading: Reading) -> Assertion | None:
    """ "Murrowell denied the allegation": the nearest claim before it that is about the denier."""
    if later.stance not in OPPOSING or later.general or not {fold(t) for t in later.terms} <= REFERENCES:
        return None
    employers = {r.id: r.employers for r in reading.referents}
    deniers = {r for s in later.sources for r in (s.referent, *employers.get(s.referent, ()))}
    charges = (a for a in reversed(before) if a.stance in SUPPORTING and a.part != "headline" and a.terms)
    return next((a for a in charges if deniers & set(a.about)), None)


def _qualified(later: Assertion, before: Sequence[Assertion]) -> Assertion | None:
    """ "V3 must have cost much more": the nearest number before it that is about the same."""
    if later.quantities or later.stance not in SUPPORTING or not COMPARATIVE.search(later.wording):
        return None
    numbers = (a for a in reversed(before[-6:]) if a.quantities and a.stance in SUPPORTING)
    return next((a for a in numbers if set(a.about) & set(later.about)), None)


def _continued(later: Assertion, before: Sequence[Assertion]) -> Assertion | None:
    if later.about or any(t.startswith("@") for t in later.terms):
        return None
    return next((a for a in reversed(before) if a.about and _stems(a) & _stems(later)), None)


def _same_charge(later: Assertion, earlier: Assertion) -> bool:
    """Two sources that charge the same two parties with a thing that is called by a common word.

    One of the two may name nobody: "has noted the use of the distillation method".
    """
    stances = {later.stance, earlier.stance}
    if "alleges" not in stances or not stances <= SUPPORTING:
        return False
    if (later.polarity, later.tense) != (earlier.polarity, earlier.tense):
        return False
    shared = _stems(later) & _stems(earlier)
    if later.about and earlier.about:
        return stances == {"alleges"} and len(set(later.about) & set(earlier.about)) >= 2 and bool(shared)
    return bool(later.source and earlier.source and shared - {word[:6] for word in LIGHT})


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
    first_at: str | None


def relate_figures(a: Figure, b: Figure) -> tuple[ClaimLink, str, str, str] | None:
    """What one number for a thing does to another: (link, from claim, to claim, reason).

    The same source, later: UPDATES. Both can hold, or nobody is known to say one of them: QUALIFIES. Another origin
    about the same time: DISPUTES.
    """
    if by_unit(a.quantities) == by_unit(b.quantities):
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
