"""One claim: who says so, how they know, through whom it came, and who speaks against it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import streamlit as st

from graph.ask import questions
from graph.ask.answers import AssertionRow, MarkRow, OriginRow, RelatedClaim, Trace
from views import asked, deciding
from views.dossier import Dossier
from views.drawing import (
    article_line,
    claim_item,
    dispute_badge,
    invented_notice,
    sourcing_badge,
    utterance,
    who_says_so,
)
from views.markup import Html, Piece, items, join, section, tag
from views.places import link
from views.words import LINKS

MOST_TOLD = 100  # assertions for a claim, against it and neither, each
Numbers = Mapping[str, int]  # assertion id → the number that it bears on the page


def show(dossier: Dossier) -> None:
    claim = asked.value("id")
    if claim is None:
        asked.nothing("Which claim? The list of claims opens each.")
        return
    trace = dossier.ask(questions.trace_claim, claim, limit=MOST_TOLD)
    asked.title(trace.claim.wording)
    deciding.tell_what_was_kept()
    st.html(draw(trace))
    deciding.offer(dossier, trace)


def draw(trace: Trace) -> Html:
    rows = (*trace.assertions, *trace.general_denials)
    numbers = {row.assertion.id: number for number, row in enumerate(rows, 1)}
    return tag(
        "div",
        _heading(trace),
        tag("div", _sourcing(trace, numbers), _dispute(trace, numbers), class_="two statuses"),
        _for_and_against(trace, numbers),
        _shown_apart(trace, numbers),
        section("Related claims", items("ul", map(_related, trace.related), class_="related")),
        section(
            "Shared text",
            items("ul", (join([article_line(copy), " and ", article_line(of)]) for copy, of in trace.copies)),
            note="Copies are one origin, however many print them.",
        ),
        class_="page",
    )


def _heading(trace: Trace) -> Html:
    claim = trace.claim
    return tag(
        "header",
        tag("p", "Claim, worded after its earliest telling ", invented_notice(claim.invented), class_="kicker"),
        tag("h1", claim.wording),
        who_says_so(claim),
        tag("p", link("See it in the graph", "graph", id=claim.id), class_="actions"),
    )


def _sourcing(trace: Trace, numbers: Numbers) -> Html:
    claim = trace.claim
    low, high = claim.unnamed_range
    unnamed = f"Unnamed sources: {low}" + (f" to {high}, perhaps the same" if high > low else "")
    return tag(
        "section",
        tag("h2", "Sourcing"),
        tag("p", sourcing_badge(claim.sourcing), class_="verdict"),
        tag("p", claim.rule, class_="rule"),
        _labelled("First said by", items("ul", (_origin(o, numbers) for o in trace.origins))),
        _labelled(unnamed, items("ul", (_origin(o, numbers) for o in trace.unnamed))) if high else None,
        _labelled("Had it first-hand", ", ".join(trace.routes)),
        _labelled("Credited for a whole article, perhaps for this", ", ".join(trace.possible_routes)),
    )


def _labelled(label: str, piece: Piece) -> Html | None:
    return tag("div", tag("span", label, class_="label"), " ", piece, class_="labelled") if piece else None


def _origin(origin: OriginRow, numbers: Numbers) -> Html:
    name = link(origin.name, "entity", id=origin.entity) if origin.entity else origin.name
    party = tag("span", "party: the claim is about it", class_="party") if origin.party else None
    return join([name, party, _references(origin.assertions, numbers)], " ")


def _references(assertions: Iterable[str], numbers: Numbers) -> Html:
    """'[2] [5]', each leading to the assertion further down the page."""
    known = (i for i in assertions if i in numbers)
    return join([tag("a", f"[{numbers[i]}]", href=f"#said-{i}", class_="reference") for i in known], " ")


def _dispute(trace: Trace, numbers: Numbers) -> Html:
    marks = items("ul", (_mark(mark, numbers) for mark in trace.marks), class_="marks")
    none = tag("p", tag("span", "no dispute found", class_="badge none"), class_="verdict")
    return tag("section", tag("h2", "Dispute"), marks or none)


def _mark(mark: MarkRow, numbers: Numbers) -> Html:
    by = f"by {', '.join(mark.by)}" if mark.by else None
    return join(
        [
            tag("p", join([dispute_badge(mark.mark), by], " "), class_="verdict"),
            tag("p", mark.rule, " ", _references(mark.assertions, numbers), class_="rule"),
        ]
    )


def _for_and_against(trace: Trace, numbers: Numbers) -> Html:
    sides = []
    for side, title in (("for", "For"), ("against", "Against")):
        rows = [row for row in trace.assertions if row.for_or_against == side]
        nobody = "Nothing that was read speaks for it." if side == "for" else "Nothing that was read speaks against it."
        drawn = _utterances(rows, numbers) or tag("p", nobody, class_="note")
        total = trace.told.get(side, len(rows))
        left = tag("p", f"and {total - len(rows):,} more, later", class_="note") if total > len(rows) else None
        sides.append(tag("section", tag("h2", title, tag("span", f" {total:,}", class_="count")), drawn, left))
    return tag("div", *sides, class_="two sides")


def _utterances(rows: Iterable[AssertionRow], numbers: Numbers) -> Html:
    return join([utterance(row, numbers[row.assertion.id]) for row in rows])


def _shown_apart(trace: Trace, numbers: Numbers) -> Html:
    neither = [row for row in trace.assertions if row.for_or_against == "neither"]
    return join(
        [
            section("Neither for nor against", _utterances(neither, numbers), note="Shown, never counted."),
            section(
                "General denials",
                _utterances(trace.general_denials, numbers),
                note="By one whom the claim is about, of no claim in particular. They mark nothing.",
            ),
        ]
    )


def _related(related: RelatedClaim) -> Html:
    outgoing, incoming = LINKS[related.kind]
    reads = tag("p", tag("b", f"This claim {outgoing if related.outgoing else incoming}"), f": {related.reason}")
    return join([reads, claim_item(related.claim)])
