"""Which claims are sourced, which are disputed: a list that can be narrowed, and whose address can be sent on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import get_args

import streamlit as st

from graph.ask import questions
from graph.ask.answers import EntityRow, Page
from graph.model import DisputeMark, Sourcing
from graph.store.transaction import ClaimFilter
from ingest.model import SourceType
from views import asked
from views.dossier import Dossier
from views.drawing import claim_list, entity_line
from views.markup import Html, items, join, tag
from views.places import link
from views.words import SOURCE_TYPES, plain

Choices = dict[str, str | None]  # filter → what is asked of it, as in the address
EARLIEST, LATEST = date(1900, 1, 1), date(2200, 1, 1)
NAMES = {"about": "About", "speaker": "Said by", "outlet": "Outlet"}


def show(dossier: Dossier) -> None:
    st.html(tag("h1", "Claims"))
    chosen = _choose()
    if chosen != {name: asked.value(name) for name in chosen}:
        st.query_params.from_dict({name: value for name, value in chosen.items() if value})
        st.rerun()
    found = {name: _entities(dossier, chosen[name], name) for name in NAMES}
    if unclear := [_which(name, chosen, found[name]) for name in NAMES if chosen[name] and len(found[name]) != 1]:
        st.html(join(unclear))
        return
    which = _filter(chosen, {name: rows[0].id for name, rows in found.items() if rows})
    page = dossier.ask(questions.list_claims, which, after=asked.value("after"))
    st.html(draw(page, chosen, found))


def _choose() -> Choices:
    """The filters as drawn; each begins with what the address asks for."""
    first, second = st.columns(4), st.columns([5, 5, 5, 4, 4])
    with first[0]:
        chosen: Choices = {"words": _words("words", "Words in it")}
    for column, (name, label) in zip(first[1:], NAMES.items(), strict=True):
        with column:
            chosen[name] = _words(name, label)
    options: Sequence[tuple[str, str, Mapping[str, str]]] = (
        ("sourcing", "Sourcing", {value: plain(value) for value in get_args(Sourcing)}),
        ("dispute", "Dispute", {value: plain(value) for value in get_args(DisputeMark)}),
        ("source_type", "A source of this kind", {value: SOURCE_TYPES[value] for value in get_args(SourceType)}),
    )
    for column, (name, label, words) in zip(second, options, strict=False):
        with column:
            chosen[name] = _one_of(name, label, words)
    for column, (name, label) in zip(second[3:], (("since", "First said from"), ("until", "to")), strict=True):
        with column:
            chosen[name] = _day(name, label)
    return chosen


def _words(name: str, label: str) -> str | None:
    now = asked.value(name)
    typed = st.text_input(label, value=now or "", key=f"{name}={now}", placeholder="any")
    return typed.strip() or None


def _one_of(name: str, label: str, words: Mapping[str, str]) -> str | None:
    now = asked.value(name)
    options = [None, *words]
    at = options.index(now) if now in words else 0
    return st.selectbox(
        label, options, index=at, key=f"{name}={now}", format_func=lambda o: words.get(o, "any") if o else "any"
    )


def _day(name: str, label: str) -> str | None:
    now = asked.value(name)
    try:
        given = date.fromisoformat(now) if now else None
    except ValueError:
        given = None
    start = given if given and EARLIEST <= given <= LATEST else None
    picked = st.date_input(
        label,
        value=start,
        min_value=EARLIEST,
        max_value=LATEST,
        key=f"{name}={now}",
        format="YYYY-MM-DD",
    )
    return picked.isoformat() if isinstance(picked, date) else None


def _entities(dossier: Dossier, name: str | None, role: str) -> tuple[EntityRow, ...]:
    found = dossier.ask(questions.find_entities, name) if name else ()
    outlets = tuple(entity for entity in found if entity.kind == "outlet")
    return outlets if role == "outlet" else found


def _which(name: str, chosen: Choices, found: tuple[EntityRow, ...]) -> Html:
    """Nothing bears the name, or several do: then each is a link to the same list about that one."""
    if not found:
        return tag("p", f"{NAMES[name]}: nothing that was read bears the name {chosen[name]}.", class_="nothing")
    others = (
        join([entity_line(e), link("this one", "claims", **{**chosen, name: e.id}, class_="choose")], " ")
        for e in found
    )
    return join([tag("p", f"{NAMES[name]}: {len(found)} bear this name. Which one?"), items("ul", others)])


def _filter(chosen: Choices, entities: Mapping[str, str]) -> ClaimFilter:
    return ClaimFilter(
        sourcing=chosen["sourcing"],  # type: ignore[arg-type]  # one of the options
        dispute=chosen["dispute"],  # type: ignore[arg-type]
        source_type=chosen["source_type"],  # type: ignore[arg-type]
        entity=entities.get("about"),
        speaker=entities.get("speaker"),
        outlet=entities.get("outlet"),
        since=chosen["since"],
        until=chosen["until"],
        words=chosen["words"],
    )


def draw(page: Page, chosen: Choices, found: Mapping[str, tuple[EntityRow, ...]]) -> Html:
    named = [
        tag("p", f"{NAMES[name]}: ", entity_line(rows[0]), class_="filter") for name, rows in found.items() if rows
    ]
    listed = claim_list(page.rows)
    if listed is None:
        return tag("div", *named, tag("p", "No claim that was read passes these filters.", class_="nothing"))
    first = link("From the first", "claims", **chosen) if asked.value("after") else None
    following = link(f"Next {len(page.rows)}", "claims", **chosen, after=page.after) if page.after else None
    turn = join([piece for piece in (first, following) if piece], " · ")
    every = link("All claims", "claims") if any(chosen.values()) else None
    heading = tag("p", join([_how_many(page), every], " "), class_="note")
    return tag("div", *named, heading, listed, tag("nav", turn, class_="turn") if turn else None, class_="page")


def _how_many(page: Page) -> str:
    shown = "1 claim" if len(page.rows) == 1 else f"{len(page.rows)} claims"
    return f"{shown} on this page, first said latest on top."
