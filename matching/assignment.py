"""Decides who takes which seat in a whole-cohort round, and checks its own answer."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import scipy.sparse as sp
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from .errors import AssignmentError
from .ranking import Matches, Pairing

POLICIES = ("most_placed", "stable")
Wishes = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Terms:
    """What an allocation may use: score of every acceptable pair, seats of every opening, both sides' orders (higher
    number = liked more), pairs that are fixed beforehand."""

    scores: Mapping[tuple[str, str], float]
    seats: Mapping[str, int]
    candidate_likes: Mapping[tuple[str, str], float]
    opening_likes: Mapping[tuple[str, str], float]
    pinned: tuple[tuple[str, str], ...]
    forbidden: frozenset[tuple[str, str]]
    candidates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Assignment:
    """An answer: pairs (pinned ones included), who is left over, and pairs that would both rather swap.

    total_score: sum of the scores of the pairs, a pinned pair outside the lists counting 0.
    """

    policy: str
    pairs: tuple[Pairing, ...]
    unplaced: tuple[str, ...]
    blocking_pairs: tuple[tuple[str, str], ...]
    total_score: float
    terms: Terms = field(repr=False)

    @property
    def placed(self) -> int:
        """How many people have a seat."""
        return len(self.pairs)

    def check(self) -> None:
        """Raise AssignmentError when the answer breaks its terms: a person or seat twice, a forbidden or unknown pair, a pin lost."""
        taken: dict[str, int] = {}
        for pairing in self.pairs:
            pair = pairing.candidate, pairing.opening
            taken[pairing.opening] = taken.get(pairing.opening, 0) + 1
            if pair in self.terms.forbidden or (pair not in self.terms.scores and pair not in self.terms.pinned):
                raise AssignmentError(f"{pair} may not be paired")
        people = [pairing.candidate for pairing in self.pairs]
        if len(set(people)) != len(people) or sorted([*people, *self.unplaced]) != sorted(self.terms.candidates):
            raise AssignmentError("every candidate must have one seat or be unplaced")
        if any(count > self.terms.seats[opening] for opening, count in taken.items()):
            raise AssignmentError("an opening has more people than seats")
        if not set(self.terms.pinned) <= {(p.candidate, p.opening) for p in self.pairs}:
            raise AssignmentError("a pinned pair is lost")
        if self.policy == "stable" and self.blocking_pairs:
            raise AssignmentError("a stable answer has blocking pairs")


def assign(
    matches: Matches,
    policy: str = "most_placed",
    seats: Mapping[str, int] | None = None,
    wishes: Wishes | None = None,
    rankings: Wishes | None = None,
    pinned: Iterable[tuple[str, str]] = (),
    forbidden: Iterable[tuple[str, str]] = (),
) -> Assignment:
    """Allocate seats over the pairs in `matches`.

    most_placed: most people placed, then the highest total score (optimal, min-cost matching on expanded seats).
    stable: no pair that would both rather swap (deferred acceptance, candidates propose; equal scores by key).
    seats: opening → seats instead of the openings' own. wishes: candidate → openings best first; rankings: opening →
    candidates best first; who is named there takes nothing else, who is not goes by score. pinned pairs are fixed
    first, also outside the lists; forbidden pairs never happen. Wishes for what is not in the run are ignored.
    Raises AssignmentError, also for a key that may choose or be chosen but is not in the run.
    """
    if policy not in POLICIES:
        raise AssignmentError(f"policy must be one of {', '.join(POLICIES)}, not {policy!r}")
    if not isinstance(matches, Matches):
        raise AssignmentError(f"matches must be what match() gave, not {type(matches).__name__}")
    fixed_pairs, never = _pairs("pinned", pinned), _pairs("forbidden", forbidden)
    terms = _terms(matches, seats or {}, wishes or {}, rankings or {}, fixed_pairs, frozenset(never))
    free_seats = _free_seats(terms)
    fixed = {candidate for candidate, _ in terms.pinned}
    open_pairs = {
        pair: score for pair, score in terms.scores.items() if pair[0] not in fixed and free_seats[pair[1]] > 0
    }
    chosen = (_most_placed if policy == "most_placed" else _stable)(open_pairs, free_seats, terms)
    answer = _answer(policy, terms, {**chosen, **dict(terms.pinned)})
    answer.check()
    return answer


def _terms(
    matches: Matches,
    seats: Mapping[str, int],
    wishes: Wishes,
    rankings: Wishes,
    pinned: tuple[tuple[str, str], ...],
    forbidden: frozenset[tuple[str, str]],
) -> Terms:
    _check_lists("wishes", wishes)
    _check_lists("rankings", rankings)
    _check_seats(seats)
    _check_known(
        matches,
        {*wishes, *(c for c, _ in (*pinned, *forbidden))},
        {*seats, *rankings, *(o for _, o in (*pinned, *forbidden))},
    )
    if len({candidate for candidate, _ in pinned}) != len(pinned) or forbidden & set(pinned):
        raise AssignmentError("a candidate is pinned twice, or a pinned pair is forbidden")
    liked = {pair: -float(place) for c, list_ in wishes.items() for pair, place in _places((c, o) for o in list_)}
    ranked = {pair: -float(place) for o, list_ in rankings.items() for pair, place in _places((c, o) for c in list_)}
    scores = {
        (c, o): score
        for c, o, score in matches.pairings()
        if (c, o) not in forbidden and (c not in wishes or (c, o) in liked) and (o not in rankings or (c, o) in ranked)
    }
    return Terms(
        scores=scores,
        seats={**dict(zip(matches.opening_keys, matches.seats.tolist(), strict=True)), **seats},
        candidate_likes={pair: liked.get(pair, score) for pair, score in scores.items()},
        opening_likes={pair: ranked.get(pair, score) for pair, score in scores.items()},
        pinned=pinned,
        forbidden=forbidden,
        candidates=matches.candidate_keys,
    )


def _places(pairs: Iterable[tuple[str, str]]) -> Iterable[tuple[tuple[str, str], int]]:
    return ((pair, place) for place, pair in enumerate(dict.fromkeys(pairs)))


def _check_known(matches: Matches, people: Collection[str], posts: Collection[str]) -> None:
    strangers = sorted({*people} - {*matches.candidate_keys}) + sorted({*posts} - {*matches.opening_keys})
    if strangers:
        raise AssignmentError(f"not in this run: {', '.join(map(repr, strangers[:3]))}")


def _check_seats(seats: Mapping[str, int]) -> None:
    if not isinstance(seats, Mapping):
        raise AssignmentError(f"seats must say a number for each opening, not {seats!r}")
    if any(isinstance(n, bool) or not isinstance(n, int) or n < 0 for n in seats.values()):
        raise AssignmentError("seats must be whole numbers of 0 or more")


def _check_lists(field: str, lists: Wishes) -> None:
    if not isinstance(lists, Mapping):
        raise AssignmentError(f"{field} must say a list of keys for each key, not {lists!r}")
    for key, values in lists.items():
        if isinstance(values, str) or not isinstance(values, Sequence):
            raise AssignmentError(f"{field} of {key!r} must be a list of keys, not {values!r}")


def _pairs(field: str, pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    given = tuple(dict.fromkeys(pairs))
    for pair in given:
        if isinstance(pair, str) or len(pair) != 2 or not all(isinstance(key, str) for key in pair):
            raise AssignmentError(f"{field} must be pairs (candidate, opening), not {pair!r}")
    return given


def _free_seats(terms: Terms) -> dict[str, int]:
    free = dict(terms.seats)
    for _, opening in terms.pinned:
        free[opening] -= 1
        if free[opening] < 0:
            raise AssignmentError(f"more people pinned to {opening!r} than it has seats")
    return free


def _answer(policy: str, terms: Terms, placed: Mapping[str, str]) -> Assignment:
    pairs = tuple(Pairing(c, placed[c], terms.scores.get((c, placed[c]), 0.0)) for c in terms.candidates if c in placed)
    return Assignment(
        policy=policy,
        pairs=pairs,
        unplaced=tuple(c for c in terms.candidates if c not in placed),
        blocking_pairs=_blocking_pairs(terms, placed),
        total_score=float(sum(pairing.score for pairing in pairs)),
        terms=terms,
    )


def _blocking_pairs(terms: Terms, placed: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Pairs not together of which the candidate would rather have the opening than what he has, and the opening has a
    free seat or would rather have him than its least liked. Pinned people and seats are out of the market."""
    fixed = {candidate for candidate, _ in terms.pinned}
    free = _free_seats(terms)
    worst: dict[str, float] = {}
    for candidate, opening in placed.items():
        if candidate not in fixed:
            free[opening] -= 1
            worst[opening] = min(worst.get(opening, np.inf), terms.opening_likes[candidate, opening])
    found = []
    for pair, like in terms.candidate_likes.items():
        candidate, opening = pair
        now = placed.get(candidate)
        if candidate in fixed or now == opening or (now is not None and like <= terms.candidate_likes[candidate, now]):
            continue
        if free[opening] > 0 or terms.opening_likes[pair] > worst.get(opening, np.inf):
            found.append(pair)
    return tuple(found)


# Most people placed


def _most_placed(pairs: Mapping[tuple[str, str], float], seats: Mapping[str, int], terms: Terms) -> dict[str, str]:
    """Minimum-cost full matching of people to seats, each person with a private dummy seat that costs more than any
    chain of worse fits could save (LAPJVsp: Jonker and Volgenant 1987, scipy)."""
    del terms
    if not pairs:
        return {}
    people = sorted({candidate for candidate, _ in pairs})
    row = {candidate: number for number, candidate in enumerate(people)}
    wanted: dict[str, int] = {}
    for _, opening in pairs:
        wanted[opening] = wanted.get(opening, 0) + 1
    seat_list = [opening for opening in sorted(wanted) for _ in range(min(seats[opening], wanted[opening]))]
    first: dict[str, int] = {}
    for number, opening in enumerate(seat_list):
        first.setdefault(opening, number)
    costs = _cost_matrix(pairs, row, first, {o: min(seats[o], n) for o, n in wanted.items()}, len(seat_list))
    rows, columns = min_weight_full_bipartite_matching(costs)
    taken = zip(rows.tolist(), columns.tolist(), strict=True)
    return {people[r]: seat_list[c] for r, c in taken if c < len(seat_list)}


def _cost_matrix(
    pairs: Mapping[tuple[str, str], float],
    row: Mapping[str, int],
    first: Mapping[str, int],
    width: Mapping[str, int],
    seats: int,
) -> sp.csr_matrix:
    rows: list[int] = []
    columns: list[int] = []
    costs: list[float] = []
    for (candidate, opening), score in pairs.items():
        for seat in range(first[opening], first[opening] + width[opening]):
            rows.append(row[candidate])
            columns.append(seat)
            costs.append(101.0 - score)
    count = len(row)
    dummy = 102.0 * (count + 1)
    rows += range(count)
    columns += range(seats, seats + count)
    costs += [dummy] * count
    return sp.csr_matrix((costs, (rows, columns)), shape=(count, seats + count))


# Stable


def _stable(pairs: Mapping[tuple[str, str], float], seats: Mapping[str, int], terms: Terms) -> dict[str, str]:
    wishes: dict[str, list[str]] = {}
    rankings: dict[str, list[str]] = {}
    for candidate, opening in sorted(pairs, key=lambda pair: (-terms.candidate_likes[pair], pair[1])):
        wishes.setdefault(candidate, []).append(opening)
    for candidate, opening in sorted(pairs, key=lambda pair: (-terms.opening_likes[pair], pair[0])):
        rankings.setdefault(opening, []).append(candidate)
    found = deferred_acceptance(wishes, rankings, {opening: seats[opening] for opening in rankings})
    return {candidate: opening for candidate, opening in found.items() if opening is not None}


def deferred_acceptance(
    wishes: Wishes, rankings: Wishes, seats: Mapping[str, int], propose: str = "candidates"
) -> dict[str, str | None]:
    """Candidate → opening or None: the stable matching that is best for the proposing side.

    wishes: candidate → openings best first; rankings: opening → candidates best first; a pair that only one side
    lists is ignored. seats: opening → how many (1 where not given). O(length of all lists).
    Gale and Shapley, "College Admissions and the Stability of Marriage" (1962). Raises AssignmentError.
    """
    if propose not in ("candidates", "openings"):
        raise AssignmentError(f"propose must be candidates or openings, not {propose!r}")
    _check_lists("wishes", wishes)
    _check_lists("rankings", rankings)
    _check_seats(seats)
    likers = {o: frozenset(list_) for o, list_ in rankings.items()}
    wishers = {c: frozenset(list_) for c, list_ in wishes.items()}
    liked = {c: _mutual(c, list_, likers) for c, list_ in wishes.items()}
    ranked = {o: _mutual(o, list_, wishers) for o, list_ in rankings.items()}
    held = dict.fromkeys(liked, 1)
    room = {o: seats.get(o, 1) for o in ranked}
    if propose == "candidates":
        kept = _propose(liked, held, ranked, room)
        placed = {candidate: opening for opening, people in kept.items() for candidate in people}
    else:
        kept = _propose(ranked, room, liked, held)
        placed = {candidate: openings[0] for candidate, openings in kept.items() if openings}
    return {candidate: placed.get(candidate) for candidate in wishes}


def _mutual(one: str, list_: Sequence[str], other_side: Mapping[str, Collection[str]]) -> list[str]:
    return [other for other in dict.fromkeys(list_) if one in other_side.get(other, ())]


def _propose(
    lists: Mapping[str, Sequence[str]],
    wants: Mapping[str, int],
    judges: Mapping[str, Sequence[str]],
    room: Mapping[str, int],
) -> dict[str, list[str]]:
    """Every proposer asks down its list until it has what it wants; a judge keeps its best up to its room."""
    places = {judge: {proposer: place for place, proposer in enumerate(list_)} for judge, list_ in judges.items()}
    kept: dict[str, list[str]] = {judge: [] for judge in judges}
    has = dict.fromkeys(lists, 0)
    asked = dict.fromkeys(lists, 0)
    waiting = [proposer for proposer in lists if wants[proposer] > 0]
    while waiting:
        proposer = waiting.pop()
        while has[proposer] < wants[proposer] and asked[proposer] < len(lists[proposer]):
            judge = lists[proposer][asked[proposer]]
            asked[proposer] += 1
            refused = _ask(proposer, kept[judge], places[judge], room[judge])
            has[proposer] += 1
            if refused is not None:
                has[refused] -= 1
                if refused != proposer:
                    waiting.append(refused)
    return kept


def _ask(proposer: str, kept: list[str], places: Mapping[str, int], room: int) -> str | None:
    """Let a judge consider a proposer; returns whom it lets go (perhaps the proposer), or None."""
    kept.append(proposer)
    if len(kept) <= room:
        return None
    last = max(kept, key=places.__getitem__)
    kept.remove(last)
    return last
