"""A parsed article laid out for finding names, and a name as it stands on it."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from spacy.tokens import Doc

from ingest.model import ISSUED, Article, Kind, Span
from ingest.referents.known import Entry
from ingest.syntax.labels import find_labels


@dataclass(frozen=True, slots=True)
class Name:
    """One occurrence of a name: tokens `start` to `end`, without article, title and possessive."""

    span: Span
    start: int
    end: int
    text: str
    method: str  # lexicon, pattern, ner, parse, seen
    entry: Entry | None = None
    kind: Kind | None = None  # of a pattern
    label: str = ""  # the parser's own type
    title: str = ""  # "Mr", "Senator"


@dataclass(frozen=True, slots=True)
class Page:
    """A parsed article as arrays, since a token's attributes are costly to ask for again and again."""

    doc: Doc
    text: str
    words: tuple[str, ...]
    tags: tuple[str, ...]
    deps: tuple[str, ...]
    heads: tuple[int, ...]
    labels: tuple[str, ...]
    starts: tuple[int, ...]
    sentence: tuple[int, ...]  # number of the sentence of each token
    closed: tuple[bool, ...]  # furniture, where nothing is looked for
    children: tuple[tuple[int, ...], ...]
    headed: tuple[bool, ...] = ()  # in a headline or subheading
    outlet: str = ""  # the article's own, without "The"

    def span(self, start: int, end: int) -> Span:
        return Span(self.starts[start], self.starts[end - 1] + len(self.words[end - 1]))

    def at(self, offset: int) -> int:
        """The first token that begins at or after `offset`."""
        return bisect_left(self.starts, offset)

    def closes(self, i: int) -> bool:
        """Whether a mark stands behind the phrase of `i`, as behind an apposition; not "to Veldt, an aide said"."""
        end = self.doc[i].right_edge.i + 1
        return end >= len(self.words) or self.tags[end] in (",", ".", ":", "''", "-RRB-", "HYPH", "_SP", "``")

    def lemma(self, i: int) -> str:
        return self.doc[i].lemma_.lower()


def lay_out(article: Article, doc: Doc) -> Page:
    starts = tuple(token.idx for token in doc)
    closed = [False] * len(starts)
    for label in find_labels(article.text):
        first, last = bisect_left(starts, label.start), bisect_left(starts, label.end)
        closed[first:last] = [True] * (last - first)
    headed = [False] * len(starts)
    for part in article.parts:
        if part.part in ("furniture", "headline"):
            marked = closed if part.part == "furniture" else headed
            first, last = bisect_left(starts, part.span.start), bisect_left(starts, part.span.end)
            marked[first:last] = [True] * (last - first)
    heads = tuple(token.head.i for token in doc)
    below: list[list[int]] = [[] for _ in starts]
    for i, head in enumerate(heads):
        if head != i:
            below[head].append(i)
    return Page(
        doc,
        doc.text,
        tuple(token.text for token in doc),
        tuple(token.tag_ for token in doc),
        tuple(token.dep_ for token in doc),
        heads,
        tuple(token.ent_type_ for token in doc),
        starts,
        tuple(number for number, sent in enumerate(doc.sents) for _ in sent),
        tuple(closed),
        tuple(map(tuple, below)),
        tuple(headed),
        "" if article.genre in ISSUED else (article.outlet or "").removeprefix("The "),
    )
