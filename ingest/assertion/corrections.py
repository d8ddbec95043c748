"""Correction note → what it takes back: words of the outlet's own that it repeats because they were wrong, or a source.

A note that only says what was misstated ("misstated the number of employees") repeats no claim, and none is found. One
that gives words to another ("misattributed a quotation to Feist; it was Tesh who said …") takes them from the first.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from ingest.attribution.attributions import Attribution
from ingest.model import Article, Assertion, Span, Speaker
from ingest.referents.entities import Mentions

OWN_WORDS = re.compile(
    r"\b(?:(?:earlier|previous|original|first) (?:version|edition|headline)"
    r"|(?:this|our|the) (?:article|story|report|post|piece|headline|item|column|caption|feature|interview)"
    r"|an? (?:article|story|headline|report|item|column|caption|feature|interview|post|piece)"
    r"|we|this (?:newspaper|station|site|magazine))\b",
    re.IGNORECASE,
)
EARLIER = re.compile(r"\bin an? (?:earlier|previous) version\b", re.IGNORECASE)
WE_SAID = re.compile(
    r"\b(?P<source>we)\b[^.\n]{0,40}?\b(?P<cue>said|reported|stated|wrote)\b"
    r"[^.\n]{0,40}?\bthat (?P<content>[^.\n]{10,400})",
    re.IGNORECASE,
)


MISATTRIBUTED = re.compile(
    r"\bmis(?:attribut|quot)\w+|\b(?:wrongly|incorrectly|mistakenly|erroneously|falsely)\s+"
    r"(?:(?:been|was|were)\s+)?(?:attribut|credit|quot|ascrib|identif)\w+"
    r"|\b(?:attribut|credit|ascrib)\w+\b[^.\n]{0,80}\b(?:wrongly|incorrectly|in error|by mistake|to the wrong)\b"
    r"|\bnot (?:said )?by\b",
    re.IGNORECASE,
)
ALIKE = 0.5  # share of the telling words of the shorter


def is_own_report(source: str) -> bool:
    """Whether the source of a claim in a correction note is the outlet: "an earlier version of this article"."""
    return OWN_WORDS.search(source) is not None


def is_of_earlier_version(sentence: str) -> bool:
    """ "In an earlier version of this report, Orrin was said to have closed": the outlet said so."""
    return EARLIER.search(sentence) is not None


def find_withdrawn(article: Article, attributions: Sequence[Attribution]) -> Iterator[Attribution]:
    """ "We reported on Monday that …" in a correction note; elsewhere an outlet's "we" is its own voice."""
    taken = [span for attribution in attributions for span in attribution.content]
    for part in article.parts:
        if part.part != "correction":
            continue
        for match in WE_SAID.finditer(article.text, part.span.start, part.span.end):
            source, cue, content = (Span(*match.span(group)) for group in ("source", "cue", "content"))
            if not any(content.overlaps(span) for span in taken):
                yield Attribution((source,), (cue,), (content,), "withdrawn@1", 0.8)


def with_right_sources(article: Article, mentions: Mentions, assertions: Sequence[Assertion]) -> tuple[Assertion, ...]:
    """The assertions, each that a correction note takes from its source with the one that the note names, or with none.

    Whom a note names besides those whom it gives the words to is who did not say them.
    """
    amended = list(assertions)
    for part in (p.span for p in article.parts if p.part == "correction"):
        if not MISATTRIBUTED.search(part.of(article.text)):
            continue
        note = [a for a in assertions if a.sources and part.covers(a.content[0])]
        right = {s.referent for a in note for s in a.sources}
        wrong = {m.referent for m in mentions.inside(part)} - right
        for n, a in enumerate(amended):
            said = next((b for b in note if a.part != "correction" and _is_alike(a, b)), None)
            if said is not None and wrong & {s.referent for s in a.sources}:
                amended[n] = _taken_from(a, wrong, said.sources)
    return tuple(amended)


def _taken_from(a: Assertion, wrong: Collection[str], right: Sequence[Speaker]) -> Assertion:
    kept = tuple(s for s in a.sources if s.referent not in wrong)
    return replace(a, sources=tuple(dict.fromkeys((*kept, *right))), method=f"{a.method}+corrected@1")


def _is_alike(a: Assertion, b: Assertion) -> bool:
    one, other = set(a.terms), set(b.terms)
    return len(one & other) >= max(2, ALIKE * min(len(one), len(other)))
