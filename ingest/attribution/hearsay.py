"""Constructions that name a noun or nobody: "X's claim that", "has the proof that", "is said to", "reportedly"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from ingest.attribution.cues import noun_stances, takes, words
from ingest.attribution.page import Finding, Page, spans_of
from ingest.attribution.phrases import (
    agent,
    children,
    cue_group,
    finding,
    has_aux_to,
    noun_phrase,
    speaker,
    subject,
    subtree,
)
from ingest.lexicon import read_list


def hearsay_passive(page: Page) -> Iterator[Finding]:
    """As in "The firm is said to have copied it", "It is believed that …": nobody says so, unless "by" names one."""
    for verb in page.verbs:
        if (
            verb.lemma_ not in words("hearsay", "passives")
            or not children(verb, "auxpass")
            or not children(verb, "nsubjpass", "expl")
        ):
            continue
        who = agent(verb) or accuser(verb)
        tokens = said_of(verb)
        if not tokens:
            continue
        cue = cue_group(verb)
        source = spans_of(page, noun_phrase(page, who)) if who is not None else ()
        tokens = [i for i in tokens if i not in cue and (who is None or i not in subtree(who.head))]
        yield Finding("hearsay_passive", verb.i, source, spans_of(page, cue), spans_of(page, tokens), 0.7, who is None)


def accuser(verb: Token) -> Token | None:
    """Who accuses, where the parse hung "by" on what was done: "accused of copying it by former employees"."""
    for prep in children(verb, "prep"):
        for act in children(prep, "pcomp"):
            last = act.doc[act.right_edge.i]
            who = next((t for t in (last, *last.ancestors) if t.dep_ == "pobj" and t.head.lower_ == "by"), None)
            if who is not None and is_person(who):
                return who
    return None


def is_person(noun: Token) -> bool:
    lists = read_list("sources")
    return noun.pos_ == "PROPN" or noun.lemma_ in (*lists["anonymous"], *lists["group"], *lists["role"])


def said_of(verb: Token) -> list[int]:
    """The subject and what is said of it; the that-clause alone where the subject is "it"."""
    subjects = children(verb, "nsubjpass")
    own = list(subtree(subjects[0])) if subjects and subjects[0].lower_ != "it" else []
    for child in verb.rights:
        if child.dep_ in {"xcomp", "ccomp", "advcl", "oprd"} and (has_aux_to(child) or child.dep_ == "ccomp"):
            return own + until_participle(child)
        if child.dep_ == "prep" and child.lower_ == "of" and takes(verb.lemma_, "of"):
            return own + [i for i in subtree(child) if i > child.i]
    return said_before(verb) if subjects and not own else []


def said_before(verb: Token) -> list[int]:
    """What "it was announced on Monday" follows."""
    for child in verb.lefts:
        if child.dep_ == "ccomp":
            return list(subtree(child))
    return []


def until_participle(clause: Token) -> list[int]:
    """The clause without a trailing ", prompting complaints", which is the writer's own."""
    tokens = list(subtree(clause))
    for child in clause.rights:
        if child.dep_ == "advcl" and child.tag_ == "VBG" and child.doc[child.left_edge.i - 1].text == ",":
            return [i for i in tokens if i < child.left_edge.i]
    return tokens


def hearsay_adverb(page: Page) -> Iterator[Finding]:
    """As in "The firm reportedly copied it"."""
    adverbs = words("hearsay", "adverbs")
    for token in page.doc:
        if token.lower_ in adverbs and page.quoted[token.i] < 0 and not page.closed[token.i]:
            verb = token.head
            left = [t.i for child in verb.lefts if child.dep_ not in {"cc", "punct"} for t in child.subtree]
            right = [t.i for child in verb.rights if child.dep_ not in {"cc", "conj", "punct"} for t in child.subtree]
            tokens = {*left, *right, verb.i} - {token.i}
            yield Finding("hearsay_adverb", token.i, (), spans_of(page, [token.i]), spans_of(page, tokens), 0.6, True)


def raised_noun(page: Page) -> Iterator[Finding]:
    """As in "Suspicions have been raised about the method", "Critics voiced concern that …"."""
    for verb in page.verbs:
        if verb.lemma_ not in words("hearsay", "raised"):
            continue
        for noun in children(verb, "nsubjpass", "dobj"):
            if noun.lemma_ not in noun_stances():
                continue
            passive = noun.dep_ == "nsubjpass"
            held = [c for c in (*noun.rights, *verb.rights) if c.dep_ in {"prep", "acl", "ccomp"} and c.i > noun.i]
            who = speaker(verb)
            if not held or (not passive and (who is None or verb.lemma_ == "cast")):
                continue
            cue = sorted({*cue_group(verb), *(i for i in subtree(noun) if i <= noun.i)})
            last = max(c.right_edge.i for c in held)
            content = (
                [*cue, *range(max(cue) + 1, last + 1)] if passive and who is None else range(max(cue) + 1, last + 1)
            )
            source = spans_of(page, noun_phrase(page, who)) if who is not None else ()
            yield Finding(
                "raised_noun", verb.i, source, spans_of(page, cue), spans_of(page, content), 0.75, who is None
            )


def evidence_noun(page: Page) -> Iterator[Finding]:
    """As in "The firm would have the proof that …", "has found evidence of …"."""
    for verb in page.verbs:
        if verb.lemma_ not in words("evidence", "holds"):
            continue
        source = speaker(verb)
        for noun in children(verb, "dobj"):
            shown = what_it_shows(noun) if noun.lemma_ in words("evidence", "nouns") else []
            if source is not None and shown:
                cue = list(range(noun.left_edge.i, noun.i + 1))
                yield finding(page, "evidence_noun", verb, source, shown, 0.8, cue)


def what_it_shows(noun: Token) -> list[int]:
    for child in noun.rights:
        if child.dep_ in {"relcl", "acl", "ccomp"}:
            if child.lemma_ in words("evidence", "shows"):
                return [i for c in children(child, "dobj", "ccomp") for i in until_purpose(c)]
            return list(subtree(child))
        if child.dep_ == "prep" and child.lower_ == "of":
            return [i for i in subtree(child) if i > child.i]
    return []


def until_purpose(token: Token) -> list[int]:
    """The object, with the purpose that the parse hung on the verb beside it ("in order to train its own")."""
    last = max([c.right_edge.i for c in token.head.rights if c.dep_ in {"prep", "advcl"}], default=token.right_edge.i)
    return list(range(token.left_edge.i, max(last, token.right_edge.i) + 1))


def concern_is(page: Page) -> Iterator[Finding]:
    """As in "The concern here is that …", "Their view is that …"."""
    for verb in page.verbs:
        noun = subject(verb, 0) if verb.lemma_ == "be" else None
        if noun is None or noun.lemma_ not in noun_stances():
            continue
        for clause in children(verb, "ccomp"):
            owners = children(noun, "poss")
            own = set(subtree(owners[0])) if owners else set()
            cue = [i for i in range(noun.left_edge.i, verb.i + 1) if i not in own]
            source = spans_of(page, noun_phrase(page, owners[0])) if owners else ()
            yield Finding(
                "concern_is", verb.i, source, spans_of(page, cue), spans_of(page, subtree(clause)), 0.6, not owners
            )


def document_states(page: Page) -> Iterator[Finding]:
    """As in "The terms of service state that …", where the parse takes "state" for a noun."""
    doc = page.doc
    for token in doc[1:-1]:
        if token.pos_ != "NOUN" or token.lower_ not in {"state", "note", "show"} or doc[token.i + 1].lower_ != "that":
            continue
        plural = [
            t for t in doc[token.sent.start : token.i] if t.tag_ == "NNS" and t.dep_ in {"ROOT", "nsubj", "dep", "nmod"}
        ]
        if page.quoted[token.i] >= 0 or page.closed[token.i] or not plural:
            continue
        source = range(plural[-1].left_edge.i, token.i)
        end = next((i for i in range(token.i + 1, token.sent.end) if doc[i].text in {";", "\n"}), token.sent.end)
        yield Finding(
            "document_states", token.i, spans_of(page, source), spans_of(page, [token.i]),
            spans_of(page, range(token.i + 1, end)), 0.8,
        )  # fmt: skip
