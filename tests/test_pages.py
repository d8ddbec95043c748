"""Web pages: when they say that they were published, in which encoding they are, who signs."""

from __future__ import annotations

import pytest

from ingest.formats.articles import read_bytes
from ingest.formats.bylines import read_byline
from ingest.formats.charset import decode_page
from ingest.formats.language import detect_language
from ingest.model import Article

STORY = """<p>“We have no orders,” said Ada Brandt, the owner of the mill at Orrow, in a letter to its people.</p>
<p>The mill was built in 1911 and has been sold four times since, the last time on 2 May 2019, for less.</p>
<p>The union said that it would ask the county to buy the building and the land on which it stands.</p>"""
LINKED = '<script type="application/ld+json">{}</script>'


def page(head: str = "", above: str = "", foot: str = "") -> str:
    return (
        f'<!doctype html><html lang="en"><head><title>Mill closes</title>{head}</head><body>'
        f'<header><a href="/">Home</a></header><article><h1>Mill closes</h1>{above}{STORY}</article>'
        f"{foot}</body></html>"
    )


def read(content: str | bytes) -> Article:
    (item,) = read_bytes(content.encode() if isinstance(content, str) else content, "mill.html")
    assert isinstance(item, Article), item
    return item


MARCH = "2031-03-04T09:00:00Z"
STATED = {
    "JSON-LD": page(LINKED.format('{"@type": "NewsArticle", "datePublished": "2031-03-04T10:00:00+01:00"}')),
    "JSON-LD in a graph": page(
        LINKED.format('{"@graph": [{"@type": "Page"}, {"@type": "NewsArticle", "datePublished": "2031-03-04T09:00Z"}]}')
    ),
    "JSON-LD of several articles, one with this headline": page(
        LINKED.format(
            '[{"@type": "NewsArticle", "headline": "Goat found", "datePublished": "2029-01-01"},'
            '{"@type": "NewsArticle", "headline": "Mill closes", "datePublished": "2031-03-04T09:00:00Z"}]'
        )
    ),
    "JSON-LD that is broken, then a tag": page(
        LINKED.format('{"@type": "NewsArticle", }')
        + '<meta property="article:published_time" content="2031-03-04T09:00:00Z">'
    ),
    "a tag": page('<meta property="article:published_time" content="2031-03-04T09:00:00.000Z">'),
    "a tag in other letters": page('<meta name="DC.Date.Issued" content="2031-03-04T09:00:00+00:00">'),
    "a tag with the date of a mail": page('<meta name="pubdate" content="Tue, 04 Mar 2031 10:00:00 +0100">'),
    "a property of the article": page(
        above='<span itemprop="datePublished" content="2031-03-04T09:00:00Z">4 March</span>'
    ),
    "a time that says published, beside one that says updated": page(
        above='<p>Updated <time datetime="2031-04-01T09:00:00Z">1 April</time> '
        'Published <time datetime="2031-03-04T09:00:00Z">4 March</time></p>'
    ),
    "a time in the byline": page(
        above='<div class="byline">By Ada Lind <time datetime="2031-03-04T09:00:00Z">4 March</time></div>'
    ),
    "the old mark of a time": page(above='<time pubdate datetime="2031-03-04T09:00:00Z">4 March</time>'),
    "words of the page": page(above="<p>Published: 4 March 2031, 09:00 GMT</p>"),
}  # fmt: skip
UNSTATED = {
    "a teaser's time": page(foot='<aside><time datetime="2030-11-02">2 Nov</time> Bakery fire</aside>'),
    "another story in a list": page(foot='<section><time datetime="2030-11-02">2 Nov</time> Bakery fire</section>'),
    "a day of the story": page(),
    "when it was changed": page('<meta property="article:modified_time" content="2031-04-01T09:00:00Z">'),
    "an update only": page(above='<p>Last updated <time datetime="2031-04-01T09:00:00Z">1 April</time></p>'),
    "the copyright": page(foot="<footer>© 2030 The Orrow Gazette</footer>"),
    "an event that it announces": page(LINKED.format('{"@type": "Event", "datePublished": "2031-05-01"}')),
    "a year and no day": page('<meta name="date" content="2031">'),
}


@pytest.mark.parametrize("layout", STATED)
def test_a_page_says_when_it_was_published(layout: str):
    assert read(STATED[layout]).published_at == MARCH


@pytest.mark.parametrize("layout", UNSTATED)
def test_a_date_that_is_not_said_to_be_of_publication_is_none(layout: str):
    assert read(UNSTATED[layout]).published_at is None


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("", "utf-8"),
        ("", "cp1252"),
        ("", "utf-16"),
        ("", "utf-8-sig"),
        ('<meta charset="iso-8859-1">', "cp1252"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=ISO-8859-1">', "utf-8"),
        ('<meta charset="utf-8">', "cp1252"),
        ('<meta charset="no-such-charset">', "utf-8"),
        ('<meta charset="hex">', "cp1252"),
    ],
)
def test_the_quotation_marks_of_a_page_are_read_whatever_it_says_of_itself(declared: str, encoding: str):
    assert "“We have no orders,” said" in read(page(declared).encode(encoding)).text


def test_another_alphabet_is_read_as_the_page_declares():
    assert "завод" in decode_page('<meta charset="windows-1251"><p>завод</p>'.encode("cp1251"))
    assert "工場" in decode_page('<meta charset="shift_jis"><p>工場</p>'.encode("shift_jis"))


@pytest.mark.parametrize(
    ("words", "authors", "outlets"),
    [
        ("By Ada Lind and Bo Rask", ("Ada Lind", "Bo Rask"), ()),
        ("ADA LIND", ("Ada Lind",), ()),
        ("Ada Lind, Education Correspondent", ("Ada Lind",), ()),
        ("News Desk", (), ()),
        ("Staff and agencies", (), ()),
        ("Reuters and Ada Lind", ("Ada Lind",), ("Reuters",)),
        ("https://orrow.example/people/lind", (), ()),
        ("Ada Lind ada@orrow.example", ("Ada Lind",), ()),
        ("Our Political Editor", (), ()),
    ],
)
def test_a_desk_signs_for_nobody(words: str, authors: tuple[str, ...], outlets: tuple[str, ...]):
    byline = read_byline(words)
    assert (byline.authors, byline.outlets) == (authors, outlets)


def test_an_agency_among_the_authors_is_credited():
    article = read(page('<meta name="author" content="Reuters, Ada Lind">'))
    assert (article.authors, article.credits) == (("Ada Lind",), ("Reuters",))


@pytest.mark.parametrize(
    ("flash", "language"),
    [
        ("Ingrid Solvang says Orrow Mills paid Bjarne Moen.", "en"),
        ("Juan Echeverria accused Pilar Delgado.", "en"),
        ("Il sindaco nega tutto ai giornalisti di Orrow.", "it"),
        ("Der Stadtrat verkauft den Hafen.", "de"),
        ("El banco niega las pérdidas.", "es"),
    ],
)
def test_a_short_flash_of_names_is_english_where_more_of_its_words_are(flash: str, language: str):
    assert detect_language(flash) == language
