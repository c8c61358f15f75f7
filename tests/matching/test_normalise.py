"""Which spellings are one and the same."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.normalise import fold, respell, split_words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("폴리곤 라벨링", "폴리곤라벨링"),
        ("폴리곤", unicodedata.normalize("NFD", "폴리곤")),
        ("ＰＹＴＨＯＮ", "python"),
        ("HTML/CSS", "HTML·CSS"),
        ("HTMLㆍCSS", "html css"),
        ("스마트\u200b 컨트랙트", "스마트컨트랙트"),
        ("Node.js", "NodeJS"),
        ("[AI] 데이터, '라벨링'", "AI데이터라벨링"),
    ],
)
def test_spellings_of_one_name_fold_to_the_same_text(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("C", "C++"), ("C", "C#"), (".NET", "net"), ("C++", "C#"), ("-", "")])
def test_signs_that_make_a_name_are_kept(one, other):
    assert fold(one) != fold(other)


@given(st.text())
def test_folding_twice_changes_nothing_and_the_composition_does_not_count(text):
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))
    once = fold(text)
    assert fold(once) == once or "." in once


def test_loan_words_have_one_spelling():
    assert respell(fold("데이타 레이블링")) == fold("데이터 라벨링")


def test_words_are_folded_one_by_one():
    assert split_words("[Catalyst] Front-end 개발자(신입)") == ("catalyst", "frontend", "개발자", "신입")
