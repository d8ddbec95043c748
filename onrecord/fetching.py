"""`onrecord fetch`: pages and feeds from the web, only when a person asks, and only from public addresses.

A name is looked up once and the connection is made to the address that was checked, so that a name which changes its
address in between leads nowhere; each redirect is checked as the first address was.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from http.client import HTTPConnection, HTTPException, HTTPResponse
from urllib.parse import SplitResult, urljoin, urlsplit

from ingest.errors import ArticleTooLarge, FetchFailed, FetchRefused, IngestError
from ingest.formats.articles import LARGEST, Item, Unread, read_bytes
from ingest.formats.extract import Given
from ingest.formats.feeds import Entry, find_entries

SECONDS = 30.0  # for one page, redirects and all
REDIRECTS = 5
CHUNK = 65_536  # bytes
ASKED_AS = {"User-Agent": "OnRecord (a reporter's reading tool)", "Accept-Encoding": "identity", "Accept": "*/*"}
MOVED = (301, 302, 303, 307, 308)


@dataclass(frozen=True, slots=True)
class Page:
    """What came back: from where, after redirects, and its bytes."""

    url: str
    body: bytes


def fetch_articles(urls: Iterable[str], given: Given, *, allow_private: bool = False) -> Iterator[Item]:
    """The article of each address, and of a feed each entry's; what fails is told apart and the rest goes on."""
    for url in urls:
        try:
            page = fetch(url, allow_private=allow_private)
        except IngestError as error:
            yield Unread(url, error)
            continue
        entries = find_entries(page.body, page.url)
        if entries is None:
            yield from read_bytes(page.body, page.url, with_address(given, page.url))
            continue
        for entry in entries:
            yield from _fetch_entry(entry, given, allow_private)


def _fetch_entry(entry: Entry, given: Given, allow_private: bool) -> Iterator[Item]:
    try:
        page = fetch(entry.url, allow_private=allow_private)
    except IngestError as error:
        yield Unread(entry.url, error)
        return
    told = replace(given, outlet=given.outlet or entry.outlet, published_at=given.published_at or entry.published_at)
    yield from read_bytes(page.body, page.url, with_address(told, page.url))


def with_address(given: Given, url: str) -> Given:
    return replace(given, url=given.url or url)


def fetch(url: str, *, allow_private: bool = False, seconds: float = SECONDS, most: int = LARGEST) -> Page:
    """What stands at an address. Raises FetchRefused, FetchFailed and ArticleTooLarge."""
    deadline = time.monotonic() + seconds
    for _ in range(REDIRECTS + 1):
        connection = Connection(urlsplit(url), deadline, allow_private)
        try:
            response = connection.ask()
            if response.status not in MOVED:
                return Page(url, _read(response, url, deadline, most))
            url = urljoin(url, response.headers.get("Location", ""))
        except (OSError, HTTPException) as error:
            raise FetchFailed(f"{url} does not answer ({error}): try it in a browser, or save the page") from error
        finally:
            connection.close()
    raise FetchFailed(f"{url} leads on and on: more than {REDIRECTS} redirects")


def _read(response: HTTPResponse, url: str, deadline: float, most: int) -> bytes:
    if response.status != 200:
        raise FetchFailed(f"{url} answers {response.status}: try it in a browser, or save the page")
    read = bytearray()
    while piece := response.read(CHUNK):
        read += piece
        if len(read) > most:
            raise ArticleTooLarge(f"{url} has more than {most // 1_000_000} MB: no article has")
        if time.monotonic() > deadline:
            raise FetchFailed(f"{url} is too slow: it took more than the time that a page has")
    return bytes(read)


class Connection(HTTPConnection):
    """A connection to the address that was checked, under the name that was asked for."""

    def __init__(self, place: SplitResult, deadline: float, allow_private: bool) -> None:
        if place.scheme not in ("http", "https") or not place.hostname or place.username is not None:
            raise FetchRefused(f"{place.geturl()} is no address of a web page: http:// or https:// and a host")
        try:
            port = place.port or (443 if place.scheme == "https" else 80)
        except ValueError as error:
            raise FetchRefused(f"{place.geturl()} is no address of a web page: {error}") from error
        super().__init__(place.hostname, port, timeout=max(0.1, deadline - time.monotonic()))
        self._place = place
        self._checked = check_host(place.hostname, port, allow_private)

    def connect(self) -> None:
        self.sock = socket.create_connection((self._checked, self.port), self.timeout)
        if self._place.scheme == "https":
            context = ssl.create_default_context()
            self.sock = context.wrap_socket(self.sock, server_hostname=self._place.hostname)

    def ask(self) -> HTTPResponse:
        path = (self._place.path or "/") + (f"?{self._place.query}" if self._place.query else "")
        self.request("GET", path, headers=ASKED_AS)
        return self.getresponse()


def check_host(host: str, port: int, allow_private: bool) -> str:
    """The address that a name stands for. Raises FetchRefused unless all that it stands for are public."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchFailed(f"no host is called {host}: check the address") from error
    addresses = [str(entry[4][0]).partition("%")[0] for entry in found]
    if not allow_private and not all(map(is_public, addresses)):
        raise FetchRefused(f"{host} is on this machine or its network, not on the web: --allow-private lets it be read")
    return addresses[0]


def is_public(address: str) -> bool:
    """Whether an address is one of the public internet's, an IPv4 one inside an IPv6 one too."""
    ip = ipaddress.ip_address(address)
    inner = ip.ipv4_mapped or ip.sixtofour if isinstance(ip, ipaddress.IPv6Address) else None
    return (inner or ip).is_global and not (inner or ip).is_multicast
