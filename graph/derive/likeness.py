"""How sure it is that two contents are one claim: fixed arithmetic on what was recorded, each score with its reason.

Above `MATCHED` two are joined, above `SUGGESTED` they are shown to a person. Weights and thresholds were set on two
hand-read dossiers and our own pairs; what must never join (`differences`) is not weighed here.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass

from graph.derive.contents import Content, longest_run
from graph.derive.differences import find_difference
from graph.derive.stems import weight

PASSAGE = 0.94  # below it, other words
MATCHED = 0.6
SUGGESTED = 0.42
NAME = 3.0  # nats that a name weighs: less than a rare word, since all articles of a story hold its names
NUMBER = 4.0
LEAST = 6.0  # nats that a content must tell to be compared with other words
SHARED = 0.35  # of the longer one, at least
RUN = 6  # words in a row that make a shared passage
MOST = 0.6  # of the shorter one's words


@dataclass(frozen=True, slots=True)
class Likeness:
    score: float  # 0 to 1
    reason: str


def compare(a: Content, b: Content) -> Likeness:
    """How alike two contents are, and why. What differs in sign is no paraphrase, however many words it shares."""
    shorter = min(len(a.running), len(b.running))
    perhaps = len({*a.running} & {*b.running}) >= RUN  # words are compared in their order only where enough are shared
    run = longest_run(a.running, b.running) if perhaps else 0
    one_speaker = bool(a.speakers & b.speakers)
    if run >= RUN and run >= MOST * shorter:
        who = "The same speaker, the same words" if one_speaker else "The same words"
        return Likeness(0.95, f"{who}: {run} in a row.")
    if a.negative != b.negative and a.denied == b.denied:
        return Likeness(0.0, "One says it, the other says that it is not so.")
    score = paraphrase(a, b) + (0.08 if one_speaker else 0.0)
    return Likeness(round(min(score, PASSAGE), 4), "In other words, of the same people, things and act.")


def is_other_number(a: Content, b: Content) -> bool:
    """Whether two contents are one but for the numbers that they give for it."""
    if not {q.unit for q in a.quantities} & {q.unit for q in b.quantities}:
        return False
    alike = a.negative == b.negative and (a.says_as(b) or paraphrase(a, b, numbers=False) >= MATCHED)
    return alike and find_difference(a, b, numbers=False) is None


def paraphrase(a: Content, b: Content, *, numbers: bool = True) -> float:
    """The weighted share of what each tells that the other tells too, less for another act."""
    if a.stems.isdisjoint(b.stems) or not (a.act and b.act):
        return 0.0
    implied = a.speakers & b.speakers  # who says it of itself may leave its name out
    common = weigh(a.stems & b.stems) + told_beside(beside_of(a, implied, numbers) & beside_of(b, implied, numbers))
    least, most = sorted(weigh(x.stems) + told_beside(beside_of(x, implied, numbers)) for x in (a, b))
    if least < LEAST or common < SHARED * most:
        return 0.0
    score = 0.55 * common / least + 0.45 * common / most
    return score - (0.3 if another_act(a, b) else 0.0)


def held(part: Content, whole: Content) -> tuple[float, float]:
    """The weighted share of one content that the other tells too, and what the first tells, in nats."""
    implied = part.speakers & whole.speakers
    beside, others = beside_of(part, implied, True), beside_of(whole, implied, True)
    total = weigh(part.stems) + told_beside(beside)
    return (weigh(part.stems & whole.stems) + told_beside(beside & others)) / max(total, 0.1), total


@functools.lru_cache(maxsize=65_536)
def weigh(stems: frozenset[str]) -> float:
    """What some stems tell together, in nats."""
    return sum(map(weight, sorted(stems)))


def beside_of(content: Content, implied: frozenset[str], numbers: bool) -> frozenset[str]:
    """The names and numbers that it tells beside its words."""
    told = (f"{q.value!r} {q.unit}" for q in content.quantities) if numbers else ()
    return frozenset((*(f"@{name}" for name in content.names if name not in implied), *told))


def told_beside(names_and_numbers: frozenset[str]) -> float:
    return sum(NAME if told.startswith("@") else NUMBER for told in names_and_numbers)


def another_act(a: Content, b: Content) -> bool:
    """Whether neither's main verb is among the other's words."""
    return bool(a.act and b.act) and a.act not in b.stems and b.act not in a.stems and a.act != b.act
