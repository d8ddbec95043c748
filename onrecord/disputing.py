"""`onrecord compare` and `onrecord disputes`: why two claims are or are not one, and who speaks against what."""

from __future__ import annotations

from collections.abc import Iterator

from graph.ask.comparing import Comparison, Disputed
from graph.ask.wording import assertion_lines, claim_lines


def comparison_lines(found: Comparison) -> Iterator[str]:
    """Both tellings, then whether they are one claim and all that speaks for it and against it."""
    for row in (found.one, found.other):
        yield from assertion_lines(row)
        yield ""
    one = len(found.claims) == 1
    yield "One claim." if one else "Two claims."
    how = "enough to join" if found.score >= found.matched else "to be looked at by a person"
    how = how if found.score >= found.suggested else "too little"
    yield f"    alike: {found.score:.2f} of 1 ({how}). {found.reason}"
    yield from (f"    apart: {difference}" for difference in found.differences)
    if not one and found.score >= found.matched and not found.differences:
        yield "    apart: joined, they would put together what differs, or what is too little like the rest."
    if one and (found.differences or found.score < found.matched):
        yield "    joined by other tellings of it, by what one answers, or by a person."


def disputed_lines(found: Disputed) -> Iterator[str]:
    """The claim, who marks it with what and by which rule, then their words."""
    yield from claim_lines(found.claim)
    for mark in found.marks:
        yield f"    {mark.mark.replace('_', ' ')} by {', '.join(mark.by) or 'what another claim says'}: {mark.rule}"
    for row in found.against:
        yield from (f"    {line}" for line in assertion_lines(row))
