"""Doc → the names in it: known names, shapes of model names, and what the parse takes for a name.

Every occurrence is a `Name`; whose name it is, and of what kind, is settled for the whole article in `entities`.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, cast, get_args

from spacy.tokens import Doc

from ingest.errors import LexiconMalformed
from ingest.lexicon import read_list
from ingest.model import Article, Kind, Span

NAME_LABELS = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC", "PRODUCT", "WORK_OF_ART", "EVENT", "LAW", "NORP"})
NAME_TAGS = frozenset({"NNP", "NNPS"})
PARTICLES = frozenset(
    {"de", "da", "del", "der", "den", "van", "von", "la", "le", "al", "bin", "ibn", "ten", "di", "du"}
)
DATELINE = re.compile(
    r"\s*(?:,[^\n–—]{1,40})?(?:\([^)\n]{1,40}\)\s*)?\s[–—-]{1,2}\s"
)  # behind "DUNSKETH": ", 4 March – "
VERSION = re.compile(r"\d{1,2}(?:\.\d+)*[a-z]?|[A-Z]\d{1,2}|Pro|Mini|Max|Ultra|Turbo")
WORD = re.compile(r"[^\W_]+")
POSSESSIVE = re.compile(r"['’]s?$")


@dataclass(frozen=True, slots=True)
class Entry:
    """What the lexicon knows of a name."""

    key: str
    name: str
    kind: Kind
    aliases: tuple[str, ...] = ()
    country: str = ""
    trade: tuple[str, ...] = ()
    maker: str = ""
    seat: str = ""
    gender: str = ""
    word: bool = False  # also a common word


@dataclass(frozen=True, slots=True)
class Shape:
    """A pattern of names; `beside`: words of which one must stand in the sentence."""

    kind: Kind
    expression: re.Pattern[str]
    beside: frozenset[str]


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
    for part in article.parts:
        if part.part == "furniture":
            for i in range(bisect_left(starts, part.span.start), bisect_left(starts, part.span.end)):
                closed[i] = True
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
    )


@functools.cache
def known_names() -> dict[str, tuple[tuple[str, Entry], ...]]:
    """First word → the known names that begin with it, longest first."""
    found: dict[str, list[tuple[str, Entry]]] = {}
    for entry in entries().values():
        for alias in {entry.name, *entry.aliases}:
            first = WORD.match(alias)
            if first is None:
                raise LexiconMalformed(f"lexicon/names.toml: {alias!r} does not begin with a letter or digit")
            found.setdefault(first[0], []).append((alias, entry))
    return {first: tuple(sorted(names, key=lambda pair: -len(pair[0]))) for first, names in found.items()}


@functools.cache
def entries() -> dict[str, Entry]:
    """Key → entry. Raises LexiconMalformed for a kind or a field that there is not, or a key that stands twice."""
    found: dict[str, Entry] = {}
    for kind, table in read_list("names").items():
        if kind == "pattern":
            continue
        if kind not in get_args(Kind):
            raise LexiconMalformed(f"lexicon/names.toml: there is no kind {kind!r}")
        for key, fields in table.items():
            if key in found:
                raise LexiconMalformed(f"lexicon/names.toml: {key} stands twice")
            values: dict[str, Any] = {f: tuple(v) if isinstance(v, list) else v for f, v in fields.items()}
            try:
                found[key] = Entry(key=key, kind=cast(Kind, kind), **values)
            except TypeError as error:
                raise LexiconMalformed(f"lexicon/names.toml: {key}: {error}") from error
    return found


def entry_of(name: str) -> Entry | None:
    """What the lexicon knows under just this name, with or without its article."""
    alike = {name, f"The {name}", name.removeprefix("The ")}
    first = {word[0] for one in alike if (word := WORD.search(one))}
    found = (entry for word in sorted(first) for alias, entry in known_names().get(word, ()) if alias in alike)
    return next(found, None)


@functools.cache
def shapes() -> tuple[Shape, ...]:
    return tuple(
        Shape(p["kind"], re.compile(rf"(?<![\w-])(?:{p['expression']})(?![\w-]|\.\d)"), frozenset(p.get("beside", ())))
        for p in read_list("names")["pattern"]
    )


@functools.cache
def signs_in_names() -> dict[str, Kind]:
    """Word of a name → the kind that it is a sign of: "Robotics", "Ministry", "Ledger"."""
    return {word: kind for kind, words in read_list("kinds")["in_name"].items() for word in words}


def find_names(page: Page) -> list[Name]:
    """Every occurrence of a name outside furniture, in order; none overlaps another."""
    fixed = [name for name in find_fixed(page) if not page.closed[name.start]]
    taken = [False] * len(page.words)
    for name in fixed:
        taken[name.start : name.end] = [True] * (name.end - name.start)
    headlines = find_headlines(page)
    free = list(find_runs(page, taken, headlines))
    for name in free:
        taken[name.start : name.end] = [True] * (name.end - name.start)
    seen = find_seen(page, taken, headlines, [*fixed, *free])
    return sorted([*fixed, *free, *seen], key=lambda name: name.span)


def find_fixed(page: Page) -> list[Name]:
    """Known names and shapes of names, the longest where two overlap."""
    hits = sorted([*find_known(page), *find_shapes(page)], key=lambda n: (n.span.start, -n.span.end))
    chosen: list[Name] = []
    for hit in hits:
        before = chosen[-1] if chosen else None
        if before is not None and hit.span.start < before.span.end:
            continue
        if before is not None and is_version_of(page, before, hit):
            whole = page.span(before.start, hit.end)
            chosen[-1] = replace(hit, span=whole, start=before.start, text=" ".join((before.text, hit.text)))
        else:
            chosen.append(hit)
    return [name for name in chosen if name.kind is None or is_introduced(page, name, chosen)]


def is_version_of(page: Page, maker: Name, model: Name) -> bool:
    """ "DeepSeek V3", "DeepSeek-R1": the shape of a model right behind its maker's name."""
    return (
        maker.entry is not None
        and maker.entry.kind == "company"
        and model.kind == "ai_model"
        and page.text[maker.span.end : model.span.start] in (" ", "-")
    )


def is_introduced(page: Page, name: Name, names: list[Name]) -> bool:
    """Whether the shape of a model or chip is one here: with its maker, beside a telling word, or met so elsewhere."""
    if " " in name.text or not name_shape(name).beside:
        return True
    if any(other.text.endswith(" " + name.text) for other in names):
        return True
    sentence = page.doc[name.start].sent
    if any(word in name_shape(name).beside for word in page.words[sentence.start : sentence.end]):
        return True
    beside = [n.entry for n in names if n.entry is not None and sentence.start <= n.start < sentence.end]
    return name.kind == "ai_model" and any("AI" in entry.trade for entry in beside)


def name_shape(name: Name) -> Shape:
    return next(s for s in shapes() if s.kind == name.kind and s.expression.search(name.text))


def find_known(page: Page) -> Iterator[Name]:
    known, text = known_names(), page.text
    for word in WORD.finditer(text):
        for alias, entry in known.get(word[0], ()):
            end = word.start() + len(alias)
            if text.startswith(alias, word.start()) and not ends_inside_word(text, end, entry):
                name = name_at(page, word.start(), end, "lexicon", entry=entry)
                if name is not None and not is_part_of_another(page, name):
                    yield name
                break


def ends_inside_word(text: str, end: int, entry: Entry) -> bool:
    following = text[end : end + 2]
    if following[:1].isalnum():
        return True
    # A version makes another model of it: GPT-4 is not in GPT-4.1.
    return entry.kind == "ai_model" and len(following) == 2 and following[0] in ".-" and following[1].isalnum()


def find_shapes(page: Page) -> Iterator[Name]:
    for shape in shapes():
        for match in shape.expression.finditer(page.text):
            name = name_at(page, match.start(), match.end(), "pattern", kind=shape.kind)
            if name is not None:
                yield name


def name_at(
    page: Page, start: int, end: int, method: str, entry: Entry | None = None, kind: Kind | None = None
) -> Name | None:
    """The name at these offsets, or None where they cut a word of the parse in two."""
    first, last = page.at(start), page.at(end)
    if first == last or page.starts[first] != start:
        return None
    return Name(Span(start, end), first, last, page.text[start:end], method, entry, kind, label=page.labels[last - 1])


def is_part_of_another(page: Page, name: Name) -> bool:
    """Whether a known name is only a word of a longer one: "Boston Dynamics", "Bank of America", "Paris Hilton"."""
    entry, first, last = name.entry, name.start, name.end
    if entry is None:
        return False
    if entry.word and page.tags[first] not in NAME_TAGS:
        return True
    if last < len(page.words) and page.tags[last] in NAME_TAGS and page.words[last] in signs_in_names():
        return True
    if first > 1 and page.words[first - 1] in ("of", "for") and page.words[first - 2] in signs_in_names():
        return True
    if entry.kind not in ("person", "place"):
        return False
    joined = last < len(page.words) and page.tags[last] in NAME_TAGS and page.doc[last].ent_iob_ == "I"
    led = first > 0 and last - first == 1 and page.doc[first].ent_iob_ == "I" and page.tags[first - 1] in NAME_TAGS
    return (joined and page.labels[last] == "PERSON") or (led and page.words[first - 1] not in titles())


@functools.cache
def titles() -> dict[str, str]:
    """Title before a name → gender that it tells, or ""."""
    return dict(read_list("people")["titles"])


@functools.cache
def origins() -> dict[str, str]:
    return dict(read_list("nominals")["origins"])


def find_headlines(page: Page) -> frozenset[int]:
    """Numbers of the sentences whose capitals say nothing: Headlines Like This, AND LIKE THIS.

    A short sentence of two full names has as many capitals, but ends with a full stop.
    """
    found = []
    for number, sent in enumerate(page.doc.sents):
        words = [w for w in page.words[sent.start : sent.end] if len(w) > 3 and w.isalpha()]
        shouted = all(map(str.isupper, words))
        if not shouted and sent.text.rstrip(' \n\r\t"”’')[-1:] in (".", "!"):
            continue
        if len(words) >= 3 and sum(map(str.isupper, (w[0] for w in words))) >= 0.8 * len(words):
            found.append(number)
    return frozenset(found)


def find_runs(page: Page, taken: list[bool], headlines: frozenset[int]) -> Iterator[Name]:
    """Runs of words that the parse takes for names, cut at known names, titles and roles."""
    i, count = 0, len(page.words)
    while i < count:
        if page.sentence[i] in headlines or not may_be_name(page, i, taken):
            i += 1
            continue
        end = end_of_run(page, i, taken)
        yield from cut_run(page, i, end)
        i = end


def may_be_name(page: Page, i: int, taken: list[bool]) -> bool:
    word = page.words[i]
    if taken[i] or page.closed[i] or word in calendar() or word in origins():
        return False
    if not (word[0].isupper() or (word[0].islower() and any(map(str.isupper, word)))) or not word[0].isalpha():
        return False
    if page.tags[i] in NAME_TAGS:
        return page.labels[i] not in ("DATE", "TIME", "LANGUAGE", "MONEY")
    # An adjective or noun with a capital inside a name: "the Model Standards Office".
    return page.labels[i] in NAME_LABELS - {"NORP"} and page.tags[i] in ("NN", "NNS", "JJ", "VBG", "VBN", "FW", "CD")


def may_be_name_at(page: Page, i: int, taken: list[bool]) -> bool:
    return i < len(page.words) and may_be_name(page, i, taken)


def end_of_run(page: Page, start: int, taken: list[bool]) -> int:
    i = start + 1
    while i < len(page.words) and page.sentence[i] == page.sentence[start]:
        if may_be_name(page, i, taken):
            i += 1
        elif is_joint(page, start, i) and i + 1 < len(page.words) and may_be_name(page, i + 1, taken):
            i += 2
        elif is_joint(page, start, i) and page.words[i + 1 : i + 2] == ("the",) and may_be_name_at(page, i + 2, taken):
            i += 3  # "Bank of the Skerry Islands"
        elif is_version(page, i):
            i += 1
        else:
            break
    return i


def is_joint(page: Page, start: int, i: int) -> bool:
    """Whether a small word stands inside a name: "Ministry of Trade", "van der Meer", "Pell & Osgard"."""
    word = page.words[i]
    if word in ("&", "-", "–"):
        return word == "&" or (page.doc[i].whitespace_ == "" and page.doc[i - 1].whitespace_ == "")
    if word in ("of", "for"):
        return any(w in signs_in_names() for w in page.words[start:i])
    if word == "and":
        inside = page.doc[i].ent_iob_ == "I" and any(w in ("of", "for") for w in page.words[start:i])
        return inside and signs_in_names().get(page.words[start]) in ("government", "organization")
    return word in PARTICLES and page.labels[i] == "PERSON"


def is_version(page: Page, i: int) -> bool:
    """ "Ostrel 2": a number that counts nothing."""
    if page.tags[i] != "CD" or not VERSION.fullmatch(page.words[i]) or page.doc[i - 1].whitespace_ != " ":
        return False
    counts = page.deps[i] == "nummod" and page.heads[i] > i
    following = page.words[i + 1] if i + 1 < len(page.words) else ""
    return not counts and following not in ("percent", "per", "%", "million", "billion", "p.m.", "a.m.")


def cut_run(page: Page, start: int, end: int) -> Iterator[Name]:
    """The names in a run: titles are taken off and remembered, words that only stand at a sentence's start dropped."""
    known_titles, signs = titles(), signs_in_names()
    pieces: list[tuple[int, int, str]] = []
    begin, title = start, ""
    whole = page.words[end - 1] in signs or page.words[start] in signs
    for i in range(start, end):
        word = page.words[i]
        if word in known_titles and (not whole or "." in word or word in ("Mr", "Mrs", "Ms", "Dr")):
            if begin < i:
                pieces.append((begin, i, title))
            begin, title = i + 1, word
    if begin < end:
        pieces.append((begin, end, title))
    for first, last, held in pieces:
        first, last = trim(page, first, last)
        if first < last:
            span = page.span(first, last)
            label = page.labels[last - 1]
            inside = page.doc[first].ent_iob_ != "O"
            text = span.of(page.text)
            if is_dateline(page, first, last):
                yield Name(span, first, last, text.title() if text.isupper() else text, "dateline", kind="place")
            else:
                yield Name(span, first, last, text, "ner" if inside else "parse", label=label, title=held)


def trim(page: Page, first: int, last: int) -> tuple[int, int]:
    """Without an article, a possessive or a joint at its ends; empty where too little is left for a name."""
    while first < last and page.words[first] in ("The", "the", "A", "An", "&", "of", "for"):
        first += 1
    while last > first and (
        POSSESSIVE.fullmatch(page.words[last - 1]) or page.words[last - 1] in ("&", "of", "for", "and")
    ):
        last -= 1
    if last - first == 1:
        word = page.words[first]
        plural_people = page.labels[first] == "NORP" and (word.endswith("s") or page.tags[first] != "NNP")
        if len(word) < 2 or plural_people or word in known_common():
            return first, first
    return first, last


@functools.cache
def calendar() -> frozenset[str]:
    return frozenset(read_list("kinds")["no_name"]["calendar"])


def is_dateline(page: Page, start: int, end: int) -> bool:
    """Whether a line begins with this name and a dash: "DUNSKETH, 4 March – "."""
    first = start == 0 or "\n" in page.words[start - 1]
    return first and DATELINE.match(page.text, page.span(start, end).end) is not None


@functools.cache
def known_common() -> frozenset[str]:
    """Capitalised words that are no name by themselves."""
    words = read_list("kinds")["no_name"]["words"]
    return frozenset(words) | frozenset(titles())


def find_seen(page: Page, taken: list[bool], headlines: frozenset[int], names: list[Name]) -> Iterator[Name]:
    """Names found elsewhere in the article, where the parse missed them: in headlines in capitals above all."""
    by_first: dict[str, list[Name]] = {}
    for name in {n.text: n for n in sorted(names, key=lambda n: n.span)}.values():
        by_first.setdefault(page.words[name.start].casefold(), []).append(name)
    i = 0
    while i < len(page.words):
        found = None if taken[i] or page.closed[i] else longest_at(page, i, by_first, page.sentence[i] in headlines)
        if found is not None:
            yield found
        i = found.end if found is not None else i + 1


def longest_at(page: Page, i: int, by_first: dict[str, list[Name]], headline: bool) -> Name | None:
    candidates = by_first.get(page.words[i].casefold(), ())
    for name in sorted(candidates, key=lambda n: n.start - n.end):
        end = i + name.end - name.start
        words, model = page.words[i:end], page.words[name.start : name.end]
        shouted = headline and all(w == w.upper() for w in words) and [w.upper() for w in model] == list(words)
        if words == model or shouted:
            return replace(
                name, span=page.span(i, end), start=i, end=end, text=name.text, method="seen", title="", label=""
            )
    return None
