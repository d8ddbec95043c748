"""What the address asks for. Anyone can write an address, so its values are only ever looked up or shown as text."""

from __future__ import annotations

import streamlit as st

from graph.ask.wording import to_plain_line
from views.markup import tag
from views.places import LONGEST

LONGEST_TITLE = 80


def value(name: str) -> str | None:
    given = st.query_params.get(name, "").strip()[:LONGEST]
    return given or None


def values(name: str, most: int) -> tuple[str, ...]:
    return tuple(dict.fromkeys(given[:LONGEST] for given in st.query_params.get_all(name)[:most] if given))


def number(name: str) -> int:
    """A count from the address; 0 for anything else."""
    given = value(name) or ""
    return int(given) if given.isdecimal() and len(given) < 9 else 0


def title(words: str | None) -> None:
    """What the browser's tab is called, so that ten open ones can be told apart."""
    st.set_page_config(page_title=f"{to_plain_line(words[:LONGEST_TITLE])} · On Record" if words else "On Record")


def text_field(name: str, label: str, *, placeholder: str = "", shown: str | None = None) -> str | None:
    """A field for the value of this name: what is typed, else what the address asks for.

    It keeps its place and the cursor when the address changes. `shown`: how the address's value is written in it.
    """
    now = value(name)
    follow_address(name, shown or now or "")
    typed = st.text_input(label, key=field(name), placeholder=placeholder).strip()
    return now if shown and typed == shown else typed or None


def follow_address(name: str, written: object) -> None:
    """Let a field hold what the address asks for, where another one was asked for than when it was last drawn."""
    key, seen = field(name), f"asked {name}"
    now = value(name)
    if key not in st.session_state or st.session_state.get(seen) != now:
        st.session_state[key] = written
    st.session_state[seen] = now


def field(name: str) -> str:
    """The key of the field for a value of the address."""
    return f"field {name}"


def nothing(words: str) -> None:
    """Say plainly that there is nothing to show, and why."""
    st.html(tag("p", words, class_="nothing"))
