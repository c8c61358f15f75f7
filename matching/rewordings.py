"""Decides in which other words a typed name can be meant: without level and quantity, on the other layout, in parts."""

import re
from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

from .layouts import has_loose_letters, keys_of, retype
from .levels import attached_level, read_level, shorter_names, without_fillers
from .normalise import clean, fold, has_hangul

# What a name that was met is worth when other words than the typed ones met it; all are near, none is exact.
_RETYPED, _CORE, _PART = 98.0, 97.0, 95.0
# So few keys are a word on both layouts (운 is dns), so a text that is good Korean needs more, letters alone fewer.
_SURE_KEYS, _ODD_KEYS = 4, 3
# A name inside a longer text may be only next to what is meant (React Native, 웹 개발): in order, never near.
# People say the name first and what they did with it behind (엑셀 관련 프로젝트 수행).
_AT_FRONT, _WITHIN, _LONGEST_RUN = (45.0, 25.0), (20.0, 50.0), 5
_PARTS = re.compile(r"\s*[/,·|;()\[\]]\s*|\s+(?:및|and|&|\+)\s+", re.IGNORECASE)


class Rewording(NamedTuple):
    """Other words for a text, what a name that they meet is worth (0..100), and whether a misspelt name counts as well."""

    text: str
    worth: float
    may_be_near: bool = False


def reword(text: str) -> Iterator[Rewording]:
    """The other words for a text, the most trusted first; only names of an index can tell which was meant."""
    for meant in _retyped(text):
        yield meant
        yield from _cores(meant.text)
    yield from _cores(text)


def _cores(text: str) -> Iterator[Rewording]:
    core = read_level(text)[0]
    plain = without_fillers(core)
    if fold(plain) != fold(text):
        yield Rewording(plain, _CORE, may_be_near=True)
    for shorter in (core, attached_level(text)[0], *shorter_names(core)):
        if fold(shorter) not in (fold(text), fold(plain)):
            yield Rewording(shorter, _CORE)


def parts_of(text: str) -> tuple[Rewording, ...]:
    """The names that were combined in one (HTML/CSS); none when nothing parts them."""
    parts = [part for part in _PARTS.split(clean(text)) if fold(part)]
    return tuple(Rewording(part, _PART) for part in parts) if len(parts) > 1 else ()


def runs_of(text: str) -> Iterator[Rewording]:
    """The runs of words inside a text, as names that it contains: worth more the more of the text they are."""
    words = clean(text).split()
    letters = sum(map(len, words))
    for start, stop in combinations(range(len(words) + 1), 2):
        if 0 < stop - start < len(words) and stop - start <= _LONGEST_RUN:
            least, more = _WITHIN if start else _AT_FRONT
            share = sum(map(len, words[start:stop])) / letters
            yield Rewording(" ".join(words[start:stop]), least + more * share)


def _retyped(text: str) -> Iterator[Rewording]:
    shown = clean(text)
    odd = has_loose_letters(shown)
    keys = keys_of(shown)
    for meant in retype(shown):
        korean = has_hangul(meant) and not has_hangul(shown)
        if len(meant) > 1 if korean else len(keys) >= (_ODD_KEYS if odd else _SURE_KEYS):
            yield Rewording(meant, _RETYPED, may_be_near=odd or korean)
