"""Through whom it came: stations between a source and this article, nearest to the content first."""

from __future__ import annotations

import pytest
from spacy.language import Language

from ingest.attribution.attributions import find_attributions
from ingest.model import Mention, Referent, Span
from ingest.referents.entities import Mentions
from tests.factory import make_article

NO_MENTIONS = Mentions((), ())


def relayed(nlp: Language, text: str, mentions: Mentions = NO_MENTIONS) -> list[tuple[str, list[str]]]:
    """Each source with its hops."""
    found = find_attributions(make_article(text, outlet="The Ledger"), nlp(text), mentions)
    return [(" … ".join(s.of(text) for s in a.source), [hop.of(text) for hop in a.hops]) for a in found]


@pytest.mark.parametrize(
    ("text", "source", "hops"),
    [
        ("“It is unsafe,” a Halden source told the Dunmore Courier.", "a Halden source", ["the Dunmore Courier"]),
        ("It is unsafe, Olin said in an interview with the Dunmore Courier.", "Olin", ["the Dunmore Courier"]),
        ("In a statement to Radio Dunmore, Olin said the plant was unsafe.", "Olin", ["Radio Dunmore"]),
        ("Olin, speaking to Radio Dunmore, said that the plant was unsafe.", "Olin", ["Radio Dunmore"]),
        ("The plant is unsafe, Olin wrote in the Dunmore Courier.", "Olin", ["the Dunmore Courier"]),
        ("The Dunmore Courier quoted Olin as saying the plant was unsafe.", "Olin", ["The Dunmore Courier"]),
        ("Olin was quoted by the Dunmore Courier as saying it was unsafe.", "Olin", ["the Dunmore Courier"]),
        ("The Courier reported that Olin said the plant would close.", "Olin", ["The Courier"]),
        ("Olin said the plant would close, according to the Courier.", "Olin", ["the Courier"]),
        (
            "According to two people briefed on the call, the chief executive said the plant would close.",
            "the chief executive",
            ["two people briefed on the call"],
        ),
        ("The plant will close, the newspaper said, citing two people.", "two people", ["the newspaper"]),
        (
            "The Dunmore Courier reported on Monday that Orbel had told Radio Dunmore that it was for sale.",
            "Orbel",
            ["Radio Dunmore", "The Dunmore Courier"],
        ),
        (
            "Orbel is for sale, a person familiar with the talks told the Dunmore Courier, as Loomwire reported.",
            "a person familiar with the talks",
            ["the Dunmore Courier", "Loomwire"],
        ),
        ("The plan, first reported by the Courier, would close the plant, Olin said.", "Olin", ["the Courier"]),
        ("Olin said the plant would close. The plan was first reported by the Courier.", "Olin", ["the Courier"]),
    ],
)
def test_hops_in_order(nlp: Language, text: str, source: str, hops: list[str]) -> None:
    assert relayed(nlp, text) == [(source, hops)]


@pytest.mark.parametrize(
    "text",
    [
        "The plant will close, Olin told this newspaper.",
        "The plant will close, Olin told the Ledger.",
        "The plant will close, Olin told reporters.",
        "The plant will close, Olin told the workers.",
    ],
)
def test_this_articles_own_outlet_and_a_crowd_are_no_hops(nlp: Language, text: str) -> None:
    assert relayed(nlp, text) == [("Olin", [])]


def test_nobody_stands_between_a_speaker_and_her_own_account(nlp: Language) -> None:
    text = "According to her account, Olin said that the plant would close."
    assert all(hops == [] for _, hops in relayed(nlp, text))


def test_a_report_without_a_speaker_is_the_outlets_own(nlp: Language) -> None:
    assert relayed(nlp, "The Dunmore Courier reported that the plant would close.") == [("The Dunmore Courier", [])]


def test_the_content_ends_where_the_relay_begins(nlp: Language) -> None:
    text = "Olin said the plant would close, according to the Courier."
    (found,) = find_attributions(make_article(text), nlp(text), NO_MENTIONS)
    assert [span.of(text) for span in found.content] == ["the plant would close"]


def test_an_outlet_that_only_its_mention_tells_is_a_hop(nlp: Language) -> None:
    text = "“The plant is unsafe,” Olin told Tidewire."
    span = Span(text.index("Tidewire"), text.index("Tidewire") + len("Tidewire"))
    mentions = Mentions((Referent("r1", "Tidewire", "outlet"),), (Mention("r1", span, "lexicon", 0.9),))
    assert relayed(nlp, text, mentions) == [("Olin", ["Tidewire"])]
