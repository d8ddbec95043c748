"""A parsed article laid out for the constructions, what they find on it, and tokens as the words on the page."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from ingest.model import Article, Span
from ingest.syntax.labels import find_labels
from ingest.syntax.quotations import Quotation, find_quotations

LONGEST_SENTENCE = 500  # tokens; longer ones are no prose, and time would grow with their square
DATELINE = re.compile(  # "DUNMORE, 4 March – …", "Dunmore (AFP) – …"
    r"^(?:[A-Z][A-Z.’']+(?:[ /][A-Z][A-Z.’']+){0,3}\b[^.!?\n]{0,40}? ?(?:–|—|--| -| •| \|) ?(?=\S)"
    r"|[^.!?\n]{0,40}\([A-Z]\w*\) ?(?:–|—|--|-) ?(?=\S))",
    re.MULTILINE,
)
LEADING = " \t\n\r\u00a0,;:.—–-)]"
TRAILING = " \t\n\r\u00a0,;:.—–-(["


@dataclass(frozen=True, slots=True)
class Finding:
    """An attribution as a construction found it, before precedence and relays are settled."""

    method: str
    anchor: int  # token index of the cue's main word
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    confidence: float
    agentless: bool = False
    hops: tuple[Span, ...] = ()  # nearest to the content first
    tagged: bool = False  # the learned tagger found it, alone or too
    depth: int = 0  # of how many other findings' contents it is a part


@dataclass(frozen=True, slots=True)
class Page:
    """A parsed article with what every construction looks up in it."""

    doc: Doc
    text: str
    quotations: tuple[Quotation, ...]
    starts: tuple[int, ...]  # offset of each token
    quoted: tuple[int, ...]  # per token: index of the quotation that it stands in, or -1
    closed: tuple[bool, ...]  # per token: furniture, a dateline or no prose: nothing is looked for there
    verbs: tuple[Token, ...]  # outside quotation marks and furniture

    def index_at(self, offset: int) -> int:
        """The first token that begins at or after `offset`."""
        return bisect_left(self.starts, offset)

    def inside(self, span: Span) -> range:
        return range(self.index_at(span.start), self.index_at(span.end))


def lay_out(article: Article, doc: Doc) -> Page:
    quotations = tuple(find_quotations(article.text))
    starts = tuple(token.idx for token in doc)
    quoted, closed = [-1] * len(starts), [False] * len(starts)
    for number, quotation in enumerate(quotations):
        for span in quotation.spans:
            for i in range(bisect_left(starts, span.start), bisect_left(starts, span.end)):
                quoted[i] = number
    datelines = [Span(*found.span()) for found in DATELINE.finditer(article.text)]
    for span in [
        *datelines,
        *find_labels(article.text),
        *(part.span for part in article.parts if part.part == "furniture"),
    ]:
        for i in range(bisect_left(starts, span.start), bisect_left(starts, span.end)):
            closed[i] = True
    for sentence in doc.sents:
        if len(sentence) > LONGEST_SENTENCE:
            closed[sentence.start : sentence.end] = [True] * len(sentence)
    verbs = tuple(t for t in doc if t.pos_ in {"VERB", "AUX"} and quoted[t.i] < 0 and not closed[t.i])
    return Page(doc, article.text, quotations, starts, tuple(quoted), tuple(closed), verbs)


def spans_of(page: Page, tokens: Iterable[int]) -> tuple[Span, ...]:
    """The runs of the tokens as spans, without the punctuation at their ends, whole quotations kept whole."""
    doc = page.doc
    runs: list[list[int]] = []
    for i in sorted({i for i in tokens if not page.closed[i]}):
        if runs and all(doc[k].is_punct or doc[k].is_space for k in range(runs[-1][1] + 1, i)):
            runs[-1][1] = i
        else:
            runs.append([i, i])
    for run in runs:
        while run[0] < run[1] and doc[run[1]].pos_ == "CCONJ":
            run[1] -= 1
    spans = (snap(page, trim(page.text, doc[a].idx, doc[b].idx + len(doc[b]))) for a, b in runs)
    return tuple(merge(span for span in spans if span.start < span.end))


def trim(text: str, start: int, end: int) -> Span:
    while start < end and text[start] in LEADING:
        start += 1
    while start < end and text[end - 1] in TRAILING:
        end -= 1
    return Span(start, end)


def snap(page: Page, span: Span) -> Span:
    """A quotation that begins within the span is in it to its end; a mark just outside belongs to it."""
    start, end = span.start, span.end
    first = bisect_right(page.quotations, start - 2, key=lambda q: q.start)
    for quotation in page.quotations[first:]:
        if quotation.start >= end:
            break
        here = quotation.spans[0]
        start, end = min(start, here.start), max(end, here.end)
    return Span(start, end)


def merge(spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged
