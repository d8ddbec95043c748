"""Who does what to whom: only what a claim states, of a closed list, with how sure and when."""

from __future__ import annotations

import pytest
from spacy.language import Language

from graph.ask.questions import find_entities
from graph.ask.relating import list_relations, relation_lines
from graph.dossier import Store
from graph.store.memory import MemoryBackend
from ingest.formats.extract import Extract, to_article
from ingest.formats.metadata import Metadata
from ingest.lexicon import read_list
from ingest.model import RELATIONS
from ingest.pipeline import read_articles


def relations(nlp: Language, text: str, name: str = "Halden Robotics", other: str | None = None) -> list[str]:
    """First lines of what `onrecord relations` prints of an article with this text."""
    stated = Metadata(title="Notes", outlet="Orrow Gazette", published_at="2031-03-04T00:00:00Z")
    store = Store(MemoryBackend())
    store.write(list(read_articles([to_article(Extract(text, "test", stated))], nlp)))
    with store.read() as tx:
        ids = [find_entities(tx, called)[0].id for called in (name, other) if called]
        return [next(relation_lines(row)) for row in list_relations(tx, *ids)]


def test_every_relation_of_the_closed_list_is_in_the_lexicon():
    assert set(read_list("relations")) >= RELATIONS


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Ada Brandt said that Halden Robotics had bought Corvane Motors.", "acquires Corvane Motors"),
        ("Ada Brandt said that Halden Robotics was investigating whether Corvane Motors lied.", "investigates Corvane"),
        ("Ada Brandt said that Corvane Motors had been sued by Halden Robotics.", "sues Corvane Motors"),
        (
            "Ada Brandt said that Halden Robotics had sued Corvane Motors in 2029.",
            "sues Corvane Motors (in 2029-01-01",
        ),
    ],
)
def test_what_a_claim_states_is_a_relation_with_its_direction_and_time(nlp: Language, text: str, line: str):
    (found,) = relations(nlp, text, other="Corvane Motors")
    assert found.startswith(f"Halden Robotics is alleged: {line}")


@pytest.mark.parametrize(
    "text",
    [
        "Ada Brandt denied that Halden Robotics had bought Corvane Motors.",
        "Ada Brandt said that Halden Robotics had not bought Corvane Motors.",
        "Ada Brandt said that Halden Robotics may have bought Corvane Motors.",
        "Halden Robotics contacted Corvane Motors for comment on Monday.",
        "Ada Brandt said that Halden Robotics and Corvane Motors were old.",
    ],
)
def test_what_is_denied_negated_or_supposed_or_in_no_list_is_no_relation(nlp: Language, text: str):
    assert relations(nlp, text) == []


def test_to_lead_somebody_in_a_race_is_not_to_lead_a_body(nlp: Language):
    assert relations(nlp, "Ada Brandt said that Mara Quill led Tom Ware by 5 points in May.", "Mara Quill") == []
