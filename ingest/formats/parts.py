"""Body apart from all else: headline, captions, correction notes, live entries, and the furniture around an article."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Literal

from ingest.formats.credits import find_credits
from ingest.formats.header import find_header
from ingest.formats.layout import Layout, Sign, SignKind, same_words, to_layout
from ingest.lexicon import read_list
from ingest.model import Part, PartSpan, Span

PART: dict[SignKind, Part | Literal["furniture"]] = {
    "title": "headline", "headline": "headline", "caption": "caption", "correction": "correction",
    "live_entry": "live_entry",
}  # fmt: skip
LONGEST_FURNITURE = 25  # words
LONGEST_LINK = 20
LONGEST_SUBHEADING = 10
FEWEST_ENTRIES = 3  # clock times on lines of their own that make a live report
REPEATED_WITHIN = 400  # characters from the start in which a headline stands again
CLOCK = re.compile(
    r"(?:\d{1,2}[:.]\d\d(?:\s*[ap]\.?m\.?)?(?:\s*[A-Z]{2,4})?|\d{1,2}\s*[ap]\.?m\.?)(?:\s*[—–-])?", re.IGNORECASE
)
CAPTION_END = re.compile(
    r"(?:\b(?:Photo|Photograph|Picture|Image|Illustration|Credit)s?(?::| by) [^.]{2,60}"
    r"|/Getty Images|\(Photo: [^)]+\))\.?$"
)
BULLET = re.compile(r"[•*·▪–—-]\s*\S")
PARAGRAPH_LABEL = re.compile(r"[\W_]*(?P<label>[^\W\d_][^:.!?\n]{1,40}):(?=\s+\S)")
REPAIRS = re.compile(
    r"correct|earlier version|previous version|amended|misstat|incorrect|wrong|error|mistake", re.IGNORECASE
)


def find_signs(text: str, title: str | None = None, captions: frozenset[str] = frozenset()) -> tuple[Sign, ...]:
    """Everything in a text that is not its body, the surest first; signs may overlap."""
    layout = to_layout(text, title, captions)
    steps = (
        find_notices, find_captions, find_corrections, find_header, find_credits, find_labels, find_furniture,
        find_subheadings,
    )  # fmt: skip
    signs = [sign for step in steps for sign in step(layout)]
    return (*signs, *find_live_entries(layout))


def find_parts(signs: Iterable[Sign]) -> tuple[PartSpan, ...]:
    """The stretches that are not body, in text order; where signs overlap the surer one holds."""
    kept: list[PartSpan] = []
    for sign in signs:
        if not any(part.span.overlaps(sign.span) for part in kept):
            kept.append(PartSpan(sign.span, PART.get(sign.kind, "furniture")))
    return tuple(sorted(kept, key=lambda part: part.span))


def find_notices(layout: Layout) -> Iterator[Sign]:
    """ "Invented sample: no person in it exists."."""
    for line in layout.lines:
        if any(line.key.startswith(start) for start in read_list("credits")["notice"]):
            yield Sign(line.span, "notice")


def find_captions(layout: Layout) -> Iterator[Sign]:
    """Paragraphs that the file marks as captions, and lines that end by naming a photographer."""
    for line in layout.lines:
        if line.words in layout.captions or (line.alone and CAPTION_END.search(line.words)):
            yield Sign(line.span, "caption")


def find_corrections(layout: Layout) -> Iterator[Sign]:
    """ "Correction: …", "An earlier version of this article said …", and the notes under such a heading.

    Under a heading stands one note, or as many as begin with a mark; a text so headed is a column of them.
    """
    lists = read_list("furniture")
    column = any(key in lists["correction"] for key in (_key(layout.title), *(line.key for line in layout.lines[:1])))
    headed = False
    for line in layout.lines:
        label = line.words.partition(":")[0].casefold().strip()
        named = line.key in lists["correction"] or (":" in line.words and label in lists["correction"])
        amended = any(line.key.startswith(start) for start in lists["amended"]) and REPAIRS.search(line.words)
        if column or headed or named or amended:
            yield Sign(line.span, "correction")
        headed = line.key in lists["correction"] or (headed and BULLET.match(line.words) is not None)


def _key(title: str | None) -> str:
    return " ".join((title or "").casefold().split()).rstrip(".:!")


def find_furniture(layout: Layout) -> Iterator[Sign]:
    """Comment counts, share buttons, links to other articles."""
    lists = read_list("furniture")
    linked = False
    for line in layout.lines:
        words = len(line.words.split())
        linked = line.key in lists["links"] or (linked and not line.is_prose and words <= LONGEST_LINK)
        starts = words <= LONGEST_FURNITURE and any(line.key.startswith(start) for start in lists["start"])
        if linked or starts or line.key in lists["whole"]:
            yield Sign(line.span, "furniture")


def find_labels(layout: Layout) -> Iterator[Sign]:
    """What a paragraph is labelled with: "Why it matters:", "Zoom in:", "By the numbers:"; a name's label is none."""
    lists = read_list("furniture")["paragraph"]
    for line in layout.lines:
        found = PARAGRAPH_LABEL.match(line.words)
        words = found["label"].casefold().replace("’", "'").split() if found else []
        if not found or not words:
            continue
        listed = " ".join(words) in lists["labels"] or " ".join(words[:2]) in lists["starts"]
        if listed or (len(words) > 1 and words[0] not in ("the", "a") and words[-1] in lists["ends"]):
            yield Sign(Span(line.span.start, line.span.start + found.end("label") + 1), "furniture")


def find_subheadings(layout: Layout) -> Iterator[Sign]:
    """Short lines without a full stop between paragraphs, and the headline where the text says it again."""
    for i, line in enumerate(layout.lines):
        again = layout.title is not None and line.span.start < REPEATED_WITHIN and same_words(line.words, layout.title)
        short = len(line.words.split()) <= LONGEST_SUBHEADING and is_unended(line.words)
        if again or (short and line.alone and 0 < i < len(layout.lines) - 1 and line.words[0].isupper()):
            yield Sign(line.span, "headline")


def is_unended(words: str) -> bool:
    """No sentence and no quotation: "Loans ‘never checked’" is a heading, "“They were checked.” — Renn" is not."""
    ended = re.search(r"[.,;:!?…)]$|[.,!?…][\"”’]$", words) is not None
    return not ended and words[0] not in '"“«„‘' and not (words[-1] in '"”’' and not re.search(r"[\"“‘]\w", words))


def find_live_entries(layout: Layout) -> Iterator[Sign]:
    """In a live report, each entry from its clock time on; elsewhere nothing."""
    clocks = [line.span for line in layout.lines if CLOCK.fullmatch(line.words)]
    if len(clocks) < FEWEST_ENTRIES:
        return
    ends = [clock.start for clock in clocks[1:]] + [len(layout.text.rstrip())]
    for clock, end in zip(clocks, ends, strict=True):
        for line in layout.lines:
            if clock.end <= line.span.start and line.span.end <= end:
                yield Sign(line.span, "live_entry")
