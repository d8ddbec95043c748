"""What is costly to make, made once a session."""

from __future__ import annotations

import pytest
from spacy.language import Language

from ingest.language import load_nlp


@pytest.fixture(scope="session")
def nlp() -> Language:
    return load_nlp()
