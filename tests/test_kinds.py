"""What an article speaks of: whole names, each of one kind, and no common word for one."""

from __future__ import annotations

import pytest
from spacy.language import Language

from ingest.formats.extract import Extract, to_article
from ingest.formats.metadata import Metadata
from ingest.referents.entities import find_mentions


def kinds(nlp: Language, text: str, outlet: str = "Orrow Gazette") -> dict[str, str]:
    """Name → kind of everything that the text names, its own outlet left out."""
    article = to_article(Extract(text, "test", Metadata(title="Notes", outlet=outlet)))
    found = find_mentions(article, nlp(article.text)).referents
    return {r.name: r.kind for r in found if r.name != outlet}


@pytest.mark.parametrize(
    "text",
    [
        "The mill burnt.\n\nFirefighters said the roof had gone.",
        "The mill burnt. Locksmiths said the door was never shut.",
        "The mill burnt. Federal investigators said the door was shut.",
        "The mill burnt. Terms of the sale were not told.",
    ],
)
def test_a_common_word_at_the_start_of_a_sentence_names_nothing(nlp: Language, text: str):
    assert kinds(nlp, text) == {}


def test_what_cannot_speak_and_yet_says_something_is_a_surname(nlp: Language):
    assert "Woods" in kinds(nlp, "The mill burnt. Woods said that he had seen it.")


def test_a_name_right_under_a_headline_of_one_word_is_whole(nlp: Language):
    assert kinds(nlp, "Notice\n\nRosalind Marsh said the mill had burnt. It was old.") == {"Rosalind Marsh": "person"}
