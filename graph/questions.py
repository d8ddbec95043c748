"""One function per question that a reporter asks; each takes a Transaction and gives rows of `graph.answers`."""

from __future__ import annotations

from graph.answers import (
    ArticlePage,
    ArticleRow,
    Coverage,
    EntityPage,
    EntityRow,
    Hit,
    Neighbourhood,
    Page,
    PathStep,
    Stats,
    Trace,
)
from graph.transaction import ClaimFilter, Transaction


def what_was_read(tx: Transaction) -> Coverage:
    """Of which articles and outlets, and to when, does this dossier speak?"""
    raise NotImplementedError


def list_claims(tx: Transaction, which: ClaimFilter, *, after: str | None = None, limit: int | None = 50) -> Page:
    """Which claims are sourced, which are disputed, and who says so?"""
    raise NotImplementedError


def trace_claim(tx: Transaction, claim: str) -> Trace:
    """Who says so, how do they know, who repeated whom, who disputes it? Any member's id opens it. Raises NotFound."""
    raise NotImplementedError


def find_entities(tx: Transaction, name: str) -> tuple[EntityRow, ...]:
    """Who or what is called this? An id, a name or an alias; several where the name is shared."""
    raise NotImplementedError


def get_entity(tx: Transaction, entity: str) -> EntityPage:
    """What does it say, and what is said about it? By id, any member's. Raises NotFound."""
    raise NotImplementedError


def get_article(tx: Transaction, article: str) -> ArticlePage:
    """What does this article say, in whose words? Raises NotFound."""
    raise NotImplementedError


def list_articles(tx: Transaction) -> tuple[ArticleRow, ...]:
    """Which articles were read? Latest first."""
    raise NotImplementedError


def search(tx: Transaction, words: str, *, limit: int = 50) -> tuple[Hit, ...]:
    """Where do these words stand?"""
    raise NotImplementedError


def find_path(tx: Transaction, start: str, end: str) -> tuple[PathStep, ...]:
    """How are these two connected, through claims about both ends of each step? The least path; () where none."""
    raise NotImplementedError


def neighbourhood(tx: Transaction, centres: tuple[str, ...], *, limit: int = 300) -> Neighbourhood:
    """What stands round these claims and entities?"""
    raise NotImplementedError


def get_stats(tx: Transaction) -> Stats:
    """How much of everything is there?"""
    raise NotImplementedError
