"""The pages, drawn from a real small store: what they say, and that no word of an article becomes markup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from affair import CLAIM, HOSTILE_TITLE, HOSTILE_WORDS, NOTICE, make_dossier
from streamlit.testing.v1 import AppTest

from graph.ask import questions
from graph.ask import wording as report
from graph.ask.wording import finder_words, said_words
from graph.dossier import open_store
from graph.store.transaction import ClaimFilter, Transaction
from ingest.model import PartialDate, Span
from views import drawing, overview
from views.markup import Html, items, join, tag
from views.places import href, outward, read_href
from views.reading import Mark, cut, marked
from views.words import date_words

APP = str(Path(__file__).parent.parent / "app.py")


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    address = f"sqlite:///{tmp_path_factory.mktemp('dossier')}/affair.sqlite"
    make_dossier(address)
    return address


@pytest.fixture
def tx(url: str) -> Iterator[Transaction]:
    with open_store(url, read_only=True) as store, store.read() as transaction:
        yield transaction


def open_page(monkeypatch: pytest.MonkeyPatch, url: str, page: str = "overview", **values: str) -> str:
    """The markup of a page for this address: of the whole app, or of one other page alone."""
    monkeypatch.setenv("ONRECORD_STORE", url)
    monkeypatch.setenv("ONRECORD_TEST_PAGE", page)
    app = AppTest.from_file(APP) if page == "overview" else AppTest.from_function(_one_page)
    for name, value in values.items():
        app.query_params[name] = value
    app.run(timeout=30)
    assert not app.exception
    return "".join(element.proto.body for element in app.get("html"))


def _one_page() -> None:
    import importlib
    import os

    from views.dossier import Dossier

    page = importlib.import_module(f"views.{os.environ['ONRECORD_TEST_PAGE']}")
    page.show(Dossier(os.environ["ONRECORD_STORE"]))


def words(markup: str) -> str:
    """What a reader sees of it."""
    return " ".join(unescape(re.sub(r"<style.*?</style>|<[^>]*>", " ", markup, flags=re.DOTALL)).split())


def claim_of(tx: Transaction, wording: str = CLAIM) -> str:
    return next(row.id for row in questions.list_claims(tx, ClaimFilter()).rows if row.wording == wording)


# ── markup ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_text_and_attributes_are_escaped_and_markup_is_not() -> None:
    assert tag("p", "a < b", tag("b", '"'), title='"><script>') == (
        '<p title="&quot;&gt;&lt;script&gt;">a &lt; b<b>&quot;</b></p>'
    )


@pytest.mark.parametrize(
    ("date", "words"),
    [
        (PartialDate("2031", "year"), "2031"),
        (PartialDate("2031-Q2", "quarter"), "Q2 2031"),
        (PartialDate("2031-03", "month"), "March 2031"),
        (PartialDate("2031-03-10", "week"), "the week of 10 March 2031"),
        (PartialDate("2031-03-10", "day"), "10 March 2031"),
    ],
)
def test_a_date_is_said_as_exactly_as_it_is_known(date: PartialDate, words: str) -> None:
    assert date_words(date) == words


def test_a_list_without_rows_is_nothing() -> None:
    assert items("ul", []) is None
    assert join([None, "", Html("<hr>")]) == "<hr>"


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//evil.example", None]
)
def test_only_web_addresses_become_links_out(url: str | None) -> None:
    assert outward("there", url) is None


@pytest.mark.parametrize("address", ["https://evil.example", "admin?id=1", "../claim", "", None, 3])
def test_an_address_that_is_not_ours_leads_nowhere(address: object) -> None:
    assert read_href(address) is None


def test_an_address_is_read_as_it_was_made() -> None:
    assert read_href(href("article", id="a&b=c", at=None)) == ("article", {"id": "a&b=c"})
    assert read_href(href("overview")) == ("overview", {})


# ── marks ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_spans_that_overlap_are_cut_at_every_boundary() -> None:
    marks = [Mark(Span(0, 6), "content", "a"), Mark(Span(3, 9), "source", "b")]
    pieces = [(span.start, span.end, [mark.role for mark in over]) for span, over in cut(10, marks)]
    assert pieces == [(0, 3, ["content"]), (3, 6, ["content", "source"]), (6, 9, ["source"]), (9, 10, [])]


def test_a_marked_text_keeps_every_word_and_escapes_it() -> None:
    text = "<b>Orrin</b> said it & left"
    drawn = marked(text, [Mark(Span(3, 8), "source", "a"), Mark(Span(0, 12), "content", "a")])
    assert unescape(re.sub(r"<[^>]*>", "", drawn)) == text
    assert '<mark class="content source">Orrin</mark>' in drawn


def test_a_span_outside_the_text_marks_nothing() -> None:
    assert marked("short", [Mark(Span(2, 99), "content", "a")]) == "short"


def test_pages_of_a_document_are_numbered_in_its_text() -> None:
    assert words(marked("one two", [], pages=(0, 4))) == "page 1 one page 2 two"


# ── pages ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_every_page_says_of_what_was_read(monkeypatch: pytest.MonkeyPatch, url: str, tx: Transaction) -> None:
    assert f"Of what was read: {questions.what_was_read(tx)}." in words(open_page(monkeypatch, url))


def test_the_overview_shows_notices_and_why_an_article_was_not_read(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    shown = words(open_page(monkeypatch, url))
    assert f"1 of 4 articles: {NOTICE}" in shown
    assert "not read: language is fr" in shown


def test_an_empty_store_and_a_missing_one_say_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    missing = f"sqlite:///{tmp_path}/none.sqlite"
    assert "onrecord ingest" in words(open_page(monkeypatch, missing))
    with open_store(missing):
        pass
    assert overview.EMPTY[0] in words(open_page(monkeypatch, missing))


def test_a_claim_in_a_list_has_the_status_that_the_command_line_prints(tx: Transaction) -> None:
    row = next(row for row in questions.list_claims(tx, ClaimFilter()).rows if row.wording == CLAIM)
    assert unescape(re.sub(r"<[^>]*>", "", drawing.status(row))) == report.status_words(row)


def test_a_claim_stands_with_who_says_so_for_and_against(
    monkeypatch: pytest.MonkeyPatch, url: str, tx: Transaction
) -> None:
    shown = words(open_page(monkeypatch, url, "claim", id=claim_of(tx)))
    assert "first said by Mara Lindqvist, in The Ledger, 4 March 2031" in shown
    assert "For 2" in shown
    assert "Against 1" in shown
    assert "Tobias Renn denies it" in shown
    assert "unnamed source" in shown


def test_claims_are_narrowed_by_the_address(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    assert CLAIM in words(open_page(monkeypatch, url, "claims", about="Orrin Labs"))
    assert CLAIM not in words(open_page(monkeypatch, url, "claims", sourcing="several_origins"))


@pytest.mark.parametrize(
    "values", [{"sourcing": "<script>"}, {"since": "soon"}, {"since": "9999-01-01"}, {"about": "'; DROP"}]
)
def test_a_hostile_address_is_answered_plainly(
    monkeypatch: pytest.MonkeyPatch, url: str, values: dict[str, str]
) -> None:
    assert "<script>" not in open_page(monkeypatch, url, "claims", **values)


def test_an_entity_shows_what_it_says_and_what_is_said_about_it(
    monkeypatch: pytest.MonkeyPatch, url: str, tx: Transaction
) -> None:
    speaker = questions.find_entities(tx, "Mara Lindqvist")[0].id
    accused = questions.find_entities(tx, "Orrin Labs")[0].id
    assert f"says so {CLAIM}" in words(open_page(monkeypatch, url, "entity", id=speaker))
    assert f"What is said about Orrin Labs {CLAIM}" in words(open_page(monkeypatch, url, "entity", id=accused))


def test_an_outlets_page_tells_what_it_printed_and_whom_it_quotes(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    shown = words(open_page(monkeypatch, url, "entity", name="Tidewire"))
    assert "What Tidewire printed: 2 articles Orrin answers" in shown
    assert "Whom Tidewire quotes Tobias Renn 1 assertion" in shown
    assert "says nothing" not in shown


def test_two_are_connected_by_what_one_says_of_the_other(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    shown = words(open_page(monkeypatch, url, "path", a="Mara Lindqvist", b="Orrin Labs"))
    assert "Mara Lindqvist says, of Orrin Labs:" in shown
    assert CLAIM in shown


def test_where_no_chain_connects_two_it_is_said_what_was_looked_at(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    shown = words(open_page(monkeypatch, url, "path", a="Mara Lindqvist", b="Tidewire"))
    assert "No chain of claims that were read connects Mara Lindqvist and Tidewire." in shown
    assert "Looked at: claims about both, and what one says of the other" in shown


def test_two_names_with_and_between_them_lead_to_their_path(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    shown = words(open_page(monkeypatch, url, "search", q="Mara Lindqvist and Orrin Labs"))
    assert "How are Mara Lindqvist and Orrin Labs connected?" in shown


def test_a_value_that_no_filter_has_is_told_and_lists_nothing(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    shown = words(open_page(monkeypatch, url, "claims", sourcing="well sourced"))
    assert "Sourcing: well sourced is none of several origins" in shown
    assert CLAIM not in shown


def test_no_word_of_a_hostile_article_becomes_markup(
    monkeypatch: pytest.MonkeyPatch, url: str, tx: Transaction
) -> None:
    article = next(row for row in questions.list_articles(tx) if row.title == HOSTILE_TITLE)
    pages = (
        open_page(monkeypatch, url),
        open_page(monkeypatch, url, "article", id=article.id),
        open_page(monkeypatch, url, "claim", id=claim_of(tx, HOSTILE_WORDS)),
        open_page(monkeypatch, url, "claims"),
        open_page(monkeypatch, url, "search", q="evil"),
        open_page(monkeypatch, url, "graph", id=claim_of(tx, HOSTILE_WORDS)),
    )
    for page in pages:
        assert not re.search(r"<(script|img|i>|b>The)|href=\"javascript", page)
        assert "evil.example" in words(page)


def test_search_groups_what_it_finds(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    shown = words(open_page(monkeypatch, url, "search", q="orrin"))
    assert shown.index("Claims") < shown.index("People, bodies and things") < shown.index("Articles")
    assert "Nothing that was read holds" in words(open_page(monkeypatch, url, "search", q="zebra"))


def test_the_graph_has_a_table_of_the_same(monkeypatch: pytest.MonkeyPatch, url: str, tx: Transaction) -> None:
    shown = words(open_page(monkeypatch, url, "graph", id=claim_of(tx)))
    table = shown.partition("The same as tables")[2]
    assert f"{CLAIM} who speaks Tobias Renn denies" in table


def test_who_found_an_assertion_is_said_in_words() -> None:
    assert finder_words("tagger@1+reported_clause@1") == "the tagger and a rule (reported clause)"
    assert finder_words("tagger@1") == "the tagger"
    assert finder_words("writer@1") == "a rule (writer)"


def test_a_reading_that_is_not_sure_says_so(tx: Transaction) -> None:
    row = questions.trace_claim(tx, claim_of(tx)).assertions[0]
    sure, unsure = (replace(row, assertion=replace(row.assertion, confidence=c)) for c in (0.9, 0.41))
    assert "unsure" not in drawing.details(sure) + drawing.utterance_line(sure)
    assert "extraction confidence 0.41, unsure: read the article’s words" in drawing.details(unsure)
    assert "unsure reading" in drawing.utterance_line(unsure)


@pytest.mark.parametrize(
    ("quotation", "shown"),
    [("direct", "“We have no plans”"), ("mixed", "“We have no plans"), ("indirect", "“We have no plans")],
)
def test_only_words_inside_the_articles_own_marks_stand_in_ours(tx: Transaction, quotation: Any, shown: str) -> None:
    row = questions.trace_claim(tx, claim_of(tx)).assertions[0]
    said = replace(row, quote="“We have no plans", assertion=replace(row.assertion, quotation=quotation))
    assert said_words(said) == shown


def test_every_quoted_piece_stands_in_the_article_that_it_is_cited_to(
    monkeypatch: pytest.MonkeyPatch, url: str, tx: Transaction
) -> None:
    texts = " ".join(questions.get_article(tx, row.id).text for row in questions.list_articles(tx))
    speaker = questions.find_entities(tx, "Tobias Renn")[0].id
    for page in (("claim", claim_of(tx)), ("claim", claim_of(tx, HOSTILE_WORDS)), ("entity", speaker)):
        shown = words(open_page(monkeypatch, url, page[0], id=page[1]))
        for quoted in re.findall("“([^”]*)”", shown):
            assert all(piece.strip() in texts for piece in re.split(r"…|\[[^]]*\]", quoted))


def test_marks_of_direction_are_shown_and_turn_nothing() -> None:
    assert "\u202e" not in tag("p", "evil\u202etxt")
    assert tag("p", "שלום") == "<p><bdi>שלום</bdi></p>"


# ── what people decide ───────────────────────────────────────────────────────────────────────────────────────────


def claim_app(monkeypatch: pytest.MonkeyPatch, url: str, page: str, **values: str) -> AppTest:
    monkeypatch.setenv("ONRECORD_STORE", url)
    monkeypatch.setenv("ONRECORD_TEST_PAGE", page)
    app = AppTest.from_function(_one_page_to_decide_in)
    for name, value in values.items():
        app.query_params[name] = value
    return app.run(timeout=30)


def _one_page_to_decide_in() -> None:
    import importlib
    import os

    from views.dossier import Dossier

    page = importlib.import_module(f"views.{os.environ['ONRECORD_TEST_PAGE']}")
    page.show(Dossier(os.environ["ONRECORD_STORE"], read_only=False))


def shown_by(app: AppTest) -> str:
    return words("".join(element.proto.body for element in app.get("html")))


def test_a_person_says_that_something_was_never_said_and_takes_it_back(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path}/affair.sqlite"
    make_dossier(url)
    with open_store(url, read_only=True) as store, store.read() as transaction:
        claim = claim_of(transaction)
    app = claim_app(monkeypatch, url, "claim", id=claim)
    assert "For 2" in shown_by(app)
    app.text_input(key="who decides").set_value("Ada Quell").run()
    app.button(key="keep claim").click().run(timeout=30)
    assert "For 1" in shown_by(app)
    log = claim_app(monkeypatch, url, "decisions")
    assert "Ada Quell" in shown_by(log)
    log.text_input(key="who decides").set_value("Ada Quell").run()
    next(button for button in log.button if button.label == "Take it back").click().run(timeout=30)
    assert "For 2" in shown_by(claim_app(monkeypatch, url, "claim", id=claim))


def test_a_dossier_that_is_only_read_offers_no_decision(
    monkeypatch: pytest.MonkeyPatch, url: str, tx: Transaction
) -> None:
    monkeypatch.setenv("ONRECORD_STORE", url)
    monkeypatch.setenv("ONRECORD_TEST_PAGE", "claim")
    app = AppTest.from_function(_one_page)
    app.query_params["id"] = claim_of(tx)
    assert not app.run(timeout=30).button
