"""The bytes of a web page → its text, in the encoding that it is in, whatever it says of itself."""

from __future__ import annotations

import codecs
import re

from ingest.formats.text import MARKS

DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
IN_HEAD = 100_000  # bytes of a page in which it names its encoding
XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
# As browsers have it: what calls itself Latin-1 was mostly written on Windows, with its quotation marks.
WINDOWS = frozenset({"iso8859-1", "ascii", "cp1252", "latin-1"})


def decode_page(data: bytes) -> str:
    """The text of a page: by its mark, as UTF-8 where the bytes are that, else as it declares, else Windows-1252.

    Bytes that are whole UTF-8 with letters outside ASCII are so by no chance, whatever the page says.
    """
    mark = next((name for mark, name in MARKS if data.startswith(mark)), None)
    if mark is None and b"\0" in data[:4]:
        mark = "utf-16-le" if data[1:2] == b"\0" else "utf-16-be"
    if mark is None:
        mark = "utf-8" if is_utf8(data) else declared(data)
    return XML_DECLARATION.sub("", data.decode(mark, errors="replace"))


def is_utf8(data: bytes) -> bool:
    """True if the bytes are UTF-8; ASCII with escapes, as ISO-2022 has them, is another encoding's."""
    if b"\x1b$" in data:
        return False
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.end == len(data) and error.reason == "unexpected end of data"  # a page that was cut
    return True


def declared(data: bytes) -> str:
    """The encoding that the page names, where there is such a one that bytes which are no UTF-8 can be in."""
    for found in DECLARED.finditer(data[:IN_HEAD]):
        try:
            name = codecs.lookup(found[1].decode("ascii", "replace")).name
        except LookupError:
            continue
        if name not in WINDOWS and not name.startswith(
            ("utf", "base64", "hex", "rot13", "zlib", "bz2", "uu", "quopri")
        ):
            return name
    return "cp1252"
