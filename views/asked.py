"""What the address asks for. Anyone can write an address, so its values are only ever looked up or shown as text."""

from __future__ import annotations

import streamlit as st

from views.markup import tag
from views.places import LONGEST


def value(name: str) -> str | None:
    given = st.query_params.get(name, "").strip()[:LONGEST]
    return given or None


def values(name: str, most: int) -> tuple[str, ...]:
    return tuple(dict.fromkeys(given[:LONGEST] for given in st.query_params.get_all(name)[:most] if given))


def number(name: str) -> int:
    """A count from the address; 0 for anything else."""
    given = value(name) or ""
    return int(given) if given.isdecimal() and len(given) < 9 else 0


def nothing(words: str) -> None:
    """Say plainly that there is nothing to show, and why."""
    st.html(tag("p", words, class_="nothing"))
