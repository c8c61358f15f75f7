"""Decides which names a short text may be the initials of: RDB of relational database, 컴활 of 컴퓨터활용능력."""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from .normalise import Form, has_hangul

_LATIN = re.compile(r"[a-z]{2,6}")
_SYLLABLES = re.compile(r"[가-힣]{2,4}")
# Words that initials leave out.
_SILENT = frozenset(("a", "an", "and", "as", "at", "by", "for", "in", "of", "on", "or", "the", "to", "with"))
# Measured with 172 abbreviations. Where one name only has these initials, it was meant by 41 of 41 of three letters or
# more; but where what was meant is not in the index, three letters still meet something (SSO, Subway and Streetcar
# Operators), four did not. With letters from within the words 22 of 69 were meant.
_SURE, _SURE_LETTERS = 84.0, 4
_LIKELY, _LIKELY_LETTERS = 79.0, 3
_POSSIBLE, _WITHIN = 70.0, 50.0


class InitialIndex:
    """Names of several words (or of many syllables) by their initials. Building: O(names)."""

    def __init__(self, names: Sequence[Form]) -> None:
        self._names = names
        self._latin: dict[str, list[int]] = {}
        self._hangul: dict[str, list[int]] = {}
        for place, form in enumerate(names):
            if _SYLLABLES.match(form.spelled):
                self._hangul.setdefault(form.spelled[0], []).append(place)
            for initials in _initials_of(form.words):
                self._latin.setdefault(initials, []).append(place)

    def meant_by(self, text: Form) -> Iterator[tuple[int, float]]:
        """Every name that the text abbreviates, with its likeness: near where it is sure, else below the near cut."""
        if _LATIN.fullmatch(text.folded):
            yield from self._latin_names(text.folded)
        elif _SYLLABLES.fullmatch(text.spelled):
            for place in self._hangul.get(text.spelled[0], ()):
                if _shortens(text.spelled, self._names[place]):
                    yield place, _POSSIBLE

    def _latin_names(self, letters: str) -> Iterator[tuple[int, float]]:
        whole = self._latin.get(letters, [])
        sure = len(letters) >= _SURE_LETTERS and len(whole) == 1
        likely = _LIKELY if len(letters) >= _LIKELY_LETTERS else _POSSIBLE
        yield from ((place, _SURE if sure else likely) for place in whole)
        for size in range(2, len(letters)):
            # RDB: r and d begin the words, b stands within the last of them.
            for some in combinations(letters[1:], size - 1):
                for place in self._latin.get(letters[0] + "".join(some), ()):
                    if _spells(letters, self._names[place].words):
                        yield place, _WITHIN


def _initials_of(words: Sequence[str]) -> set[str]:
    if len(words) < 2 or any(map(has_hangul, words)):
        return set()
    loud = [word for word in words if word not in _SILENT]
    return {"".join(word[0] for word in some) for some in (words, loud) if len(some) > 1}


def _spells(letters: str, words: Sequence[str]) -> bool:
    """Whether the letters run through the words in their order, from each word its first letter and perhaps more."""
    loud = [word for word in words if word not in _SILENT]
    pattern = "".join(f"{re.escape(word[0])}(.*)" for word in loud)
    found = re.fullmatch(pattern, letters)
    return found is not None and all(
        _runs_through(more, word[1:]) for more, word in zip(found.groups(), loud, strict=True)
    )


def _runs_through(letters: str, text: str) -> bool:
    rest = iter(text)
    return all(letter in rest for letter in letters)


def _shortens(syllables: str, name: Form) -> bool:
    """컴활 and 컴퓨터활용능력: at least twice as long, the first syllable first, the others in their order."""
    long = name.spelled
    return len(long) >= 2 * len(syllables) and long not in syllables and _runs_through(syllables[1:], long[1:])
