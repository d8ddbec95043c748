"""Words as both stores index them, so that a search finds the same in each: what a search engine adds is left out."""

from __future__ import annotations

import re
import unicodedata

from graph.model import Node, Value
from ingest.model import fold

LONGEST = 200  # characters; no word is longer, and both engines have a limit somewhere above


def split_words(text: str) -> list[str]:
    """Letters and digits in runs, case and accents folded. No operator of any query language is among them."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    return [word[:LONGEST] for word in re.findall(r"[^\W_]+", plain)]


def searchable(node: Node) -> str:
    """The words that a node is found by, joined by spaces; "" for one that no search finds.

    An article is found by the headline and text of each version, an entity by its names, a claim by its wording.
    """
    names = {"ArticleVersion": ("headline", "text"), "Entity": ("name", "aliases"), "Claim": ("wording",)}
    values = (node.properties.get(name, "") for name in names.get(node.label, ()))
    return " ".join(split_words(" ".join(map(_joined, values))))


def _joined(value: Value) -> str:
    return " ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def called(node: Node) -> set[str]:
    """What an entity is called, folded: its name and its aliases. Empty for other nodes."""
    if node.label != "Entity":
        return set()
    aliases = node.properties.get("aliases", ())
    return {
        fold(str(name)) for name in (node.properties.get("name", ""), *(aliases if isinstance(aliases, tuple) else ()))
    }
