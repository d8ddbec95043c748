"""The addresses of the pages, made and read in one room. What a link or an address says is never trusted."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode, urlsplit

from views.markup import Html, Piece, tag

PAGES = ("overview", "claims", "claim", "entity", "article", "graph", "path", "search", "decisions")
FIRST = "overview"
LONGEST = 300  # characters of one value in an address


def href(page: str, **values: str | None) -> str:
    """'claim?id=c_5e0f', relative, so that the app may stand under any path; the first page has no name there."""
    query = urlencode({name: value for name, value in values.items() if value})
    path = "." if page == FIRST else page
    return f"{path}?{query}" if query else path


def link(words: Piece, page: str, /, *, class_: str | None = None, **values: str | None) -> Html:
    return tag("a", words, href=href(page, **values), class_=class_)


def outward(words: str, url: str | None) -> Html | None:
    """A link out of the app, for a web address only; opened by the reader, never fetched."""
    if not url or urlsplit(url).scheme not in ("http", "https"):
        return None
    return tag("a", words, href=url, target="_blank", rel="noopener noreferrer nofollow")


def read_href(address: object) -> tuple[str, dict[str, str]] | None:
    """The page and the values of one of our own links; None for anything else."""
    if not isinstance(address, str):
        return None
    path, _, query = address.partition("?")
    page = FIRST if path == "." else path
    if page not in PAGES:
        return None
    return page, {name: value[:LONGEST] for name, value in parse_qsl(query)}
