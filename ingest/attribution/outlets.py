"""Which words of an article name a press title other than its own."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from ingest.attribution.page import Finding, Page, spans_of
from ingest.attribution.phrases import noun_phrase
from ingest.lexicon import read_list
from ingest.model import Article, Span
from ingest.referents.entities import Mentions

NAMES_GO_ON = frozenset({"of", "in", "for", "and"})  # the Times of Orbel is no edition of the Times


class Outlets:
    """Which words of one article name a press title other than its own."""

    def __init__(self, article: Article, mentions: Mentions) -> None:
        kinds = {referent.id: referent for referent in mentions.referents if referent.kind == "outlet"}
        self.own = bare(article.outlet or "")
        self.named = {
            offset: mention.span
            for mention in mentions.mentions
            if mention.referent in kinds
            and not self.is_own(kinds[mention.referent].name, mention.span.of(article.text))
            for offset in range(mention.span.start, mention.span.end)
        }
        self.nouns = frozenset(read_list("sources")["outlet"])
        self.titles = frozenset(read_list("sources")["titles"])

    def is_own(self, *names: str) -> bool:
        return any(bare(name).startswith("this ") or is_same_house(bare(name), self.own) for name in names)

    def at(self, page: Page, token: Token) -> Span | None:
        """The outlet that a word stands for, as written."""
        if token.idx in self.named:
            return self.named[token.idx]
        if token.pos_ not in {"NOUN", "PROPN"}:
            return None
        phrase = [i for i in noun_phrase(page, token) if i <= token.i]
        span = next(iter(spans_of(page, phrase)), None)
        if span is None or self.is_own(span.of(page.text)):
            return None
        names = (
            page.doc[i] for i in phrase if page.doc[i].pos_ == "PROPN" and page.doc[i].dep_ in {"compound", token.dep_}
        )
        titled = token.pos_ == "PROPN" and any(name.lower_ in self.titles for name in names)
        papers = token.lemma_ == "paper" and (token.tag_ == "NNS" or any(c.dep_ == "compound" for c in token.children))
        return span if titled or (token.pos_ == "NOUN" and token.lemma_ in self.nouns and not papers) else None


def bare(name: str) -> str:
    return name.casefold().strip().removeprefix("the ")


def is_same_house(name: str, own: str) -> bool:
    """Is it the own outlet, one of its editions, or its name cut short: "the Ledger" in the Harbour Ledger?"""
    if not own or name == own:
        return bool(own)
    longer, shorter = sorted((name.split(), own.split()), key=len, reverse=True)
    edition = longer[: len(shorter)] == shorter and longer[len(shorter)] not in NAMES_GO_ON
    return edition or (len(shorter) == 1 and shorter == longer[-1:] and len(name) < len(own))


def is_of_outlet(page: Page, outlets: Outlets, finding: Finding) -> bool:
    return any(outlets.at(page, page.doc[i]) for span in finding.source for i in page.inside(span))


def first_outlet(page: Page, outlets: Outlets, spans: Iterable[Span]) -> Span | None:
    """The first of these that names an outlet, as written there."""
    found = (outlets.at(page, page.doc[i]) for span in spans for i in page.inside(span))
    return next((span for span in found if span is not None), None)
