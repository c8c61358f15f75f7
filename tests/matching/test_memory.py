"""What was found is remembered, never too much of it, and what is remembered is what would be found again."""

import gc
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from weakref import ref

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench import workload
from matching import Market, Vocabulary, explain_pairs, gains, linking, market, match, titles
from matching.memory import Memory, SharedMemory
from tests.matching.strategies import VOCABULARY


def lengths_counting(asked: list[str]):
    def find(words: Sequence[str]) -> list[int]:
        asked.extend(words)
        return [*map(len, words)]

    return find


def test_what_is_known_is_not_looked_for_again():
    asked: list[str] = []
    memory: Memory[str, int] = Memory(10)
    find = lengths_counting(asked)
    assert memory.of(["엑셀", "C", "엑셀"], find) == [2, 1, 2]
    assert memory.of(["C", "워드", "파이썬"], find) == [1, 2, 3]
    assert asked == ["엑셀", "C", "워드", "파이썬"]


@given(st.lists(st.lists(st.text("가나다", max_size=3), max_size=8), max_size=8), st.integers(0, 5))
def test_the_answer_is_right_whatever_is_forgotten_and_no_more_is_kept_than_told(questions, limit: int):
    memory: Memory[str, int] = Memory(limit)
    for question in questions:
        assert memory.of(question, lengths_counting([])) == [*map(len, question)]
        assert len(memory._kept) < 2 * limit + 1


def test_a_question_larger_than_the_memory_is_answered_and_not_kept():
    memory: Memory[str, int] = Memory(2)
    assert memory.of(["a"], lengths_counting([])) == [1]
    assert memory.of(["a", *"bcd"], lengths_counting([])) == [1, 1, 1, 1]
    assert [*memory._kept] == ["a"]


def test_threads_that_share_a_memory_get_their_own_answers():
    memory: Memory[str, int] = Memory(3)
    questions = [[chr(0xAC00 + (7 * n + m) % 50) * (1 + m) for m in range(5)] for n in range(400)]
    with ThreadPoolExecutor(8) as threads:
        answers = [*threads.map(lambda question: memory.of(question, lengths_counting([])), questions)]
    assert answers == [[*map(len, question)] for question in questions]


def test_a_shared_memory_ends_with_its_owner():
    class Owner:
        pass

    memories: SharedMemory[Owner, str, int] = SharedMemory(10)
    one, other = Owner(), Owner()
    asked: list[str] = []
    for owner in (one, other, one):
        memories.of(owner, ["엑셀"], lengths_counting(asked))
    assert asked == ["엑셀", "엑셀"] and len(memories._memories) == 2
    del one, owner
    gc.collect()
    assert len(memories._memories) == 1


def test_a_vocabulary_that_nobody_holds_is_gone_with_all_that_was_read_with_it():
    work = workload.make(20, 10).without_limits()
    vocabulary = Vocabulary(VOCABULARY.skills.values())
    people, posts = work.candidates(), work.openings()
    Market(people, posts, vocabulary).for_candidate(people[0])
    explain_pairs([(people[0], post) for post in posts], vocabulary)
    there = ref(vocabulary)
    del vocabulary
    gc.collect()
    assert there() is None


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(0, 39), max_size=30), st.integers(0, 4))
def test_lists_and_explanations_hang_on_nothing_that_was_asked_before(order: list[int], limit: int):
    work = workload.make(40, 25).without_limits()
    people, posts = work.candidates(), work.openings()
    whole = match(people, posts, Vocabulary(VOCABULARY.skills.values()), k=5)
    fresh = {
        n: explain_pairs([(people[n], post) for post in posts], Vocabulary(VOCABULARY.skills.values()))
        for n in set(order)
    }
    with pytest.MonkeyPatch.context() as patch:
        for module, name in ((gains, "_MOST_REMEMBERED"), (market, "_MOST_TITLES"), (linking, "_MOST_REMEMBERED")):
            patch.setattr(module, name, limit)
        for name in ("_ALIKE", "_UNITS"):
            patch.setattr(titles, name, SharedMemory(limit))
        asked, vocabulary = Market([], posts, VOCABULARY, k=5), Vocabulary(VOCABULARY.skills.values())
        for n in order:
            assert asked.for_candidate(people[n]) == whole.for_candidate(people[n].key)
            assert explain_pairs([(people[n], post) for post in posts], vocabulary) == fresh[n]
