"""Decides how far an opening's title is the work that a person wishes for."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import count, pairwise
from typing import TypeVar

import numpy as np

from .arrays import Floats
from .linking import Index, find_links
from .memory import SharedMemory
from .normalise import fold, respell, split_words
from .title_words import ATTACHED_ROLES, CANONICAL, LADDERS, NOISE, ROLE_ENDINGS, ROLES
from .vocabulary import Vocabulary

T = TypeVar("T")

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

# The units of a title, and what each counts.
Units = Mapping[str, float]
# Remembered with a vocabulary: how titles are cut, known units and words, and how far one is another.
_UNITS: SharedMemory[Vocabulary, str, tuple[Units, Units]] = SharedMemory(1 << 15)
_ALIKE: SharedMemory[Vocabulary, tuple[str, str], float] = SharedMemory(1 << 17)


class Titles:
    """Titles cut into units, once into names that a vocabulary knows and once into words, ready to be compared. Making
    it: O(units, and unknown units x names of the vocabulary), when they are first compared."""

    def __init__(self, vocabulary: Vocabulary, titles: Iterable[str]) -> None:
        self.vocabulary = vocabulary
        self.texts = list(titles)
        self.folded: dict[str, list[int]] = {}
        for number, title in enumerate(self.texts):
            self.folded.setdefault(fold(title), []).append(number)

    @cached_property
    def cuts(self) -> tuple["_Cut", "_Cut"]:
        """Both ways to cut them."""
        vocabulary = self.vocabulary
        found = _UNITS.of(vocabulary, self.texts, lambda new: [_units_of(title, vocabulary) for title in new])
        return _Cut([known for known, _ in found], vocabulary), _Cut([words for _, words in found], vocabulary)


class _Cut:
    """Titles cut in one way. `units` are numbered as they came. `order` has the titles of most units first; the k-th of
    `nth` is the k-th unit of all that have so many, in that order, the k-th of `weights` what it counts there, and
    `total` what all units of a title count."""

    def __init__(self, titles: Sequence[Units], vocabulary: Vocabulary) -> None:
        self.units: dict[str, int] = {}
        for title in titles:
            for unit in title:
                self.units.setdefault(unit, len(self.units))
        self.index = Index(vocabulary.read_many(list(self.units)))
        self.order = sorted(range(len(titles)), key=lambda title: -len(titles[title]))
        ordered = [titles[title] for title in self.order]
        self.nth = [np.array([*map(self.units.__getitem__, units)]) for units in _columns([*map(list, ordered)])]
        self.weights = [np.array(weights) for weights in _columns([list(title.values()) for title in ordered])]
        self.total = np.array([sum(title.values()) for title in ordered])

    def best(self, rows: Floats) -> Floats:
        """For each title in order the best of its units; rows: what is said of each unit, shape (units, any)."""
        best: Floats = rows[self.nth[0]]
        for units in self.nth[1:]:
            np.maximum(best[: len(units)], rows[units], out=best[: len(units)])
        return best

    def weighed(self, rows: Floats) -> Floats:
        """The same, but the sum of its units, each times what it counts."""
        weighed = np.zeros((len(self.order), rows.shape[1]))
        for units, weights in zip(self.nth, self.weights, strict=True):
            weighed[: len(units)] += weights[:, None] * rows[units]
        return weighed


def _columns(rows: Sequence[Sequence[T]]) -> Iterator[list[T]]:
    """The first of each row, then the second of those that have one, and so on; rows: the longest first."""
    for place in count():
        rows = [row for row in rows if len(row) > place]
        if not rows:
            return
        yield [row[place] for row in rows]


def compare_titles(pairs: Sequence[tuple[str, str]], vocabulary: Vocabulary) -> list[float]:
    """How far the offered title of each pair (wished, offered) is the wished one, 0..1; see `compare_cut_titles`. What
    was compared before is remembered as long as the vocabulary is there."""

    def find(new: Sequence[tuple[str, str]]) -> list[float]:
        wished, offered = (Titles(vocabulary, dict.fromkeys(side)) for side in zip(*new, strict=True))
        table = compare_cut_titles(wished, offered).tolist()
        rows, columns = ({title: number for number, title in enumerate(side.texts)} for side in (wished, offered))
        return [table[rows[wish]][columns[title]] for wish, title in new]

    return _ALIKE.of(vocabulary, pairs, find)


def compare_cut_titles(wanted: Titles, offered: Titles) -> Floats:
    """The same for titles that were cut before; each cell depends on its pair only.

    The better of the two cuts counts. A unit of the wish is met by its best unit of the title: score = coverage of the
    wish x (0.75 + 0.25 coverage of the title). O(units of all wanted x units of all offered titles).
    """
    table = np.zeros((len(wanted.texts), len(offered.texts)))
    for mine, theirs in zip(wanted.cuts, offered.cuts, strict=True):
        np.maximum(table, _compare_cut(mine, theirs, wanted.vocabulary), out=table)
    table[table < _FLOOR] = 0.0
    few, many = sorted((wanted.folded, offered.folded), key=len)
    for title in few:
        if title in many:
            table[np.ix_(wanted.folded[title], offered.folded[title])] = 1.0
    return table


def _compare_cut(mine: _Cut, theirs: _Cut, vocabulary: Vocabulary) -> Floats:
    table = np.zeros((len(mine.order), len(theirs.order)))
    if not table.size:
        return table
    alike = _unit_table(mine, theirs, vocabulary)
    # Whole rows are copied, so what is asked of the other side is turned round first.
    met = theirs.best(np.ascontiguousarray(alike.T))
    wish = mine.weighed(np.ascontiguousarray(met.T)) / mine.total[:, None]
    said = theirs.weighed(np.ascontiguousarray(mine.best(alike).T)) / theirs.total[:, None]
    table[np.ix_(mine.order, theirs.order)] = wish * (_WISH_SHARE + (1 - _WISH_SHARE) * said.T)
    return table


def _units_of(title: str, vocabulary: Vocabulary) -> tuple[Units, Units]:
    known, words = known_units(title, vocabulary), word_units(title)
    return (
        dict(zip(known, _weights(known, vocabulary), strict=True)),
        dict(zip(words, _weights(words, vocabulary), strict=True)),
    )


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


def word_units(title: str) -> tuple[str, ...]:
    """The words of a title, at least one, each as the first word of its group (annotator → 라벨러)."""
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


def _unit_table(mine: _Cut, theirs: _Cut, vocabulary: Vocabulary) -> Floats:
    """How far each unit of an offered title meets each unit of a wish, shape (wished units, offered units)."""
    table = np.zeros((len(mine.units), len(theirs.units)))
    for link in find_links(theirs.index, mine.index, vocabulary):
        worth = link.value * _RELATION_WORTH[link.relation]
        table[link.needed, link.held] = max(table[link.needed, link.held], worth)
    for unit, i in mine.units.items():
        for step in _NEXT_STEPS.get(unit, frozenset()) & theirs.units.keys():
            table[i, theirs.units[step]] = max(table[i, theirs.units[step]], _STEP_WORTH)
    for unit in mine.units.keys() & theirs.units.keys():
        table[mine.units[unit], theirs.units[unit]] = 1.0
    return table
