"""What an assertion is called and what it stands within: ids of hashes, the reports that hold a report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from ingest.model import Article, Assertion, Span, assertion_id, attribution_id


def with_ids(article: Article, drafts: Iterable[Sequence[Assertion]]) -> tuple[Assertion, ...]:
    """The assertions in text order with their ids, each within the smallest in whose content it is reported.

    `drafts`: for each attribution what was split from it.
    """
    wholes: Counter[str] = Counter()
    split: list[Assertion] = []
    for parts in sorted(filter(None, drafts), key=lambda parts: place_of(parts[0])):
        words = " ".join(span.of(article.text) for span in parts[0].attribution_content)
        first = attribution_id(article.id, words, 0)
        split.extend(replace(part, attribution=attribution_id(article.id, words, wholes[first])) for part in parts)
        wholes[first] += 1
    seen: Counter[str] = Counter()
    named: list[Assertion] = []
    for draft in sorted(split, key=place_of):
        words = " ".join(span.of(article.text) for span in draft.content)
        first = assertion_id(article.id, words, 0)
        named.append(replace(draft, id=assertion_id(article.id, words, seen[first])))
        seen[first] += 1
    outer = find_outer(named)
    return tuple(replace(assertion, within=outer.get(assertion.id)) for assertion in named)


def place_of(a: Assertion) -> tuple[tuple[Span, ...], bool, tuple[Span, ...], tuple[Span, ...], str]:
    """Its place in the text; what the writer says of another's words comes after those."""
    return (a.content, a.source_type == "writer", a.source, a.cue, a.source_type)


def find_outer(named: Sequence[Assertion]) -> dict[str, str]:
    """Id → id of the smallest assertion whose content holds this one, cue and all.

    What reaches over two parts of an attribution is within the one that holds its cue.
    """
    found: dict[str, str] = {}
    open_ones: list[Assertion] = []
    for inner in sorted((a for a in named if a.cue), key=lambda a: (reach(a).start, -reach(a).end)):
        open_ones = [a for a in open_ones if a.attribution_content[-1].end >= reach(inner).start]
        others = [a for a in open_ones if a.attribution != inner.attribution and holds(a.attribution_content, inner)]
        holding = [a for a in others if holds(a.content, inner)] or [a for a in others if covers(a.content, inner.cue)]
        if holding:
            found[inner.id] = min(holding, key=lambda a: sum(c.end - c.start for c in a.content)).id
        open_ones.append(inner)
    return found


def holds(content: Sequence[Span], inner: Assertion) -> bool:
    return covers(content, (*inner.cue, *inner.content))


def covers(content: Sequence[Span], spans: Iterable[Span]) -> bool:
    return all(any(held.covers(span) for held in content) for span in spans)


def reach(assertion: Assertion) -> Span:
    spans = (*assertion.cue, *assertion.content)
    return Span(min(span.start for span in spans), max(span.end for span in spans))
