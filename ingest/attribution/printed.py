"""Who speaks where the layout tells it: statements after a colon and a break, turns of a transcript.

As in "Renn wrote:" above a paragraph, "She made two points:" above a list, "Q: …" and "A: …".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ingest.attribution.cues import takes, words
from ingest.attribution.page import Finding, Page, spans_of
from ingest.attribution.phrases import cue_group, noun_phrase, speaker
from ingest.lexicon import read_list
from ingest.model import Article, Span
from ingest.referents.entities import Mentions
from ingest.syntax.turns import Turn, find_turns

PRINTED = frozenset({"statement_after_break", "turn", "asked_and_answered"})
OPENED = re.compile(r"^(?P<line>[^\n]*\S):[ \t]*\n\s*(?=\S)", re.MULTILINE)
BULLET = re.compile(r"[ \t]*(?:[-•*–—·‣]|\d{1,2}[.)]|\([a-z\d]\))\s+(?P<words>\S[^\n]*)(?:\n\s*|$)")
PARAGRAPH = re.compile(r"[^\n]+")
QUOTES = '“"«„‘'


def find_printed(page: Page, article: Article, mentions: Mentions) -> Iterator[Finding]:
    """Every utterance that the layout gives to somebody."""
    yield from statement_after_break(page)
    yield from turns(page, article, mentions)


def with_printed(findings: list[Finding], printed: list[Finding], article: Article) -> list[Finding]:
    """All of them, without those that read the same words or the same label otherwise; reports inside stay."""
    asked = [span for turn in find_turns(article) if turn.asks for span in (turn.label, turn.words)]
    told = [span for finding in printed for span in finding.content]
    labels = [span for finding in printed for span in (*finding.cue, *finding.source)]
    return [*printed, *(f for f in findings if not clashes(f, told, labels, asked))]


def clashes(finding: Finding, told: list[Span], labels: list[Span], asked: list[Span]) -> bool:
    spans = (*finding.cue, *finding.content)
    inside = bool(finding.cue) and any(all(held.covers(span) for span in finding.cue) for held in (*told, *asked))
    same = touch(finding.content, (*told, *asked)) or touch(finding.cue or finding.content, labels)
    return (same and not inside) or (inside and not any(all(held.covers(s) for s in spans) for held in (*told, *asked)))


def touch(some: Iterable[Span], others: Iterable[Span]) -> bool:
    return any(one.overlaps(other) for one in some for other in others)


def statement_after_break(page: Page) -> Iterator[Finding]:
    for found in OPENED.finditer(page.text):
        line = Span(*found.span("line"))
        held = list(told_below(page, found.end()))
        if not held or not is_open(page, line):
            continue
        source, cue, anchor = who_opens(page, line) or ((), (), -1)
        for content in held if source else ():
            yield Finding("statement_after_break", anchor, source, cue, (content,), 0.75)


def told_below(page: Page, start: int) -> Iterator[Span]:
    """The items of a list that begins there, else the paragraph; a list ends with its last bullet."""
    item = BULLET.match(page.text, start)
    if item is None and (paragraph := PARAGRAPH.match(page.text, start)):
        yield Span(paragraph.start(), len(paragraph.group().rstrip()) + paragraph.start())
    while item is not None:
        yield Span(item.start("words"), item.start("words") + len(item["words"].rstrip()))
        item = BULLET.match(page.text, item.end())


def who_opens(page: Page, line: Span) -> tuple[tuple[Span, ...], tuple[Span, ...], int] | None:
    """Source, cue and its main word of a line before a colon; None where nobody speaks in it."""
    quoted = page.text[line.end + 1 :].lstrip()[:1] in QUOTES
    for verb in (page.doc[i] for i in page.inside(line)):
        says = takes(verb.lemma_, "quotation") and not quoted  # quotations are read by their marks
        points = verb.lemma_ in words("points", "verbs") and any(
            child.dep_ == "dobj" and child.lemma_ in words("points", "nouns") for child in verb.children
        )
        who = speaker(verb) if (says or points) and verb.pos_ == "VERB" and page.quoted[verb.i] < 0 else None
        if who is not None and page.inside(line).start <= who.i < page.inside(line).stop:
            return spans_of(page, noun_phrase(page, who)), spans_of(page, cue_group(verb)), verb.i
    return None


def turns(page: Page, article: Article, mentions: Mentions) -> Iterator[Finding]:
    found = find_turns(article)
    for turn in found:
        if turn.asks or not is_open(page, turn.words):
            continue
        source = answering(article, mentions, turn, found)
        if source is not None:
            cue = (Span(turn.label.end, turn.label.end + 1),) if turn.labelled else ()
            yield Finding("turn", page.index_at(turn.label.start), (source,), cue, (turn.words,), 0.85)


def answering(article: Article, mentions: Mentions, turn: Turn, turns: list[Turn]) -> Span | None:
    """The name in the label, else who is interviewed: the last person named before the first turn."""
    bare = turn.label.of(article.text).strip().casefold()
    if turn.labelled and bare not in read_list("turns_of_talk")["answering"]:
        return turn.name or turn.label
    people = {r.id for r in mentions.referents if r.kind == "person"}
    start = turns[0].label.start
    before = [m for m in mentions.mentions if m.span.end <= start and m.referent in people]
    named = [m.span for m in before if m.span.of(article.text)[:1].isupper() and m.method != "pronoun"]
    return named[-1] if named and len({m.referent for m in before}) == 1 else None


def is_open(page: Page, span: Span) -> bool:
    first = page.index_at(span.start)
    return first < len(page.doc) and not page.closed[first]
