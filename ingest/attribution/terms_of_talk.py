"""On what terms somebody talks, which is nothing that is said: "speaking on condition of anonymity because …"."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.attribution.page import Finding, Page
from ingest.model import Span

TERMS = re.compile(
    r"(?:(?:speaking|spoke|talked|talking|granted)\s+)?(?:on\s+(?:the\s+)?condition\s+(?:of\s+anonymity|that)|anonymity\b)"
    r"|(?:asked|asking|requested|declined|wished|wanted)\s+(?:not\s+)?to\s+(?:not\s+)?be\s+(?:named|identified|quoted)",
    re.IGNORECASE,
)


def without_terms(page: Page, finding: Finding) -> Finding:
    """The finding without pieces of its content that only tell on what terms its source talks; never without any."""
    kept = tuple(span for span in finding.content if not is_terms(page, span))
    return finding if not kept or kept == finding.content else replace(finding, content=kept)


def is_terms(page: Page, span: Span) -> bool:
    """Whether a piece begins inside such a phrase, or is one."""
    sentence = page.doc[page.inside(span)[0]].sent if page.inside(span) else None
    if sentence is None:
        return False
    begun = (m for m in TERMS.finditer(page.text, sentence.start_char, span.end) if m.start() <= span.start < m.end())
    return next(begun, None) is not None
