"""How a content came to be said: in whose marks, on what basis, through what channel."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from spacy.tokens import Token

from ingest.lexicon import read_list
from ingest.model import Basis, Channel, Quotation, SourceType

CITING = re.compile(r"\b(?:citing|referring to) (?P<what>[^.,;“”\"]{3,60})")
BETWEEN = 15  # tokens from a cue to its content


def find_quotation(cue: Sequence[Token], content: Sequence[Token], quoted: frozenset[int]) -> Quotation:
    """Whether the content stands inside quotation marks wholly, partly (or the words before it do), or not at all."""
    words = [token for token in content if not token.is_punct]
    inside = sum(token.i in quoted for token in words)
    if words and inside == len(words):
        return "direct"
    first, last = content[0].i, max((token.i for token in cue if token.i < content[0].i), default=content[0].i)
    between = range(last + 1, first) if first - last < BETWEEN else range(0)  # "claimed there is “proof” that …"
    return "mixed" if inside or any(i in quoted for i in between) else "indirect"


def find_basis(source_type: SourceType, cue: Sequence[Token], source: Sequence[Token], around: str) -> Basis:
    """How the source knows, by the source itself, the cue's class and the words around it."""
    basis = read_list("hedges")["basis"]
    deduced = set(basis["deduced"])
    if source_type == "writer" and any(token.lemma_.lower() in deduced for token in source):
        return "deduced"
    if (
        source_type == "document"
        or (source_type == "writer" and source)
        or any(phrase in around for phrase in basis["document_phrases"])
        or cites_document(around)
    ):
        return "document"
    if any(phrase in around for phrase in basis["told_phrases"]):
        return "told"
    lemmas = {token.lemma_.lower() for token in cue}
    present = {token.lemma_.lower() for token in source} & set(basis["present"])
    if lemmas & set(basis["witnessed"]) or present:
        return "witnessed"
    return "deduced" if lemmas & deduced else "unstated"


def cites_document(around: str) -> bool:
    """ "Citing phone records", "referring to internal memos"."""
    cited = CITING.search(around)
    written = read_list("sources")["document"]
    return (
        any(word in written or word.removesuffix("s") in written for word in cited["what"].split()) if cited else False
    )


def find_channel(source_type: SourceType, around: str) -> Channel:
    """How it was said, by the words around the cue: "in a statement", "told the court"."""
    if source_type == "document":
        return "document"
    return next((channel for channel, words in channel_words().items() if words.search(around)), "unstated")


@functools.cache
def channel_words() -> dict[Channel, re.Pattern[str]]:
    lists: dict[Channel, list[str]] = read_list("hedges")["channels"]
    return {channel: re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b") for channel, words in lists.items()}
