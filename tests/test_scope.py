"""What leaves a dossier leaves as if its confidential articles had never been read; and what was known by a day."""

from __future__ import annotations

from dataclasses import replace

import pytest
from telling import say, tell

from graph.ask import questions
from graph.dossier import Store, open_store
from graph.model import Decision
from graph.scope import HERE, LEAVING, Scope, count_undated
from graph.store.transaction import ClaimFilter
from ingest.model import Reading

CHARGE = "Halden Robotics copied the sorter of Orrin Labs"
SAID = tell(say(CHARGE, "Mara Lindqvist"))
DENIED = tell(say(CHARGE, "Tobias Renn", capacity="speaks_for", stance="denies"), outlet="Tidewire", on="2031-03-06")
MEMO = tell(say(CHARGE, "Ada Quill"), say("Orrin Labs owes 300 euros", "Dale Orrick"), outlet=None, on="2031-03-05",
            title="A memo")  # fmt: skip


def confidential(reading: Reading) -> Reading:
    return replace(reading, article=replace(reading.article, confidential=True))


@pytest.fixture
def kept(store: Store) -> Store:
    store.write([SAID, confidential(MEMO), DENIED])
    return store


def without_memo() -> list[str]:
    with open_store("memory://") as never:
        never.write([SAID, DENIED])
        return list(never.dump())


def test_what_leaves_is_what_a_dossier_gives_that_never_read_the_confidential_ones(kept: Store):
    assert list(kept.dump(LEAVING)) == without_memo()
    assert list(kept.dump(HERE)) != without_memo()


def test_a_copy_leaves_them_out_and_what_was_decided_on_them(kept: Store):
    kept.decide(Decision("Ines Vogt", "2031-03-09T12:00:00Z", "not_said", (MEMO.assertions[0].id,), "a forgery"))
    with open_store("memory://") as copy:
        assert kept.copy_to(copy, LEAVING) == 2
        assert list(copy.dump()) == without_memo()
        assert "forgery" not in "".join(copy.dump())


def test_on_this_machine_they_count(kept: Store):
    with kept.read() as tx:
        assert questions.what_was_read(tx).articles == 3
    with kept.read(LEAVING) as tx:
        assert questions.what_was_read(tx).articles == 2
        (row,) = [row for row in questions.list_claims(tx, ClaimFilter()).rows if row.wording == CHARGE]
        assert row.origins == ("Mara Lindqvist",)


def test_as_of_a_day_is_what_was_out_by_its_end(kept: Store):
    with kept.read(Scope(as_of="2031-03-05")) as tx:
        (row,) = [row for row in questions.list_claims(tx, ClaimFilter()).rows if row.wording == CHARGE]
    assert (row.marks, row.origins) == ((), ("Ada Quill", "Mara Lindqvist"))
    with kept.read(Scope(with_confidential=False, as_of="2031-03-05")) as tx:
        assert questions.what_was_read(tx).articles == 1


def test_what_has_no_date_is_in_no_as_of_and_is_counted(store: Store):
    store.write([SAID, tell(say("Orrin Labs was first", "Ada Quill"), on=None, title="Undated")])
    with store.read(Scope(as_of="2031-12-31")) as tx:
        assert questions.what_was_read(tx).articles == 1
    with store.read() as tx:
        assert count_undated(tx) == 1
