"""Decides how alike a text and each name of an index are, and which kind of likeness may say so.

What decides when (measured on ESCO, O*NET, Korean aliases and misspellings made by a rule): letters, where few wrong keys
part the two (`is_misspelling`), because a broken rare word leaves only the pieces of the other words; pieces of words
(`grams`) everywhere else, because there edit similarity rewards any long name with many letters in common. Weighted sums
and the greater of the two were worse than this choice on wordings, on misspellings or on both.
"""

from collections.abc import Mapping, Sequence
from functools import cached_property

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
# A sound that does not decide orders the list: above names that share a word if it proposes, else below them, because in
# long texts of both scripts every name sounds like something.
_PROPOSED, _HEARD = 0.5, 0.2
# A sound that decides is near, but behind what letters say.
_DECIDED = 0.3
_NOBODY = -1


class Likenesses:
    """The names of an index, and the texts that they are the forms of, with everything they are compared by.

    `owners`: folded name → the skill that owns it.
    """

    def __init__(self, names: Sequence[Form], texts: Sequence[str], owners: Mapping[str, str]) -> None:
        self._skills = {skill: number for number, skill in enumerate(dict.fromkeys(owners.values()))}
        self._owners = owners
        self._texts = texts
        self._name_owners = np.array([self._owner_of(name) for name in names], np.intp)
        self._grams = GramIndex([name.tokens for name in names])
        self._spellings = SpellingIndex(names)
        self._initials = InitialIndex(names)

    def _owner_of(self, form: Form) -> int:
        skill = self._owners.get(form.folded)
        return _NOBODY if skill is None else self._skills[skill]

    def of(self, texts: Sequence[str]) -> Table:
        """How alike each text is to each name: 0..100, 100 only for the same folded text, shape (texts, names).

        A row depends on its text only. O(texts x names).
        """
        forms = [form_of(text) for text in texts]
        table: Table = _GRAM_SHARE * self._grams.similarities([form.tokens for form in forms])
        np.maximum(table, _weigh_sounds(self._sounds.similarities(texts)), out=table)
        for row, form in enumerate(forms):
            for column, likeness in self._initials.meant_by(form):
                table[row, column] = max(table[row, column], likeness)
        self._compare_letters(forms, table)
        self._keep_skills_apart(forms, table)
        return table

    def near(self, texts: Sequence[str]) -> Table:
        """The same by letters alone, where they say near; 0 elsewhere."""
        forms = [form_of(text) for text in texts]
        table = np.zeros((len(texts), len(self._texts)), np.float32)
        self._compare_letters(forms, table)
        self._keep_skills_apart(forms, table)
        table[table < NEAR_CUT] = 0
        return table

    def _compare_letters(self, forms: Sequence[Form], table: Table) -> None:
        for row, column, likeness in self._spellings.misspelt(forms):
            table[row, column] = max(table[row, column], likeness)

    @cached_property
    def _sounds(self) -> SoundIndex:
        return SoundIndex(self._texts)

    def _keep_skills_apart(self, forms: Sequence[Form], table: Table) -> None:
        """Names that the vocabulary gives to different skills are alike by accident, unless they are the same text."""
        for row, form in enumerate(forms):
            owner = self._owner_of(form)
            if owner != _NOBODY:
                others = (self._name_owners != owner) & (self._name_owners != _NOBODY)
                near = others & (table[row] >= NEAR_CUT)
                table[row, near] = below_near(table[row, near])


def _weigh_sounds(sounds: Table) -> Table:
    decided = NEAR_CUT + (sounds - SOUND_DECIDES) * _DECIDED
    proposed = sounds * np.where(sounds >= SOUND_PROPOSES, _PROPOSED, _HEARD)
    weighed: Table = np.where(sounds >= SOUND_DECIDES, decided, proposed).astype(np.float32)
    return weighed
