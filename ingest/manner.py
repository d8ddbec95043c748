"""How a content came to be said: in whose marks, on what basis, through what channel."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from spacy.tokens import Token

from ingest.lexicon import read_list
from ingest.model import Basis, Channel, Quotation, SourceType, Span

SCARE = re.compile(r"so-called\s*$", re.IGNORECASE)


def find_quotation(text: str, cue: Sequence[Span], content: Sequence[Span], quoted: Iterable[Span]) -> Quotation:
    """Whether the content stands inside quotation marks wholly, partly (or the words before it do), or not at all."""
    first = min(span.start for span in content)
    near = [span.end for span in cue if span.end <= first and first - span.end < 80]  # "claimed there is “proof” that…"
    hull = Span(min([first, *near]), max(span.end for span in content))
    marks = [q for q in quoted if q.overlaps(hull) and not SCARE.search(text[max(0, q.start - 12) : q.start])]
    if not marks:
        return "indirect"
    offsets = [span.start + match.start() for span in content for match in re.finditer(r"\w+", span.of(text))]
    inside = sum(any(q.start <= offset < q.end for q in marks) for offset in offsets)
    return "direct" if 0 < len(offsets) == inside else "mixed"


def find_basis(source_type: SourceType, cue: Sequence[Token], source: Sequence[Token], around: str) -> Basis:
    """How the source knows, by the source itself, the cue's class and the words around it."""
    basis = read_list("hedges")["basis"]
    deduced = set(basis["deduced"])
    if source_type == "writer" and any(token.lemma_.lower() in deduced for token in source):
        return "deduced"
    if source_type in ("document", "writer") or any(phrase in around for phrase in basis["document_phrases"]):
        return "document"
    if any(phrase in around for phrase in basis["told_phrases"]):
        return "told"
    lemmas = {token.lemma_.lower() for token in cue}
    if lemmas & set(basis["witnessed"]):
        return "witnessed"
    return "deduced" if lemmas & deduced else "unstated"


def find_channel(source_type: SourceType, around: str) -> Channel:
    """How it was said, by the words around the cue: "in a statement", "told the court"."""
    if source_type == "document":
        return "document"
    phrases: dict[Channel, list[str]] = read_list("hedges")["channels"]
    for channel, words in phrases.items():
        if any(re.search(rf"\b{re.escape(word)}\b", around) for word in words):
            return channel
    return "unstated"
