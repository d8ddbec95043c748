"""PDFs: words cut at line ends, running heads, columns, sentences that go on over the page."""

from __future__ import annotations

from pathlib import Path

from ingest.formats.articles import read_bytes, read_path
from ingest.formats.paper import unwrap
from ingest.model import Article
from tests.paper import column, pdf, rows

SAMPLE = Path(__file__).parent.parent / "samples" / "files" / "interim-note.pdf"
BODY = """The mill at Orrow closes in May, its owner wrote in a letter to the
forty people who work there, and the looms will be sold to a firm from
abroad. The county had offered to pay the rent for another two years."""

LEFT = """The mill at Orrow closes in May,
its owner wrote in a letter to
the people who work there, and
the looms will be sold to a firm
from abroad by the summer."""
RIGHT = """The county had offered to pay
the rent for two years more, but
the owner had never replied to
the offer, a clerk of the county
said on Monday in Orrow."""


def text_of(*pages: list[tuple[float, float, str]]) -> str:
    (item,) = read_bytes(pdf(pages), "mill.pdf")
    assert isinstance(item, Article), item
    return item.text


def test_a_word_cut_at_the_end_of_a_line_is_whole_again():
    text = text_of(
        column(
            "The owner of the mill at Orrow wrote that the infor-\nmation about the looms was never given to anybody."
        )
    )
    assert "that the information about the looms" in text


def test_a_word_that_has_a_hyphen_keeps_it():
    text = text_of(
        column(
            "The county wrote that a long-term lease was never offered, and that the long-\n"
            "term rent of the mill had been paid by a well-\nknown firm from abroad until the end of last year."
        )
    )
    assert "the long-term rent" in text
    assert "a well-known firm" in text


def test_a_name_with_a_hyphen_and_a_dash_at_the_end_of_a_line_stay():
    text = text_of(
        column(
            "The letter was signed by Ada Brandt-\nLind, the owner of the mill, and was sent to the\ncounty on Monday."
        )
    )
    assert "Ada Brandt-Lind, the owner" in text


def test_running_heads_and_page_numbers_are_no_words_of_the_story():
    def paper(number: int, words: str) -> list[tuple[float, float, str]]:
        return [(72, 780, "THE ORROW GAZETTE"), *column(words, top=740), (300, 30, f"Page {number} of 3")]

    text = text_of(paper(1, BODY), paper(2, BODY.replace("May", "June")), paper(3, BODY.replace("May", "July")))
    assert "GAZETTE" not in text
    assert "Page" not in text
    assert text.count("The mill at Orrow closes") == 3


def test_a_sentence_goes_on_over_the_page_and_the_page_begins_where_it_did():
    first = column(
        "The mill at Orrow closes in May, and the looms that were bought in\nthe spring will be sold to a firm that",
        top=740,
    )
    second = column("has its seat abroad. The county had offered to pay the rent for two\nyears more.", top=740)
    (item,) = read_bytes(pdf([first, second]), "mill.pdf")
    assert isinstance(item, Article)
    assert "sold to a firm that has its seat abroad." in item.text
    assert item.text[item.pages[1] :].startswith("has its seat abroad")


def test_columns_are_read_one_after_the_other():
    left = column(LEFT)
    right = column(RIGHT, x=330)
    for lines in (left + right, rows(left, right)):
        text = text_of(lines)
        assert "wrote in a letter to the people who work there, and the looms" in text
        assert "to pay the rent for two years more, but the owner had never replied" in text


def test_letters_that_are_set_as_one_are_two():
    assert unwrap("The \ufb01rm\u2019s of\ufb01ce was shut.") == "The firm\u2019s office was shut."


def test_the_sample_says_in_print_that_it_is_invented_though_each_page_bears_it():
    (article,) = read_path(SAMPLE)
    assert isinstance(article, Article)
    assert article.notice == "Invented sample: no person, company or outlet in it exists."
