"""Names: what tells two people apart, what does not, and who of one name is one."""

from __future__ import annotations

import pytest
from spacy.language import Language

from graph.derive.names import body_key, compare, is_acronym, may_be_one, name_key, read_person
from graph.derive.outlets import brand_of, is_one_house
from graph.derive.people import Bearer, join_people
from graph.derive.ties import unite_names
from ingest.model import Referent
from ingest.pipeline import read_articles
from ingest.referents.bodies import country_key
from tests.factory import make_article


@pytest.mark.parametrize(
    ("one", "other", "how"),
    [
        ("Mara Lindqvist", "Mara Lindqvist", "same"),
        ("Dr. José Ruiz", "Jose Ruiz", "same"),
        ("Anne-Marie O’Dell", "Anne Marie O'Dell", "same"),
        ("Mara Lindqvist", "Mara T. Lindqvist", "longer"),
        ("Mara Ilse Lindqvist", "Mara Lindqvist", "longer"),
        ("M. I. Lindqvist", "Mara Ilse Lindqvist", "initials"),
        ("M.I. Lindqvist", "Mara Lindqvist", "initials"),
        ("Lindqvist", "Mara Lindqvist", "surname"),
        ("Tobias Renn Jr.", "Tobias Renn", "open"),
        ("Tobias Renn Jr.", "Tobias Renn Sr.", "other"),
        ("Tobias Renn II", "Tobias Renn III", "other"),
        ("Mara B. Lindqvist", "Mara D. Lindqvist", "other"),
        ("Mara Ilse Lindqvist", "Mara Jean Lindqvist", "other"),
        ("M. Lindqvist", "Tobias Lindqvist", "other"),
        ("Mara Lindqvist", "Maren Lindqvist", "other"),
    ],
)
def test_what_two_names_of_people_have_in_common(one: str, other: str, how: str) -> None:
    assert compare(read_person(one), read_person(other)) == how
    assert compare(read_person(other), read_person(one)) == how
    assert may_be_one(one, other) is (how != "other")


def test_a_body_is_known_by_its_name_without_form_points_and_accents() -> None:
    assert body_key("The Halden Robotics, Inc.") == body_key("Halden Robotics")
    assert body_key("U.S. Robótics S.A.") == body_key("US Robotics")
    assert body_key("Agence Halden-Presse") == body_key("Agence Halden Presse")
    assert body_key("Halden Fund 3") != body_key("Halden Fund 4")


def test_people_of_one_surname_and_first_letter_are_looked_at_together() -> None:
    keys = {name_key(Referent("r", name, "person")) for name in ("Mara Lindqvist", "Mara T. Lindqvist", "M. Lindqvist")}
    assert keys == {"person|m lindqvist"}


def test_letters_are_short_for_a_name_that_they_begin() -> None:
    assert is_acronym("BRA", "Bridge and Rail Authority")
    assert is_acronym("HDO", "HDO Unibank")
    assert not is_acronym("HDO", "Harbour Office")
    assert not is_acronym("Harbour", "Harbour Office")


def joined(*people: tuple[str, str]) -> list[tuple[str, ...]]:
    """The clusters of people with these names, each with what its article tells of it."""
    bearers = {f"r{n}": Bearer(read_person(name)) for n, (name, _) in enumerate(people)}
    clusters, _ = join_people(bearers, {f"r{n}": {told} for n, (_, told) in enumerate(people)})
    return clusters


def test_a_longer_name_joins_where_something_else_agrees() -> None:
    assert joined(("Mara Lindqvist", "0 Sorter 9"), ("Mara T. Lindqvist", "0 Sorter 9")) == [("r0", "r1")]


def test_bare_initials_ask_for_more_than_company() -> None:
    assert joined(("Mara Lindqvist", "0 Sorter 9"), ("M. Lindqvist", "0 Sorter 9")) == [("r0",), ("r1",)]
    assert joined(("Mara Lindqvist", "2 halden"), ("M. Lindqvist", "2 halden")) == [("r0", "r1")]


def test_an_initial_that_fits_two_who_are_two_joins_neither() -> None:
    people = [("M. Lindqvist", "2 halden"), ("Mara Lindqvist", "2 halden"), ("Maren Lindqvist", "2 halden")]
    assert joined(*people) == [("r0",), ("r1",), ("r2",)]


def test_other_second_names_are_two_whatever_they_share_and_no_third_joins_them() -> None:
    people = [("Mara B. Lindqvist", "2 halden"), ("Mara D. Lindqvist", "2 halden"), ("Mara Lindqvist", "2 halden")]
    assert joined(*people) == [("r0",), ("r1",), ("r2",)]


def test_what_may_be_one_and_what_is_known_to_be_two_are_told_apart() -> None:
    names = ("Mara Lindqvist", "M. Lindqvist", "Maren Lindqvist")
    bearers = {f"r{n}": Bearer(read_person(name)) for n, name in enumerate(names)}
    _, links = join_people(bearers, {})
    assert {(link.start, link.end, link.state) for link in links} == {
        ("r0", "r1", "suggested"), ("r1", "r2", "suggested"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Halden", "Halden Law", True),
        ("Halden", "BNN Halden", True),
        ("HNN", "HNN Portugal", True),
        ("The Star", "Bay Star", False),
        ("Tarn Herald", "Tarn Gazette", False),
        ("York Ledger", "New York Ledger", False),
        ("Tarn Herald", "The Tarn Herald", True),
    ],
)
def test_outlets_of_one_house_share_its_name(one: str, other: str, same: bool) -> None:
    assert is_one_house(brand_of(one, ()), brand_of(other, ())) is same


def test_a_house_that_the_lexicon_knows_is_called_as_there() -> None:
    assert is_one_house(brand_of("Halden News", ["body|=halden"]), brand_of("Halden Law", ()))
    assert not is_one_house(brand_of("Halden News", ()), brand_of("Halden Law", ()))


def test_a_bare_surname_joins_the_only_one_who_has_enough_in_common_with_it() -> None:
    dale, alone = ("Dale Orrick", {"0 halden", "0 sorter 9"}), ("Orrick", {"0 halden", "0 sorter 9"})
    assert told(dale, alone) == [("r0", "r1")]
    assert told(dale, ("Orrick", {"0 halden"})) == [("r0",), ("r1",)]
    assert told(dale, alone, ("Ada Orrick", {"0 halden"})) == [("r0",), ("r1",), ("r2",)]
    assert told(("Dale Orrick", {"2 halden"}), ("Orrick", {"2 halden"})) == [("r0", "r1")]


def told(*people: tuple[str, set[str]]) -> list[tuple[str, ...]]:
    bearers = {f"r{n}": Bearer(read_person(name)) for n, (name, _) in enumerate(people)}
    return join_people(bearers, {f"r{n}": words for n, (_, words) in enumerate(people)})[0]


def test_letters_are_the_one_body_s_that_is_so_called() -> None:
    assert unite_names({"bridge authority": {"ba"}, "ba": set(), "bank": set()}) == [
        ("ba", "bridge authority"),
        ("bank",),
    ]
    assert unite_names({"bridge authority": {"ba"}, "bay area": {"ba"}, "ba": set()}) == [
        ("ba",), ("bay area",), ("bridge authority",),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Norwegian Food Agency", "norway-agency-food"),
        ("Food Agency of Norway", "norway-agency-food"),
        ("Norway’s Food Agency", "norway-agency-food"),
        ("South Korean police", "south-korea-police"),
        ("Food Agency", None),
    ],
)
def test_a_country_s_body_is_one_however_its_country_is_put(name: str, key: str | None) -> None:
    assert country_key(name, "government") == key
    assert country_key(name, "company") is None


def test_a_bare_name_is_the_firms_or_its_founders_by_who_was_introduced(nlp: Language):
    firm = "Dunmore Works lied, the mayor said. Dunmore said it told the truth. Its founder, Leo Dunmore, left."
    man = "Leo Dunmore left the firm in May. Dunmore said he was tired."
    both = "Leo Dunmore of Dunmore Works met the mayor. Dunmore said the steel was sound."
    for text, who in ((firm, ["Dunmore Works"]), (man, ["Leo Dunmore"]), (both, [])):
        (reading,) = read_articles([make_article(text)], nlp)
        names = {r.id: r.name for r in reading.referents}
        said = next(a for a in reading.assertions if a.source and a.source[0].of(text) == "Dunmore")
        assert [names[s.referent] for s in said.sources] == who
