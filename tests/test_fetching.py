"""What is fetched from the web, and what is refused: against a server of this machine, which needs --allow-private."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from ingest.errors import ArticleTooLarge, FetchFailed, FetchRefused
from ingest.formats.articles import Unread
from ingest.formats.extract import NOTHING_GIVEN
from ingest.formats.feeds import find_entries
from ingest.model import Article
from onrecord import fetching
from onrecord.fetching import fetch, fetch_articles

PAGE = """<html><head><title>Orrin answers</title><meta property="og:site_name" content="Tidewire"></head><body>
<article>
<h1>Orrin answers</h1><p>Tobias Renn said on Monday that Orrin Labs did not copy the arms of Halden Robotics.</p>
<p>He said the drawings were older than the company.</p></article></body></html>"""
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Gatherer</title>
<item><title>Orrin answers</title><link>{root}/page</link><source url="https://ledger.example">The Ledger</source>
<pubDate>Tue, 04 Mar 2031 09:00:00 GMT</pubDate></item>
<item><title>Gone</title><link>{root}/gone</link></item>
<item><title>Nasty</title><link>file:///etc/passwd</link></item></channel></rss>"""


PUBLIC = "93.184.216.34"


class Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        root = f"http://127.0.0.1:{self.server.server_address[1]}"
        if path == "/loop":
            self._give(302, b"", Location="/loop")
        elif path == "/elsewhere":
            self._give(302, b"", Location=root.replace("127.0.0.1", "127.0.0.2") + "/page")
        elif path == "/large":
            self._give(200, b"x" * 300_000)
        elif path == "/slow":
            self._drip()
        elif path == "/feed":
            self._give(200, FEED.format(root=root).encode())
        else:
            self._give(404 if path == "/gone" else 200, PAGE.encode())

    def _give(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def _drip(self) -> None:
        self.send_response(200)
        self.end_headers()
        for _ in range(20):
            try:
                self.wfile.write(b"x" * fetching.CHUNK)
                self.wfile.flush()
            except OSError:
                return
            time.sleep(0.1)

    def log_message(self, *_: Any) -> None:
        """Tests are quiet."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def test_a_page_is_an_article_under_its_address(site: str) -> None:
    (article,) = fetch_articles([f"{site}/page"], NOTHING_GIVEN, allow_private=True)
    assert isinstance(article, Article)
    assert (article.url, article.title, article.outlet) == (f"{site}/page", "Orrin answers", "Tidewire")


def test_a_feeds_entries_are_articles_of_the_outlets_that_they_name_and_a_bad_one_is_told(site: str) -> None:
    article, gone = fetch_articles([f"{site}/feed"], NOTHING_GIVEN, allow_private=True)
    assert isinstance(article, Article)
    assert (article.outlet, article.published_at) == ("The Ledger", "2031-03-04T09:00:00Z")
    assert isinstance(gone, Unread)
    assert "answers 404" in str(gone.error)


def test_what_is_no_feed_has_no_entries() -> None:
    assert find_entries(PAGE.encode(), "https://tidewire.example") is None
    assert find_entries(b"<rss>no feed at all", "https://tidewire.example") in (None, ())


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://10.1.2.3/",
        "http://192.168.0.1/", "http://169.254.169.254/latest/meta-data", "http://2130706433/", "http://0.0.0.0/",
    ],
)  # fmt: skip
def test_an_address_of_this_machines_network_is_refused(url: str) -> None:
    with pytest.raises(FetchRefused, match="--allow-private"):
        fetch(url)


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://host/x", "http://", "http://a:b@host/", "http://h:99999/"]
)
def test_what_is_no_web_address_is_refused(url: str) -> None:
    with pytest.raises(FetchRefused, match="no address of a web page"):
        fetch(url)


def test_a_redirect_is_checked_as_the_first_address_was(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "is_public", lambda address: address == "127.0.0.1")
    assert fetch(f"{site}/page").body
    with pytest.raises(FetchRefused, match=r"127\.0\.0\.2"):
        fetch(f"{site}/elsewhere")


def test_a_name_is_looked_up_once_and_what_was_checked_is_what_is_asked(
    site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that stands for a public address when it is checked, and for this machine right after."""
    port = int(site.rpartition(":")[2])
    asked: list[str] = []
    dialled: list[tuple[str, int]] = []
    connect = socket.create_connection

    def look_up(host: str, *_: Any, **__: Any) -> list[Any]:
        asked.append(host)
        address = PUBLIC if len(asked) == 1 else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    def dial(address: tuple[str, int], *_: Any) -> socket.socket:
        dialled.append(address)
        monkeypatch.undo()
        return connect(("127.0.0.1", port))

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(socket, "create_connection", dial)
    fetch(f"http://rebinding.example:{port}/page")
    assert (asked, dialled) == (["rebinding.example"], [(PUBLIC, port)])


@pytest.mark.parametrize(("path", "error"), [("/loop", FetchFailed), ("/gone", FetchFailed)])
def test_what_leads_nowhere_is_told(site: str, path: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        fetch(site + path, allow_private=True)


def test_what_is_too_large_or_too_slow_is_given_up(site: str) -> None:
    with pytest.raises(ArticleTooLarge):
        fetch(f"{site}/large", allow_private=True, most=100_000)
    with pytest.raises(FetchFailed, match="too slow"):
        fetch(f"{site}/slow", allow_private=True, seconds=0.5)


def test_the_command_fetches_into_the_store_and_needs_to_be_allowed(site: str, tmp_path: Path) -> None:
    store = f"sqlite:///{tmp_path}/s.sqlite"
    command = [sys.executable, "-m", "onrecord.cli", "fetch", f"{site}/page", "--json", "--store", store]
    root = Path(__file__).parent.parent
    refused = subprocess.run(command, capture_output=True, text=True, cwd=root, timeout=240)
    assert (refused.returncode, json.loads(refused.stdout)["articles"]) == (1, 0)
    done = subprocess.run([*command, "--allow-private"], capture_output=True, text=True, cwd=root, timeout=240)
    assert (done.returncode, json.loads(done.stdout)["articles"]) == (0, 1)
