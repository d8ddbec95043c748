"""Constructions with quotation marks: who is speaking is beside the quotation, in the same paragraph or just before it."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from ingest.cues import takes
from ingest.model import Span
from ingest.phrases import Finding, Page, cue_group, noun_phrase, spans_of, speaker
from ingest.quotations import Quotation

LONGEST_ASIDE = 40  # tokens between a quotation and its cue
ENDS_SPEECH = (",", ".", "?", "!", "…", "—", "–", "-")
SENTENCE_ENDS = frozenset({".", "!", "?", ";"})


def direct_speech(page: Page) -> Iterator[Finding]:
    """As in "No cuts," said the mayor", "The mayor said: "No cuts."", and what the same speaker goes on to say.

    Not found: a quotation whose speaker is only named two paragraphs away.
    """
    previous: tuple[Token, Token, list[Span]] | None = None
    end = -1
    for quotation in page.quotations:
        if not is_speech(page, quotation):
            continue
        own = cue_after(page, quotation) or cue_before(page, quotation)
        if own is not None:
            if previous is not None:
                yield speech(page, *previous)
            if previous is not None and previous[0] == own[0]:
                previous[2].extend(quotation.spans)
            else:
                previous = (*own, list(quotation.spans))
        elif previous is not None and goes_on(page, end, quotation):
            previous[2].extend(quotation.spans)
        end = quotation.end
    if previous is not None:
        yield speech(page, *previous)


def speech(page: Page, verb: Token, source: Token, spans: list[Span]) -> Finding:
    who, cue = spans_of(page, noun_phrase(page, source)), spans_of(page, cue_group(verb))
    return Finding("direct_speech", verb.i, who, cue, tuple(sorted(set(spans))), 0.95)


def is_speech(page: Page, quotation: Quotation) -> bool:
    """A quotation that is a sentence or more, not a word that the writer holds at a distance."""
    text = page.doc.text
    inner = text[quotation.start : quotation.end].strip("\"“”„«»‘’'` \u00a0")
    closed = inner.endswith(ENDS_SPEECH) or text[quotation.end : quotation.end + 1] == ","
    before = text[max(0, quotation.start - 2) : quotation.start].strip()
    return (
        bool(inner)
        and (closed or before in {":", ","})
        and not page.closed[min(page.index_at(quotation.start), len(page.doc) - 1)]
    )


def cue_after(page: Page, quotation: Quotation) -> tuple[Token, Token] | None:
    """The first speech verb after the mark, before the sentence ends or the next quotation begins."""
    for token in tail(page, quotation):
        if is_speech_verb(page, token):
            source = speaker(token) or noun_after(page, token)
            if source is not None and quotation.end <= source.idx and not far_from(page, quotation, token, source):
                return token, source
            return None
    return None


def tail(page: Page, quotation: Quotation) -> Iterator[Token]:
    first = page.index_at(quotation.end)
    for token in page.doc[first : first + LONGEST_ASIDE]:
        if token.text in SENTENCE_ENDS or "\n" in token.text or page.quoted[token.i] >= 0:
            return
        yield token


def far_from(page: Page, quotation: Quotation, verb: Token, source: Token) -> bool:
    """Does something other than marks, adverbs and a conjunction stand between the quotation and its cue?"""
    first = page.index_at(quotation.end)
    start = min(verb.i, source.left_edge.i)
    return sum(not t.is_punct and t.pos_ not in {"ADV", "CCONJ", "SCONJ", "AUX"} for t in page.doc[first:start]) > 1


def noun_after(page: Page, verb: Token) -> Token | None:
    """Where the parse gives a speech verb no subject: the noun that follows it at once, as in "said the mayor"."""
    for token in page.doc[verb.i + 1 : verb.i + 8]:
        if token.pos_ in {"NOUN", "PROPN", "PRON"} and token.dep_ not in {"compound", "poss", "nmod", "npadvmod"}:
            return token
        if token.is_punct or token.pos_ in {"ADP", "VERB"}:
            return None
    return None


def cue_before(page: Page, quotation: Quotation) -> tuple[Token, Token] | None:
    """The last speech verb before the mark, in its sentence, or in a line before it that ends with a colon."""
    first = page.index_at(quotation.start)
    seen = 0
    for token in reversed(page.doc[max(0, first - LONGEST_ASIDE) : first]):
        if page.quoted[token.i] >= 0 or (token.text in SENTENCE_ENDS and token.i < first - 1):
            return None
        if "\n" in token.text and page.doc.text[: token.idx].rstrip()[-1:] != ":":
            return None
        seen += token.pos_ in {"VERB", "AUX"} and token.dep_ not in {"aux", "auxpass"}
        if is_speech_verb(page, token):
            source = speaker(token)
            return (token, source) if source is not None and source.idx < quotation.start else None
        if seen > 1:
            return None
    return None


def is_speech_verb(page: Page, token: Token) -> bool:
    return token.pos_ in {"VERB", "AUX", "NOUN"} and takes(token.lemma_, "quotation") and not page.closed[token.i]


def goes_on(page: Page, end: int, quotation: Quotation) -> bool:
    """Does nothing but the last speaker's cue, or a paragraph break, part this quotation from the one before?"""
    between = page.doc[page.index_at(end) : page.index_at(quotation.start)]
    if quotation.start - end > 400 or page.doc.text[: quotation.start].rstrip()[-1:].isalnum():
        return False
    sentences = sum(token.text in SENTENCE_ENDS for token in between)
    lines = sum("\n" in token.text for token in between)
    return sentences <= 1 and lines <= 1
