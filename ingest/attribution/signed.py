"""Quotations whose speaker no verb tells: signed after a dash, announced before a colon, after a gesture.

As in “It is not safe.” – Jonas Weil, builder; And from the mayor, Edda Krug: “…”; Krug shook her head. “No.”
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Token

from ingest.attribution.page import Finding, Page, spans_of
from ingest.attribution.phrases import subject
from ingest.lexicon import read_list
from ingest.model import Span
from ingest.syntax.quotations import Quotation

SIGNED = re.compile(
    r"[ \u00a0]*\n?[ \u00a0]*(?P<dash>[-–—―]{1,2})[ \u00a0]*(?P<name>(?:[^\W\d_][^\n,;(“\"]*))(?P<more>[^\n]*)$",
    re.MULTILINE,
)
LONGEST_NAME = 8  # words of a signature before its comma
LONGEST_LINE = 25  # words of a line that announces a quotation
SENTENCE_ENDS = frozenset({".", "!", "?"})


def signed(page: Page, quotation: Quotation) -> Iterator[Finding]:
    """As in “It is a good day.” — Omar Tesh, baker: a name, and no sentence, behind the dash."""
    line = SIGNED.match(page.text, quotation.end)
    if line is None or len(line["name"].split()) > LONGEST_NAME or page.quoted[page.index_at(line.end() - 1) - 1] >= 0:
        return
    tokens = [page.doc[i] for i in page.inside(Span(*line.span("name")))]
    named = any(token.pos_ == "PROPN" for token in tokens)
    if named and not any(token.pos_ in {"VERB", "AUX"} for token in tokens):
        who = Span(line.start("name"), line.start("name") + len(line["name"].rstrip(" .")))
        dash = Span(*line.span("dash"))
        yield Finding("signed", page.index_at(quotation.start), (who,), (dash,), quotation.spans, 0.85)


def announced(page: Page, quotation: Quotation) -> Iterator[Finding]:
    """As in “And this from the mayor, Edda Krug:”, before a quotation or the paragraph that is one."""
    before = page.text[: quotation.start].rstrip(" \n\u00a0")
    if before[-1:] != ":":
        return
    start = before.rfind("\n") + 1
    tokens = [page.doc[i] for i in page.inside(Span(start, len(before) - 1))]
    people = [token for token in tokens if token.ent_type_ == "PERSON" and page.quoted[token.i] < 0]
    if not people or len(tokens) > LONGEST_LINE or tokens[-1].i - people[-1].i > 0:
        return
    who = spans_of(page, name_around(people[-1], tokens[0].i))
    colon = Span(len(before) - 1, len(before))
    yield Finding("announced", page.index_at(quotation.start), who, (colon,), quotation.spans, 0.8)


def name_around(last: Token, first: int) -> list[int]:
    """The run of names and titles that ends with a word: "Chairwoman Rosalie Wirth"."""
    i = last.i
    while i > first and (last.doc[i - 1].pos_ == "PROPN" or last.doc[i - 1].ent_type_ == "PERSON"):
        i -= 1
    return list(range(i, last.i + 1))


def gesture_before(page: Page, quotation: Quotation) -> tuple[Token, Token] | None:
    """Who does something in the sentence before, in the paragraph: The driver waved it away. "There was ice." """
    first = page.index_at(quotation.start)
    last = first - 1
    if last < 0 or page.doc[last].text not in SENTENCE_ENDS or page.quoted[last] >= 0:
        return None
    verb = page.doc[last].sent.root
    who = subject(verb) if verb.pos_ in {"VERB", "AUX"} else None
    if who is None or not is_human(who) or any(page.quoted[token.i] >= 0 for token in page.doc[last].sent):
        return None
    return verb, who


def is_human(noun: Token) -> bool:
    """A person's name, "he", "she" or "I", or a noun for somebody, with a name in apposition or not."""
    if noun.lower_ in {"he", "she"} or noun.ent_type_ == "PERSON":
        return True
    people = read_list("people")["roles"]
    listed = {*people["m"], *people["f"], *people["either"], *read_list("sources")["anonymous"]}
    named = any(child.dep_ == "appos" and child.ent_type_ == "PERSON" for child in noun.children)
    return named or (noun.tag_ == "NN" and noun.lemma_.lower() in listed)
