"""A market kept in memory gives a new or edited person or opening the list that a whole run gives, ties included."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench import workload
from matching import CandidateProfile, Market, MatchingError, OpeningProfile, Vocabulary, match
from tests.matching.strategies import VOCABULARY, cohorts

PEOPLE = [CandidateProfile(f"C{n}", ["엑셀", "라벨링"][: 1 + n % 2], wanted_titles=["데이터 라벨러"]) for n in range(6)]
POSTS = [OpeningProfile(f"O{n}", "데이터 라벨러", ["라벨링", "엑셀"][: 1 + n % 2]) for n in range(5)]


@settings(max_examples=150, deadline=None)
@given(cohorts(people=8, posts=8), st.integers(1, 4), st.data())
def test_one_new_row_of_either_side_gets_the_list_of_a_whole_run(cohort, k, data):
    people, posts = cohort
    person, post = data.draw(st.sampled_from(people)), data.draw(st.sampled_from(posts))
    apart = data.draw(st.sets(st.sampled_from([one.key for one in people]), max_size=2))
    others = [one for one in people if one.key != person.key], [one for one in posts if one.key != post.key]
    whole = match(people, posts, VOCABULARY, k=k)
    assert Market(people, others[1], VOCABULARY, k=k).for_opening(post) == whole.for_opening(post.key)
    assert Market(others[0], posts, VOCABULARY, k=k).for_candidate(person) == whole.for_candidate(person.key)
    without = match(people, posts, VOCABULARY, k=k, excluded=[(key, post.key) for key in apart])
    assert Market(people, others[1], VOCABULARY, k=k).for_opening(post, apart) == without.for_opening(post.key)
    kept_from = data.draw(st.sets(st.sampled_from([one.key for one in posts]), max_size=2))
    without = match(people, posts, VOCABULARY, k=k, excluded=[(person.key, key) for key in kept_from])
    market = Market(others[0], posts, VOCABULARY, k=k)
    assert market.for_candidate(person, kept_from) == without.for_candidate(person.key)


@pytest.mark.parametrize("open_case", [False, True], ids=["with limits", "open"])
def test_a_real_looking_cohort_gets_the_lists_of_a_whole_run(open_case):
    work = workload.make(300, 60)
    work = work.without_limits() if open_case else work
    people, posts = work.candidates(), work.openings()
    whole, market = match(people, posts, k=7), Market(people, posts, k=7)
    assert [market.for_opening(post) for post in posts] == [whole.for_opening(post.key) for post in posts]
    assert [market.for_candidate(one) for one in people] == [whole.for_candidate(one.key) for one in people]
    assert any(len(whole.for_opening(post.key)) == 7 for post in posts)


def test_who_is_edited_gets_the_list_of_the_edited_profile():
    market = Market(PEOPLE, POSTS)
    edited = replace(PEOPLE[0], skills=("웹 개발",))
    expected = match([edited, *PEOPLE[1:]], POSTS).for_candidate("C0")
    assert market.for_candidate(edited) == expected != market.for_candidate(PEOPLE[0])


def test_equal_scores_stand_in_the_order_of_keys():
    found = Market(PEOPLE[::-1], POSTS, k=3).for_opening(POSTS[0])
    assert [pairing.candidate for pairing in found] == sorted(pairing.candidate for pairing in found)


def test_the_words_of_a_new_row_may_be_new():
    post = OpeningProfile("NEW", "없던 직무", ["없던 기술", "라벨링"], region="서울 서초구")
    assert Market(PEOPLE, POSTS).for_opening(post) == match(PEOPLE, [*POSTS, post]).for_opening("NEW")


def test_where_nobody_or_nothing_is_there_the_list_is_empty():
    assert Market([], POSTS).for_opening(POSTS[0]) == []
    assert Market(PEOPLE, []).for_candidate(PEOPLE[0]) == []


@pytest.mark.parametrize("k", [0, True, 1.5])
def test_a_list_has_a_length(k):
    with pytest.raises(MatchingError, match="k must be"):
        Market(PEOPLE, POSTS, Vocabulary(), k=k)
