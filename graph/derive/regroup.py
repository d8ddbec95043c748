"""Clusters as people decided them: their joins come first, and nothing puts together what they hold apart. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from graph.derive.decisions import Judged, Pair
from graph.model import DecisionKind, LinkState, SameAs

METHOD = "decision@1"
STATES: Mapping[DecisionKind, LinkState] = {"same": "confirmed", "different": "rejected", "unsure": "unsure"}


def regroup(clusters: Iterable[Sequence[str]], judged: Judged) -> list[tuple[str, ...]]:
    """A rule's clusters with people's decisions above them, each sorted.

    `different` wins over any chain, `unsure` withholds a rule's join. Of a cluster that loses somebody, those on whom
    least was decided stay together.
    """
    rows = [list(cluster) for cluster in clusters]
    home = {i: i for row in rows for i in row}
    members = {i: [i] for i in home}
    apart = [pair for pair in judged.pairs_of("different") if set(pair) <= home.keys()]
    withheld = [*apart, *(pair for pair in judged.pairs_of("unsure") if set(pair) <= home.keys())]

    def join(a: str, b: str, blocked: Collection[Pair]) -> None:
        one, other = home[a], home[b]
        if one == other or any({home[x], home[y]} == {one, other} for x, y in blocked):
            return
        members[one] += members.pop(other)
        home.update(dict.fromkeys(members[one], one))

    for a, b in judged.pairs_of("same"):
        if a in home and b in home:
            join(a, b, apart)
    held = Counter(i for pair in withheld for i in pair)
    for row in rows:
        row.sort(key=lambda i: (held[i], i))
        for n, i in enumerate(row[1:], 1):
            for other in row[:n] if held[i] else row[n - 1 : n]:
                join(other, i, withheld)
    return sorted(tuple(sorted(found)) for found in members.values())


def relink(clusters: Iterable[Sequence[str]], links: Iterable[SameAs], judged: Judged) -> Iterator[SameAs]:
    """A rule's links as far as decisions leave them, and what people decided, as links."""
    home = {i: n for n, cluster in enumerate(clusters) for i in cluster}
    parted = {frozenset((home[a], home[b])) for a, b in _withheld(judged) if a in home and b in home}
    for link in links:
        together = home[link.start] == home[link.end]
        suggests = link.state == "suggested" and frozenset((home[link.start], home[link.end])) not in parted
        if judged.between(link.start, link.end) is None and (together if link.state == "matched" else suggests):
            yield link
    for (a, b), ruling in sorted(judged.pairs.items(), key=lambda item: item[0]):
        if a in home and b in home:
            yield SameAs(a, b, 1.0, METHOD, ruling.why, STATES[ruling.what])


def _withheld(judged: Judged) -> list[Pair]:
    return [*judged.pairs_of("different"), *judged.pairs_of("unsure")]
