"""Is a copy known, and nothing else taken for one? `python -m evals.copies`

Sixty pairs of invented articles: wire copy with and without its tag, amid other words, rewritten, updated, copied
twice; and what is none: the same quotation, the same statement, the same town, a paragraph of background.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from evals.puzzles import Puzzle, load_puzzles, print_kinds, solved


def main() -> int:
    judged = list(judge())
    for puzzle, answer in judged:
        if answer != puzzle["answer"]:
            print(f"WRONG {puzzle['id']} ({puzzle['kind']}): {puzzle['answer']} expected, {answer} found")
    print_kinds((puzzle, answer == puzzle["answer"]) for puzzle, answer in judged)
    falsely = sum(answer == "copy" != puzzle["answer"] for puzzle, answer in judged)
    right = sum(answer == puzzle["answer"] for puzzle, answer in judged)
    print(f"right: {right} of {len(judged)}; false: {falsely}")
    return 1 if falsely else 0


def judge() -> Iterator[tuple[Puzzle, str]]:
    """Each pair with whether the later is linked as a copy to the earlier: `copy` or `none`."""
    for puzzle, (earlier, later), store in solved(load_puzzles("copies")):
        with store.read() as tx:
            links = tx.edges(["REUSES_TEXT_OF"], starts=[later.article.id], ends=[earlier.article.id])
        yield puzzle, "copy" if links else "none"


if __name__ == "__main__":
    sys.exit(main())
