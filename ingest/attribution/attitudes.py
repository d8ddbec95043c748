"""Constructions whose content is no clause: praise and denial of a thing, plans, demands, what someone is sure of."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from ingest.attribution.cues import takes
from ingest.attribution.page import Finding, Page, spans_of
from ingest.attribution.phrases import (
    OWN_VOICE,
    QUOTING_VERBS,
    children,
    cue_group,
    finding,
    has_aux_to,
    in_condition,
    is_passive,
    noun_phrase,
    speaker,
    subtree,
)

SILENT_VERBS = frozenset({"reach", "be", "comment", "have", "make", "offer", "provide"})
NOT_CONTENT = frozenset(
    {"punct", "cc", "conj", "npadvmod", "advcl", "advmod", "agent", "ccomp", "parataxis", "mark", "dep", "prt", "aux"}
)
NAMING_VERBS = frozenset({"name", "identify", "quote"})  # "asked not to be named" is why a source has no name
TIME_AND_PLACE = frozenset(
    {"in", "on", "at", "during", "after", "before", "since", "by", "through", "via", "until", "amid"}
)


def adjective_content(page: Page) -> Iterator[Finding]:
    """As in "She is confident that it will open", "He was convinced that …", "They are willing to sell"."""
    for verb in page.verbs:
        felt = [verb] if children(verb, "auxpass") else children(verb, "acomp") if verb.lemma_ == "be" else []
        source = next(iter(children(verb, "nsubj", "nsubjpass")), None) if felt and not in_condition(verb) else None
        if source is None or source.lower_ in OWN_VOICE or source.lower_ == "it":
            continue
        for clause in (*children(felt[0], "ccomp", "xcomp"), *children(verb, "ccomp")):
            form = "infinitive" if has_aux_to(clause) else "clause"
            if clause.i > felt[0].i and takes(felt[0].lower_, form):
                more = [] if felt[0] == verb else list(subtree(felt[0]))[: felt[0].i - felt[0].left_edge.i + 1]
                content = [i for i in subtree(clause) if i > felt[0].i]
                yield finding(page, "adjective_content", verb, source, content, 0.65, more)
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
        yield finding(page, "phrase_content", verb, source, tokens, 0.6)


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
            yield finding(page, "prepositional_content", verb, source, tokens, 0.55, cue)
            break


def called_upon(verb: Token, last: int) -> list[int]:
    """What those called on are to do: "called on them to resign"."""
    wanted = [c for c in verb.rights if c.dep_ in {"xcomp", "advcl"} and has_aux_to(c) and c.left_edge.i == last + 1]
    return [i for child in wanted for i in subtree(child)]


def infinitive_content(page: Page) -> Iterator[Finding]:
    """As in "The firm plans to sell", "He denied taking money", "She declined to comment", "They urged her to stay"."""
    for verb in page.verbs:
        source = speaker(verb)
        if source is None or in_condition(verb) or is_yet_to_come(verb):
            continue
        for comp in children(verb, "xcomp", "ccomp"):
            if comp.i < verb.i or comp.lemma_ in NAMING_VERBS:
                continue
            told = [c for c in children(verb, "dobj", "dative") if verb.i < c.i < comp.i]
            gerund = comp.tag_ == "VBG" and takes(verb.lemma_, "gerund")
            if gerund or (has_aux_to(comp) and takes(verb.lemma_, "object_infinitive" if told else "infinitive")):
                first = told[0].left_edge.i if told and not gerund else max(comp.left_edge.i, verb.i + 1)
                yield finding(page, "infinitive_content", verb, source, range(first, comp.right_edge.i + 1), 0.6)
                break


def silence(page: Page) -> Iterator[Finding]:
    """As in "could not be reached for comment", "was not available for comment", "would not comment on the talks"."""
    for verb in page.verbs:
        asked = [t for t in verb.subtree if t.lower_ == "comment" and t.i >= verb.i][:1]
        source = next(iter(children(verb, "nsubj", "nsubjpass")), None)
        if not asked or source is None or verb.lemma_ not in SILENT_VERBS or not is_denied(verb, source):
            continue
        first = asked[0].i if asked[0] == verb else asked[0].head.i if asked[0].head != verb else asked[0].left_edge.i
        cue = [i for i in range(min(cue_group(verb)), first) if i not in subtree(source)]
        who, content = noun_phrase(page, source), range(first, verb.right_edge.i + 1)
        yield Finding("silence", verb.i, spans_of(page, who), spans_of(page, cue), spans_of(page, content), 0.85)


def is_denied(verb: Token, source: Token) -> bool:
    """Does a negation stand with the verb, its subject or its object: "did not", "neither company", "no comment"?"""
    near = [*verb.children, *source.children, *(word for noun in children(verb, "dobj") for word in noun.children)]
    return any(word.dep_ == "neg" or word.lower_ in {"no", "neither", "none", "nobody", "unavailable"} for word in near)


def is_yet_to_come(verb: Token) -> bool:
    """As in "will decide to", "could offer": nobody has decided or offered."""
    return any(child.dep_ == "aux" and child.tag_ == "MD" and child.lower_ != "would" for child in verb.lefts)
