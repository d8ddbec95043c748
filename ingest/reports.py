"""Constructions that report without need of quotation marks: clauses, phrases, infinitives, "according to"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from ingest.cues import takes, verb_stances
from ingest.phrases import (
    OWN_VOICE,
    QUOTING_VERBS,
    SUBJECTS,
    Finding,
    Page,
    agent,
    children,
    cue_group,
    has_aux_to,
    is_passive,
    noun_phrase,
    says_more,
    spans_of,
    speaker,
    subtree,
    unclosed_apposition,
)

NOT_CONTENT = frozenset(
    {"punct", "cc", "conj", "npadvmod", "advcl", "advmod", "agent", "ccomp", "parataxis", "mark", "dep", "prt", "aux"}
)
HEARER_VERBS = frozenset(
    {"tell", "ask", "inform", "remind", "assure", "reassure", "advise", "brief", "notify", "warn", "caution"}
)
DASHES = frozenset({"-", "--", "—", "–"})
CONNECTIVES = frozenset({"however", "still", "meanwhile", "moreover", "nevertheless", "indeed", "instead", "besides"})
TIME_AND_PLACE = frozenset(
    {"in", "on", "at", "during", "after", "before", "since", "by", "through", "via", "until", "amid"}
)


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
            yield finding(page, "reported_clause", verb, source, tokens, 0.85)


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
        if child.dep_ == "ccomp" or (child.dep_ == "advcl" and starts_with_that(child)):
            first = min(
                [c.left_edge.i for c in children(verb, "dobj") if verb.i < c.i < child.i and not heard(verb)],
                default=child.left_edge.i,
            )
            asked = [word.i for word in child.lefts if word.i < verb.i and word.tag_ in {"WP", "WDT"}]
            return asked + cut_aside(verb, [i for i in range(first, child.right_edge.i + 1) if i > verb.i])
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
    """As in "…, a source told the paper", which the parse takes for a second clause though nothing joins it on."""
    joined = verb.dep_ == "conj" and any(child.dep_ in SUBJECTS and child.i < verb.i for child in verb.lefts)
    if not joined or not takes(verb.lemma_, "quotation") or verb.doc[limit - 1].text != ",":
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
            own = set(subtree(verb))
            tokens = [i for i in range(verb.sent.start, verb.sent.end) if i not in own]
            yield finding(page, "as_reported", verb, source, without_connective(page.doc, tokens), 0.75)


def without_connective(doc: Doc, tokens: list[int]) -> list[int]:
    """The clause without the "But" or "However," that ties it to the sentence before."""
    while tokens and (
        doc[tokens[0]].pos_ == "CCONJ" or doc[tokens[0]].is_punct or doc[tokens[0]].lower_ in CONNECTIVES
    ):
        tokens = tokens[1:]
    return tokens


def adjective_content(page: Page) -> Iterator[Finding]:
    """As in "She is confident that it will open", "He was convinced that …", "They are willing to sell"."""
    for verb in page.verbs:
        felt = [verb] if children(verb, "auxpass") else children(verb, "acomp") if verb.lemma_ == "be" else []
        source = (children(verb, "nsubj", "nsubjpass") or [None])[0] if felt and not in_condition(verb) else None
        if source is None or source.lower_ in OWN_VOICE or source.lower_ == "it":
            continue
        for clause in (*children(felt[0], "ccomp", "xcomp"), *children(verb, "ccomp")):
            form = "infinitive" if has_aux_to(clause) else "clause"
            if clause.i > felt[0].i and takes(felt[0].lower_, form):
                more = [] if felt[0] == verb else list(subtree(felt[0]))[: felt[0].i - felt[0].left_edge.i + 1]
                content = [i for i in subtree(clause) if i > felt[0].i]
                yield finding(page, "adjective_content", verb, source, content, 0.7, more)
                break


def phrase_content(page: Page) -> Iterator[Finding]:
    """As in "The ministry denied the report", "She called the plan a joke", "They praised its work for …"."""
    for verb in page.verbs:
        if not takes(verb.lemma_, "phrase") or in_condition(verb) or is_yet_to_come(verb):
            continue
        if (verb.dep_ == "relcl" and is_object_relative(verb)) or quotes_a_saying(verb):
            continue
        source = speaker(verb)
        objects = (
            children(verb, "nsubjpass") if is_passive(verb) else [c for c in children(verb, "dobj") if c.i > verb.i]
        )
        if source is None or not objects or (is_passive(verb) and objects[0].tag_ in {"WDT", "WP"}):
            continue
        tokens = list(subtree(objects[0]))
        if not is_passive(verb):
            last = max([c.right_edge.i for c in verb.rights if c.i > objects[0].i and belongs(c)], default=tokens[-1])
            tokens = list(range(tokens[0], last + 1)) if last - tokens[-1] < 40 else tokens
        yield finding(page, "phrase_content", verb, source, tokens, 0.7)


def quotes_a_saying(verb: Token) -> bool:
    """As in "quoted him as saying": what he said is the content, and he the source."""
    return verb.lemma_ in QUOTING_VERBS and any(children(prep, "pcomp") for prep in children(verb, "prep"))


def belongs(child: Token) -> bool:
    """Is this part of what is praised, called or denied, and not of the circumstances?"""
    return child.dep_ not in NOT_CONTENT and not (child.dep_ == "prep" and child.lower_ in TIME_AND_PLACE)


def is_object_relative(verb: Token) -> bool:
    return not any(child.tag_ in {"WP", "WDT"} and child.dep_ == "nsubj" for child in verb.lefts)


def prepositional_content(page: Page) -> Iterator[Finding]:
    """As in "He called for talks", "She accused them of lying", "accounts they suspected of belonging to a rival"."""
    for verb in page.verbs:
        for prep in verb.rights:
            if prep.dep_ != "prep" or not takes(verb.lemma_, prep.lower_) or in_condition(verb):
                continue
            source = speaker(verb)
            objects = children(prep, "pobj", "pcomp")
            if source is None or not objects:
                continue
            tokens = list(subtree(objects[0]))
            accused = [c for c in children(verb, "dobj") if verb.i < c.i < prep.i]
            cue = [prep.i] if prep.i <= verb.i + 2 and not accused and prep.lower_ != "of" else []
            tokens = tokens + called_upon(verb, tokens[-1])
            if accused:
                tokens = list(range(accused[0].left_edge.i, tokens[-1] + 1))
            yield finding(page, "prepositional_content", verb, source, tokens, 0.75, cue)
            break


def quoted_before(page: Page, start: int, end: int) -> bool:
    return any(page.quoted[i] >= 0 for i in range(start, end))


def called_upon(verb: Token, last: int) -> list[int]:
    """What those called on are to do: "called on them to resign"."""
    wanted = [c for c in verb.rights if c.dep_ in {"xcomp", "advcl"} and has_aux_to(c) and c.left_edge.i == last + 1]
    return [i for child in wanted for i in subtree(child)]


def infinitive_content(page: Page) -> Iterator[Finding]:
    """As in "The firm plans to sell", "He denied taking money", "She declined to comment", "They urged her to stay"."""
    for verb in page.verbs:
        source = speaker(verb) if not in_condition(verb) else None
        if source is None:
            continue
        for comp in children(verb, "xcomp", "ccomp"):
            told = [c for c in children(verb, "dobj", "dative") if verb.i < c.i < comp.i]
            form = "object_infinitive" if told else "infinitive"
            gerund = comp.tag_ == "VBG" and takes(verb.lemma_, "gerund")
            if (
                comp.i < verb.i
                or is_yet_to_come(verb)
                or not (gerund or (has_aux_to(comp) and takes(verb.lemma_, form)))
            ):
                continue
            first = told[0].left_edge.i if told and not gerund else max(comp.left_edge.i, verb.i + 1)
            yield finding(page, "infinitive_content", verb, source, range(first, comp.right_edge.i + 1), 0.8)
            break


def according_to(page: Page) -> Iterator[Finding]:
    """As in "According to the ministry, …", "…, according to two people briefed on the call"."""
    doc = page.doc
    for token in doc[:-1]:
        if token.lower_ != "according" or doc[token.i + 1].lower_ != "to":
            continue
        if page.quoted[token.i] >= 0 or page.closed[token.i]:
            continue
        source, content = split_according(page, token)
        if source and content:
            spans = spans_of(page, source)
            yield Finding(
                "according_to", token.i, spans, spans_of(page, [token.i, token.i + 1]), spans_of(page, content), 0.9
            )


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


def is_yet_to_come(verb: Token) -> bool:
    """As in "will decide to", "could offer": nobody has decided or offered."""
    return any(child.dep_ == "aux" and child.tag_ == "MD" and child.lower_ != "would" for child in verb.lefts)


def in_condition(verb: Token) -> bool:
    """As in "if he says", "unless it denies": nothing was said."""
    return any(child.dep_ == "mark" and child.lower_ in {"if", "unless"} for child in verb.lefts)


def finding(
    page: Page,
    method: str,
    verb: Token,
    source: Token,
    content: list[int] | range,
    confidence: float,
    more: list[int] | None = None,
) -> Finding:
    cue = cue_group(verb) + (more or [])
    who = noun_phrase(page, source)
    taken = set(cue) | (set(who) if source.i < verb.i or agent(verb) is not None else set())
    content = [i for i in content if i not in taken]
    return Finding(method, verb.i, spans_of(page, who), spans_of(page, cue), spans_of(page, content), confidence)
