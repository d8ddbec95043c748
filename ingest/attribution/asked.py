"""What somebody was asked, with the answer: "Asked whether it was shut, Renn said it was possible".

Only where the answer says nothing of its own: yes, no, or a verdict on what was asked.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from ingest.attribution.cues import takes, words
from ingest.attribution.page import Finding, Page, spans_of
from ingest.attribution.phrases import cue_group, noun_phrase, speaker

WHETHER = frozenset({"whether", "if"})
LONGEST = 6  # tokens of an answer that only points


def asked_and_answered(page: Page) -> Iterator[Finding]:
    for ask in page.doc:
        if ask.lemma_ != "ask" or ask.tag_ not in {"VBN", "VBD"} or page.quoted[ask.i] >= 0 or page.closed[ask.i]:
            continue
        asked = words_asked(ask)
        said = answering_verb(page, ask, asked)
        who = answerer(ask, said) if said is not None else None
        if said is None or who is None:
            continue
        answer = answer_of(said)
        if answer:
            source, cue = spans_of(page, noun_phrase(page, who)), spans_of(page, [*cue_group(said), *answer])
            yield Finding("asked_and_answered", said.i, source, cue, spans_of(page, asked), 0.75)


def words_asked(ask: Token) -> list[int]:
    """What was asked: from behind "whether" to the comma that ends it. By the words: the parse hangs it anywhere."""
    doc, end = ask.doc, ask.sent.end
    first = next((i for i in range(ask.i + 1, min(ask.i + 4, end)) if doc[i].lower_ in WHETHER), None)
    last = next((i for i in range(first or end, end) if doc[i].text == ","), None)
    return list(range(first + 1, last)) if first is not None and last is not None else []


def answering_verb(page: Page, ask: Token, asked: list[int]) -> Token | None:
    """The verb of speech behind the question, in its sentence."""
    after = ask.doc[asked[-1] + 1 : ask.sent.end] if asked else ()
    said = (t for t in after if takes(t.lemma_, "quotation") and t.pos_ == "VERB" and page.quoted[t.i] < 0)
    return next(said, None)


def answerer(ask: Token, said: Token) -> Token | None:
    """Who answers: the verb's subject behind the question, else whom it interrupts: "Renn, asked if …, said"."""
    who = speaker(said)
    if who is not None and who.i > ask.i:
        return who
    before = ask.doc[ask.i - 2] if ask.i > 1 and ask.doc[ask.i - 1].text == "," else None
    return before if before is not None and before.pos_ in {"NOUN", "PROPN", "PRON"} else None


def answer_of(said: Token) -> list[int]:
    """The words of an answer that has nothing of its own; none where it says something else."""
    after = [t for t in said.doc[said.i + 1 : said.sent.end] if not t.is_punct and not t.is_space]
    told = [t for t in after if t.lower_ != "that" or t.dep_ != "mark"]
    verdicts = words("answers", "verdicts")
    own = [t for t in told if t.pos_ in {"NOUN", "PROPN", "VERB"} and t.lower_ not in verdicts]
    points = bool(told) and len(told) <= LONGEST and any(t.lower_ in verdicts for t in told)
    return [t.i for t in after] if points and not own else []
