"""What speaks of a thing without its name: "the Chinese company", "the chief executive", "she", "its".

Names come first and whole; then the text is read once from the front, and every reference that is settled may be what
a later one goes back to. What cannot be settled stays without a referent.
"""

from __future__ import annotations

from ingest.chains import Chain
from ingest.model import Article
from ingest.names import Page


def refer_back(article: Article, page: Page, chains: list[Chain]) -> None:
    """Add to the chains their roles and every reference that is not a name."""
