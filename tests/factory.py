"""Hand-made readings of tiny invented stories, for tests that need a graph and no language model."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from ingest.model import (
    Article,
    Assertion,
    Kind,
    Mention,
    Reading,
    Referent,
    Span,
    Speaker,
    article_id,
    assertion_id,
    referent_id,
    text_sha256,
    version_id,
)

NAMES: dict[str, Kind] = {
    "Mara Lindqvist": "person",
    "Tobias Renn": "person",
    "Halden Robotics": "company",
    "Orrin Labs": "company",
    "Tidewire": "outlet",
    "The Ledger": "outlet",
}


def make_article(text: str, **fields: Any) -> Article:
    """An article of The Ledger, unless the fields say otherwise."""
    known: dict[str, Any] = {
        "url": None, "title": "Halden stops its arms", "outlet": "The Ledger", "authors": ("Ines Vogt",),
        "published_at": "2031-03-04T09:00:00Z", "language": "en", "genre": "news", "issued_by": None, "credits": (),
        "original_sha256": None, "extractor": "plain@1",
    }  # fmt: skip
    known |= fields
    article = article_id(known["url"], known["outlet"], known["title"], known["published_at"], text)
    sha256 = text_sha256(text)
    return Article(id=article, version=version_id(article, sha256), text=text, sha256=sha256, **known)


def make_reading(*said: tuple[str, str], reader: str = "factory@1", **fields: Any) -> Reading:
    """A reading of an article in which each of `said` is a sentence: (who, what), or ("", what) for the writer's own.

    Names of NAMES become referents wherever they stand; an assertion is about those in its content.
    """
    text = "\n".join(f"{who} said {what}." if who else f"{what}." for who, what in said)
    article = make_article(text, **fields)
    mentions = _find_names(article)
    spans, offset = [], 0
    for who, what in said:
        start = offset + (len(who) + len(" said ") if who else 0)
        spans.append((Span(offset, offset + len(who)), Span(start, start + len(what))))
        offset = start + len(what) + 2
    assertions: list[Assertion] = []
    for source, content in spans:
        ordinal = sum(a.wording.casefold() == content.of(text).casefold() for a in assertions)
        assertions.append(_make_assertion(article, source, content, ordinal, mentions))
    referents = {m.referent: m.span.of(text) for m in mentions}
    return Reading(
        article,
        reader,
        tuple(Referent(i, name, NAMES[name], (name,)) for i, name in sorted(referents.items())),
        tuple(mentions),
        tuple(assertions),
    )


def with_assertion(reading: Reading, number: int, **fields: Any) -> Reading:
    """The reading with some fields of one assertion changed."""
    assertions = list(reading.assertions)
    assertions[number] = replace(assertions[number], **fields)
    return replace(reading, assertions=tuple(assertions))


def _find_names(article: Article) -> list[Mention]:
    found = re.finditer("|".join(map(re.escape, NAMES)), article.text)
    return [
        Mention(referent_id(article.id, NAMES[m[0]], m[0]), Span(m.start(), m.end()), "lexicon", 0.9) for m in found
    ]


def _make_assertion(article: Article, source: Span, content: Span, ordinal: int, mentions: list[Mention]) -> Assertion:
    words = content.of(article.text)
    named = source.end > source.start
    speakers = [Speaker(m.referent, "itself") for m in mentions if source.covers(m.span)]
    return Assertion(
        id=assertion_id(article.id, words, ordinal),
        source=(source,) if named else (),
        cue=(Span(source.end + 1, source.end + 5),) if named else (),
        content=(content,),
        part="body",
        source_type=("named" if speakers else "anonymous") if named else "writer",
        sources=tuple(speakers),
        affiliations=(),
        hops=(),
        within=None,
        quotation="indirect",
        stance="asserts",
        certainty="unstated",
        polarity="negative" if re.search(r"\b(no|not|nobody|nothing)\b", words.casefold()) else "positive",
        tense="non_future",
        basis="unstated",
        channel="unstated",
        asserted_at=None,
        source_count=None,
        anonymity_reason=None,
        wording=words,
        subject=None,
        relation=None,
        object=None,
        about=tuple(dict.fromkeys(m.referent for m in mentions if content.covers(m.span))),
        terms=tuple(_terms(article.text, content, mentions)),
        quantities=(),
        method="factory@1",
        confidence=0.9,
    )


def _terms(text: str, content: Span, mentions: list[Mention]) -> list[str]:
    """The content's words in order, a name as the referent that it names, without the smallest words."""
    terms = []
    for word in re.finditer(r"\w+", content.of(text)):
        span = Span(content.start + word.start(), content.start + word.end())
        named = [m for m in mentions if m.span.covers(span)]
        if named and span.start == named[0].span.start:
            terms.append("@" + named[0].referent)
        elif not named and word[0].casefold() not in {"the", "a", "was", "of", "at", "no", "not"}:
            terms.append(word[0].casefold())
    return terms
