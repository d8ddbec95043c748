"""Doc → attributions: who (source) says (cue) what (content), one small generator a construction."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.model import Span


@dataclass(frozen=True, slots=True)
class Attribution:
    """Source, cue and content as they stand in the text, before anything is said of what they mean.

    Spans may be discontinuous and are in text order. No source: hearsay ("is said to"), or a speaker who is not named
    again ("No cuts." alone in quotation marks after one who spoke).
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    method: str  # "reported_clause@1"
    confidence: float
    hops: tuple[Span, ...] = ()  # who relayed it, nearest to the content first, this article's own outlet left out
    agentless: bool = False  # the words name no source and none may be found for them
