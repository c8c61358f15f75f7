"""Decides each criterion by itself: what level, remote and limits are worth, and the codes by which they are said."""

from datetime import date
from typing import NamedTuple

from .levels import UNKNOWN
from .regions import covers

# Part of a requirement's points by how many levels are short. A must fails from two on.
LEVEL_FACTORS = (1.0, 0.7, 0.4, 0.2)
# Between "met" and "one short": nobody has said that it is too low, nobody that it is enough.
UNKNOWN_LEVEL_FACTOR = 0.75
MUST_SHORTEST = 2
# What a neighbouring skill is worth depends on how well it is held, also where no level is asked: 중급 is worth all of it.
NEIGHBOUR_LEVEL = 3

# Wished → offered → 0..1. A wish for remote is a limit where it is not met, so only its fulfilment appears here.
_REMOTE = {
    ("remote", "remote"): 1.0,
    ("hybrid", "hybrid"): 1.0,
    ("hybrid", "remote"): 1.0,
    ("hybrid", "office"): 0.0,
    ("office", "office"): 1.0,
    ("office", "hybrid"): 1.0,
    ("office", "remote"): 0.0,
}


class Verdict(NamedTuple):
    """Whether a limit holds, and the code that says why."""

    ok: bool
    code: str


def level_factor(has: int, needs: int) -> float:
    """0..1: what holding a skill at level `has` is worth when `needs` is asked; 0 means unknown or none asked."""
    if needs == UNKNOWN:
        return 1.0
    if has == UNKNOWN:
        return UNKNOWN_LEVEL_FACTOR
    return LEVEL_FACTORS[max(0, needs - has)]


def neighbour_factor(has: int, needs: int) -> float:
    """The same for a skill that is only related or broader."""
    return level_factor(has, NEIGHBOUR_LEVEL if needs == UNKNOWN else needs)


def fails_must(has: int, needs: int) -> bool:
    """Whether a must is held too low: two levels or more; an unknown level never fails."""
    return UNKNOWN not in (has, needs) and needs - has >= MUST_SHORTEST


def describe_level(has: int, needs: int) -> str:
    """The code of a level: not_asked, unknown, met, short."""
    if needs == UNKNOWN:
        return "not_asked"
    if has == UNKNOWN:
        return "unknown"
    return "met" if has >= needs else "short"


def remote_agreement(wished: str, offered: str) -> float | None:
    """0..1, or None when the person has no wish."""
    return None if wished == "any" else _REMOTE.get((wished, offered), 0.0)


def judge_region(wished: tuple[str, ...], offered: str | None, remote: str) -> Verdict:
    """An office or hybrid opening must lie in a wished region; a wider region holds its parts."""
    if remote == "remote":
        return Verdict(True, "region_remote")
    if offered is None or not wished:
        return Verdict(True, "region_absent")
    return Verdict(True, "region_covered") if covers(wished, offered) else Verdict(False, "region_outside")


def judge_remote(wished: str, offered: str) -> Verdict:
    """Who wishes remote work takes nothing else; the other wishes only cost points."""
    if wished == "any":
        return Verdict(True, "remote_any")
    if wished == "remote" and offered != "remote":
        return Verdict(False, "remote_refused")
    return Verdict(True, "remote_met" if remote_agreement(wished, offered) else "remote_differs")


def judge_employment(wished: tuple[str, ...], offered: str | None) -> Verdict:
    if not wished or offered is None:
        return Verdict(True, "employment_absent")
    return Verdict(True, "employment_met") if offered in wished else Verdict(False, "employment_differs")


def judge_pay(least: int | None, most: int | None) -> Verdict:
    if least is None or most is None:
        return Verdict(True, "pay_absent")
    return Verdict(True, "pay_met") if most >= least else Verdict(False, "pay_short")


def judge_date(available_on: date | None, starts_on: date | None) -> Verdict:
    if available_on is None or starts_on is None:
        return Verdict(True, "date_absent")
    return Verdict(True, "date_met") if starts_on >= available_on else Verdict(False, "date_early")
