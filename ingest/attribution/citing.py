"""Whom an outlet cites: they are the source and the outlet is a hop.

As in "The Courier reported, citing two people", "a Courier report cites two officials who say", "Citing a memo, …".
"""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from ingest.attribution.cues import takes, words
from ingest.attribution.outlets import Outlets, is_of_outlet
from ingest.attribution.page import Finding, Page, spans_of
from ingest.attribution.phrases import children, cue_group, noun_phrase
from ingest.attribution.reports import clause_after
from ingest.lexicon import read_list

ASIDE = frozenset({"advcl", "conj", "acl", "relcl", "prep", "dep"})
RELATIVE = frozenset({"WP", "WDT"})


def cited_by(page: Page, finding: Finding) -> list[Token]:
    """The "citing" or "which cites" that hangs on this finding's cue or on its source."""
    source = [page.doc[i] for span in finding.source for i in page.inside(span)]
    near = [child for word in (page.doc[finding.anchor], *source) for child in word.children]
    return [t for t in near if t.lemma_ in words("citing", "verbs") and t.dep_ in ASIDE and is_aside(t)]


def is_aside(verb: Token) -> bool:
    return verb.tag_ == "VBG" or any(child.tag_ in RELATIVE for child in verb.lefts)


def cite(page: Page, outlets: Outlets, finding: Finding) -> Finding:
    """The finding with whom its outlet cites for its source, and the outlet for a hop."""
    if not is_of_outlet(page, outlets, finding):
        return finding
    for citing in cited_by(page, finding):
        for noun in children(citing, "dobj", "pobj"):
            if is_source(noun):
                cited = noun_phrase(page, noun)
                words = [i for span in finding.content for i in page.inside(span)]
                rest = [i for i in words if i not in {*range(citing.left_edge.i, citing.i + 1), *cited}]
                return replace(
                    finding,
                    source=spans_of(page, cited),
                    content=finding.content if rest == words else spans_of(page, rest),
                    hops=(*finding.hops, *finding.source),
                    agentless=False,
                )
    return finding


def open_citation(page: Page, outlets: Outlets, finding: Finding) -> Finding:
    """ "The Courier cites two officials who say that P": two officials say so, to the Courier."""
    verb = page.doc[finding.anchor]
    if verb.lemma_ not in words("citing", "verbs") or not is_of_outlet(page, outlets, finding):
        return finding
    for noun in children(verb, "dobj"):
        for inner in (*quoted_as(verb), *(t for t in noun.subtree if t.i > noun.i and tells(t))):
            content = clause_after(inner)
            if content:
                source = [i for i in noun_phrase(page, noun) if i < inner.left_edge.i]
                return replace(
                    finding,
                    method="cited_source",
                    anchor=inner.i,
                    source=spans_of(page, source),
                    cue=spans_of(page, cue_group(inner)),
                    content=spans_of(page, content),
                    hops=(*finding.hops, *finding.source),
                )
    return finding


def tells(verb: Token) -> bool:
    """Is it a relative clause that reports: "officials who say that"?"""
    return takes(verb.lemma_, "clause") and any(child.tag_ in RELATIVE for child in verb.lefts)


def quoted_as(verb: Token) -> list[Token]:
    """The "saying" of "quoted Renn as saying that"."""
    return [act for prep in children(verb, "prep") if prep.lower_ == "as" for act in children(prep, "pcomp")]


def is_source(noun: Token) -> bool:
    lists = read_list("sources")
    known = {*lists["role"], *lists["anonymous"], *lists["group"], *lists["document"], *lists["outlet"]}
    return noun.pos_ == "PROPN" or noun.lemma_ in known or noun.lower_ in known
