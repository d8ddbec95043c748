"""Reports inside a report: "Tolle said the director had told staff that it would close" is two attributions.

What is inside a content is read again by the rules, marks or none, two levels deep. A report is one only where another
than the outer source is named for it, and where the outer source says that it was made: what somebody denies, doubts,
asks or wants to be said was not said. A claim that the words take for granted is made whatever the outer source says
of it: "rejected Renn's claim that" (see `presupposed`). Plans and feelings inside a report are its content, no report.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from ingest.attribution import attitudes, hearsay, presupposed, reports
from ingest.attribution.cues import takes, words
from ingest.attribution.deeds import ignores
from ingest.attribution.frames import has_no, is_negated
from ingest.attribution.negation import is_cue_negated
from ingest.attribution.outlets import Outlets
from ingest.attribution.page import Finding, Page, spans_of
from ingest.attribution.relays import hear, is_own_account
from ingest.attribution.stance import stance_of_cue
from ingest.model import SUPPORTING, Article
from ingest.referents.entities import Mentions
from ingest.syntax.trees import find_head, tokens_in

LEVELS = 2
FARTHEST = 3  # clauses up from a report inside a content
FEWEST_TOKENS = 4  # of a content that holds a source, a cue and a content
CLAUSES: tuple[Callable[[Page], Iterator[Finding]], ...] = (
    reports.according_to,
    reports.reported_clause,
    hearsay.document_states,
    presupposed.inquiry,
)
ACTS: tuple[Callable[[Page], Iterator[Finding]], ...] = (  # of speech, where their verb is one
    attitudes.infinitive_content,
    attitudes.prepositional_content,
    attitudes.phrase_content,
)


def find_nested(page: Page, article: Article, mentions: Mentions, outermost: Sequence[Finding]) -> list[Finding]:
    """The reports inside the contents of these; their hops: who was told, the outer source, what that came through."""
    outer = [finding for finding in outermost if finding.source]
    contents = [tokens_of(page, finding) for finding in outer]
    inside = set().union(*contents)
    verbs = tuple(page.doc[i] for i in sorted(inside) if page.doc[i].pos_ in {"VERB", "AUX"})
    bare = replace(page, quotations=(), quoted=(-1,) * len(page.doc), verbs=verbs)
    outlets = Outlets(article, mentions)
    candidates = [hear(page, outlets, finding) for finding in read_again(bare) if is_made(page, finding)]
    by_anchor: dict[int, list[Finding]] = {}
    for candidate in candidates:
        by_anchor.setdefault(candidate.anchor, []).append(candidate)
    found: list[Finding] = []
    for finding, tokens in zip(outer, contents, strict=True):
        near = (
            [c for i in reach_of(page, finding) for c in by_anchor.get(i, ())] if len(tokens) >= FEWEST_TOKENS else []
        )
        found.extend(within(page, mentions, finding, near, LEVELS))
    return found


def reach_of(page: Page, finding: Finding) -> range:
    """From its cue or content to its content's end: "confirmed [a report by the Courier] that …"."""
    inside = [i for span in (*finding.cue, *finding.content) for i in page.inside(span)]
    return range(min(inside), max(inside) + 1) if inside else range(0)


def read_again(page: Page) -> Iterator[Finding]:
    for construction in (*CLAUSES, *presupposed.CONSTRUCTIONS):
        yield from construction(page)
    for construction in ACTS:
        for finding in construction(page):
            lemma = page.doc[finding.anchor].lemma_
            if ignores(tokens_in(page.doc, finding.cue), tokens_in(page.doc, finding.content)):
                continue
            if takes(lemma, "quotation") or lemma in words("nested", "acts"):
                yield finding


def is_made(page: Page, finding: Finding) -> bool:
    """Is it told that this was said, not that it was not, or might be?"""
    verb = page.doc[finding.anchor]
    modal = any(child.dep_ == "aux" and child.tag_ == "MD" for child in verb.children)
    told = bool(finding.source) or finding.agentless
    made = told and bool(finding.content) and not modal and not is_negated(verb)
    return made and not is_denied_above(verb)


def is_denied_above(verb: Token) -> bool:
    """Is it what there is no proof of, or what somebody did not say: "no proof that they ordered the raid"?"""
    for _ in range(FARTHEST):
        if verb.dep_ not in {"acl", "ccomp", "xcomp", "pcomp", "relcl"}:
            return False
        verb = verb.head.head if verb.dep_ == "pcomp" else verb.head
        if is_negated(verb) or (verb.pos_ == "NOUN" and has_no(verb)):
            return True
    return False


def reports_speech(page: Page, finding: Finding) -> bool:
    """Does its source say that what is inside happened?"""
    cue, content = tokens_in(page.doc, finding.cue), tokens_in(page.doc, finding.content)
    if finding.method == "according_to":
        return True
    return stance_of_cue(cue, content) in SUPPORTING and not is_cue_negated(cue)


def within(page: Page, mentions: Mentions, outer: Finding, near: Iterable[Finding], levels: int) -> list[Finding]:
    """Those of `near` that stand in the content of `outer`, each with those inside itself."""
    held, told = tokens_of(page, outer), reports_speech(page, outer)
    fitting = [fitted for finding in near if (fitted := fit(page, finding, held))]
    found: list[Finding] = []
    taken: set[int] = set()
    for inner in sorted(fitting, key=lambda f: (-len(tokens_of(page, f)), f.content)):
        tokens, granted = tokens_of(page, inner), presupposed.is_granted(inner)
        if inner.anchor in {*taken, outer.anchor} or not taken.isdisjoint(tokens) or not (told or granted):
            continue
        own = is_own_report(page, mentions, outer, inner)
        spoken_of = presupposed.is_spoken_of(page, outer, inner)
        if (own and not presupposed.is_aside(inner)) or (spoken_of and not inner.source):
            continue
        others = presupposed.is_of_others(page, inner, held)
        through = () if (own and not others) or spoken_of else outer.source
        inner = replace(inner, hops=(*inner.hops, *through, *outer.hops), depth=outer.depth + 1)
        taken |= tokens | {inner.anchor}
        found.append(inner)
        if levels > 1:
            found.extend(within(page, mentions, inner, fitting, levels - 1))
    return found


def fit(page: Page, finding: Finding, held: set[int]) -> Finding | None:
    """The finding as far as it stands in these tokens; None where its cue or source do not, or nothing is left.

    What is taken for granted may have its cue and source in the outer cue: "cast doubt on Renn's claim" that …
    """
    told = {i for span in (*finding.cue, *finding.source) for i in page.inside(span) if not page.doc[i].is_punct}
    content = tokens_of(page, finding) & held
    inside = told <= held and len(content) < len(held)
    if not content or not (inside or presupposed.is_granted(finding)):
        return None
    return replace(finding, content=spans_of(page, content))


def is_own_report(page: Page, mentions: Mentions, outer: Finding, inner: Finding) -> bool:
    """Does the inner report only say what its own teller said: "said I told them", "said he believed"?"""
    tokens = [token for token in tokens_in(page.doc, inner.source) if not token.is_punct]
    if not tokens:
        return False
    spoken = all(page.quoted[token.i] >= 0 for token in tokens)
    if spoken and len(tokens) == 1 and tokens[0].lower_ in {"he", "she", "they"}:
        return False  # where the teller says "I", these are others
    if all(token.lower_ in words("nested", "own") for token in tokens):
        return True
    unknown = len(tokens) == 1 and tokens[0].pos_ == "PRON" and not any(map(mentions.inside, inner.source))
    ids = [referents_of(page, mentions, finding) for finding in (outer, inner)]
    if unknown or not ids[0].isdisjoint(ids[1]):
        return True
    return outer.method == "according_to" and is_own_account(page, mentions, outer, inner)


def referents_of(page: Page, mentions: Mentions, finding: Finding) -> set[str]:
    """Whom the head of the source names: "her husband" is not her."""
    head = find_head(tokens_in(page.doc, finding.source))
    held = [mention for span in finding.source for mention in mentions.inside(span)]
    return {m.referent for m in held if head is not None and m.span.start <= head.idx < m.span.end}


def tokens_of(page: Page, finding: Finding) -> set[int]:
    return {i for span in finding.content for i in page.inside(span) if not page.doc[i].is_punct}
