"""Articles → readings: the whole flow."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator

from spacy.language import Language

from ingest.assertions import find_assertions
from ingest.attributions import find_attributions
from ingest.entities import find_mentions
from ingest.language import MODEL, WEIGHTS, parse
from ingest.lexicon import lexicon_hash
from ingest.model import Article, Reading, hash_id

VERSION = "1"  # of the rules; raise it when the same words come to be read otherwise


def read_articles(articles: Iterable[Article], nlp: Language) -> Iterator[Reading]:
    """Read articles one by one; each yields everything found in it, nothing where it is not to be read."""
    reader = reader_name()
    for article, doc in parse(articles, nlp):
        if article.not_read is not None:
            yield Reading(article, reader, (), (), ())
            continue
        mentions = find_mentions(article, doc)
        attributions = find_attributions(article, doc, mentions)
        assertions = find_assertions(article, doc, mentions, attributions)
        yield Reading(article, reader, mentions.referents, mentions.mentions, assertions)


@functools.cache
def reader_name() -> str:
    """What read it: rules, word lists and weights; another name, another reading may come of the same text."""
    weights = hash_id(*sorted(WEIGHTS.values()))[:12]
    return f"onrecord@{VERSION} lexicon@{lexicon_hash()} {MODEL}@{weights}"
