"""Doc → what the tagger is told of each word's place in the parse."""

from __future__ import annotations

import numpy as np
import pytest
from spacy.language import Language
from tokenizers import Tokenizer

from evals.syntax import BEGINS, ENDS, OWN, PART, WIDTH, mark_window, read_syntax
from ingest.tagger.settings import VOCABULARY, WEIGHTS
from ingest.tagger.windows import find_windows, load_tokenizer

TEXT = "Mara Venn said the mill wouldn't close.\nThe U.S. owner agreed."
NAMES = {at: f"{kind} {name}" for kind, table in (("part", PART), ("own", OWN), ("begins", BEGINS), ("ends", ENDS))
         for name, at in table.items()}  # fmt: skip


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return load_tokenizer(WEIGHTS / VOCABULARY)


def marks(text: str, nlp: Language, tokenizer: Tokenizer) -> dict[str, set[str]]:
    """What is told of each word, by the word."""
    (window,) = find_windows(text, tokenizer)
    table = mark_window(window, read_syntax(nlp(text)))
    return {
        word.surface: {NAMES[int(at)] for at in np.flatnonzero(table[start])}
        for word, start in zip(window.words, window.starts, strict=True)
    }


def test_a_word_is_told_its_own_place_and_the_phrases_that_begin_and_end_there(
    nlp: Language, tokenizer: Tokenizer
) -> None:
    told = marks(TEXT, nlp, tokenizer)
    assert {"part VERB", "own ROOT"} <= told["said"]
    assert {"own compound", "begins nsubj"} <= told["Mara"]
    assert {"own nsubj", "ends nsubj"} <= told["Venn"]
    assert "begins ccomp" in told["the"]
    assert {"own ccomp", "ends ccomp"} <= told["close"]


def test_a_token_cut_in_several_words_and_words_that_are_one_token_keep_their_marks(
    nlp: Language, tokenizer: Tokenizer
) -> None:
    told = marks(TEXT, nlp, tokenizer)
    assert told["wouldn"] >= {"part AUX", "own aux"}
    assert told["U"] >= {"part PROPN", "own compound"}
    assert told["S"] >= {"part PROPN", "own compound"}


def test_every_piece_of_a_word_bears_its_marks_and_the_window_s_own_pieces_none(
    nlp: Language, tokenizer: Tokenizer
) -> None:
    text = "Dunsketh Ironmongery closed."
    (window,) = find_windows(text, tokenizer)
    table = mark_window(window, read_syntax(nlp(text)))
    assert table.shape == (len(window.ids), WIDTH)
    assert not table[0].any()
    assert not table[-1].any()
    first = table[window.starts[0] : window.starts[1]]
    assert len(first) > 1
    assert (first == first[0]).all()
