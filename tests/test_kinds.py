"""What an article speaks of: whole names, each of one kind, and no common word for one."""

from __future__ import annotations

import pytest
from spacy.language import Language

from ingest.formats.extract import Extract, to_article
from ingest.formats.metadata import Metadata
from ingest.referents.entities import find_mentions


def kinds(nlp: Language, text: str, outlet: str = "Orrow Gazette") -> dict[str, str]:
    """Name → kind of everything that the text names, its own outlet left out."""
    article = to_article(Extract(text, "test", Metadata(title="Notes", outlet=outlet)))
    found = find_mentions(article, nlp(article.text)).referents
    return {r.name: r.kind for r in found if r.name != outlet}


@pytest.mark.parametrize(
    "text",
    [
        "The mill burnt.\n\nFirefighters said the roof had gone.",
        "The mill burnt. Locksmiths said the door was never shut.",
        "The mill burnt. Federal investigators said the door was shut.",
        "The mill burnt. Terms of the sale were not told.",
    ],
)
def test_a_common_word_at_the_start_of_a_sentence_names_nothing(nlp: Language, text: str):
    assert kinds(nlp, text) == {}


def test_what_cannot_speak_and_yet_says_something_is_a_surname(nlp: Language):
    assert "Woods" in kinds(nlp, "The mill burnt. Woods said that he had seen it.")


def test_a_name_right_under_a_headline_of_one_word_is_whole(nlp: Language):
    assert kinds(nlp, "Notice\n\nRosalind Marsh said the mill had burnt. It was old.") == {"Rosalind Marsh": "person"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It rained. Treasurer Dana Marsh said the fund was lost.", {"Dana Marsh": "person"}),
        ("It rained. Beekeeper Nils Arden said the hives were lost.", {"Nils Arden": "person"}),
        ("It rained. Water Minister Colm Aske said the dam was old.", {"Colm Aske": "person"}),
        ("It rained. Mines and Energy Minister Colm Aske said the dam was old.", {"Colm Aske": "person"}),
        ("The mill’s Chief Risk Officer, Ida Strom, said that the loom was old.", {"Ida Strom": "person"}),
        ("The town’s Head of Planning, Ida Strom, said that the mill was old.", {"Ida Strom": "person"}),
        ("The mill’s Chief Risk Officer said that the loom was old.", {}),
    ],
)
def test_an_office_is_no_name_and_no_part_of_one(nlp: Language, text: str, found: dict[str, str]):
    assert kinds(nlp, text) == found


def test_what_is_a_job_elsewhere_is_a_first_name_where_it_stands_alone(nlp: Language):
    found = kinds(nlp, "The road was shut. Deacon Wells said the mill was weak. Deacon has lived there since May.")
    assert found["Deacon Wells"] == "person"


@pytest.mark.parametrize(
    "text",
    [
        "“I never saw the letter,” Trevan said on Tuesday.",
        "“The mill was empty,” Trevan said. Trevan, 54, had worked there.",
        "Trevan told the court that he had signed twice.",
        "“The stove is ours,” said “Trevan,” who has lived there for a year.",
        "A man known as “Trevan” said that the vans were stolen.",
    ],
)
def test_a_bare_name_is_a_person_where_it_says_i_has_an_age_or_is_he(nlp: Language, text: str):
    assert kinds(nlp, text) == {"Trevan": "person"}


@pytest.mark.parametrize(
    "text", ["“We have paid,” Trevan said in a statement. Trevan makes glass.", "Trevan shares fell on Monday."]
)
def test_a_bare_name_that_says_we_or_has_shares_is_a_company(nlp: Language, text: str):
    assert kinds(nlp, text) == {"Trevan": "company"}


@pytest.mark.parametrize("outlet", ["CNN Portugal", "Wall Street Journal Asia", "Radio Nigeria"])
def test_an_outlet_with_a_country_in_its_name_is_no_country(nlp: Language, outlet: str):
    assert kinds(nlp, f"{outlet} said that two mills would close.") == {outlet: "outlet"}


def test_a_body_named_after_others_is_one_thing(nlp: Language):
    assert kinds(nlp, "It rained. Bank of the Western Reaches said that the loan was paid.") == {
        "Bank of the Western Reaches": "company"
    }


def test_a_nickname_inside_a_name_is_part_of_it(nlp: Language):
    assert list(kinds(nlp, "Ewan “Chalky” Marsh said that the horse was lame.").values()) == ["person"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The mill at Dresden was sold. Dresden is far.", {"Dresden": "place"}),
        ("The Philippine mill was sold by a Filipina lawyer.", {}),
        ("Critics said Central bank officials broke their Terms of Service.", {}),
        ("The mill runs a loom watching system (LWS).", {}),
        ("The price was S$2.97 billion.", {}),
        ("It was sold by Bank of the Philippine Islands on Monday.", {"Bank of the Philippine Islands": "company"}),
        ("The mill was sold by Jan Brandt on 4 Jan 2031.", {"Jan Brandt": "person"}),
    ],
)
def test_places_and_what_is_of_them_and_words_that_only_have_a_capital(nlp: Language, text: str, found: dict[str, str]):
    assert kinds(nlp, text) == found


def test_a_headline_in_capitals_names_nothing_by_itself(nlp: Language):
    assert kinds(nlp, "Can the Pot Sue the Kettle?\n\nIt rained.") == {}
    assert kinds(nlp, "REUTERS\n\nIt rained.", outlet="Orrow Post") == {"Reuters": "outlet"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Old Hands Help the Mill Find New Looms.\n\nIt rained on Monday in the town.", {}),
        ("It was said in a Tweet that the Gap was wide.", {}),
        ("Target said it would close forty shops.", {"Target": "company"}),
        ("A looms man from Vermont spoke to Ada Lind (D-Mont.) in Ashby, Md., on Monday.", {
            "Vermont": "place", "Ada Lind": "person", "Ashby": "place",
        }),
        ("The Fair Weaving Act was passed on Monday.", {"Fair Weaving Act": "document"}),
        ("He wrote <b>before.@orrow about it.", {}),
    ],
)  # fmt: skip
def test_common_words_with_capitals_name_nothing_unless_something_says_so(
    nlp: Language, text: str, found: dict[str, str]
):
    assert kinds(nlp, text) == found


def test_a_thousand_words_with_capitals_are_no_name(nlp: Language):
    assert all(len(name) < 300 for name in kinds(nlp, "It rained. " + "Halden Corvane " * 700 + "said so."))
