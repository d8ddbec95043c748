"""Plain text: bytes → text, and a text's lines."""

from __future__ import annotations

import codecs
import hashlib
import re

from ingest.errors import FormatUnknown, TextUndecodable
from ingest.formats.extract import Extract

EXTRACTOR = "text@1"
MARKS = [  # the longer first: UTF-32's mark begins with UTF-16's
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
]
MOST_ACCENTS = 0.2  # share of letters above ASCII in the western languages that cp1252 was made for
MOST_CONTROLS = 0.01
CONTROLS = re.compile(r"[\x01-\x08\x0b\x0e-\x1f\x7f]")
LINE_ENDS = re.compile(r"\r\n?")


def read_text(data: bytes) -> Extract:
    """The text of a file, unchanged but for its byte order mark and line ends."""
    return Extract(decode(data), EXTRACTOR, original_sha256=hashlib.sha256(data).hexdigest())


def decode(data: bytes) -> str:
    """The text that the bytes stand for. Raises TextUndecodable, and FormatUnknown where they are no text at all."""
    encoding = next((name for mark, name in MARKS if data.startswith(mark)), None)
    if encoding is None and b"\0" in data:
        raise FormatUnknown("it holds zero bytes, as programs and pictures do: give text, HTML, PDF or JSON Lines")
    try:
        text = data.decode(encoding or "utf-8")
    except UnicodeDecodeError as error:
        if encoding:
            raise TextUndecodable(f"it begins as {encoding} but is not ({error.reason}): save it as UTF-8") from error
        text = decode_western(data)
    if "\0" in text or len(CONTROLS.findall(text)) > MOST_CONTROLS * len(text):
        raise FormatUnknown("it holds control characters, as programs and pictures do: save it as plain text")
    return LINE_ENDS.sub("\n", text)


def decode_western(data: bytes) -> str:
    """Text of an old Windows machine. Raises TextUndecodable where it would be another alphabet's, or none."""
    advice = "it is neither UTF-8 nor Western text (Windows-1252): save it as UTF-8"
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise TextUndecodable(advice) from error
    letters = [c for c in text if c.isalpha() or c > "\x7f"]
    foreign = sum(c > "\x7f" and c not in "“”‘’–—…€£ " for c in letters)
    if foreign > MOST_ACCENTS * len(letters):
        raise TextUndecodable(advice)
    return text
