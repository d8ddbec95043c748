"""Who passed it on: the stations between a source and this article, nearest to the content first.

A station is where someone spoke ("told the Courier", "in an interview with Radio Dunmore"), who reported that they did
("the Courier reported that …", "according to two people briefed on the call, the chief executive said …"), or who
had it first ("first reported by"). This article's own outlet is none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from spacy.tokens import Token

from ingest.attribution.citing import cite, cited_by, open_citation
from ingest.attribution.cues import takes, words
from ingest.attribution.frames import is_negated
from ingest.attribution.hearers import unhear
from ingest.attribution.joining import ALONE
from ingest.attribution.outlets import Outlets, is_of_outlet
from ingest.attribution.page import Finding, Page, spans_of
from ingest.attribution.phrases import QUOTING_VERBS, agent, children, subtree
from ingest.attribution.sightings import see
from ingest.lexicon import read_list
from ingest.model import Article, Span
from ingest.referents.entities import Mentions

UTTERANCES = frozenset(
    {"reported_clause", "direct_speech", "split_quotation", "multi_paragraph_quotation", "document_states"}
)
SPEAKS_THROUGH = frozenset({"to", "with", "on", "in", "by", "for", "at"})
NEAREST_LINE = 2  # an outlet deeper than this below the cue has another part in the sentence


def trace_relays(page: Page, article: Article, mentions: Mentions, findings: list[Finding]) -> list[Finding]:
    """The findings with their hops; what only reported another finding is now a hop of it."""
    outlets = Outlets(article, mentions)
    cited = {token.i for finding in findings for token in cited_by(page, finding)}
    opened = [open_citation(page, outlets, finding) for finding in findings if finding.anchor not in cited]
    seen = [see(page, outlets, finding) for finding in map(partial(unhear, page), opened)]
    heard = [cite(page, outlets, hear(page, outlets, finding)) for finding in seen]
    return reported_first(page, nest(page, outlets, mentions, heard))


def hear(page: Page, outlets: Outlets, finding: Finding) -> Finding:
    """Adds the outlet that was told: the object of "told", or of "to", "with", "in" beside the cue."""
    verb = page.doc[finding.anchor]
    silent = verb.lemma_ in words("silence", "verbs")
    if not (silent or is_utterance(page, finding)):
        return finding
    taken = {
        i for span in (finding.source if silent else (*finding.source, *finding.content)) for i in page.inside(span)
    }
    nouns = [*hearers(verb, NEAREST_LINE), *quoting(verb)]
    nouns += [noun for act in children(verb, "xcomp") if silent for noun in hearers(act, NEAREST_LINE)]
    found = (outlets.at(page, noun) for noun in nouns if noun.i not in taken)
    first = next((span for span in found if span is not None), None)
    return finding if first is None else replace(finding, hops=(*finding.hops, first))


def is_utterance(page: Page, finding: Finding) -> bool:
    """Was something said, not only thought or wanted?"""
    spoken = finding.method == ALONE and takes(page.doc[finding.anchor].lemma_, "quotation")
    return spoken or finding.method in UTTERANCES


def hearers(verb: Token, depth: int) -> Iterable[Token]:
    """Nouns that may be where someone spoke, nearest first: "told X", "in an interview with X", "told X's editor"."""
    for child in verb.children:
        if child.dep_ in {"dobj", "dative", "pobj"}:
            yield from children(child, "poss")
            yield child
            if child.lemma_ in read_list("sources")["occasions"] and depth:
                yield from hearers(child, depth - 1)
                printed = [act for act in children(child, "acl") if act.lemma_ in words("printed", "by_verbs")]
                yield from (noun for act in printed for noun in hearers(act, 0))
        elif child.dep_ in {"prep", "dative"} and child.lower_ in SPEAKS_THROUGH:
            yield from hearers(child, depth)
        elif depth:
            speaking = [child] if child.dep_ == "advcl" else children(child, "acl") if child.dep_ == "nsubj" else []
            yield from (noun for act in speaking if act.lemma_ == "speak" for noun in hearers(act, depth - 1))


def quoting(verb: Token) -> list[Token]:
    """Who quotes: "The Courier quoted her as saying", "was quoted by the Courier as saying"."""
    quote = verb.head.head
    if verb.dep_ != "pcomp" or verb.head.lower_ != "as" or quote.lemma_ not in QUOTING_VERBS:
        return []
    by = agent(quote)
    return [by] if by is not None else children(quote, "nsubj")


def nest(page: Page, outlets: Outlets, mentions: Mentions, findings: list[Finding]) -> list[Finding]:
    """Turns an outer report of an utterance into a hop of it, the innermost report first."""
    uttered: dict[int, list[int]] = defaultdict(list)
    for position, finding in enumerate(findings):
        if is_utterance(page, finding) and finding.source:
            uttered[finding.anchor].append(position)
    findings, dropped = list(findings), set()
    outer = [position for position, finding in enumerate(findings) if may_relay(page, outlets, finding)]
    for position in sorted(outer, key=lambda p: len_of(page, findings[p].content)):
        report = findings[position]
        for k in uttered_in(page, report, uttered, findings):
            if is_own_account(page, mentions, report, findings[k]):
                continue
            hops = (*findings[k].hops, *not_own(outlets, page, report.source), *report.hops)
            findings[k] = replace(findings[k], hops=hops, content=before_report(page, findings[k].content, report))
            dropped.add(position)
    return [finding for position, finding in enumerate(findings) if position not in dropped]


def uttered_in(page: Page, report: Finding, uttered: dict[int, list[int]], findings: list[Finding]) -> list[int]:
    """Positions of the utterance that a report consists of, but for who uttered it and to whom."""
    words = [i for span in report.content for i in page.inside(span)]
    for i in words:
        for k in uttered.get(i, []) if i != report.anchor else []:
            aside = len_of(page, (*findings[k].source, *findings[k].cue, *findings[k].hops))
            if 2 * len_of(page, findings[k].content) >= len(words) - aside:
                return uttered[i]
    return []


def is_own_account(page: Page, mentions: Mentions, report: Finding, utterance: Finding) -> bool:
    """As in "According to the institute, it had warned …", "according to her account": nobody stands between."""
    ids = [{m.referent for span in f.source for m in mentions.inside(span)} for f in (report, utterance)]
    words = (page.doc[i] for span in report.source for i in page.inside(span))
    return not ids[0].isdisjoint(ids[1]) or any(word.tag_ == "PRP$" for word in words)


def before_report(page: Page, content: tuple[Span, ...], report: Finding) -> tuple[Span, ...]:
    """The content without a report that trails in it: "…, according to the Courier"."""
    start = min(span.start for span in (*report.cue, *report.source))
    if not any(span.start < start < span.end for span in content):
        return content
    words = [i for span in content for i in page.inside(span) if page.starts[i] < start]
    while words and (page.doc[words[-1]].lower_ == "as" or page.doc[words[-1]].is_punct):
        words.pop()
    return spans_of(page, words)


def len_of(page: Page, spans: Iterable[Span]) -> int:
    return sum(len(page.inside(span)) for span in spans)


def not_own(outlets: Outlets, page: Page, source: tuple[Span, ...]) -> tuple[Span, ...]:
    return tuple(span for span in source if not outlets.is_own(span.of(page.text)))


def may_relay(page: Page, outlets: Outlets, finding: Finding) -> bool:
    """Does this finding's source pass on what another said: "according to", "as X reported", an outlet's own report?"""
    lemma = page.doc[finding.anchor].lemma_
    if finding.method == "according_to" or (finding.method == "as_reported" and lemma == "report"):
        return bool(finding.source)
    reports = finding.method in {"as_reported", "reported_clause", ALONE} and takes(lemma, "quotation")
    return reports and is_of_outlet(page, outlets, finding)


def reported_first(page: Page, findings: list[Finding]) -> list[Finding]:
    """Adds who had it first: "…, first reported by the Courier"; "The talks were first reported by the Courier." """
    firsts = [verb for verb in page.verbs if is_reported_first(verb)]
    heads = {verb.i for verb in firsts}
    findings = [finding for finding in findings if finding.anchor not in heads]
    by_sentence: dict[int, list[int]] = defaultdict(list)
    for position, finding in enumerate(findings):
        by_sentence[page.doc[finding.anchor].sent.start].append(position)
    for verb in firsts:
        here = verb.sent.start
        before = page.doc[here - 1].sent.start if here else here
        near = by_sentence.get(here) or by_sentence.get(before, [])
        for position in near if verb.dep_ != "relcl" else [p for p in near if holds(page, findings[p], verb.head)]:
            who = spans_of(page, [i for by in children(verb, "agent") for i in subtree(by) if i > by.i])
            findings[position] = replace(findings[position], hops=(*findings[position].hops, *who))
    return findings


def holds(page: Page, finding: Finding, noun: Token) -> bool:
    """Is this what the finding says, not what nothing was said about: "did not confirm the sale, first reported by"?"""
    said = page.doc[finding.anchor]
    return not is_negated(said) and any(noun.i in page.inside(span) for span in finding.content)


def is_reported_first(verb: Token) -> bool:
    first = any(child.lower_ == "first" for child in verb.children)
    return first and verb.lemma_ == "report" and verb.tag_ == "VBN" and agent(verb) is not None
