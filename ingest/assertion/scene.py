"""One article with all that an assertion is read from, laid out once."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from ingest.assertion.quantities import FoundQuantity, find_quantities
from ingest.assertion.times import find_time_spans
from ingest.attribution.attributions import Attribution
from ingest.model import Article, Part, Span
from ingest.referents.entities import Mentions
from ingest.referents.references import References, lay_over
from ingest.syntax.quotations import find_quotations
from ingest.syntax.trees import find_head, tokens_in

DATELINE = re.compile(r"^\s*[A-Z][A-Z .,'’/-]+,? ?[^–—\n-]{0,24} (?:[–—-]|--) ")
SCARE = re.compile(r"so-called\s*$", re.IGNORECASE)
NEAR = 60  # tokens on either side of a cue in which its date and channel stand
DEEPEST = 8  # words between a cue and one that hangs on it


@dataclass(frozen=True, slots=True)
class Scene:
    article: Article
    doc: Doc
    references: References
    quantities: tuple[FoundQuantity, ...]
    contents: frozenset[int]  # indexes of tokens inside any content
    cues: frozenset[int]  # … any cue
    quoted: frozenset[int]  # … quotation marks, those of a so-called thing left out
    outlet: str | None  # referent that the article's own outlet is in its text
    issuer: str | None  # referent whose voice the article is

    def words_near(self, attribution: Attribution) -> tuple[str, str]:
        """The words that hang on the cue, for a date, and all near it, for a channel; without any content."""
        cue = tokens_in(self.doc, attribution.cue or attribution.source or attribution.content)
        head = find_head(cue)
        if head is None:
            return "", ""
        first, last = max(head.sent.start, head.i - NEAR), min(head.sent.end, head.i + NEAR)
        near = [token for token in self.doc[first:last] if token.i not in self.contents]
        spoken = {token.i for token in (*cue, *tokens_in(self.doc, attribution.source))}
        hanging = "".join(t.text_with_ws for t in near if t.i not in spoken and hangs_on(t, head))
        return DATELINE.sub("", hanging), "".join(token.text_with_ws for token in near).lower()

    def amounts_in(self, spans: Sequence[Span]) -> list[FoundQuantity]:
        """The amounts that stand wholly inside a span, in text order."""
        found: list[FoundQuantity] = []
        for span in spans:
            first = bisect_left(self.quantities, span.start, key=lambda q: q.span.start)
            last = bisect_left(self.quantities, span.end, key=lambda q: q.span.start)
            found.extend(q for q in self.quantities[first:last] if span.covers(q.span))
        return found

    def part_of(self, content: Sequence[Span]) -> Part:
        """The part of the page in which the content begins."""
        for part in self.article.parts:
            if part.part != "furniture" and part.span.overlaps(content[0]):
                return part.part
        return "body"


def hangs_on(token: Token, head: Token) -> bool:
    """Whether a word stands below another in the tree, not too far."""
    for _ in range(DEEPEST):
        if token.i == head.i:
            return True
        token = token.head
    return False


def set_scene(article: Article, doc: Doc, mentions: Mentions, attributions: Sequence[Attribution]) -> Scene:
    """Raises nothing: whatever the article lacks is empty."""
    names = [m.span for m in mentions.mentions if m.span.of(article.text)[:1].isalpha()]
    references = lay_over(doc, mentions)
    outlet, issuer = references.named(article.outlet), references.named(article.issued_by)
    return Scene(
        article,
        doc,
        references,
        tuple(find_quantities(doc, [*names, *find_time_spans(article.text)])),
        indexes(doc, (span for a in attributions for span in a.content)),
        indexes(doc, (span for a in attributions for span in a.cue)),
        indexes(doc, find_quoted(article.text)),
        outlet.id if outlet else None,
        issuer.id if issuer else None,
    )


def indexes(doc: Doc, spans: Iterable[Span]) -> frozenset[int]:
    return frozenset(token.i for token in tokens_in(doc, spans))


def find_quoted(text: str) -> list[Span]:
    """What stands inside quotation marks as somebody's words: a “so-called” thing is only named."""
    spans = (span for quotation in find_quotations(text) for span in quotation.spans)
    return [span for span in spans if not SCARE.search(text[max(0, span.start - 12) : span.start])]
