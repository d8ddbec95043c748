"""What the rules found and what the tagger found → one list of findings, each with who found it.

Where both read one attribution, its words are the tagger's and what they mean is the rule's: that nobody is behind
"is said to", who spoke through whom. What only one of them found stands by itself, with the confidence that such
a finding earned.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import dropwhile

from ingest.attribution.page import Finding, Page
from ingest.model import Span
from ingest.tagger.network import Calibration, Tagger
from ingest.tagger.tagging import TaggedAttribution

ALONE = "tagger"  # the method of what no construction found
CLAUSE = "reported_clause"  # the parse ties it to its verb
FULL_STOPS = frozenset(".!?")
SYNTAX_KNOWS = frozenset(  # where the words of the rules were right more often than the tagger's, on dev
    {"according_to", "as_reported", "adjective_content", "named_by_colon", "hearsay_passive", "quotation_alone"}
)
WHO_REPORTS = frozenset({"document_states", "as_reported", "named_by_colon"})  # it stays the source, its verb the cue
NOBODYS = frozenset({"hearsay_passive", "hearsay_adverb", "raised_noun"})  # "is said to": no source may be found for it


def join(page: Page, found: Sequence[Finding], tagger: Tagger) -> list[Finding]:
    """The findings of both; a rule's finding that the tagger agrees with is one with it."""
    opened = [some for a in tagger.tag(page.text) if (some := open_part(page, a))]
    tagged = [without_others_words(a, found) for a in opened]
    taken = [frozenset(i for span in finding.content for i in page.inside(span)) for finding in found]
    pairs = match(page, taken, found, tagged)
    agreed = set(pairs.values())
    joined = [
        unite(page, found[pairs[n]], a, tagger.calibration) if n in pairs else to_finding(page, a, tagger.calibration)
        for n, a in enumerate(tagged)
    ]
    sure = tagger.calibration.of_rule
    alone = [replace(f, confidence=sure(f.method)) for n, f in enumerate(found) if n not in agreed]
    return [*joined, *alone]


def open_part(page: Page, tagged: TaggedAttribution) -> TaggedAttribution | None:
    """It without a dateline before its content; None where it stands in furniture or in what is no prose."""
    if any(page.closed[i] for span in tagged.cue for i in page.inside(span)):
        return None
    content = []
    for span in tagged.content:
        tokens = list(dropwhile(page.closed.__getitem__, page.inside(span)))
        if any(page.closed[i] for i in tokens):
            return None
        if tokens:
            content.append(Span(max(span.start, page.doc[tokens[0]].idx), span.end))
    return replace(tagged, content=tuple(content)) if content else None


def without_others_words(tagged: TaggedAttribution, found: Sequence[Finding]) -> TaggedAttribution:
    """It without the parts of its content that are the clause of another cue: "X said …, and Y denied that …"."""
    others = [f for f in found if f.method == CLAUSE and f.source and not touch(f.cue, (*tagged.cue, *tagged.content))]
    own = tuple(span for span in tagged.content if not any(touch(f.content, (span,)) for f in others))
    return replace(tagged, content=own) if own else tagged


def touch(some: Sequence[Span], others: Sequence[Span]) -> bool:
    return any(one.overlaps(other) for one in some for other in others)


def match(
    page: Page, taken: Sequence[frozenset[int]], found: Sequence[Finding], tagged: Sequence[TaggedAttribution]
) -> dict[int, int]:
    """Position of a tagged attribution → position of the rule's finding that is the same, each used once."""
    holders: dict[int, list[int]] = {}
    for n, tokens in enumerate(taken):
        for i in tokens:
            holders.setdefault(i, []).append(n)
    likeness: list[tuple[float, int, int]] = []
    for n, attribution in enumerate(tagged):
        tokens = frozenset(i for span in attribution.content for i in page.inside(span))
        for k in {k for i in tokens for k in holders.get(i, [])}:
            shared = len(tokens & taken[k]) / len(tokens | taken[k])
            if shared >= 0.5 or same_cue(attribution, found[k]):
                likeness.append((shared, n, k))
    pairs: dict[int, int] = {}
    used: set[int] = set()
    for _, n, k in sorted(likeness, key=lambda row: (-row[0], row[1], row[2])):
        if n not in pairs and k not in used:
            pairs[n] = k
            used.add(k)
    return pairs


def same_cue(tagged: TaggedAttribution, finding: Finding) -> bool:
    return touch(tagged.cue, finding.cue)


def unite(page: Page, finding: Finding, tagged: TaggedAttribution, calibration: Calibration) -> Finding:
    """The rule's finding in the tagger's words, where the rule does not know better."""
    nobodys = finding.agentless and finding.method in NOBODYS
    cue, who = tagged.cue, in_one_sentence(page, tagged.source, tagged.cue)
    if finding.method in WHO_REPORTS:
        cue, who = finding.cue, finding.source
    elif finding.source and not is_near(page, who, cue) and is_near(page, finding.source, cue):
        who = finding.source
    source = () if nobodys else who or finding.source
    return replace(
        finding,
        source=source,
        agentless=finding.agentless and not source,
        cue=cue,
        content=finding.content if finding.method in SYNTAX_KNOWS else tagged.content,
        confidence=calibration.of_tagged(tagged.evidence, finding.method),
        tagged=True,
    )


def to_finding(page: Page, tagged: TaggedAttribution, calibration: Calibration) -> Finding:
    """What the tagger alone found; where it names no source, there is none to be looked for."""
    return Finding(
        ALONE,
        anchor_of(page, tagged.cue),
        in_one_sentence(page, tagged.source, tagged.cue),
        tagged.cue,
        tagged.content,
        calibration.of_tagged(tagged.evidence, None),
        agentless=not tagged.source,
        tagged=True,
    )


def anchor_of(page: Page, cue: tuple[Span, ...]) -> int:
    """The word of the cue that the others hang on."""
    inside = [i for span in cue for i in page.inside(span)]
    heads = [i for i in inside if page.doc[i].head.i not in inside or page.doc[i].head.i == i]
    return (heads or inside or [0])[0]


def is_near(page: Page, source: tuple[Span, ...], cue: tuple[Span, ...]) -> bool:
    """Does the source stand in its cue's sentence?"""
    sentences = [{page.doc[i].sent.start for span in spans for i in page.inside(span)} for spans in (source, cue)]
    return not sentences[0].isdisjoint(sentences[1])


def in_one_sentence(page: Page, source: tuple[Span, ...], cue: tuple[Span, ...]) -> tuple[Span, ...]:
    """The source without what stands beyond a full stop from its cue: nobody is called "Renn. The mill closed"."""
    kept = []
    for span in source:
        tokens = page.inside(span)
        ends = [i for i in tokens[:-1] if page.doc[i].text in FULL_STOPS]
        if ends and cue and cue[0] < span:
            span = Span(span.start, page.doc[ends[0]].idx)
        elif ends:
            span = Span(page.doc[ends[-1] + 1].idx, span.end)
        kept.append(span)
    return tuple(kept)
