"""Made-up readings of any number, without a language model: one maker for every benchmark of the graph.

`tell` makes one reading from lines; `invent` makes an endless, always equal dossier with what is hard for a graph in
it: a hub, copies, namesakes, a claim that is told again and again, figures for one thing, denials, unnamed sources.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ingest.model import (
    OPPOSING,
    Article,
    Assertion,
    Hop,
    Kind,
    Mention,
    Quantity,
    Reading,
    Referent,
    SourceType,
    Span,
    Speaker,
    Stance,
    article_id,
    assertion_id,
    referent_id,
    text_sha256,
    version_id,
)

SYLLABLES = ("bar", "del", "fin", "gor", "hal", "kes", "lom", "mer", "nor", "pel", "rud", "sen", "tor", "vik", "wen",
             "zan")  # fmt: skip
VERBS = ("bought", "sued", "closed", "left", "praised", "sold", "delayed", "audited", "fined", "hired")
THINGS = ("a plant", "the licence", "its stake", "two patents", "the contract", "a lawsuit", "the audit", "its campus")
FUNCTION_WORDS = frozenset({"a", "an", "the", "of", "for", "its", "in", "has", "any", "was", "by", "and"})
OUTLETS = 40
WEEK = 20  # articles that speak of the same people and companies
DAILY = 40  # articles a day
HUB = "Harrowgate Group"
SPOKESWOMAN = "Ada Quillfeather"  # of the hub
NAMESAKE = "Tom Marrick"  # nothing tells whether he is one man
TOLD_OFTEN = f"{HUB} closed the harbour"
FIRST_DAY = date(2031, 1, 1)


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence, and what a reader would find in it; `who` is "" for the writer's own."""

    who: str
    what: str
    stance: Stance = "asserts"
    source_type: SourceType | None = None  # as `who` gives it: named, anonymous where no name is known, or writer
    through: str = ""  # an outlet that it is relayed by
    general: bool = False

    @property
    def text(self) -> str:
        through = f" told {self.through}" if self.through else ""
        cue = " denied that" if self.stance in OPPOSING else " said"
        return f"{self.who}{through}{cue} {self.what}." if self.who else f"{self.what}."


# ── a reading from lines ─────────────────────────────────────────────────────────────────────────────────────────


def tell(
    lines: Sequence[Line],
    kinds: Mapping[str, Kind],
    *,
    title: str,
    outlet: str,
    published_at: str | None,
    employers: Mapping[str, str] | None = None,
) -> Reading:
    """A reading of one article; what `kinds` names is found wherever it stands in a line.

    `employers`: person → whom it speaks for.
    """
    text = "\n".join(line.text for line in lines)
    i, sha256 = article_id(None, outlet, title, published_at, text), text_sha256(text)
    article = Article(
        id=i, version=version_id(i, sha256), url=None, title=title, outlet=outlet, authors=(),
        published_at=published_at, language="en", genre="news", issued_by=None, credits=(), text=text, sha256=sha256,
        original_sha256=None, extractor="bench",
    )  # fmt: skip
    ids = {name: referent_id(i, kind, name) for name, kind in kinds.items()}
    standing = [name for name in kinds if name in text]
    mentions: list[Mention] = []
    assertions: list[Assertion] = []
    offset = 0
    for line in lines:
        found = sorted(_mentions(line.text, offset, {name: ids[name] for name in standing}), key=lambda m: m.span)
        mentions += found
        recurs = sum(a.wording == line.what for a in assertions)
        assertions.append(_assertion(article, line, offset, recurs, found, ids))
        offset += len(line.text) + 1
    referents = tuple(_referent(name, kinds[name], ids, (employers or {}).get(name), standing) for name in standing)
    return Reading(article, "bench", referents, tuple(mentions), tuple(assertions))


def _mentions(text: str, offset: int, ids: Mapping[str, str]) -> Iterator[Mention]:
    for name, i in ids.items():
        for found in re.finditer(rf"\b{re.escape(name)}\b", text):
            yield Mention(i, Span(offset + found.start(), offset + found.end()), "bench", 1.0)


def _referent(name: str, kind: Kind, ids: Mapping[str, str], employer: str | None, standing: Sequence[str]) -> Referent:
    works = employer if employer in standing else None
    return Referent(
        ids[name],
        name,
        kind,
        (name,),
        (f"spokeswoman for {works}",) if works else (),
        employers=(ids[works],) if works else (),
    )


def _assertion(
    article: Article, line: Line, offset: int, recurs: int, mentions: Sequence[Mention], ids: Mapping[str, str]
) -> Assertion:
    start = offset + len(line.text) - 1 - len(line.what)
    content, source = Span(start, start + len(line.what)), Span(offset, offset + len(line.who))
    inside = [m for m in mentions if content.covers(m.span)]
    about = tuple(dict.fromkeys(m.referent for m in inside))
    speakers = (Speaker(ids[line.who], "itself"),) if line.who in ids else ()
    known: SourceType = "named" if speakers else "anonymous" if line.who else "writer"
    through = Span(source.end + 6, source.end + 6 + len(line.through))
    return Assertion(
        id=assertion_id(article.id, line.what, recurs), source=(source,) if line.who else (), cue=(),
        content=(content,), part="body", source_type=line.source_type or known, sources=speakers, affiliations=(),
        hops=(Hop(through, "outlet", ids.get(line.through)),) if line.through else (), within=None,
        quotation="indirect", stance=line.stance, certainty="unstated", polarity="positive", tense="non_future",
        basis="unstated", channel="unstated", asserted_at=None, source_count=None, anonymity_reason=None,
        wording=line.what, subject=about[0] if about else None, relation=None, object=None, about=about,
        terms=_terms(article.text, content, inside), quantities=_quantities(line.what), method="bench",
        confidence=1.0, general=line.general,
    )  # fmt: skip


def _terms(text: str, content: Span, mentions: Iterable[Mention]) -> tuple[str, ...]:
    begun = {m.span.start: m for m in mentions}
    inside = {at for m in begun.values() for at in range(m.span.start, m.span.end)}
    terms = []
    for word in re.finditer(r"\w+", content.of(text)):
        at = content.start + word.start()
        if at in begun:
            terms.append(f"@{begun[at].referent}")
        elif at not in inside and word[0].casefold() not in FUNCTION_WORDS:
            terms.append(word[0].casefold())
    return tuple(terms)


def _quantities(what: str) -> tuple[Quantity, ...]:
    return tuple(Quantity(float(m[1]), m[2], "exact", m[0]) for m in re.finditer(r"\b(\d+) (\w+?)s?\b", what))


# ── an invented dossier ──────────────────────────────────────────────────────────────────────────────────────────


def invent(articles: int, *, first: int = 0) -> Iterator[Reading]:
    """`articles` readings from the number `first` on: the same number always gives the same article.

    About 12 assertions and 30 mentions each; a third of what is said another article of its week says too.
    """
    return map(invent_one, range(first, first + articles))


def invent_one(number: int) -> Reading:
    """One article of the dossier; every twentieth is a copy of the one eleven before it, in another outlet."""
    original = number - 11 if number % 20 == 13 else number
    lines, kinds = _story(original)
    day = FIRST_DAY + timedelta(days=number // DAILY)
    return tell(
        lines,
        kinds,
        title=f"Report {original}",
        outlet=outlet_name(number),
        published_at=f"{day}T{number % DAILY // 2 + 1:02}:{number % 2 * 30:02}:00Z",
        employers={SPOKESWOMAN: HUB},
    )


def outlet_name(number: int) -> str:
    return f"{_name(random.Random(f'outlet {number * 7 % OUTLETS}'))} Post"


def _story(number: int) -> tuple[list[Line], dict[str, Kind]]:
    chance, week = random.Random(number), random.Random(f"week {number // WEEK}")
    people = _different(lambda: f"{_name(week)} {_name(week)}", 4)
    companies = _different(lambda: f"{_name(week)} Works", 4)
    said = [_claim(week, companies) for _ in range(8)]
    lines = [Line(chance.choice(people), chance.choice(said)) for _ in range(4)]
    lines += [
        Line(chance.choice([*people, "", "a person familiar with it"]), _claim(chance, companies)) for _ in range(7)
    ]
    lines += _hard_ones(number, chance, companies, said)
    kinds: dict[str, Kind] = dict.fromkeys(people, "person") | dict.fromkeys(companies, "company")  # type: ignore[assignment]
    kinds |= {HUB: "company", SPOKESWOMAN: "person", NAMESAKE: "person", outlet_name(number + 3): "outlet"}
    return lines, kinds


def _hard_ones(number: int, chance: random.Random, companies: Sequence[str], said: Sequence[str]) -> Iterator[Line]:
    """What makes a dossier hard: a hub in every third article, and now and then the rest."""
    if number % 3 == 0:
        yield Line("", f"{HUB} {chance.choice(VERBS)} {chance.choice(THINGS)} of {chance.choice(companies)}")
    if number % 50 == 7:
        yield Line(chance.choice(["", "an official"]), TOLD_OFTEN)
    if number % 100 == 31:
        yield Line("", f"{HUB} has {chance.randint(100, 999)} employees")
    if number % 100 == 57:
        yield Line(NAMESAKE, _claim(chance, companies))
    if number % 200 == 77:
        yield Line(SPOKESWOMAN, f"{HUB} did any wrongdoing", stance="denies", general=True)
    if number % 10 == 3:
        yield Line(chance.choice(companies), chance.choice(said), stance="denies")
    if number % 10 == 5:
        yield Line("an official", chance.choice(said), through=outlet_name(number + 3))


def _different(make: Callable[[], str], count: int) -> list[str]:
    found: dict[str, None] = {}
    while len(found) < count:
        found[make()] = None
    return list(found)


def _name(chance: random.Random) -> str:
    return "".join(chance.choices(SYLLABLES, k=3)).capitalize()


def _claim(chance: random.Random, companies: Sequence[str]) -> str:
    one, other = chance.sample(companies, 2)
    return f"{one} {chance.choice(VERBS)} {chance.choice(THINGS)} of {other} for {chance.randint(2, 99)} dollars"
