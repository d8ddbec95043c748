"""Which claims are sourced, which are disputed: a list that can be narrowed, and whose address can be sent on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import get_args

import streamlit as st

from graph.ask import questions
from graph.ask.answers import EntityRow, Page
from graph.model import CarriedBy, DisputeMark, Sourcing
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
ALLOWED: Mapping[str, Mapping[str, str]] = {
    "sourcing": {value: plain(value) for value in get_args(Sourcing)},
    "dispute": {value: plain(value) for value in get_args(DisputeMark)},
    "source_type": {value: SOURCE_TYPES[value] for value in get_args(SourceType)},
    "carried_by": {value: plain(value) for value in get_args(CarriedBy)},
}
LABELS = {
    "sourcing": "Sourcing",
    "dispute": "Dispute",
    "source_type": "A source of this kind",
    "carried_by": "Carried by",
}
NAMES = {"about": "About", "speaker": "Said by", "outlet": "Outlet"}


def show(dossier: Dossier) -> None:
    asked.title("Claims")
    st.html(tag("h1", "Claims"))
    if wrong := [name for name, allowed in ALLOWED.items() if asked.value(name) and asked.value(name) not in allowed]:
        st.html(join(map(_not_one, wrong)))
        return
    found = {name: _entities(dossier, asked.value(name), name) for name in NAMES}
    chosen = _choose({name: rows[0].name if len(rows) == 1 else None for name, rows in found.items()})
    found = {name: _entities(dossier, chosen[name], name) for name in NAMES}
    if chosen != {name: asked.value(name) for name in chosen}:
        st.query_params.from_dict({name: value for name, value in chosen.items() if value})
    if unclear := [_which(name, chosen, found[name]) for name in NAMES if chosen[name] and len(found[name]) != 1]:
        st.html(join(unclear))
        return
    which = _filter(chosen, {name: rows[0].id for name, rows in found.items() if rows})
    page = dossier.ask(questions.list_claims, which, after=asked.value("after"))
    st.html(draw(page, chosen, found))


def _not_one(name: str) -> Html:
    allowed = ", ".join(plain(value) for value in ALLOWED[name])
    told = f"{LABELS[name]}: {asked.value(name)} is none of {allowed}. "
    return tag("p", told, link("All claims", "claims"), class_="nothing")


def _choose(names: Mapping[str, str | None]) -> Choices:
    """The filters as drawn; each begins with what the address asks for. `names`: whom the ids in it mean."""
    first, second = st.columns(4), st.columns([5, 5, 5, 5, 4, 4])
    with first[0]:
        chosen: Choices = {"words": asked.text_field("words", "Words in it", placeholder="any")}
    for column, (name, label) in zip(first[1:], NAMES.items(), strict=True):
        with column:
            chosen[name] = asked.text_field(name, label, placeholder="any", shown=names[name])
    for column, (name, allowed) in zip(second, ALLOWED.items(), strict=False):
        with column:
            chosen[name] = _one_of(name, LABELS[name], allowed)
    for column, (name, label) in zip(second[4:], (("since", "First said from"), ("until", "to")), strict=True):
        with column:
            chosen[name] = _day(name, label)
    return chosen


def _one_of(name: str, label: str, words: Mapping[str, str]) -> str | None:
    asked.follow_address(name, asked.value(name))
    return st.selectbox(
        label, list(words), index=None, key=asked.field(name), placeholder="any", format_func=lambda value: words[value]
    )


def _day(name: str, label: str) -> str | None:
    asked.follow_address(name, _date_of(asked.value(name)))
    picked = st.date_input(
        label, value=None, min_value=EARLIEST, max_value=LATEST, key=asked.field(name), format="YYYY-MM-DD"
    )
    return picked.isoformat() if isinstance(picked, date) else None


def _date_of(given: str | None) -> date | None:
    try:
        day = date.fromisoformat(given) if given else None
    except ValueError:
        return None
    return day if day and EARLIEST <= day <= LATEST else None


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
        carried_by=chosen["carried_by"],  # type: ignore[arg-type]
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
