"""Decides which sounds a Latin spelling may have in a Korean loan word, and what an unusual one costs."""

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

# Sounds are jamo. Tense letters stand for the closed finals (ㄲ 윽, ㄸ 읏, ㅃ 읍), since loan words need no tense initials;
# y and w are the glides of ㅑ and ㅘ; capitals and digits are Latin text that stands in the Hangul as it is.
# Spellings are lower case with the marks of `sound_texts.spell`: | a word's edge, ç ĝ before e i y, ř before no vowel,
# ĕ mute at the end, ā ī ō ū before one consonant and a vowel. One line a spelling: regular ; usual ; rare sounds,
# _ is none. Own work, after the National Institute's 외래어 표기법 (Loan-word orthography, English) and everyday use.
_SPELLINGS = """
a    ㅏ ㅐ ; ㅓ ㅔ ㅔㅣ ; ㅗ ㅡ ㅣ
ā    ㅔㅣ ㅏ ㅐ ; ㅓ ㅔ ; ㅗ ㅡ ㅣ
b    ㅂ ㅃ ; ; ㅍ
c    ㅋ ㄲ ; ; ㄱ ㅅ ㅊ
ç    ㅅ ; ; ㅋ ㅊ
d    ㄷ ; ㄸ ; ㅈ ㅌ
e    ㅔ ㅣ ; ㅓ ㅐ ㅡ ; ㅏ ㅔㅣ
ĕ    _ ; ㅔ ㅣ ; ㅡ ㅏ
f    ㅍ ; ; ㅎ ㅃ
g    ㄱ ㄲ ; ; ㅈ ㅋ
ĝ    ㅈ ㄱ ; ㄲ ; ㅎ
h    ㅎ ; ;
i    ㅣ ; ㅏㅣ ; ㅓ ㅡ ㅔ ㅏ
ī    ㅣ ㅏㅣ ; ; ㅓ ㅡ ㅔ ㅏ
j    ㅈ ; ; y
k    ㅋ ㄲ ; ㄱ ;
l    ㄹㄹ ㄹ ; ;
m    ㅁ ; ;
n    ㄴ ; ㅇ ;
o    ㅗ ; ㅏ ㅓ ㅜ ㅗㅜ ; ㅡ wㅓ ㅔ
ō    ㅗ ; ㅏ ㅓ ㅜ ㅗㅜ ; ㅡ ㅔ
p    ㅍ ㅃ ; ㅂ ;
q    ㅋ ㄲ ; ;
r    ㄹ ; ㄹㄹ ; ㅓ
ř    ㅓ ; ㄹ ;
s    ㅅ ; ㅈ ㅅy ; ㅊ ㄸ
t    ㅌ ㄸ ; ㄷ ; ㅊ ㅅ
u    ㅓ ㅜ ; yㅜ ; ㅣ ㅡ ㅗ ㅏ w
ū    ㅜ yㅜ ㅓ ; ; ㅣ ㅡ ㅗ w
v    ㅂ ; ; ㅍ w ㅃ
w    w ㅜ ; ; ㅂ
x    ㄲㅅ ; ㅋㅅ ; ㅈ ㅅ
y    ㅣ ㅏㅣ y ; ; ㅓ
z    ㅈ ; ㅊ ; ㅅ ㄸ
aa   ㅏ ; ;
ae   ㅔ ㅏㅔ ; ㅣ ㅐ ㅔㅣ ;
ai   ㅔㅣ ㅏㅣ ; ㅔ ;
air  ㅔㅓ ; ;
aiř  ㅔㅓ ; ;
ař   ㅏ ; ;
ařĕ  ㅔㅓ ㅏ ; ;
au   ㅗ ; ㅏㅜ ; ㅓ
augh ㅗ ; ㅐㅍ ;
aw   ㅗ ; ㅏㅜ ;
ay   ㅔㅣ ㅏㅣ ; ㅔ ;
aĝ   ㅔㅣㅈ ㅐㄱ ; ㅣㅈ ;
aĝĕ  ㅣㅈㅣ ㅔㅣㅈㅣ ; ㅏㅈㅜ ;
al   ㅓㄹ ㅏㄹ ㅐㄹ ㅗㄹ ; ㅡㄹ ;
ea   ㅣ ㅔ ; ㅔㅣ ㅣㅏ ㅣㅓ ;
eau  yㅜ ㅗ ; ;
eař  ㅣㅓ ㅓ ㅔㅓ ; ;
ed|  ㄷ ㅌ ㅡㄷ ㄸ ; ㅣㄷ ㅔㄷ ;
ee   ㅣ ; ;
eeř  ㅣㅓ ; ;
ei   ㅔㅣ ㅏㅣ ㅣ ; ;
eigh ㅔㅣ ; ㅏㅣ ;
el   ㅔㄹ ; ㅡㄹ ㅓㄹ ;
eř   ㅓ ; ;
eř|  ㅓ ; ㅔㄹ ;
es|  ㅅ ㅣㅅ ㅈ ; ㅅㅡ ;
eu   yㅜ ; ㅜ ㅗㅣ ;
ew   yㅜ ㅜ ; ;
ey   ㅣ ㅔㅣ ; ;
ia   ㅣㅏ ㅣㅓ ㅏㅣㅓ ; ;
ie   ㅏㅣ ㅣ ㅏㅣㅓ ; ㅔ ;
igh  ㅏㅣ ; ;
io   ㅣㅗ ㅏㅣㅗ ; ;
iřĕ  ㅏㅣㅓ ; ;
iř   ㅓ ; ;
ism| ㅣㅈㅡㅁ ; ;
iz   ㅏㅣㅈ ; ;
oa   ㅗ ; ㅗㅏ ㅗㅓ ;
oe   ㅗ ; ㅜ ;
oi   ㅗㅣ wㅏ ; ;
on|  ㅓㄴ ㅗㄴ ㅏㄴ ; ㅡㄴ ;
onĕ| ㅗㄴ wㅓㄴ ; ;
oo   ㅜ ; ㅗ ㅓ ;
oř   ㅗ ㅓ ; ;
ou   ㅏㅜ ㅜ ㅓ ; ㅗ ;
ough ㅗ ㅜ ㅓㅍ ; ㅏㅜ ;
our  ㅏwㅓ ㅓ ㅗ ; ;
ouř  ㅏwㅓ ㅓ ㅗ ; ;
ow   ㅏㅜ ㅗ ㅗㅜ ; ;
oy   ㅗㅣ ; ;
ue   yㅜ ㅜ ; ㅜㅔ ;
ui   ㅜㅣ ㅣ ㅜ wㅣ ; yㅜ ;
uřĕ  ㅓ yㅜㅓ ; ㅜㅓ ;
uř   ㅓ ; ;
uy   ㅏㅣ ; ;
ch   ㅊ ㅊㅣ ; ㅋ ㄲ ㅅyㅣ ㅅy ; ㅎ
chĕ  ㅅㅣ ㅅyㅣ ㅅy ; ;
ck   ㄲ ㅋ ; ; ㄱ
cç   ㄲㅅ ; ;
dj   ㅈ ; ;
ds|  ㅈ ㅊ ; ;
du   ㄷyㅜ ; ㅈㅜ ;
dĝ   ㅈ ; ;
dĝĕ  ㅈㅣ ㅈ ; ;
gh   ㄱ ; ㅍ ; _
ght  ㅌ ㄸ ; ;
gn   ㄱㄴ ㄴ ; ;
gu   ㄱ ; ;
ĝĕ   ㅈㅣ ; ㅈ ;
|kn  ㄴ ; ;
lĕ   ㄹ ㄹㄹ ㅡㄹ ; ㅓㄹ ;
mb|  ㅁ ; ;
ng   ㅇ ; ㅇㄱ ;
nk   ㅇㅋ ㅇ ; ;
nĝ   ㄴㅈ ㅇㅈ ㅇㄱ ㅇ ; ;
ph   ㅍ ; ;
|ps  ㅅ ; ㅍㅅ ;
qu   ㅋw ; ㅋ ;
quĕ  ㅋ ㄲ ; ;
rĕ   ㅓ ; ㄹ ;
s|   ㅅ ㅈ ; _ ;
sch  ㅅㅋ ㅅy ; ㅅwㅣ ;
sç   ㅅ ㅅㅋ ; ;
sh   ㅅy ㅅwㅣ ㅅㅣ ; ㅅ ;
shi  ㅅㅣ ; ;
sion ㅅyㅓㄴ ㅈㅓㄴ ; ;
ssion ㅅyㅓㄴ ; ;
su   ㅅyㅜ ; ;
suřĕ ㅅyㅓ ㅈㅓ ; ;
tch  ㅊ ㅊㅣ ; ;
th   ㅅ ㄷ ; ㅌ ㄸ ;
tia  ㅅyㅓ ; ㅅㅣㅏ ;
tio  ㅅyㅓ ; ;
tion ㅅyㅓㄴ ; ㅅyㅡㄴ ;
ts   ㅊ ; ㅌㅅ ㄸㅅ ;
tu   ㅊㅜ ㅌyㅜ ; ㅊㅓ ;
tuřĕ ㅊㅓ ; ㅌyㅜㅓ ;
tz   ㅊ ㅈ ; ㅌㅅ ㅌㅈ ;
wh   w ; ㅎw ㅎ ;
|wr  ㄹ ; ;
|x   ㅈ ; ;
xç   ㄲㅅ ; ;
zz   ㅈ ; ㅊ ;
çia  ㅅyㅓ ; ㅅㅣㅏ ;
one| 1 wㅓㄴ ; ;
two| 2 ㅌㅜ ; ;
three| 3 ; ;
four| 4 ㅍㅗ ; ;
first| 1 ; ;
second| 2 ; ;
0    0 ㅈㅔㄹㅗ yㅓㅇ ; ;
1    1 wㅓㄴ ㅣㄹ ; ;
2    2 ㅌㅜ ㅣ ; ;
3    3 ㅅㅡㄹㅣ ㅅㅏㅁ ; ;
4    4 ㅍㅗ ㅅㅏ ; ;
5    5 ㅍㅏㅣㅂㅡ ㅗ ; ;
6    6 ㅅㅣㄲㅅㅡ yㅜㄲ ; ;
7    7 ㅅㅔㅂㅡㄴ ㅊㅣㄹ ; ;
8    8 ㅔㅣㄸ ㅍㅏㄹ ; ;
9    9 ㄴㅏㅣㄴ ㄱㅜ ; ;
+    + ㅍㅡㄹㄹㅓㅅㅡ ; ;
#    # ㅅyㅏㅃ ; ㅅyㅏㅍㅡ ;
.    . ㄷㅏㄸ ㄷㅗㄸ ; ;
|    _ ; ;
"""
# What a letter is called, for words that are read letter by letter (에이피아이).
_LETTER_NAMES = (
    "ㅔㅣ ㅂㅣ ㅅㅣ ㄷㅣ ㅣ ㅔㅍㅡ ㅈㅣ/ㅈwㅣ ㅔㅣㅊㅣ/ㅔㅊㅣ ㅏㅣ ㅈㅔㅣ ㅋㅔㅣ ㅔㄹ ㅔㅁ "
    "ㅔㄴ ㅗ ㅍㅣ ㅋyㅜ ㅏㄹ ㅔㅅㅡ ㅌㅣ yㅜ ㅂㅡㅣ/ㅂㅣ ㄷㅓㅂㅡㄹyㅜ ㅔㄲㅅㅡ wㅏㅣ ㅈㅣ/ㅈㅔㅌㅡ"
)
# What a regular, a usual and a rare sound cost, each next one of a kind a little more.
_TIERS = (0.0, 0.25, 0.5)
_ORDER_COST = 0.03
_LETTER_NAME_COST = 0.05
_UNMARKED = str.maketrans("āīōūçĝřĕ", "aioucgre")
# Sounds that no letter explains and letters that no sound explains; what is missing here costs a whole consonant.
_SOUND_COSTS = (
    dict.fromkeys("ㄲㄸㅃㅎ", 0.8) | dict.fromkeys("ㅏㅐㅓㅔㅗㅜㅣ", 0.5) | dict.fromkeys("yw", 0.3) | {"ㅡ": 0.05}
)
_LETTER_COSTS = (
    dict.fromkeys("hw", 0.6) | dict.fromkeys("aāiīoōuūy", 0.5) | {"e": 0.35, ".": 0.3, "ř": 0.1, "ĕ": 0, "|": 0}
)
# Latin text and numbers inside the Hangul are there to be exact.
_LITERAL_COST = 2.0


class SoundTable(NamedTuple):
    """All rules as one matrix, plus the rules in words for the plain reading.

    `costs` float32 (units, patterns): what it costs that a unit (a spelling) sounds as a pattern (a run of sounds), inf
    where there is no rule; pattern 0 is no pattern at all (always inf), pattern 1 is silence.
    `lengths` int64 (patterns,): sounds in a pattern; `sounded` bool (units, longest + 1): which lengths a unit can have.
    """

    units: dict[str, int]
    patterns: dict[str, int]
    costs: NDArray[np.float32]
    lengths: NDArray[np.int64]
    sounded: NDArray[np.bool_]
    plain: dict[str, str]


def sound_cost(sound: str) -> float:
    """What an unexplained sound costs, in whole consonants."""
    return _LITERAL_COST if sound.isascii() and sound not in "yw" else _SOUND_COSTS.get(sound, 1.0)


def letter_cost(letter: str) -> float:
    """What an unexplained letter costs, in whole consonants."""
    return _LITERAL_COST if letter in "0123456789+#" else _LETTER_COSTS.get(letter, 1.0)


@cache
def sound_table() -> SoundTable:
    """The rules, built at first use. O(units x patterns), about 200 x 300."""
    rules = _read_rules()
    units = {unit: number for number, unit in enumerate(rules)}
    sounded_as = sorted({pattern for sounds in rules.values() for pattern in sounds})
    patterns = {pattern: number for number, pattern in enumerate(sounded_as, start=1)}
    costs = np.full((len(units), len(patterns) + 1), np.inf, np.float32)
    for unit, sounds in rules.items():
        for pattern, cost in sounds.items():
            costs[units[unit], patterns[pattern]] = cost
    lengths = np.zeros(len(patterns) + 1, np.int64)
    lengths[list(patterns.values())] = [len(pattern) for pattern in patterns]
    sounded = np.zeros((len(units), lengths.max() + 1), np.bool_)
    for length in range(lengths.max() + 1):
        sounded[:, length] = np.isfinite(costs[:, lengths == length]).any(axis=1)
    return SoundTable(
        units, patterns, costs, lengths, sounded, {unit: _plain(unit, sounds) for unit, sounds in rules.items()}
    )


def _plain(unit: str, sounds: Iterable[str]) -> str:
    return next(sound for sound in sounds if sound != unit)


def _read_rules() -> dict[str, dict[str, float]]:
    """Unit to (pattern to cost), the plain sound first; a capital is a letter called by its name."""
    rules: dict[str, dict[str, float]] = {}
    for line in _SPELLINGS.strip().splitlines():
        unit, sounds = line.split(maxsplit=1)
        rule = rules.setdefault(unit, {})
        for cost, tier in zip(_TIERS, sounds.split(";"), strict=True):
            for place, pattern in enumerate(tier.split()):
                rule.setdefault(pattern.replace("_", ""), cost + place * _ORDER_COST)
        if len(unit) == 1:
            rule.setdefault("", letter_cost(unit))
            if unit.isalpha():
                rule.setdefault(unit.translate(_UNMARKED).upper(), 0.0)
    names = zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", _LETTER_NAMES.split(), strict=True)
    rules.update((letter, dict.fromkeys(called.split("/"), _LETTER_NAME_COST)) for letter, called in names)
    return rules
