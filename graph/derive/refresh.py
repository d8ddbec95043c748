"""Recorded → derived, the whole of it: entities, copies, claims and their links, general denials.

What is derived is a pure function of what is recorded, whatever the order of reading. `refresh` finds, by join keys,
the part that a change can touch, derives it from all that is recorded of it, and writes what differs. On a store where
everything is new it derives everything, which is how `verify` holds the two against each other.
"""

from __future__ import annotations

from collections.abc import Collection

from graph.derive.general_denials import refresh_general_denials
from graph.derive.keys import ends
from graph.derive.stored_claims import refresh_claims
from graph.derive.stored_copies import refresh_copies, with_copies
from graph.derive.stored_entities import refresh_entities
from graph.store.transaction import Changed, Transaction


def refresh(tx: Transaction, changed: Changed) -> None:
    """Bring the derived layer up to date after a change of the recorded one, inside the same transaction."""
    referents = refresh_entities(tx, changed)
    articles = refresh_copies(tx, changed)
    assertions = _assertions_to_read(tx, changed, referents - changed.referents, articles)
    refresh_claims(tx, assertions, changed.orphaned)
    refresh_general_denials(tx, assertions)


def _assertions_to_read(
    tx: Transaction, changed: Changed, moved: Collection[str], articles: Collection[str]
) -> set[str]:
    """The assertions whose claims a change may touch: its own, and what names or stands in what became another.

    `moved`: referents of other articles, of which others became another entity; `articles`: those with other copies.
    """
    keys = tx.with_keys({f"{prefix}:{r}" for r in moved for prefix in ("of", "who")})
    named = {*moved, *(i for key, them in keys.items() if key.startswith("of:") for i in them)}
    mentioning = {i for key, them in keys.items() if key.startswith("who:") for i in them}
    naming = {e.start for e in tx.edges(["ATTRIBUTED_TO", "RELAYED_BY", "MENTIONS"], ends=named)}
    naming |= {i for found in tx.keys(naming).values() for i in ends(found, "by:CONTINUES<")}
    published = {e.start for e in tx.edges(["PUBLISHED_BY", "CREDITS"], ends=named)}
    # A copy is heard as its original: what the original became, its copies became.
    heard = with_copies(tx, {*articles, *published, *changed.articles})
    versions = {e.start for e in tx.edges(["VERSION_OF"], ends=heard - changed.articles)}
    inside = {e.start for e in tx.edges(["FOUND_IN"], ends=versions)}
    return {*changed.assertions, *mentioning, *naming, *inside}
