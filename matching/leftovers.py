"""Decides what is said of people without a seat: why they have none, and which seat or pair more would give them one."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from .allocating.chains import Chains
from .allocating.given import check_known
from .allocating.judging import least_likes
from .allocating.terms import NOWHERE, SHUT_OUT, Terms
from .allocating.vacancies import Vacancies
from .arrays import Ints
from .assignment import Assignment
from .ranking import Pairing

# outranked: every seat that he could have is taken by somebody whom the opening likes better; by_tie: or as much, so that
# the key decided; by_total: some opening likes him better, but the total fit is greater without him.
WHYS = (*SHUT_OUT, "outranked", "by_tie", "by_total")


class Changes(Protocol):
    """What can be asked of an allocation: who would be placed by one seat more, and whom one pair more would place."""

    def placed_by_seat(self, post: int) -> int: ...

    def placed_by_pair(self, person: int, post: int, score: float, like: float) -> tuple[bool, int]: ...


@dataclass(frozen=True, slots=True)
class WhatIf:
    """A pair that may not be today: whether it would give its candidate a seat, and who would lose his (None: nobody)."""

    opening: str
    score: float
    is_placed: bool
    instead_of: str | None


@dataclass(frozen=True, slots=True)
class Leftover:
    """A candidate without a seat. why: a code of WHYS. seats_at: the openings at each of which one seat more would place
    him, those on his own list first, best fit first. allowed: what each pair that was asked about would change."""

    candidate: str
    why: str
    seats_at: tuple[str, ...]
    allowed: tuple[WhatIf, ...]


def explain_unplaced(answer: Assignment, allowed: Iterable[Pairing] = ()) -> tuple[Leftover, ...]:
    """Every unplaced person of an answer, with the reason and with what one change would do.

    `allowed`: pairs outside the run with the score that they would have (see `relax_musts`); each is tried alone.
    O(openings x pairs) at worst. Raises AssignmentError for a stranger.
    """
    terms, held = answer.terms, answer.held()
    changes: Changes = Chains(terms, held) if answer.policy == "most_placed" else Vacancies(terms, held)
    numbers = [terms.people.numbers[key] for key in answer.unplaced]
    whys, seats, tried = _whys(terms, held), _seats_at(terms, changes), _tried(terms, changes, allowed)
    return tuple(
        Leftover(key, whys[person], tuple(seats.get(person, ())), tuple(tried.get(person, ())))
        for key, person in zip(answer.unplaced, numbers, strict=True)
    )


def _whys(terms: Terms, held: Ints) -> list[str]:
    """The code for every person; of no meaning for those who have a seat."""
    market, least = terms.market, least_likes(terms, held)
    count, at = len(held), least[market.posts]
    is_liked_more = np.bincount(market.people[terms.ranked > at], minlength=count) > 0
    is_liked_as_much = np.bincount(market.people[terms.ranked == at], minlength=count) > 0
    codes = np.select(
        [terms.shut_out != NOWHERE, is_liked_more, is_liked_as_much],
        [terms.shut_out, WHYS.index("by_total"), WHYS.index("by_tie")],
        WHYS.index("outranked"),
    )
    return [WHYS[code] for code in codes.tolist()]


def _seats_at(terms: Terms, changes: Changes) -> dict[int, list[str]]:
    """Person → the openings at each of which one seat more would place him."""
    fit = {}
    for person, post, score in zip(*(column.tolist() for column in terms.market), strict=True):
        fit[person, post] = score
    found: dict[int, list[tuple[float, str]]] = {}
    for post, key in enumerate(terms.posts.keys):
        person = changes.placed_by_seat(post)
        if person != NOWHERE:
            found.setdefault(person, []).append((-fit.get((person, post), -1.0), key))
    return {person: [key for _, key in sorted(posts)] for person, posts in found.items()}


def _tried(terms: Terms, changes: Changes, allowed: Iterable[Pairing]) -> dict[int, list[WhatIf]]:
    """Person → what each pair would change; one that an own list does not name changes nothing."""
    pairs = list(allowed)
    check_known({pairing.candidate for pairing in pairs}, terms.people.numbers)
    check_known({pairing.opening for pairing in pairs}, terms.posts.numbers)
    people = np.array([terms.people.numbers[pairing.candidate] for pairing in pairs], np.int64)
    posts = np.array([terms.posts.numbers[pairing.opening] for pairing in pairs], np.int64)
    scores, codes = np.array([pairing.score for pairing in pairs], np.float64), terms.codes(people, posts)
    wanted, _ = terms.wishes.judge(people, codes, scores)
    accepted, likes = terms.rankings.judge(posts, codes, scores)
    found: dict[int, list[WhatIf]] = {}
    for at, pairing in enumerate(pairs):
        person, is_placed, loser = int(people[at]), False, NOWHERE
        if wanted[at] and accepted[at]:
            is_placed, loser = changes.placed_by_pair(person, int(posts[at]), pairing.score, float(likes[at]))
        instead_of = None if loser == NOWHERE else terms.people.keys[loser]
        found.setdefault(person, []).append(WhatIf(pairing.opening, pairing.score, is_placed, instead_of))
    return found
