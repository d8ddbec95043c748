"""Are namesakes told apart, and one who is named in two ways joined? `python -m evals.namesakes`

Fifty puzzles of two invented articles, each with a name from either: `one`, `two`, or `open` where nobody can tell,
which is right where they stay apart and are suggested to a person. What is wrongly joined is told by itself: an editor
must never see it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

from evals.puzzles import Puzzle, load_puzzles, print_kinds, solved
from graph.dossier import Store
from graph.store.records import with_outlets
from ingest.model import Reading, fold


def main() -> int:
    judged = list(judge())
    for puzzle, answer in judged:
        if answer != puzzle["answer"]:
            print(
                f"WRONG {puzzle['id']} {puzzle['names']}: {puzzle['answer']} expected, {answer} found. {puzzle['why']}"
            )
    print_kinds((puzzle, answer == puzzle["answer"]) for puzzle, answer in judged)
    falsely = sum(answer == "one" != puzzle["answer"] for puzzle, answer in judged)
    right = sum(answer == puzzle["answer"] for puzzle, answer in judged)
    print(f"right: {right} of {len(judged)}; wrongly joined: {falsely}")
    return 1 if falsely else 0


def judge() -> Iterator[tuple[Puzzle, str]]:
    """Each puzzle with what is found: `one`, `two`, `open`, or `missing` where a name was not read."""
    for puzzle, readings, store in solved(load_puzzles("namesakes")):
        found = answer_of(puzzle, readings, store)
        # Two who are suggested to a person are as much two as any.
        yield puzzle, "two" if found == "open" and puzzle["answer"] == "two" else found


def answer_of(puzzle: Puzzle, readings: Sequence[Reading], store: Store) -> str:
    bearers = [named(readings[n], name) for n, name in puzzle["names"]]
    if not all(bearers):
        return "missing"
    with store.read() as tx:
        owner = {e.start: e.end for e in tx.edges(["RESOLVES_TO"], starts=bearers[0] | bearers[1])}
        one, other = ({owner[r] for r in them} for them in bearers)
        members = {e.start: e.end for e in tx.edges(["RESOLVES_TO"], ends=one | other)}
        links = tx.edges(["SAME_AS"], starts=members)
    suggested = any(
        {members.get(e.start), members.get(e.end)} == {a, b} and e.properties["state"] == "suggested"
        for e in links
        for a in one
        for b in other
    )
    return "one" if one & other else "open" if suggested else "two"


def named(reading: Reading, name: str) -> set[str]:
    """The referents of that name, or of an alias of just these words; a part of a name finds whoever ends with it."""
    wanted = plain(name)
    found = {r.id for r in reading.referents if wanted in map(plain, (r.name, *r.aliases))}
    found = found or {r.id for r in reading.referents if plain(r.name).endswith(f" {wanted}")}
    published = with_outlets(reading).referents if plain(reading.article.outlet or "") == wanted else ()
    return found | {r.id for r in published if r.kind == "outlet" and plain(r.name) == wanted}


def plain(name: str) -> str:
    """A name without its case, its article and the point after it."""
    words = fold(name).replace("’", "'").removeprefix("the ").split()
    return " ".join(words).rstrip(".")


if __name__ == "__main__":
    sys.exit(main())
