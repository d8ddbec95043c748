"""Doc → the names in it: known names, shapes of model names, and what the parse takes for a name.

Every occurrence is a `Name`; whose name it is, and of what kind, is settled for the whole article in `entities`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ingest.model import Kind, Span
from ingest.referents.known import WORD, Entry, Shape, known_names, shapes, shouted_names, signs_in_names, titles
from ingest.referents.offices import role_nouns
from ingest.referents.page import Name, Page
from ingest.referents.runs import NAME_TAGS, find_runs

FEWEST_TITLED = 2  # words with capitals that make a heading
SHOUTED = 5  # letters; fewer in capitals are an abbreviation


def entry_of(name: str) -> Entry | None:
    """What the lexicon knows under just this name, with or without its article."""
    alike = {name, f"The {name}", name.removeprefix("The ")}
    first = {word[0] for one in alike if (word := WORD.search(one))}
    found = (entry for word in sorted(first) for alias, entry in known_names().get(word, ()) if alias in alike)
    return next(found, None)


def find_names(page: Page) -> list[Name]:
    """Every occurrence of a name outside furniture, in order; none overlaps another."""
    fixed = [name for name in find_fixed(page) if not page.closed[name.start]]
    taken = [False] * len(page.words)
    for name in fixed:
        taken[name.start : name.end] = [True] * (name.end - name.start)
    headlines = find_headlines(page)
    free = without_roles(list(find_runs(page, taken, headlines)))
    for name in free:
        taken[name.start : name.end] = [True] * (name.end - name.start)
    seen = find_seen(page, taken, headlines, [*fixed, *free])
    return sorted([*fixed, *free, *seen], key=lambda name: name.span)


def without_roles(names: list[Name]) -> list[Name]:
    """Those that are more than "Head" or "Judge"; where somebody here is called King, "King" is a name."""
    ends = {name.text.split()[-1] for name in names if " " in name.text}
    return [name for name in names if name.text.lower() not in role_nouns() or name.text in ends]


def find_fixed(page: Page) -> list[Name]:
    """Known names and shapes of names, the longest where two overlap."""
    hits = sorted([*find_own(page), *find_known(page), *find_shapes(page)], key=lambda n: (n.span.start, -n.span.end))
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
    joined = join_editions(page, chosen)
    return [name for name in joined if name.kind is None or is_introduced(page, name, joined)]


def join_editions(page: Page, names: list[Name]) -> list[Name]:
    """Outlets with the part of the world that stands in their name: "CNN Portugal" is one outlet and no country."""
    joined: list[Name] = []
    for name in names:
        if joined and name.span.start < joined[-1].span.end:
            continue
        end = end_of_edition(page, name)
        if end is None:
            joined.append(name)
        else:
            span = page.span(name.start, end)
            joined.append(Name(span, name.start, end, span.of(page.text), "lexicon", kind="outlet", label="ORG"))
    return joined


def end_of_edition(page: Page, outlet: Name) -> int | None:
    """Where the place behind an outlet's name ends, if the two are one name."""
    if outlet.entry is None or outlet.entry.kind != "outlet" or page.text[outlet.span.end : outlet.span.end + 1] != " ":
        return None
    start = outlet.span.end + 1
    word = WORD.match(page.text, start)
    for alias, entry in known_names().get(word[0], ()) if word else ():
        if entry.kind == "place" and page.text.startswith(alias, start):
            place = name_at(page, start, start + len(alias), "lexicon", entry=entry)
            if place is not None and are_bound(page, outlet, place):
                return place.end
    return None


def are_bound(page: Page, outlet: Name, place: Name) -> bool:
    """Whether the parse has them as one name, or they begin a sentence together and a verb follows."""
    if page.deps[outlet.end - 1] in ("compound", "nmod", "amod") or page.doc[place.start].ent_iob_ == "I":
        return True
    sentence = page.doc[outlet.start].sent
    leads = all(page.tags[i] == "DT" for i in range(sentence.start, outlet.start))
    return leads and page.tags[place.end : place.end + 1] in (("VBD",), ("VBZ",), ("VBP",))


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


def find_own(page: Page) -> Iterator[Name]:
    """The article's own outlet, where its words name it in full."""
    if " " in page.outlet:
        for match in re.finditer(rf"(?<!\w){re.escape(page.outlet)}(?!\w)", page.text):
            name = name_at(page, match.start(), match.end(), "lexicon", entry_of(page.outlet), "outlet")
            if name is not None:
                yield name


def find_known(page: Page) -> Iterator[Name]:
    known, text = known_names(), page.text.replace("’", "'")
    for word in WORD.finditer(text):
        shouted = shouted_names().get(word[0], ()) if len(word[0]) >= SHOUTED and word[0].isupper() else ()
        for alias, entry in (*known.get(word[0], ()), *shouted):
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


PANELS = frozenset({"Board", "Panel", "Tribunal", "Inspectorate"})  # a body's last word, and of no one kind


def ends_in_sign(page: Page, i: int) -> bool:
    """Whether the capitals behind an outlet's name make another body of it: "The Hill Safety Board"."""
    end = i
    while end < len(page.words) and end - i < 3 and page.tags[end] in NAME_TAGS:
        end += 1
    word = page.words[end - 1]
    return end - i > 1 and (word in PANELS or signs_in_names().get(word, "outlet") != "outlet")


def is_part_of_another(page: Page, name: Name) -> bool:
    """Whether a known name is only a word of a longer one: "Boston Dynamics", "Bank of America", "Paris Hilton"."""
    entry, first, last = name.entry, name.start, name.end
    if entry is None:
        return False
    if entry.word and page.tags[first] not in NAME_TAGS:
        return True
    if last < len(page.words) and page.tags[last] in NAME_TAGS and page.words[last] in signs_in_names():
        return True
    if entry.kind == "outlet" and ends_in_sign(page, last):
        return True
    if first > 1 and page.words[first - 1] in ("of", "for") and page.words[first - 2] in signs_in_names():
        return True
    if entry.kind not in ("person", "place"):
        return False
    before = page.words[first - 1] if first else ""
    if (
        entry.kind == "place"
        and signs_in_names().get(before, "place") != "place"
        and page.deps[first - 1] == "compound"
    ):
        return True  # "Radio Nigeria"
    if entry.kind == "place" and is_in_longer(page, last):
        return True  # "Colorado Springs"
    joined = last < len(page.words) and page.tags[last] in NAME_TAGS and page.doc[last].ent_iob_ == "I"
    led = first > 0 and last - first == 1 and page.doc[first].ent_iob_ == "I" and page.tags[first - 1] in NAME_TAGS
    return (joined and page.labels[last] == "PERSON") or (led and page.words[first - 1] not in titles())


def is_in_longer(page: Page, last: int) -> bool:
    """Whether the parser's name goes on after a place's, with words of names, and ends as a place's or body's does."""
    end = last
    while end < len(page.words) and page.doc[end].ent_iob_ == "I" and page.tags[end] in NAME_TAGS:
        end += 1
    if end == last or page.text[page.starts[last] - 1] != " ":
        return False
    return page.labels[last] in ("GPE", "LOC", "FAC") or page.words[end - 1] in signs_in_names()


def find_headlines(page: Page) -> frozenset[int]:
    """Numbers of the sentences whose capitals say nothing: Headlines Like This, AND LIKE THIS.

    A short sentence of two full names has as many capitals, but ends with a full stop inside a paragraph.
    """
    found = []
    for number, sent in enumerate(page.doc.sents):
        span = range(sent.start, sent.end)
        words = [w for w in page.words[sent.start : sent.end] if len(w) > 3 and w.isalpha()]
        shouted = all(map(str.isupper, words))
        ended = not shouted and sent.text.rstrip(' \n\r\t"”’')[-1:] in (".", "!", ":")
        # “No.” — Finance Minister Ana Ruiz; And from the mayor, Ada Brandt:
        signed = sent.text.lstrip(' \n\r\t"”’')[:1] in ("–", "—", "-") or sent.text.rstrip()[-1:] == ":"
        capitals = len(words) >= 3 and sum(map(str.isupper, (w[0] for w in words))) >= 0.8 * len(words)
        lines = sent.text.strip().splitlines()
        if not signed and ((capitals and not ended and all(map(is_capital, lines))) or is_titled(page, span, ended)):
            found.append(number)
    return frozenset(found)


def is_capital(line: str) -> bool:
    """Whether nearly all longer words of a line begin with a capital."""
    words = [word for word in re.findall(r"[^\W\d_]+", line) if len(word) > 3]
    return sum(map(str.isupper, (word[0] for word in words))) >= 0.8 * len(words)


def is_titled(page: Page, span: range, ended: bool) -> bool:
    """ "Can the Pot Sue the Kettle?": no word but small ones begins with a small letter, in a line by itself."""
    telling = [page.words[i] for i in span if page.tags[i][:2] in ("NN", "VB", "JJ", "RB") and page.words[i].isalpha()]
    if len(telling) < FEWEST_TITLED or sum(word[0].islower() for word in telling) > 0.1 * len(telling):
        return False
    small = any(page.tags[i] in ("DT", "IN", "TO", "CC") and page.words[i].islower() for i in span)
    headed = any(page.headed[i] for i in span)
    return headed or (small and (not ended or is_line(page, span)) and len(telling) > FEWEST_TITLED)


def is_line(page: Page, span: range) -> bool:
    """Whether a sentence is a paragraph by itself."""
    begins = span.start == 0 or "\n" in page.words[span.start - 1]
    return begins and (span.stop == len(page.words) or any("\n" in page.words[i] for i in (span.stop - 1, span.stop)))


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
