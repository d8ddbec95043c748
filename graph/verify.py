"""Is a store sound? Every span against its text, all that is derived and every key against what is recorded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import TypeVar, get_args

from graph.deciding import keep
from graph.model import Edge, Label, Node
from graph.store.memory import MemoryTransaction
from graph.store.records import load_readings
from graph.store.transaction import Transaction
from graph.writing import Versions, exchange
from ingest.model import Article, Reading, Span, assertion_id, text_sha256

PAGE = 200  # articles or nodes that are looked at together
Thing = TypeVar("Thing", Node, Edge)


def find_faults(tx: Transaction) -> Iterator[str]:
    """What is wrong with a store, a sentence each."""
    fresh = MemoryTransaction()
    keep(fresh, tx.nodes_of("Decision"))
    for versions in all_articles(tx):
        for reading in readings_of(versions):
            yield from _check_spans(reading)
        exchange(fresh, versions)
    for label in get_args(Label):
        yield from _compare(fresh.nodes_of(label), tx.nodes_of(label))
        yield from _compare_keys(fresh, tx, label)
    yield from _compare(fresh.all_edges(), tx.all_edges())


def readings_of(articles: Mapping[str, Versions]) -> Iterator[Reading]:
    """Every reading of every version of some articles."""
    return (reading for versions in articles.values() for reading in versions.values())


def all_articles(tx: Transaction) -> Iterator[dict[str, Versions]]:
    """All that was read, by article, a page at a time."""
    articles = (node.id for node in tx.nodes_of("Article"))
    while page := list(islice(articles, PAGE)):
        versions = [edge.start for edge in tx.edges(["VERSION_OF"], ends=page)]
        found: dict[str, Versions] = defaultdict(dict)
        for version, reading in load_readings(tx, versions).items():
            found[reading.article.id][version] = reading
        yield found


def _check_spans(reading: Reading) -> Iterator[str]:
    """Does every span still cut the words out of the text that made it what it is?"""
    article = reading.article
    if text_sha256(article.text) != article.sha256:
        yield f"version {article.version}: its text is not the one that was read"
    outside = Span(0, len(article.text))
    for mention in reading.mentions:
        if not outside.covers(mention.span):
            yield f"version {article.version}: a mention of {mention.referent} lies outside the text"
    for a in reading.assertions:
        spans = (*a.source, *a.cue, *a.content, *(hop.span for hop in a.hops))
        if not all(outside.covers(span) for span in spans):
            yield f"assertion {a.id}: a span lies outside the text of version {article.version}"
        elif a.content and not _is_named_by_content(a.id, article, a.content, len(reading.assertions)):
            yield f"assertion {a.id}: its content in version {article.version} is not what gave it its id"


def _is_named_by_content(assertion: str, article: Article, content: Iterable[Span], recurs: int) -> bool:
    words = " ".join(span.of(article.text) for span in content)
    return any(assertion == assertion_id(article.id, words, ordinal) for ordinal in range(recurs))


def _compare(wanted: Iterable[Thing], stored: Iterable[Thing]) -> Iterator[str]:
    """Where a stored stream is not the expected one; both are in the order of their identities."""
    expected, found = iter(wanted), iter(stored)
    one, other = next(expected, None), next(found, None)
    while one is not None or other is not None:
        if other is None or (one is not None and _identity(one) < _identity(other)):
            yield f"{_name(one)}: missing"
            one = next(expected, None)
        elif one is None or _identity(other) < _identity(one):
            yield f"{_name(other)}: stored, but nothing recorded gives it"
            other = next(found, None)
        else:
            if one != other:
                yield f"{_name(one)}: differs in {_difference(one, other)}"
            one, other = next(expected, None), next(found, None)


def _identity(thing: Node | Edge) -> tuple[str, ...]:
    return (thing.id,) if isinstance(thing, Node) else thing.identity


def _name(thing: Node | Edge | None) -> str:
    if isinstance(thing, Node):
        return f"{thing.label} {thing.id}"
    return f"{thing.type} {thing.start} to {thing.end}" if thing else ""


def _difference(wanted: Node | Edge, found: Node | Edge) -> str:
    names = {*wanted.properties, *found.properties}
    return ", ".join(sorted(n for n in names if wanted.properties.get(n) != found.properties.get(n)))


def _compare_keys(wanted: Transaction, stored: Transaction, label: Label) -> Iterator[str]:
    """Nodes of a label whose joining keys are not the expected ones."""
    ids = (node.id for node in stored.nodes_of(label))
    while page := list(islice(ids, PAGE)):
        expected, found = wanted.keys(page), stored.keys(page)
        for i in page:
            if expected.get(i, ()) != found.get(i, ()):
                kinds = {key.partition(":")[0] for key in {*expected.get(i, ())} ^ {*found.get(i, ())}}
                yield f"{label} {i}: its joining keys differ in {', '.join(sorted(kinds))}"
