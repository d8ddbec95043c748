"""A document that speaks: "the complaint alleges", "according to the memo"; whose it is, is its employer."""

from __future__ import annotations

import functools

from ingest.lexicon import read_list
from ingest.model import Article, fold
from ingest.referents.chains import Chain
from ingest.referents.kinds import BODIES
from ingest.referents.page import Page
from ingest.referents.phrases import phrase
from ingest.referents.reader import Reader


@functools.cache
def document_words() -> tuple[frozenset[str], frozenset[str]]:
    """Nouns of documents, verbs with which they speak."""
    table = read_list("nominals")["documents"]
    return frozenset(table["nouns"]), frozenset(table["verbs"])


def settle_document(reader: Reader, i: int, noun: str) -> Chain | None:
    """A document that speaks: "the complaint alleges", "according to the memo"; whose it is, is its employer."""
    page = reader.page
    nouns, verbs = document_words()
    if noun not in nouns or not speaks(page, i, verbs):
        return None
    start, end = phrase(page, i, whole=True)
    end = stating_verb(page, i) or end
    owner = next((c for c in page.children[i] if page.deps[c] == "poss"), None)
    first = start
    while first < i and (page.tags[first] in ("DT", "PRP$", "POS") or (owner is not None and first <= owner)):
        first += 1
    name = " ".join(page.words[first:end])
    known = next((c for c in reader.chains if c.kind == "document" and fold(c.name) == fold(name)), None)
    chain = known or Chain(name, "document", [])
    if known is None:
        reader.chains.append(chain)
    for j in range(start, i):
        body = reader.owners.at(j)
        if page.words[j].lower() == "our":
            body = next((c for c in reader.chains if c.kind == "outlet" and is_own(reader.article, c)), None)
        if body is not None and body.kind in BODIES:
            chain.work_for(body)
    return chain


def speaks(page: Page, i: int, verbs: frozenset[str]) -> bool:
    head = page.heads[i]
    if page.deps[i] == "nsubj":
        return page.lemma(head) in verbs
    if (
        page.deps[i] == "pobj"
        and page.words[head].lower() == "to"
        and page.words[page.heads[head]].lower() == "according"
    ):
        return True
    return stating_verb(page, i) is not None


def stating_verb(page: Page, i: int) -> int | None:
    """Where the verb of "the terms of service state that" is, which the parse takes for a noun."""
    for j in range(i + 1, min(i + 5, len(page.words) - 1)):
        if page.words[j] in ("state", "states") and page.words[j + 1] == "that":
            return j
    return None


@functools.cache
def own_nouns() -> frozenset[str]:
    return frozenset(read_list("nominals")["own"]["nouns"])


def is_own(article: Article, chain: Chain) -> bool:
    outlet = fold(article.outlet or "").removeprefix("the ")
    return bool(outlet) and any(fold(a).removeprefix("the ") == outlet for a in (chain.name, *chain.aliases))
