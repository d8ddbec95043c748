"""What somebody was asked, with the answer: "Asked whether it was shut, Renn said it was possible".

Only where the answer says nothing of its own: yes, no, or a verdict on what was asked.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from ingest.attribution.cues import takes, words
from ingest.attribution.page import Finding, Page, spans_of
from ingest.attribution.phrases import cue_group, noun_phrase, speaker, subtree
from ingest.attribution.presupposed import asked_under

POINTING = frozenset({"it", "that", "this", "so", "he", "she", "they"})
LONGEST = 6  # tokens of an answer that only points


def asked_and_answered(page: Page) -> Iterator[Finding]:
    for ask in page.doc:
        if ask.lemma_ != "ask" or ask.tag_ not in {"VBN", "VBD"} or page.quoted[ask.i] >= 0 or page.closed[ask.i]:
            continue
        clause = asked_under(ask)
        said = answering_verb(ask)
        who = speaker(said) if said is not None else None
        if clause is None or said is None or who is None:
            continue
        answer = answer_of(said, clause)
        if answer:
            content = [i for i in subtree(clause) if i != clause.left_edge.i]
            cue = [*cue_group(said), *answer]
            yield Finding(
                "asked_and_answered", said.i, spans_of(page, noun_phrase(page, who)), spans_of(page, cue),
                spans_of(page, content), 0.75,
            )  # fmt: skip


def answering_verb(ask: Token) -> Token | None:
    """The verb that "asked whether" hangs on, straight or by its subject: "Renn, asked if it was shut, said"."""
    above = ask.head if ask.head.pos_ == "VERB" else ask.head.head
    said = above if above != ask and takes(above.lemma_, "quotation") else None
    return said if said is not None and said.sent == ask.sent else None


def answer_of(said: Token, clause: Token) -> list[int]:
    """The words of an answer that has nothing of its own; none where it says something else."""
    after = [t for t in said.doc[said.i + 1 : said.sent.end] if not t.is_punct and not t.is_space]
    inside = set(subtree(clause))
    told = [t for t in after if t.i not in inside and t.lower_ != "that"] or after
    verdicts = words("answers", "verdicts")
    if not told or len(told) > LONGEST or not any(t.lower_ in verdicts for t in told):
        return []
    own = [t for t in told if t.pos_ in {"NOUN", "PROPN", "VERB"} and t.lower_ not in verdicts]
    return [] if own else [t.i for t in after if t.i not in inside]
