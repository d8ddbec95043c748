"""What a tagged attribution may reach over a paragraph's end: quotations that go on, never a neighbour's.

A source stands in its cue's paragraph. Of what is said, a paragraph before the cue's holds only what belongs to the
same quotation; one behind it only quotations with which it begins.
"""

from __future__ import annotations

from dataclasses import replace

from ingest.attribution.page import Page
from ingest.model import Span
from ingest.tagger.tagging import TaggedAttribution


def within_reach(page: Page, tagged: TaggedAttribution) -> TaggedAttribution | None:
    """It without what stands in another paragraph and is not its own; None where nothing is left."""
    if not tagged.cue:
        return tagged
    start, end = paragraph_of(page.text, tagged.cue[0].start)
    here = [span for span in tagged.content if span.end > start and span.start < end]
    quoted = {page.quoted[i] for span in here for i in page.inside(span)} - {-1}
    kept = tuple(s for s in tagged.content if s in here or is_own(page, s, (start, end), quoted, tagged.cue[0]))
    source = tuple(span for span in tagged.source if start <= span.start < end)
    return replace(tagged, content=kept, source=source) if kept else None


def is_own(page: Page, span: Span, paragraph: tuple[int, int], quoted: set[int], cue: Span) -> bool:
    numbers = {page.quoted[i] for i in page.inside(span)} - {-1}
    if numbers & quoted:
        return True
    if span.end <= paragraph[0]:  # "“…”" and, in the next paragraph, "said the mayor"
        return bool(numbers) and not page.text[paragraph[0] : cue.start].strip() and not quoted
    first = paragraph_of(page.text, span.start)[0]
    opens = page.quoted[page.index_at(span.start)] >= 0  # no crosshead with a quotation in it
    return opens and not page.text[first : span.start].strip(" \u00a0•*–-")


def paragraph_of(text: str, offset: int) -> tuple[int, int]:
    end = text.find("\n", offset)
    return text.rfind("\n", 0, offset) + 1, len(text) if end < 0 else end
