"""Files, folders and standard input → articles, each bad one told apart with what is wrong with it."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import BinaryIO, Literal, TypeAlias

from ingest.errors import ArticleTooLarge, ArticleUnreadable, FormatUnknown, IngestError, ReadingMalformed
from ingest.formats.extract import NOTHING_GIVEN, Extract, Given, correct, to_article
from ingest.formats.html import read_html
from ingest.formats.jsonl import from_json
from ingest.formats.pdf import read_pdf
from ingest.formats.text import decode, read_text
from ingest.model import Article, Reading

__all__ = ["Given", "Unread", "read_bytes", "read_path", "read_paths"]

LARGEST = 20_000_000  # bytes of one article
HTML_SIGNS = (b"<!doctype html", b"<html", b"<head", b"<body", b"<article")
NOT_ARTICLES = (
    b"PK\x03\x04",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x7fELF",
    b"MZ\x90",
    b"\x1f\x8b",
    b"\xd0\xcf\x11\xe0",
)
LINE_BY_LINE = (".jsonl", ".ndjson")


@dataclass(frozen=True, slots=True)
class Unread:
    """A file or line that gave no article: where it stands and what is wrong with it."""

    place: str
    error: IngestError


Item: TypeAlias = Article | Reading | Unread


def read_paths(paths: Iterable[Path | Literal["-"]], given: Given = NOTHING_GIVEN) -> Iterator[Item]:
    """Every article of these files and folders, a folder in the order of its names; "-" is standard input."""
    for path in paths:
        if path == "-":
            yield from _read_stream(sys.stdin.buffer, given)
        elif path.is_dir():
            inside = sorted(p for p in path.rglob("*") if p.is_file())
            shown = [p for p in inside if not any(part.startswith(".") for part in p.relative_to(path).parts)]
            for file in shown:
                yield from read_path(file, given)
        else:
            yield from read_path(path, given)


def _read_stream(stream: BinaryIO, given: Given) -> Iterator[Item]:
    """Standard input: JSON Lines one by one as they come, anything else as one article."""
    begun = []
    for line in stream:
        begun.append(line)
        if line.strip():
            break
    if begun and begun[-1].lstrip().startswith(b"{"):
        yield from _read_lines(chain(begun, stream), "standard input", given)
    else:
        yield from read_bytes(b"".join(begun) + stream.read(LARGEST + 1), "standard input", given)


def read_path(path: Path, given: Given = NOTHING_GIVEN) -> Iterator[Item]:
    """The article of a file, or each of a JSON Lines file."""
    try:
        with path.open("rb") as opened:
            if path.suffix.lower() in LINE_BY_LINE:
                yield from _read_lines(opened, str(path), given)
            else:
                yield from read_bytes(opened.read(LARGEST + 1), str(path), given)
    except OSError as error:
        yield Unread(str(path), ArticleUnreadable(f"it cannot be opened ({error.strerror}): check its name and rights"))


def read_bytes(data: bytes, name: str, given: Given = NOTHING_GIVEN) -> Iterator[Item]:
    """The articles in these bytes, by what they are and, where that does not tell, by their name."""
    if name.lower().endswith(LINE_BY_LINE):
        yield from _read_lines(data.split(b"\n"), name, given)
        return
    try:
        if len(data) > LARGEST:
            raise ArticleTooLarge(f"it has more than {LARGEST // 1_000_000} MB: no article has, split it")
        yield to_article(_extract(data, name), given)
    except IngestError as error:
        yield Unread(name, error)


def _extract(data: bytes, name: str) -> Extract:
    """Raises ArticleUnreadable."""
    head = data[:1024].lstrip().lower()
    if data[:1024].lstrip().startswith(b"%PDF-") or name.lower().endswith(".pdf"):
        return read_pdf(data)
    if data.startswith(NOT_ARTICLES):
        raise FormatUnknown("it is an office document, an archive or a picture: give text, HTML, PDF or JSON Lines")
    if any(sign in head for sign in HTML_SIGNS) or name.lower().endswith((".html", ".htm", ".xhtml")):
        return read_html(data)
    return read_text(data)


def _read_lines(lines: Iterable[bytes], name: str, given: Given) -> Iterator[Item]:
    """Each line of JSON Lines by itself; a broken one is told apart and the rest goes on."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            if len(line) > LARGEST:
                raise ArticleTooLarge(f"it has {len(line) // 1_000_000} MB: no article has, split it")
            yield _read_line(line, given)
        except IngestError as error:
            yield Unread(f"{name} line {number}", error)


def _read_line(line: bytes, given: Given) -> Article | Reading:
    try:
        row = json.loads(decode(line))
    except (ValueError, RecursionError) as error:
        raise ReadingMalformed(f"it is no JSON ({error}): one object a line") from error
    found = from_json(row, given)
    if isinstance(found, Reading):
        return replace(found, article=correct(found.article, given))
    return found
