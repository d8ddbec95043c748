"""A noun that holds a content: "the mayor's claim that it was over", "a Courier report that …", "a threat to leave"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from ingest.attribution.cues import noun_stances, words
from ingest.attribution.page import Finding, Page, spans_of
from ingest.attribution.phrases import agent, children, has_aux_to, noun_phrase, speaker, subtree

RAISED_BY = frozenset({"by", "from", "of"})
PRINTED_IN = frozenset({"in", "by", "from", "on"})


def noun_content(page: Page) -> Iterator[Finding]:
    """As in "The mayor's claim that it was over", "the allegation that …", "a claim to have won"."""
    for noun in page.doc:
        if noun.pos_ != "NOUN" or not holds_content(noun) or page.quoted[noun.i] >= 0 or page.closed[noun.i]:
            continue
        for clause in clauses_of(noun):
            who = next(iter(owners_of(noun)), None) or holder(noun)
            if who is None and has_aux_to(clause):
                continue  # "a plan to sell": nobody's in particular
            own = set(subtree(who)) if who is not None and who.i < noun.i and who.head == noun else set()
            cue = [i for i in range(noun.left_edge.i, noun.i + 1) if i not in own]
            source = spans_of(page, noun_phrase(page, who)) if who is not None else ()
            yield Finding(
                "noun_content", noun.i, source, spans_of(page, cue), spans_of(page, subtree(clause)), 0.5, who is None
            )


def holds_content(noun: Token) -> bool:
    return noun.lemma_ in noun_stances() or noun.lemma_ in words("printed", "nouns")


def clauses_of(noun: Token) -> list[Token]:
    """The clauses of a noun, also those that the parse hung on its owner or the verb: "a claim by Renn that"."""
    below = [noun, *(p for prep in children(noun, "prep") for p in children(prep, "pobj")), *raised(noun)]
    below += [by for act in raised(noun) if (by := agent(act)) is not None]
    held = [c for word in below for c in word.rights if c.dep_ in {"acl", "ccomp", "relcl"} and c.i > noun.i]
    if not held and noun.dep_ in {"dobj", "pobj", "nsubjpass"}:
        verb = noun.head.head if noun.dep_ == "pobj" else noun.head
        held = [c for c in children(verb, "ccomp", "acl") if c.i > noun.i and c.left_edge.i == noun.right_edge.i + 1]
    return [c for c in held if is_that_clause(c)]


def is_that_clause(clause: Token) -> bool:
    that = [c for c in clause.lefts if c.lower_ == "that" and (c.dep_ == "mark" or clause.dep_ == "acl")]
    return bool(that) or any(c.tag_ == "TO" for c in clause.lefts)


def owners_of(noun: Token) -> list[Token]:
    """Whose claim it is: "Renn's claim", "a claim by Renn"; of a report, in what it is printed: "a Courier report"."""
    of = PRINTED_IN if noun.lemma_ in words("printed", "nouns") else RAISED_BY
    named = [p for prep in children(noun, "prep") if prep.lower_ in of for p in children(prep, "pobj")]
    beside = [c for c in children(noun, "compound", "nmod") if c.pos_ == "PROPN"]
    made = [who for act in raised(noun) if (who := agent(act)) is not None]
    return [*children(noun, "poss"), *named, *made, *reversed(beside)]


def raised(noun: Token) -> list[Token]:
    """The participle of "a claim made by Renn"."""
    return [act for act in children(noun, "acl") if act.tag_ == "VBN" and act.lemma_ in words("printed", "held_by")]


def holder(noun: Token) -> Token | None:
    """Who has the claim, where a verb says so: "critics made the claim that"."""
    verb = noun.head
    return speaker(verb) if noun.dep_ == "dobj" and verb.lemma_ in words("printed", "held_by") else None
