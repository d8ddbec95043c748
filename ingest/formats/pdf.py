"""PDF → text: pages by pypdf, line breaks inside paragraphs taken out, page starts kept."""

from __future__ import annotations

import hashlib
import io
import logging
import re
from importlib import metadata

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from ingest.errors import ArticleEmpty, ArticleUnreadable
from ingest.formats.extract import Extract
from ingest.formats.metadata import Metadata

EXTRACTOR = f"pypdf@{metadata.version('pypdf')}"
SENTENCE_END = re.compile(r"[.!?…:]['\"”’)\]]*$")
LINE_SHARE = 0.75  # of the page's longest line: a shorter line ends its paragraph
logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it logs what we report as errors of our own


def read_pdf(data: bytes) -> Extract:
    """The text of all pages. Raises ArticleUnreadable, and ArticleEmpty where every page is a picture."""
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise ArticleUnreadable("the PDF asks for a password: save a copy without one")
        pages = [unwrap(page.extract_text()) for page in reader.pages]
        title = reader.metadata.title if reader.metadata else None
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError, OSError) as error:
        raise ArticleUnreadable(f"the PDF is damaged or cut ({error}): open it and print it to PDF again") from error
    if not any(pages):
        raise ArticleEmpty(f"its {len(pages)} pages are pictures without text: run text recognition (OCR) on it first")
    text, starts = "", []
    for page in pages:
        starts.append(len(text))
        text += f"{page}\n\n" if page else ""
    return Extract(
        text=text.rstrip(),
        extractor=EXTRACTOR,
        stated=Metadata(title=title.strip() if title and title.strip() else None),
        original_sha256=hashlib.sha256(data).hexdigest(),
        pages=tuple(min(start, len(text.rstrip())) for start in starts),
        pages_not_read=tuple(number for number, page in enumerate(pages, 1) if not page),
    )


def unwrap(page: str) -> str:
    """Paragraphs on lines of their own with an empty line between; a page's lines are as wide as its paper."""
    lines = [line.strip() for line in page.splitlines()]
    longest = max(map(len, lines), default=0)
    paragraphs: list[str] = []
    open_ended = False
    for line in lines:
        if not line:
            open_ended = False
        elif open_ended:
            paragraphs[-1] = f"{paragraphs[-1]} {line}"
            open_ended = not _ends(line, longest)
        else:
            paragraphs.append(line)
            open_ended = not _ends(line, longest)
    return "\n\n".join(paragraphs)


def _ends(line: str, longest: int) -> bool:
    """True if a line is the last of its paragraph: clearly short, or a full sentence that leaves room."""
    return len(line) < LINE_SHARE * longest or (len(line) < 0.9 * longest and bool(SENTENCE_END.search(line)))
