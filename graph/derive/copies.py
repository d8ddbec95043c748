"""Which article copies which: runs of eight words that two share, after quotations are taken out.

Two stories that quote one statement share more of its words than a copy and its original do, so what stands between
quotation marks says nothing about who copied whom.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

from ingest.model import Article, Span

RUN = 8  # words
SKETCH = 24  # runs kept as keys; the smallest hashes, so that copies keep the same ones
ENOUGH = 0.4  # share of the later article's runs
FEWEST = 12  # shared runs
WORD = re.compile(r"\w+")
QUOTED = re.compile(r"“[^”\n]*(”|$)|\"[^\"\n]*(\"|$)|«[^»\n]*(»|$)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Copy:
    """The later article has a share (`score`, 0 to 1) of its runs from the earlier; spans are in the later one."""

    start: str
    end: str
    score: float
    spans: tuple[Span, ...]


def word_runs(article: Article) -> list[tuple[int, Span]]:
    """Each run of eight words of the body outside quotation marks: its hash and where it stands."""
    gaps = [Span(*m.span()) for m in QUOTED.finditer(article.text)] + [p.span for p in article.parts]
    words = _words_outside(article.text, sorted(gaps))
    runs = []
    for n in range(len(words) - RUN + 1):
        stretch = words[n : n + RUN]
        told = " ".join(word for word, _ in stretch)
        runs.append((zlib.crc32(told.encode()), Span(stretch[0][1].start, stretch[-1][1].end)))
    return runs


def sketch(article: Article) -> list[str]:
    """A few of an article's runs, as hexadecimal hashes, chosen so that a copy has most of the same ones."""
    return [f"{h:08x}" for h in sorted({h for h, _ in word_runs(article)})[:SKETCH]]


def find_copy(later: Article, earlier: Article) -> Copy | None:
    """How much of one article stands in another; None where too little does to speak of a copy."""
    known = {h for h, _ in word_runs(earlier)}
    runs = word_runs(later)
    shared = [span for h, span in runs if h in known]
    score = round(len(shared) / max(len(runs), 1), 4)
    if score < ENOUGH or len(shared) < FEWEST:
        return None
    return Copy(later.id, earlier.id, score, tuple(_joined(shared)))


def publication_order(article_id: str, published_at: str | None) -> tuple[str, str]:
    """Sorts the earlier article first; an undated one counts as the latest."""
    return (published_at or "9999", article_id)


def _words_outside(text: str, gaps: Iterable[Span]) -> list[tuple[str, Span]]:
    found, start = [], 0
    for gap in (*gaps, Span(len(text), len(text))):
        words = WORD.finditer(text, start, max(start, gap.start))
        found += [(m[0].casefold(), Span(*m.span())) for m in words]
        start = max(start, gap.end)
    return found


def _joined(spans: Iterable[Span]) -> Iterable[Span]:
    current: Span | None = None
    for span in spans:
        if current and span.start <= current.end:
            current = Span(current.start, max(current.end, span.end))
            continue
        if current:
            yield current
        current = span
    if current:
        yield current
