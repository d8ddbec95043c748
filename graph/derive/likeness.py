"""How sure it is that two contents are one claim: fixed arithmetic on what was recorded, each score with its reason.

Above `MATCHED` two are joined, above `SUGGESTED` they are shown to a person. Weights and thresholds were set on two
hand-read dossiers and our own pairs; what must never join (`differences`) is not weighed here.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

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
    run = longest_run(a.running, b.running)
    shorter = min(len(a.running), len(b.running))
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
    one, other = (replace(x, quantities=(), place="") for x in (a, b))
    if find_difference(one, other) or a.negative != b.negative:
        return False
    return one.core() == other.core() or paraphrase(one, other) >= MATCHED


def paraphrase(a: Content, b: Content) -> float:
    """The weighted share of what each tells that the other tells too, less for another act or other names."""
    implied = a.speakers & b.speakers  # who says it of itself may leave its name out
    one, other = telling(a, implied), telling(b, implied)
    least, most = sorted((sum(one.values()), sum(other.values())))
    common = sum(value for term, value in one.items() if term in other)
    if least < LEAST or common < SHARED * most or not (a.act and b.act):
        return 0.0
    score = 0.55 * common / least + 0.45 * common / most
    return score - (0.3 if another_act(a, b) else 0.0)


def telling(content: Content, implied: frozenset[str]) -> dict[str, float]:
    """Each term of a content with what it tells, in nats."""
    names = dict.fromkeys((f"@{name}" for name in content.names if name not in implied), NAME)
    numbers = dict.fromkeys((f"{q.value!r} {q.unit}" for q in content.quantities), NUMBER)
    return {found: weight(found) for found in content.stems} | names | numbers


def another_act(a: Content, b: Content) -> bool:
    """Whether neither's main verb is among the other's words."""
    return bool(a.act and b.act) and a.act not in b.stems and b.act not in a.stems and a.act != b.act
