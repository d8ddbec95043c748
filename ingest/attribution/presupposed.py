"""Claims that a sentence takes for granted, whatever its speaker makes of them: "rejected Renn's claim that it sank".

They stand inside another's content: what a noun of somebody's holds, what an inquiry is about, what somebody in a
relative clause believes, what a paper shows. A report of nobody's is agentless: "verified information that …".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from spacy.tokens import Token

from ingest.attribution.cues import takes, words
from ingest.attribution.noun_claims import noun_content
from ingest.attribution.page import Finding, Page, spans_of
from ingest.attribution.phrases import children, cue_group, finding, noun_phrase, speaker, subtree
from ingest.attribution.reports import clause_after
from ingest.lexicon import read_list

GRANTED = frozenset({"noun_content", "inquiry_noun", "aside_belief", "paper_shows"})
WHETHER = frozenset({"whether", "if"})
RELATIVE = frozenset({"that", "which", "who", "whom"})


def is_granted(finding: Finding) -> bool:
    return finding.method in GRANTED


def is_aside(finding: Finding) -> bool:
    """Is it told of a thing in passing: "accounts it suspects are fake"? Then even the outer speaker's own is one."""
    return finding.method == "aside_belief"


def is_of_others(page: Page, finding: Finding, held: set[int]) -> bool:
    """Do they believe it whom the clause around tells of: "guards saw men they believe may be thieves"?"""
    verb = page.doc[finding.anchor]
    if finding.method != "aside_belief":
        return False
    above = next((t for t in verb.head.ancestors if t.pos_ in {"VERB", "AUX"}), None)
    who = speaker(above) if above is not None and above.i in held else None
    return who is not None and who.i in held and who.pos_ != "PRON"


def is_spoken_of(page: Page, outer: Finding, inner: Finding) -> bool:
    """Is the inner claim the very thing that the outer source speaks of, so that it passes nothing on?"""
    noun = page.doc[inner.anchor]
    if inner.method not in ("noun_content", "inquiry_noun"):
        return False
    governor = noun.head.head if noun.dep_ == "pobj" else noun.head
    cue = {i for span in outer.cue for i in page.inside(span)}
    return noun.i in cue or governor.i in cue


def inquiry(page: Page) -> Iterator[Finding]:
    """As in "The bank is investigating whether …", "is looking into whether …": it asks, and says nothing."""
    for verb in page.verbs:
        if verb.lemma_ not in words("inquiries", "verbs"):
            continue
        source, clause = speaker(verb), asked_under(verb)
        if source is not None and clause is not None:
            yield finding(page, "inquiry", verb, source, subtree(clause), 0.7)


def asked_under(word: Token) -> Token | None:
    """The clause with "whether" below a word, straight or under a preposition: "into whether"."""
    for child in word.rights:
        if child.dep_ in {"ccomp", "advcl", "pcomp", "acl", "xcomp"} and is_asked(child):
            return child
        if child.dep_ == "prep" and (found := asked_under(child)) is not None:
            return found
    return None


def is_asked(clause: Token) -> bool:
    return any(child.dep_ in {"mark", "advmod", "cc"} and child.lower_ in WHETHER for child in clause.lefts)


def inquiry_noun(page: Page) -> Iterator[Finding]:
    """As in "Renn's investigation into whether …"."""
    for noun in page.doc:
        if noun.lemma_ not in words("inquiries", "nouns") or noun.pos_ != "NOUN" or page.closed[noun.i]:
            continue
        clause, owners = asked_under(noun), children(noun, "poss")
        if clause is None or not owners:
            continue
        own = set(subtree(owners[0]))
        cue = [i for i in range(noun.left_edge.i, noun.i + 1) if i not in own]
        source = spans_of(page, noun_phrase(page, owners[0]))
        yield Finding("inquiry_noun", noun.i, source, spans_of(page, cue), spans_of(page, subtree(clause)), 0.6)


def aside_belief(page: Page) -> Iterator[Finding]:
    """As in "men they believe may be thieves", "accounts that it suspects were fake"."""
    for verb in page.verbs:
        source = speaker(verb) if verb.dep_ == "relcl" and takes(verb.lemma_, "clause") else None
        if source is None or source.lower_ in RELATIVE or source.i > verb.i:
            continue
        content = clause_after(verb)
        if content:
            yield finding(page, "aside_belief", verb, source, content, 0.6)


def paper_shows(page: Page) -> Iterator[Finding]:
    """As in "records showing that …", "documents purporting to show …": the paper shows it, whatever it is worth."""
    for verb in page.verbs:
        if verb.lemma_ not in words("papers", "shows"):
            continue
        noun, first = shower(verb)
        content = clause_after(verb)
        if noun is not None and content:
            words_of = noun_phrase(page, noun)
            source = [i for i in words_of if i < first and (noun.pos_ != "VERB" or is_of_noun(page, i, noun))]
            cue = sorted({*range(first, verb.i), *cue_group(verb)})
            yield Finding(
                "paper_shows", verb.i, spans_of(page, source), spans_of(page, cue), spans_of(page, content), 0.6
            )


def shower(verb: Token) -> tuple[Token | None, int]:
    """The noun that a participle hangs on, and the first token of its cue: "letters [purporting to show]"."""
    top = verb
    while top.dep_ in {"xcomp", "ccomp"} and top.head.lemma_ in words("papers", "seeming"):
        top = top.head
    noun = top.head if top.dep_ == "acl" and top.head.pos_ in {"NOUN", "PROPN"} else None
    before = top.doc[top.i - 1] if top.i else top
    if noun is None and top.tag_ == "VBG" and before.lemma_ in read_list("sources")["document"]:
        noun = before  # "records", taken for a verb
    return noun, top.i


def is_of_noun(page: Page, i: int, noun: Token) -> bool:
    """Is this the noun or a word of it, where the parse took the noun for a verb?"""
    token = page.doc[i]
    return token == noun or (token.head == noun and token.dep_ in {"compound", "amod", "det", "poss", "nmod"})


CONSTRUCTIONS: tuple[Callable[[Page], Iterator[Finding]], ...] = (inquiry_noun, aside_belief, paper_shows, noun_content)
