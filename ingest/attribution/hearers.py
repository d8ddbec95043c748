"""Who hears is not who says: "the court heard that", "drivers were warned", and in a headline "…, jury told"."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from ingest.attribution.cues import words
from ingest.attribution.page import Finding, Page, spans_of
from ingest.attribution.phrases import agent, children, noun_phrase, speaker
from ingest.attribution.reports import HEARER_VERBS
from ingest.syntax.trees import find_head, tokens_in

STOPS = frozenset(".!?…")
PAST = frozenset({"VBD", "VBN"})


def unhear(page: Page, finding: Finding) -> Finding:
    """The finding without a source that only heard it; whom a "by" names said it, else nobody who is named."""
    verb, head = page.doc[finding.anchor], find_head(tokens_in(page.doc, finding.source))
    if head is None:
        return finding
    act = head.head if head.dep_ == "nsubj" and is_hearing(head.head, head) else verb
    if not hears(act, head):
        return finding
    who = agent(verb) if act == verb else speaker(verb)
    source = spans_of(page, noun_phrase(page, who)) if who is not None and who != head else ()
    return replace(finding, source=source, agentless=not source)


def hears(verb: Token, head: Token) -> bool:
    """Is this the one that is told, not the one that tells?"""
    if verb.lemma_ in words("hearing", "verbs"):
        return is_hearing(verb, head)
    if verb.lemma_ not in HEARER_VERBS or head.i > verb.i:
        return False
    told = head.head == verb and head.dep_ == "nsubjpass"
    return told or (verb.tag_ in PAST and is_cut_short(verb))


def is_hearing(verb: Token, head: Token) -> bool:
    return verb.lemma_ in words("hearing", "verbs") and head.lemma_.lower() in words("hearing", "bodies")


def is_cut_short(verb: Token) -> bool:
    """Is it a headline's passive without its "was", as nothing follows it: "Bridge was unsafe, court told"?"""
    active = children(verb, "aux", "dobj", "dative", "xcomp")
    rest = [t for t in verb.doc[verb.i + 1 : verb.sent.end] if not t.is_space]
    return not active and not rest and verb.sent.text.rstrip()[-1:] not in STOPS
