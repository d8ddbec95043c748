"""Papers that an outlet has seen: "documents obtained by the Courier show", "according to a memo seen by Tidewire".

The paper is what says it, and the outlet is a station on the way, whichever of the two was taken for the source. Read
off the order of the words, since a verb that follows is often parsed as another noun.
"""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from ingest.attribution.cues import words
from ingest.attribution.outlets import Outlets
from ingest.attribution.page import Finding, Page, spans_of
from ingest.attribution.phrases import noun_phrase
from ingest.model import Span

LONGEST_NAME = 5  # tokens after "by" among which the outlet is looked for


def see(page: Page, outlets: Outlets, finding: Finding) -> Finding:
    """The finding with the paper for its source and who saw it for a hop."""
    source = {i for span in finding.source for i in page.inside(span)}
    for verb in seeing_near(page, source):
        paper, outlet = paper_before(page, verb), outlet_after(page, outlets, verb)
        if paper is None or outlet is None or outlet in finding.hops:
            continue
        seen_by = set(page.inside(outlet))
        if paper.i not in source and not seen_by & source:
            continue
        phrase = [i for i in noun_phrase(page, paper) if i <= paper.i] or [paper.i]
        shown = finding.source if paper.i in source else spans_of(page, [*phrase, *range(verb.i, max(seen_by) + 1)])
        return replace(finding, source=shown, hops=(outlet, *finding.hops))
    return finding


def seeing_near(page: Page, source: set[int]) -> list[Token]:
    """The participles of "seen by" inside the source, right before it or right after it."""
    if not source:
        return []
    first, last = min(source), max(source)
    near = range(max(0, first - LONGEST_NAME), min(len(page.doc) - 1, last + LONGEST_NAME))
    return [page.doc[i] for i in near if is_seeing(page.doc[i])]


def is_seeing(token: Token) -> bool:
    following = token.nbor().lower_ if token.i + 1 < len(token.doc) else ""
    return token.lemma_ in words("papers", "seen") and token.tag_ in ("VBN", "VBD") and following == "by"


def paper_before(page: Page, verb: Token) -> Token | None:
    """The noun that was seen: "documents", "the letter, seen by"."""
    at = verb.i - 1
    while at >= 0 and (page.doc[at].is_punct or page.doc[at].pos_ in ("ADV", "AUX")):
        at -= 1
    return page.doc[at] if at >= 0 and page.doc[at].pos_ == "NOUN" else None


def outlet_after(page: Page, outlets: Outlets, verb: Token) -> Span | None:
    after = page.doc[verb.i + 2 : verb.i + 2 + LONGEST_NAME]
    found = (outlets.at(page, token) for token in after if token.sent == verb.sent)
    return next((span for span in found if span is not None), None)
