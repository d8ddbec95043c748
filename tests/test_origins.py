"""Who first said it: relays, credits, copies, spokespeople and unnamed people, told claim by claim."""

from __future__ import annotations

from typing import Any

import pytest
from telling import say, tell, written

from graph.derive.matching import leads
from graph.dossier import open_store
from graph.model import Node
from ingest.model import Kind, Reading

STOPPED = "Halden Robotics stopped Sorter 9"
FIRM: dict[str, Kind] = {"Lindqvist": "company"}
NURSE = ("nurse at Safety Board", "Safety Board")
LOST = "Orrin Labs lost its licence"
WIRE = (
    "Somebody said {what}. The plant in the north went back to sorting by hand, as it had done before the arms came in "
    "spring, and the night shift stood at the gate in the rain and talked of little else until the morning came."
)


def claim(*readings: Reading, wording: str = STOPPED) -> Node:
    with open_store("memory://") as store:
        return written(store, *readings)[wording]


def origins(*readings: Reading, wording: str = STOPPED) -> tuple[Any, ...]:
    """Names of identified origins, then the range of unnamed ones."""
    f = claim(*readings, wording=wording).properties
    return (*f.get("origin_names", ()), (f["unnamed_low"], f["unnamed_high"]))


def test_a_person_is_one_origin_however_many_outlets_asked() -> None:
    asked = [
        tell(say(STOPPED, "Dale Orrick"), outlet=outlet, title=outlet, kinds={"Orrin Labs": "company"})
        for outlet in ("The Ledger", "Tidewire", "North Post")
    ]
    assert origins(*asked) == ("Dale Orrick", (0, 0))


def test_a_company_its_spokesman_and_its_document_are_one_origin() -> None:
    spokesman = tell(say(STOPPED, "Tobias Renn", capacity="speaks_for"), outlet="Tidewire")
    itself = tell(say(STOPPED, "Halden Robotics"))
    document = tell(
        say(STOPPED, "Halden Robotics", capacity="document_of", source_type="document"), outlet="North Post"
    )
    assert origins(spokesman, itself, document) == ("Halden Robotics", (0, 0))


def test_a_spokesman_by_his_title_speaks_for_the_company() -> None:
    assert origins(tell(say(STOPPED, "Tobias Renn"))) == ("Halden Robotics", (0, 0))


def test_a_worker_of_a_company_is_an_origin_of_her_own() -> None:
    jobs = {"Mara Lindqvist": ("engineer at Halden Robotics", "Halden Robotics")}
    assert origins(tell(say(STOPPED, "Mara Lindqvist"), jobs=jobs)) == ("Mara Lindqvist", (0, 0))


def test_unnamed_people_are_a_range_with_one_for_each_outlet_that_spoke_to_them() -> None:
    one = tell(say(STOPPED, source_type="anonymous"))
    other = tell(say(STOPPED, source_type="anonymous"), outlet="Tidewire")
    again = tell(say(STOPPED, source_type="anonymous"), on="2031-03-09")
    assert origins(one, other, again) == ((1, 2),)


def test_who_was_spoken_to_by_a_relayed_outlet_is_that_outlet_s() -> None:
    one = tell(say(STOPPED, source_type="anonymous"))
    relayed = tell(say(STOPPED, source_type="anonymous", hops=("The Ledger",)), outlet="Tidewire")
    assert origins(one, relayed) == ((1, 1),)


def test_an_outlet_is_an_origin_while_nothing_that_was_read_shows_its_own_source() -> None:
    relay = tell(say(STOPPED, "The Ledger", source_type="outlet"), outlet="Tidewire")
    original = tell(say(STOPPED, "Mara Lindqvist"))
    assert origins(relay) == ("The Ledger", (0, 0))
    assert origins(relay, original) == ("Mara Lindqvist", (0, 0))


def test_what_an_outlet_found_itself_is_its_own_though_it_asks_others_too() -> None:
    found = tell(say(STOPPED, "The Ledger", source_type="outlet"), say(f"{STOPPED} again", "Mara Lindqvist"))
    relay = tell(say(STOPPED, "The Ledger", source_type="outlet"), outlet="Tidewire")
    assert origins(found, relay) == ("The Ledger", (0, 0))


def test_a_document_that_nobody_is_said_to_have_issued_is_nobody_s() -> None:
    assert origins(tell(say(STOPPED, source_type="document"))) == ((0, 0),)


def test_a_source_whose_person_is_open_is_neither_unnamed_nor_the_outlet() -> None:
    assert origins(tell(say(STOPPED, source_type="named"))) == ((0, 0),)


def test_unnamed_people_are_as_many_as_their_outlet_counts() -> None:
    two = tell(say(STOPPED, source_type="anonymous", source_count=2))
    three = tell(say(STOPPED, source_type="anonymous", source_count=3), outlet="Tidewire")
    again = tell(say(STOPPED, source_type="anonymous"), outlet="Tidewire", on="2031-03-09")
    assert origins(two, three, again) == ((3, 5),)


def test_unnamed_people_in_copy_of_an_agency_spoke_to_the_agency() -> None:
    one = tell(say(STOPPED, source_type="anonymous"), credits=("(Tidewire)",))
    other = tell(say(STOPPED, source_type="anonymous"), outlet="North Post", credits=("(Tidewire)",))
    part = tell(say(STOPPED, source_type="anonymous"), outlet="Bay Post", credits=("Source: Tidewire",))
    assert origins(one, other) == ((1, 1),)
    assert origins(one, part) == ((1, 2),)


def test_people_of_one_name_not_known_to_be_two_are_one_at_least() -> None:
    kinds: dict[str, Kind] = {"Mara T. Lindqvist": "person"}
    one = tell(say(STOPPED, "Mara Lindqvist"), jobs={"Mara Lindqvist": ("lawyer at Orrin Labs", "Orrin Labs")})
    other = tell(say(STOPPED, "Mara T. Lindqvist"), outlet="Tidewire", kinds=kinds, jobs={"Mara T. Lindqvist": NURSE})
    found = claim(one, other).properties
    assert (found["sourcing"], found["origins_low"], found["origins_high"]) == ("one_origin", 1, 2)
    third = tell(say(STOPPED, "Mara D. Lindqvist"), outlet="North Post", kinds={"Mara D. Lindqvist": "person"})
    assert claim(one, other, third).properties["origins_low"] == 2


def test_who_leads_a_body_that_says_it_too_is_that_body() -> None:
    jobs = {"Mara Lindqvist": ("chief executive of Halden Robotics", "Halden Robotics")}
    leader, itself = tell(say(STOPPED, "Mara Lindqvist"), jobs=jobs), tell(say(STOPPED, "Halden Robotics"))
    assert origins(leader) == ("Mara Lindqvist", (0, 0))
    assert origins(leader, itself) == ("Halden Robotics", (0, 0))


def test_two_outlets_that_cite_each_other_are_no_origin() -> None:
    one = tell(say(STOPPED, "Tidewire", source_type="outlet"))
    other = tell(say(STOPPED, "The Ledger", source_type="outlet"), outlet="Tidewire")
    assert origins(one, other) == ((0, 0),)


@pytest.mark.parametrize(("basis", "expected"), [("witnessed", "The Ledger"), ("document", "The Ledger")])
def test_what_an_outlet_saw_makes_it_an_origin(basis: str, expected: str) -> None:
    assert origins(tell(say(STOPPED, basis=basis))) == (expected, (0, 0))


@pytest.mark.parametrize(
    "silent",
    [
        tell(say(STOPPED)),
        tell(say(STOPPED, source_type="agentless")),
        tell(say(STOPPED, source_type="group")),
        tell(say(STOPPED, "Mara Lindqvist", part="headline")),
        tell(say(STOPPED, basis="witnessed"), genre="opinion"),
        tell(say(STOPPED, "The Ledger", source_type="outlet", part="correction")),
        tell(say(STOPPED, "Mara Lindqvist", stance="questions")),
        tell(say(STOPPED, "Mara Lindqvist", stance="denies")),
    ],
)
def test_what_is_no_origin(silent: Reading) -> None:
    assert origins(silent) == ((0, 0),)


def test_a_copy_is_heard_as_its_original() -> None:
    text = WIRE.format(what=STOPPED)
    wire = tell(say(STOPPED, source_type="anonymous"), outlet="Tidewire", text=text)
    copy = tell(
        say(STOPPED, source_type="anonymous"), text=text + " (Tidewire)", on="2031-03-05", credits=("Tidewire",)
    )
    assert origins(wire, copy) == ((1, 1),)
    assert claim(wire, copy).properties["routes"] == ("Tidewire",)


def test_a_credit_is_a_possible_route_and_no_source() -> None:
    f = claim(tell(say(STOPPED), credits=("Tidewire",))).properties
    assert f["sourcing"] == "no_source_found"
    assert f["possible_routes"] == ("Tidewire",)
    assert "routes" not in f


def test_an_origin_that_the_claim_is_about_is_a_party() -> None:
    with open_store("memory://") as store:
        written(store, tell(say(STOPPED, "Tobias Renn"), say(STOPPED, "Mara Lindqvist")))
        with store.read() as tx:
            found = {e.properties["name"]: e.properties["party"] for e in tx.all_edges() if e.type == "ORIGINATES_FROM"}
    assert found == {"Halden Robotics": True, "Mara Lindqvist": False}


def test_who_made_a_thing_is_a_party_to_what_is_said_of_it() -> None:
    reading = tell(say("Sorter 9 costs 9 dollars", "Halden Robotics"), say("Halden Robotics’ Sorter 9 failed"))
    with open_store("memory://") as store:
        written(store, reading)
        with store.read() as tx:
            assert [e.properties["party"] for e in tx.all_edges() if e.type == "ORIGINATES_FROM"] == [True]


def test_outlets_that_had_it_first_hand_are_its_routes() -> None:
    asked = tell(say(LOST, "Mara Lindqvist"), outlet="Tidewire")
    relayed = tell(say(LOST, "Mara Lindqvist", hops=("Tidewire",)))
    issued = tell(say(LOST, "Orrin Labs", source_type="document"), genre="press_release", outlet="North Post")
    assert claim(asked, relayed, issued, wording=LOST).properties["routes"] == ("Tidewire",)


def test_a_house_that_shows_its_source_in_one_outlet_has_shown_it() -> None:
    relay = tell(say(STOPPED, "Tidewire", source_type="outlet"))
    sister = tell(say(STOPPED, source_type="anonymous"), outlet="Tidewire Law")
    third = tell(say(STOPPED, source_type="anonymous", hops=("Tidewire",)), outlet="North Post")
    assert origins(relay, sister, third) == ((1, 1),)


def test_a_surname_that_was_taken_for_a_firm_may_be_the_person() -> None:
    one, other = tell(say(STOPPED, "Mara Lindqvist")), tell(say(STOPPED, "Lindqvist"), outlet="Tidewire", kinds=FIRM)
    assert claim(one, other).properties["origins_low"] == 1


def test_the_report_of_an_outlet_only_passes_on_what_another_shows() -> None:
    report = tell(say(STOPPED, "Tidewire", source_type="document", capacity="document_of"))
    shown = tell(say(STOPPED, "Mara Lindqvist"), outlet="Tidewire")
    assert origins(report) == ("Tidewire", (0, 0))
    assert origins(report, shown) == ("Mara Lindqvist", (0, 0))


def test_what_issues_a_press_release_is_no_outlet() -> None:
    release = tell(say(STOPPED, "Orrin Labs"), genre="press_release", outlet="Orrin Labs")
    assert origins(release, tell(say(STOPPED, "Orrin Labs"), outlet="Tidewire")) == ("Orrin Labs", (0, 0))


def test_an_adviser_to_who_leads_leads_nothing() -> None:
    assert leads("chief executive of Orrin Labs")
    assert leads("central bank governor")
    assert not leads("adviser to the president of Orrin Labs")


def test_a_chief_executive_is_of_the_firm_that_another_article_names() -> None:
    chief = {"Mara Lindqvist": ("chief executive of Halden Robotics", "Halden Robotics")}
    bare = {"Mara Lindqvist": ("chief executive", "nobody")}
    named = tell(say(LOST, "Mara Lindqvist"), say("Halden Robotics fell"), jobs=chief, outlet="North Post")
    told = tell(say(STOPPED, "Mara Lindqvist"), say(LOST), jobs=bare, outlet="Tidewire")
    assert origins(named, told, tell(say(STOPPED, "Halden Robotics"))) == ("Halden Robotics", (0, 0))
