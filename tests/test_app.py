"""The app as a reporter meets it: a real server, a real browser, the way from a claim to its words and back."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from affair import CLAIM, HOSTILE_TITLE, HOSTILE_WORDS, make_dossier
from browser import TO_BRING_ONE, launch
from conftest import free_port
from playwright.sync_api import Browser, Error, Locator, Page, expect, sync_playwright

from graph.ask import questions
from graph.dossier import open_store
from graph.store.transaction import ClaimFilter

SECONDS_TO_START = 60
expect.set_options(timeout=20_000)  # milliseconds: two cores may be busy with other tests


@pytest.fixture(scope="module")
def store_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    address = f"sqlite:///{tmp_path_factory.mktemp('dossier')}/affair.sqlite"
    make_dossier(address)
    return address


@pytest.fixture(scope="module")
def address(store_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    port = free_port()
    with serve(store_url, port, tmp_path_factory.mktemp("elsewhere")) as server:
        yield f"http://127.0.0.1:{port}"
        server.send_signal(signal.SIGINT)
        server.wait(30)


def serve(store_url: str, port: int, folder: Path) -> subprocess.Popen[bytes]:
    """`onrecord app`, called in another folder; returns once it answers."""
    command = [sys.executable, "-m", "onrecord.cli", "app", "--store", store_url, "--port", str(port), "--no-browser"]
    root = Path(__file__).parent.parent
    server = subprocess.Popen(command, cwd=folder, env={**os.environ, "PYTHONPATH": str(root)})
    deadline = time.monotonic() + SECONDS_TO_START
    while not _answers(port):
        assert server.poll() is None, "the app ended before it answered"
        assert time.monotonic() < deadline, "the app does not answer"
        time.sleep(0.2)
    return server


def _answers(port: int) -> bool:
    try:
        with urlopen(f"http://127.0.0.1:{port}/_stcore/health") as answer:
            return bool(answer.status == 200)
    except URLError:
        return False


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        try:
            launched = launch(playwright)
        except Error as error:
            pytest.fail(f"{TO_BRING_ONE} ({error.message.splitlines()[0]})")
        yield launched
        launched.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that remembers each host that it asks, and fails the test where one is not this machine."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    hosts: set[str | None] = set()
    faults: list[str] = []
    opened.on("request", lambda request: hosts.add(urlsplit(request.url).hostname))
    opened.on("pageerror", lambda error: faults.append(str(error)))
    yield opened
    context.close()
    assert hosts <= {"127.0.0.1", None}  # None: data and blob addresses
    assert not faults


@pytest.fixture(scope="module")
def claim(store_url: str) -> str:
    with open_store(store_url, read_only=True) as store, store.read() as tx:
        return next(row.id for row in questions.list_claims(tx, ClaimFilter()).rows if row.wording == CLAIM)


def wait_until_drawn(page: Page) -> None:
    """Until the canvas has its nodes and the page stands still: a click before may miss what it meant."""
    expect(page.locator(".canvas canvas").first).to_be_visible()
    deadline = time.monotonic() + 20
    while not page.locator(".canvas").evaluate("box => box._cyreg?.cy.nodes().length ?? 0"):
        assert time.monotonic() < deadline, "the canvas stays empty"
        page.wait_for_timeout(100)
    page.wait_for_timeout(500)


def node_place(canvas: Locator, title: str) -> dict[str, float]:
    """Where a node is drawn, in pixels from the canvas's corner; Cytoscape keeps itself on its container."""
    find = "(box, title) => box._cyreg.cy.nodes().filter(n => n.data('title') === title).first().renderedPosition()"
    place: dict[str, float] = canvas.evaluate(find, title)
    return {"x": place["x"], "y": place["y"]}


def node_places(canvas: Locator) -> dict[str, tuple[float, float]]:
    every = "box => box._cyreg.cy.nodes().map(n => [n.id(), Math.round(n.position('x')), Math.round(n.position('y'))])"
    return {i: (x, y) for i, x, y in canvas.evaluate(every)}


# ── the main journey ─────────────────────────────────────────────────────────────────────────────────────────────


def test_from_the_overview_to_the_words_of_a_disputed_claim(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("link", name="disputed", exact=True).click()
    page.wait_for_url("**/claims?dispute=disputed")
    page.get_by_role("link", name=CLAIM).click()
    expect(page.get_by_role("heading", name=CLAIM)).to_be_visible()
    expect(page.get_by_text("disputed by Tobias Renn")).to_be_visible()
    page.locator(".utterance.against").get_by_role("link", name="Orrin answers").click()
    expect(page.locator("mark.content.asked")).to_have_text(CLAIM)
    expect(page.locator("mark.content.asked")).to_be_in_viewport()
    expect(page.locator("mark.source.asked")).to_have_text("Tobias Renn")


def test_from_a_claim_to_who_says_so_and_into_the_graph(page: Page, address: str, claim: str) -> None:
    page.goto(f"{address}/claim?id={claim}")
    page.locator(".utterance.for .card.source").get_by_role("link", name="Mara Lindqvist").click()
    expect(page.get_by_role("heading", name="Mara Lindqvist", exact=True)).to_be_visible()
    page.get_by_role("link", name="See it in the graph").click()
    expect(page.get_by_text("Entity, selected")).to_be_visible()
    expect(page.get_by_role("img", name="Graph of claims")).to_be_visible()


def test_the_way_back_leads_to_the_page_before(page: Page, address: str, claim: str) -> None:
    page.goto(f"{address}/claims")
    page.get_by_role("link", name=CLAIM).click()
    expect(page.get_by_role("heading", name=CLAIM)).to_be_visible()
    page.locator(".utterance.for .card.source").get_by_role("link", name="Mara Lindqvist").click()
    expect(page.get_by_role("heading", name="Mara Lindqvist", exact=True)).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name=CLAIM)).to_be_visible()
    assert claim in page.url
    page.go_back()
    page.wait_for_url("**/claims")
    expect(page.get_by_role("link", name=CLAIM)).to_be_visible()


def test_a_link_of_ours_keeps_the_page_alive(page: Page, address: str) -> None:
    """By a click, by Enter and back again: what was set on the window is still there, and little is asked for."""
    page.goto(f"{address}/claims")
    expect(page.locator("html[data-links=followed]")).to_be_attached()
    page.evaluate("window.alive = true")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.get_by_role("link", name=CLAIM).click()
    expect(page.get_by_role("heading", name=CLAIM)).to_be_visible()
    page.locator(".utterance.for .card.source").get_by_role("link", name="Mara Lindqvist").press("Enter")
    expect(page.get_by_role("heading", name="Mara Lindqvist", exact=True)).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name=CLAIM)).to_be_visible()
    assert page.evaluate("window.alive") is True
    assert len(asked) <= 9  # three moves


def test_a_filter_that_is_chosen_stands_in_the_address(page: Page, address: str) -> None:
    page.goto(f"{address}/claims")
    page.get_by_label("Words in it").fill("589bn")
    page.get_by_label("Words in it").press("Enter")
    page.wait_for_url("**/claims?words=589bn")
    expect(page.get_by_text("1 claim on this page")).to_be_visible()


def test_search_leads_to_a_claim(page: Page, address: str) -> None:
    page.goto(f"{address}/search")
    page.get_by_label("Words").fill("orrin arms")
    page.get_by_label("Words").press("Enter")
    page.get_by_role("link", name=CLAIM).click()
    expect(page.get_by_role("heading", name=CLAIM)).to_be_visible()


# ── the graph ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_click_selects_and_a_double_click_opens_up_and_nothing_moves(page: Page, address: str, claim: str) -> None:
    page.goto(f"{address}/graph?id={claim}")
    canvas = page.locator(".canvas")
    expect(canvas).to_be_visible()
    page.wait_for_function("document.querySelector('.selected') !== null")
    wait_until_drawn(page)
    before = node_places(canvas)
    canvas.click(position=node_place(canvas, "Tobias Renn"))  # type: ignore[arg-type]
    expect(page.locator(".selected .wording")).to_have_text("Tobias Renn")
    assert node_places(canvas) == before
    canvas.dblclick(position=node_place(canvas, "Tobias Renn"))  # type: ignore[arg-type]
    page.wait_for_url("**&open=*")
    expect(page.get_by_text(f"{len(before) + 1} claims and entities")).to_be_visible()
    page.wait_for_function("n => document.querySelectorAll('.twin tbody')[0].rows.length === n", arg=len(before) + 1)
    after = node_places(canvas)
    assert len(after) == len(before) + 1
    assert {i: after[i] for i in before} == before


def test_the_same_address_gives_the_same_picture(page: Page, address: str, claim: str) -> None:
    places = []
    for _ in range(2):
        page.goto(f"{address}/graph?id={claim}")
        wait_until_drawn(page)
        places.append(node_places(page.locator(".canvas")))
    assert places[0] == places[1]


def test_a_kind_of_edge_can_be_hidden(page: Page, address: str, claim: str) -> None:
    page.goto(f"{address}/graph?id={claim}")
    table = page.locator(".twin tbody").nth(1)
    expect(table).to_contain_text("who speaks")
    wait_until_drawn(page)
    page.get_by_text("who speaks", exact=True).first.click()
    expect(page.get_by_role("checkbox", name="who speaks")).not_to_be_checked()
    expect(table).not_to_contain_text("who speaks")
    page.wait_for_url("**&hide=ATTRIBUTED_TO")
    expect(page.locator(".twin tbody").first).not_to_contain_text("Tobias Renn")
    page.reload()
    expect(page.get_by_role("checkbox", name="who speaks")).not_to_be_checked()


# ── what must not happen ─────────────────────────────────────────────────────────────────────────────────────────


def test_a_hostile_article_is_text_and_nothing_else(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("link", name=HOSTILE_TITLE).click()
    expect(page.get_by_role("heading", name=HOSTILE_TITLE)).to_be_visible()
    expect(page.locator(".text")).to_contain_text(HOSTILE_WORDS)
    page.goto(f"{address}/search?q=589bn")
    page.get_by_role("link", name=HOSTILE_WORDS).click()
    expect(page.locator("h1")).to_have_text(HOSTILE_WORDS)
    page.get_by_role("link", name="See it in the graph").click()
    expect(page.locator(".canvas")).to_be_visible()
    assert page.title() != "taken"  # what the script would make of it; as words it may stand there


@pytest.mark.parametrize("place", ["claim?id=zebra", "entity?id=%3Cscript%3E", "article?id=x&at=y", "claims?after=x"])
def test_an_unknown_id_is_said_plainly(page: Page, address: str, place: str) -> None:
    page.goto(f"{address}/{place}")
    expect(page.get_by_text("This dossier holds nothing of that id.")).to_be_visible()


def test_the_server_answers_to_no_other_name(address: str) -> None:
    settings = json.loads(urlopen(f"{address}/_stcore/host-config").read())
    assert settings["enableCustomParentMessages"] is False
    assert not _can_connect_as(address, "evil.example")


def _can_connect_as(address: str, host: str) -> bool:
    """Whether the app opens its socket to a browser that came by another name, as after a rebinding."""
    import socket

    place = urlsplit(address)
    handshake = (
        f"GET /_stcore/stream HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nUpgrade: websocket\r\n"
        "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
    )
    with socket.create_connection((place.hostname, place.port), timeout=10) as connection:
        connection.sendall(handshake.encode())
        return b" 101 " in connection.recv(200)


def test_the_app_ends_with_its_command(store_url: str, tmp_path: Path) -> None:
    port = free_port()
    with serve(store_url, port, tmp_path) as server:
        server.terminate()
        server.wait(30)
    assert not _answers(port)
