"""Whose report an article says it has used: "Source: Financial Times", "(AP)", "— with Dorna Wire"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.formats.header import is_name
from ingest.formats.layout import Layout, Line, Sign
from ingest.formats.published import MONTH, find_printed
from ingest.lexicon import read_list
from ingest.model import Span

NEAR = 8  # lines from either end of the text that can credit the whole of it
LABELLED = re.compile(r"(?P<label>[A-Za-z ]{3,30}?)\s*(?:[:：]\s*|\s(?=[A-Z]))(?P<names>\S.*)")
WITH = re.compile(r"(?P<dash>[—–-]*)\s*(?P<label>with[a-z ]*?) (?P<names>[A-Z].*)", re.IGNORECASE)
TAG = re.compile(r"(?:^|(?<=[.!?…”\"’'] ))\((?P<names>[^()]{2,40})\)$")
BARE = re.compile(r"[.!?…][\"”’')]*\s+(?:[—–-]+\s*)?(?P<name>[A-Z][\w. -]{1,24})$")
DAY = rf"(?:\d{{1,2}}\s+{MONTH}|{MONTH.replace('month', 'before')}\s+\d{{1,2}})(?:,?\s+\d{{4}})?"
PLACE = r"[A-Z][A-Z.’'/-]*[A-Z](?:[ -][A-Z.’'-]+)*(?:, [A-Z][\w.]*(?: [A-Z][\w.]*)?)?"
DATELINE = re.compile(
    rf"(?P<place>{PLACE})?(?:,?\s*(?P<day>(?i:{DAY})))?\s*(?:\((?P<wire>[A-Z][^()\d]{{1,30}})\))?"
    r"\s*(?P<dash>--?|[–—•|])(?:\s+|(?<=\)\s[-–—])|(?<=\)[-–—]))(?=\S)"
)


def find_credits(layout: Layout) -> Iterator[Sign]:
    """Each credit with the names in it, as printed but without "Source:"."""
    lines = layout.lines
    for i, line in enumerate(lines):
        if NEAR <= i < len(lines) - NEAR:
            continue
        yield from labelled(line)
        yield from joint(line)
        yield from contributed(line)
        yield from tagged(line)
    yield from bare(layout)
    yield from datelines(layout)


def labelled(line: Line) -> Iterator[Sign]:
    """ "Source: Financial Times", "First published in The Fenhollow Post"."""
    found = LABELLED.fullmatch(line.words)
    if found and found["label"].casefold() in read_list("credits")["label"]:
        plural = found["label"].casefold() == "sources"
        names = split_names(found["names"], plural)
        if names and (":" in found.group() or " " in found["label"]):
            yield Sign(line.span, "credit", names)


def joint(line: Line) -> Iterator[Sign]:
    """ "— with Dorna Wire", "With AFP": a dash or a known agency, or it would be any line."""
    credits = read_list("credits")
    found = WITH.fullmatch(line.words)
    if found and found["label"].casefold() in credits["with"]:
        names = split_names(found["names"])
        if names and (found["dash"] or set(names) <= set(credits["wire"])):
            yield Sign(line.span, "credit", names)


def contributed(line: Line) -> Iterator[Sign]:
    """ "The Associated Press contributed to this report." People who did so are no credit."""
    credits = read_list("credits")
    for phrase in credits["contributed"]:
        before, cue, after = line.words.partition(f" {phrase}")
        if cue and len(after) < 2 and len(before.split()) <= 12:
            outlets = [
                n for n in split_names(before) if n in credits["wire"] or set(n.lower().split()) & set(credits["press"])
            ]
            yield Sign(line.span, "credit", tuple(outlets)) if outlets else Sign(line.span, "furniture")
            return


def tagged(line: Line) -> Iterator[Sign]:
    """A name in brackets that ends a paragraph after its last sentence, or is a line: "(Transmere Press)"."""
    found = TAG.search(line.words)
    if found and (names := split_names(found["names"])):
        start = line.span.start + found.start()
        yield Sign(Span(start, line.span.end), "credit", names)


def bare(layout: Layout) -> Iterator[Sign]:
    """An agency's name that is the first or last line, or ends the last after its full stop: "AFP", "— Reuters"."""
    wire = {name.casefold() for name in read_list("credits")["wire"]}
    for line in {layout.lines[0], layout.lines[-1]} if layout.lines else ():
        found = BARE.search(line.words)
        name = found["name"] if found else line.words.strip(" —–-")
        if name.casefold() in wire and (found is None or line == layout.lines[-1]):
            yield Sign(Span(line.span.end - len(name), line.span.end), "credit", (name,))


def datelines(layout: Layout) -> Iterator[Sign]:
    """ "LANFORD, June 3 (CPA) - ": place, day and agency, before the first sentence of the story."""
    line = next((line for line in layout.lines[:NEAR] if line.is_prose), None)
    found = DATELINE.match(line.words) if line else None
    if line is None or found is None or not (found["place"] or found["wire"]):
        return
    if not (found["wire"] or found["day"] or found["dash"] in "–—•|"):
        return
    span = Span(line.span.start, line.span.start + found.end())
    yield Sign(span, "credit", (found["wire"],)) if found["wire"] else Sign(span, "furniture")
    if found["day"] and (date := find_printed(found["day"])):
        yield Sign(span, "date", (date,))


def split_names(words: str, plural: bool = False) -> tuple[str, ...]:
    """The names of a credit; none where the words are no names. "and" parts agencies, and stays in other names."""
    wire = read_list("credits")["wire"]
    names: list[str] = []
    for name in re.split(r"\s*[;,/]\s*(?:and\s+)?", words.strip().rstrip(".")):
        halves = re.split(r"\s+(?:and|&)\s+", name)
        names += halves if plural or set(halves) & set(wire) else [name]
    return tuple(names) if all(is_name(name) for name in names) else ()
