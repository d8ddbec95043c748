"""The lexicon of names as an editor may leave it."""

from __future__ import annotations

import pytest

from ingest.model import fold, referent_id
from ingest.referents.checking import check_lexicon, find_circles, find_lookalikes, find_shared
from ingest.referents.known import Entry


def test_the_word_lists_as_they_stand_can_be_used():
    assert list(check_lexicon()) == []


def test_an_alias_of_two_owners_is_told():
    found = {"a": Entry("a", "Halden", "company"), "b": Entry("b", "Halden Oy", "company", aliases=("Halden",))}
    (fault,) = find_shared(found)
    assert "'Halden' is said to be a and b" in fault


@pytest.mark.parametrize(
    ("makers", "words"),
    [({"a": "b", "b": "a"}, "made by itself"), ({"a": "a"}, "made by itself"), ({"a": "nobody"}, "there is no entry")],
)
def test_a_circle_of_makers_and_one_that_is_not_there_are_told(makers: dict[str, str], words: str):
    found = {key: Entry(key, key, "product", maker=maker) for key, maker in makers.items()}
    faults = list(find_circles(found))
    assert faults
    assert all(words in fault for fault in faults)


@pytest.mark.parametrize("name", ["H\u0430lden", "Hal\u200bden", "\u202eHalden"])
def test_names_that_look_like_others_are_told(name: str):
    assert list(find_lookalikes({"a": Entry("a", name, "company")}))


def test_what_cannot_be_seen_makes_no_other_thing():
    assert fold("Hal\u200bden \u202aRobotics\u202c") == fold("Halden Robotics")
    assert referent_id("x", "company", "Hal\u00adden") == referent_id("x", "company", "Halden")
