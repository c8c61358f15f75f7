"""Loan words in Hangul meet their Latin spelling by ear, and nothing else does."""

import csv
import subprocess
import sys
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.sound_alignment import alignment_costs, heard_rows, spelled_rows
from matching.sound_table import sound_cost, sound_table
from matching.sound_texts import hear, spell
from matching.sounds import SOUND_DECIDES, SOUND_PROPOSES, SoundIndex

DATA = Path(__file__).parent / "data"
LATIN = "abcdefghijklmnopqrstuvwxyzAEIMPST"
hangul = st.text(
    st.characters(min_codepoint=ord("가"), max_codepoint=ord("힣")) | st.sampled_from("스트라이컨 A2"), max_size=9
)
latin = st.text(st.sampled_from(LATIN + "   -./()&+#29é"), max_size=16)
anything = st.text(max_size=12) | hangul | latin
WORDS = [
    "데이터 라벨링",
    "머신 러닝",
    "스마트 컨트랙트",
    "페치 API",
    "웹 개발",
    "data labeling",
    "Smart Contract",
    "web",
    "API",
]


def similarity(one, other):
    return float(SoundIndex([other]).similarities([one])[0, 0])


def all_names(vocabulary):
    return [name for key in vocabulary.skills for name in vocabulary.names_of(key)]


def loan_words():
    with (DATA / "loan_words.tsv").open(encoding="utf-8", newline="") as file:
        return [(row["ko"], row["en"]) for row in csv.DictReader(file, delimiter="\t")]


@pytest.mark.parametrize(
    ("korean", "english"),
    [
        ("코틀린", "kotlin"),
        ("프론트엔드", "frontend"),
        ("스마트 컨트랙트", "smart contract"),
        ("바운딩박스", "bounding box"),
        ("쿠버네티스", "kubernetes"),
        ("파이토치", "PyTorch"),
        ("어노테이션", "annotation"),
        ("깃허브 액션", "GitHub Actions"),
        ("풀 리퀘스트", "Pull Request (PR)"),
        ("페치 API", "Fetch API"),
        ("투 포인터", "two pointers"),
        ("네오포제이", "Neo4j"),
        ("씨샵", "C#"),
        ("닷넷", ".NET"),
        ("에스큐엘", "SQL"),
        ("씨에스에스", "css"),
        ("에이치티엠엘", "HTML"),
        ("나이브 베이즈", "naïve Bayes"),
    ],
)
def test_a_loan_word_is_its_english_in_either_direction(korean, english):
    assert similarity(korean, english) >= SOUND_DECIDES
    assert similarity(english, korean) >= SOUND_DECIDES


@pytest.mark.parametrize(
    ("korean", "english"),
    [
        ("자바", "JavaScript"),
        ("자바스크립트", "Java"),
        ("씨", "C++"),
        ("커피", "cup"),
        ("라벨", "level up"),
        ("버전 2", "version 3"),
        ("영어", "Young"),
        ("회계", "hook"),
        ("콜백 지옥", "Callback Hell"),
        ("웹 개발", "Web Development"),
    ],
)
def test_what_only_begins_or_partly_sounds_alike_is_not_decided(korean, english):
    assert similarity(korean, english) < SOUND_DECIDES
    assert similarity(english, korean) < SOUND_DECIDES


def test_loan_words_find_their_english_among_each_other_and_what_the_vocabulary_holds(vocabulary):
    pairs = loan_words()
    names = list(dict.fromkeys([*(english for _, english in pairs), *all_names(vocabulary)]))
    table = SoundIndex(names).similarities([korean for korean, _ in pairs])
    best = [names[column] for column in table.argmax(axis=1)]
    wrong = [(korean, found) for (korean, english), found in zip(pairs, best, strict=True) if found != english]
    assert len(pairs) >= 100
    assert len(wrong) <= 0.03 * len(pairs), wrong
    decided = table.max(axis=1) >= SOUND_DECIDES
    assert decided.mean() >= 0.8
    assert not [pair for pair, sure in zip(pairs, decided, strict=True) if sure and pair[0] in dict(wrong)]


def test_english_finds_its_loan_word_among_the_others():
    pairs = loan_words()
    names = [korean for korean, _ in pairs]
    table = SoundIndex(names).similarities([english for _, english in pairs])
    assert np.mean([names[i] == korean for i, (korean, _) in zip(table.argmax(axis=1), pairs, strict=True)]) >= 0.97


def test_words_agree_in_any_order_and_better_than_words_left_over():
    swapped = similarity("머신 러닝 데이터", "Data, machine learning")
    assert swapped >= SOUND_PROPOSES
    translated, left_over = similarity("웹 개발", "Web Development"), similarity("웹 개발", "Web")
    assert 40 < left_over < translated < SOUND_PROPOSES


def test_among_the_same_sound_the_name_that_is_nothing_else_comes_first():
    table = SoundIndex(["Float / Double", "Float", "Pull Request (PR)"]).similarities(["플로트", "풀 리퀘스트"])
    assert table[0, 1] > table[0, 0] > SOUND_DECIDES
    assert table[1].argmax() == 2


def test_a_word_is_called_letter_by_letter_as_a_whole_or_not_at_all():
    assert similarity("씨유피", "cup") > SOUND_PROPOSES > similarity("커피", "cup")
    assert similarity("컵", "cup") > SOUND_PROPOSES


@given(st.lists(hangul), st.lists(hangul))
@settings(max_examples=30, deadline=None)
def test_texts_of_one_script_are_never_bridged(queries, names):
    queries, names = [f"가{text}" for text in queries], [f"가{text}" for text in names]
    assert not SoundIndex(names).similarities(queries).any()
    assert not SoundIndex(["Excel", "Java"]).similarities(["Excel", "javascript"]).any()


@pytest.mark.parametrize("nothing", ["", " ", "-", "+", "ㅋㅋㅋ", "日本", "가" * 121, "a" * 121, "()", "/", "&"])
def test_what_has_no_sound_resembles_nothing(nothing):
    for other in ("엑셀", "Excel", nothing):
        assert similarity(nothing, other) == similarity(other, nothing) == 0


def test_without_names_or_queries_there_is_an_empty_table():
    assert SoundIndex([]).similarities(["엑셀", "Excel"]).shape == (2, 0)
    assert SoundIndex(["엑셀", "Excel"]).similarities([]).shape == (0, 2)


@given(st.lists(anything, max_size=6), st.lists(anything, max_size=6))
@settings(max_examples=80, deadline=None)
def test_similarities_are_between_0_and_100_and_the_same_every_time(queries, names):
    table = SoundIndex(names).similarities(queries)
    assert table.dtype == np.float32 and table.shape == (len(queries), len(names))
    assert np.isfinite(table).all() and (table >= 0).all() and (table < 100).all()
    assert np.array_equal(table, SoundIndex(names).similarities(queries))


@given(
    st.lists(anything | st.sampled_from(WORDS), min_size=1, max_size=6),
    st.lists(latin | st.sampled_from(WORDS), max_size=6),
)
@settings(max_examples=80, deadline=None)
def test_a_query_does_not_depend_on_the_others(queries, names):
    index = SoundIndex(names)
    together = index.similarities(queries)
    alone = np.concatenate([index.similarities([query]) for query in queries])
    assert np.array_equal(together, alone)


def test_a_query_does_not_depend_on_the_others_when_many_names_are_near():
    index = SoundIndex([a + b + c + d for a in "kgcq" for b in "aeiou" for c in "kgcst" for d in ("", "a")])
    queries = ["각", "곡타", "데이터", "컥", "가"]
    alone = np.concatenate([index.similarities([query]) for query in queries])
    assert np.array_equal(index.similarities(queries), alone)
    assert 0 < np.count_nonzero(alone[0]) < 200


@given(hangul.map(lambda text: text.replace(" ", "")), st.text(st.sampled_from(LATIN), max_size=12))
@settings(max_examples=80, deadline=None)
def test_a_word_resembles_another_as_much_as_the_other_resembles_it(korean, english):
    assert similarity(korean, english) == similarity(english, korean)


@given(st.lists(latin, min_size=1, max_size=4), st.text(st.sampled_from("가스트컨이션씨넷ABC2"), max_size=5))
@settings(max_examples=60, deadline=None)
def test_the_cheapest_alignment_is_found(texts, korean):
    sounds, spelled = hear(korean), [spell(text[:10]) for text in texts]
    columns = np.arange(len(texts))
    costs = alignment_costs(heard_rows([sounds]), spelled_rows(spelled), np.zeros_like(columns), columns)
    assert costs.tolist() == pytest.approx([cheapest(words, sounds) for words in spelled], abs=1e-4)


def cheapest(words, sounds):
    """The least cost by trying every cut, word by word."""

    @cache
    def up_to(count, stop):
        if not count:
            return silence(sounds[:stop])
        return min(
            up_to(count - 1, start) + word_cost(words[count - 1], sounds[start:stop]) for start in range(stop + 1)
        )

    return up_to(len(words), len(sounds))


def word_cost(word, sounds):
    by_letters = cut([*word.letters], word.groups, sounds)
    return min(by_letters, cut([*word.names], "", sounds)) if word.names else by_letters


def cut(letters, groups, sounds):
    table = sound_table()

    def rule(unit, pattern):
        known = unit in table.units and pattern in table.patterns
        return table.costs[table.units[unit], table.patterns[pattern]] if known else np.inf

    @cache
    def up_to(letter, sound):
        ways = [up_to(letter, sound - 1) + sound_cost(sounds[sound - 1])] if sound else []
        for start in range(letter):
            unit = letters[start] if letter - start == 1 else groups[start:letter] or "none"
            ways += [up_to(start, begin) + rule(unit, sounds[begin:sound]) for begin in range(sound + 1)]
        return min(ways) if ways else 0.0

    return up_to(len(letters), len(sounds))


def silence(sounds):
    return sum(map(sound_cost, sounds))


def test_every_letter_and_digit_can_be_said_and_left_out():
    table = sound_table()
    for letter in "abcdefghijklmnopqrstuvwxyz0123456789+#.":
        costs = table.costs[table.units[letter]]
        assert np.isfinite(costs[table.patterns[""]])
        assert np.isfinite(costs).sum() >= 3


def test_importing_builds_no_table():
    program = "import matching.sounds, matching.sound_table as t; assert t.sound_table.cache_info().currsize == 0"
    assert subprocess.run([sys.executable, "-c", program]).returncode == 0
