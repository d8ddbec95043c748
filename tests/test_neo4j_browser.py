"""Neo4j Browser comes from its own jar, to this machine only, and may reach nothing but the server of this machine."""

from __future__ import annotations

import http.client
import os
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from onrecord.neo4j_browser import serve_browser

pytestmark = pytest.mark.skipif(os.environ.get("ONRECORD_TEST_STORES") == "sqlite", reason="only SQLite was asked for")
Got = tuple[int, dict[str, str], bytes]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with serve_browser(0, 7687) as url:
        yield url


def get(address: str, path: str, host: str | None = None) -> Got:
    place = urlsplit(address)
    connection = http.client.HTTPConnection("127.0.0.1", place.port, timeout=10)
    connection.request("GET", path, headers={"Host": host or place.netloc})
    answer = connection.getresponse()
    got = (answer.status, dict(answer.getheaders()), answer.read())
    connection.close()
    return got


def test_its_page_may_load_and_reach_this_machine_only(address: str):
    status, headers, page = get(address, "/browser/")
    policy = dict(part.strip().partition(" ")[::2] for part in headers["Content-Security-Policy"].split(";"))
    assert (status, b"Neo4j Browser" in page) == (200, True)
    assert policy["default-src"] == "'self'"
    assert policy["connect-src"] == "'self' ws://127.0.0.1:7687"
    assert not any("http" in sources or "*" in sources for sources in policy.values())


def test_it_knows_which_server_to_ask(address: str):
    assert address.endswith("/browser/?connectURL=neo4j%3A%2F%2Fneo4j%40127.0.0.1%3A7687")


@pytest.mark.parametrize(
    "path", ["/browser/../META-INF/MANIFEST.MF", "/etc/passwd", "/browser/%2e%2e/%2e%2e/etc/passwd"]
)
def test_no_address_leads_out_of_the_jar(address: str, path: str):
    assert get(address, path)[0] == 404


def test_a_page_of_another_name_is_refused(address: str):
    assert get(address, "/browser/", host="evil.example")[0] == 421
