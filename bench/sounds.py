"""Measures how far sound alone carries from Hangul to English, beside a crude skeleton and rapidfuzz's ratio.

`python -m bench.sounds [DATA]` (default ../shared/data) reads DATA/terms_ko_en.tsv.gz (section, ko, en) and prints a
line for each scorer: hit@1 and hit@5 over all pairs and over those in Hangul, each Korean term against every distinct
English one. A hit is the English of a pair with that Korean, upper and lower case alike; Latin text that equals its
English is found exactly by every scorer. Then the precision of the best hit at both cuts, how often a cut is passed by
a wrong name when the right one is not there, and the loan words of the tests among the same names.
"""

import gzip
import re
import sys
import time
import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from matching.normalise import has_hangul
from matching.sounds import SOUND_DECIDES, SOUND_PROPOSES, SoundIndex

ROOT = Path(__file__).resolve().parent.parent
LOAN_WORDS = ROOT / "tests" / "matching" / "data" / "loan_words.tsv"
DEPTH = 5

Pair = tuple[str, str]
Table = NDArray[np.float32]
Scorer = Callable[[Sequence[str], Sequence[str]], Table]
_INITIALS, _FINALS = "kgndtrmppss_jjcktph", "_kkknnntlkmlllplmppttnttktpt"
_DIGRAPHS = {
    "tion": "san", "sion": "san", "ck": "k", "ph": "p", "sh": "s", "th": "s", "ch": "c", "qu": "k", "x": "ks", "ght": "t",
    "wh": "w", "dge": "j", "ce": "s", "ci": "sa", "cy": "sa", "ge": "ja", "gi": "ja", "ng": "n",
}  # fmt: skip


class Asked(NamedTuple):
    """Korean terms, the names they were compared with (similarity table), and which names are right (bool table)."""

    terms: list[str]
    similarities: Table
    right: NDArray[np.bool_]

    def ranks_of_right(self) -> NDArray[np.intp]:
        """The place of the first right name of each term, from 0; ties in the order of the names."""
        order = np.argsort(-self.similarities, axis=1, kind="stable")
        return np.take_along_axis(self.right, order, axis=1).argmax(axis=1)

    def part(self, chosen: NDArray[np.bool_]) -> "Asked":
        terms = [term for term, is_chosen in zip(self.terms, chosen, strict=True) if is_chosen]
        return Asked(terms, self.similarities[chosen], self.right[chosen])


def read_pairs(path: Path) -> list[Pair]:
    """(Korean, English) of each row below the header: the last two columns."""
    text = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    rows = [line.split("\t") for line in text.decode().splitlines()[1:]]
    return [(row[-2], row[-1]) for row in rows]


def ask(pairs: Sequence[Pair], scorer: Scorer, others: Sequence[str] = ()) -> Asked:
    """Every Korean term against all distinct English ones and the others; the same text is found exactly."""
    names = list(dict.fromkeys([*(english for _, english in pairs), *others]))
    terms, folded = [korean for korean, _ in pairs], [name.casefold() for name in names]
    answers: dict[str, set[str]] = {}
    for korean, english in pairs:
        answers.setdefault(korean, set()).add(english.casefold())
    right = np.array([[name in answers[term] for name in folded] for term in terms])
    same = np.array([[name == term.casefold() for name in folded] for term in terms])
    return Asked(terms, np.where(same, np.float32(100), scorer(terms, names)), right)


def by_sound(terms: Sequence[str], names: Sequence[str]) -> Table:
    return SoundIndex(names).similarities(terms)


def by_skeleton(terms: Sequence[str], names: Sequence[str]) -> Table:
    return by_ratio([skeleton(term) for term in terms], [skeleton(name) for name in names])


def by_ratio(terms: Sequence[str], names: Sequence[str]) -> Table:
    return process.cdist(terms, names, scorer=fuzz.ratio, dtype=np.float32)


def skeleton(text: str) -> str:
    """Consonants in classes and one letter for every vowel: what thirty lines can do."""
    out = ""
    for character in unicodedata.normalize("NFC", text):
        if "가" <= character <= "힣":
            place = ord(character) - ord("가")
            vowel = "" if place % 588 // 28 == 18 else "a"
            out += _INITIALS[place // 588] + vowel + _FINALS[place % 28]
        else:
            out += character.lower()
    for letters, sound in _DIGRAPHS.items():
        out = out.replace(letters, sound)
    merged = re.sub("[^a-z0-9+#]", "", out).translate(str.maketrans("fvbqlzgcjd", "pppkrskkst"))
    return re.sub(r"(.)\1+", r"\1", re.sub("[aeiouyw]+", "a", merged)).rstrip("a")


def hits(asked: Asked) -> str:
    ranks = asked.ranks_of_right()
    return f"{np.mean(ranks < 1):.3f} {np.mean(ranks < DEPTH):.3f}"


def decided(asked: Asked, cut: float) -> tuple[int, float]:
    """How many terms have a best name at or above the cut, and the share of them for which it is right."""
    above = asked.similarities.max(axis=1) >= cut
    return int(above.sum()), float(np.mean(asked.ranks_of_right()[above] < 1)) if above.any() else 0.0


def misled(asked: Asked, cut: float) -> float:
    """The share of terms for which a wrong name reaches the cut, the right ones taken away."""
    return float(np.mean(np.where(asked.right, 0, asked.similarities).max(axis=1) >= cut))


def describe_cuts(title: str, asked: Asked) -> str:
    lines = [f"{title}: {len(asked.terms)} terms against {asked.right.shape[1]} names, hit@1 and hit@5 {hits(asked)}"]
    for word, cut in (("decides", SOUND_DECIDES), ("proposes", SOUND_PROPOSES)):
        count, precision = decided(asked, cut)
        missing = misled(asked, cut)
        lines.append(
            f"  {word} at {cut:.0f}: {count} terms, {precision:.3f} right; right name missing: {missing:.3f} misled"
        )
    return "\n".join(lines)


def main(data: Path) -> int:
    pairs = read_pairs(data / "terms_ko_en.tsv.gz")
    hangul = np.array([has_hangul(korean) for korean, _ in pairs])
    print(
        f"{'scorer':<10}{f'all {len(pairs)}: hit@1 hit@5':>26}{f'Hangul {hangul.sum()}: hit@1 hit@5':>28}{'CPU s':>8}"
    )
    for name, scorer in (("sound", by_sound), ("skeleton", by_skeleton), ("ratio", by_ratio)):
        started = time.process_time()
        asked = ask(pairs, scorer)
        spent = time.process_time() - started
        print(f"{name:<10}{hits(asked):>26}{hits(asked.part(hangul)):>28}{spent:>8.1f}")
        if scorer is by_sound:
            sound = asked.part(hangul)
    print(describe_cuts("Hangul terms", sound))
    # Nothing is learned from the pairs, but the table was written with an eye on them: halves and other words show more.
    odd = np.arange(len(sound.terms)) % 2 == 1
    print(describe_cuts("  one half", sound.part(odd)))
    print(describe_cuts("  other half", sound.part(~odd)))
    print(describe_cuts("loan words", ask(read_pairs(LOAN_WORDS), by_sound, [english for _, english in pairs])))
    return 0


if __name__ == "__main__":
    if len(sys.argv) > 2:
        sys.exit("usage: python -m bench.sounds [DATA]")
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) == 2 else ROOT.parent / "shared" / "data"))
