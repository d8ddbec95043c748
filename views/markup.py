"""HTML that is escaped by construction: the words of an article, a title or a name never become markup."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from typing import TypeAlias

DIRECTION_MARKS = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
FROM_THE_RIGHT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")  # Hebrew, Arabic and their neighbours
TURNS = "A mark that turns the direction of writing stands here."


class Html(str):
    """Markup that `tag` made. Any other string is text."""

    __slots__ = ()


Piece: TypeAlias = str | None  # an Html is taken as it is, any other string is escaped, None is nothing


def tag(name: str, *pieces: Piece, **attributes: str | None) -> Html:
    """An element; `class_` and `aria_label` become `class` and `aria-label`, an attribute that is None is left out.

    >>> tag("p", "a < b", class_="note")
    '<p class="note">a &lt; b</p>'
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return Html(f"<{name}{written}>{join(pieces)}</{name}>")


def join(pieces: Iterable[Piece], between: str = "") -> Html:
    """Pieces one after another; nothing stands for those that are None or empty."""
    shown = (piece if isinstance(piece, Html) else text(piece) for piece in pieces if piece)
    return Html(escape(between).join(shown))


def text(words: str) -> Html:
    """Words of others, escaped; those that run from right to left, or are told to, cannot turn ours round."""
    escaped = escape(words)
    if DIRECTION_MARKS.search(escaped):
        escaped = DIRECTION_MARKS.sub(f'<span class="direction" title="{TURNS}">⇄</span>', escaped)
    return Html(f"<bdi>{escaped}</bdi>" if FROM_THE_RIGHT.search(words) else escaped)


def items(name: str, rows: Iterable[Piece], **attributes: str | None) -> Html | None:
    """A list (`ul` or `ol`) with an item a row; None where there is no row."""
    listed = [tag("li", row) for row in rows]
    return tag(name, *listed, **attributes) if listed else None


def section(title: str, *pieces: Piece, class_: str | None = None, note: Piece = None) -> Html | None:
    """A heading with what stands under it; None where nothing does."""
    body = join(pieces)
    if not body:
        return None
    return tag("section", tag("h2", title), tag("p", note, class_="note") if note else None, body, class_=class_)
