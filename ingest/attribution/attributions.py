"""Doc → attributions: who (source) says (cue) what (content), one small generator a construction."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from ingest.attribution import attitudes, hearsay, noun_claims, reports, ruling_papers, speech
from ingest.attribution.asked import asked_and_answered
from ingest.attribution.interviews import carry_interviews
from ingest.attribution.joining import ALONE, join
from ingest.attribution.nested import find_nested
from ingest.attribution.outlets import Outlets
from ingest.attribution.page import Finding, Page, lay_out
from ingest.attribution.printed import PRINTED, find_printed, with_printed
from ingest.attribution.relays import len_of, trace_relays
from ingest.attribution.terms_of_talk import without_terms
from ingest.model import Article, Span
from ingest.referents.entities import Mentions
from ingest.tagger.network import Tagger

VERSION = "1"
SPEECH = frozenset({"direct_speech", "split_quotation", "multi_paragraph_quotation"})
FEWEST_WORDS = 6
# In order of precedence: where two constructions claim the same words, the earlier one has them.
CONSTRUCTIONS: tuple[Callable[[Page], Iterator[Finding]], ...] = (
    speech.direct_speech,
    speech.named_by_colon,
    reports.according_to,
    reports.reported_clause,
    reports.as_reported,
    hearsay.document_states,
    hearsay.evidence_noun,
    hearsay.hearsay_passive,
    hearsay.concern_is,
    hearsay.raised_noun,
    attitudes.silence,
    attitudes.infinitive_content,
    attitudes.adjective_content,
    attitudes.prepositional_content,
    attitudes.phrase_content,
    noun_claims.noun_content,
    ruling_papers.paper_rules,
    ruling_papers.terms_state,
    hearsay.hearsay_adverb,
)


@dataclass(frozen=True, slots=True)
class Attribution:
    """Source, cue and content as they stand in the text, before anything is said of what they mean.

    Spans may be discontinuous and are in text order. No source: hearsay ("is said to"), or a speaker who is not named
    again ("No cuts." alone in quotation marks after one who spoke).
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    method: str  # "reported_clause@1", "tagger@1", "tagger@1+reported_clause@1"
    confidence: float
    hops: tuple[Span, ...] = ()  # who relayed it, nearest to the content first, this article's own outlet left out
    agentless: bool = False  # the words name no source and none may be found for them
    depth: int = 0  # of how many other attributions' contents it is a part


def find_attributions(
    article: Article, doc: Doc, mentions: Mentions, tagger: Tagger | None = None
) -> list[Attribution]:
    """Every attribution in text order, by the rules alone where there is no tagger."""
    if not len(doc):
        return []
    page = lay_out(article, doc)
    findings = [finding for construction in CONSTRUCTIONS for finding in construction(page)]
    if tagger is not None:
        findings = join(page, findings, tagger)
    findings = [without_terms(page, finding) for finding in findings]
    findings = with_printed(findings, [*find_printed(page, article, mentions), *asked_and_answered(page)], article)
    found = settle(page, trace_relays(page, article, mentions, findings))
    found = carry_interviews(page, Outlets(article, mentions), mentions, found)
    found += find_nested(page, article, mentions, found)
    return sorted((to_attribution(finding) for finding in found), key=lambda a: (a.content, a.cue))


def settle(page: Page, findings: list[Finding]) -> list[Finding]:
    """The findings that stand: words go to the first construction that has half of them, a report to the outermost."""
    order = {construction.__name__: rank for rank, construction in enumerate(CONSTRUCTIONS)}
    order["quotation_alone"] = len(order)  # that somebody said it is all that it says
    findings = sorted(findings, key=lambda f: (*rank_of(f, order), -len_of(page, f.content), f.content))
    holder = [0] * len(page.doc)  # per token: number of the finding whose content it is in, from 1
    cues = [0] * len(page.doc)
    kept: dict[int, Finding] = {}
    for number, finding in enumerate(findings, start=1):
        content = [i for span in finding.content for i in page.inside(span)]
        cue = [i for span in finding.cue for i in page.inside(span)]
        inner = {cues[i] for i in content} - {0} if finding.method != "quotation_alone" else set()
        taken = sum(holder[i] not in {0, *inner} for i in content)
        shared = {cues[i] for i in cue} - {0}
        if (
            shared
            and all(other in kept and kept[other].cue == finding.cue for other in shared)
            and (finding.tagged or finding.method in PRINTED)
        ):
            shared = set()  # two utterances of one cue
        if shared and finding.method in SPEECH and (rest := [s for s in finding.content if free(page, holder, s)]):
            kept[number] = replace(finding, content=tuple(rest))  # "…," she said, and the next paragraph goes on
            for i in (i for span in rest for i in page.inside(span)):
                holder[i] = number
        if not content or 2 * taken >= len(content) or shared or any(holder[i] for i in cue):
            continue
        for i in content:
            holder[i] = number
        for i in cue:
            cues[i] = number
        for within in inner:
            kept.pop(within, None)
        kept[number] = finding
    return list(kept.values())


def rank_of(finding: Finding, order: dict[str, int]) -> tuple[bool, bool, int]:
    """What the layout tells comes first, then what the tagger agrees with, then the constructions in their order."""
    return finding.method not in PRINTED, not finding.tagged, order.get(finding.method, 0)


def free(page: Page, holder: list[int], span: Span) -> bool:
    """Whether no finding has any of the words of a whole sentence in quotation marks."""
    inside = page.inside(span)
    return len(inside) >= FEWEST_WORDS and not any(holder[i] for i in inside)


def to_attribution(finding: Finding) -> Attribution:
    return Attribution(
        finding.source,
        finding.cue,
        finding.content,
        method_of(finding),
        finding.confidence,
        finding.hops,
        agentless=finding.agentless,
        depth=finding.depth,
    )


def method_of(finding: Finding) -> str:
    """Which of the rules, the tagger, or both found it."""
    rule = f"{finding.method}@{VERSION}"
    return f"{ALONE}@{VERSION}+{rule}" if finding.tagged and finding.method != ALONE else rule
