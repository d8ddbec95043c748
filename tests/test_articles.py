"""Files, folders and lines → articles."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ingest import errors
from ingest.formats.articles import Given, Item, Unread, read_bytes, read_path, read_paths
from ingest.model import Article, article_id

STORY = "Mill closes\n\nThe mill at Orrow closes in May, said Ada Brandt, its owner.\n"


def only(items: object) -> Article:
    (item,) = items  # type: ignore[misc]
    assert isinstance(item, Article), item
    return item


def error(items: object) -> errors.IngestError:
    (item,) = items  # type: ignore[misc]
    assert isinstance(item, Unread), item
    return item.error


def test_the_text_of_a_file_is_unchanged_but_for_its_mark_and_line_ends():
    article = only(read_bytes(b"\xef\xbb\xbfMill closes\r\n\r\nIt closes in May.  \r", "mill.txt"))
    assert article.text == "Mill closes\n\nIt closes in May.  \n"


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("Zoë said so.".encode(), "Zoë said so."),
        ("Zoë said so.".encode("utf-16"), "Zoë said so."),
        ("Zoë said “so”.".encode("cp1252"), "Zoë said “so”."),
    ],
)
def test_text_is_read_in_the_encodings_that_newsrooms_have(data: bytes, text: str):
    assert only(read_bytes(data, "note.txt")).text == text


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (b"", "empty.txt", errors.ArticleEmpty),
        (b" \n\t", "blank.txt", errors.ArticleEmpty),
        (b"\x00\x01\x02\x03" * 50, "program.txt", errors.FormatUnknown),
        (b"\x89PNG\r\n\x1a\n" + b"x" * 50, "picture.txt", errors.FormatUnknown),
        (b"PK\x03\x04" + b"x" * 50, "story.docx", errors.FormatUnknown),
        ("Завод закрывают".encode("cp1251"), "old.txt", errors.TextUndecodable),
        (b"word " * 4_100_000, "huge.txt", errors.ArticleTooLarge),
        (b"%PDF-1.7 cut", "cut.pdf", errors.ArticleUnreadable),
        (b"<html><body><nav>Home</nav></body></html>", "nothing.html", errors.ArticleEmpty),
    ],
)
def test_what_is_no_article_is_told_with_what_to_do(data: bytes, name: str, kind: type[errors.IngestError]):
    found = error(read_bytes(data, name))
    assert isinstance(found, kind)
    assert len(str(found)) > 15


def test_a_folder_is_read_whole_and_a_bad_file_stops_nothing(tmp_path: Path):
    (tmp_path / "a.txt").write_text(STORY)
    (tmp_path / "b.txt").write_bytes(b"")
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "c.txt").write_text(STORY.replace("May", "June"))
    (tmp_path / ".hidden").write_text(STORY)
    items: list[Item] = list(read_paths([tmp_path]))
    assert [type(item).__name__ for item in items] == ["Article", "Unread", "Article"]


def test_a_file_that_is_not_there_is_told():
    assert "cannot be opened" in str(error(read_path(Path("nowhere.txt"))))


def test_a_broken_line_is_told_by_its_number_and_the_rest_goes_on():
    lines = b'{"text": "One is here."}\n{"text": \nnull\n{"text": "Four is here."}\n'
    items = list(read_bytes(lines, "wire.jsonl"))
    assert [item.place if isinstance(item, Unread) else item.text for item in items] == [
        "One is here.",
        "wire.jsonl line 2",
        "wire.jsonl line 3",
        "Four is here.",
    ]


def test_headline_byline_outlet_and_date_are_read_from_the_lines_above_the_story():
    text = "Mill closes after fire\n\nBy Ada Brandt\nThe Orrow Gazette\n4 March 2031\n\nThe mill closed on Monday.\n"
    article = only(read_bytes(text.encode(), "mill.txt"))
    assert (article.title, article.authors, article.outlet, article.published_at) == (
        "Mill closes after fire",
        ("Ada Brandt",),
        "The Orrow Gazette",
        "2031-03-04T00:00:00Z",
    )


@pytest.mark.parametrize(
    ("line", "credits"),
    [("Source: The Orrow Gazette", ("The Orrow Gazette",)), ("The mill closed. (Dorna Wire)", ("Dorna Wire",))],
)
def test_a_credit_line_is_kept_as_printed(line: str, credits: tuple[str, ...]):
    article = only(read_bytes(f"Mill closes\n\nIt closed on Monday.\n\n{line}\n".encode(), "mill.txt"))
    assert article.credits == credits


def test_headline_correction_and_comment_count_are_told_apart_from_the_body():
    text = (
        "Mill closes\n\nThe mill closed on Monday.\n\nCorrection: An earlier version of this article said that the "
        "mill had burnt. It had not.\n\n12 Comments\n"
    )
    article = only(read_bytes(text.encode(), "mill.txt"))
    parts = {part.part: part.span.of(article.text) for part in article.parts}
    assert parts["headline"] == "Mill closes"
    assert parts["correction"].startswith("Correction: An earlier")
    assert parts["furniture"] == "12 Comments"


def test_an_article_in_another_language_is_kept_and_marked_not_read():
    text = "Le maire a déclaré lundi que l'usine fermerait ses portes au mois de mai, faute de commandes suffisantes."
    assert only(read_bytes(text.encode(), "usine.txt")).not_read == "language is fr"


def test_what_a_person_says_comes_before_what_the_file_says():
    given = Given(genre="filing", issued_by="Orrow County", outlet="Court records", as_version_of="a" * 20)
    article = only(read_bytes(STORY.encode(), "mill.txt", given))
    assert (article.genre, article.issued_by, article.outlet, article.id) == (
        "filing",
        "Orrow County",
        "Court records",
        "a" * 20,
    )


def test_an_address_names_an_article_whatever_follows_it():
    one = only(
        read_bytes(b'{"text": "It closed.", "url": "https://www.orrow.example/mill/?utm_source=x#top"}', "a.jsonl")
    )
    two = only(read_bytes(b'{"text": "It has closed.", "url": "http://orrow.example/mill"}', "b.jsonl"))
    assert one.id == two.id == article_id("https://orrow.example/mill", None, None, None, "")
    assert one.version != two.version


PAGE = """<!DOCTYPE html><html lang="en"><head><title>Mill closes</title>
<meta property="og:site_name" content="The Orrow Gazette">
<meta property="article:published_time" content="2031-03-04T09:00:00+01:00">
<meta name="author" content="Ada Brandt"><link rel="canonical" href="https://orrow.example/mill"></head><body>
<nav><a href="/">Home</a> <a href="/sport">Sport</a></nav><article><h1>Mill closes</h1>
<figure><img src="x.jpg"><figcaption>The mill in May. Photograph: Bo Lind</figcaption></figure>
<p>The mill at Orrow closes in May, said Ada Brandt, its owner, in a letter to the forty people who work there.</p>
<p>“We have no orders,” Brandt wrote to them. <script>alert(1)</script>The letter was read out on Monday morning.</p>
<p>The mill was built in 1911 and has been sold four times since, each time for less than the time before.</p>
<p>The union said that it would ask the county to buy the building and the land on which it stands.</p>
</article><aside><h2>Related stories</h2><a href="/a">Mill for sale</a></aside></body></html>"""


def test_the_article_of_a_page_comes_without_what_surrounds_it():
    article = only(read_bytes(PAGE.encode(), "mill.html"))
    assert article.text.startswith("Mill closes\n\nThe mill at Orrow closes in May")
    assert "alert" not in article.text
    assert "Sport" not in article.text
    assert (article.title, article.outlet, article.authors) == ("Mill closes", "The Orrow Gazette", ("Ada Brandt",))
    assert (article.published_at, article.url) == ("2031-03-04T08:00:00Z", "https://orrow.example/mill")
    captions = [part.span.of(article.text) for part in article.parts if part.part == "caption"]
    assert captions == ["The mill in May. Photograph: Bo Lind"]


@pytest.mark.parametrize("cut", [200, 700, 1200])
def test_a_page_cut_short_is_an_article_or_an_error_of_ours(cut: int):
    (item,) = read_bytes(PAGE.encode()[:cut], "mill.html")
    assert isinstance(item, Article | Unread)


def test_nested_and_hostile_html_ends_in_an_article_or_an_error_of_ours():
    for page in ("<div>" * 5000 + "It closed.", "<html>" + "<b" * 20000, "<html><body>\x00<p>It closed.</p>"):
        (item,) = read_bytes(page.encode(), "hostile.html")
        assert isinstance(item, Article | Unread)


def test_a_pdf_keeps_where_its_pages_begin():
    article = only(read_path(Path(__file__).parent.parent / "samples/files/interim-note.pdf"))
    assert article.text[article.pages[1] :].startswith("2. What has not been established")
    assert "says what the inquiry has established" in article.text  # a line break inside a paragraph is a space


def test_pages_without_text_are_counted():
    from io import BytesIO

    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter()
    writer.append(PdfReader(Path(__file__).parent.parent / "samples/files/interim-note.pdf"))
    writer.insert_blank_page(index=1)
    out = BytesIO()
    writer.write(out)
    assert only(read_bytes(out.getvalue(), "scan.pdf")).pages_not_read == (2,)


def test_readings_come_through_as_they_are(nlp: object):
    from ingest.formats.jsonl import to_json
    from ingest.pipeline import read_articles

    (reading,) = read_articles([only(read_bytes(STORY.encode(), "mill.txt"))], nlp)  # type: ignore[arg-type]
    (again,) = read_bytes(json.dumps(to_json(reading)).encode(), "readings.jsonl")
    assert again == reading


class Endless:
    """A stream of JSON Lines that is not to be read beyond what is asked for."""

    def __init__(self) -> None:
        self.given = 0

    def __iter__(self) -> Endless:
        return self

    def __next__(self) -> bytes:
        self.given += 1
        assert self.given < 4, "read further than it was asked to"
        return b'{"text": "The mill closes in May."}\n' if self.given > 1 else b"\n"


def test_lines_from_standard_input_are_articles_as_they_come(monkeypatch: pytest.MonkeyPatch):
    stream = Endless()
    monkeypatch.setattr("sys.stdin", type("Stdin", (), {"buffer": stream}))
    articles = read_paths(["-"])
    for given in (2, 3):
        article = next(articles)
        assert isinstance(article, Article)
        assert (article.text, stream.given) == ("The mill closes in May.", given)
