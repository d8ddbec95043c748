"""Same claim, same referent, other number: what joins and what blocks."""

from __future__ import annotations

import pytest
from telling import say, tell

from graph.derive.contents import content_of
from graph.derive.entities import derive_block
from graph.derive.keys import keys_of
from graph.derive.matching import Figure, find_beside, find_makers, relate_figures
from graph.derive.names import name_key
from ingest.model import Bound, Quantity, Reading, Referent


def exact_keys(*readings: Reading) -> list[str]:
    """The x: key of each assertion, in the order of telling."""
    return [
        key
        for reading in readings
        for a in reading.assertions
        for key in keys_of(reading)[a.id]
        if key.startswith("x:")
    ]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Halden Robotics had stopped Sorter 9", "Halden Robotics stopped Sorter 9", True),
        ("Halden Robotics stopped Sorter 9", "Orrin Labs stopped Sorter 9", False),
        ("Halden Robotics sued Orrin Labs", "Orrin Labs sued Halden Robotics", False),
        ("Halden Robotics lost 40 workers", "Halden Robotics lost 60 workers", False),
        ("Halden Robotics lost 40 workers", "Halden Robotics lost 40 contracts", False),
        ("it stopped", "it stopped", False),  # of what, only its article says
    ],
)
def test_equal_keys_mean_the_same_claim(one: str, other: str, same: bool) -> None:
    keys = exact_keys(tell(say(one), title="one"), tell(say(other), title="other", outlet="Tidewire"))
    assert (keys[0] == keys[1]) is same


def test_what_will_be_is_not_what_was() -> None:
    was = tell(say("Halden Robotics stopped Sorter 9"))
    will_be = tell(say("Halden Robotics stopped Sorter 9", modality="is_meant"), outlet="Tidewire")
    assert len(set(exact_keys(was, will_be))) == 2


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("The Ledger", "outlet"), ("Ledger", "organization"), True),
        (("Halden Robotics Inc.", "company"), ("Halden Robotics", "organization"), True),
        (("Sorter 9", "product"), ("Sorter 8", "product"), False),
        (("Halden", "place"), ("Halden", "company"), False),
        (("Dr. Ada Quill", "person"), ("Ada Quill", "person"), True),
        (("the office", "organization"), ("the office", "company"), False),
        (("report of 10 March", "document"), ("report of 10 March", "document"), False),
    ],
)
def test_names_join_by_key(one: tuple[str, str], other: tuple[str, str], same: bool) -> None:
    keys = [name_key(Referent(f"r{n}", name, kind)) for n, (name, kind) in enumerate((one, other))]  # type: ignore[arg-type]
    assert (keys[0] == keys[1]) is same


def people(*keys: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The entities of people of one name, whose articles give them these keys."""
    referents = {f"r{n}": Referent(f"r{n}", "Dale Orrick", "person") for n in range(len(keys))}
    block = derive_block({"person|d orrick": referents}, {f"r{n}": key for n, key in enumerate(keys)})
    return [e.members for e in block.entities]


def test_people_are_one_only_where_their_articles_share_something_else() -> None:
    assert people(("ev:0 Orrin Labs",), ("ev:0 Orrin Labs",), ("ev:0 Tidewire",)) == [("r0", "r1"), ("r2",)]


def test_other_employers_keep_people_of_one_name_apart_whatever_else_they_share() -> None:
    labs, board = ("job:body|orrin labs", "ev:0 Sorter 9"), ("job:body|safety board", "ev:0 Sorter 9")
    assert people(labs, board) == [("r0",), ("r1",)]


def test_other_work_keeps_people_of_one_name_apart_where_no_employer_is_told() -> None:
    lawyer, nurse = ("role:lawyer", "ev:0 Sorter 9"), ("role:nurse", "job:body|safety board", "ev:0 Sorter 9")
    assert people(lawyer, nurse) == [("r0",), ("r1",)]
    assert people(lawyer, lawyer) == [("r0", "r1")]


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("chief scientist of Orrin Labs", {"job:body|orrin labs", "role:leader"}),
        ("spokeswoman for Orrin Labs", {"job:body|orrin labs", "role:spokes"}),
        ("lawyer at the firm Quill & Renn", {"job:body|quill & renn", "role:lawyer"}),
        ("former engineer at Orrin Labs", set()),
    ],
)
def test_what_a_role_tells_of_a_job(role: str, expected: set[str]) -> None:
    reading = tell(say("Mara Lindqvist left"), jobs={"Mara Lindqvist": (role, "Orrin Labs")})
    keys = next(keys_of(reading)[r.id] for r in reading.referents)
    assert {key for key in keys if key.startswith(("job:", "role:"))} == expected


def test_what_two_namesakes_share_tells_a_third_from_neither() -> None:
    labs, board = ("job:body|orrin labs", "ev:0 Sorter 9"), ("job:body|safety board", "ev:0 Sorter 9")
    assert people(labs, board, ("ev:0 Sorter 9",)) == [("r0",), ("r1",), ("r2",)]


def figure(claim: str, value: float, origin: str | None, on: str, bound: Bound = "exact") -> Figure:
    told = (Quantity(value, "USD", bound, f"{value:g}"),)
    (cost,) = tell(say("Sorter 9 cost dollars to build", quantities=told)).assertions
    content = content_of(cost, {cost.about[0]: "thing|sorter 9"}, "article")
    return Figure(claim, told, frozenset([origin or "outlet"]), bool(origin), content, on)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (figure("a", 9, "Halden", "2031-03-04"), figure("b", 70, "Orrick", "2031-03-05"), ("DISPUTES", "b", "a")),
        (figure("a", 9, "Halden", "2031-03-04"), figure("b", 70, "Orrick", "2031-05-05"), ("QUALIFIES", "b", "a")),
        (figure("a", 300, "Board", "2031-03-04"), figure("b", 900, "Board", "2031-03-05"), ("UPDATES", "b", "a")),
        (figure("a", 9, None, "2031-03-04"), figure("b", 70, "Orrick", "2031-03-05"), ("QUALIFIES", "b", "a")),
        (
            figure("a", 6, "Halden", "2031-03-04", "below"),
            figure("b", 5, "Orrick", "2031-03-05"),
            ("QUALIFIES", "b", "a"),
        ),
        (figure("a", 9, "Halden", "2031-03-04"), figure("b", 9, "Orrick", "2031-03-05"), None),
    ],
)
def test_what_one_number_does_to_another(one: Figure, other: Figure, expected: tuple[str, str, str] | None) -> None:
    found = relate_figures(one, other)
    assert (found and found[:3]) == expected
    assert relate_figures(other, one) == found


def test_a_comparison_qualifies_the_number_before_it() -> None:
    reading = tell(say("Sorter 9 cost less than 6 dollars"), say("Sorter 9 must have cost much more"))
    first, second = (a.id for a in reading.assertions)
    assert list(find_beside(reading)) == [(second, "QUALIFIES", first)]


def test_a_thing_belongs_to_the_maker_that_stands_before_it() -> None:
    reading = tell(say("Halden Robotics' new Sorter 9 failed"), say("Orrin Labs saw it"))
    names = {r.id: r.name for r in reading.referents}
    assert [(names[a], names[b]) for a, b in find_makers(reading)] == [("Sorter 9", "Halden Robotics")]


def test_a_confusion_of_kinds_does_not_split_a_claim() -> None:
    one = tell(say("Halden Robotics bought Orrin Labs"))
    other = tell(say("Halden Robotics bought Orrin Labs"), outlet="Tidewire", kinds={"Orrin Labs": "place"})
    assert len(set(exact_keys(one, other))) == 1


def test_no_name_in_the_words_binds_a_claim_to_its_article() -> None:
    reading = tell(say("it stopped"))
    content = content_of(reading.assertions[0], {}, reading.article.id)
    assert content.place == reading.article.id
