"""The learned reader of attributions: text → source, cue and content, linked.

The network is MiniLM, trained on PolNeAR by `python -m evals.train_attribution` and shipped as int8 in
`ingest/tagger/weights`; docs/tagger-card.md says what it was trained on and where it fails. One window is read at a
time on one thread, so a result depends on nothing but its text.
"""

from __future__ import annotations

import functools
import hashlib
import logging
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime

from ingest.errors import WeightsDamaged
from ingest.tagger.settings import NETWORK, VOCABULARY, WEIGHTS, read_settings, tagger_name
from ingest.tagger.tagging import TaggedAttribution, read_window
from ingest.tagger.tags import Scores
from ingest.tagger.windows import Window, find_windows, load_tokenizer

UNSURE = 0.5  # of a construction that was never seen alone
FEWEST_WORDS = 3  # different words with a letter that a window needs: a source, a cue and a content

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Calibration:
    """How likely an attribution is right (content by half or more, source in part), learned on articles put aside."""

    weights: tuple[float, ...]  # of: always 1, the tagger's evidence
    agreed: dict[str, float]  # what it adds to the log-odds that this construction found it too
    rules: dict[str, float]  # of what a construction finds alone, where the tagger found nothing

    def of_tagged(self, evidence: tuple[float, ...], construction: str | None) -> float:
        """`construction`: which of the rules agrees, if any."""
        odds = sum(w * x for w, x in zip(self.weights, (1.0, *evidence), strict=True))
        odds += self.agreed.get(construction, 0.0) if construction else 0.0
        return round(1 / (1 + math.exp(-odds)), 2)

    def of_rule(self, construction: str) -> float:
        return self.rules.get(construction, UNSURE)


class Tagger:
    """Finds attributions in text; the same text always gives the same ones."""

    def __init__(self, session: Any, tokenizer: Any, steps: Scores, calibration: Calibration, name: str) -> None:
        self._session = session
        self._tokenizer = tokenizer
        self._steps = steps
        self.calibration = calibration
        self.name = name  # tells one set of weights from another

    def tag(self, text: str) -> list[TaggedAttribution]:
        """All attributions of a text in the order of their contents; offsets are the text's own."""
        found = [a for window in find_windows(text, self._tokenizer) for a in self._read(window)]
        return sorted(found, key=lambda attribution: attribution.content)

    def _read(self, window: Window) -> list[TaggedAttribution]:
        if len({word.surface for word in window.words if word.surface[0].isalpha()}) < FEWEST_WORDS:
            return []
        feed = {"ids": np.array(window.ids, np.int64), "kinds": np.array(window.kinds, np.int64)}
        scores, pairs = self._session.run(None, feed)
        return read_window(window, scores, pairs, self._steps)


@functools.cache
def load_tagger(folder: Path = WEIGHTS) -> Tagger | None:
    """The tagger, or None, with a warning in the log, where its weights are not installed.

    Raises WeightsDamaged where a file is not the one that `tagger.json` names.
    """
    held = read_settings(folder)
    if held is None:
        logger.warning("attributions are found by rules alone: there are no weights in %s", folder)
        return None
    for name, sha256 in held["sha256"].items():
        check_file(folder / name, sha256)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(folder / NETWORK, options, providers=["CPUExecutionProvider"])
    learned = held["calibration"]
    calibration = Calibration(tuple(learned["weights"]), learned["agreed"], learned["rules"])
    tokenizer = load_tokenizer(folder / VOCABULARY)
    return Tagger(session, tokenizer, np.array(held["steps"], np.float32), calibration, tagger_name(folder))


def check_file(path: Path, sha256: str) -> None:
    """Raise WeightsDamaged unless the file is there and is the one that was pinned."""
    if not path.exists() or hashlib.sha256(path.read_bytes()).hexdigest() != sha256:
        raise WeightsDamaged(f"{path} is not the file that was trained: install onrecord again")
