"""The model's closed vocabularies in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from graph.ask.answers import EntityRow
from graph.model import ClaimLink, DisputeMark, Sourcing
from ingest.model import Basis, Capacity, Channel, Genre, PartialDate, Quotation, SourceType, Stance

SOURCING: Final[Mapping[Sourcing, str]] = {
    "several_origins": "Two or more identified people or bodies said it first. A count, not a confirmation.",
    "one_origin": "All that is named leads back to one person or body.",
    "unnamed_only": "Nobody who said it is named.",
    "only_against": "Nobody who was read says it; somebody in particular speaks against it.",
    "unclear": "An attribution nearby might carry it, or whom its source means is open.",
    "no_source_found": "No source is given for it in what was read.",
}
DISPUTE: Final[Mapping[DisputeMark, str]] = {
    "denied": "By one whom the claim is about, or who speaks for it.",
    "disputed": "By another origin.",
    "qualified": "Another source narrows it; both can hold.",
    "corrected": "An outlet took it back.",
    "retracted": "Its own source took it back.",
    "confirmed_by_subject": "One whom it is about admits it.",
}
SOURCE_TYPES: Final[Mapping[SourceType, str]] = {
    "named": "named source",
    "role": "an office that answers for its words",
    "anonymous": "unnamed source",
    "group": "unnamed group",
    "document": "document",
    "outlet": "outlet",
    "agentless": "hearsay, nobody given",
    "writer": "the writer’s own voice",
}
STANCES: Final[Mapping[Stance, str]] = {
    "asserts": "says so",
    "alleges": "alleges it",
    "confirms": "confirms it",
    "denies": "denies it",
    "doubts": "doubts it",
    "questions": "questions it",
    "retracts": "takes it back",
    "praises": "praises",
    "criticises": "criticises",
    "calls_for": "calls for it",
    "intends": "intends it",
    "declines_to_comment": "declines to comment",
    "did_not_respond": "did not respond",
}
QUOTATIONS: Final[Mapping[Quotation, str]] = {
    "direct": "inside quotation marks",
    "indirect": "in the article’s words",
    "mixed": "partly inside quotation marks",
}
BASES: Final[Mapping[Basis, str]] = {
    "witnessed": "from what the source saw",
    "told": "from what the source was told",
    "document": "from a document",
    "deduced": "deduced",
    "unstated": "",
}
CHANNELS: Final[Mapping[Channel, str]] = {
    "interview": "in an interview",
    "statement": "in a statement",
    "press_release": "in a press release",
    "speech": "in a speech",
    "testimony": "in testimony",
    "post": "in a post",
    "document": "in a document",
    "unstated": "",
}
CAPACITIES: Final[Mapping[Capacity, str]] = {
    "itself": "",
    "speaks_for": "spoken for",
    "document_of": "its document",
}
LINKS: Final[Mapping[ClaimLink, tuple[str, str]]] = {  # as read from this claim, and from the other one
    "SUPPORTS": ("supports", "is supported by"),
    "DISPUTES": ("disputes", "is disputed by"),
    "QUALIFIES": ("qualifies", "is qualified by"),
    "UPDATES": ("updates", "is updated by"),
    "CORRECTS": ("corrects", "is corrected by"),
}
EDGES: Final[Mapping[str, tuple[str, str]]] = {  # as read from the start of the edge, and from its end
    "ATTRIBUTED_TO": ("who speaks", "speaks in"),
    "ABOUT": ("about", "what is said about it"),
    "ORIGINATES_FROM": ("first said by", "first said"),
    "RELATION": ("is alleged", "is alleged of it"),
    **{str(name): words for name, words in LINKS.items()},
}
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
          "November", "December")  # fmt: skip


def plain(value: str) -> str:
    """'no_source_found' → 'no source found'."""
    return value.replace("_", " ")


def day(moment: str | None) -> str:
    """'2031-03-04T09:00:00Z' → '4 March 2031'; an unknown date is said to be unknown."""
    if not moment:
        return "date unknown"
    try:
        year, month, number = (int(part) for part in moment[:10].split("-"))
        return f"{number} {MONTHS[month - 1]} {year}"
    except (ValueError, IndexError):
        return moment[:10]


def date_words(date: PartialDate) -> str:
    """'2031-03-04' → '4 March 2031', '2031-03' → 'March 2031', and no more exact than what is known of it."""
    year, _, part = date.value.partition("-")
    match date.precision:
        case "year":
            return year
        case "quarter":
            return f"{part} {year}"
        case "month":
            return f"{MONTHS[int(part) - 1]} {year}"
        case "week":
            return f"the week of {day(date.value)}"
        case "day":
            return day(date.value)


def count(number: int, noun: str, plural: str | None = None) -> str:
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def genre(value: Genre) -> str | None:
    """What kind of text it is, where that matters to a reader."""
    return None if value in ("news", "unknown") else plain(value)


def also_known(entity: EntityRow) -> str | None:
    others = [alias for alias in entity.aliases if alias != entity.name]
    return f"also as {', '.join(others)}" if others else None
