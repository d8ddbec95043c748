"""The labelled passages are what their evaluation takes them for."""

from __future__ import annotations

from typing import get_args

import pytest

from evals.sentences import PLAIN, places, read_labelled
from ingest.model import Basis, Certainty, Channel, Polarity, Quotation, SourceType, Stance, Tense

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
