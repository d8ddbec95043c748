"""Noun phrases of a parsed page: where one begins and ends, its noun, the words before it."""

from __future__ import annotations

from ingest.referents.page import Page

NOUNS = ("NN", "NNS")


def noun_at(page: Page, i: int) -> str:
    """The noun's lemma; "start-up" whole, though the parse cuts it in three."""
    if page.words[i].lower() in ("up", "ups") and i > 1 and page.words[i - 1] == "-":
        return "start-up"
    return page.lemma(i)


def name_top(page: Page, start: int, end: int) -> int:
    top = end - 1
    while page.heads[top] != top and start <= page.heads[top] < end:
        top = page.heads[top]
    return top


def modifiers_of(page: Page, i: int) -> frozenset[str]:
    return frozenset(page.words[c].lower() for c in page.children[i] if page.deps[c] in ("amod", "compound", "nmod"))


def left_edge(page: Page, i: int) -> int:
    """Where the noun's phrase begins; before a noun that the parse misread, at the last article."""
    start = page.doc[i].left_edge.i
    if start < i or page.words[i] != "up":
        return start
    return next((k for k in range(i - 1, max(i - 8, -1), -1) if page.tags[k] == "DT"), start)


def phrase(page: Page, i: int, whole: bool) -> tuple[int, int]:
    """From the determiner to the noun, with "of …" behind it; no relative clause."""
    start, end = left_edge(page, i), i + 1
    for child in page.children[i] if whole else ():
        if child == end and page.deps[child] == "prep" and page.words[child] == "of":
            objects = [c for c in page.children[child] if page.deps[c] == "pobj"]
            end = objects[0] + 1 if objects else end
    while start < i and (
        page.tags[start] in (",", "``", "''", "_SP", "IN", "CC", ":") or page.sentence[start] != page.sentence[i]
    ):
        start += 1
    return start, end
