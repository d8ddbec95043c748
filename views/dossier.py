"""The open store, asked one question at a time. What it answered is kept until the store is written to again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from types import FunctionType
from typing import Any, Concatenate, ParamSpec, TypeVar

import streamlit as st

from graph.dossier import Store, open_store
from graph.model import Decision
from graph.store.transaction import Transaction

P = ParamSpec("P")
T = TypeVar("T")
ANSWERS_KEPT = 256


@st.cache_resource(show_spinner=False)
def open_once(url: str) -> Store:
    """One store a process, read only: what people decide is written by one of its own."""
    return open_store(url, read_only=True)


@st.cache_data(show_spinner=False, max_entries=ANSWERS_KEPT, hash_funcs={FunctionType: lambda f: f.__qualname__})
def _answer(
    url: str,
    revision: int,  # noqa: ARG001  part of what an answer is kept under
    question: Callable[..., Any],
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
) -> Any:
    return open_once(url).ask(question, *args, **kwargs)


@dataclass(frozen=True, slots=True)
class Dossier:
    url: str
    read_only: bool = True  # whether nobody decides anything here

    def ask(self, question: Callable[Concatenate[Transaction, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Ask a question of `graph.ask.questions` in a read transaction of its own. Raises what the question raises."""
        answer: T = _answer(self.url, open_once(self.url).revision(), question, args, kwargs)
        return answer

    def decide(self, decision: Decision) -> str:
        """Keep what a person decided; gives its id. Raises NotFound and StoreError."""
        with open_store(self.url, create=False) as store:
            return store.decide(decision)
