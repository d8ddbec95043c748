"""How two are connected: up to three chains of claims, each step a sentence and the claim that it goes through."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from graph.ask import questions
from graph.ask.answers import ArticleRow, EntityRow, PathStep
from graph.ask.wording import step_words
from views import asked
from views.dossier import Dossier
from views.drawing import article_line, claim_item, entity_line
from views.markup import Html, items, join, section, tag
from views.places import link
from views.words import count

ENDS = ("a", "b")
LOOKED_AT = (
    "Looked at: claims about both, and what one says of the other, from one to the next, "
    "but never through an outlet, a place, or somebody whom very many claims are about."
)


def show(dossier: Dossier) -> None:
    asked.title("How two are connected")
    st.html(tag("h1", "How two are connected"))
    names = dict(zip(ENDS, _typed(dossier), strict=True))
    if names != {end: asked.value(end) for end in ENDS}:
        st.query_params.from_dict({end: name for end, name in names.items() if name})
    if not all(names.values()):
        asked.nothing("Two names, of people, bodies or things: how does what was read connect them?")
        return
    found = {end: dossier.ask(questions.find_entities, str(name)) for end, name in names.items()}
    if unclear := [_which(end, names, found[end]) for end in ENDS if len(found[end]) != 1]:
        st.html(join(unclear))
        return
    one, other = (found[end][0] for end in ENDS)
    paths = dossier.ask(questions.find_paths, one.id, other.id)
    both = () if paths else dossier.ask(questions.articles_of_both, one.id, other.id)
    st.html(draw(one, other, paths, both))


def _typed(dossier: Dossier) -> list[str | None]:
    """The two names, or ids, that the address or a hand gives; an id is shown as the name that it stands for."""
    typed = []
    with st.container(horizontal=True):
        for end, label in zip(ENDS, ("From", "To"), strict=True):
            known = dossier.ask(questions.find_entities, name) if (name := asked.value(end)) else ()
            typed.append(asked.text_field(end, label, shown=known[0].name if len(known) == 1 else None))
    return typed


def _which(end: str, names: dict[str, str | None], found: Sequence[EntityRow]) -> Html:
    """Nothing bears the name, or several do: then each is a link to the same question about that one."""
    if not found:
        return tag("p", f"Nothing that was read bears the name {names[end]}.", class_="nothing")
    others = (
        join([entity_line(e), link("this one", "path", **{**names, end: e.id}, class_="choose")], " ") for e in found
    )
    return join([tag("p", f"{len(found)} bear the name {names[end]}. Which one?"), items("ul", others)])


def draw(one: EntityRow, other: EntityRow, paths: Sequence[Sequence[PathStep]], both: Sequence[ArticleRow]) -> Html:
    if one.id == other.id:
        return tag("p", "They are one and the same.", class_="nothing")
    if not paths:
        return join(
            [
                tag("p", f"No chain of claims that were read connects {one.name} and {other.name}.", class_="nothing"),
                tag("p", LOOKED_AT, class_="note"),
                section("Articles that name both", items("ul", map(article_line, both), class_="articles")),
            ]
        )
    drawn = [_chain(number, path, len(paths)) for number, path in enumerate(paths, 1)]
    return tag("div", *drawn, tag("p", LOOKED_AT, class_="note"), class_="page")


def _chain(number: int, path: Sequence[PathStep], of: int) -> Html | None:
    ids = [step.start.id for step in path] + [path[-1].end.id]
    graph = link("See it in the graph", "graph", id=ids[0], **{"open": path[0].claim.id})
    title = count(len(path), "step") if of == 1 else f"Chain {number}: {count(len(path), 'step')}"
    return section(title, items("ol", map(_step, path), class_="related"), tag("p", graph, class_="actions"))


def _step(step: PathStep) -> Html:
    ends = join([link(e.name, "entity", id=e.id) for e in (step.start, step.end)], " and ")
    return join([tag("p", tag("b", f"{step_words(step)}:")), claim_item(step.claim), tag("p", ends, class_="facts")])
