"""Articles → readings: the whole flow, in this process or spread over several."""

from __future__ import annotations

import functools
import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import TypeAlias

from spacy.language import Language
from spacy.tokens import Doc

from ingest.assertion.assertions import find_assertions
from ingest.attribution.attributions import find_attributions
from ingest.errors import IngestError
from ingest.model import Article, Reading
from ingest.reader import reader_name
from ingest.referents.entities import find_mentions
from ingest.syntax.parsing import forgetting, load_nlp, parse, to_batches
from ingest.tagger.network import load_tagger

AHEAD = 2  # batches that wait for each process, so that none is idle

Read: TypeAlias = Callable[[Iterable[Article]], Iterator[Reading]]


def read_articles(articles: Iterable[Article], nlp: Language) -> Iterator[Reading]:
    """Read articles one by one; each yields everything found in it, nothing where it is not to be read."""
    for batch in to_batches(articles):
        with forgetting(nlp):
            readings = [read_article(article, doc) for article, doc in parse(batch, nlp)]
        yield from readings


def read_article(article: Article, doc: Doc) -> Reading:
    if article.not_read is not None:
        return Reading(article, reader_name(), (), (), ())
    mentions = find_mentions(article, doc)
    attributions = find_attributions(article, doc, mentions, load_tagger())
    assertions = find_assertions(article, doc, mentions, attributions)
    return Reading(article, reader_name(), mentions.referents, mentions.mentions, assertions)


# ── over several processes ───────────────────────────────────────────────────────────────────────────────────────


def read_in_processes(articles: Iterable[Article], processes: int) -> Iterator[Reading]:
    """The readings that `read_articles` gives, in its order, whole articles spread over so many processes.

    Few articles are taken ahead of what is read, so the feed may be endless. Each process loads the pipeline, half
    a gigabyte.
    """
    with open_reader(processes) as read:
        yield from read(articles)


@contextmanager
def open_reader(processes: int = 1) -> Iterator[Read]:
    """A function that reads, as often as it is asked to, in this process or in others that live as long as this.

    The pipeline is loaded when the first article comes; what can't be read there raises here, the same error.
    """
    if processes == 1:
        yield lambda articles: (reading for batch in to_batches(articles) for reading in read_batch(batch))
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, context, initializer=leave_interrupts_to_parent) as pool:
        yield functools.partial(spread, pool, AHEAD * processes)


def spread(pool: ProcessPoolExecutor, ahead: int, articles: Iterable[Article]) -> Iterator[Reading]:
    waiting: deque[Future[list[Reading]]] = deque()
    try:
        for batch in to_batches(articles):
            waiting.append(pool.submit(read_batch, batch))
            if len(waiting) > ahead:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()
    except BrokenProcessPool as error:
        raise IngestError("a process that read was ended, perhaps for want of memory: ask for fewer") from error
    finally:
        for future in waiting:
            future.cancel()


def read_batch(batch: list[Article]) -> list[Reading]:
    return list(read_articles(batch, own_nlp()))


@functools.cache
def own_nlp() -> Language:
    """This process's pipeline. Loaded with the first batch, not as the process starts: an error there has no name."""
    return load_nlp()


def leave_interrupts_to_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
