"""HTML → text: the article of a page by trafilatura, with what its tags state."""

from __future__ import annotations

import hashlib
import logging
import re
from importlib import metadata
from typing import Any

import trafilatura
from lxml import html as lxml_html
from lxml.etree import LxmlError

from ingest.errors import ArticleEmpty, ArticleUnreadable
from ingest.formats.bylines import read_bylines
from ingest.formats.charset import decode_page
from ingest.formats.extract import Extract
from ingest.formats.layout import same_words
from ingest.formats.metadata import Metadata
from ingest.formats.page_data import find_linked_data, meta, names_of, published, publisher
from ingest.lexicon import read_list

EXTRACTOR = f"trafilatura@{metadata.version('trafilatura')}"
FEWEST_WORDS = 8  # fewer are a menu, not an article
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it logs what we report as errors of our own


def read_html(data: bytes) -> Extract:
    """The article of a page, its headline first. Raises ArticleUnreadable and ArticleEmpty."""
    try:
        tree = lxml_html.fromstring(decode_page(data).encode(), parser=lxml_html.HTMLParser(encoding="utf-8"))
        captions = take_captions(tree)
        keep_signatures(tree)
        found: Any = trafilatura.bare_extraction(tree, with_metadata=True, include_comments=False, include_tables=False)
    except (LxmlError, ValueError, RecursionError, AttributeError, TypeError) as error:
        raise ArticleUnreadable(f"its HTML cannot be read ({error}): save the page as text") from error
    if found is None or len((found.text or "").split()) < FEWEST_WORDS:
        raise ArticleEmpty("no article was found on the page: save its words as a text file")
    stated = _stated(tree, found)
    text = _with_headline(found.text, stated.title)
    return Extract(
        text="\n\n".join([*text.split("\n"), *captions]),
        extractor=EXTRACTOR,
        stated=stated,
        original_sha256=hashlib.sha256(data).hexdigest(),
        captions=frozenset(captions),
    )


def take_captions(tree: Any) -> list[str]:
    """The captions of a page, taken out of it: trafilatura leaves some out and glues others to the story."""
    captions = list(tree.iter("figcaption"))
    for caption in captions:
        caption.drop_tree()
    return [words for caption in captions if (words := " ".join(caption.text_content().split()))]


def keep_signatures(tree: Any) -> None:
    """Who is named at the foot of a block quotation stays with it: trafilatura leaves feet out."""
    for block in tree.iter("blockquote"):
        for foot in block.iter("footer", "cite"):
            foot.tag = "p" if foot.tag == "footer" or foot.getparent() is block else foot.tag


def _stated(tree: Any, found: Any) -> Metadata:
    linked = find_linked_data(tree, found.title)
    bylines = [*names_of(linked.get("author")), *meta(tree, "author")] or [found.author or ""]
    byline = read_bylines(bylines)
    return Metadata(
        url=found.url if found.url and re.match(r"https?://", found.url) else None,
        title=found.title or None,
        outlet=next(meta(tree, "outlet"), None) or publisher(linked) or found.sitename or None,
        authors=byline.authors,
        published_at=published(tree, linked),
        credits=byline.outlets,
        notice=_notice(tree),
        language=(tree.get("lang") or "").split("-")[0].lower() or None,
    )


def _notice(tree: Any) -> str | None:
    """ "Invented sample: …" anywhere on the page, its foot included."""
    starts = tuple(read_list("credits")["notice"])
    paragraphs = (" ".join(tag.text_content().split()) for tag in tree.iter("p"))
    return next((words for words in paragraphs if words.casefold().startswith(starts)), None)


def _with_headline(text: str, title: str | None) -> str:
    """The text with its title as the first line, once."""
    first, _, rest = text.strip().partition("\n")
    if title is None:
        return text.strip()
    return f"{title}\n{rest if same_words(first, title) else text.strip()}"
