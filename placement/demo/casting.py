"""Decides by lot, the same way for the same seed: invented names, numbers and addresses of people and companies."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from random import Random
from typing import TypeVar

from employers.companies import check_digit

Thing = TypeVar("Thing")

SURNAMES = {"김": 21, "이": 15, "박": 8, "최": 5, "정": 5, "강": 2, "조": 2, "윤": 2, "장": 2, "임": 2, "한": 2}
OTHER_SURNAMES = dict.fromkeys("오서신권황안송류전홍고문손양배백허", 2)
DOUBLE_SURNAMES = ("남궁", "황보")
# Syllables that no usual given name is made of, so that nobody of this cast is anybody.
FIRST_SYLLABLES = "겨노래로루무벼초토해"
LAST_SYLLABLES = "결담돌론룬별샘섬숲온품"
LONE_SYLLABLES = "룬섬숲"
# Two, four and far more signs: whoever looks at the demo sees that every layout holds them.
LAYOUT_NAMES = {
    "L1-049": "이섬",
    "L1-050": "Aurelindra Tavoskanen-Merivo",
    "B-031": "남궁래샘",
    "B-032": "Brennomir Castellavoni Drost",
}
COMPANY_FIRST = ("겨룬", "나벼", "도솜", "래온", "루담", "무결", "벼울", "새돋", "솔겨", "여품", "초담", "토룬", "하섬")
COMPANY_LAST = {
    "blockchain": ("체인", "렛저", "블록", "시스템즈", "소프트"),
    "ai": ("에이아이", "인텔리", "로직"),
    "labeling": ("데이터", "라벨웍스", "미디어"),
}
LEGAL_FORMS = ("주식회사 {}", "{} 주식회사", "㈜{}", "(주){}", "{}")


class Dice(Random):
    """Draws; a scene that rolls its own dice keeps its cast when another scene changes."""

    def chosen(self, shares: Mapping[Thing, float]) -> Thing:
        """One key, as likely as its share says (any unit)."""
        return self.choices(list(shares), list(shares.values()))[0]

    def some(self, things: Sequence[Thing], least: int, most: int) -> list[Thing]:
        """From `least` to `most` different things, in the order given."""
        picked = set(self.sample(range(len(things)), min(self.randint(least, most), len(things))))
        return [thing for index, thing in enumerate(things) if index in picked]

    def is_lucky(self, share: float) -> bool:
        """Yes in `share` (0..1) of all throws."""
        return self.random() < share


class Cast:
    """Hands out names and telephone numbers that nobody else of this demo has."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self._names = self._drawn_names(self.dice("names"))
        self._phones = count(1)

    def dice(self, scene: str) -> Dice:
        """The dice of one scene."""
        return Dice(f"{self.seed}:{scene}")

    def name(self) -> str:
        """A Korean name of two to four syllables."""
        return next(self._names)

    def phone(self) -> str:
        """A mobile number that is given to nobody: 010-0000-NNNN, as digits."""
        return f"0100000{next(self._phones):04d}"

    def _drawn_names(self, dice: Dice) -> Iterator[str]:
        seen = set(LAYOUT_NAMES.values())
        while True:
            name = _surname(dice) + _given_name(dice)
            if name not in seen:
                seen.add(name)
                yield name


def company_names(dice: Dice, track: str, number: int) -> list[str]:
    """`number` different invented company names of a track, in every usual way to write the legal form."""
    bare = [first + last for first in COMPANY_FIRST for last in COMPANY_LAST[track]]
    forms = [LEGAL_FORMS[index % len(LEGAL_FORMS)] for index in range(number)]
    return [form.format(name) for form, name in zip(forms, dice.sample(bare, number), strict=True)]


def business_number(serial: int) -> str:
    """A valid 사업자등록번호 under 999, which is no tax office's number."""
    nine = f"99981{serial:04d}"
    return f"{nine}{check_digit(nine)}"


def _surname(dice: Dice) -> str:
    if dice.is_lucky(0.03):
        return dice.choice(DOUBLE_SURNAMES)
    return dice.chosen(SURNAMES | OTHER_SURNAMES)


def _given_name(dice: Dice) -> str:
    if dice.is_lucky(0.03):
        return dice.choice(LONE_SYLLABLES)
    return dice.choice(FIRST_SYLLABLES) + dice.choice(LAST_SYLLABLES)
