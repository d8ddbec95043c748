"""What is labelled is what its evaluation takes it for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import get_args

import pytest

from evals.sentences import PLAIN, places, read_labelled
from ingest.model import Basis, Certainty, Channel, Polarity, Quotation, SourceType, Stance, Tense

SAMPLES = Path(__file__).parent.parent / "samples"
PASSAGES = read_labelled()
VOCABULARY = {
    "source_type": SourceType,
    "stance": Stance,
    "certainty": Certainty,
    "polarity": Polarity,
    "tense": Tense,
    "basis": Basis,
    "channel": Channel,
    "quotation": Quotation,
}


def test_there_are_three_hundred_with_forty_reports_inside_reports_and_a_third_is_held_back() -> None:
    nested = [row for row in PASSAGES if any(label["within"] is not None for label in row["attributions"])]
    held = sum(row["held_back"] for row in PASSAGES)
    assert len(PASSAGES) >= 300
    assert len(nested) >= 40
    assert 0.3 <= held / len(PASSAGES) <= 0.36
    assert len({row["id"] for row in PASSAGES}) == len(PASSAGES)


@pytest.mark.parametrize("row", PASSAGES, ids=lambda row: row["id"])
def test_labels_are_words_of_the_passage_in_the_models_vocabulary(row: dict[str, object]) -> None:
    text, labels = row["text"], row["attributions"]
    assert isinstance(text, str)
    assert isinstance(labels, list)
    for n, label in enumerate(labels):
        assert label["within"] is None or (label["within"] != n and label["within"] < len(labels))
        assert set(label) & {"source", "cue", "content"}
        for key in ("source", "cue", "content", "hops"):
            assert all(span.of(text) for span in places(text, label, key))
        for name, vocabulary in VOCABULARY.items():
            assert label.get(name, PLAIN[name]) in get_args(vocabulary)


@pytest.mark.parametrize("dossier", ["first", "second"])
def test_a_samples_claims_have_all_that_is_scored(dossier: str):
    expected = json.loads((SAMPLES / dossier / "expected.json").read_text(encoding="utf8"))
    scored = {"id", "wording", "assertions", "sourcing", "origins", "unnamed", "party", "dispute"}
    assert all(scored <= claim.keys() for claim in expected["claims"])
