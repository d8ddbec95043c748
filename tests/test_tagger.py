"""The learned tagger with the weights that ship."""

from __future__ import annotations

import logging
import shutil
from pathlib import Path

import pytest

from ingest.errors import WeightsDamaged
from ingest.model import Span
from ingest.tagger.network import Tagger, load_tagger
from ingest.tagger.settings import NETWORK, SETTINGS, VOCABULARY, WEIGHTS

STORY = (
    "Mara Venn, who runs the mill, told workers on Tuesday that it would close in May.\n"
    "“We have no buyer,” she said.\n"
    "The union believes that the figures were wrong, according to a letter seen by the Harbour Post.\n"
)


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    found = load_tagger()
    assert found is not None, "the weights ship with the package"
    return found


def test_it_finds_who_said_what_with_and_without_quotation_marks(tagger: Tagger) -> None:
    found = {
        " ".join(span.of(STORY) for span in a.content): " ".join(span.of(STORY) for span in a.source)
        for a in tagger.tag(STORY)
    }
    assert any("it would close in May" in content and "Mara Venn" in source for content, source in found.items())
    assert any("We have no buyer" in content and source == "she" for content, source in found.items())


def test_the_same_text_gives_the_same_whatever_was_read_before(tagger: Tagger) -> None:
    alone = tagger.tag(STORY)
    tagger.tag("Nothing of the kind happened, said nobody.\n" * 50)
    assert tagger.tag(STORY) == alone


def test_spans_lie_in_the_text_and_evidence_is_finite(tagger: Tagger) -> None:
    text = "» « „ “ ' said (A: no B: yes) “““ said ‘‘ " * 40
    for found in tagger.tag(text):
        assert all(0 <= s.start < s.end <= len(text) for s in (*found.source, *found.cue, *found.content))
        assert all(abs(evidence) < 100 for evidence in found.evidence)


def test_a_text_of_few_words_holds_no_attribution(tagger: Tagger) -> None:
    assert tagger.tag("") == []
    assert tagger.tag("a a a a a a a a\n" * 1000) == []


def test_a_quotation_over_many_sentences_is_found_in_bounded_windows(tagger: Tagger) -> None:
    text = "“" + "The mill closed. " * 200 + "” Mara Venn said."
    assert all(isinstance(span, Span) for a in tagger.tag(text) for span in a.content)


def test_without_weights_there_is_no_tagger_and_the_log_says_so(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        assert load_tagger(tmp_path / "empty") is None
    assert "by rules alone" in caplog.text


@pytest.mark.parametrize("name", [NETWORK, VOCABULARY])
def test_changed_weights_are_refused(tmp_path: Path, name: str) -> None:
    for each in (NETWORK, VOCABULARY, SETTINGS):
        shutil.copy(WEIGHTS / each, tmp_path)
    with (tmp_path / name).open("ab") as file:
        file.write(b"x")
    with pytest.raises(WeightsDamaged, match=name):
        load_tagger(tmp_path)
