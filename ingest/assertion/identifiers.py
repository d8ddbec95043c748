"""Content → which of several things of a kind it means: "room 101", "flight 214", "the second bridge", "7.15 p.m."

An ordinal of occasions ("for the third time") and of set phrases ("first lady") tells nothing apart. Not seen: letters
alone ("gate B"), and a number that a name holds, which is the name's ("Ostrel 2").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from spacy.tokens import Token

from ingest.lexicon import read_list
from ingest.model import Identifier, Span

ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth", "thirteenth", "fourteenth", "fifteenth",
)  # fmt: skip
NUMBER = re.compile(r"(?:no\.?\s?|#)?(\d{1,6}[a-z]?)", re.IGNORECASE)
NTH = re.compile(r"(\d{1,3})(?:st|nd|rd|th)")
CLOCK = re.compile(
    r"\b(?P<hour>\d{1,2})(?:[.:](?P<minute>\d{2}))?\s?(?P<half>[ap])\.?m\b\.?|\b(?P<h>[01]?\d|2[0-3]):(?P<m>[0-5]\d)\b",
    re.IGNORECASE,
)
FARTHEST = 4  # tokens from an ordinal to its noun


def find_identifiers(text: str, spans: Sequence[Span], tokens: Sequence[Token]) -> tuple[Identifier, ...]:
    """What tells one of a kind from another in some spans, in text order; `tokens` are those of the spans."""
    found = [*numbered(tokens), *counted(tokens), *(clock for span in spans for clock in clock_times(text, span))]
    return tuple(sorted(found, key=lambda i: i.span))


def numbered(tokens: Sequence[Token]) -> Iterator[Identifier]:
    """A noun of the labels list with a number right behind it: "room 101", "case no. 5"."""
    labels = frozenset(read_list("quantities")["not_counts"]["labels"])
    for noun, number in pairwise(tokens):
        kind = noun.lemma_.lower().rstrip(".")
        match = NUMBER.fullmatch(number.text)
        if match and kind in labels and number.i == noun.i + 1 and not counts_what_follows(number):
            yield Identifier(kind, match[1].lower(), span_of(noun, number))


def counts_what_follows(number: Token) -> bool:
    """Whether the number counts the words behind it ("in the room 40 people") rather than naming what stands before."""
    return number.dep_ == "nummod" and number.head.i > number.i


def counted(tokens: Sequence[Token]) -> Iterator[Identifier]:
    """An ordinal with its noun: "the second bridge", "their third safety test"."""
    occasions = frozenset(read_list("quantities")["identifiers"]["not_told_apart"])
    for token in tokens:
        value, noun = nth(token), token.head
        near = token.i < noun.i <= token.i + FARTHEST and noun.pos_ == "NOUN"
        if value is not None and token.dep_ == "amod" and near and noun.lemma_.lower() not in occasions:
            yield Identifier(noun.lemma_.lower(), str(value), span_of(token, noun))


def nth(token: Token) -> int | None:
    if token.lower_ in ORDINALS:
        return ORDINALS.index(token.lower_) + 1
    match = NTH.fullmatch(token.lower_)
    return int(match[1]) if match else None


def clock_times(text: str, span: Span) -> Iterator[Identifier]:
    """ "7.15 p.m." and "19:15" are one time of day."""
    for match in CLOCK.finditer(text, span.start, span.end):
        hour, minute = int(match["hour"] or match["h"]), int(match["minute"] or match["m"] or 0)
        if match["half"] and hour <= 12:
            hour = hour % 12 + (12 if match["half"].lower() == "p" else 0)
        yield Identifier("clock", f"{hour:02}:{minute:02}", Span(match.start(), match.end()))


def span_of(first: Token, last: Token) -> Span:
    return Span(first.idx, last.idx + len(last))
