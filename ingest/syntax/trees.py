"""The tokens under a span and the word that governs them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from spacy.tokens import Doc, Token

from ingest.model import Span

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
CLAUSES = frozenset({"ccomp", "acl", "relcl", "xcomp", "pcomp", "advcl", "conj"})


def tokens_in(doc: Doc, spans: Iterable[Span]) -> list[Token]:
    """The tokens that a span touches, in the order of the spans; line breaks are none."""
    found: list[Token] = []
    for span in spans:
        piece = doc.char_span(span.start, span.end, alignment_mode="expand")
        found.extend(token for token in piece or () if not token.is_space)
    return found


def find_head(tokens: Sequence[Token]) -> Token | None:
    """The word that governs the others, a verb before a noun; None for marks only."""
    inside = {token.i for token in tokens}
    tops = [t for t in tokens if (t.head.i not in inside or t.head.i == t.i) and not t.is_punct and t.dep_ != "mark"]
    first_sentence = [t for t in tops if t.sent.start == tops[0].sent.start]
    for kinds in (("VERB", "AUX"), ("NOUN", "PROPN", "PRON")):
        for token in first_sentence:
            if token.pos_ in kinds:
                return token
    return tops[0] if tops else None


def child_of(token: Token, *deps: str) -> Token | None:
    """The first child that stands in one of the relations."""
    return next((child for child in token.children if child.dep_ in deps), None)


def object_of(token: Token, preposition: str) -> Token | None:
    """What stands under "of", "for" … below a word: "the acquisition of Halden"."""
    for child in token.children:
        if child.dep_ in ("prep", "agent") and child.lower_ == preposition:
            return child_of(child, "pobj", "pcomp")
    return None


def conjuncts_of(token: Token) -> list[Token]:
    """The word and what is joined to it by "and" or a comma, in text order."""
    return sorted([token, *token.conjuncts], key=lambda t: t.i)
