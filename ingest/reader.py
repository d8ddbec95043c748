"""The name of what reads here, known without loading it: what is stored under this name need not be read again."""

from __future__ import annotations

import functools

from ingest.lexicon import lexicon_hash
from ingest.model import hash_id
from ingest.syntax.pinned import MODEL, WEIGHTS
from ingest.tagger.settings import tagger_name

VERSION = "3"  # of the rules; raise it when the same words come to be read otherwise


@functools.cache
def reader_name() -> str:
    """What read it: rules, word lists and weights; another name, another reading may come of the same text."""
    weights = hash_id(*sorted(WEIGHTS.values()))[:12]
    return f"onrecord@{VERSION} lexicon@{lexicon_hash()} {MODEL}@{weights} {tagger_name()}"
