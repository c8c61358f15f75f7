"""A pair is kept apart by one must-have alone exactly when the engine would list it with that one turned into a preference."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from matching import CandidateProfile, OpeningProfile, Requirement, explain, relax_musts
from tests.matching.strategies import VOCABULARY, cohorts


def test_the_one_must_have_that_keeps_a_pair_apart_is_named_with_the_score_it_would_have():
    people = [CandidateProfile("a", ["엑셀"]), CandidateProfile("b", ["엑셀", "파이썬"]), CandidateProfile("c", [])]
    post = OpeningProfile("x", "", [Requirement("엑셀", must=True), Requirement("파이썬", must=True)])
    (found,) = relax_musts(people, [OpeningProfile("y", "", ["엑셀"]), post])
    assert found == ("a", "x", "파이썬", pytest.approx(50.0))


def test_without_people_openings_or_must_haves_there_is_nothing_to_relax():
    post = OpeningProfile("x", "", [Requirement("엑셀", must=True)])
    assert relax_musts([], [post]) == relax_musts([CandidateProfile("a", [])], []) == []
    assert relax_musts([CandidateProfile("a", [])], [OpeningProfile("x", "", ["엑셀"])]) == []


@settings(max_examples=40, deadline=None)
@given(cohorts(people=4, posts=4))
def test_every_pair_is_what_the_explanation_of_the_changed_opening_says(cohort):
    people, posts = cohort
    expected = {}
    for person in people:
        for post in posts:
            if explain(person, post, VOCABULARY).eligible:
                continue
            for at, asked in enumerate(post.requirements):
                eased = [replace(r, must=False) if i == at else r for i, r in enumerate(post.requirements)]
                why = explain(person, replace_requirements(post, eased), VOCABULARY)
                if asked.must and why.eligible:
                    expected[person.key, post.key, asked.skill] = pytest.approx(why.score)
    found = relax_musts(people, posts, VOCABULARY)
    assert {(one.candidate, one.opening, one.skill): one.score for one in found} == expected
    assert len(found) == len(expected)


def replace_requirements(post: OpeningProfile, requirements: list[Requirement]) -> OpeningProfile:
    return OpeningProfile(
        post.key,
        post.title,
        requirements,
        post.region,
        post.remote,
        post.starts_on,
        post.employment_type,
        post.pay_max,
        post.seats,
    )
