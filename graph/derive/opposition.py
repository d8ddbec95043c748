"""What one claim does to another: says it is not so, calls what shows it false, finds no trace of it. Pure.

Only where both name the same, tell of the same act and of no other time; what is merely near each other is not linked.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from graph.derive.contents import Content
from graph.derive.differences import find_difference, identifiers_differ, times_differ
from graph.derive.likeness import MATCHED, held, paraphrase
from graph.model import ClaimLink

FALSE = "truth 2"  # signs that the reader gives
NO_TRACE = "trace none"
SIGN, SHOWN = "sign@1", "shown@1"
HELD = 0.6  # share of a claim that another must tell to be about it
TRACED = 0.4
LEAST = 6.0  # nats


@dataclass(frozen=True, slots=True)
class Opposition:
    kind: ClaimLink
    reason: str
    method: str


def is_turned(content: Content) -> bool:
    """Whether it says that something is not so, is false, or has left no trace."""
    return content.negative != content.denied or bool({FALSE, NO_TRACE} & set(content.signs))


def oppose(a: Content, b: Content) -> Opposition | None:
    """What a turned content does to one that is not; None where it does nothing to it."""
    if not is_turned(a) or is_turned(b) or not ({*a.names, *a.speakers} & {*b.names, *b.speakers}):
        return None
    if times_differ(a.times, b.times) or any(identifiers_differ(a, b)) or b.modality == "is_meant" or not b.act:
        return None
    if NO_TRACE in a.signs:
        traced = b.act in a.stems and is_held(b, a, TRACED)
        return Opposition("QUALIFIES", "Another claim finds no trace of it.", SHOWN) if traced else None
    if FALSE in a.signs:
        shown = b.act in a.stems and len(a.stems & b.stems) > 1 and is_held(b, a, HELD)
        return Opposition("DISPUTES", "Another claim calls false what shows it.", SHOWN) if shown else None
    return Opposition("DISPUTES", "Another claim says that it is not so.", SIGN) if is_contrary(a, b) else None


def is_held(part: Content, whole: Content, least: float) -> bool:
    """Whether one content tells so much of another, and that is enough to be about it."""
    share, weight = held(part, whole)
    return share >= least and weight >= LEAST


def is_contrary(a: Content, b: Content) -> bool:
    """Whether the two are one but for "not"."""
    plain = replace(a, negative=b.negative, denied=b.denied, modality=b.modality)
    return a.act == b.act and not find_difference(plain, b) and paraphrase(plain, b) >= MATCHED
