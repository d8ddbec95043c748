"""What people decided, and what waits for a person to decide: two that may be one."""

from __future__ import annotations

import streamlit as st

from graph.ask.suggestions import SuggestedEnd, Suggestion, list_suggestions
from graph.deciding import KeptDecision, list_decisions
from graph.model import Decision, DecisionKind
from views import asked
from views.deciding import keep, now, tell_what_was_kept
from views.dossier import Dossier
from views.markup import Html, join, section, tag
from views.places import link
from views.words import count, day, plain

MOST_SUGGESTED = 20
ANSWERS: tuple[tuple[DecisionKind, str], ...] = (("same", "Same"), ("different", "Different"), ("unsure", "Unsure"))


def show(dossier: Dossier) -> None:
    asked.title("Decisions")
    st.html(tag("h1", "Decisions"))
    tell_what_was_kept()
    who = "" if dossier.read_only else st.text_input("Your name", key="who decides").strip()
    _show_suggestions(dossier, who)
    _show_log(dossier, who)


def _show_suggestions(dossier: Dossier, who: str) -> None:
    suggested = dossier.ask(list_suggestions, limit=MOST_SUGGESTED)
    note = "A rule suggests it; nothing is counted as one before a person says so. What most articles hang on is first."
    st.html(section("Perhaps the same", tag("p", count(len(suggested), "pair"), class_="who"), note=note) or "")
    for number, suggestion in enumerate(suggested):
        st.html(draw_suggestion(suggestion))
        if who:
            _ask(dossier, suggestion, who, number)


def draw_suggestion(suggestion: Suggestion) -> Html:
    page = "claim" if suggestion.label == "Claim" else "entity"
    ends = (_end(end, page) for end in (suggestion.one, suggestion.other))
    why = tag("p", f"{suggestion.reason} Score {suggestion.score:.2f}.", class_="note")
    return tag("div", tag("div", *ends, class_="two"), why, class_="suggestion")


def _end(end: SuggestedEnd, page: str) -> Html:
    name = link(end.title, page, id=end.id, class_="wording")
    return tag("div", tag("p", name), tag("p", f"{end.note} · in {count(end.articles, 'article')}", class_="who"))


def _ask(dossier: Dossier, suggestion: Suggestion, who: str, number: int) -> None:
    pair = (suggestion.one.id, suggestion.other.id)
    with st.container(horizontal=True):
        why = st.text_input("Why", key=f"why {number}", label_visibility="collapsed", placeholder="why")
        for what, label in ANSWERS:
            if st.button(label, key=f"{what} {number}"):
                keep(dossier, Decision(who, now(), what, pair, why.strip()))


def _show_log(dossier: Dossier, who: str) -> None:
    kept = dossier.ask(list_decisions)
    nothing = tag("p", "Nobody has decided anything yet. Each claim's page has a place for it.", class_="note")
    st.html(section("What was decided", nothing if not kept else count(len(kept), "decision")) or "")
    for decision in kept:
        st.html(draw_decision(decision))
        takes_back = who and decision.state == "in force"
        if takes_back and st.button("Take it back", key=f"undo {decision.id}"):
            keep(dossier, Decision(who, now(), "undo", (decision.id,), ""))


def draw_decision(kept: KeptDecision) -> Html:
    d = kept.decision
    change = f": {plain(d.before or 'nothing')} → {plain(d.after)}" if d.after and d.what != "source" else ""
    first = link("what it is about", "claim" if any(d.anchors) else "entity", id=d.objects[0])
    about = first if d.what not in ("undo", "genre", "issued_by", "confidential") else None
    told = join([tag("b", plain(d.what) + change), about], " ")
    facts = " · ".join(filter(None, (d.who, day(d.at), kept.state, d.why)))
    return tag("div", tag("p", told), tag("p", facts, class_="who"), class_="decision")
