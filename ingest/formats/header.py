"""The head of a text: headline, byline, date, outlet and what kind of text it is, from the lines above the story."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.formats.bylines import read_byline
from ingest.formats.layout import Layout, Line, Sign, same_words
from ingest.formats.published import find_printed, parse_printed
from ingest.lexicon import read_list
from ingest.model import Span

LINES = 8  # no head is longer
LONGEST_HEADLINE = 25  # words
BYLINE = re.compile(r"(?:(?:words|written|reported|story|text) )?by:? (?P<who>.+)", re.IGNORECASE)
OUTLET_AND_DATE = re.compile(r"(?P<outlet>[^\W\d_][^,|()]{1,60}?)(?:, [^\W\d_][\w .-]+)?(?:,| [—–-]) (?P<date>.*\d.*)")
ISSUER = re.compile(r"(?:issued by:?|issuer:|from:) (?P<who>[^\W\d_a-z].{1,80})", re.IGNORECASE)
PREFIX = re.compile(r"(?P<label>[\w &’'-]{3,30}?)\s*[:|—–]\s+(?P<rest>\S.*)")
SMALL = frozenset(
    ["of", "the", "and", "for", "in", "on", "at", "to", "a", "an", "de", "la", "le", "van", "der", "&", "del", "der"]
)


def find_header(layout: Layout) -> Iterator[Sign]:
    """What the lines above the story say. A text that starts with a sentence has no head."""
    titled = layout.title is not None
    for i, line in enumerate(layout.lines[:LINES]):
        if layout.title is not None and same_words(line.words, layout.title):
            yield Sign(line.span, "title")
            yield from find_label(line)
        elif found := [*find_label(line), *find_pieces(line)]:
            yield from found
        elif is_outlet(layout, i):
            yield Sign(line.span, "outlet")
        elif is_quotation(line) or (line.is_prose and not (i == 0 and is_headline(layout, i))):
            return
        elif is_headline(layout, i):
            yield Sign(line.span, "headline" if titled else "title")
            titled = True
        elif not line.alone:
            return


def is_quotation(line: Line) -> bool:
    """A quotation with who said it: "“It is a fantasy.” — Dirk Renn"."""
    return re.match(r"[“\"«].+[.,!?…][”\"»]\s*[-–—]", line.words) is not None


def find_label(line: Line) -> Iterator[Sign]:
    """ "PRESS RELEASE", "Opinion", "LIVE: Court hears the case", "PRESS RELEASE — Murrowell"."""
    lists = read_list("furniture")
    if line.key in lists["label"]["plain"]:
        yield Sign(line.span, "furniture")
    prefix = PREFIX.match(line.words)
    for genre, labels in lists["genre"].items():
        if line.key in labels:
            yield Sign(line.span, "genre", (genre,))
        elif prefix and prefix["label"].casefold() in labels:
            yield Sign(Span(line.span.start, line.span.start + prefix.end("label")), "genre", (genre,))
            if genre == "press_release" and is_name(prefix["rest"]):
                yield Sign(line.span, "issuer", (prefix["rest"],))


def find_pieces(line: Line) -> list[Sign]:
    """Byline, date and outlet of a line that says nothing else: "By Ann Lee · Tidewire · 4 March 2031"."""
    signs: list[Sign] = []
    loose: list[str] = []
    for piece in re.split(r"\s+[|·•/]\s+|\t+", line.words):
        found = read_piece(piece.strip(), line.span)
        signs += found
        loose += [] if found else [piece]
    if loose and not (signs and all(is_name(piece) for piece in loose)):
        return []
    return signs + [Sign(line.span, "outlet", (piece,)) for piece in loose]


def read_piece(piece: str, span: Span) -> list[Sign]:
    if date := parse_printed(piece):
        return [Sign(span, "date", (date,))]
    if found := ISSUER.fullmatch(piece):
        return [Sign(span, "issuer", (found["who"],))]
    if found := BYLINE.fullmatch(piece):
        return byline_signs(found["who"], span)
    if (
        (found := OUTLET_AND_DATE.fullmatch(piece))
        and (date := parse_printed(found["date"]))
        and is_name(found["outlet"])
    ):
        return [Sign(span, "outlet", (found["outlet"],)), Sign(span, "date", (date,))]
    return []


def byline_signs(who: str, span: Span) -> list[Sign]:
    """Authors, and the outlet or date where the line goes on to them; nothing where it names nobody."""
    byline, date = read_byline(who), find_printed(who)
    if not byline.authors and not byline.outlets:
        return []
    signs = [Sign(span, "byline", byline.authors)] if byline.authors else []
    signs += [Sign(span, "outlet", byline.outlets[:1])] if byline.outlets else []
    return signs + ([Sign(span, "date", (date,))] if date else [])


def is_headline(layout: Layout, i: int) -> bool:
    """True if a line can be the headline: short, no sentence, and not the first line of a paragraph."""
    line = layout.lines[i]
    following = layout.lines[i + 1] if i + 1 < len(layout.lines) else None
    if following is None or len(line.words.split()) > LONGEST_HEADLINE or re.search(r"[.,;:…]['\"”’]*$", line.words):
        return False
    return line.alone or bool(find_pieces(following))


def is_outlet(layout: Layout, i: int) -> bool:
    """True if a line is a name beside a byline or date."""
    near = layout.lines[max(i - 1, 0) : i] + layout.lines[i + 1 : i + 2]
    return i > 0 and is_name(layout.lines[i].words) and any(find_pieces(line) for line in near)


def is_name(words: str) -> bool:
    """True if every word but the small ones has a capital, as in the name of an outlet or company."""
    parts = words.split()
    capitals = all(word in SMALL or word[0].isupper() or word[0].isdigit() for word in parts)
    return 0 < len(parts) <= 6 and capitals and words[-1] not in ".,;:?!"
