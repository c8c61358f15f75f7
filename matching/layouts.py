"""Decides which keys a text was typed with: Hangul on the English layout, English on the Korean one (two-set, 두벌식)."""

import re
import unicodedata

# Two-set layout (KS X 5002): initials, vowels, finals and lone consonants in the order of Unicode, one letter of two keys
# as these two; a capital is the key with Shift.
_BY_PLACE = """
r R s e E f a q Q t T d w W c z x v g
k o i O j p u P h hk ho hl y n nj np nl b m ml l
r R rt s sw sg e f fr fa fq ft fx fv fg a q qt t T d w c z x v g
r R rt s sw sg e E f fr fa fq ft fx fv fg a q Q qt t T d w W c z x v g
"""
_INITIALS, _VOWELS, _FINALS, _CONSONANTS = (line.split() for line in _BY_PLACE.strip().splitlines())
_LONE = _CONSONANTS + _VOWELS
_LONE_LETTERS = "ㄱㄲㄳㄴㄵㄶㄷㄸㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅃㅄㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_LETTERS = {key: letter for key, letter in zip(_LONE, _LONE_LETTERS, strict=True) if len(key) == 1}
_FIRST_SYLLABLE = 0xAC00
# The keys that say something else with Shift; on all others Shift was let go too late.
_SHIFTED = frozenset("QWERTOP")
_LOOSE = re.compile(r"[\u1100-\u11ff\u3131-\u318e]")


def _keys_by_character() -> dict[int, str]:
    """Every syllable and every letter, single or conjoining (as NFKC leaves it), with its keys."""
    syllables = [i + v + f for i in _INITIALS for v in _VOWELS for f in ("", *_FINALS)]
    blocks = ((_FIRST_SYLLABLE, syllables), (0x3131, _LONE), (0x1100, _INITIALS), (0x1161, _VOWELS), (0x11A8, _FINALS))
    return {first + n: keys for first, block in blocks for n, keys in enumerate(block)}


_KEYS = _keys_by_character()
_AS_TYPED = {character: "".join(map(_LETTERS.__getitem__, keys)) for character, keys in _KEYS.items()}
# What `str.translate` does not find costs it an exception.
_AS_TYPED.update((character, chr(character)) for character in range(128))


def _any_of(keys: list[str]) -> str:
    return "|".join(sorted(keys, key=len, reverse=True))


# A consonant before a vowel begins the next syllable, so a final is taken only where no vowel follows.
_SYLLABLE = re.compile(f"({_any_of(_INITIALS)})({_any_of(_VOWELS)})((?:{_any_of(_FINALS)})(?![{''.join(_VOWELS)}]))?")
_LATIN_WORD = re.compile(r"[A-Za-z]+")
_HANGUL_WORD = re.compile(r"[\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3]+")


def letters_of(text: str) -> str:
    """The text with one letter for each key that types it: 라 → ㄹㅏ, 웹 → ㅇㅜㅔㅂ. Latin text stays. O(length)."""
    return text if text.isascii() else unicodedata.normalize("NFC", text).translate(_AS_TYPED)


def keys_of(text: str) -> str:
    """The keys that type a text on the Korean layout: ㅔㅛ쇄ㅜ → python, 파이썬 → vkdlTjs. Latin text stays. O(length)."""
    return unicodedata.normalize("NFC", text).translate(_KEYS)


def hangul_of(keys: str) -> str:
    """What the keys give on the Korean layout: vkdlTjs → 파이썬; a letter that joins no syllable stays alone. O(length)."""
    plain = "".join(key if key in _SHIFTED else key.lower() for key in keys)
    joined = _SYLLABLE.sub(lambda found: _join(*found.groups()), plain)
    return "".join(_LETTERS.get(character, character) for character in joined)


def _join(initial: str, vowel: str, final: str | None) -> str:
    number = _INITIALS.index(initial) * len(_VOWELS) + _VOWELS.index(vowel)
    return chr(_FIRST_SYLLABLE + number * (len(_FINALS) + 1) + (_FINALS.index(final) + 1 if final else 0))


def has_loose_letters(text: str) -> bool:
    """Whether a text has Hangul letters outside syllables, as no Korean word has."""
    return _LOOSE.search(text) is not None


def retype(text: str) -> tuple[str, ...]:
    """What the text may have been meant as if it was typed on the other layout; whether it was, only a name that is met
    can tell.

    Hangul becomes Latin, first only the words with letters outside syllables, then all. Latin words become Hangul where
    all of them join into syllables without a rest, first without those in capitals (AI), then with them.
    """
    with_loose = _HANGUL_WORD.sub(lambda word: keys_of(word[0]) if has_loose_letters(word[0]) else word[0], text)
    all_hangul = _HANGUL_WORD.sub(lambda word: keys_of(word[0]), text)
    small_latin = _LATIN_WORD.sub(lambda word: word[0] if word[0].isupper() else _joined(word[0]), text)
    all_latin = _LATIN_WORD.sub(lambda word: _joined(word[0]), text)
    meant = [other for other in (with_loose, all_hangul) if other != text]
    meant += [other for other in (small_latin, all_latin) if other != text and not has_loose_letters(other)]
    return tuple(dict.fromkeys(meant))


def _joined(word: str) -> str:
    # Caps Lock says nothing of Shift.
    return hangul_of(word.lower() if word.isupper() else word)
