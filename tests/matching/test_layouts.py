"""Texts typed on the other keyboard layout."""

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.layouts import hangul_of, has_loose_letters, keys_of, letters_of, retype

syllables = st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3)
latin = st.characters(min_codepoint=ord("a"), max_codepoint=ord("z"))


@pytest.mark.parametrize(
    ("keys", "hangul"),
    [
        ("vkdlTjs", "파이썬"),
        ("dprtpf", "엑셀"),
        ("rkqt", "값"),
        ("dhkd", "왕"),
        ("python", "ㅔㅛ쇄ㅜ"),
        ("PPT", "ㅖㅖㅆ"),
    ],
)
def test_keys_and_hangul_of_the_two_set_layout(keys, hangul):
    assert hangul_of(keys) == hangul
    assert keys_of(hangul) == keys


@settings(deadline=None)
@given(st.text(syllables))
def test_the_keys_of_syllables_give_the_syllables_again(text):
    assert hangul_of(keys_of(text)) == text


@settings(deadline=None)
@given(st.text(latin))
def test_the_keys_of_what_latin_letters_gave_are_the_letters(text):
    assert keys_of(hangul_of(text)) == text


@settings(deadline=None)
@given(st.text(syllables))
def test_the_composition_of_hangul_does_not_count(text):
    assert keys_of(unicodedata.normalize("NFD", text)) == keys_of(text)
    assert letters_of(unicodedata.normalize("NFD", text)) == letters_of(text)


@settings(deadline=None)
@given(st.text(syllables | latin))
def test_there_is_one_letter_for_each_key(text):
    assert len(letters_of(text)) == len(keys_of(text))
    assert not re.search("[가-힣]", letters_of(text))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("vkdlTjs", "파이썬"),
        ("ㅔㅛ쇄ㅜ", "python"),
        ("ㅔㅛ쇄ㅜ 개발", "python 개발"),
        ("AI dbsfl", "AI 윤리"),
        ("DPRTPF", "엑셀"),
        ("ㅅㄷㅌㅅ 새 넫ㄷ초", "text to speech"),
    ],
)
def test_a_text_typed_on_the_other_layout_can_be_read(typed, meant):
    assert meant in retype(typed)


@pytest.mark.parametrize("text", ["react", "C++", "", "2024"])
def test_what_joins_no_syllables_was_not_typed_on_the_other_layout(text):
    assert retype(text) == ()


def test_letters_alone_are_no_korean_word():
    assert has_loose_letters("ㅔㅛ쇄ㅜ") and has_loose_letters(unicodedata.normalize("NFKC", "ㅔㅛ쇄ㅜ"))
    assert not has_loose_letters("파이썬 python")
