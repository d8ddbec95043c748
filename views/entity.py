"""A person, a body or a thing: what it says, what is said about it, and what only people said to be of it say."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from graph.ask import questions
from graph.ask.answers import AssertionRow, EntityPage, EntityRow, Namesake, RelationRow
from graph.ask.outlets import MOST_ARTICLES, Counted, OutletPage, get_outlet
from views import asked
from views.dossier import Dossier
from views.drawing import article_line, claim_item, claim_list, entity_line, entity_link, utterance_line
from views.markup import Html, Piece, items, join, section, tag
from views.places import link
from views.words import also_known, count, plain

MOST_SHOWN = 40  # of a kind, on one page


def show(dossier: Dossier) -> None:
    named = _named(dossier, asked.value("name"))
    if len(named) > 1:
        st.html(join([tag("p", f"{len(named)} bear this name. Which one?"), items("ul", map(entity_line, named))]))
        return
    entity = asked.value("id") or (named[0].id if named else None)
    if entity is None:
        asked.nothing("Who or what? Search finds people, companies and things by their names.")
        return
    page = dossier.ask(questions.get_entity, entity, limit=MOST_SHOWN)
    asked.title(page.entity.name)
    outlet = dossier.ask(get_outlet, page.entity.id) if page.entity.kind == "outlet" else None
    st.html(draw(page, outlet))


def _named(dossier: Dossier, name: str | None) -> tuple[EntityRow, ...]:
    """What bears this name: outlets before all else, since links by name are to them."""
    found = dossier.ask(questions.find_entities, name) if name else ()
    return tuple(row for row in found if row.kind == "outlet") or found


def draw(page: EntityPage, outlet: OutletPage | None = None) -> Html:
    e = page.entity
    silent = (
        f"No article that was read has it from {e.name} itself."
        if outlet
        else f"{e.name} says nothing in what was read."
    )
    said = tag(
        "div",
        section(f"What {e.name} says", _utterances(page.says, page.says_in_all)) or tag("p", silent, class_="note"),
        section(
            f"What unnamed people of {e.name} say",
            _utterances(page.unnamed_of_it, page.unnamed_in_all),
            note=f"Said by people whose names are withheld. Never said by {e.name}, never a denial of theirs.",
        ),
        section(
            "Relations, as alleged",
            items("ul", map(_relation, page.relations), class_="related"),
            _left(page.relations_in_all - len(page.relations)),
        ),
    )
    about = tag(
        "div",
        section(f"What is said about {e.name}", claim_list(page.about), _more(e.claims - len(page.about), about=e.id))
        or tag("p", f"Nothing is said about {e.name} in what was read.", class_="note"),
        section("Perhaps the same, not told apart", items("ul", map(_namesake, page.namesakes))),
    )
    carries = _carries(page.entity.name, outlet) if outlet else None
    return tag("div", _heading(page), carries, tag("div", said, about, class_="two"), class_="page")


def _carries(name: str, outlet: OutletPage) -> Html | None:
    """An outlet's own part: what it prints and whom from, apart from what it says itself."""
    if not outlet.articles and not outlet.cited_by:
        return None
    note = f"In its latest {count(outlet.looked_at, 'article')}." if len(outlet.articles) >= MOST_ARTICLES else None
    lists = (
        section(f"Whom {name} quotes", _counted(outlet.quotes), note=note),
        section("Which outlets it has things from", _counted(outlet.has_from), note=note),
        section("Which outlets cite it", _counted(outlet.cited_by)),
    )
    articles = [article_line(article) for article in outlet.articles[:MOST_SHOWN]]
    title = f"What {name} printed: {count(len(outlet.articles), 'article')}"
    return tag("div", section(title, items("ol", articles, class_="articles")), tag("div", *lists), class_="two")


def _counted(counted: Counted) -> Html | None:
    return items("ol", (_times(row, number) for row, number in counted))


def _times(row: EntityRow, number: int) -> Html:
    return join([entity_link(row), tag("span", count(number, "assertion"), class_="facts")], " ")


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


def _utterances(rows: Sequence[AssertionRow], total: int) -> Html | None:
    listed = items("ol", map(utterance_line, rows), class_="utterances")
    return join([listed, _left(total - len(rows))]) or None


def _left(number: int) -> Html | None:
    return tag("p", f"and {number:,} more, earlier", class_="note") if number > 0 else None


def _more(number: int, **values: str) -> Html | None:
    return tag("p", link(f"and {count(number, 'more claim')}", "claims", **values)) if number > 0 else None


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
