"""Correction note → what it takes back: words of the outlet's own that it repeats because they were wrong.

A note that only says what was misstated ("misstated the number of employees") repeats no claim, and none is found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.attribution.attributions import Attribution
from ingest.model import Article, Span

OWN_WORDS = re.compile(
    r"\b(?:(?:earlier|previous|original|first) (?:version|edition|headline)"
    r"|(?:this|our|the) (?:article|story|report|post|piece|headline)|an? (?:article|story|headline)"
    r"|we|this (?:newspaper|station|site|magazine))\b",
    re.IGNORECASE,
)
EARLIER = re.compile(r"\bin an? (?:earlier|previous) version\b", re.IGNORECASE)
WE_SAID = re.compile(
    r"\b(?P<source>we)\b[^.\n]{0,40}?\b(?P<cue>said|reported|stated|wrote)\b"
    r"[^.\n]{0,40}?\bthat (?P<content>[^.\n]{10,400})",
    re.IGNORECASE,
)


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
