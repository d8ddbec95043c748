"""Labels before a paragraph, as newsletters print them: "Why it matters:", "Zoom in:". They name and say nothing."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from ingest.lexicon import read_list
from ingest.model import Span

LABEL = re.compile(
    r"^[-–•* \t]*(?P<label>[A-Z][a-z]+(?:['’]\w+)?(?: [a-z]+(?:['’]\w+)?){1,4}:)(?= ?[“\"A-Z])", re.MULTILINE
)
IRREGULAR = frozenset({"said", "told", "wrote", "read", "put", "thought", "made", "gave", "was", "is", "were", "from"})
WHOSE = frozenset({"her", "his", "their", "its", "my", "our"})  # "Her answer:" tells who speaks
ENDINGS = re.compile(r"(?:ied|ed|d|es|s)$")


def find_labels(text: str) -> Iterator[Span]:
    """Each with its colon; a line that tells who speaks ("The mayor said:", "And from the mayor:") is none."""
    for line in LABEL.finditer(text):
        words = [word.rstrip(":").casefold() for word in line["label"].split()]
        if not any(map(speaks, words)):
            yield Span(*line.span("label"))


def speaks(word: str) -> bool:
    stems = {ENDINGS.sub("", word), ENDINGS.sub("e", word), ENDINGS.sub("y", word), word}
    return word in IRREGULAR or word in WHOSE or (ENDINGS.search(word) is not None and not stems.isdisjoint(verbs()))


@functools.cache
def verbs() -> frozenset[str]:
    rows = read_list("cues")["verbs"]
    return frozenset(lemma for row in rows if "quotation" in row["takes"] for lemma in row["lemmas"])
