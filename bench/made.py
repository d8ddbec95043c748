"""Made-up readings of any shape, already read: what `bench` times is the store, not the reader."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ingest.model import (
    Article,
    Assertion,
    Kind,
    Mention,
    Quantity,
    Reading,
    Referent,
    Span,
    Speaker,
    Stance,
    article_id,
    assertion_id,
    referent_id,
    text_sha256,
    version_id,
)

SMALL = {"a", "an", "and", "at", "by", "for", "from", "in", "is", "of", "on", "that", "the", "to", "was", "with"}
NUMBER = re.compile(r"\b(\d+) (\w+)")


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence: what is claimed and who says so; "" is the writer."""

    what: str
    by: str = ""
    stance: Stance = "asserts"
    general: bool = False


@dataclass(frozen=True, slots=True)
class Things:
    """Whom an article may name, by name; `jobs`: person → (role, employer)."""

    kinds: Mapping[str, Kind]
    jobs: Mapping[str, tuple[str, str]] = field(default_factory=dict)


def make_article(lines: Sequence[Line], things: Things, outlet: str, published_at: str, title: str) -> Reading:
    """A reading of an article with one sentence a line; names that stand in it are its referents."""
    text = "\n\n".join(f"{line.by} said {line.what}." if line.by else f"{line.what}." for line in lines)
    i, sha256 = article_id(None, outlet, title, published_at, text), text_sha256(text)
    article = Article(
        i, version_id(i, sha256), None, title, outlet, (), published_at, "en", "news", None, (), text, sha256, None,
        "made@1",
    )  # fmt: skip
    found = {name: [Span(*m.span()) for m in re.finditer(rf"\b{re.escape(name)}\b", text)] for name in things.kinds}
    ids = {name: referent_id(i, things.kinds[name], name) for name, spans in found.items() if spans}
    mentions = [Mention(ids[name], span, "made", 1.0) for name in ids for span in found[name]]
    return Reading(
        article,
        "made@1",
        tuple(_referent(name, ids, things) for name in ids),
        tuple(sorted(mentions, key=lambda m: (m.span, m.referent))),
        tuple(_assertions(article, lines, ids, mentions)),
    )


def _referent(name: str, ids: Mapping[str, str], things: Things) -> Referent:
    role, employer = things.jobs.get(name, ("", ""))
    employers = (ids[employer],) if employer in ids else ()
    return Referent(ids[name], name, things.kinds[name], (name,), (role,) if role else (), None, employers)


def _assertions(
    article: Article, lines: Sequence[Line], ids: Mapping[str, str], mentions: Sequence[Mention]
) -> list[Assertion]:
    made: list[Assertion] = []
    offset = 0
    for line in lines:
        start = offset + (len(f"{line.by} said ") if line.by else 0)
        content, source = Span(start, start + len(line.what)), Span(offset, offset + len(line.by))
        recurs = sum(a.wording == line.what for a in made)
        made.append(_assertion(article, line, recurs, content, source, ids, mentions))
        offset = content.end + 3
    return made


def _assertion(
    article: Article, line: Line, recurs: int, content: Span, source: Span, ids: Mapping[str, str],
    mentions: Sequence[Mention],
) -> Assertion:  # fmt: skip
    about = tuple(dict.fromkeys(m.referent for m in sorted(mentions, key=_place) if content.covers(m.span)))
    rest = line.what
    for name in sorted(ids, key=len, reverse=True):
        rest = re.sub(rf"\b{re.escape(name)}\b", " ", rest)
    words = [word for word in re.findall(r"\w+", rest.casefold()) if word not in SMALL and not word.isdigit()]
    numbers = tuple(Quantity(float(m[1]), m[2], "exact", m[0]) for m in NUMBER.finditer(rest))
    return Assertion(
        id=assertion_id(article.id, line.what, recurs), source=(source,) if line.by else (), cue=(), content=(content,),
        part="body", source_type="named" if line.by else "writer",
        sources=(Speaker(ids[line.by], "itself"),) if line.by else (), affiliations=(), hops=(), within=None,
        quotation="indirect", stance=line.stance, certainty="unstated", polarity="positive", tense="non_future",
        basis="unstated", channel="unstated", asserted_at=None, source_count=None, anonymity_reason=None,
        wording=line.what, subject=about[0] if about else None, relation=None, object=None, about=about,
        terms=(*(f"@{r}" for r in about), *words), quantities=numbers, method="made@1", confidence=1.0,
        general=line.general,
    )  # fmt: skip


def _place(mention: Mention) -> tuple[Span, str]:
    return (mention.span, mention.referent)
