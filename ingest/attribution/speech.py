"""Constructions of speech: who speaks is named beside a quotation, in the sentence before it, or before a colon.

One utterance may be several quotations: cut in two by its cue ("No cuts," he said, "not now."), carried on in the next
sentence, or over paragraphs. A few quoted words inside a sentence are no utterance; the sentence around them is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from spacy.tokens import Token

from ingest.attribution.cues import takes
from ingest.attribution.page import Finding, Page, merge, spans_of, trim
from ingest.attribution.phrases import cue_group, noun_phrase, speaker
from ingest.attribution.signed import announced, gesture_before, signed
from ingest.lexicon import read_list
from ingest.model import Span
from ingest.syntax.quotations import Quotation

LONGEST_ASIDE = 40  # tokens between a quotation and its cue
LONGEST_REST = 400  # characters of a sentence that go on after a quotation and its cue
SENTENCE_ENDS = frozenset({".", "!", "?", ";"})
ENDS_SPEECH = (",", ".", "?", "!", "…", "—", "–", "-")
MARKS = "\"“”„«»‘’'` \u00a0"
LABELLED = re.compile(
    r"^(?P<mark>[\"“„«]?)(?P<name>[A-Z][^\s:]*(?: [^\s:]+){0,4})(?P<colon>:) (?P<words>\S.*)$", re.MULTILINE
)
FEWEST_WORDS = 4  # after a colon, where no quotation marks show that they are spoken
BESIDE_A_CUE = frozenset({"ADV", "CCONJ", "SCONJ", "AUX"})


@dataclass(slots=True)
class Utterance:
    """What one cue introduces, as far as it has been read."""

    verb: Token
    source: Token
    end: int  # where its last quotation ends
    spans: list[Span] = field(default_factory=list)


def direct_speech(page: Page) -> Iterator[Finding]:
    """As in "No cuts," said the mayor; the mayor said: "No cuts."; and what the same speaker goes on to say.

    Not found: a quotation whose speaker is only named two paragraphs away.
    """
    utterance: Utterance | None = None
    for quotation in page.quotations:
        if not is_speech(page, quotation):
            continue
        if unspoken := list(signed(page, quotation)) or list(announced_alone(page, quotation)):
            yield from unspoken
            continue
        own, spans = find_cue(page, quotation)
        if own is None and utterance is not None and goes_on(page, utterance, quotation):
            utterance.spans.extend(quotation.spans)
            utterance.end = quotation.end
            continue
        if own is None:
            own, spans = cue_of_sentence_before(page, quotation), list(quotation.spans)
        if own is None and starts_sentence(page, quotation):
            own = gesture_before(page, quotation)
        if own is None:
            yield from quotation_alone(page, quotation)
        elif utterance is not None and own[0] == utterance.verb:
            utterance.spans.extend(spans)
            utterance.end = quotation.end
        else:
            if utterance is not None:
                yield spoken(page, utterance)
            utterance = Utterance(*own, quotation.end, spans)
    if utterance is not None:
        yield spoken(page, utterance)


def announced_alone(page: Page, quotation: Quotation) -> Iterator[Finding]:
    """What a line with a colon announces without a verb of speech."""
    if find_cue(page, quotation)[0] is None:
        yield from announced(page, quotation)


def spoken(page: Page, utterance: Utterance) -> Finding:
    spans = tuple(merge(set(utterance.spans)))
    who, cue = spans_of(page, noun_phrase(page, utterance.source)), spans_of(page, cue_group(utterance.verb))
    paragraphs = page.text.count("\n", spans[0].start, spans[-1].end)
    method = "multi_paragraph_quotation" if paragraphs else "split_quotation" if len(spans) > 1 else "direct_speech"
    return Finding(method, utterance.verb.i, who, cue, spans, 0.9 if len(spans) == 1 else 0.95)


def quotation_alone(page: Page, quotation: Quotation) -> Iterator[Finding]:
    """Whole sentences in quotation marks that nothing near gives to anyone: said by somebody, not by the writer."""
    first, last = page.index_at(quotation.start), page.index_at(quotation.end)
    opening = inner_words(page, quotation)
    if (
        last - first > 7
        and opening[:1].isupper()
        and opening[-1:] in {".", "?", "!"}
        and starts_sentence(page, quotation)
    ):
        yield Finding("quotation_alone", first, (), (), quotation.spans, 0.5)


def named_by_colon(page: Page) -> Iterator[Finding]:
    """As in "Renn: “We will sue.”", a headline "Renn: Plant is unsafe", a transcript's "RENN: It is unsafe.".

    A transcript inside an article may have a mark before each line's name.
    """
    known = Counter(re.findall(r"\w+", page.text))
    for line in LABELLED.finditer(page.text):
        name, words = line["name"], line["words"]
        first = page.index_at(line.start("name"))
        tokens = range(first, page.index_at(line.start("colon")))
        if first >= len(page.doc) or page.closed[first] or not is_name(page, tokens):
            continue
        if line["mark"] and not name.isupper():
            continue
        quoted = words[0] in MARKS and words.rstrip()[-1] in MARKS
        named_again = known[name.split()[-1]] > 1
        if quoted or (named_again and words[0].isupper() and words.count(" ") >= FEWEST_WORDS - 1):
            content = spans_of(page, range(page.index_at(line.start("words")), page.index_at(line.end("words"))))
            who, colon = (Span(*line.span(group)) for group in ("name", "colon"))
            yield Finding("named_by_colon", first, (who,), (colon,), content, 0.7)


def is_name(page: Page, tokens: range) -> bool:
    """Words of a name, no label ("Correction:") and no time."""
    words = [page.doc[i] for i in tokens]
    names = all(w.pos_ in {"PROPN", "PUNCT", "ADP", "DET", "CCONJ", "PART"} or w.text.isupper() for w in words)
    return names and not any(w.lower_ in read_list("sources")["labels"] or w.like_num for w in words)


def is_speech(page: Page, quotation: Quotation) -> bool:
    """Does it end as speech does, or follow a colon, or fill a sentence, outside furniture?"""
    first = page.index_at(quotation.start)
    inner = inner_words(page, quotation)
    if not inner or first >= len(page.doc) or page.closed[first]:
        return False
    ended = inner.endswith(ENDS_SPEECH) or page.text[quotation.end : quotation.end + 1] == ","
    return ended or before(page, quotation) == ":" or starts_sentence(page, quotation)


def inner_words(page: Page, quotation: Quotation) -> str:
    return page.text[quotation.start : quotation.end].strip(MARKS)


def before(page: Page, quotation: Quotation) -> str:
    """The last character before the quotation that is no space."""
    return page.text[max(0, quotation.start - 3) : quotation.start].rstrip(" \u00a0")[-1:]


def starts_sentence(page: Page, quotation: Quotation) -> bool:
    """Does nothing of the same sentence stand before it?"""
    left = page.text[max(0, quotation.start - 4) : quotation.start].rstrip(MARKS + "(")
    return not left or left[-1] in ".!?\n"


def find_cue(page: Page, quotation: Quotation) -> tuple[tuple[Token, Token] | None, list[Span]]:
    """The cue that belongs to this quotation alone, and the words that it introduces."""
    own = cue_after(page, quotation)
    if own is not None:
        return own, [*lead(page, quotation), *quotation.spans]
    return cue_before(page, quotation), list(quotation.spans)


def cue_after(page: Page, quotation: Quotation) -> tuple[Token, Token] | None:
    """The first speech verb after the mark, before the sentence ends or the next quotation begins."""
    first = page.index_at(quotation.end)
    if inner_words(page, quotation).endswith(".") and not page.text[quotation.end :][:2].strip().islower():
        return None
    for token in page.doc[first : first + LONGEST_ASIDE]:
        if token.text in SENTENCE_ENDS or "\n" in token.text or page.quoted[token.i] >= 0:
            return None
        if is_speech_verb(page, token):
            source = None if has_clause(page, token, len(page.doc)) else speaker(token) or noun_after(token)
            if source is not None and quotation.end <= source.idx and is_beside(page, first, token, source):
                return token, source
            return None
    return None


def has_clause(page: Page, verb: Token, end: int) -> bool:
    """Does a reported clause without marks begin before `end`? Then the quotation is but a part of it."""
    clauses = (child for child in verb.rights if child.dep_ == "ccomp")
    return any(clause.left_edge.i < end and page.quoted[clause.left_edge.i] < 0 for clause in clauses)


def is_beside(page: Page, first: int, verb: Token, source: Token) -> bool:
    """Do only marks, adverbs and a conjunction stand between the quotation and its cue or source?"""
    start = min(verb.i, source.left_edge.i)
    return sum(not t.is_punct and t.pos_ not in BESIDE_A_CUE for t in page.doc[first:start]) <= 1


def noun_after(verb: Token) -> Token | None:
    """Where the parse gives a speech verb no subject: the noun that follows it at once, as in "said the mayor"."""
    for token in verb.doc[verb.i + 1 : verb.i + 8]:
        if token.pos_ in {"NOUN", "PROPN", "PRON"} and token.dep_ not in {"compound", "poss", "nmod", "npadvmod"}:
            return token
        if token.is_punct or token.pos_ in {"ADP", "VERB"}:
            return None
    return None


def lead(page: Page, quotation: Quotation) -> list[Span]:
    """The words of the same sentence before a quotation whose cue follows: Prices "will fall," she said."""
    last = before(page, quotation)
    if starts_sentence(page, quotation) or last in ":;—–-(":
        return []
    first = i = page.index_at(quotation.start)
    while i > 0 and first - i < LONGEST_ASIDE:
        token = page.doc[i - 1]
        if "\n" in token.text or token.text in SENTENCE_ENDS:
            break
        i -= 1
    words = trim(page.text, page.doc[i].idx, quotation.start)
    spoken_for = any(is_speech_verb(page, token) for token in page.doc[i:first])
    return [] if spoken_for or words.start >= words.end else [Span(words.start, quotation.start)]


def cue_before(page: Page, quotation: Quotation) -> tuple[Token, Token] | None:
    """The last speech verb before the mark, in its sentence, or in a line before it that ends with a colon."""
    first = page.index_at(quotation.start)
    last = page.doc[max(first - 1, 0)]
    if before(page, quotation) not in {",", ":", "\n"} and not (
        is_speech_verb(page, last) and takes(last.lemma_, "clause")
    ):
        return None
    verbs = 0
    for token in reversed(page.doc[max(0, first - LONGEST_ASIDE) : first]):
        if page.quoted[token.i] >= 0 or token.text in SENTENCE_ENDS:
            return None
        if "\n" in token.text and page.text[: token.idx].rstrip()[-1:] != ":":
            return None
        verbs += token.pos_ == "VERB"
        if is_speech_verb(page, token):
            source = speaker(token) or noun_after(token)
            if source is None or source.idx > quotation.start or has_clause(page, token, first):
                return None
            return token, source
        if verbs > 1:
            return None
    return None


def cue_of_sentence_before(page: Page, quotation: Quotation) -> tuple[Token, Token] | None:
    """The speaker of the sentence that the quotation follows in its paragraph: She disagreed. "It is over." """
    first = page.index_at(quotation.start)
    if not starts_sentence(page, quotation) or before(page, quotation) == "\n":
        return None
    ended = False
    for token in reversed(page.doc[max(0, first - LONGEST_ASIDE) : first]):
        if "\n" in token.text or (ended and token.text in SENTENCE_ENDS):
            return None
        ended = ended or token.text in SENTENCE_ENDS
        if token.dep_ == "ROOT" and is_speech_verb(page, token):
            source = speaker(token)
            return (token, source) if source is not None and page.quoted[token.i] < 0 else None
    return None


def is_speech_verb(page: Page, token: Token) -> bool:
    speaks = token.pos_ in {"VERB", "AUX", "NOUN", "PROPN"} and takes(token.lemma_.lower(), "quotation")
    return speaks and page.quoted[token.i] < 0 and not page.closed[token.i]


def goes_on(page: Page, utterance: Utterance, quotation: Quotation) -> bool:
    """Does only the end of the last speaker's sentence, or a paragraph break, part this quotation from the last?"""
    between = page.text[utterance.end : quotation.start].strip(" \u00a0")
    rest = page.doc[page.index_at(utterance.end) : page.index_at(quotation.start)]
    if len(between) > LONGEST_REST or between.count("\n") > 2 or any(token.is_sent_end for token in rest[:-1]):
        return False
    if not between or between[-1:] in ".!?;\n":
        return True
    return between[-1] in ",—–-" and rest.start <= utterance.verb.i < rest.end
