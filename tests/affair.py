"""A tiny invented affair in a store, for tests of the app: a claim, a denial, unnamed people, a hostile article."""

from __future__ import annotations

from dataclasses import replace

from factory import make_reading, with_assertion

from graph.dossier import open_store
from ingest.model import Reading

CLAIM = "Orrin Labs copied the arms of Halden Robotics"
HOSTILE_TITLE = "<img src=http://evil.example/t.png onerror=\"document.title='taken'\">"
HOSTILE_WORDS = (
    "<script>document.title='taken'</script> ![x](http://evil.example/x.png) "
    "costs $6m and $589bn [a](javascript:alert(1))"
)
NOTICE = "Invented sample: nothing in it exists."


def readings() -> tuple[Reading, ...]:
    charge = make_reading(("Mara Lindqvist", CLAIM), ("a Halden person", CLAIM), url="https://ledger.example/charge")
    denial = make_reading(
        ("Tobias Renn", CLAIM),
        url="https://tidewire.example/denial",
        outlet="Tidewire",
        title="Orrin answers",
        published_at="2031-03-05T09:00:00Z",
        notice=NOTICE,
    )
    hostile = make_reading(
        ("Tobias Renn", HOSTILE_WORDS),
        url="javascript:alert(1)",
        title=HOSTILE_TITLE,
        outlet="<b>The Ledger</b>",
        authors=("<i>Ines Vogt</i>",),
        published_at=None,
    )
    hostile = as_spokesman(hostile)
    foreign = make_reading(url="https://tidewire.example/fr", title="Les bras", outlet="Tidewire", language="fr")
    unread = replace(foreign, article=replace(foreign.article, not_read="language is fr"))
    return charge, as_spokesman(with_assertion(denial, 0, stance="denies")), hostile, unread


def as_spokesman(reading: Reading) -> Reading:
    """Tobias Renn with his office, by which he is one man in both articles."""
    known = (
        replace(r, roles=("spokesman for Orrin Labs",)) if r.name == "Tobias Renn" else r for r in reading.referents
    )
    return replace(reading, referents=tuple(known))


def make_dossier(url: str) -> None:
    with open_store(url) as store:
        store.write(readings())
