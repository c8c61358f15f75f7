"""Decides how alike two names are, 0..100, and when likeness is only an accident of spelling."""

from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from typing import TypeVar

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA, Levenshtein

from .arrays import Floats
from .layouts import letters_of
from .normalise import Form, form_of, has_hangul

T = TypeVar("T", float, Floats)

# One wrong vowel or letter in a word of six (데이타 라벨링, Pyhton) gives 83 or more; MySQL and MSSQL, five letters
# and two products, give 80. Between the two lies the cut.
NEAR_CUT = 82.0
# What is left of a likeness where too many letters differ: never near (99 becomes 79).
_OTHER_WORDS = 0.8
# Letters catch the typing error, syllables the other word (영업, 영어): 0.7 keeps 라밸링 at 90 and 영업/영어 at 79.
_JAMO_SHARE = 0.7
SHORT_NAME = 3
FEW_LETTERS = 6
_ERRORS_FROM = (4, 8, 16, 24)
_WORD_ERRORS = 0.5
# Three syllables alike to the ear are one loan word (포토샾); two are too few to be sure (결재, 결제), more need no help.
_SAME_SOUND = 95.0
_SHORT_CUT = 90.0
# Only the same text may say 100, else a swapped word order would pass for "exact".
MOST_ALIKE = 99.0
# Who passed the written part, or is about to sit it, does not hold the certificate.
EXAM_PARTS = frozenset(("필기", "실기", "준비", "준비중"))


def compare(a: str, b: str) -> float:
    """Similarity of two names, 0..100; 100 means the same folded text. Symmetric.

    The best of the plain and the word-sorted text, each a blend of edit similarity on letters and on syllables
    (rapidfuzz `ratio`, normalised indel distance), capped below the near cut where a guard says "accident".
    """
    return compare_forms(form_of(a), form_of(b))


def compare_forms(a: Form, b: Form) -> float:
    if a.folded == b.folded:
        return 100.0
    return compare_misspelt(a, b) if is_misspelling(a, b) else _blended(a, b) * _OTHER_WORDS


def compare_misspelt(a: Form, b: Form) -> float:
    """The same for two texts of which one is known to be a misspelling of the other, or to be the same."""
    if a.folded == b.folded:
        return 100.0
    likeness = _blended(a, b)
    return below_near(likeness) if is_accident(a, b, likeness) else likeness


def _blended(a: Form, b: Form) -> float:
    plain = blend(fuzz.ratio(a.jamo, b.jamo), fuzz.ratio(a.spelled, b.spelled))
    likeness = plain
    if len(a.words) > 1 and len(b.words) > 1:
        swapped = blend(fuzz.ratio(a.ordered, b.ordered), fuzz.ratio(a.sorted, b.sorted))
        likeness = max(plain, swapped)
    if _sounds_same(a, b):
        likeness = max(likeness, _SAME_SOUND)
    return min(likeness, MOST_ALIKE)


def below_near(likeness: float) -> float:
    """What a guard leaves of a likeness 0..100 that is an accident: below the near cut, still in order."""
    return 60 + likeness / 5


def is_accident(a: Form, b: Form, likeness: float) -> bool:
    """Whether two different names look alike without meaning the same: short, with symbols, other numbers, other short word."""
    is_short = min(len(a.folded), len(b.folded)) <= SHORT_NAME and not _sounds_same(a, b)
    if is_short or a.numbers != b.numbers or has_symbol(a) or has_symbol(b):
        return True
    if min(len(a.jamo), len(b.jamo)) <= FEW_LETTERS and a.jamo[0] != b.jamo[0]:
        return True
    if min(len(a.jamo), len(b.jamo)) <= 5 and likeness < _SHORT_CUT:
        return True
    return bool(EXAM_PARTS & (set(a.words) ^ set(b.words))) or _differ_in_short_words(a.words, b.words)


def is_misspelling(a: Form, b: Form) -> bool:
    """Whether so few wrong keys part two names that they are one: 1 of 4 to 7 letters, 2 of 8 to 15, 3 of
    16 to 23, 4 of more.

    A wrong key is one letter too many, missing, another, or two in the wrong order (optimal string alignment). In
    longer names a whole other word fits into any share of the letters (production manager, production director), so
    no word may have lost more than half of its letters either. Symmetric.
    """
    # Several alignments may be equally short; which of them is looked at may not depend on who asks.
    a, b = (a, b) if a.folded <= b.folded else (b, a)
    if _few_errors(a.jamo, b.jamo, a.words, b.words):
        return True
    swapped = len(a.words) > 1 and len(b.words) > 1
    return swapped and _few_errors(a.ordered, b.ordered, sorted(a.words), sorted(b.words))


def most_errors(letters: int) -> int:
    """How many wrong keys a name may have, the longer of two having so many letters."""
    return bisect_right(_ERRORS_FROM, letters)


def _few_errors(a: str, b: str, a_words: Sequence[str], b_words: Sequence[str]) -> bool:
    most = most_errors(max(len(a), len(b)))
    if abs(len(a) - len(b)) > most or OSA.distance(a, b, score_cutoff=most) > most:
        return False
    changes = Levenshtein.editops(a, b)
    lost = [change.src_pos for change in changes if change.tag != "insert"]
    gained = [change.dest_pos for change in changes if change.tag != "delete"]
    return _keeps_words(a_words, lost) and _keeps_words(b_words, gained)


def _keeps_words(words: Sequence[str], wrong: Sequence[int]) -> bool:
    """Whether the wrong places, counted in letters, leave enough of every word."""
    start = 0
    for word in words:
        stop = start + len(letters_of(word))
        errors = sum(start <= place < stop for place in wrong)
        if errors > max(_WORD_ERRORS * (stop - start), errors == 1 < stop - start):
            return False
        start = stop
    return True


def blend(letters: T, syllables: T) -> T:
    """What letters and syllables say together, both 0..100: of one pair or of many."""
    return _JAMO_SHARE * letters + (1 - _JAMO_SHARE) * syllables


def _sounds_same(a: Form, b: Form) -> bool:
    return a.sound == b.sound and len(a.folded) == len(b.folded) == SHORT_NAME and has_hangul(a.jamo)


def has_symbol(form: Form) -> bool:
    return "+" in form.folded or "#" in form.folded or form.folded.startswith(".")


def _differ_in_short_words(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    # 의료 / 의류, 웹 / 앱: a short word is a name of its own, and short names are never near.
    return _has_more_short_words(a, b) and _has_more_short_words(b, a)


def _has_more_short_words(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    return any(a.count(word) > b.count(word) and is_short_word(word) for word in a)


@lru_cache(maxsize=1 << 16)
def is_short_word(word: str) -> bool:
    """Whether a word is so short that it is a name of its own: two syllables, three Latin letters."""
    return len(word) <= (2 if has_hangul(word) else 3)
