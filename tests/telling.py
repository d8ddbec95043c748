"""Readings of tiny invented affairs, told claim by claim: for tests of what is derived from them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from graph.dossier import Store
from graph.model import Node
from ingest.model import (
    Article,
    Assertion,
    Hop,
    Kind,
    Mention,
    Quantity,
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

KINDS: dict[str, Kind] = {
    "Mara Lindqvist": "person", "Tobias Renn": "person", "Ada Quill": "person", "Dale Orrick": "person",
    "Halden Robotics": "company", "Orrin Labs": "company", "Safety Board": "organization",
    "Sorter 9": "product", "Tidewire": "outlet", "The Ledger": "outlet", "North Post": "outlet",
}  # fmt: skip
# Of those who work for somebody: (role as written, employer).
JOBS: dict[str, tuple[str, str]] = {
    "Tobias Renn": ("spokesman for Halden Robotics", "Halden Robotics"),
    "Dale Orrick": ("analyst at Orrin Labs", "Orrin Labs"),
}
FUNCTION_WORDS = frozenset(
    {
        "a", "an", "the", "of", "to", "in", "on", "at", "by", "for", "with", "from", "and", "or", "that", "it", "its",
        "was", "were", "is", "are", "be", "been", "has", "had", "have", "will", "not", "no", "s",
    }
)  # fmt: skip


@dataclass(frozen=True)
class Said:
    """One assertion: what is claimed, who says it, and whatever differs from a plain report."""

    what: str
    by: tuple[str, ...]
    fields: dict[str, Any]
    capacity: str
    hops: tuple[str, ...]


def say(what: str, *by: str, capacity: str = "itself", hops: tuple[str, ...] = (), **fields: Any) -> Said:
    """`by`: names of KINDS; nobody for the writer's own voice, unless `source_type` says otherwise."""
    return Said(what, by, fields, capacity, hops)


def tell(
    *said: Said,
    outlet: str | None = "The Ledger",
    on: str | None = "2031-03-04",
    jobs: dict[str, tuple[str, str]] | None = None,
    kinds: dict[str, Kind] | None = None,
    aka: dict[str, str] | None = None,
    **fields: Any,
) -> Reading:
    """A reading of an article in which each of these is a sentence of a paragraph of its own; `aka`: other names."""
    known = {**KINDS, **(kinds or {})}
    lines = [_sentence(s) for s in said]
    given = {"text": "\n\n".join(lines), "published_at": f"{on}T09:00:00Z" if on else None, "title": f"News of {on}"}
    article = _article(outlet, **{**given, **fields})
    names = [n for n in known if _stands(n, article.text) or any(n in s.hops for s in said)]
    referents = {n: _referent(article, n, known, {**JOBS, **(jobs or {})}, names) for n in names}
    referents |= {n: replace(referents[n], aliases=(n, other)) for n, other in (aka or {}).items()}
    mentions = [
        Mention(referents[n].id, Span(*m.span()), "lexicon", 1.0)
        for n in names
        for m in re.finditer(rf"\b{re.escape(n)}\b", article.text)
    ]
    assertions: list[Assertion] = []
    start = 0
    for s in said:
        at = article.text.index(s.what, article.text.index(_sentence(s), start))
        assertions.append(_assertion(article, s, Span(at, at + len(s.what)), referents))
        start = at
    return Reading(article, "told@1", tuple(referents.values()), tuple(mentions), _numbered(article, assertions))


def written(store: Store, *readings: Reading) -> dict[str, Node]:
    """Claims by wording, after these are written one by one."""
    for reading in readings:
        store.write([reading])
    with store.read() as tx:
        return {str(node.properties["wording"]): node for node in tx.nodes_of("Claim")}


def _stands(name: str, text: str) -> bool:
    return re.search(rf"\b{re.escape(name)}\b", text) is not None


def _sentence(s: Said) -> str:
    who = " and ".join(s.by)
    through = "".join(f" told {hop}" for hop in s.hops)
    return (
        f"{who or 'Somebody'}{through} said {s.what}." if who or s.hops or "source_type" in s.fields else f"{s.what}."
    )


def _article(outlet: str | None, **fields: Any) -> Article:
    known: dict[str, Any] = {
        "url": None, "authors": (), "language": "en", "genre": "news", "issued_by": None, "credits": (),
        "original_sha256": None, "extractor": "told@1",
    }  # fmt: skip
    known |= fields
    text = known["text"]
    article = article_id(known["url"], outlet, known["title"], known["published_at"], text)
    sha256 = text_sha256(text)
    return Article(id=article, version=version_id(article, sha256), outlet=outlet, sha256=sha256, **known)


def _referent(
    article: Article, name: str, kinds: dict[str, Kind], jobs: dict[str, tuple[str, str]], here: list[str]
) -> Referent:
    kind = kinds[name]
    role, employer = jobs.get(name, ("", "")) if kind == "person" else ("", "")
    return Referent(
        id=referent_id(article.id, kind, name),
        name=name,
        kind=kind,
        aliases=(name,),
        roles=(role,) if role else (),
        employers=(referent_id(article.id, kinds[employer], employer),) if employer in here else (),
    )


def _assertion(article: Article, s: Said, content: Span, referents: dict[str, Referent]) -> Assertion:
    named = sorted((name for name in referents if _stands(name, s.what)), key=s.what.index)
    terms = [f"@{referents[name].id}" for name in named]
    rest = s.what
    for name in named:
        rest = rest.replace(name, " ")
    words = [w for w in re.findall(r"[\w.-]*\w", rest.casefold()) if w not in FUNCTION_WORDS and not w[0].isdigit()]
    fields: dict[str, Any] = {
        "source_type": "named" if s.by else "writer",
        "quantities": tuple(
            Quantity(float(m[1].replace(",", "")), m[2], "exact", m[0]) for m in re.finditer(r"\b([\d,]+) (\w+)", rest)
        ),
    } | s.fields
    source = article.text.rfind("\n", 0, content.start) + 1
    has_source = fields["source_type"] not in ("writer", "agentless")
    return Assertion(
        **{
            "id": assertion_id(article.id, s.what, 0),
            "source": (Span(source, content.start - 6),) if has_source and source < content.start - 6 else (),
            "cue": (Span(content.start - 5, content.start - 1),) if has_source else (),
            "content": (content,),
            "part": "body",
            "sources": tuple(Speaker(referents[name].id, s.capacity) for name in s.by),  # type: ignore[arg-type]
            "affiliations": (),
            "hops": tuple(Hop(Span(source, source + 1), "outlet", referents[h].id) for h in s.hops),
            "within": None,
            "quotation": "indirect",
            "stance": "asserts",
            "certainty": "unstated",
            "polarity": "positive",
            "tense": "non_future",
            "basis": "unstated",
            "channel": "unstated",
            "asserted_at": None,
            "source_count": None,
            "anonymity_reason": None,
            "wording": s.what,
            "subject": referents[named[0]].id if named else None,
            "relation": None,
            "object": None,
            "about": tuple(referents[name].id for name in named),
            "terms": tuple(terms + words),
            "method": "told@1",
            "confidence": 1.0,
            **fields,
        }
    )


def _numbered(article: Article, assertions: list[Assertion]) -> tuple[Assertion, ...]:
    seen: dict[str, int] = {}
    numbered = []
    for a in assertions:
        numbered.append(replace(a, id=assertion_id(article.id, a.wording, seen.get(a.wording.casefold(), 0))))
        seen[a.wording.casefold()] = seen.get(a.wording.casefold(), 0) + 1
    return tuple(numbered)
