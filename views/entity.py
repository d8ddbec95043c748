"""A person, a body or a thing: what it says, what is said about it, and what only people said to be of it say."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from graph.ask import questions
from graph.ask.answers import AssertionRow, EntityPage, Namesake, RelationRow
from views import asked
from views.dossier import Dossier
from views.drawing import claim_item, claim_list, entity_line, utterance_line
from views.markup import Html, Piece, items, join, section, tag
from views.places import link
from views.words import also_known, count, plain

MOST_SHOWN = 40  # of a kind, on one page


def show(dossier: Dossier) -> None:
    entity = asked.value("id")
    if entity is None:
        asked.nothing("Who or what? Search finds people, companies and things by their names.")
        return
    page = dossier.ask(questions.get_entity, entity)
    asked.title(page.entity.name)
    st.html(draw(page))


def draw(page: EntityPage) -> Html:
    e = page.entity
    said = tag(
        "div",
        section(f"What {e.name} says", _utterances(page.says))
        or tag("p", f"{e.name} says nothing in what was read.", class_="note"),
        section(
            f"What unnamed people of {e.name} say",
            _utterances(page.unnamed_of_it),
            note=f"Said by people whose names are withheld. Never said by {e.name}, never a denial of theirs.",
        ),
        section("Relations, as alleged", items("ul", map(_relation, page.relations), class_="related")),
    )
    about = tag(
        "div",
        section(f"What is said about {e.name}", claim_list(page.about[:MOST_SHOWN]), _more(len(page.about), about=e.id))
        or tag("p", f"Nothing is said about {e.name} in what was read.", class_="note"),
        section("Perhaps the same, not told apart", items("ul", map(_namesake, page.namesakes))),
    )
    return tag("div", _heading(page), tag("div", said, about, class_="two"), class_="page")


def _heading(page: EntityPage) -> Html:
    e = page.entity
    facts = (also_known(e), f"in {count(e.articles, 'article')}", count(e.claims, "claim") + " about it")
    return tag(
        "header",
        tag("p", plain(e.kind), class_="kicker"),
        tag("h1", e.name),
        tag("p", "; ".join(page.roles), class_="roles") if page.roles else None,
        tag("p", " · ".join(filter(None, facts)), class_="who"),
        tag(
            "p",
            link("See it in the graph", "graph", id=e.id),
            " · ",
            link("How it is connected with another", "path", a=e.id),
            " · ",
            link(f"All claims about {e.name}", "claims", about=e.id),
            " · ",
            link(f"All claims that {e.name} makes", "claims", speaker=e.id),
            class_="actions",
        ),
    )


def _utterances(rows: Sequence[AssertionRow]) -> Html | None:
    listed = items("ol", map(utterance_line, rows[:MOST_SHOWN]), class_="utterances")
    left = len(rows) - MOST_SHOWN
    return join([listed, tag("p", f"and {left} more", class_="note") if left > 0 else None]) or None


def _more(number: int, **values: str) -> Html | None:
    left = number - MOST_SHOWN
    return tag("p", link(f"and {count(left, 'more claim')}", "claims", **values)) if left > 0 else None


def _relation(row: RelationRow) -> Html:
    words: Piece = join(
        [
            link(row.subject.name, "entity", id=row.subject.id),
            tag("b", f"is alleged: {plain(row.name)}"),
            link(row.object.name, "entity", id=row.object.id),
        ],
        " ",
    )
    return join([tag("p", words), claim_item(row.claim)])


def _namesake(other: Namesake) -> Html:
    state = f"{other.state}, score {other.score:.2f}: {other.reason}"
    return join([tag("p", entity_line(other.entity)), tag("p", state, class_="note")])
