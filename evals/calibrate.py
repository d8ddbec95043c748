"""How sure the tagger and the rules may be, learned on PolNeAR dev: python -m evals.calibrate DATA [--weights FOLDER]

Writes `calibration` into the tagger's settings: the weights of a logistic regression that says how likely a finding is
right (content by half or more, source in part), and how often each construction is right alone. Prints the
reliability that the same gives on articles it was not fitted on, a fifth of dev at a time.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt

from evals.attribution import by_reader, load_scorer, read_all, reliability, show_reliability
from ingest.syntax.parsing import load_nlp
from ingest.tagger.network import SETTINGS, WEIGHTS, Calibration, Tagger, load_tagger

FOLDS = 5
RIDGE = 1.0
DOUBT = 4  # findings that a construction seen once is thought to have been seen before, as often right as any other

Matrix = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Case:
    """One finding of an article: what is known of it, and whether it is right."""

    article: int
    evidence: tuple[float, ...] | None  # None: the tagger did not find it
    construction: str | None  # None: the rules did not
    right: bool


@dataclass(frozen=True, slots=True)
class Notes(Calibration):
    """Stands where a calibration will: a finding's number is its confidence, and what is known of it is kept."""

    kept: list[tuple[tuple[float, ...] | None, str | None]] = field(default_factory=list)

    def of_tagged(self, evidence: tuple[float, ...], construction: str | None) -> float:
        self.kept.append((evidence, construction))
        return len(self.kept) - 1.0

    def of_rule(self, construction: str) -> float:
        self.kept.append((None, construction))
        return len(self.kept) - 1.0


def find_cases(data: Path, scorer: Path, tagger: Tagger) -> list[Case]:
    """Every outermost finding in dev, judged."""
    judge = load_scorer(scorer)
    gold = judge.load(data / "polnear" / "dev.jsonl")
    cases = []
    for number, (key, read) in enumerate(zip(gold, read_all(gold.values(), load_nlp()), strict=True)):
        notes = Notes((), {}, {})
        tagger.calibration = notes
        found = {key: {"attributions": [*by_reader(read, tagger)]}}
        for at, right in reliability({key: gold[key]}, found, judge):
            cases.append(Case(number, *notes.kept[int(at)], right))
    return cases


def fit(cases: Sequence[Case]) -> Calibration:
    """Logistic regression on what the tagger found; smoothed shares for what a construction found alone."""
    tagged = [case for case in cases if case.evidence is not None]
    names = sorted({case.construction for case in tagged if case.construction})
    x = np.array([[1.0, *(case.evidence or ()), *(float(case.construction == n) for n in names)] for case in tagged])
    weights = regress(x, np.array([float(case.right) for case in tagged])).round(3).tolist()
    size = x.shape[1] - len(names)
    return Calibration(tuple(weights[:size]), dict(zip(names, weights[size:], strict=True)), shares(cases))


def regress(x: Matrix, y: Matrix) -> Matrix:
    """Weights that maximise the likelihood less a ridge (not on the first), by Newton's method."""
    ridge = RIDGE * np.eye(x.shape[1])
    ridge[0, 0] = 0.0
    weights = np.zeros(x.shape[1])
    for _ in range(25):
        p = 1 / (1 + np.exp(-x @ weights))
        hessian = (x * (p * (1 - p))[:, None]).T @ x + ridge
        weights = weights + np.linalg.solve(hessian, x.T @ (y - p) - ridge @ weights)
    return weights


def shares(cases: Sequence[Case]) -> dict[str, float]:
    alone = [case for case in cases if case.evidence is None and case.construction]
    overall = sum(case.right for case in alone) / max(1, len(alone))
    by_name: dict[str, list[bool]] = defaultdict(list)
    for case in alone:
        by_name[case.construction or ""].append(case.right)
    return {n: round((sum(r) + DOUBT * overall) / (len(r) + DOUBT), 2) for n, r in sorted(by_name.items())}


def confidence(calibration: Calibration, case: Case) -> float:
    if case.evidence is None:
        return calibration.of_rule(case.construction or "")
    return calibration.of_tagged(case.evidence, case.construction)


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("data", type=Path)
    parser.add_argument("--scorer", type=Path)
    parser.add_argument("--weights", type=Path, default=WEIGHTS, help="folder whose tagger.json is written")
    options = parser.parse_args(arguments)
    tagger = load_tagger(options.weights)
    if tagger is None:
        parser.error(f"no weights in {options.weights}: python -m evals.train_attribution makes them")
    scorer = options.scorer or options.data.parent / "evals" / "score_attribution.py"
    cases = find_cases(options.data, scorer, tagger)
    outcomes = []
    for fold in range(FOLDS):
        fitted = fit([case for case in cases if case.article % FOLDS != fold])
        outcomes += [(confidence(fitted, case), case.right) for case in cases if case.article % FOLDS == fold]
    show_reliability(outcomes)
    whole = fit(cases)
    settings = json.loads((options.weights / SETTINGS).read_text(encoding="utf8"))
    settings["calibration"] = {"weights": whole.weights, "agreed": whole.agreed, "rules": whole.rules}
    (options.weights / SETTINGS).write_text(json.dumps(settings, indent=1) + "\n", encoding="utf8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
