"""Decides how far an opening's title is the work that a person wishes for."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from .linking import find_links
from .normalise import fold, respell, split_words
from .title_words import ATTACHED_ROLES, CANONICAL, LADDERS, NOISE, ROLE_ENDINGS, ROLES
from .vocabulary import Vocabulary

# How much of a match the wish decides; the rest asks whether the title is about something else as well.
_WISH_SHARE = 0.75
# 개발자 or 담당자 alone is no agreement: the word before it says which work.
_ROLE_WEIGHT = 0.25
_MODIFIER_WEIGHT = 0.5
_LONGEST_UNIT = 4
# A wish for labeling is met by a post for boxes, a little less than by one for labeling; related work is a weak yes.
_RELATION_WORTH: Mapping[str, float] = {"same": 1.0, "narrower": 0.9, "broader": 1.0, "related": 0.75}
# A post one step before the goal leads there, one step after it is where it leads: a little of a yes.
_STEP_WORTH = 0.4
# Below this, agreement rests on a role word or a far relation only and is not worth points.
_FLOOR = 0.2
_NEXT_STEPS: Mapping[str, frozenset[str]] = {
    step: frozenset(
        other for ladder in LADDERS for pair in pairwise(ladder) if step in pair for other in pair if other != step
    )
    for ladder in LADDERS
    for step in ladder
}


@dataclass(frozen=True, slots=True)
class _Titles:
    """Titles as units: `starts` cuts the flat list of unit numbers; `weights` per flat unit."""

    units: tuple[str, ...]
    flat: NDArray[np.intp]
    starts: NDArray[np.intp]
    weights: NDArray[np.float64]


def compare_titles(wanted: Sequence[str], offered: Sequence[str], vocabulary: Vocabulary) -> NDArray[np.float64]:
    """How far each offered title is each wanted one: 0..1, shape (wanted, offered); each cell depends on its pair only.

    Titles are cut into units, once into names the vocabulary knows and once into words; the better cut counts. A unit
    of the wish is met by its best unit of the title: score = coverage of the wish x (0.75 + 0.25 coverage of the
    title). O(wanted x units of all titles).
    """
    table = np.zeros((len(wanted), len(offered)))
    for cut in (known_units, word_units):
        table = np.maximum(
            table, _compare_cut(_cut(wanted, vocabulary, cut), _cut(offered, vocabulary, cut), vocabulary)
        )
    table[table < _FLOOR] = 0.0
    _mark_same([fold(title) for title in wanted], [fold(title) for title in offered], table)
    return table


def _compare_cut(mine: _Titles, theirs: _Titles, vocabulary: Vocabulary) -> NDArray[np.float64]:
    alike = _unit_table(mine.units, theirs.units, vocabulary)
    table = np.zeros((len(mine.starts) - 1, len(theirs.starts) - 1))
    for row in range(len(table)):
        units = slice(mine.starts[row], mine.starts[row + 1])
        table[row] = _compare_one(alike[mine.flat[units]], mine.weights[units], theirs)
    return table


def _compare_one(alike: NDArray[np.float64], weights: NDArray[np.float64], titles: _Titles) -> NDArray[np.float64]:
    if not len(titles.flat):
        return np.zeros(len(titles.starts) - 1)
    cells = alike[:, titles.flat]
    met = np.maximum.reduceat(cells, titles.starts[:-1], axis=1)
    wish = (weights[:, None] * met).sum(axis=0) / weights.sum()
    said = np.add.reduceat(cells.max(axis=0) * titles.weights, titles.starts[:-1])
    whole = np.add.reduceat(titles.weights, titles.starts[:-1])
    worth: NDArray[np.float64] = wish * (_WISH_SHARE + (1 - _WISH_SHARE) * said / whole)
    return worth


def _cut(titles: Sequence[str], vocabulary: Vocabulary, cut: Callable[[str, Vocabulary], tuple[str, ...]]) -> _Titles:
    units = [cut(title, vocabulary) for title in titles]
    numbers: dict[str, int] = {}
    flat = [numbers.setdefault(unit, len(numbers)) for own in units for unit in own]
    starts = np.concatenate(([0], np.cumsum([len(own) for own in units]))).astype(np.intp)
    weights = [weight for own in units for weight in _weights(own, vocabulary)]
    return _Titles(tuple(numbers), np.array(flat, np.intp), starts, np.array(weights, np.float64))


def _weights(units: tuple[str, ...], vocabulary: Vocabulary) -> list[float]:
    """Titles end with what the work is: the last unit that is no mere role counts most, what stands before it narrows it."""
    work = [unit for unit in units if unit not in ROLES]
    work = [unit for unit in work if not _is_said_by_another(unit, work, vocabulary)]
    return [_ROLE_WEIGHT if unit not in work else 1.0 if unit == work[-1] else _MODIFIER_WEIGHT for unit in units]


def _is_said_by_another(unit: str, units: Sequence[str], vocabulary: Vocabulary) -> bool:
    """Whether a narrower unit of the title says it as well: beside 폴리곤, 라벨러 is only a role."""
    key = vocabulary.lookup(unit)
    if key is None:
        return False
    ways = vocabulary.ways_to(key)
    others = (vocabulary.lookup(other) for other in units if other != unit)
    return any(other in ways and ways[other].relation == "narrower" for other in others if other)


def says_work(title: str) -> bool:
    """Whether a title says anything about the work; 신입 채용, --- and 무관 do not."""
    return any(any(map(str.isalnum, word)) for word in _title_words(title))


def known_units(title: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The units of a title, at least one: the longest runs of words that the vocabulary knows, else single words."""
    words = _title_words(title)
    units: list[str] = []
    position = 0
    while position < len(words):
        unit, length = _longest_known(words[position : position + _LONGEST_UNIT], vocabulary)
        units.append(unit)
        position += length
    return tuple(dict.fromkeys(units)) or (fold(title),)


def word_units(title: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The words of a title, at least one, each as the first word of its group (annotator → 라벨러)."""
    del vocabulary
    words = (CANONICAL.get(word, word) for word in _title_words(title))
    return tuple(dict.fromkeys(words)) or (fold(title),)


@lru_cache(maxsize=1 << 16)
def _title_words(title: str) -> tuple[str, ...]:
    words = [word for word in split_words(title) if word not in NOISE and not word[0].isdigit()]
    return tuple(part for word in words for part in _split_role(respell(word)))


def _split_role(word: str) -> tuple[str, ...]:
    """백엔드개발자 is two words written as one."""
    for role in ATTACHED_ROLES:
        if word.endswith(role) and len(word) - len(role) >= 2:
            return word.removesuffix(role), role
    return (word,)


def _longest_known(words: tuple[str, ...], vocabulary: Vocabulary) -> tuple[str, int]:
    for length in range(len(words), 1, -1):
        joined = "".join(words[:length])
        for name in (joined, *(joined.removesuffix(end) for end in ROLE_ENDINGS if joined.endswith(end))):
            if key := vocabulary.lookup(name):
                return key, length
    word = CANONICAL.get(words[0], words[0])
    return (vocabulary.lookup(words[0]) or word) if word not in ROLES else word, 1


def _unit_table(mine: Sequence[str], theirs: Sequence[str], vocabulary: Vocabulary) -> NDArray[np.float64]:
    table = np.zeros((len(mine), len(theirs)))
    wanted, offered = vocabulary.read_many(mine), vocabulary.read_many(theirs)
    for link in find_links(offered, wanted, vocabulary):
        worth = link.value * _RELATION_WORTH[link.relation]
        table[link.needed, link.held] = max(table[link.needed, link.held], worth)
    _mark_steps(mine, theirs, table)
    _mark_same(mine, theirs, table)
    return table


def _mark_steps(mine: Sequence[str], theirs: Sequence[str], table: NDArray[np.float64]) -> None:
    places = {text: j for j, text in enumerate(theirs)}
    for i, text in enumerate(mine):
        for other in _NEXT_STEPS.get(text, ()):
            if other in places:
                table[i, places[other]] = max(table[i, places[other]], _STEP_WORTH)


def _mark_same(mine: Sequence[str], theirs: Sequence[str], table: NDArray[np.float64]) -> None:
    places: dict[str, list[int]] = {}
    for j, text in enumerate(theirs):
        places.setdefault(text, []).append(j)
    for i, text in enumerate(mine):
        table[i, places.get(text, [])] = 1.0
