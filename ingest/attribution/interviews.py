"""The outlet that somebody spoke to, carried to what the same speaker goes on to say in the same interview.

As in "Renn told the Courier that it sank. “Nobody helped,” she added.", "In that interview Renn said …". Another
occasion ("at a rally", "told the court", "on Sunday") ends it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Token

from ingest.attribution.cues import takes, words
from ingest.attribution.outlets import Outlets
from ingest.attribution.page import Finding, Page
from ingest.lexicon import read_list
from ingest.model import Span
from ingest.referents.entities import Mentions
from ingest.syntax.trees import tokens_in

PRONOUNS = frozenset({"he", "she", "they", "it", "who", "which"})
SAME = frozenset({"same", "that", "the", "this"})
PARAGRAPH = re.compile(r"\n\s*")
LONGEST_ASIDE = 40  # words between the two that are neither's


def carry_interviews(page: Page, outlets: Outlets, mentions: Mentions, findings: Sequence[Finding]) -> list[Finding]:
    """The findings in text order, with the outlet of the interview that each goes on from."""
    last: Finding | None = None
    carried: list[Finding] = []
    for finding in sorted(findings, key=lambda f: (f.content, f.cue)):
        if last is not None and goes_on(page, mentions, last, finding):
            finding = replace(finding, hops=last.hops)
        carried.append(finding)
        last = finding if told_outlet(page, outlets, finding) else None if finding.source else last
    return carried


def told_outlet(page: Page, outlets: Outlets, finding: Finding) -> bool:
    """Did its source speak to an outlet that is named?"""
    if not finding.source or len(finding.hops) != 1 or points_back(page, finding.hops[0]):
        return False
    return any(outlets.at(page, page.doc[i]) for i in page.inside(finding.hops[0]))


def points_back(page: Page, hop: Span) -> bool:
    """As in "told the paper": which one was said before."""
    return hop.of(page.text).removeprefix("The ").islower()


def goes_on(page: Page, mentions: Mentions, last: Finding, finding: Finding) -> bool:
    if not finding.source or not all(points_back(page, hop) for hop in finding.hops):
        return False
    if not is_same_speaker(page, mentions, last, finding):
        return False
    near = words_beside(page, finding)
    if any(is_same_occasion(token) for token in near) or finding.hops:
        return breaks_between(page, last, finding) <= 2
    return is_next(page, last, finding) and not any(is_other_occasion(token) for token in near)


def is_same_speaker(page: Page, mentions: Mentions, last: Finding, finding: Finding) -> bool:
    """By whom they name; a pronoun that nobody is known for goes back to the speaker before."""
    ids = [{m.referent for span in f.source for m in mentions.inside(span)} for f in (last, finding)]
    if ids[0] and ids[1]:
        return not ids[0].isdisjoint(ids[1])
    tokens = tokens_in(page.doc, finding.source)
    return len(tokens) == 1 and tokens[0].lower_ in PRONOUNS


def words_beside(page: Page, finding: Finding) -> list[Token]:
    """The words of the cue's sentence that are no content of its."""
    anchor = page.doc[finding.anchor]
    inside = {i for span in finding.content for i in page.inside(span)}
    return [t for t in anchor.sent if t.i not in inside and t.i >= anchor.sent.start]


def is_same_occasion(token: Token) -> bool:
    """ "In the same interview", "during the broadcast"."""
    occasions = words("interviews", "occasions")
    return token.lemma_ in occasions and any(child.lower_ in SAME for child in token.children)


def is_other_occasion(token: Token) -> bool:
    """ "At a rally", "told reporters", "on Sunday", "has said", "earlier"."""
    if token.lemma_ in (*read_list("sources")["occasions"], *words("interviews", "others")):
        return True
    hearer = token.dep_ in {"dobj", "dative"} and token.head.lemma_ in {"tell", "inform", "write"}
    return hearer or token.ent_type_ == "DATE" or token.lower_ in words("interviews", "before")


def is_next(page: Page, last: Finding, finding: Finding) -> bool:
    """Does little stand between the two, and at most one paragraph's end?"""
    start = min(span.start for span in (*finding.content, *finding.source, *finding.cue))
    end = max(span.end for span in (*last.content, *last.source, *last.cue, *last.hops))
    spoken = takes(page.doc[finding.anchor].lemma_, "quotation")
    together = page.doc[last.anchor].sent == page.doc[finding.anchor].sent
    if start < end:
        return together
    return (
        (spoken or together)
        and breaks_between(page, last, finding) <= 1
        and page.text[end:start].count(" ") <= LONGEST_ASIDE
    )


def breaks_between(page: Page, last: Finding, finding: Finding) -> int:
    end = max(span.end for span in (*last.content, *last.cue))
    start = min(span.start for span in (*finding.content, *finding.source))
    return len(PARAGRAPH.findall(page.text[end:start])) if end < start else 0
