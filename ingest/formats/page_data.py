"""What a page's tags state of its article: the day, the authors, the outlet. Stated, never guessed.

First the data for search engines (JSON-LD), then <meta>, then tags of the article itself. A date that stands anywhere
else, in a teaser for another story, in the story, in the copyright, is not the day on which this was published.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from ingest.formats.layout import same_words
from ingest.formats.published import parse_any

META = {  # names of <meta> in small letters, the surer first
    "date": (
        "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "date",
        "dc.date.issued", "dcterms.issued", "dc.date", "dcterms.date", "dc.date.created", "dcterms.created",
        "parsely-pub-date", "sailthru.date", "pubdate", "publishdate", "publish-date", "publish_date",
        "publication_date", "publication-date", "article.published", "citation_publication_date",
        "cxenseparse:recs:publishtime", "article_date_original", "rnews:datepublished",
    ),
    "outlet": ("og:site_name", "application-name"),
    "author": ("author", "article:author", "parsely-author", "dc.creator", "dcterms.creator", "sailthru.author", "byl"),
}  # fmt: skip
ARTICLE = re.compile(r"Article$|^BlogPosting$|^LiveBlogPosting$|^Report$")
OTHERS = ("aside", "nav", "footer", "blockquote", "ul", "ol", "figure", "a")
PUBLISHED = re.compile(r"\b(?:published|posted|issued|first\s+published)\b[^.]{0,20}$", re.IGNORECASE)
UPDATED = re.compile(r"\b(?:updated|modified|edited|amended|revised|last)\b[^.]{0,20}$", re.IGNORECASE)
BYLINE_CLASS = re.compile(r"byline|publish|pub-?date|posted|dateline|entry-date", re.IGNORECASE)
PROSE = 15  # words; a longer paragraph is the story


def find_linked_data(tree: Any, title: str | None) -> dict[str, Any]:
    """The JSON-LD of the page's own article: of several, that with its headline, else the first; {} if none."""
    found = [
        thing
        for script in tree.iter("script")
        if (script.get("type") or "").strip().lower() == "application/ld+json"
        for thing in things_in(read_json(script.text or ""))
        if any(isinstance(kind, str) and ARTICLE.search(kind) for kind in listed(thing.get("@type")))
    ]
    own = (t for t in found if title and isinstance(t.get("headline"), str) and same_words(t["headline"], title))
    return next(own, next(iter(found), {}))


def read_json(words: str) -> Any:
    """What the words are as JSON; None where they are none, as on many a page."""
    try:
        return json.loads(re.sub(r"^\s*<!\[CDATA\[|\]\]>\s*$", "", words), strict=False)
    except (ValueError, RecursionError):
        return None


def things_in(value: Any) -> Iterator[dict[str, Any]]:
    """The things that a page says it is about; not those of its lists, which are other stories."""
    for thing in listed(value):
        if isinstance(thing, dict):
            yield thing
            yield from things_in(thing.get("@graph"))
            yield from things_in(thing.get("mainEntity"))


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def meta(tree: Any, what: str) -> Iterator[str]:
    """The contents of the <meta> tags that state it, the surer first."""
    tags = [(tag, tag.get("content")) for tag in tree.iter("meta") if (tag.get("content") or "").strip()]
    for name in META[what]:
        for tag, content in tags:
            if name in ((tag.get(key) or "").strip().lower() for key in ("property", "name", "itemprop")):
                yield content.strip()


def published(tree: Any, linked: dict[str, Any]) -> str | None:
    """When the page says that it was published, as ISO 8601 in UTC; None where it does not say."""
    words = [w for w in listed(linked.get("datePublished")) if isinstance(w, str)]
    stated = map(parse_any, (*words, *meta(tree, "date"), *own_times(tree)))
    return next((date for date in stated if date), None)


def own_times(tree: Any) -> Iterator[str]:
    """Dates of tags that say to be of publication, or stand in the head of the article; never "updated" ones."""
    for tag in tree.iter():
        if isinstance(tag.tag, str) and "datepublished" in (tag.get("itemprop") or "").lower():
            yield tag.get("datetime") or tag.get("content") or tag.text_content()
    times = list(times_of_head(tree))
    for tag, before in times:
        if tag.get("pubdate") is not None or PUBLISHED.search(before):
            yield tag.get("datetime")
    for tag, before in times:
        unsaid = not UPDATED.search(before) and "modified" not in (tag.get("itemprop") or "").lower()
        if unsaid and (in_byline(tag) or re.search(r"\bby\s+\S", before, re.IGNORECASE)):
            yield tag.get("datetime")


def times_of_head(tree: Any) -> Iterator[tuple[Any, str]]:
    """Each <time> above the story, with the words right before it."""
    headed = False
    for tag in tree.iter():
        headed = headed or tag.tag == "h1"
        if headed and tag.tag == "p" and next(tag.iter("time"), None) is None and is_story(tag):
            return
        if tag.tag == "time" and tag.get("datetime") and not any(up.tag in OTHERS for up in tag.iterancestors()):
            yield tag, words_before(tag)


def is_story(paragraph: Any) -> bool:
    return len(paragraph.text_content().split()) > PROSE


def words_before(tag: Any, climbs: int = 2) -> str:
    """What stands before a tag in its line or in the tag before it; not the words of another date."""
    previous = tag.getprevious()
    if previous is not None:
        other = previous.tag == "time" or not isinstance(previous.tag, str)
        return (previous.tail or "").strip() or ("" if other else str(previous.text_content()).strip())
    parent = tag.getparent()
    if parent is None or climbs == 0:
        return ""
    return (parent.text or "").strip() or words_before(parent, climbs - 1)


def in_byline(tag: Any) -> bool:
    around = [tag, *tag.iterancestors()][:4]
    return any(BYLINE_CLASS.search(f"{up.get('class') or ''} {up.get('id') or ''}") for up in around)


def names_of(value: Any) -> Iterator[str]:
    """The people among the authors of JSON-LD, which may be words, things, or lists of both."""
    for author in listed(value):
        if isinstance(author, dict) and "Organization" not in str(author.get("@type")):
            yield from names_of(author.get("name"))
        elif isinstance(author, str):
            yield author


def publisher(linked: dict[str, Any]) -> str | None:
    """The outlet that JSON-LD names."""
    things = (thing for thing in listed(linked.get("publisher")) if isinstance(thing, dict))
    return next((thing["name"] for thing in things if isinstance(thing.get("name"), str) and thing["name"]), None)
