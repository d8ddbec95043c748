"""The article's own voice against 150 labels on PolNeAR dev: python -m evals.writers_voice DATA [--misses]

Each label is of a sentence or clause that the project's reader once took for a claim of the writer's: `claim` (a
figure, event, comparison or deed that can be checked and that no source carries) or what it is instead. Printed is the
share of claims among those that the reader takes for one now, and how many of the labelled claims it still finds.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from evals.source_types import ALIKE, likeness, read_dev, read_rows

LABELLED = Path(__file__).parent / "labelled" / "writers_voice.jsonl"


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("data", type=Path)
    parser.add_argument("--misses", action="store_true", help="print what is taken for a claim and is none")
    options = parser.parse_args(arguments)
    labels = read_rows(LABELLED)
    readings = read_dev(options.data, (label["article"] for label in labels))
    found: Counter[str] = Counter()
    for label in labels:
        reading = readings[label["article"]]
        own = (a for a in reading.assertions if a.source_type == "writer")
        if any(likeness(label["content"], a.content) >= ALIKE for a in own):
            found[label["label"]] += 1
            if options.misses and label["label"] != "claim":
                print(label["label"], *(reading.article.text[start:end] for start, end in label["content"]))
    claims = sum(label["label"] == "claim" for label in labels)
    print(f"precision: {found['claim']} of {found.total()} ({found['claim'] / max(1, found.total()):.1%})")
    print(f"labelled claims found: {found['claim']} of {claims}")
    for label, count in found.most_common():
        print(f"{count:4} {label}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
