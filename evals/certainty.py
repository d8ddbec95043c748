"""Certainty against the CommitmentBank: python -m evals.certainty DATA

DATA is the folder that holds commitmentbank/all.jsonl (de Marneffe, Simons and Tonhauser, 2019): sentences in which a
clause stands under a negation, a modal, a question or a condition, and how far readers take the speaker to be
committed to that clause, from −3 to 3. For each sentence in which the reader finds the clause it prints how sure the
reading is of it, beside the readers' mean. Most of the corpus is fiction and talk, not news; nothing is chosen on it.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from evals.source_types import read_rows
from ingest.formats.jsonl import from_json
from ingest.model import NO_CLAIM, SUPPORTING, Article, Assertion, Reading
from ingest.pipeline import read_articles
from ingest.syntax.parsing import load_nlp

WORD = re.compile(r"\w+")
ALIKE = 0.5
ORDER = ("against", "open", "possible", "probable", "unstated", "certain")  # least committed first


def commitment(assertion: Assertion) -> str:
    """How committed the reading says that the source is: one of ORDER."""
    if assertion.stance in ("denies", "doubts", "retracts"):
        return "against"
    if assertion.stance not in SUPPORTING:
        return "open"
    return "against" if assertion.polarity == "negative" else assertion.certainty


def find(reading: Reading, complement: str) -> Assertion | None:
    """The assertion whose words are most like the clause's, by half or more."""
    wanted = set(WORD.findall(complement.lower()))

    def alike(assertion: Assertion) -> float:
        words = set(WORD.findall(" ".join(s.of(reading.article.text) for s in assertion.content).lower()))
        return len(words & wanted) / len(words | wanted)

    claims = [a for a in reading.assertions if a.stance not in NO_CLAIM]
    best = max(claims, default=None, key=lambda a: (alike(a), a.id))
    return best if best is not None and alike(best) >= ALIKE else None


def ranks(values: Sequence[float]) -> np.ndarray:
    """Ranks from 0, equal values with their mean rank."""
    _, inverse, counts = np.unique(np.array(values), return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    return np.asarray((ends - (counts + 1) / 2)[inverse])


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("data", type=Path)
    options = parser.parse_args(arguments)
    rows = read_rows(options.data / "commitmentbank" / "all.jsonl")
    articles = (from_json({"text": f"{row['context']}\n{row['target']}", "language": "en"}) for row in rows)
    readings = read_articles((article for article in articles if isinstance(article, Article)), load_nlp())
    means: dict[str, list[float]] = defaultdict(list)
    for row, reading in zip(rows, readings, strict=True):
        found = find(reading, row["complement"])
        if found is not None:
            means[commitment(found)].append(row["mean_commitment"])
    pairs = [(ORDER.index(kind), mean) for kind, some in means.items() for mean in some]
    print(f"clauses: {len(rows)}, found: {len(pairs)}")
    print(f"{'reading':10}{'clauses':>9}{'readers’ mean':>15}")
    for kind in ORDER:
        if means[kind]:
            print(f"{kind:10}{len(means[kind]):9}{sum(means[kind]) / len(means[kind]):15.2f}")
    if len(pairs) > 1:
        print(f"rank correlation: {np.corrcoef(*(ranks(column) for column in zip(*pairs, strict=True)))[0, 1]:.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
