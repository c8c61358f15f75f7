"""Decides how alike a text and each name of an index are, and which kind of likeness may say so.

What decides when (measured on ESCO, O*NET, Korean aliases and misspellings made by a rule): letters, where few wrong keys
part the two (`is_misspelling`), because a broken rare word leaves only the pieces of the other words; pieces of words
(`grams`) everywhere else, because there edit similarity rewards any long name with many letters in common. Weighted sums
and the greater of the two were worse than this choice on wordings, on misspellings or on both.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from .grams import GramIndex
from .initials import InitialIndex
from .normalise import Form, form_of
from .similarities import NEAR_CUT, below_near
from .sounds import SOUND_DECIDES, SOUND_PROPOSES, SoundIndex
from .spellings import SpellingIndex

Table = NDArray[np.float32]
# Shared pieces order the list; however many there are, they never say "near".
_GRAM_SHARE = np.float32(75.0)
# A bridge that decides is near, but behind what letters say. One that does not orders the list: above most names that
# share a word if it proposes, else below them, because in long texts of both scripts every name sounds like something.
_DECIDED, _PROPOSED, _HEARD = 0.3, 0.5, np.float32(0.2)
_NOBODY = -1


class Comparison(Protocol):
    """Compares texts with the names it was made of, by something else than their spelling."""

    def similarities(self, queries: Sequence[str]) -> Table:
        """0..100, shape (queries, names); a row depends on its query only."""


class Bridge(NamedTuple):
    """A comparison between the scripts, with the similarities from which it decides alone and from which it proposes."""

    comparison: Comparison
    decides: float
    proposes: float

    def likenesses(self, texts: Sequence[str]) -> Table:
        """Its similarities as likenesses beside all others: near where it decides, 82 to 87; else at most 43."""
        found = self.comparison.similarities(texts)
        weighed = found * _HEARD
        proposed = found >= self.proposes
        likely = found[proposed]
        decided = NEAR_CUT + (likely - self.decides) * _DECIDED
        weighed[proposed] = np.where(likely >= self.decides, decided, likely * _PROPOSED)
        return weighed


class Likenesses:
    """The names of an index, and the texts that they are the forms of, with everything they are compared by.

    `owners`: folded name → the skill that owns it.
    """

    def __init__(self, names: Sequence[Form], texts: Sequence[str], owners: Mapping[str, str]) -> None:
        self._skills = {skill: number for number, skill in enumerate(dict.fromkeys(owners.values()))}
        self._owners = owners
        self._name_owners = np.array([self._owner_of(name) for name in names], np.intp)
        self._grams = GramIndex([name.tokens for name in names])
        self._spellings = SpellingIndex(names)
        self._initials = InitialIndex(names)
        self._bridges = (Bridge(SoundIndex(texts), SOUND_DECIDES, SOUND_PROPOSES),)

    def _owner_of(self, form: Form) -> int:
        skill = self._owners.get(form.folded)
        return _NOBODY if skill is None else self._skills[skill]

    def of(self, texts: Sequence[str]) -> Table:
        """How alike each text is to each name: 0..100, 100 only for the same folded text, shape (texts, names).

        A row depends on its text only. O(texts x names).
        """
        forms = [form_of(text) for text in texts]
        table: Table = _GRAM_SHARE * self._grams.similarities([form.tokens for form in forms])
        for bridge in self._bridges:
            np.maximum(table, bridge.likenesses(texts), out=table)
        for row, form in enumerate(forms):
            for column, likeness in self._initials.meant_by(form):
                table[row, column] = max(table[row, column], likeness)
        self._compare_letters(forms, table)
        self._keep_skills_apart(forms, table)
        return table

    def near(self, texts: Sequence[str]) -> Table:
        """The same by letters alone, where they say near; 0 elsewhere."""
        forms = [form_of(text) for text in texts]
        table = np.zeros((len(texts), len(self._name_owners)), np.float32)
        self._compare_letters(forms, table)
        self._keep_skills_apart(forms, table)
        table[table < NEAR_CUT] = 0
        return table

    def _compare_letters(self, forms: Sequence[Form], table: Table) -> None:
        for row, column, likeness in self._spellings.misspelt(forms):
            table[row, column] = max(table[row, column], likeness)

    def _keep_skills_apart(self, forms: Sequence[Form], table: Table) -> None:
        """Names that the vocabulary gives to different skills are alike by accident, unless they are the same text."""
        for row, form in enumerate(forms):
            owner = self._owner_of(form)
            if owner != _NOBODY:
                others = (self._name_owners != owner) & (self._name_owners != _NOBODY)
                near = others & (table[row] >= NEAR_CUT)
                table[row, near] = below_near(table[row, near])
