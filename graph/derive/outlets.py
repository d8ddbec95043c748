"""Which outlets are one house: "Bloomberg" and "Bloomberg Law", "CNN" and "CNN Portugal". Pure, by their names.

A house that shows its source in one of its outlets has shown it, and unnamed people who spoke to two of its outlets
are not counted twice.
"""

from __future__ import annotations

from collections.abc import Iterable

from graph.derive.names import folded

# What many papers are called: a name of nothing else names no house.
COMMON = frozenset(
    {
        "times", "post", "star", "herald", "daily", "guardian", "mail", "sun", "mirror", "express", "independent",
        "news", "journal", "chronicle", "gazette", "courier", "tribune", "observer", "standard", "globe", "telegraph",
        "today", "business", "economic", "national", "local", "morning", "evening", "weekly", "sunday", "city",
        "review", "week", "point", "time", "world", "international", "press", "the", "new", "radio", "tv", "television",
        "online", "echo",
    }
)  # fmt: skip


def brand_of(name: str, keys: Iterable[str]) -> tuple[str, ...]:
    """The words by which an outlet is known: the lexicon's id, where one of its name keys is that, else its name."""
    known = sorted(key.removeprefix("body|=") for key in keys if key.startswith("body|="))
    words = known[0].split("-") if known else folded(name, initials="together")
    return tuple(word for word in words if word != "the")


def is_one_house(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two brands are equal, or one begins the other, or stands in it as a word of its own."""
    short, long = sorted((a, b), key=len)
    if not short or set(short) <= COMMON:
        return a == b
    return long[: len(short)] == short or (len(short) == 1 and short[0] in long)
