"""The generated workload is one and the same in all its shapes, and as selective as it says."""

from itertools import pairwise

import numpy as np
import pytest

import matching
from bench import workload


@pytest.fixture(scope="module")
def work() -> workload.Workload:
    return workload.make(300, 60)


def test_the_same_seed_gives_the_same_people_and_another_seed_others(work):
    again, other = workload.make(300, 60), workload.make(300, 60, seed=8)
    assert again.candidates() == work.candidates() and again.openings() == work.openings()
    assert other.candidates() != work.candidates()


@pytest.mark.parametrize("open_case", [False, True])
def test_tables_and_profiles_say_the_same(work, open_case):
    work = work.without_limits() if open_case else work
    tables = matching.match(work.candidate_table(), work.opening_table())
    assert tables == matching.match(work.candidates(), work.openings())


def test_limits_let_about_one_pair_in_twenty_through_and_without_them_everybody_may_take_everything(work):
    everything = len(work.people) * len(work.posts)
    limited = matching.match(work.candidates(), work.openings(), k=everything).pairings()
    assert 0.02 < len(limited) / everything < 0.1
    free = work.without_limits()
    assert len(matching.match(free.candidates(), free.openings(), k=everything).pairings()) == everything


def test_place_and_remote_work_let_three_pairs_in_ten_through():
    people, posts = workload.make(2000, 2000).people, workload.make(2000, 2000).posts
    meets = (people.regions[:, None] == posts.regions) | posts.remote
    assert 0.26 < meets.mean() < 0.32


def test_skills_are_many_spellings_of_fewer_concepts_used_unevenly(work):
    assert len(work.words) == len(set(work.words)) == 5000
    assert len(work.titles) == len(set(work.titles)) == 300
    uses = np.sort(np.bincount(workload.make(3000, 10).people.skills, minlength=5000))
    assert uses[-50:].sum() > uses[:2500].sum()


def test_documents_hold_the_skills_of_a_row_normalised(work):
    people, posts = work.documents()
    assert [len(people), len(posts)] == [300, 60]
    assert people[0] == " ".join(" ".join(s.skill.lower().split()) for s in work.candidates()[0].skills)


def test_a_row_holds_each_spelling_once_and_as_many_as_said(work):
    for side, (least, most) in ((work.people, (1, 12)), (work.posts, (1, 8))):
        for start, stop in pairwise(side.starts.tolist()):
            assert least <= stop - start <= most
            assert len(set(side.skills[start:stop].tolist())) == stop - start
