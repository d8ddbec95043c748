"""Who stands behind whom in a sentence: claims taken for granted, who is cited, who heard, who was told before."""

from __future__ import annotations

import pytest
from spacy.language import Language

from ingest.model import Assertion, Reading
from ingest.pipeline import read_articles
from tests.factory import make_article


def read(nlp: Language, text: str, **fields: object) -> Reading:
    (reading,) = read_articles([make_article(text, **{"outlet": "The Ledger", **fields})], nlp)
    return reading


def said(reading: Reading, quote: str) -> list[tuple[str, str, list[str]]]:
    """Who is behind each assertion of these words, its stance, and its hops; "" where nobody is named."""
    names = {r.id: r.name for r in reading.referents}
    text = reading.article.text

    def words(a: Assertion) -> tuple[str, str, list[str]]:
        who = " + ".join(names[s.referent] for s in a.sources) or " ".join(span.of(text) for span in a.source)
        hops = [names[hop.referent] if hop.referent else hop.span.of(text) for hop in a.hops]
        return who, a.stance, hops

    found = [a for a in reading.assertions if quote in " ".join(span.of(text) for span in a.content)]
    return [words(a) for a in sorted(found, key=lambda a: len(" ".join(s.of(text) for s in a.content)))]


@pytest.mark.parametrize(
    ("text", "quote", "inner"),
    [
        ("The union rejected Halden’s claim that the hall was safe.", "the hall was safe", ("Halden", "alleges", [])),
        ("Inspectors doubted the assertion by Ana Renn that it was safe.", "it was safe", ("Ana Renn", "asserts", [])),
        ("The board questioned Halden’s claim to have paid.", "have paid", ("Halden", "alleges", [])),
        ("The ministry denied a Tidewire report that it was shut.", "it was shut", ("Tidewire", "asserts", [])),
        (
            "Halden is investigating whether maps were sold, Ana Renn said.",
            "whether maps were sold",
            ("Halden", "questions", ["Ana Renn"]),
        ),
        (
            "Guards saw men they believe may be thieves, Ana Renn said.",
            "may be thieves",
            ("they", "asserts", ["Ana Renn"]),
        ),
        ("Ana Renn said records showing that it sank were fake.", "that it sank", ("records", "asserts", ["Ana Renn"])),
    ],
)
def test_a_claim_that_is_taken_for_granted_is_its_own_layer(
    nlp: Language, text: str, quote: str, inner: tuple[str, str, list[str]]
) -> None:
    assert said(read(nlp, text), quote)[0] == inner


def test_what_is_rejected_is_not_said_by_who_rejects_it(nlp: Language) -> None:
    found = said(read(nlp, "The union rejected Halden’s claim that the hall was safe."), "the hall was safe")
    assert [stance for who, stance, _ in found if "union" in who] == ["denies"]


def test_a_hope_for_something_claims_nothing(nlp: Language) -> None:
    found = said(read(nlp, "The mayor’s hope that the hall would reopen was in vain."), "the hall would reopen")
    assert {stance for _, stance, _ in found} <= {"intends"}


@pytest.mark.parametrize(
    ("text", "who", "hops"),
    [
        ("Tidewire cited two officials who said that it was unsafe.", "two officials", ["Tidewire"]),
        ("A Tidewire report cites guards who say that it was unsafe.", "guards", ["Tidewire"]),
        ("Citing three guards, Tidewire reported that it was unsafe.", "three guards", ["Tidewire"]),
        ("A report in Tidewire, citing a guard, said that it was unsafe.", "a guard", ["Tidewire"]),
        ("Ana Renn charged that it was unsafe, according to Tidewire.", "Ana Renn", ["Tidewire"]),
        ("Halden said in a statement that it was unsafe, reports Tidewire.", "Halden", ["Tidewire"]),
    ],
)  # fmt: skip
def test_whom_an_outlet_cites_is_the_source(nlp: Language, text: str, who: str, hops: list[str]) -> None:
    assert [(found, through) for found, _, through in said(read(nlp, text), "it was unsafe")] == [(who, hops)]


@pytest.mark.parametrize(
    ("text", "quote", "who"),
    [
        ("The county court heard that the money was buried.", "the money was buried", ""),
        ("Drivers were warned that the bridge was shut.", "the bridge was shut", ""),
        ("Members were told by Ana Renn that the bridge was shut.", "the bridge was shut", "Ana Renn"),
        ("Bridge was unsafe, court told\n\nThe hearing goes on.", "Bridge was unsafe", ""),
        ("The county court ruled that the bridge was unsafe.", "the bridge was unsafe", "The county court"),
    ],
)
def test_who_hears_is_not_who_says(nlp: Language, text: str, quote: str, who: str) -> None:
    assert said(read(nlp, text), quote)[0][0] == who


@pytest.mark.parametrize(
    ("text", "hops"),
    [
        ("Ana Renn told Tidewire that it sank. “Nobody helped us,” she said in the same interview.", ["Tidewire"]),
        ("Ana Renn told Tidewire that it sank. She said nobody helped us.", ["Tidewire"]),
        ("In an interview with Tidewire, Ana Renn said it sank. She told the paper nobody helped us.", ["Tidewire"]),
        ("Ana Renn told Tidewire that it sank. At a rally on Sunday she said nobody helped us.", []),
        ("Ana Renn told Tidewire that it sank. Olin Dahl said nobody helped us.", []),
    ],
)
def test_an_interview_goes_on_until_another_occasion(nlp: Language, text: str, hops: list[str]) -> None:
    assert {tuple(through) for _, _, through in said(read(nlp, text), "obody helped us")} == {tuple(hops)}


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("The owner sued Ana Renn for saying that the bread was stale.", "Ana Renn"),
        ("The owner was furious with Ana Renn for saying that the bread was stale.", "Ana Renn"),
        ("Ana Renn, whose website says the bread was stale, is a baker.", "whose website"),
        ("Halden closed after publishing a letter which Ana Renn said the bread was stale.", "Ana Renn"),
        ("The mayor left after a police report, citing a guard, said the bread was stale.", "a police report"),
    ],
)
def test_the_verb_has_the_subject_that_it_has_and_no_other(nlp: Language, text: str, who: str) -> None:
    assert [found for found, _, _ in said(read(nlp, text), "the bread was stale")][:1] == [who]


@pytest.mark.parametrize("own", ["Tidewire Scotland", "The Ledger", "The Harbour Ledger"])
def test_the_own_outlet_passes_nothing_on(nlp: Language, own: str) -> None:
    told = own.removeprefix("The ").replace("Harbour ", "the ")
    reading = read(nlp, f"Ana Renn told {told} that it sank.", outlet=own)
    assert [hops for _, _, hops in said(reading, "it sank")] == [[]]


def test_an_aside_does_not_reach_what_the_sentence_goes_on_to_say(nlp: Language) -> None:
    text = "The ministry would not say if it was shut, as Tidewire reported, but the mayor said it reads all letters."
    assert said(read(nlp, text), "it reads all letters")[0][0] == "the mayor"
