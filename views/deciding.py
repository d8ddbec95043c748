"""What a person says of what was read: who and why, kept in the dossier; it can be taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Final, get_args

import streamlit as st

from graph.ask.answers import AssertionRow, Trace
from graph.ask.suggestions import who_may_speak
from graph.errors import GraphError
from graph.model import Decision, DecisionKind
from ingest.model import Stance
from views.dossier import Dossier
from views.markup import tag
from views.places import link
from views.words import STANCES

WHAT: Final[Mapping[DecisionKind, str]] = {
    "not_said": "This was never said: it counts for nothing",
    "source": "Somebody else said it, or nobody who is named",
    "stance": "They said it otherwise: denied it, asked it, planned it",
    "wording": "It is worded wrongly",
    "split": "It is another claim than the rest of these",
}
NOBODY = "nobody who is named"


def offer(dossier: Dossier, trace: Trace) -> None:
    """A place under a claim to say that one of its assertions was read wrongly."""
    if dossier.read_only:
        return
    rows = {row.assertion.id: f"[{n}] {_told(row)}" for n, row in enumerate(trace.assertions, 1)}
    with st.expander("Something here is wrong"):
        object_ = st.selectbox("Which of them?", list(rows), format_func=lambda i: rows[i])
        what = st.radio("What is wrong?", list(WHAT), format_func=lambda kind: WHAT[kind])
        row = next(row for row in trace.assertions if row.assertion.id == object_)
        after = _after(dossier, what, row)
        others = tuple(i for i in rows if i != object_) if what == "split" else ()
        sign_and_keep(dossier, what, (object_, *others), after, key="claim")


def _told(row: AssertionRow) -> str:
    who = next((s.name or s.words for s in row.chain), "no one named")
    return f"{who} {STANCES[row.assertion.stance]}, in {row.article.outlet or 'an unknown outlet'}"


def _after(dossier: Dossier, what: DecisionKind, row: AssertionRow) -> str | None:
    """What it should be, asked for where a decision of this kind says so."""
    if what == "stance":
        stances = [stance for stance in get_args(Stance) if stance != row.assertion.stance]
        return str(st.selectbox("What do they do?", stances, format_func=lambda stance: STANCES[stance]))
    if what == "wording":
        return str(st.text_input("In words of this article", value=row.assertion.wording)).strip() or None
    if what == "source":
        named = dossier.ask(who_may_speak, row.article.id)
        return st.selectbox("Who said it?", [None, *named], format_func=lambda i: named[i] if i else NOBODY)
    return None


def sign_and_keep(dossier: Dossier, what: DecisionKind, objects: Sequence[str], after: str | None, *, key: str) -> None:
    """Who decides and why, and the button that keeps it."""
    who = st.text_input("Your name", key="who decides").strip()
    why = st.text_input("Why", key=f"why {key}", placeholder="what you read, whom you asked").strip()
    if st.button("Keep this decision", key=f"keep {key}", disabled=not who):
        keep(dossier, Decision(who, now(), what, tuple(objects), why, after=after))


def keep(dossier: Dossier, decision: Decision) -> None:
    """Keep it and draw the page anew; what can't be decided is told."""
    try:
        dossier.decide(decision)
    except GraphError as error:
        st.error(str(error))
        return
    st.session_state["kept"] = True
    st.rerun()


def tell_what_was_kept() -> None:
    """Once after a decision: that it stands, and where it can be taken back."""
    if st.session_state.pop("kept", False):
        st.html(tag("p", "Kept. ", link("All decisions, to look at or take back", "decisions"), class_="nothing"))


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
