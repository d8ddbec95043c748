"""Which article copies which: what two share in wording, after quotations are taken out.

Two stories that quote one statement share more of its words than a copy and its original do, so what stands between
quotation marks says nothing about who copied whom. A copy keeps runs of eight words; a rewrite turns sentences about
and leaves telling words beside each other. On sixty invented pairs and four dossiers, rewrites have half of their pairs
of neighbours from the original, and what is none has at most a third.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.model import Article, Span

RUN = 8  # words
PHRASE = 4  # telling words, in any order: what a rewrite keeps, and seldom two stories that are none of each other
SKETCH = 40  # phrases kept as keys; the smallest hashes, so that copies keep the same ones
ENOUGH, FEWEST = 0.4, 12  # share of the later article's runs, and their number
REWRITTEN, FEWEST_PAIRS = 0.42, 15  # the same of its pairs of telling words
STEM = 6  # letters
WORD = re.compile(r"\w+")
QUOTED = re.compile(r"“[^”\n]*(”|$)|\"[^\"\n]*(\"|$)|«[^»\n]*(»|$)", re.MULTILINE)
LIGHT = frozenset(
    {
        "about", "after", "all", "also", "an", "and", "any", "are", "as", "at", "be", "been", "before", "but", "by",
        "down", "for", "from", "had", "has", "have", "he", "her", "his", "if", "in", "into", "is", "it", "its",
        "more", "most", "no", "not", "of", "on", "one", "or", "our", "out", "over", "said", "says", "she", "some",
        "than", "that", "the", "their", "them", "then", "there", "these", "they", "this", "those", "to", "two",
        "up", "was", "we", "were", "what", "when", "where", "which", "who", "will", "with", "would", "you", "your",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Copy:
    """The later article has a share (`score`, 0 to 1) of its runs from the earlier; spans are in the later one."""

    start: str
    end: str
    score: float
    spans: tuple[Span, ...]


Trace = Sequence[tuple[int, Span]]  # a stretch of words as a number, and where it stands


@dataclass(frozen=True, slots=True)
class Traces:
    """What of an article's own words a copy of it would have; quotations are out."""

    article: str
    runs: Trace  # eight words
    pairs: Trace  # telling words beside each other, stemmed, in any order
    phrases: frozenset[str]  # four of these, as they are kept as keys

    @property
    def is_telling(self) -> bool:
        """Whether there is enough of it to speak of a copy."""
        return len(self.runs) >= FEWEST or len(self.pairs) >= FEWEST_PAIRS


def to_traces(article: Article) -> Traces:
    words = _own_words(article)
    telling = [(w[:STEM], span) for w, span in words if w not in LIGHT and len(w) > 1]
    phrases = frozenset(f"{h:08x}" for h, _ in _hashed(telling, PHRASE, ordered=False))
    return Traces(article.id, _hashed(words, RUN), _hashed(telling, 2, ordered=False), phrases)


def sketch(article: Article) -> list[str]:
    """A few of an article's phrases, as hexadecimal hashes, chosen so that a copy has most of the same ones."""
    traces = to_traces(article)
    return sorted(traces.phrases)[:SKETCH] if traces.is_telling else []


def find_copy(later: Traces, earlier: Traces) -> Copy | None:
    """How much of one article stands in another; None where too little does to speak of a copy."""
    found = _shared(later.runs, earlier.runs, ENOUGH, FEWEST)
    found = found or _shared(later.pairs, earlier.pairs, REWRITTEN, FEWEST_PAIRS)
    return Copy(later.article, earlier.article, *found) if found else None


def _shared(own: Trace, known: Trace, enough: float, fewest: int) -> tuple[float, tuple[Span, ...]] | None:
    hashes = {h for h, _ in known}
    shared = [span for h, span in own if h in hashes]
    score = round(len(shared) / max(len(own), 1), 4)
    return None if score < enough or len(shared) < fewest else (score, tuple(_joined(shared)))


def publication_order(article_id: str, published_at: str | None) -> tuple[str, str]:
    """Sorts the earlier article first; an undated one counts as the latest."""
    return (published_at or "9999", article_id)


def _own_words(article: Article) -> list[tuple[str, Span]]:
    gaps = [Span(*m.span()) for m in QUOTED.finditer(article.text)] + [p.span for p in article.parts]
    return _words_outside(article.text, sorted(gaps))


def _hashed(words: Sequence[tuple[str, Span]], length: int, *, ordered: bool = True) -> list[tuple[int, Span]]:
    found = []
    for n in range(len(words) - length + 1):
        stretch = words[n : n + length]
        told = [word for word, _ in stretch]
        joined = " ".join(told if ordered else sorted(told))
        found.append((zlib.crc32(joined.encode()), Span(stretch[0][1].start, stretch[-1][1].end)))
    return found


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
