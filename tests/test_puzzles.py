"""The puzzles are what their evaluations take them for."""

from __future__ import annotations

import pytest

from evals.puzzles import load_puzzles

ANSWERS = {"namesakes": {"one", "two", "open"}, "copies": {"copy", "none"}}


@pytest.mark.parametrize(("name", "count"), [("namesakes", 50), ("copies", 60)])
def test_each_puzzle_has_two_articles_and_an_answer(name: str, count: int) -> None:
    puzzles = load_puzzles(name)
    assert len({puzzle["id"] for puzzle in puzzles}) == count
    assert all(len(puzzle["articles"]) == 2 for puzzle in puzzles)
    assert {puzzle["answer"] for puzzle in puzzles} == ANSWERS[name]


def test_the_names_of_a_namesake_puzzle_stand_in_its_articles() -> None:
    for puzzle in load_puzzles("namesakes"):
        for n, name in puzzle["names"]:
            article = puzzle["articles"][n]
            assert name in article["text"] or name in article["outlet"]
