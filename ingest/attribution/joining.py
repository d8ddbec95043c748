"""What the rules found and what the tagger found → one list of findings, each with who found it.

Where both read one attribution, its words are the tagger's and what they mean is the rule's: that nobody is behind
"is said to", who spoke through whom. What only one of them found stands by itself, with the confidence that such
a finding earned.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import dropwhile, takewhile

from spacy.tokens import Token

from ingest.attribution.cues import noun_stances, takes, verb_stances, words
from ingest.attribution.page import Finding, Page, spans_of
from ingest.attribution.paragraphs import within_reach
from ingest.attribution.phrases import (
    QUOTING_VERBS,
    SUBJECTS,
    blamed_for,
    speaker,
    subject_before_aside,
    subject_of_like_tense,
)
from ingest.attribution.reports import clause_after, is_aside_with_as
from ingest.model import Span
from ingest.syntax.trees import find_head, tokens_in
from ingest.tagger.network import Calibration, Tagger
from ingest.tagger.tagging import TaggedAttribution

ALONE = "tagger"  # the method of what no construction found
CLAUSE = "reported_clause"  # the parse ties it to its verb
NOUN = "noun_content"  # … to a noun that has an owner
NOUN_TAGS = frozenset({"NN", "HYPH", "RP", "VB"})  # of "start-up"
FULL_STOPS = frozenset(".!?")
SYNTAX_KNOWS = frozenset(  # where the words of the rules were right more often than the tagger's, on dev
    {
        "according_to",
        "as_reported",
        "adjective_content",
        "named_by_colon",
        "hearsay_passive",
        "quotation_alone",
        "signed",
        "announced",
    }
)
WHO_REPORTS = frozenset(
    {"document_states", "as_reported", "named_by_colon", "signed", "announced"}
)  # it stays the source, its verb the cue
NOBODYS = frozenset({"hearsay_passive", "hearsay_adverb", "raised_noun"})  # "is said to": no source may be found for it


def join(page: Page, found: Sequence[Finding], tagger: Tagger) -> list[Finding]:
    """The findings of both; a rule's finding that the tagger agrees with is one with it."""
    opened = [
        some for a in tagger.tag(page.text) if (some := open_part(page, a)) and not is_of_another(page, some, found)
    ]
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
    return without_blame(page, [*joined, *alone])


def without_blame(page: Page, findings: list[Finding]) -> list[Finding]:
    """Each without the words that another is blamed for: of "scolded Renn for saying that P", P is Renn's."""
    acts = [page.doc[f.anchor] for f in findings if f.method == CLAUSE]
    starts = {act.head.i: act.i for act in acts if act.dep_ == "pcomp" and act.head.lower_ == "for"}
    cut = []
    for finding in findings:
        tokens = [i for span in finding.content for i in page.inside(span)]
        head = find_head(tokens_in(page.doc, finding.content))
        named = head is not None and head.pos_ in {"NOUN", "PROPN"}
        end = next((i for i in sorted(starts) if named and i in tokens and starts[i] in tokens), None)
        kept = spans_of(page, [i for i in tokens if end is None or i < end])
        cut.append(replace(finding, content=kept) if end is not None and kept else finding)
    return cut


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
    near = within_reach(page, replace(tagged, content=tuple(content))) if content else None
    return with_whole_source(page, near) if near is not None else None


def with_whole_source(page: Page, tagged: TaggedAttribution) -> TaggedAttribution:
    """The source with its noun, where that was taken for a part of the cue: "The Orrow | start-up claims"."""
    if len(tagged.cue) != 1 or not tagged.source or page.text[tagged.source[-1].end : tagged.cue[0].start].strip():
        return tagged
    tokens = [page.doc[i] for i in page.inside(tagged.cue[0])]
    nouns = list(takewhile(lambda token: token.tag_ in NOUN_TAGS, tokens[:-1]))
    if not nouns or nouns[-1].i + 1 != tokens[-1].i or tagged.source[-1].start > tagged.cue[0].start:
        return tagged
    last = Span(tagged.source[-1].start, nouns[-1].idx + len(nouns[-1]))
    cue = Span(tokens[-1].idx, tagged.cue[0].end)
    return replace(tagged, source=(*tagged.source[:-1], last), cue=(cue,))


def without_others_words(tagged: TaggedAttribution, found: Sequence[Finding]) -> TaggedAttribution:
    """It without the parts of its content that are the clause of another cue: "X said …, and Y denied that …"."""
    others = [f for f in found if f.method == CLAUSE and f.source and not touch(f.cue, (*tagged.cue, *tagged.content))]
    own = tuple(span for span in tagged.content if not any(touch(f.content, (span,)) for f in others))
    return replace(tagged, content=own) if own else tagged


def is_of_another(page: Page, tagged: TaggedAttribution, found: Sequence[Finding]) -> bool:
    """Does somebody only deal with another's words: "published a letter that Renn calls …", "examined Renn's claim"?"""
    head = find_head(tokens_in(page.doc, tagged.content))
    if head is not None and head.dep_ == "relcl" and takes(head.lemma_, "quotation"):
        own = [c.i for c in head.lefts if c.dep_ in SUBJECTS and c.tag_ not in {"WP", "WDT"}]
        if any(page.starts[own[0]] >= tagged.content[0].start for _ in own):
            return True
    anchor = page.doc[anchor_of(page, tagged.cue)]
    known = anchor.lemma_ in verb_stances() or anchor.lemma_ in words("hearsay", "raised")
    nouns = [f for f in found if f.method == NOUN and f.source and not touch(f.source, tagged.source)]
    return not known and any(touch(f.cue, tagged.cue) for f in nouns)


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
            other = found[k].method == NOUN and found[k].source and not touch(found[k].source, attribution.source)
            same = same_cue(attribution, found[k])
            if not other and (shared >= 0.5 or same):
                likeness.append((shared + same, n, k))
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
    parsed = knows_source(page, finding, tagged)
    if finding.method in WHO_REPORTS or parsed:
        cue, who = finding.cue, finding.source
    elif (is_whose(page, finding) and same_cue(tagged, finding)) or (
        finding.source and not is_near(page, who, cue) and is_near(page, finding.source, cue)
    ):
        who = finding.source
    source = () if nobodys else who or finding.source
    ruled = parsed or finding.method in SYNTAX_KNOWS or loses_layer(page, finding, tagged)
    return replace(
        finding,
        source=source,
        agentless=finding.agentless and not source,
        cue=cue,
        content=finding.content if ruled else tagged.content,
        confidence=calibration.of_tagged(tagged.evidence, finding.method),
        tagged=True,
    )


def knows_source(page: Page, finding: Finding, tagged: TaggedAttribution) -> bool:
    """Is the subject that the parse gives the verb nearer to it than the tagger's source, which is another's?

    As in "published a letter that Renn says", "left when a reporter, reading from a file, said", "sued Renn for
    saying", "would not comment, as the Courier reported, but added".
    """
    if finding.method != CLAUSE or not tagged.source or touch(finding.source, tagged.source):
        return False
    head = find_head(tokens_in(page.doc, tagged.source))
    if head is not None and head.dep_ in SUBJECTS and is_aside_with_as(head.head):
        return True
    verb, own = page.doc[finding.anchor], find_head(tokens_in(page.doc, finding.source))
    if verb.dep_ == "pcomp" and verb.head.lower_ == "as" and verb.head.head.lemma_ in QUOTING_VERBS:
        return True  # "the Courier quoted Renn as saying"
    if own is None or own.pos_ not in {"NOUN", "PROPN"} or not is_told_apart(verb, own):
        return False
    if not touch(tagged.cue, finding.cue):
        anchor = page.doc[anchor_of(page, tagged.cue)]
        return anchor.lemma_ not in verb_stances() and anchor.lemma_ not in noun_stances()
    return tagged.source[-1].end <= finding.source[0].start < finding.cue[0].start


def is_told_apart(verb: Token, own: Token) -> bool:
    """Is this noun the verb's by more than a chain of joined verbs, which the parse gets wrong too often?"""
    joined = verb.dep_ == "conj" and verb.head.dep_ == "advcl"
    governed = own.head in ([verb, verb.head] if joined else [verb])
    others = (blamed_for(verb), subject_before_aside(verb), subject_of_like_tense(verb))
    return (own.dep_ in SUBJECTS and governed) or own in others


def is_whose(page: Page, finding: Finding) -> bool:
    """As in "Renn, whose website says": the website does, and Renn does not."""
    words = [page.doc[i] for span in finding.source for i in page.inside(span)]
    return any(word.tag_ == "WP$" for word in words)


def loses_layer(page: Page, finding: Finding, tagged: TaggedAttribution) -> bool:
    """Does the tagger leave out who says the clause within: "the register shows" of "The register shows P, he said"?"""
    if finding.method != CLAUSE:
        return False
    told = {i for span in tagged.content for i in page.inside(span)}
    lost = {i for span in finding.content for i in page.inside(span)} - told
    verbs = [page.doc[i] for i in lost if page.doc[i].pos_ == "VERB" and takes(page.doc[i].lemma_, "clause")]
    return any(
        (who := speaker(verb)) is not None and who.i in lost and bool(told & set(clause_after(verb))) for verb in verbs
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
        ends = [i for i in tokens[:-1] if page.doc[i].text in FULL_STOPS or "\n" in page.doc[i].text]
        if ends and cue and cue[0] < span:
            span = Span(span.start, page.doc[ends[0]].idx)
        elif ends:
            span = Span(page.doc[ends[-1] + 1].idx, span.end)
        kept.append(span)
    return tuple(kept)
