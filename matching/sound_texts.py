"""Decides how a text is said: Hangul as a row of sounds, Latin as letters marked for what stands around them."""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from .normalise import clean, has_hangul
from .sound_table import sound_table

# Syllables in the order of Unicode; tense initials as plain ones, finals as they are closed, _ is none.
_INITIALS = "ㄱㄱㄴㄷㄷㄹㅁㅂㅂㅅㅅ_ㅈㅈㅊㅋㅌㅍㅎ"
_VOWELS = "_ㅏ_ㅐyㅏyㅐ_ㅓ_ㅔyㅓyㅔ_ㅗwㅏwㅐwㅔyㅗ_ㅜwㅓwㅔwㅣyㅜ_ㅡㅡㅣ_ㅣ"
_FINALS = "_ㄲㄲㄲㄴㄴㄴㄸㄹㄲㅁㄹㄹㄹㅃㄹㅁㅃㅃㄸㄸㅇㄸㄸㄲㄸㅃㄸ"
_HEARD_WORD = re.compile(r"[가-힣]+|[a-z0-9+#]+", re.IGNORECASE)
_SPELLED_WORD = re.compile(r"\.?(?:[^\W_]|[+#])+")
# A word may hide in another (GitHub, PowerShell), a dot counts where a word begins (.NET).
_HUMP = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9+#]|(?<!\w)\.(?=\w)")
_DOUBLED = re.compile(r"([bdfghjlmnpqrstvwx])\1")
_VOWEL = re.compile("[aeiouy]")
_SOFT = re.compile("[cg](?=[eiy])")
_SILENT_R = re.compile("(?<=[aeiou])r(?![aeiouy])")
_MUTE_E = re.compile("^(.*[aeiouy].*[^aeiou]|.*[gq]u)e$")
_OPEN_VOWEL = re.compile("(?<![aeiou])[aiou](?=[^aeiouyřwx|](?:[aeiouyĕ]|lĕ))")
_SOFT_MARKS = {"c": "ç", "g": "ĝ"}
_OPEN_MARKS = dict(zip("aiou", "āīōū", strict=True))
_IN_BRACKETS = re.compile(r"\s*\(([^()]*)\)")
_ENDING = re.compile(r"(?<=\w)\.(?:js|io|net|com)$", re.IGNORECASE)
# Who abbreviates takes five letters at most; short words may be abbreviations that somebody wrote in lower case.
_LONGEST_INITIALS, _SHORT_WORD = 5, 3
_COARSE = str.maketrans("ㄱㄲㅋㄷㄸㅌㅂㅃㅍㅅㅈㅊㄹㅁㄴㅇㅎㅏㅐㅓㅔㅗㅜㅣ", "kkktttpppssslmnnhaaaaaaa", "ㅡyw")
_LITERAL_RUN = re.compile("[A-Z0-9+#]+")
_TWICE = re.compile(r"(.)\1+")


class Spelled(NamedTuple):
    """A Latin word by letters: `groups` with the marks that rules of several letters know, `letters` with all marks.

    `names` are the capitals of a word that may be called letter by letter, else empty.
    """

    groups: str
    letters: str
    names: str


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
    vowel = place % 588 // 28 * 2
    syllable = _INITIALS[place // 588] + _VOWELS[vowel : vowel + 2] + _FINALS[place % 28]
    return syllable.replace("_", "")


def spell(text: str) -> list[Spelled]:
    """The words of a Latin text, each between edges (|word|); a capital inside a word begins another."""
    bare = "".join(
        c for c in unicodedata.normalize("NFD", clean(text).replace("&", " and ")) if not unicodedata.combining(c)
    )
    return [_spell_word(word) for word in _HUMP.findall(bare)]


@lru_cache(maxsize=1 << 15)
def _spell_word(word: str) -> Spelled:
    lower = word.lower()
    is_called = len(word) <= _LONGEST_INITIALS and (
        word.isupper() or len(word) <= _SHORT_WORD or not _VOWEL.search(lower)
    )
    plain = lower if is_called else _DOUBLED.sub(r"\1", lower)
    groups = _SILENT_R.sub("ř", _MUTE_E.sub(r"\1ĕ", _SOFT.sub(lambda found: _SOFT_MARKS[found[0]], plain)))
    letters = _OPEN_VOWEL.sub(lambda found: _OPEN_MARKS[found[0]], groups)
    return Spelled(f"|{groups}|", f"|{letters}|", word.upper() if is_called and word.isalpha() else "")


def coarse(sounds: str) -> str:
    """Sounds by classes (ㄱㅋ, ㅂㅍ, ㅅㅈㅊ ...), to find the few names worth a closer look."""
    aloud = _LITERAL_RUN.sub(lambda found: plain_sounds(spell(found[0].lower()))[0], sounds)
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
    return soft, hard, "".join(plain[letter] for letter in word.names) or soft


@cache
def _longest_rule() -> re.Pattern[str]:
    lower = [unit for unit in sound_table().units if not unit.isupper()]
    return re.compile("|".join(map(re.escape, sorted(lower, key=len, reverse=True))))
