"""Answers as lines of plain text and as JSON: what the command line prints, the same on every terminal."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from graph.ask.answers import (
    ArticleRow,
    AssertionRow,
    ClaimRow,
    Coverage,
    EntityPage,
    EntityRow,
    Hit,
    Neighbourhood,
    PathStep,
    Station,
    Stats,
    Trace,
)
from ingest.model import Assertion, SourceType, Span, Stance

if TYPE_CHECKING:
    from graph.ask.structure import Between

FIRST: Mapping[Stance, str] = {
    "alleges": "alleged",
    "denies": "denied",
    "doubts": "doubted",
    "questions": "questioned",
    "retracts": "taken back",
    "praises": "praised",
    "criticises": "criticised",
    "calls_for": "called for",
    "intends": "intended",
}
SAYS: Mapping[Stance, str] = {
    "alleges": "alleges",
    "confirms": "confirms",
    "denies": "denies",
    "doubts": "doubts",
    "questions": "asks",
    "retracts": "takes back",
    "praises": "says in praise",
    "criticises": "says in criticism",
    "calls_for": "calls for",
    "intends": "intends",
}
UNSHOWABLE = re.compile("[\\x00-\\x08\\x0a-\\x1f\\x7f-\\x9f\\u200e\\u200f\\u061c\\u202a-\\u202e\\u2066-\\u2069]")
MARKS = '“”„‟"«»‹› '  # quotation marks, as newsrooms set them
AT_LARGE: frozenset[SourceType] = frozenset({"group", "agentless"})
UNSURE = 0.6  # on PolNeAR dev more than half of what is found below it is wrong: `python -m evals.calibrate`


def to_json(row: Any, coverage: Coverage, told: Mapping[str, str] | None = None) -> str:
    """One JSON object of a row, with what it is said of, and what is told of all rows, beside it."""
    whole = {**(told or {}), **dataclasses.asdict(row), "coverage": str(coverage)}
    return json.dumps(whole, ensure_ascii=False, default=list)


def to_plain_line(line: str) -> str:
    """The line without what would work on a terminal: escapes, other controls, marks that turn the writing round."""
    return UNSHOWABLE.sub("\N{REPLACEMENT CHARACTER}", line)


def coverage_line(coverage: Coverage) -> str:
    return f"Of what was read: {coverage}."


def status_words(claim: ClaimRow) -> str:
    """'one origin (Mara Lindqvist) · unnamed sources: 1 to 2 · denied', always with both sourcing and dispute."""
    sourcing = claim.sourcing.replace("_", " ")
    if claim.origins:
        sourcing += f" ({'; '.join(claim.origins)}{perhaps_fewer(claim)})"
    low, high = claim.unnamed_range
    unnamed = [f"unnamed sources: {low}" + (f" to {high}" if high > low else "")] if high else []
    dispute = ", ".join(m.replace("_", " ") for m in claim.marks) or "no dispute found"
    return " · ".join([sourcing, *unnamed, dispute])


def perhaps_fewer(claim: ClaimRow) -> str:
    """ "; 1 to 2: of one name" where some of the origins bear one name and may be one."""
    low, high = claim.origins_range
    return f"; {low} to {high}: some bear one name" if low < high else ""


def first_words(claim: ClaimRow) -> str:
    """'first said by Mara Lindqvist, in Tidewire': a claim that is only called for or doubted was said by nobody.

    What is put down to people at large was said by nobody in particular either, and has no source.
    """
    if claim.sourcing == "no_source_found" and set(claim.source_types) <= AT_LARGE:
        return f"first ascribed to {claim.said_by}"
    return f"first {FIRST.get(claim.first_stance, 'said')} by {claim.said_by}"


def claim_lines(claim: ClaimRow) -> Iterator[str]:
    yield f"{claim.id}  {claim.wording}" + ("  [invented sample]" if claim.invented else "")
    yield f"    {first_words(claim)}{_on(claim.first_at)}"
    yield f"    {status_words(claim)}"
    carried = f"{counted(claim.assertions, 'assertion')} in {counted(claim.articles, 'article')}"
    yield f"    {carried}: {', '.join(claim.outlets)}"


def trace_lines(trace: Trace) -> Iterator[str]:
    claim = trace.claim
    yield from claim_lines(claim)
    yield f"    because {claim.rule}"
    for mark in trace.marks:
        yield f"    {mark.mark.replace('_', ' ')} by {', '.join(mark.by) or 'no one named'}: {mark.rule}"
    if trace.routes:
        yield f"    had it first-hand: {', '.join(trace.routes)}"
    if trace.possible_routes:
        yield f"    credited for a whole article, perhaps for this: {', '.join(trace.possible_routes)}"
    for row in trace.assertions:
        yield ""
        yield from assertion_lines(row)
    for row in trace.general_denials:
        yield ""
        yield "A general denial by one whom the claim is about; it marks no claim:"
        yield from assertion_lines(row)
    for related in trace.related:
        arrow = related.kind if related.outgoing else f"is one that another {related.kind}"
        yield ""
        yield f"{arrow}: {related.reason}"
        yield from (f"    {line}" for line in claim_lines(related.claim))
    for copy, original in trace.copies:
        yield f"shares its text: {article_words(copy)} and {article_words(original)}"


def assertion_lines(row: AssertionRow) -> Iterator[str]:
    a = row.assertion
    yield f"{row.for_or_against}: {said_words(row)}"
    for station in row.chain:
        yield f"    ← {station_words(station)}"
    place = f", page {row.page}" if row.page else ""
    yield f"    ← {article_words(row.article)}{place}"
    yield f"      {a.stance}, {a.quotation}, {a.source_type}; {_pieces(a.content)}; {finding_words(a)}"


def said_words(row: AssertionRow) -> str:
    """What is said, as printed; in quotation marks only where all of it stands inside the article's own."""
    if row.assertion.quotation != "direct":
        return row.quote
    return f"“{' … '.join(piece.strip(MARKS) for piece in row.quote.split(' … '))}”"


def finding_words(a: Assertion) -> str:
    """Who found it and how surely, and that it wants a second look where that is not sure."""
    doubt = ", unsure: read the article’s words" if is_unsure(a) else ""
    return f"found by {finder_words(a.method)}, extraction confidence {a.confidence:.2f}{doubt}"


def is_unsure(a: Assertion) -> bool:
    """Is it one of those that are wrong more often than right: no attribution, or another's?"""
    return a.confidence < UNSURE


def finder_words(method: str) -> str:
    """Who found it: "tagger@1+reported_clause@1" is 'the tagger and a rule (reported clause)'."""
    finders = [part.split("@")[0].replace("_", " ") for part in method.split("+")]
    return " and ".join("the tagger" if finder == "tagger" else f"a rule ({finder})" for finder in finders)


def station_words(station: Station) -> str:
    """'through Financial Times (outlet)', 'an Orrin source (anonymous, of Orrin; not Orrin itself)'."""
    name = f" = {station.name}" if station.name and station.name != station.words else ""
    capacity = f", {station.capacity.replace('_', ' ')}" if station.capacity not in (None, "itself") else ""
    of = f", of {', '.join(station.affiliation)}, not said by it" if station.affiliation else ""
    through = "through " if station.role == "through" else ""
    return f"{through}{station.words}{name} ({station.source_type}{capacity}{of})"


def article_words(article: ArticleRow) -> str:
    notice = f" [{article.notice}]" if article.notice else ""
    genre = f" ({article.genre})" if article.genre not in ("news", "unknown") else ""
    return (
        f"{article.title or article.id}, {article.outlet or 'outlet unknown'}{_on(article.published_at)}{genre}{notice}"
    )


def entity_lines(page: EntityPage) -> Iterator[str]:
    yield entity_words(page.entity)
    if page.roles:
        yield f"    {'; '.join(page.roles)}"
    for title, rows in (("It says", page.says), ("Unnamed people of it say, never it", page.unnamed_of_it)):
        if rows:
            yield ""
            yield f"{title}:"
        for row in rows:
            yield from (f"  {line}" for line in assertion_lines(row))
    if page.about:
        yield ""
        yield "Said about it:"
    for claim in page.about:
        yield from (f"  {line}" for line in claim_lines(claim))
    for other in page.namesakes:
        yield ""
        yield f"Perhaps the same ({other.state}, {other.score:.2f}): {entity_words(other.entity)}: {other.reason}"


def entity_words(entity: EntityRow) -> str:
    also = [alias for alias in entity.aliases if alias != entity.name]
    known = f", also as {', '.join(also)}" if also else ""
    return (
        f"{entity.id}  {entity.name} ({entity.kind.replace('_', ' ')}){known}: in {counted(entity.articles, 'article')}"
    )


def hit_lines(hit: Hit) -> Iterator[str]:
    yield f"{hit.id}  {hit.label}: {hit.title}"
    yield f"    {hit.note}"


def step_words(step: PathStep) -> str:
    """'Mara Lindqvist denies, of Orrin Labs', 'Orrin Labs and Halden Robotics, both in': before the claim."""
    if step.speaker is None:
        return f"{step.start.name} and {step.end.name}, both in"
    speaker, other = (step.start, step.end) if step.speaker == step.start.id else (step.end, step.start)
    return f"{speaker.name} {SAYS.get(step.stance or 'asserts', 'says')}, of {other.name}"


def path_lines(steps: Iterable[PathStep]) -> Iterator[str]:
    for step in steps:
        yield f"{step_words(step)}:"
        yield from (f"  {line}" for line in claim_lines(step.claim))


def neighbourhood_lines(found: Neighbourhood, between: Iterable[Between]) -> Iterator[str]:
    """What stands round something, a line each, and through whom it hangs together."""
    left = f", {found.left_out:,} more left out" if found.left_out else ""
    yield f"{len(found.nodes):,} claims and entities{left}; {len(found.edges):,} edges"
    yield from (f"  {node.id}  {node.title}  [{node.note}]" for node in found.nodes)
    if rows := list(between):
        yield "Of the least ways between two of these, so many lead through:"
        yield from (f"  {row.share:6.1%}  {row.node.title}, with {row.neighbours} neighbours" for row in rows)


def stats_lines(stats: Stats) -> Iterator[str]:
    for title, table in (
        ("In the store", stats.counts),
        ("Claims by sourcing", stats.sourcing),
        ("Claims by dispute", stats.disputes),
        ("Assertions by source type", stats.source_types),
    ):
        yield f"{title}:"
        yield from (f"  {number:>8}  {name}" for name, number in table.items())


def _pieces(spans: tuple[Span, ...]) -> str:
    return "characters " + ", ".join(f"{s.start}–{s.end}" for s in spans)


def counted(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")


def _on(date: str | None) -> str:
    return f", {date[:10]}" if date else ", date unknown"
