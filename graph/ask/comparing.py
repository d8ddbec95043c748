"""Why are these two one claim, or not? And: what is disputed, by whom, in which words?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from graph.ask.answers import AssertionRow, ClaimRow, Coverage, MarkRow, RelatedClaim
from graph.ask.questions import trace_claim, what_was_read
from graph.ask.rows import assertion_rows, claim_rows
from graph.derive.claims import alike
from graph.derive.contents import Content
from graph.derive.differences import differences
from graph.derive.likeness import MATCHED, SUGGESTED
from graph.derive.surroundings import load_contents
from graph.errors import NotFound
from graph.model import DisputeMark
from graph.store.transaction import ClaimFilter, Transaction

AGAINST: tuple[DisputeMark, ...] = ("denied", "disputed", "qualified", "corrected", "retracted")
MOST = 40  # tellings of a claim that are compared


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two tellings, the likest of two claims or the two that were named, and what speaks for and against one claim."""

    coverage: Coverage
    one: AssertionRow
    other: AssertionRow
    claims: tuple[ClaimRow, ...]  # one where both are of it, else two
    score: float  # 0 to 1
    matched: float  # from which two are joined
    suggested: float  # from which two are shown to a person
    reason: str
    differences: tuple[str, ...]  # each keeps them apart by itself


@dataclass(frozen=True, slots=True)
class Disputed:
    """A claim that somebody speaks against, with every mark and the words behind it."""

    claim: ClaimRow
    marks: tuple[MarkRow, ...]
    against: tuple[AssertionRow, ...]
    related: tuple[RelatedClaim, ...]


def compare_claims(tx: Transaction, one: str, other: str) -> Comparison:
    """Why are these two one claim, or why are they not? By ids of claims or assertions. Raises NotFound."""
    (claim, tellings), (second, others) = _tellings(tx, one), _tellings(tx, other)
    contents = load_contents(tx, {*tellings, *others})
    pairs = [(i, j) for i, j in product(tellings, others) if i != j and i in contents and j in contents]
    if not pairs:
        raise NotFound(f"{one!r} and {other!r} are one telling: name two claims or two assertions")
    i, j = min(pairs, key=lambda pair: _rank(contents[pair[0]], contents[pair[1]], pair))
    likeness = alike(contents[i], contents[j])
    rows = {row.assertion.id: row for row in assertion_rows(tx, [i, j])}
    return Comparison(
        coverage=what_was_read(tx),
        one=rows[i],
        other=rows[j],
        claims=tuple(claim_rows(tx, list(dict.fromkeys([claim, second]))).values()),
        score=likeness.score,
        matched=MATCHED,
        suggested=SUGGESTED,
        reason=likeness.reason,
        differences=tuple(differences(contents[i], contents[j])),
    )


def _tellings(tx: Transaction, given: str) -> tuple[str, list[str]]:
    """The claim of an id, and the tellings that it names: itself, where it is an assertion's."""
    node = tx.nodes([given]).get(given)
    if node is not None and node.label == "Assertion":
        claims = [e.end for e in tx.edges(["EXPRESSES"], starts=[given])]
        if claims:
            return claims[0], [given]
    if node is None or node.label != "Claim":
        raise NotFound(f"no claim {given!r} in this store: `onrecord claims` and `onrecord search` find ids")
    return given, [i for listed in tx.told(given, limit=MOST).values() for i in listed.ids]


def _rank(a: Content, b: Content, pair: tuple[str, str]) -> tuple[int, float, tuple[str, str]]:
    """The pair with the fewest differences first, then the likest."""
    return (len(list(differences(a, b))), -alike(a, b).score, pair)


def list_disputed(tx: Transaction, entity: str | None = None, *, limit: int | None = 50) -> Iterator[Disputed]:
    """What is denied, disputed, narrowed or taken back, by whom, in which words? Of one: about it, or by it."""
    filters = [ClaimFilter(dispute=mark, entity=entity) for mark in AGAINST]
    filters += [ClaimFilter(dispute=mark, speaker=entity) for mark in AGAINST] if entity else []
    found = dict.fromkeys(claim for which in filters for claim in tx.claims(which, limit=limit))
    rows = claim_rows(tx, list(found))
    for claim in sorted(rows.values(), key=lambda row: (row.first_at or "9999", row.id))[:limit]:
        trace = trace_claim(tx, claim.id)
        marks = tuple(mark for mark in trace.marks if mark.mark in AGAINST)
        behind = {i for mark in marks for i in mark.assertions}
        beside = assertion_rows(tx, behind - {row.assertion.id for row in trace.assertions})
        against = [row for row in trace.assertions if row.assertion.id in behind]
        yield Disputed(claim, marks, (*against, *beside), trace.related)
