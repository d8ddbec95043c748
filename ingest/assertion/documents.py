"""What is cited as a document, and whose it is by its own words: "the register shows", "a study by Halden"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from ingest.attribution.cues import words
from ingest.lexicon import read_list
from ingest.model import Kind
from ingest.referents.references import References

BODIES: frozenset[Kind] = frozenset({"company", "organization", "government", "outlet"})
AUTHORS: frozenset[Kind] = BODIES | {"person"}
BESIDE = frozenset({"compound", "nmod", "amod"})


def is_document(head: Token) -> bool:
    """By its noun; else by what it does: a thing that nobody lists and that shows or records something is a paper."""
    lemma, classes = head.lemma_.lower(), read_list("sources")
    if lemma in (*classes["document"], *classes["recordings"]):
        return head.pos_ != "PRON"
    people = (classes[name] for name in ("role", "anonymous", "group", "bodies", "outlet"))
    if head.pos_ != "NOUN" or any(lemma in some for some in people):
        return False
    return head.dep_ == "nsubj" and head.head.lemma_ in words("papers", "by_showing")


def find_issuers(references: References, head: Token) -> list[str]:
    """Referents whose document it is, the likeliest first: owner or author, the body beside it, where it is printed."""
    found = [r.id for token in named_for(head) for r in references.of(token) if r.kind in AUTHORS]
    beside = [child for child in head.children if child.dep_ in BESIDE]
    if not beside and head.i > head.sent.start:
        beside.append(head.nbor(-1))
    found += [r.id for token in beside for r in references.of(token) if r.kind in BODIES]
    found += [r.id for token in printed_in(head) for r in references.of(token) if r.kind == "outlet"]
    return list(dict.fromkeys(found))


def named_for(head: Token) -> Iterator[Token]:
    """ "The bank's letter", "a letter by / from / of the bank", "papers filed by Renn"; not "a letter seen by Renn"."""
    for child in head.children:
        if child.dep_ == "poss":
            yield child
        if child.dep_ in ("prep", "agent") and child.lower_ in ("by", "from", "of"):
            yield from (noun for noun in child.children if noun.dep_ == "pobj")
        if child.dep_ in ("acl", "relcl") and child.lemma_ in words("papers", "made"):
            yield from (n for by in child.children if by.lower_ == "by" for n in by.children if n.dep_ == "pobj")


def printed_in(head: Token) -> Iterator[Token]:
    for child in head.children:
        if child.dep_ == "prep" and child.lower_ in ("in", "on"):
            yield from (noun for noun in child.children if noun.dep_ == "pobj")
