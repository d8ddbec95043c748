"""Constructions that report in a clause: "said that …", "…, she said", "as the paper reported", "according to"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from ingest.attribution.cues import takes, verb_stances, words
from ingest.attribution.frames import is_negated
from ingest.attribution.page import Finding, Page, spans_of
from ingest.attribution.phrases import (
    SUBJECTS,
    children,
    finding,
    in_condition,
    noun_phrase,
    says_more,
    speaker,
    subtree,
    unclosed_apposition,
)
from ingest.lexicon import read_list

HEARER_VERBS = frozenset(
    {"tell", "ask", "inform", "remind", "assure", "reassure", "advise", "brief", "notify", "warn", "caution"}
)
DASHES = frozenset({"-", "--", "—", "–"})
CONNECTIVES = frozenset({"however", "still", "meanwhile", "moreover", "nevertheless", "indeed", "instead", "besides"})


def reported_clause(page: Page) -> Iterator[Finding]:
    """As in "The mayor said that it was over", "It was over, the mayor said"."""
    for verb in page.verbs:
        if not takes(verb.lemma_, "clause") or in_condition(verb):
            continue
        swallowed = unclosed_apposition(verb)
        source = swallowed or speaker(verb)
        if source is None:
            continue
        if swallowed is not None:
            tokens = without_connective(page.doc, list(range(verb.sent.start, source.left_edge.i)))
        else:
            tokens = clause_after(verb) or clause_before(verb, source)
        if tokens:
            yield finding(page, "reported_clause", verb, source, tokens, 0.8)


def is_aside_with_as(verb: Token) -> bool:
    """A clause with "as" that commas set apart and that says nothing itself."""
    doc, first, last = verb.doc, verb.left_edge.i, verb.right_edge.i
    if verb.dep_ != "advcl" or doc[first].lower_ != "as" or children(verb, "ccomp", "dobj", "xcomp"):
        return False
    after = doc[last].text if doc[last].is_punct else doc[last + 1].text if last + 1 < len(doc) else ""
    before = doc[first - 1].text if first else ""
    return (doc[first].is_sent_start or before in {",", "and", "but"}) and after in {",", ".", ""} and before != "even"


def clause_after(verb: Token) -> list[int]:
    for child in verb.rights:
        if is_last_clause(child, child.left_edge.i):
            break
        if child.dep_ == "ccomp" or (child.dep_ in {"advcl", "acl"} and starts_with_that(child)):
            first = min(
                [c.left_edge.i for c in children(verb, "dobj") if verb.i < c.i < child.i and not heard(verb)],
                default=child.left_edge.i,
            )
            asked = [word.i for word in child.lefts if word.i < verb.i and word.tag_ in {"WP", "WDT"}]
            return asked + cut_aside(verb, [i for i in range(first, child.right_edge.i + 1) if i > verb.i])
    return clause_after_occasion(verb)


def clause_after_occasion(verb: Token) -> list[int]:
    """As in "said in a statement that P", where the parse hangs the clause on the statement."""
    for prep in [p for word in (verb, *children(verb, "dobj", "dative")) for p in children(word, "prep", "dative")]:
        for noun in children(prep, "pobj"):
            clauses = (
                children(noun, "acl", "ccomp", "relcl") if noun.lemma_ in read_list("sources")["occasions"] else []
            )
            found = next((c for c in clauses if starts_with_that(c) and c.i > verb.i), None)
            if found is not None:
                return cut_aside(verb, list(subtree(found)))
    return []


def heard(verb: Token) -> bool:
    """Is the object of this verb the one who is told?"""
    return verb.lemma_ in HEARER_VERBS


def starts_with_that(clause: Token) -> bool:
    return any(child.dep_ == "mark" and child.lower_ in {"that", "whether"} for child in clause.lefts)


def cut_aside(verb: Token, tokens: list[int]) -> list[int]:
    """The clause up to where the writer goes on: a dash that nothing closes, ", adding that", "and promised to"."""
    doc = verb.doc
    more = next((start_of_next(doc[i]) for i in tokens if says_more(doc[i]) or says_next(verb, doc[i])), None)
    tokens = [i for i in tokens if more is None or i < more]
    dashes = [position for position, i in enumerate(tokens) if position and is_dash(doc[i])]
    return tokens[: dashes[0]] if len(dashes) == 1 else tokens


def says_next(verb: Token, token: Token) -> bool:
    """Is this the speaker's next act, which the parse hung on what was said: "said it was over and promised to go"?"""
    joined = (
        token.dep_ == "conj" and token.head.head == verb and token.tag_ == verb.tag_ and token.lemma_ in verb_stances()
    )
    return joined and not any(child.dep_ in SUBJECTS or child.dep_ == "mark" for child in token.lefts)


def start_of_next(token: Token) -> int:
    joiner = token.left_edge.i - 1
    return joiner if token.dep_ == "conj" and token.doc[joiner].dep_ == "cc" else token.left_edge.i


def is_dash(token: Token) -> bool:
    """A dash between words, not a hyphen in one."""
    return token.text in DASHES and (token.text != "-" or bool(token.nbor(-1).whitespace_))


def clause_before(verb: Token, source: Token) -> list[int]:
    """What a cue follows or interrupts: "It was over, she said", "It was, as she put it, over"."""
    limit = min(verb.i, source.left_edge.i)
    if limit == 0 or verb.doc[limit - 1].text in {":", ";"}:
        return []
    for child in verb.lefts:
        if child.dep_ == "ccomp" and child.i < limit:
            return without_connective(verb.doc, [i for i in subtree(child) if i < limit])
    if verb.dep_ == "parataxis":
        own = set(subtree(verb))
        return without_connective(verb.doc, [i for i in subtree(verb.head) if i not in own])
    if is_last_clause(verb, limit):
        return without_connective(verb.doc, list(range(verb.sent.start, limit)))
    return []


def is_last_clause(verb: Token, limit: int) -> bool:
    """As in "…, a source told the paper", which the parse takes for a second clause though nothing joins it on.

    Where the first clause has a reporting verb of its own ("The board asked her to go, a source told the paper"), the
    parse may even take it for what that verb reports.
    """
    swallowed = verb.dep_ == "ccomp" and verb.head.i < limit and not starts_with_that(verb)
    joined = verb.dep_ == "conj" or swallowed
    turned = verb.i == limit and any(child.dep_ in SUBJECTS for child in verb.rights)  # "…, reports the Courier"
    if not joined or not (turned or any(child.dep_ in SUBJECTS and child.i < verb.i for child in verb.lefts)):
        return False
    if not takes(verb.lemma_, "quotation") or verb.doc[limit - 1].text != ",":
        return False
    return not any(
        child.dep_ in {"ccomp", "xcomp"} or (child.dep_ == "dobj" and not heard(verb)) for child in verb.rights
    )


def as_reported(page: Page) -> Iterator[Finding]:
    """As in "The talks failed, as the paper reported", "This, as she put it, was a joke"."""
    for verb in page.verbs:
        if not is_aside_with_as(verb) or not takes(verb.lemma_, "quotation"):
            continue
        source = speaker(verb)
        if source is not None:
            tokens = passed_on(verb)
            yield finding(page, "as_reported", verb, source, without_connective(page.doc, tokens), 0.75)


def passed_on(verb: Token) -> list[int]:
    """What the aside is about: its sentence, without the clause that goes on after it with another cue.

    Of a silence it is what nothing was said about: "would not confirm that P, as the Courier reported" is P.
    """
    own, head = set(subtree(verb)), verb.head
    silent = is_negated(head) or head.lemma_ in words("silence", "verbs")
    asked = [c for word in (head, *children(head, "xcomp")) for c in children(word, "ccomp") if silent]
    if asked:
        return [i for i in subtree(asked[0]) if i not in own and i != asked[0].left_edge.i]
    said = (
        t for t in verb.doc[verb.right_edge.i + 1 : verb.sent.end] if takes(t.lemma_, "quotation") and t.pos_ == "VERB"
    )
    next_said = next((t for t in said if t.dep_ == "conj" and speaker(t) is not None), None)
    joiners = [c.i for c in (next_said.head.children if next_said else ()) if c.dep_ == "cc" and c.i > verb.i]
    end = joiners[-1] if joiners else verb.sent.end
    return [i for i in range(verb.sent.start, end) if i not in own]


def without_connective(doc: Doc, tokens: list[int]) -> list[int]:
    """The clause without the "But" or "However," that ties it to the sentence before."""
    while tokens and (
        doc[tokens[0]].pos_ == "CCONJ" or doc[tokens[0]].is_punct or doc[tokens[0]].lower_ in CONNECTIVES
    ):
        tokens = tokens[1:]
    return tokens


def quoted_before(page: Page, start: int, end: int) -> bool:
    return any(page.quoted[i] >= 0 for i in range(start, end))


def according_to(page: Page) -> Iterator[Finding]:
    """As in "According to the ministry, …", "…, according to two people briefed on the call"."""
    doc = page.doc
    for token in doc[:-1]:
        if token.lower_ != "according" or doc[token.i + 1].lower_ != "to":
            continue
        if page.quoted[token.i] >= 0 or page.closed[token.i]:
            continue
        source, content = split_according(page, token)
        if source and content and not is_own_basis(page, token, source):
            spans = spans_of(page, source)
            yield Finding(
                "according_to", token.i, spans, spans_of(page, [token.i, token.i + 1]), spans_of(page, content), 0.85
            )


def is_own_basis(page: Page, token: Token, source: list[int]) -> bool:
    """As in "Radio 9 said the crew, according to its research, …": by what the one who says so knows it."""
    owned = page.doc[source[0]].tag_ == "PRP$"
    before = (t for t in page.doc[token.sent.start : token.i] if takes(t.lemma_, "clause"))
    return owned and any(speaker(verb) is not None for verb in before)


def split_according(page: Page, token: Token) -> tuple[list[int], list[int]]:
    doc, sent = page.doc, token.sent
    after = [i for i in range(token.i + 2, sent.end) if not doc[i].is_space]
    heads = [t for t in doc[token.i + 1].children if t.dep_ == "pobj"] or [
        t for child in token.children for t in child.children if t.dep_ == "pobj"
    ]
    opening = all(doc[i].is_punct or doc[i].pos_ in {"CCONJ", "ADV", "SCONJ"} for i in range(sent.start, token.i))
    if opening:
        comma = next((i for i in after if doc[i].text == "," or page.quoted[i] >= 0), None)
        if comma is None:
            return [], []
        return list(range(token.i + 2, comma)), list(range(comma, sent.end))
    source = noun_phrase(page, heads[0]) if heads else after[:1]
    source = [i for i in source if i > token.i + 1] or after[:1]
    skipped = set(range(token.i, source[-1] + 1)) if source else set()
    if sent.root.i > token.i and not quoted_before(page, sent.start, token.i):
        whole = [i for i in range(sent.start, sent.end) if i not in skipped]
        return source, without_connective(doc, whole)
    top = token
    while top.head != top and top.pos_ not in {"VERB", "AUX"}:
        top = top.head
    content = [i for i in subtree(top) if i not in skipped]
    left = [i for i in content if i < token.i] or list(range(sent.start, token.i))
    right = [i for i in content if source and i > source[-1]] if top.i > token.i else []
    return source, without_connective(doc, left) + right
