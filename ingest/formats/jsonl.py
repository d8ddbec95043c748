"""A reading as one JSON object, out and in: the JSON Lines form of `onrecord read`.

What comes in is checked as what comes from a stranger: every value against its kind and vocabulary, every span against
the text, every id against what it stands for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any, TypeVar, get_args

from ingest.errors import ReadingMalformed
from ingest.formats.extract import NOTHING_GIVEN, Extract, Given, to_article
from ingest.formats.metadata import Metadata
from ingest.formats.published import parse_iso
from ingest.model import (
    Article,
    Assertion,
    Basis,
    Bound,
    Candidate,
    Capacity,
    Certainty,
    Channel,
    Genre,
    Hop,
    Identifier,
    Kind,
    Mention,
    Modality,
    Part,
    PartialDate,
    PartSpan,
    Polarity,
    Precision,
    Quantifier,
    Quantity,
    Quotation,
    Reading,
    Referent,
    SourceType,
    Span,
    Speaker,
    Stance,
    Tense,
    Time,
    TimeRelation,
    assertion_id,
    referent_id,
    text_sha256,
    version_id,
)

FORMAT = 1
EXTRACTOR = "jsonl@1"
PRECISIONS = {
    "year": (r"\d{4}", "2031"),
    "quarter": (r"\d{4}-Q[1-4]", "2031-Q1"),
    "month": (r"\d{4}-(0[1-9]|1[0-2])", "2031-03"),
    "week": (r"\d{4}-\d\d-\d\d", "2031-03-03, its Monday"),
    "day": (r"\d{4}-\d\d-\d\d", "2031-03-04"),
}  # what a date of each precision looks like, and one of them
SHAPED = (
    "source", "cue", "content", "sources", "affiliations", "hops", "asserted_at", "quantities", "when", "identifiers",
    "attribution_content", "candidates",
)  # fmt: skip
T = TypeVar("T")


# ── out ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def to_json(reading: Reading) -> dict[str, Any]:
    """A reading as a JSON object; `from_json` gives back an equal one."""
    a = reading.article
    plain = {field.name: getattr(a, field.name) for field in fields(a) if field.name not in ("parts", "id", "version")}
    return {
        "format": FORMAT,
        "reader": reading.reader,
        "id": a.id,
        "version": a.version,
        **{name: list(value) if isinstance(value, tuple) else value for name, value in plain.items()},
        "parts": [[p.span.start, p.span.end, p.part] for p in a.parts],
        "entities": [_referent_out(r) for r in reading.referents],
        "mentions": [
            {
                "entity": m.referent,
                "start": m.span.start,
                "end": m.span.end,
                "method": m.method,
                "confidence": m.confidence,
            }
            for m in reading.mentions
        ],
        "assertions": [_assertion_out(assertion) for assertion in reading.assertions],
    }


def _mention_out(m: Mention) -> dict[str, Any]:
    found = {"method": m.method, "confidence": m.confidence}
    return {"entity": m.referent, "start": m.span.start, "end": m.span.end, **found}


def _referent_out(r: Referent) -> dict[str, Any]:
    listed = {"aliases": list(r.aliases), "roles": list(r.roles), "employers": list(r.employers)}
    return {"id": r.id, "name": r.name, "kind": r.kind, "key": r.key, **listed}


def _assertion_out(a: Assertion) -> dict[str, Any]:
    plain = {field.name: getattr(a, field.name) for field in fields(a) if field.name not in SHAPED}
    return {
        "source": _spans_out(a.source),
        "cue": _spans_out(a.cue),
        "content": _spans_out(a.content),
        "attribution_content": _spans_out(a.attribution_content),
        "source_entities": [_speaker_out(s) for s in a.sources],
        "candidates": [{"entity": c.referent, "confidence": c.confidence} for c in a.candidates],
        "source_affiliations": list(a.affiliations),
        "hops": [
            {"span": [h.span.start, h.span.end], "source_type": h.source_type, "entity": h.referent} for h in a.hops
        ],
        "asserted_at": {"value": a.asserted_at.value, "precision": a.asserted_at.precision} if a.asserted_at else None,
        "quantities": [{"value": q.value, "unit": q.unit, "bound": q.bound, "words": q.words} for q in a.quantities],
        "when": [_time_out(t) for t in a.when],
        "identifiers": [{"of": i.of, "value": i.value, "span": [i.span.start, i.span.end]} for i in a.identifiers],
        **{name: list(value) if isinstance(value, tuple) else value for name, value in plain.items()},
    }


def _speaker_out(s: Speaker) -> dict[str, Any]:
    return {"entity": s.referent, "capacity": s.capacity, "confidence": s.confidence, "method": s.method}


def _time_out(t: Time) -> dict[str, Any]:
    told = {"relation": t.relation, "from": t.start, "to": t.end, "precision": t.precision}
    return {"span": [t.span.start, t.span.end], **told}


def _spans_out(spans: tuple[Span, ...]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]


# ── in ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Row:
    """A JSON object whose values are asked for by key and kind; ReadingMalformed tells the place of a wrong one."""

    values: Mapping[str, Any]
    place: str = ""

    def wrong(self, key: str, should: str) -> ReadingMalformed:
        return ReadingMalformed(f"{self.place}{key} should be {should}: correct that line")

    def text(self, key: str) -> str:
        value = self.values.get(key)
        if not isinstance(value, str) or _has_surrogates(value):
            raise self.wrong(key, "text")
        return value

    def text_or_none(self, key: str) -> str | None:
        return None if self.values.get(key) is None else self.text(key)

    def one_of(self, key: str, vocabulary: Any, default: str | None = None) -> Any:
        value = self.values.get(key, default)
        allowed = get_args(vocabulary) or vocabulary
        if value not in allowed:
            raise self.wrong(key, f"one of {', '.join(allowed)}")
        return value

    def flag(self, key: str) -> bool:
        value = self.values.get(key, False)
        if not isinstance(value, bool):
            raise self.wrong(key, "true or false")
        return value

    def number(self, key: str, low: float, high: float) -> float:
        value = self.values.get(key)
        if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
            raise self.wrong(key, f"a number from {low:g} to {high:g}")
        return float(value)

    def listed(self, key: str) -> list[Any]:
        value = self.values.get(key)
        if value is not None and not isinstance(value, list):
            raise self.wrong(key, "a list")
        return value or []

    def texts(self, key: str) -> tuple[str, ...]:
        values = self.listed(key)
        if not all(isinstance(value, str) and not _has_surrogates(value) for value in values):
            raise self.wrong(key, "a list of texts")
        return tuple(values)

    def rows(self, key: str) -> list[Row]:
        values = self.listed(key)
        if not all(isinstance(value, dict) for value in values):
            raise self.wrong(key, "a list of objects")
        return [Row(value, f"{self.place}{key}[{i}].") for i, value in enumerate(values)]

    def span(self, key: str, pair: Any, length: int) -> Span:
        numbers = isinstance(pair, list) and len(pair) == 2 and all(type(n) is int for n in pair)
        if not numbers or not 0 <= pair[0] < pair[1] <= length:
            raise self.wrong(key, f"[start, end] inside the text's {length} characters")
        return Span(pair[0], pair[1])

    def spans(self, key: str, length: int) -> tuple[Span, ...]:
        return tuple(self.span(key, pair, length) for pair in self.listed(key))

    def known(self, key: str, ids: frozenset[str]) -> str:
        if (value := self.text(key)) not in ids:
            raise self.wrong(key, "the id of one of its entities or assertions")
        return value


def from_json(values: Any, given: Given = NOTHING_GIVEN) -> Reading | Article:
    """A reading, or, without `assertions`, an article to be read. Raises ReadingMalformed and ArticleEmpty."""
    if not isinstance(values, dict):
        raise ReadingMalformed("a line should be one JSON object: an article with `text`, or a reading")
    row = Row(values)
    if row.values.get("format", FORMAT) != FORMAT:
        raise ReadingMalformed(
            f"its format is {row.values['format']!r}, this version reads {FORMAT}: read the article again"
        )
    if "assertions" not in values:
        return to_article(_extract_in(row), given)
    article = _article_in(row)
    referents = tuple(_referent_in(r, article.id) for r in row.rows("entities"))
    ids = frozenset(r.id for r in referents)
    length = len(article.text)
    assertions = row.rows("assertions")
    own = _own_ids(assertions, article)
    return Reading(
        article=article,
        reader=row.text("reader"),
        referents=referents,
        mentions=tuple(_mention_in(m, ids, length) for m in row.rows("mentions")),
        assertions=tuple(_assertion_in(a, ids, own, length) for a in assertions),
    )


def _extract_in(row: Row) -> Extract:
    text = row.text("text").removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    stated = Metadata(
        url=row.text_or_none("url"),
        title=row.text_or_none("title"),
        outlet=row.text_or_none("outlet"),
        authors=row.texts("authors"),
        published_at=_moment(row, "published_at"),
        language=row.text_or_none("language"),
        genre=row.one_of("genre", (*get_args(Genre), None)),
        issued_by=row.text_or_none("issued_by"),
        credits=row.texts("credits"),
        notice=row.text_or_none("notice"),
        retrieved_at=_moment(row, "retrieved_at"),
    )
    return Extract(text, EXTRACTOR, stated, article=row.text_or_none("id"), confidential=row.flag("confidential"))


def _moment(row: Row, key: str) -> str | None:
    words = row.text_or_none(key)
    if words is None:
        return None
    moment = parse_iso(words)
    if moment is None:
        raise row.wrong(key, "a date or time as ISO 8601 has it, 2031-03-04 or 2031-03-04T09:00:00Z")
    return moment


def _article_in(row: Row) -> Article:
    text, article = row.text("text"), row.text("id")
    if not text.strip():
        raise row.wrong("text", "the article's words")
    sha256 = text_sha256(text)
    if row.text("sha256") != sha256:
        raise row.wrong("sha256", "that of the text, which was changed after it was read: read it again")
    if row.text("version") != version_id(article, sha256):
        raise row.wrong("version", "that of this article and text")
    return Article(
        id=article,
        version=row.text("version"),
        url=row.text_or_none("url"),
        title=row.text_or_none("title"),
        outlet=row.text_or_none("outlet"),
        authors=row.texts("authors"),
        published_at=_moment(row, "published_at"),
        language=row.text_or_none("language"),
        genre=row.one_of("genre", Genre, "unknown"),
        issued_by=row.text_or_none("issued_by"),
        credits=row.texts("credits"),
        text=text,
        sha256=sha256,
        original_sha256=row.text_or_none("original_sha256"),
        extractor=row.text_or_none("extractor") or EXTRACTOR,
        pages=_pages(row, "pages", len(text)),
        pages_not_read=_pages(row, "pages_not_read", len(text) + len(row.listed("pages"))),
        parts=tuple(_part_in(row, part, len(text)) for part in row.listed("parts")),
        retrieved_at=_moment(row, "retrieved_at"),
        confidential=row.flag("confidential"),
        notice=row.text_or_none("notice"),
        not_read=row.text_or_none("not_read"),
    )


def _pages(row: Row, key: str, most: int) -> tuple[int, ...]:
    numbers = row.listed(key)
    if not all(type(n) is int and 0 <= n <= most for n in numbers) or numbers != sorted(numbers):
        raise row.wrong(key, "rising whole numbers")
    return tuple(numbers)


def _part_in(row: Row, part: Any, length: int) -> PartSpan:
    if not isinstance(part, list) or len(part) != 3 or part[2] not in (*get_args(Part), "furniture"):
        raise row.wrong("parts", "a list of [start, end, part]")
    return PartSpan(row.span("parts", part[:2], length), part[2])


def _referent_in(row: Row, article: str) -> Referent:
    name, kind = row.text("name"), row.one_of("kind", Kind)
    if row.text("id") != referent_id(article, kind, name):
        raise row.wrong("id", "that of this name and kind in this article")
    return Referent(
        id=row.text("id"),
        name=name,
        kind=kind,
        aliases=row.texts("aliases"),
        roles=row.texts("roles"),
        key=row.text_or_none("key"),
        employers=row.texts("employers"),
    )


def _mention_in(row: Row, ids: frozenset[str], length: int) -> Mention:
    span = row.span("start", [row.values.get("start"), row.values.get("end")], length)
    return Mention(row.known("entity", ids), span, row.text("method"), row.number("confidence", 0, 1))


def _own_ids(assertions: list[Row], article: Article) -> frozenset[str]:
    """The ids of its assertions: each of its words in this article, so that none is another article's."""
    ids: set[str] = set()
    for a in assertions:
        words = " ".join(span.of(article.text) for span in _content_in(a, len(article.text)))
        own = (assertion_id(article.id, words, ordinal) for ordinal in range(len(assertions)))
        if a.text("id") in ids or a.text("id") not in own:
            raise a.wrong("id", "that of its content in this article, and of no other assertion")
        ids.add(a.text("id"))
    return frozenset(ids)


def _content_in(row: Row, length: int) -> tuple[Span, ...]:
    content = row.spans("content", length)
    if not content:
        raise row.wrong("content", "at least one [start, end]")
    return content


def _assertion_in(row: Row, ids: frozenset[str], own: frozenset[str], length: int) -> Assertion:
    return Assertion(
        id=row.text("id"),
        source=row.spans("source", length),
        cue=row.spans("cue", length),
        content=_content_in(row, length),
        part=row.one_of("part", Part, "body"),
        source_type=row.one_of("source_type", SourceType),
        sources=tuple(_speaker_in(s, ids) for s in row.rows("source_entities")),
        candidates=tuple(
            Candidate(c.known("entity", ids), c.number("confidence", 0, 1)) for c in row.rows("candidates")
        ),
        affiliations=_all_known(row, "source_affiliations", ids),
        hops=tuple(_hop_in(hop, ids, length) for hop in row.rows("hops")),
        within=_or_none(row, "within", lambda: row.known("within", own)),
        quotation=row.one_of("quotation", Quotation, "indirect"),
        stance=row.one_of("stance", Stance),
        certainty=row.one_of("certainty", Certainty, "unstated"),
        polarity=row.one_of("polarity", Polarity, "positive"),
        tense=row.one_of("tense", Tense, "non_future"),
        basis=row.one_of("basis", Basis, "unstated"),
        channel=row.one_of("channel", Channel, "unstated"),
        asserted_at=_date_in(row),
        source_count=_or_none(row, "source_count", lambda: int(row.number("source_count", 1, 1e6))),
        anonymity_reason=row.text_or_none("anonymity_reason"),
        wording=row.text("wording"),
        subject=row.text_or_none("subject"),
        relation=row.text_or_none("relation"),
        object=row.text_or_none("object"),
        about=_all_known(row, "about", ids),
        terms=row.texts("terms"),
        quantities=tuple(_quantity_in(q) for q in row.rows("quantities")),
        method=row.text("method"),
        confidence=row.number("confidence", 0, 1),
        general=row.flag("general"),
        when=tuple(_time_in(t, length) for t in row.rows("when")),
        identifiers=tuple(_identifier_in(i, length) for i in row.rows("identifiers")),
        quantifier=_or_none(row, "quantifier", lambda: row.one_of("quantifier", Quantifier)),
        modality=row.one_of("modality", Modality, "is"),
        answers=_or_none(row, "answers", lambda: row.known("answers", own)),
        signs=row.texts("signs"),
        bare=row.flag("bare"),
        attribution=row.text_or_none("attribution") or "",
        attribution_content=row.spans("attribution_content", length),
    )


def _speaker_in(row: Row, ids: frozenset[str]) -> Speaker:
    confidence = _or_none(row, "confidence", lambda: row.number("confidence", 0, 1))
    return Speaker(
        row.known("entity", ids),
        row.one_of("capacity", Capacity),
        1.0 if confidence is None else confidence,
        row.text_or_none("method") or "name",
    )


def _or_none(row: Row, key: str, read: Callable[[], T]) -> T | None:
    return None if row.values.get(key) is None else read()


def _all_known(row: Row, key: str, ids: frozenset[str]) -> tuple[str, ...]:
    values = row.texts(key)
    if not ids.issuperset(values):
        raise row.wrong(key, "ids of its entities")
    return values


def _hop_in(row: Row, ids: frozenset[str], length: int) -> Hop:
    span = row.span("span", row.values.get("span"), length)
    return Hop(span, row.one_of("source_type", SourceType), _or_none(row, "entity", lambda: row.known("entity", ids)))


def _date_in(row: Row) -> PartialDate | None:
    value = row.values.get("asserted_at")
    if value is None:
        return None
    if not isinstance(value, dict):
        raise row.wrong("asserted_at", "null or an object with `value` and `precision`")
    inner = Row(value, f"{row.place}asserted_at.")
    precision = inner.one_of("precision", PRECISIONS)
    if not _is_date(inner.text("value"), precision):
        raise inner.wrong("value", f"a {precision}: {PRECISIONS[precision][1]}")
    return PartialDate(inner.text("value"), precision)


def _is_date(value: str, precision: str) -> bool:
    pattern, _ = PRECISIONS[precision]
    return bool(re.fullmatch(pattern, value)) and (precision not in ("week", "day") or parse_iso(value) is not None)


def _time_in(row: Row, length: int) -> Time:
    first, last = _day(row, "from"), _day(row, "to")
    if first >= last:
        raise row.wrong("to", "a later day than `from`")
    relation, precision = row.one_of("relation", TimeRelation), row.one_of("precision", Precision)
    return Time(row.span("span", row.values.get("span"), length), relation, first, last, precision)


def _day(row: Row, key: str) -> str:
    words = row.text(key)
    if not _is_date(words, "day"):
        raise row.wrong(key, "a day, 2031-03-04")
    return words


def _identifier_in(row: Row, length: int) -> Identifier:
    return Identifier(row.text("of"), row.text("value"), row.span("span", row.values.get("span"), length))


def _quantity_in(row: Row) -> Quantity:
    return Quantity(
        row.number("value", -1e308, 1e308),
        row.text("unit"),
        row.one_of("bound", Bound),
        row.text_or_none("words") or "",
    )


def _has_surrogates(text: str) -> bool:
    return any("\ud800" <= c <= "\udfff" for c in text)
