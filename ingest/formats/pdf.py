"""PDF → text: pages by pypdf, with line breaks inside paragraphs, cut words and running heads taken out."""

from __future__ import annotations

import hashlib
import io
import logging
from collections.abc import Sequence
from importlib import metadata
from typing import Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from ingest.errors import ArticleEmpty, ArticleUnreadable
from ingest.formats.columns import Piece, reorder
from ingest.formats.extract import Extract
from ingest.formats.metadata import Metadata
from ingest.formats.paper import join_pages, notice_on, unwrap, without_running_lines, words_of

EXTRACTOR = f"pypdf@{metadata.version('pypdf')}"
logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it logs what we report as errors of our own


def read_pdf(data: bytes) -> Extract:
    """The text of all pages. Raises ArticleUnreadable, and ArticleEmpty where every page is a picture."""
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise ArticleUnreadable("the PDF asks for a password: save a copy without one")
        printed = [page_text(page) for page in reader.pages]
        title = reader.metadata.title if reader.metadata else None
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError, OSError) as error:
        raise ArticleUnreadable(f"the PDF is damaged or cut ({error}): open it and print it to PDF again") from error
    known = words_of(printed)
    pages = [unwrap(page, known) for page in without_running_lines(printed)]
    if not any(pages):
        raise ArticleEmpty(f"its {len(pages)} pages are pictures without text: run text recognition (OCR) on it first")
    text, starts = join_pages(pages, known)
    return Extract(
        text=text,
        extractor=EXTRACTOR,
        stated=Metadata(title=title.strip() if title and title.strip() else None, notice=notice_on(printed)),
        original_sha256=hashlib.sha256(data).hexdigest(),
        pages=starts,
        pages_not_read=tuple(number for number, page in enumerate(pages, 1) if not page),
    )


def page_text(page: Any) -> str:
    pieces: list[Piece] = []

    def note(words: str, cm: Sequence[float], tm: Sequence[float], *_: object) -> None:
        if words.strip():
            x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
            pieces.append(Piece(x, tm[4] * cm[1] + tm[5] * cm[3] + cm[5], words.strip()))

    return reorder(pieces, page.extract_text(visitor_text=note))
