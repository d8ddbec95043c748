"""Text → windows → scores → attributions, without a network: the scores are written by hand."""

from __future__ import annotations

import numpy as np
import pytest
from tokenizers import Tokenizer

from ingest.model import Span
from ingest.tagger.settings import VOCABULARY, WEIGHTS
from ingest.tagger.tagging import LINKS, TaggedAttribution, read_window
from ingest.tagger.tags import TAGS, Scores
from ingest.tagger.windows import ROOM, find_windows, load_tokenizer

TEXT = "Mara Venn said the mill would close, adding that no buyer came."
NO_PREFERENCE = np.zeros((len(TAGS) + 1, len(TAGS)), np.float32)


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return load_tokenizer(WEIGHTS / VOCABULARY)


def read(
    text: str, tokenizer: Tokenizer, tags: dict[str, str], links: dict[str, str], strength: float = 10.0
) -> list[TaggedAttribution]:
    """What scores give that are sure of a role for these words, and of these links between them."""
    (window,) = find_windows(text, tokenizer)
    surfaces = [word.surface for word in window.words]
    places = {words: (surfaces.index(words.split()[0]), len(words.split())) for words in tags}
    scores = np.zeros((len(window.ids), len(TAGS)), np.float32)
    scores[:, 0] = 5.0
    pairs: Scores = np.zeros((len(LINKS), len(window.ids), len(window.ids)), np.float32)
    pairs[:, :, 0] = 5.0
    bounds = [*window.starts, len(window.ids)]
    for words, role in tags.items():
        first, length = places[words]
        for i in range(first, first + length):
            place = "S" if length == 1 else "B" if i == first else "E" if i == first + length - 1 else "I"
            scores[window.starts[i], TAGS.index(f"{place}-{role}")] = strength
    for tail, head in links.items():
        (a, m), (b, n) = places[tail], places[head]
        link = LINKS.index((tags[tail], tags[head]))
        pairs[link, bounds[a] : bounds[a + m], bounds[b] : bounds[b + n]] = strength
    return read_window(window, scores, pairs, NO_PREFERENCE)


def words(spans: tuple[Span, ...]) -> list[str]:
    return [span.of(TEXT) for span in spans]


def test_a_content_is_said_by_the_source_of_the_cue_that_it_points_at(tokenizer: Tokenizer) -> None:
    tags = {"Mara Venn": "source", "said": "cue", "the mill would close": "content", "adding that": "cue"}
    (found,) = read(TEXT, tokenizer, tags, {"the mill would close": "said", "said": "Mara Venn"})
    assert words(found.source) == ["Mara Venn"]
    assert words(found.cue) == ["said"]
    assert words(found.content) == ["the mill would close"]


def test_contents_of_one_cue_are_one_content_in_parts(tokenizer: Tokenizer) -> None:
    tags = {"said": "cue", "the mill would close": "content", "no buyer came": "content"}
    (found,) = read(TEXT, tokenizer, tags, {"the mill would close": "said", "no buyer came": "said"})
    assert words(found.content) == ["the mill would close", "no buyer came"]


def test_a_cue_that_points_at_nobody_has_no_source(tokenizer: Tokenizer) -> None:
    tags = {"Mara Venn": "source", "said": "cue", "the mill would close": "content"}
    (found,) = read(TEXT, tokenizer, tags, {"the mill would close": "said"})
    assert found.source == ()


def test_a_content_that_points_at_no_cue_is_nobodys(tokenizer: Tokenizer) -> None:
    assert read(TEXT, tokenizer, {"said": "cue", "the mill would close": "content"}, {}) == []


def test_nothing_is_found_where_nothing_is_tagged(tokenizer: Tokenizer) -> None:
    assert read(TEXT, tokenizer, {}, {}) == []


def test_the_surer_the_scores_the_greater_the_evidence(tokenizer: Tokenizer) -> None:
    tags = {"Mara Venn": "source", "said": "cue", "the mill would close": "content"}
    links = {"the mill would close": "said", "said": "Mara Venn"}
    (sure,), (less,) = read(TEXT, tokenizer, tags, links), read(TEXT, tokenizer, tags, links, strength=7.0)
    assert all(one > other for one, other in zip(sure.evidence, less.evidence, strict=True))


def test_every_word_stands_in_exactly_one_window_at_its_own_place(tokenizer: Tokenizer) -> None:
    text = "\n".join(
        f"Line {n}: the mill at Dunsketh closed, « no buyer came » said Élodie Ñandú." * 3 for n in range(40)
    )
    windows = list(find_windows(text, tokenizer))
    found = [word for window in windows for word in window.words]
    assert all(text[word.start : word.end] == word.surface for word in found)
    assert "".join(word.surface for word in found) == "".join(text.split())
    assert all(len(window.ids) <= ROOM + 2 for window in windows)


def test_a_line_that_is_too_long_is_cut_after_a_sentence(tokenizer: Tokenizer) -> None:
    text = "The mill at Dunsketh closed after forty years of work. " * 60
    windows = list(find_windows(text, tokenizer))
    assert len(windows) > 1
    assert all(window.words[-1].surface == "." for window in windows)


def test_a_text_without_words_has_no_window(tokenizer: Tokenizer) -> None:
    assert list(find_windows(" \n\n\t", tokenizer)) == []
