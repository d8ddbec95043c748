"""From what stands on the page to what is asserted."""

from __future__ import annotations

from dataclasses import replace

import pytest
from spacy.language import Language

from ingest.model import Assertion, PartialDate, PartSpan, Reading, Span
from ingest.pipeline import read_articles
from tests.factory import make_article


def read(nlp: Language, text: str, **fields: object) -> Reading:
    (reading,) = read_articles([make_article(text, **fields)], nlp)
    return reading


def spoken(nlp: Language, text: str, **fields: object) -> Assertion:
    """The first assertion with a source."""
    return next(a for a in read(nlp, text, **fields).assertions if a.source or a.cue)


def named(reading: Reading, terms: tuple[str, ...]) -> list[str]:
    names = {"@" + r.id: r.name for r in reading.referents}
    return sorted(names.get(term, term) for term in terms)


SAME = [
    "Mara Lindqvist said that Halden Robotics copied the model of Orrin Labs.",
    "Mara Lindqvist said Halden Robotics had copied Orrin Labs’ model.",
    "“Halden Robotics copied Orrin Labs’ model,” said Mara Lindqvist.",
    "The model of Orrin Labs was copied by Halden Robotics, Mara Lindqvist said.",
    "Halden Robotics has copied the model of Orrin Labs, according to Mara Lindqvist.",
]


@pytest.mark.parametrize("text", SAME)
def test_near_wordings_of_one_claim_have_equal_terms(nlp: Language, text: str) -> None:
    reading = read(nlp, text)
    claim = next(a for a in reading.assertions if a.source)
    assert named(reading, claim.terms) == ["Halden Robotics", "Orrin Labs", "copy", "model"]


def test_active_and_passive_have_one_triple(nlp: Language) -> None:
    triples = set()
    for text in (
        "Halden Robotics acquired Orrin Labs, she said.",
        "Orrin Labs was bought by Halden Robotics, she said.",
    ):
        reading = read(nlp, text)
        claim = next(a for a in reading.assertions if a.cue)
        names = {r.id: r.name for r in reading.referents}
        triples.add((names.get(claim.subject or ""), claim.relation, names.get(claim.object or "")))
    assert triples == {("Halden Robotics", "acquires", "Orrin Labs")}


def test_the_noun_of_an_act_has_the_terms_of_its_verb(nlp: Language) -> None:
    verb = read(nlp, "Mara Lindqvist said that Halden Robotics deleted the logs.")
    noun = read(nlp, "Mara Lindqvist criticised Halden Robotics’ deletion of the logs.")
    found = [named(r, next(a for a in r.assertions if a.source).terms) for r in (verb, noun)]
    assert found == [["Halden Robotics", "delete", "log"]] * 2


def test_wording_is_neutral_and_keeps_its_hedges(nlp: Language) -> None:
    claim = spoken(nlp, "Mara Lindqvist said that Halden Robotics “may have [copied]” the model.")
    assert claim.wording == "Halden Robotics may have copied the model"
    assert claim.quotation == "mixed"
    assert claim.certainty == "possible"


def test_a_subject_that_is_left_out_is_named(nlp: Language) -> None:
    claim = spoken(nlp, "Halden Robotics is said to have copied the model.")
    assert (claim.source_type, claim.sources, claim.stance) == ("agentless", (), "alleges")
    assert claim.wording == "Halden Robotics has copied the model"
    assert len(claim.about) == 1


def test_a_pronoun_subject_is_named_where_it_is_known(nlp: Language) -> None:
    claim = spoken(nlp, "Mara Lindqvist denied that she had ordered the deletion.")
    assert claim.wording == "Mara Lindqvist had ordered the deletion"
    assert claim.stance == "denies"
    assert claim.polarity == "positive"


def test_silence_keeps_its_words_and_claims_nothing(nlp: Language) -> None:
    claim = spoken(nlp, "Halden Robotics declined to comment on the loss of $60 million.")
    assert claim.stance == "declines_to_comment"
    assert (claim.terms, claim.relation, claim.quantities) == ((), None, ())


def test_a_general_denial_is_marked(nlp: Language) -> None:
    assert spoken(nlp, "Halden Robotics denied any wrongdoing.").general
    assert not spoken(nlp, "Halden Robotics denied copying the model.").general


def test_a_denial_is_shown_by_what_it_denies(nlp: Language) -> None:
    for text in (
        "Halden Robotics rejected claims that it had copied the model.",
        "There is no evidence that Halden Robotics had copied the model, Mara Lindqvist said.",
        "“The claim that Halden Robotics had copied the model is false,” Mara Lindqvist said.",
    ):
        claim = spoken(nlp, text)
        assert (claim.stance, claim.polarity, claim.general) == ("denies", "positive", False)
        assert claim.wording == "Halden Robotics had copied the model"


def test_we_is_the_body_that_the_speaker_works_for(nlp: Language) -> None:
    text = "“We copied the model,” said Mara Lindqvist, the chief executive of Orrin Labs."
    reading = read(nlp, text)
    claim = next(a for a in reading.assertions if a.source)
    assert named(reading, claim.terms) == ["Orrin Labs", "copy", "model"]
    assert claim.wording == "Orrin Labs copied the model"


def test_a_denial_told_by_a_spokesman_is_a_denial(nlp: Language) -> None:
    text = "Orrin Labs denies any wrongdoing, said Tobias Renn, a spokesman for Orrin Labs."
    claim = spoken(nlp, text)
    assert (claim.stance, claim.general) == ("denies", True)
    other = spoken(nlp, "Orrin Labs denies any wrongdoing, said Tobias Renn, a lawyer in Lisbon.")
    assert other.stance == "asserts"


def test_the_outlets_own_analysis_is_the_writers_with_its_basis(nlp: Language) -> None:
    claim = read(nlp, "An analysis by The Ledger found that Orrin Labs lost 300 engineers.").assertions[0]
    assert (claim.source_type, claim.sources, claim.source, claim.basis) == ("writer", (), (), "deduced")
    others = spoken(nlp, "An analysis by Halden Robotics found that Orrin Labs lost 300 engineers.")
    assert others.source_type == "document"


def test_amounts_are_read_from_the_content_only(nlp: Language) -> None:
    claim = spoken(nlp, "In 30 minutes, Mara Lindqvist said that it cost less than $6m.")
    assert [(q.value, q.unit, q.bound) for q in claim.quantities] == [(6e6, "USD", "below")]


def test_when_it_was_said_is_only_what_is_printed(nlp: Language) -> None:
    assert spoken(nlp, "Mara Lindqvist said on Monday that it had closed.").asserted_at == PartialDate(
        "2031-03-03", "day"
    )
    assert spoken(nlp, "Mara Lindqvist said that it had closed on Monday.").asserted_at is None


def test_channel_and_basis_are_what_stands_near_the_cue(nlp: Language) -> None:
    claim = spoken(nlp, "Halden Robotics said in a statement that the model was its own.")
    assert (claim.channel, claim.basis) == ("statement", "unstated")
    stated = spoken(nlp, "Halden Robotics’ terms of use state that customers may not copy the model.")
    assert (stated.source_type, stated.channel, stated.basis) == ("document", "document", "document")


@pytest.mark.parametrize(
    "note",
    [
        "An earlier version of this article said that Mara Lindqvist had resigned. She has not.",
        "This story originally reported that Mara Lindqvist had resigned.",
        "We reported on Monday that Mara Lindqvist had resigned. That was wrong.",
        "The Ledger wrongly said on Monday that Mara Lindqvist had resigned.",
    ],
)
def test_a_correction_note_retracts_what_it_repeats(nlp: Language, note: str) -> None:
    article = make_article("Orrin Labs hired Mara Lindqvist in 2029.\nCorrection: " + note)
    parts = (PartSpan(Span(article.text.index("Correction"), len(article.text)), "correction"),)
    (reading,) = read_articles([replace(article, parts=parts)], nlp)
    claim = next(a for a in reading.assertions if a.part == "correction")
    assert (claim.source_type, claim.stance) == ("outlet", "retracts")
    assert claim.wording == "Mara Lindqvist had resigned"


def test_words_that_recur_have_ids_of_their_own(nlp: Language) -> None:
    text = "Mara Lindqvist said that it had closed.\nTobias Renn said that it had closed."
    ids = [a.id for a in read(nlp, text).assertions]
    assert len(ids) == len(set(ids)) == 2


def test_every_span_is_words_of_the_text(nlp: Language) -> None:
    reading = read(nlp, "\n".join(SAME))
    for claim in reading.assertions:
        for span in (*claim.source, *claim.cue, *claim.content):
            assert 0 <= span.start < span.end <= len(reading.article.text)


@pytest.mark.parametrize(
    "text",
    ["", "\n\n", "” “ « »" * 300, "said said said " * 400, "[[[]]]", "A\tB\tC\n" * 200, "WHO SAID SO? HE SAID. " * 50],
)
def test_hostile_text_is_read_without_harm(nlp: Language, text: str) -> None:
    for claim in read(nlp, text).assertions:
        assert claim.content
