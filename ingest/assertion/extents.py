"""Attribution → how far its content reaches: to what a thing is called, and not to what the speaker leaves out.

"[Called] the plan, which was drawn up in a night, “a farce”" goes on to the farce; "the boat was rammed, without naming
the ship" ends at the comma.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from ingest.attribution.attributions import Attribution
from ingest.attribution.cues import words
from ingest.attribution.frames import has_no
from ingest.attribution.predications import find_predication
from ingest.model import Span
from ingest.syntax.quotations import find_quotations
from ingest.syntax.trees import child_of, find_head, tokens_in

AFTER_COLON = re.compile(r": (?P<told>[A-Z][^.!?:\n“”\"]{15,240}?)(?=[.!?](?:\s|$))")


def fit_content(doc: Doc, attribution: Attribution, others: Sequence[Attribution]) -> Attribution:
    """The attribution with its content as far as it reaches, of which nothing is another's."""
    called = to_complement(doc, attribution)
    if called is not None and not any(span.overlaps(called) for o in others for span in (*o.content, *o.cue)):
        attribution = replace(attribution, content=(*attribution.content, called))
    told = after_colon(doc, attribution)
    if told is not None and not any(span.overlaps(told) for o in others for span in (*o.content, *o.cue, *o.source)):
        attribution = replace(attribution, content=(*attribution.content, told))
    kept = before_left_out(doc, attribution.content)
    return replace(attribution, content=kept) if kept else attribution


def to_complement(doc: Doc, attribution: Attribution) -> Span | None:
    """The quotation in which a thing is called something, where the content ends before it."""
    verb, content = find_head(tokens_in(doc, attribution.cue)), tokens_in(doc, attribution.content)
    if verb is None or verb.lemma_ not in words("wording", "calling") or find_predication(content) is not None:
        return None
    thing = child_of(verb, "dobj")
    if thing is None or thing not in content:
        return None
    text, end = doc.text[verb.sent.start_char : verb.sent.end_char], attribution.content[-1].end
    quoted = [span for quotation in find_quotations(text) for span in quotation.spans]
    spans = (Span(span.start + verb.sent.start_char, span.end + verb.sent.start_char) for span in quoted)
    return next((span for span in spans if span.start >= end), None)


def after_colon(doc: Doc, attribution: Attribution) -> Span | None:
    """The sentence that a colon opens right behind the content: "said it knew the route: It sailed to Ulve"."""
    end = attribution.content[-1].end
    if not attribution.cue or attribution.cue[-1].start > attribution.content[0].start:
        return None
    found = AFTER_COLON.match(doc.text, end)
    return Span(found.start("told"), found.end("told")) if found else None


def before_left_out(doc: Doc, spans: Sequence[Span]) -> tuple[Span, ...]:
    """The spans up to a last ", without naming it" or ", giving no details"; from behind it, where it is first."""
    tokens = tokens_in(doc, spans)
    start = next((token for token in tokens if leaves_out(token)), None)
    if start is None:
        return tuple(spans)
    last = start.right_edge
    if start.i > tokens[0].i:
        return clip(spans, spans[0].start, start.nbor(-1).idx) if last.i >= tokens[-1].i - 2 else tuple(spans)
    rest = [token for token in tokens if token.i > last.i and not token.is_punct]
    return clip(spans, rest[0].idx, spans[-1].end) if rest else tuple(spans)


def leaves_out(token: Token) -> bool:
    """Whether here begins what a speaker does not say."""
    before = token.nbor(-1).text if token.i else ","
    if before != "," and not token.is_sent_start:
        return False
    if token.lower_ == "without":
        act = child_of(token, "pcomp")
        return act is not None and act.lemma_ in words("deeds", "withheld")
    thing = child_of(token, "dobj")
    return token.tag_ == "VBG" and token.lemma_ in words("deeds", "withheld") and thing is not None and has_no(thing)


def clip(spans: Sequence[Span], start: int, end: int) -> tuple[Span, ...]:
    return tuple(Span(max(s.start, start), min(s.end, end)) for s in spans if s.overlaps(Span(start, end)))
