"""A run gives the same answer wherever it is computed."""

import pytest

import matching
from placement.runners import RUNNERS, Processes, runner_of
from tests.placement.market import SKILLS, TITLES


def double(number: int) -> int:
    return 2 * number


def people(count: int) -> list[matching.CandidateProfile]:
    return [
        matching.CandidateProfile(f"c{n:05d}", [SKILLS[n % 8], SKILLS[n % 5]], wanted_titles=[TITLES[n % 4]])
        for n in range(count)
    ]


def openings() -> list[matching.OpeningProfile]:
    return [matching.OpeningProfile(f"o{n:02d}", TITLES[n % 4], [SKILLS[n], SKILLS[n - 3]]) for n in range(8)]


@pytest.mark.parametrize("workers", [1, 2])
def test_the_answers_come_in_the_order_of_the_items(workers: int):
    assert Processes(workers).map(double, [3, 1, 2]) == [6, 2, 4]
    assert Processes(workers).map(double, []) == []


def test_every_runner_gives_the_same_lists_ties_included():
    # More people than fit into one piece, and many of them alike.
    local, *others = (matching.match(people(5000), openings(), k=5, runner=runner_of(name)) for name in RUNNERS)
    assert others
    assert all(other == local for other in others)
