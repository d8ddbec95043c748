"""Sourcing and dispute marks, each with its rule."""

from __future__ import annotations

from typing import Any

import pytest
from telling import say, tell, written

from graph.dossier import open_store
from graph.model import Node
from ingest.model import Reading

STOPPED = "Halden Robotics stopped Sorter 9"
SAID = tell(say(STOPPED, "Mara Lindqvist"))


def claim(*readings: Reading, wording: str = STOPPED) -> Node:
    with open_store("memory://") as store:
        return written(store, *readings)[wording]


def marks(*readings: Reading, wording: str = STOPPED) -> tuple[str, ...]:
    found: Any = claim(*readings, wording=wording).properties.get("marks", ())
    return tuple(found)


def later(what: str = STOPPED, *by: str, outlet: str = "Tidewire", **fields: Any) -> Reading:
    return tell(say(what, *by, **fields), outlet=outlet, on="2031-03-06")


@pytest.mark.parametrize(
    ("readings", "sourcing"),
    [
        ((SAID, later(STOPPED, "Ada Quill")), "several_origins"),
        ((SAID, later(source_type="anonymous")), "one_origin"),
        ((later(source_type="anonymous"), later(outlet="North Post")), "unnamed_only"),
        ((later(),), "no_source_found"),
        ((later(source_type="agentless"),), "no_source_found"),
        ((later(STOPPED, "Ada Quill", stance="denies"),), "only_against"),
        ((later(STOPPED, "Ada Quill", stance="denies"), later()), "no_source_found"),
        ((later(source_type="group", stance="doubts"),), "no_source_found"),
        ((later(source_type="named"),), "unclear"),
        ((later(source_type="document"), later(source_type="anonymous", outlet="North Post")), "unnamed_only"),
    ],
)
def test_sourcing_is_the_first_that_holds(readings: tuple[Reading, ...], sourcing: str) -> None:
    found = claim(*readings).properties
    assert found["sourcing"] == sourcing
    assert str(found["rule"]).endswith(".")


def test_who_is_only_against_it_is_named() -> None:
    doubt = later(STOPPED, "Orrin Labs", stance="doubts", outlet="North Post")
    found = claim(later(STOPPED, "Ada Quill", stance="denies"), doubt)
    assert found.properties["opponents"] == ("Ada Quill", "Orrin Labs")
    assert "origin_names" not in found.properties
    assert "opponents" not in claim(SAID, later(STOPPED, "Ada Quill", stance="denies")).properties


def test_an_attribution_right_before_it_makes_a_writer_s_sentence_unclear() -> None:
    text = f"Ada Quill said Orrin Labs lost its licence. {STOPPED}. It rained. Mara Lindqvist left Orrin Labs."
    reading = tell(
        say("Orrin Labs lost its licence", "Ada Quill"), say(STOPPED), say("Mara Lindqvist left Orrin Labs"), text=text
    )
    assert claim(reading).properties["sourcing"] == "unclear"
    assert claim(reading, wording="Mara Lindqvist left Orrin Labs").properties["sourcing"] == "no_source_found"


@pytest.mark.parametrize(
    ("against", "expected"),
    [
        (later(STOPPED, "Halden Robotics", stance="denies"), ("denied",)),
        (later(STOPPED, "Tobias Renn", stance="denies", capacity="speaks_for"), ("denied",)),
        (later(STOPPED, "Halden Robotics", polarity="negative"), ("denied",)),
        (later(STOPPED, "Orrin Labs", stance="denies"), ("disputed",)),
        (later(STOPPED, "Ada Quill", stance="doubts"), ("disputed",)),
        (later(STOPPED, "Mara Lindqvist", stance="retracts"), ("retracted",)),
        (later(STOPPED, "The Ledger", source_type="outlet", stance="retracts", part="correction"), ("corrected",)),
        (later(STOPPED, "Halden Robotics", stance="confirms"), ("confirmed_by_subject",)),
        (later(STOPPED, "Halden Robotics", stance="declines_to_comment"), ()),
        (later(STOPPED, "Ada Quill", stance="questions"), ()),
        (later(source_type="agentless", stance="doubts"), ()),
        (later("any wrongdoing", "Halden Robotics", stance="denies", general=True), ()),
    ],
)
def test_who_speaks_against_it_decides_the_mark(against: Reading, expected: tuple[str, ...]) -> None:
    assert marks(SAID, against) == expected


def test_a_denial_from_before_it_was_said_marks_nothing() -> None:
    earlier = tell(say(STOPPED, "Halden Robotics", stance="denies"), outlet="Tidewire", on="2031-03-01")
    assert marks(SAID, earlier) == ()


def test_a_worker_s_employer_can_deny_what_is_said_of_her() -> None:
    jobs = {"Mara Lindqvist": ("director of Halden Robotics", "Halden Robotics")}
    said = tell(say("Mara Lindqvist deleted the logs", "Ada Quill"), say("Halden Robotics opened"), jobs=jobs)
    denial = tell(
        say("Mara Lindqvist deleted the logs", "Halden Robotics", stance="denies"), jobs=jobs, on="2031-03-07"
    )
    assert marks(said, denial, wording="Mara Lindqvist deleted the logs") == ("denied",)


def test_two_numbers_of_two_origins_dispute_each_other() -> None:
    one, other = "Sorter 9 cost 9 dollars", "Sorter 9 cost 70 dollars"
    said = tell(say(one, "Halden Robotics")), later(other, "Dale Orrick")
    assert marks(*said, wording=one) == ("disputed",)
    assert marks(*said, wording=other) == ("disputed",)


def test_a_comparison_qualifies_the_number_that_stands_before_it() -> None:
    number = "Sorter 9 cost less than 6 dollars"
    assert marks(tell(say(number), say("Sorter 9 must have cost much more")), wording=number) == ("qualified",)


def test_a_later_number_of_the_same_source_disputes_nothing() -> None:
    said = (
        tell(say("Halden Robotics lost 40 workers", "Ada Quill")),
        later("Halden Robotics lost 60 workers", "Ada Quill"),
    )
    assert marks(*said, wording="Halden Robotics lost 40 workers") == ()
    assert marks(*said, wording="Halden Robotics lost 60 workers") == ()


def test_a_mark_names_who_spoke_and_the_rule() -> None:
    with open_store("memory://") as store:
        written(store, SAID, later(STOPPED, "Tobias Renn", stance="denies", capacity="speaks_for"))
        with store.read() as tx:
            mark = next(e for e in tx.all_edges() if e.type == "MARKED_BY")
    assert mark.properties["by"] == ("Halden Robotics",)
    assert str(mark.properties["rule"]).startswith("Denied by one whom the claim is about")
