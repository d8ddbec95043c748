"""Text → windows of word pieces, as the attribution tagger reads it.

A window holds whole lines of one text, as many as fit, so a result never depends on another text. A
line that is too long by itself is cut after the last sentence end that fits, else after the last word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer

from ingest.syntax.headings import cut_after_headings

CLS, SEP, UNKNOWN = "[CLS]", "[SEP]", "[UNK]"
ROOM = 254  # pieces in a window beside [CLS] and the last [SEP]
QUOTES = {'"': '"', "“": '”"', "„": "“”", "«": "»", "»": "«"}  # opening mark → the marks that close it
CLOSING_MARKS = frozenset("".join(QUOTES.values()))
SENTENCE_ENDS = frozenset(".!?")
QUOTED = 3  # added to the kind of a word inside quotation marks


@dataclass(frozen=True, slots=True)
class Word:
    """One word or mark: where it stands in the text, its pieces, and what the uncased pieces do not tell."""

    start: int
    end: int
    surface: str
    pieces: tuple[int, ...]
    kind: int  # case (0 lower, 1 Capital, 2 CAPITALS), + QUOTED inside quotation marks


@dataclass(frozen=True, slots=True)
class Window:
    """What the network reads at once. `words[i]` begins at position `starts[i]` of `ids`."""

    words: tuple[Word, ...]
    starts: tuple[int, ...]
    ids: tuple[int, ...]
    kinds: tuple[int, ...]


def load_tokenizer(vocabulary: Path) -> Tokenizer:
    """The uncased WordPiece tokenizer of a `vocab.txt`; its offsets are those of the text as given."""
    pieces = vocabulary.read_text(encoding="utf8").splitlines()
    model = WordPiece({p: i for i, p in enumerate(pieces)}, unk_token=UNKNOWN, max_input_chars_per_word=100)
    tokenizer = Tokenizer(model)
    tokenizer.normalizer = BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = BertPreTokenizer()
    return tokenizer


def find_words(line: str, offset: int, tokenizer: Tokenizer) -> list[Word]:
    """The words of a line that starts at `offset` of its text; a quotation left open ends with the line."""
    encoding = tokenizer.encode(line, add_special_tokens=False)
    ids, offsets, word_ids = encoding.ids, encoding.offsets, encoding.word_ids  # each is copied when asked for
    words: list[Word] = []
    closing = ""
    for _, group in groupby(range(len(ids)), key=word_ids.__getitem__):
        positions = list(group)
        start, end = offsets[positions[0]][0], offsets[positions[-1]][1]
        surface = line[start:end]
        opening = "" if closing else QUOTES.get(surface, "")
        kind = case_of(surface) + QUOTED * bool(closing or opening)
        closing = "" if surface in closing else closing or opening
        pieces = tuple(ids[position] for position in positions)
        words.append(Word(offset + start, offset + end, surface, pieces, kind))
    return words


def case_of(surface: str) -> int:
    """0 for a lower-case word or a mark, 1 for a capital first letter, 2 for capitals throughout."""
    if not surface[:1].isupper():
        return 0
    return 2 if len(surface) > 1 and surface.isupper() else 1


def cut_line(words: list[Word], room: int) -> Iterator[list[Word]]:
    """The words of a line in parts of at most `room` pieces, cut at a sentence end where there is one."""
    first = 0
    while first < len(words):
        size, last, sentence = 0, first, 0
        while last < len(words) and size + len(words[last].pieces) <= room:
            size += len(words[last].pieces)
            last += 1
            if ends_sentence(words[max(first, last - 2) : last]):
                sentence = last
        if last < len(words):
            last = max(sentence or last, first + 1)
        yield words[first:last]
        first = last


def ends_sentence(words: list[Word]) -> bool:
    """Whether the last word is a full stop, or a closing mark after one."""
    surfaces = [word.surface for word in words]
    return surfaces[-1] in SENTENCE_ENDS or (surfaces[-1] in CLOSING_MARKS and surfaces[0] in SENTENCE_ENDS)


def find_windows(text: str, tokenizer: Tokenizer, room: int = ROOM) -> Iterator[Window]:
    """The whole text in windows, in order; every word stands in exactly one."""
    cls, sep = tokenizer.token_to_id(CLS) or 0, tokenizer.token_to_id(SEP) or 0
    held: list[list[Word]] = []
    size = 0
    cuts = cut_after_headings(text)
    for part in find_parts(text, tokenizer, room):
        pieces = sum(len(word.pieces) for word in part)
        apart = bool(held) and any(held[-1][-1].end <= cut <= part[0].start for cut in cuts)
        if held and (apart or size + pieces + len(held) > room):
            yield to_window(held, cls, sep)
            held, size = [], 0
        held.append(part)
        size += pieces
    if held:
        yield to_window(held, cls, sep)


def find_parts(text: str, tokenizer: Tokenizer, room: int) -> Iterator[list[Word]]:
    """The lines of a text that hold a word, each cut to fit."""
    offset = 0
    for line in text.split("\n"):
        yield from cut_line(find_words(line, offset, tokenizer), room)
        offset += len(line) + 1


def to_window(parts: Iterable[list[Word]], cls: int, sep: int) -> Window:
    """Lay the parts out as the network reads them: [CLS] line [SEP] line [SEP]."""
    words: list[Word] = []
    starts: list[int] = []
    ids, kinds = [cls], [0]
    for part in parts:
        for word in part:
            starts.append(len(ids))
            ids.extend(word.pieces)
            kinds.extend([word.kind] * len(word.pieces))
        words.extend(part)
        ids.append(sep)
        kinds.append(0)
    return Window(tuple(words), tuple(starts), tuple(ids), tuple(kinds))
