"""Copies: what two articles share besides the quotations that both could have."""

from __future__ import annotations

from factory import make_article

from graph.derive import copies
from graph.derive.copies import Copy, publication_order, sketch, to_traces
from ingest.model import Article

STORY = (
    "Halden Robotics stopped all nineteen arms of its northern plant on Tuesday after two of them had dropped their "
    "loads within an hour. Nobody was hurt, and the plant went back to sorting by hand, as it had done before the arms "
    "came in spring. The stop is the third since the summer and the first that its customers were told of in a letter."
)
QUOTE = (
    "“We stopped every arm in the building within a minute of the second drop, and we will not start one of them again "
    "before an outside engineer has looked at each of the nineteen and signed for it,” Mara Lindqvist said."
)
OWN = (
    "At the gate of the northern plant the night shift stood in the rain and talked of little else. Some had been "
    "there when the first crate fell, and one of them had kept a splinter of it in his pocket ever since that morning."
)


def find_copy(later: Article, earlier: Article) -> Copy | None:
    return copies.find_copy(to_traces(later), to_traces(earlier))


def test_a_text_too_short_to_speak_of_a_copy_bears_no_keys() -> None:
    assert sketch(make_article("Halden Robotics stopped all nineteen arms of its northern plant on Tuesday.")) == []


def test_a_copy_is_found_with_the_words_that_it_shares() -> None:
    original = make_article(STORY, published_at="2031-03-04T09:00:00Z")
    copy = make_article(f"Arms stop\n\n{STORY} (Tidewire)", outlet="Tidewire", published_at="2031-03-04T12:00:00Z")
    found = find_copy(copy, original)
    assert found is not None
    assert found.score > 0.9
    assert found.spans[0].of(copy.text).startswith("Halden Robotics stopped all nineteen arms")


def test_a_rewrite_is_a_copy_though_no_run_of_words_is_left() -> None:
    rewrite = (
        "After two of its arms dropped their loads within an hour, Halden Robotics on Tuesday stopped all nineteen in "
        "its northern plant. The plant has gone back to sorting by hand, which it did before the arms came in spring; "
        "nobody was hurt. It is the third stop since summer, and customers were for the first time told in a letter."
    )
    original = make_article(STORY, published_at="2031-03-04T09:00:00Z")
    found = find_copy(make_article(rewrite, outlet="Tidewire", published_at="2031-03-04T12:00:00Z"), original)
    assert found is not None
    assert find_copy(make_article(OWN, outlet="Tidewire"), original) is None


def test_two_stories_that_quote_one_statement_are_no_copies() -> None:
    one = make_article(f"{OWN}\n\n{QUOTE}")
    other = make_article(f"{STORY}\n\n{QUOTE}", outlet="Tidewire")
    assert find_copy(one, other) is None


def test_a_sentence_in_common_makes_no_copy() -> None:
    shared = "Shares in Halden Robotics fell by eleven percent on Tuesday, the most in one day since it was founded."
    assert find_copy(make_article(f"{OWN} {shared}"), make_article(f"{STORY} {shared}", outlet="Tidewire")) is None


def test_a_copy_bears_keys_of_its_original() -> None:
    original, copy = make_article(STORY), make_article(f"{STORY} It rained.", outlet="Tidewire")
    assert len(set(sketch(original)) & set(sketch(copy))) > len(sketch(original)) / 2


def test_an_undated_article_counts_as_the_latest() -> None:
    assert publication_order("a", "2031-03-04T09:00:00Z") < publication_order("a", None)
