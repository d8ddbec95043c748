"""Printed pages → paragraphs: running heads out, lines joined, words that were cut at a line's end whole again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from ingest.lexicon import read_list
from ingest.model import fold

SENTENCE_END = re.compile(r"[.!?…:]['\"”’)\]]*$")
LINE_SHARE = 0.75  # of the page's longest line: a shorter line ends its paragraph
EDGE = 2  # lines at the head and the foot of a page among which running ones are looked for
PAGE_NUMBER = re.compile(r"\W*(?:page|p\.)?\s*\d{1,4}\s*(?:(?:of|/)\s*\d{1,4})?\W*", re.IGNORECASE)
CUT = re.compile(r"(?P<left>[^\W\d_]+)(?P<mark>-|\u2010|\u00ad)$")
WHOLE_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*(?![\w-])")
LIGATURES = str.maketrans(
    {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st", "\ufb06": "st"}
)


def without_running_lines(pages: Sequence[str]) -> list[str]:
    """The pages without what stands at the head or foot of most, but for its numbers, and without page numbers."""
    lines = [[line.strip() for line in page.splitlines()] for page in pages]
    edges = [edges_of(page) for page in lines]
    seen = Counter(key for page, edge in zip(lines, edges, strict=True) for key in {key_of(page[i]) for i in edge})
    running = {key for key, times in seen.items() if times >= max(2, len(pages) / 2)}
    kept = []
    for page, edge in zip(lines, edges, strict=True):
        out = {i for i in edge if key_of(page[i]) in running or PAGE_NUMBER.fullmatch(page[i])}
        kept.append("\n".join(line for i, line in enumerate(page) if i not in out))
    return kept


def notice_on(pages: Sequence[str]) -> str | None:
    """The line that says what the whole file is, wherever its pages bear it: "Invented sample: …"."""
    starts = tuple(read_list("credits")["notice"])
    lines = (line.strip() for page in pages for line in page.splitlines())
    return next((line for line in lines if fold(line).startswith(starts)), None)


def edges_of(lines: Sequence[str]) -> list[int]:
    """Numbers of the first and last lines with words, unless the page has hardly more."""
    full = [i for i, line in enumerate(lines) if line]
    return (
        [*full[:EDGE], *full[-EDGE:]] if len(full) > 2 * EDGE else [i for i in full if PAGE_NUMBER.fullmatch(lines[i])]
    )


def key_of(line: str) -> str:
    return re.sub(r"\d+", "#", line.casefold())


def unwrap(page: str, known: frozenset[str] = frozenset()) -> str:
    """Paragraphs on lines of their own with an empty line between; a page's lines are as wide as its paper.

    `known` are the words of the whole file, by which a word that was cut at a line's end is told from a compound.
    """
    lines = [line.strip().translate(LIGATURES) for line in page.splitlines()]
    longest = max(map(len, lines), default=0)
    paragraphs: list[str] = []
    open_ended = False
    for line in lines:
        if not line:
            open_ended = False
            continue
        if open_ended:
            paragraphs[-1] = join(paragraphs[-1], line, known)
        else:
            paragraphs.append(line)
        open_ended = not _ends(line, longest)
    return "\n\n".join(paragraphs)


def _ends(line: str, longest: int) -> bool:
    """True if a line is the last of its paragraph: clearly short, or a full sentence that leaves room."""
    if CUT.search(line):
        return False
    return len(line) < LINE_SHARE * longest or (len(line) < 0.9 * longest and bool(SENTENCE_END.search(line)))


def join_pages(pages: Sequence[str], known: frozenset[str]) -> tuple[str, tuple[int, ...]]:
    """All pages as one text, and where each begins; a sentence that goes on over the page is not cut."""
    text, starts = "", []
    for page in pages:
        if text and page:
            goes_on = page[0].islower() and not SENTENCE_END.search(text)
            text = seam(text, page, known) if goes_on else f"{text}\n\n"
        starts.append(len(text))
        text += page
    return text, tuple(min(start, len(text)) for start in starts)


def join(before: str, after: str, known: frozenset[str]) -> str:
    return seam(before, after, known) + after


def seam(before: str, after: str, known: frozenset[str]) -> str:
    """What stands before a line break, made ready for what follows: "infor-" → "infor", "long-" → "long-"."""
    cut = CUT.search(before)
    if cut is None or not after[:1].isalpha():
        return f"{before} "
    whole = before[: cut.start("mark")]
    if cut["mark"] == "\u00ad":
        return whole
    right = re.match(r"[^\W\d_]+", after)
    return f"{whole}-" if right is None or is_compound(cut["left"], right[0], known) else whole


def is_compound(left: str, right: str, known: frozenset[str]) -> bool:
    """Whether the hyphen is the word's own: the file says so elsewhere, it joins names, or the list knows a half."""
    if right[0].isupper() or f"{left}-{right}".casefold() in known:
        return True
    if f"{left}{right}".casefold() in known:
        return False
    halves = read_list("language")["compounds"]
    return left.casefold() in halves["first"] or right.casefold() in halves["second"]


def words_of(pages: Sequence[str]) -> frozenset[str]:
    return frozenset(word.casefold() for page in pages for word in WHOLE_WORD.findall(page.translate(LIGATURES)))
