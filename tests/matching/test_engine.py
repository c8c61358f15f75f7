"""The fast engine gives exactly what the plain one gives, whichever way it takes and however it is cut."""

import pickle
from contextlib import contextmanager
from functools import cache
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench import workload
from matching import Vocabulary, Weights, match
from matching.gains import Codes
from tests.matching.reference import lists_of
from tests.matching.strategies import VOCABULARY, cohorts

weights = st.sampled_from([Weights(), Weights(1, 0, 0), Weights(0, 1, 0), Weights(0, 0, 1), Weights(0.3, 0.2, 0.5)])


def listed(matches):
    """The lists of a run as plain Python."""
    return (
        {key: [(p.opening, p.score) for p in matches.for_candidate(key)] for key in matches.candidate_keys},
        {key: [(p.candidate, p.score) for p in matches.for_opening(key)] for key in matches.opening_keys},
    )


@contextmanager
def ways(*, people=4096, batch=1 << 14, many=0.25, few=1 / 8, chunk=16_384, room=44):
    """The engine with other sizes: of blocks, batches and chunks, and of what counts as many or few."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("matching.blocks._MOST_PEOPLE", people)
        patch.setattr("matching.searching._BATCH", batch)
        patch.setattr("matching.searching._MANY", many)
        patch.setattr("matching.searching._FEW", few)
        patch.setattr("matching.chunks._CHUNK_PEOPLE", chunk)
        patch.setattr("matching.lists._LEAST_ROOM", room)
        yield


class InPieces:
    """Runs every chunk apart, through pickle, as another process would."""

    def map(self, function, items):
        return [pickle.loads(pickle.dumps(function))(item) for item in items]


ROUGH, EXACT, BY_PERSON = {"many": -1.0, "few": 0}, {"many": 2.0, "few": 0}, {"few": 99}


@settings(max_examples=150, deadline=None)
@given(
    cohorts(people=8, posts=8), weights, st.integers(1, 4), st.sampled_from([ROUGH, EXACT, BY_PERSON, {}]), st.data()
)
def test_every_way_gives_the_lists_of_the_plain_engine(cohort, weights, k, way, data):
    people, posts = cohort
    pairs = [(person.key, post.key) for person in people for post in posts]
    apart = frozenset(data.draw(st.lists(st.sampled_from(pairs), max_size=3)))
    expected = lists_of(people, posts, VOCABULARY, weights, k, apart)
    sizes = {"people": data.draw(st.sampled_from([1, 3, 99])), "batch": data.draw(st.sampled_from([1, 5, 99]))}
    with ways(**way, **sizes, room=data.draw(st.sampled_from([1, 44]))):
        assert listed(match(people, posts, VOCABULARY, weights, k, excluded=apart)) == expected


@cache
def real_looking(open_case):
    """A cohort, its openings, and the lists of the plain engine."""
    work = workload.make(60, 30)
    work = work.without_limits() if open_case else work
    people, posts = work.candidates(), work.openings()
    return people, posts, lists_of(people, posts, Vocabulary(), k=4)


@pytest.mark.parametrize(
    "way", [ROUGH, EXACT, BY_PERSON, {}], ids=["rough first", "all exact", "by person", "as it is"]
)
@pytest.mark.parametrize("open_case", [False, True], ids=["with limits", "open"])
def test_a_cohort_with_real_looking_words_gives_the_lists_of_the_plain_engine(way, open_case):
    people, posts, expected = real_looking(open_case)
    with ways(**way, people=25, batch=200, room=5):
        assert listed(match(people, posts, k=4)) == expected


@settings(max_examples=60, deadline=None)
@given(cohorts(people=9), st.integers(1, 4))
def test_chunks_give_what_the_whole_gives(cohort, size):
    people, posts = cohort
    whole = match(people, posts, VOCABULARY, k=3)
    with ways(chunk=size, people=2):
        assert match(people, posts, VOCABULARY, k=3, runner=InPieces()) == whole


@given(st.lists(st.floats(1e-9, 1.0), min_size=1, max_size=300))
def test_codes_keep_every_value_and_their_order_and_stay_near(values):
    codes, numbers = Codes.of(np.array(values))
    assert codes.exact[numbers].tolist() == values and codes.exact[0] == 0.0 and numbers.min() > 0
    assert [one < other for one, other in pairwise(numbers)] == [one < other for one, other in pairwise(values)]
    assert np.abs(numbers / codes.scale - values).max() <= codes.slack + 1e-12 and codes.slack < 0.02


def test_more_values_than_16_bits_hold_get_longer_codes():
    values = np.linspace(0.5, 1.0, 70_000)
    codes, numbers = Codes.of(values)
    assert codes.kind is np.uint32 and np.array_equal(codes.exact[numbers], values) and numbers.max() <= codes.scale
