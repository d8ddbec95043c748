"""Content → its propositions: sentences apart, and joined clauses that each stand alone.

"It was over, and nobody was paid" is two. Never split: a condition from its consequence, what one hedge or one
auxiliary governs, an "or". Joined nouns, infinitives and participles stay together, and so does what the parse does
not join by a verb with a tense.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from spacy.tokens import Doc, Token

from ingest.lexicon import read_list
from ingest.model import Span
from ingest.syntax.trees import SUBJECTS, child_of, find_head, tokens_in

JOINING = frozenset({"and", "but"})
CONDITIONS = frozenset({"if", "unless", "provided", "whether"})
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
FULL_STOPS = frozenset(".!?…")
SUBORDINATE = frozenset(
    {"when", "while", "because", "although", "though", "where", "whereas", "since", "as", "which", "who"}
)
OPENING = 3  # words in which a verb without a subject stands, where it begins a content
FEWEST_WORDS = 2  # of a joined clause: "came, saw and conquered" is one


def find_propositions(doc: Doc, spans: Sequence[Span], *, strictly: bool = False) -> list[tuple[Span, ...]]:
    """The spans of each proposition, in text order; one where the content is one.

    `strictly`: only what has a "that" of its own or a sentence of its own is apart, since a denial of two things
    joined need not deny each.
    """
    tokens = tokens_in(doc, spans)
    pieces = [clause for sentence in sentences_of(tokens) for clause in clauses_of(sentence, strictly=strictly)]
    if len(pieces) < 2:
        return [tuple(spans)]
    return [part for n, piece in enumerate(pieces) if (part := cut(spans, piece, first=n == 0))]


def cut(spans: Sequence[Span], piece: Sequence[Token], *, first: bool) -> tuple[Span, ...]:
    """The spans as far as these tokens reach; the first piece keeps the mark before it."""
    words = [token for token in piece if not token.is_punct] or list(piece)
    start, end = piece[0].idx if first else words[0].idx, piece[-1].idx + len(piece[-1])
    own = (Span(max(span.start, start), min(span.end, end)) for span in spans if span.overlaps(Span(start, end)))
    return tuple(own)


# ── sentences ────────────────────────────────────────────────────────────────────────────────────────────────────


def sentences_of(tokens: Sequence[Token]) -> list[list[Token]]:
    """The tokens sentence by sentence; a fragment stays with the sentence before it ("No. We will not pay.")."""
    found: list[list[Token]] = []
    for token in tokens:
        if found and (found[-1][-1].sent.start == token.sent.start or not ends(found[-1], token)):
            found[-1].append(token)
        else:
            found.append([token])
    kept: list[list[Token]] = []
    for sentence in found:
        if kept and not (is_whole(sentence) and is_whole(kept[-1])):
            kept[-1].extend(sentence)
        else:
            kept.append(sentence)
    return kept


def ends(sentence: Sequence[Token], following: Token) -> bool:
    """Whether a sentence ends here as it is printed: a parse takes a name or a dash for an end now and then."""
    return any(t.text[-1:] in FULL_STOPS for t in sentence[-1].doc[sentence[-1].i : following.i] if t.is_punct) or any(
        t.text[-1:] in FULL_STOPS and t.is_punct for t in sentence[-2:]
    )


def is_whole(sentence: Sequence[Token]) -> bool:
    """Whether it has a verb with a tense and somebody whose verb it is."""
    head, first = find_head(sentence), next((t for t in sentence if not t.is_punct), sentence[0])
    if head is None or head.pos_ not in ("VERB", "AUX") or not is_finite(head) or child_of(head, *SUBJECTS) is None:
        return False
    return not (first.lower_ in SUBORDINATE and first.head == head and sentence[-1].text != "?")


# ── clauses ──────────────────────────────────────────────────────────────────────────────────────────────────────


def clauses_of(sentence: Sequence[Token], *, strictly: bool) -> list[list[Token]]:
    """The sentence cut before each joined clause that stands alone."""
    head = find_head(sentence)
    if head is None or head.pos_ not in ("VERB", "AUX"):
        return [list(sentence)]
    starts = sorted(start_of(clause) for clause in joined_to(head, sentence, strictly=strictly))
    edges = [sentence[0].i, *starts, sentence[-1].i + 1]
    pieces = [[t for t in sentence if a <= t.i < b] for a, b in pairwise(edges)]
    return [without_joiner(piece) for piece in pieces if piece]


def joined_to(head: Token, sentence: Sequence[Token], *, strictly: bool) -> list[Token]:
    """The verbs joined to the main one whose clauses stand alone; none where something governs them all."""
    inside = {token.i for token in sentence}
    chain = [head, *(verb for verb in (*chain_of(head), *joined_above(head, sentence)) if verb.i in inside)]
    if (
        len(chain) < 2
        or is_appended(head)
        or not opens(head, sentence)
        or any(is_tied(verb, inside) for verb in chain)
        or is_hedged(head, chain)
    ):
        return []
    return [verb for verb in chain[1:] if stands_alone(verb, head, inside) and (not strictly or has_that(verb))]


def chain_of(verb: Token) -> Iterator[Token]:
    for child in verb.children:
        if child.dep_ == "conj" and child.pos_ in ("VERB", "AUX"):
            yield child
            yield from chain_of(child)


def joined_above(head: Token, sentence: Sequence[Token]) -> Iterator[Token]:
    """Clauses with a "that" of their own, which the parse joined to the verb that reports them."""
    inside = {token.i for token in sentence}
    for token in sentence:
        above = token.dep_ == "conj" and token.head.i not in inside and token.i > head.i
        if above and token.pos_ in ("VERB", "AUX") and has_that(token) and token.left_edge.nbor(-1).lower_ in JOINING:
            yield token


def is_tied(verb: Token, inside: Iterable[int]) -> bool:
    """Whether it is joined by "or", or hangs on a condition."""
    inside = set(inside)
    joiners = [c for c in verb.children if c.dep_ in ("cc", "preconj") and c.i in inside]
    conditions = [c for c in verb.children if c.dep_ == "advcl" and any(m.lower_ in CONDITIONS for m in c.children)]
    subject = child_of(verb, *SUBJECTS)
    inverted = subject is not None and any(c.dep_ == "aux" and c.i < subject.i for c in verb.children)  # "should he go"
    return any(c.lower_ not in JOINING for c in joiners) or bool(conditions) or inverted


def opens(head: Token, sentence: Sequence[Token]) -> bool:
    """Whether the first clause is one: its verb has a subject here, or begins it."""
    inside = {token.i for token in sentence}
    subject = child_of(head, *SUBJECTS)
    words = [token for token in sentence if not token.is_punct][:OPENING]
    return (subject is not None and subject.i in inside) or head in words


def is_appended(head: Token) -> bool:
    """Whether one comma parts a subject from its verb: the parse took what the subject is for what it did."""
    subject = child_of(head, *SUBJECTS)
    between = head.doc[subject.right_edge.i + 1 : head.i] if subject is not None and subject.i < head.i else ()
    return sum(token.text == "," for token in between) == 1


def is_hedged(head: Token, chain: Sequence[Token]) -> bool:
    """Whether a hedge stands over the first clause and the next: "perhaps A and B", "I think A and B"."""
    hedges = read_list("hedges")["certainty"]
    light = {word for level in ("possible", "probable") for word in hedges[level]["words"]}
    subject = child_of(head, *SUBJECTS)
    shares = any(child_of(verb, *SUBJECTS) is None for verb in chain[1:])
    adverbs = [c for c in head.children if c.dep_ == "advmod" and c.lemma_.lower() in light]
    before = [c for c in adverbs if shares or subject is None or c.i < subject.i]
    cues = {word for level in ("possible", "probable") for word in hedges[level]["cues"]}
    thinks = head.lemma_ in cues and subject is not None and subject.lower_ in ("i", "we")
    return bool(before) or thinks


def stands_alone(verb: Token, head: Token, inside: Iterable[int]) -> bool:
    """A clause after the first with a tense of its own and more than its verb."""
    own = [token for token in verb.subtree if token.i in set(inside) and not token.is_punct]
    return verb.left_edge.i > head.i and is_finite(verb) and len(own) >= FEWEST_WORDS


def is_finite(verb: Token) -> bool:
    auxiliaries = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    return any(aux.tag_ in FINITE for aux in auxiliaries) or (verb.tag_ in FINITE and not auxiliaries)


def has_that(verb: Token) -> bool:
    return any(child.dep_ == "mark" and child.lower_ in ("that", "whether") for child in verb.children)


def start_of(verb: Token) -> int:
    return verb.left_edge.i


def without_joiner(piece: list[Token]) -> list[Token]:
    """Without the "and" and the marks at its end, which lead on to the next."""
    while len(piece) > 1 and (piece[-1].dep_ == "cc" or piece[-1].text in {",", ";", "–", "—", "-"}):
        piece = piece[:-1]
    return piece
