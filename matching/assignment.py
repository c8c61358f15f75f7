"""Decides who takes which seat in a whole-cohort round by one of two policies, and checks its own answer."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from .allocating.chains import Chains
from .allocating.given import Wishes, check_lists, check_seats, pairs_of
from .allocating.judging import blocking_pairs, lost_by_tie
from .allocating.most_placed import most_placed
from .allocating.stable import stable
from .allocating.terms import NOWHERE, Terms, find, make_terms
from .arrays import Ints
from .errors import AssignmentError
from .ranking import Matches, Pairing
from .resting import collector_at_rest

POLICIES: dict[str, Callable[[Terms], Ints]] = {"most_placed": most_placed, "stable": stable}
KeyPairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Assignment:
    """An answer: pairs (pinned ones included), who is left over, and how content the two sides are with it.

    blocking_pairs: pairs that would both rather swap. lost_by_tie: pairs (candidate, opening) that the candidate would
    rather have and lost to somebody whom the opening likes no more, so that the key decided. total_score: sum of the
    scores of the pairs, a pinned pair outside the lists counting 0.
    """

    policy: str
    pairs: tuple[Pairing, ...]
    unplaced: tuple[str, ...]
    blocking_pairs: KeyPairs
    lost_by_tie: KeyPairs
    total_score: float
    terms: Terms = field(repr=False, compare=False)

    @property
    def placed(self) -> int:
        """How many people have a seat."""
        return len(self.pairs)

    @property
    def ties(self) -> int:
        """How often equals stand beside each other on a list of either side, ordered by key."""
        return self.terms.ties

    def held(self) -> Ints:
        """For each person of the terms the number of the market pair that is taken, -1 for nobody and for the pinned.

        Raises AssignmentError for a person twice, a stranger, or a pair that the terms do not allow.
        """
        people, posts, terms = self.terms.people.numbers, self.terms.posts.numbers, self.terms
        everybody = [pairing.candidate for pairing in self.pairs]
        if len(set(everybody)) != len(everybody) or sorted([*everybody, *self.unplaced]) != list(terms.people.keys):
            raise AssignmentError("every candidate must have one seat or be unplaced")
        taken = np.array([(people[p.candidate], posts[p.opening]) for p in self.pairs], np.int64).reshape(-1, 2).T
        codes, pins = terms.codes(*taken), terms.codes(*terms.pinned[:2])
        at, is_market = find(terms.codes(*terms.market[:2]), codes)
        allowed = is_market | np.isin(codes, pins)
        if not allowed.all():
            wrong = self.pairs[int(allowed.argmin())]
            raise AssignmentError(f"{(wrong.candidate, wrong.opening)} may not be paired")
        if not np.isin(pins, codes).all():
            raise AssignmentError("a pinned pair is lost")
        held = np.full(len(terms.people.keys), NOWHERE)
        held[taken[0][is_market]] = at[is_market]
        return held

    def check(self) -> None:
        """Raise AssignmentError when the answer breaks its terms or is not what its policy promises: the most people and
        then the best total (no chain of moves adds a person or a point), or nobody who would rather swap.

        O(openings x pairs) at worst, a few passes over the pairs as a rule.
        """
        held = self.check_terms()
        if self.policy == "most_placed":
            Chains(self.terms, held).check()
        elif self.blocking_pairs or len(blocking_pairs(self.terms, held)):
            raise AssignmentError("a stable answer has blocking pairs")

    def check_terms(self) -> Ints:
        """What `held` gives. Raises AssignmentError for a person or seat twice, a pair that may not be, a pin lost."""
        held = self.held()
        seated = np.bincount(self.terms.market.posts[held[held != NOWHERE]], minlength=len(self.terms.free))
        if np.any(seated > self.terms.free):
            raise AssignmentError("an opening has more people than seats")
        return held


class Comparison(NamedTuple):
    """The same round by both policies, and what the one costs against the other."""

    most_placed: Assignment
    stable: Assignment

    @property
    def people(self) -> int:
        """How many people fewer `stable` places; never below 0."""
        return self.most_placed.placed - self.stable.placed

    @property
    def fit(self) -> float:
        """How much less total fit `stable` has; below 0 where placing more people costs fit."""
        return self.most_placed.total_score - self.stable.total_score

    @property
    def unrest(self) -> int:
        """How many pairs would both rather swap under `most_placed`; under `stable` it is none."""
        return len(self.most_placed.blocking_pairs)


@collector_at_rest()
def assign(
    matches: Matches,
    policy: str = "most_placed",
    seats: Mapping[str, int] | None = None,
    wishes: Wishes | None = None,
    rankings: Wishes | None = None,
    pinned: Iterable[tuple[str, str]] = (),
    forbidden: Iterable[tuple[str, str]] = (),
    least_score: float = 0.0,
) -> Assignment:
    """Allocate seats over the pairs in `matches`.

    most_placed: most people placed, then the highest total score (optimal, a flow of least cost).
    stable: no pair that would both rather swap (deferred acceptance, candidates propose; equal scores by key).
    seats: opening → seats instead of the openings' own. wishes: candidate → openings best first; rankings: opening →
    candidates best first; who is named there takes nothing else, who is not goes by score. pinned pairs are fixed
    first, also outside the lists; forbidden pairs and those of a lower score than least_score never happen. Wishes for
    what is not in the run are ignored.
    Raises AssignmentError, also for a key that may choose or be chosen but is not in the run.
    """
    if policy not in POLICIES:
        raise AssignmentError(f"policy must be one of {', '.join(POLICIES)}, not {policy!r}")
    return _answer(policy, _checked_terms(matches, seats, wishes, rankings, pinned, forbidden, least_score))


def compare_policies(
    matches: Matches,
    seats: Mapping[str, int] | None = None,
    wishes: Wishes | None = None,
    rankings: Wishes | None = None,
    pinned: Iterable[tuple[str, str]] = (),
    forbidden: Iterable[tuple[str, str]] = (),
    least_score: float = 0.0,
) -> Comparison:
    """The same round by both policies; arguments and errors as of `assign`."""
    terms = _checked_terms(matches, seats, wishes, rankings, pinned, forbidden, least_score)
    return Comparison(_answer("most_placed", terms), _answer("stable", terms))


def _checked_terms(
    matches: Matches,
    seats: Mapping[str, int] | None,
    wishes: Wishes | None,
    rankings: Wishes | None,
    pinned: Iterable[tuple[str, str]],
    forbidden: Iterable[tuple[str, str]],
    least_score: float,
) -> Terms:
    if not isinstance(matches, Matches):
        raise AssignmentError(f"matches must be what match() gave, not {type(matches).__name__}")
    check_seats(seats or {})
    check_lists("wishes", wishes or {})
    check_lists("rankings", rankings or {})
    if isinstance(least_score, bool) or not isinstance(least_score, int | float):
        raise AssignmentError(f"least_score must be a number from 0 to 100, not {least_score!r}")
    fixed, never = pairs_of("pinned", pinned), pairs_of("forbidden", forbidden)
    return make_terms(matches, seats or {}, wishes or {}, rankings or {}, fixed, never, least_score)


def _answer(policy: str, terms: Terms) -> Assignment:
    held = POLICIES[policy](terms)
    pairs = _pairings(terms, held)
    answer = Assignment(
        policy=policy,
        pairs=pairs,
        unplaced=_unplaced(terms, held),
        blocking_pairs=_keys(terms, blocking_pairs(terms, held)),
        lost_by_tie=_keys(terms, lost_by_tie(terms, held)),
        total_score=float(sum(pairing.score for pairing in pairs)),
        terms=terms,
    )
    if policy == "stable":
        answer.check()
    else:  # the proof of the best total takes as long as finding it: for those who ask
        answer.check_terms()
    return answer


def _pairings(terms: Terms, held: Ints) -> tuple[Pairing, ...]:
    """The taken pairs in the order in which the people were given."""
    taken = held[held != NOWHERE]
    people, posts, scores = (
        np.concatenate((pins, column[taken])) for pins, column in zip(terms.pinned, terms.market, strict=True)
    )
    order = np.argsort(np.argsort(terms.people.places)[people])
    names, titles = terms.people.keys, terms.posts.keys
    rows = zip(people[order].tolist(), posts[order].tolist(), scores[order].tolist(), strict=True)
    return tuple(Pairing(names[person], titles[post], score) for person, post, score in rows)


def _unplaced(terms: Terms, held: Ints) -> tuple[str, ...]:
    is_left = held == NOWHERE
    is_left[terms.pinned.people] = False
    return tuple(terms.people.keys[person] for person in terms.people.places[is_left[terms.people.places]].tolist())


def _keys(terms: Terms, pairs: Ints) -> KeyPairs:
    people, posts = terms.market.people[pairs].tolist(), terms.market.posts[pairs].tolist()
    return tuple((terms.people.keys[c], terms.posts.keys[o]) for c, o in zip(people, posts, strict=True))
