"""`onrecord origins`: whom a claim leads back to, counted as its sourcing counts them, and through which outlets."""

from __future__ import annotations

from collections.abc import Iterator

from graph.ask.answers import OriginRow, Trace
from graph.ask.wording import article_words, claim_lines, station_words


def origin_lines(trace: Trace) -> Iterator[str]:
    """The claim with its rule, then each origin with the tellings that lead to it, then the routes."""
    yield from claim_lines(trace.claim)
    yield f"    because {trace.claim.rule}"
    for origin in trace.origins:
        yield from _lines_of(origin, trace)
    for origin in trace.unnamed:
        yield from _lines_of(origin, trace)
    if trace.routes:
        yield f"had it first-hand: {', '.join(trace.routes)}"
    if trace.possible_routes:
        yield f"credited for a whole article, perhaps for this: {', '.join(trace.possible_routes)}"


def _lines_of(origin: OriginRow, trace: Trace) -> Iterator[str]:
    party = ", a party: the claim is about it" if origin.party else ""
    kind = "unnamed" if origin.kind == "unnamed" else f"origin, a {origin.kind}"
    yield f"{origin.name} ({kind}{party})"
    for row in trace.assertions:
        if row.assertion.id in origin.assertions:
            way = " ← ".join(station_words(station) for station in row.chain)
            yield f"    {way} ← {article_words(row.article)}"
