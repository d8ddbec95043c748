"""Who does what to whom, as far as claims state it, each on a line with its words, to be judged by eye.

    python -m evals.relations FOLDER_OR_FILE… [--articles N] [--all]

As `onrecord relations` would show them: two things that are named, a relation of the closed list, asserted and not
denied, negated, asked or supposed. `--all` also prints those whose verb is in no list, marked with a ?.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from evals.entities import find_readings
from ingest.model import RELATIONS, SUPPORTING, Assertion, Reading


def find_relations(reading: Reading, unlisted: bool) -> Iterator[tuple[str, str, str, Assertion]]:
    """Subject, relation, object and the assertion that states it."""
    names = {r.id: r.name for r in reading.referents}
    for a in reading.assertions:
        states = a.stance in SUPPORTING and a.polarity == "positive" and a.certainty != "possible"
        ends = a.subject in names and a.object in names and a.subject != a.object
        if states and ends and a.relation and (unlisted or a.relation in RELATIONS):
            mark = "" if a.relation in RELATIONS else "?"
            yield names[str(a.subject)], mark + a.relation, names[str(a.object)], a


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--articles", type=int)
    parser.add_argument("--all", action="store_true")
    given = parser.parse_args()
    count = 0
    for reading in find_readings(given.paths, given.articles):
        for subject, name, thing, a in find_relations(reading, given.all):
            print(f"{subject} | {name} | {thing}   « {a.wording}")
            count += not name.startswith("?")
    print(f"{count} relations")


if __name__ == "__main__":
    main()
