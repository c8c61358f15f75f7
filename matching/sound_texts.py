"""Decides how a text is said: Hangul as a row of sounds, Latin as letters marked for what stands around them."""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from .normalise import clean, has_hangul
from .sound_table import sound_table

_INITIALS = "ㄱㄱㄴㄷㄷㄹㅁㅂㅂㅅㅅ_ㅈㅈㅊㅋㅌㅍㅎ"
_VOWELS = "ㅏ ㅐ yㅏ yㅐ ㅓ ㅔ yㅓ yㅔ ㅗ wㅏ wㅐ wㅔ yㅗ ㅜ wㅓ wㅔ wㅣ yㅜ ㅡ ㅡㅣ ㅣ".split()
_FINALS = "_ㄲㄲㄲㄴㄴㄴㄸㄹㄲㅁㄹㄹㄹㅃㄹㅁㅃㅃㄸㄸㅇㄸㄸㄲㄸㅃㄸ"
_HEARD_WORD = re.compile(r"[가-힣]+|[a-z0-9+#]+", re.IGNORECASE)
_SPELLED_WORD = re.compile(r"\.?[a-z0-9+#]+", re.IGNORECASE)
# A word may hide in another (GitHub, PowerShell), a dot counts where a word begins (.NET).
_HUMP = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9+#]|(?<!\w)\.(?=\w)")
_DOUBLED = re.compile(r"([bdfghjlmnpqrstvwx])\1")
_SOFT = re.compile("[cg](?=[eiy])")
_SILENT_R = re.compile("(?<=[aeiou])r(?![aeiouy])")
_MUTE_E = re.compile("(?<=[aeiouy][^aeiou])e$|(?<=[aeiouy][^aeiou]{2})e$|(?<=[aeiouy][^aeiou]{3})e$|(?<=[gq]u)e$")
_OPEN_VOWEL = re.compile("(?<![aeiou])[aiou](?=[^aeiouyřwx|](?:[aeiouyĕ]|lĕ))")
_SOFT_MARKS = {"c": "ç", "g": "ĝ"}
_OPEN_MARKS = dict(zip("aiou", "āīōū", strict=True))
_IN_BRACKETS = re.compile(r"\s*\(([^()]*)\)")
_ENDING = re.compile(r"(?<=\w)\.(?:js|io|net|com)$", re.IGNORECASE)
# Who abbreviates takes five letters at most; short words may be abbreviations that somebody wrote in lower case.
_LONGEST_INITIALS, _SHORT_WORD = 5, 3
_COARSE = str.maketrans("ㄱㄲㅋㄷㄸㅌㅂㅃㅍㅅㅈㅊㄹㅁㄴㅇㅎㅏㅐㅓㅔㅗㅜㅣ", "kkktttpppssslmnnhaaaaaaa", "ㅡyw")
_LATIN_RUN = re.compile("[A-Z]+")
_TWICE = re.compile(r"(.)\1+")


class Spelled(NamedTuple):
    """A Latin word by letters: `groups` with the marks that rules of several letters know, `letters` with all marks."""

    groups: str
    letters: str


def is_heard(text: str) -> bool:
    """Whether the text has Hangul, so that it says how it sounds."""
    return has_hangul(clean(text))


def readings(name: str) -> list[str]:
    """The name and what it may be shortened to: without brackets, what is in them, each side of a slash or dash, no .js."""
    bare = _IN_BRACKETS.sub("", name)
    parts = [bare, *_IN_BRACKETS.findall(name), *re.split(r"\s+[/|-]\s+", bare), _ENDING.sub("", bare)]
    return list(dict.fromkeys([name, *(part.strip() for part in parts if re.search(r"[^\W_]", part))]))


def heard_words(text: str) -> list[str]:
    return _HEARD_WORD.findall(text)


def spelled_words(text: str) -> list[str]:
    return _SPELLED_WORD.findall(text)


def hear(text: str) -> str:
    """The sounds of a Hangul text, one character each; Latin letters and digits in it stay as capitals."""
    sounds = "".join(_say(character) for character in clean(text))
    # Nobody hears 쟈 from 자.
    return re.sub("(?<=[ㅈㅊ])y", "", sounds)


def _say(character: str) -> str:
    if not "가" <= character <= "힣":
        return character.upper() if character in "+#" or (character.isascii() and character.isalnum()) else ""
    place = ord(character) - ord("가")
    syllable = _INITIALS[place // 588] + _VOWELS[place % 588 // 28] + _FINALS[place % 28]
    return syllable.replace("_", "")


def spell(text: str) -> list[Spelled]:
    """The words of a Latin text, each between edges (|word|); a capital inside a word begins another."""
    bare = "".join(c for c in unicodedata.normalize("NFD", clean(text).replace("&", " and ")) if not unicodedata.combining(c))
    return [_spell_word(word) for word in _HUMP.findall(bare)]


@lru_cache(maxsize=1 << 15)
def _spell_word(word: str) -> Spelled:
    marked = _mark(word)
    return Spelled(f"|{marked}|", f"|{_mark_letters(word, marked)}|")


def _mark(word: str) -> str:
    lower = word.lower()
    if len(word) > _SHORT_WORD and not _is_initials(word):
        lower = _DOUBLED.sub(r"\1", lower)
    soft = _SOFT.sub(lambda found: _SOFT_MARKS[found[0]], lower)
    return _MUTE_E.sub("ĕ", _SILENT_R.sub("ř", soft))


def _mark_letters(word: str, marked: str) -> str:
    if _is_initials(word) or len(word) <= _SHORT_WORD:
        return marked.upper()
    return _OPEN_VOWEL.sub(lambda found: _OPEN_MARKS[found[0]], marked)


def _is_initials(word: str) -> bool:
    return word.isupper() and len(word) <= _LONGEST_INITIALS


def coarse(sounds: str) -> str:
    """Sounds by classes (ㄱㅋ, ㅂㅍ, ㅅㅈㅊ ...), to find the few names worth a closer look."""
    aloud = _LATIN_RUN.sub(lambda found: plain_sounds(spell(found[0].lower()))[0], sounds)
    return _TWICE.sub(r"\1", aloud.translate(_COARSE))


def plain_sounds(words: Sequence[Spelled]) -> list[str]:
    """The most regular sounds of a spelling: the longest rule at each place, its first sound. Once more with every
    ge and gi hard, and once more with letter names, where that makes a difference.
    """
    ways = zip(*(_say_word(word) for word in words), strict=True)
    return list(dict.fromkeys("".join(way) for way in ways)) or [""]


@lru_cache(maxsize=1 << 15)
def _say_word(word: Spelled) -> tuple[str, str, str]:
    plain = sound_table().plain
    soft = _longest_rule().sub(lambda found: plain[found[0]], word.groups)
    hard = _longest_rule().sub(lambda found: plain[found[0]], word.groups.replace("ĝ", "g"))
    if word.letters.islower():
        return soft, hard, soft
    return soft, hard, "".join(plain[letter] for letter in word.letters)


@cache
def _longest_rule() -> re.Pattern[str]:
    lower = [unit for unit in sound_table().units if not unit.isupper()]
    return re.compile("|".join(map(re.escape, sorted(lower, key=len, reverse=True))))
