"""The speakers of a transcript are people, however their labels are printed: "SEN. ANA RENN (I), OREL:" is Ana Renn."""

from __future__ import annotations

from ingest.model import Article
from ingest.referents.page import Name, Page
from ingest.syntax.turns import Turn, find_turns


def name_speakers(article: Article, page: Page, names: list[Name]) -> list[Name]:
    """The names, with one for each label of a turn that names somebody; nothing else in a label is a name."""
    turns = find_turns(article)
    if not turns:
        return names
    labels = [turn.label for turn in turns]
    kept = [name for name in names if not any(label.overlaps(name.span) for label in labels)]
    speakers = [to_name(page, turn) for turn in turns if turn.name is not None and not turn.asks]
    return sorted([*kept, *speakers], key=lambda name: name.span)


def to_name(page: Page, turn: Turn) -> Name:
    span = turn.name or turn.label
    words = span.of(page.text)
    text = " ".join(word.title() if word.isupper() else word for word in words.split())
    return Name(span, page.at(span.start), page.at(span.end), text, "pattern", kind="person")
