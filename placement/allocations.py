"""Decides who takes part in a whole-cohort round, and proposes who takes which free seat; nothing is stored or sent."""

from collections import Counter
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import select as sa_select
from sqlalchemy import true
from sqlmodel import Session, and_, col

import matching
from employers.enums import OpeningSource
from employers.models import Opening
from placement.enums import ReferralState
from placement.models import Graduate, Referral, Suggestion
from placement.pairs import Pair
from placement.profiling import Offers, People, engine_key, is_matchable_graduate, is_matchable_opening
from placement.skills import vocabulary_of
from placement.states import states_where
from placement.storing import pairs_apart
from placement.suggesting import K

# So many pairs are scored in about a second; a larger round is cut to the K best of each person and opening.
MOST_PAIRS = 2_000_000


class Market(NamedTuple):
    """Both sides of a round: people and openings as the engine reads them, the free seats of each opening, the pairs that
    stay apart, and how many people sit out because a referral of theirs is under way."""

    people: People
    offers: Offers
    seats: list[int]
    apart: frozenset[Pair]
    vocabulary: matching.Vocabulary
    sit_out: int

    @property
    def pairs(self) -> int:
        """How many pairs there are to score."""
        return len(self.people.ids) * len(self.offers.ids)


class Slate(NamedTuple):
    """A proposal for the whole round: the answer by the asked policy and by the other one, why the others have no seat,
    and the must-have by which each tried pair is kept apart. Keys are those of `engine_key`."""

    market: Market
    policy: str
    both: matching.Comparison
    leftovers: tuple[matching.Leftover, ...]
    musts: dict[tuple[str, str], str]

    @property
    def answer(self) -> matching.Assignment:
        """What is proposed."""
        return self.both.most_placed if self.policy == "most_placed" else self.both.stable

    @property
    def other(self) -> matching.Assignment:
        """What the other policy would propose."""
        return self.both.stable if self.policy == "most_placed" else self.both.most_placed


def read_market(session: Session, *, today: date, cohort_id: int | None = None, with_referred: bool = False) -> Market:
    """Whoever may be proposed and has neither a job nor accepted an offer, and every opening of partners with its seats.

    Pairs that were dismissed, put off, refused, or are under way stay apart. People with a referral under way sit out,
    and each keeps a seat of that opening for himself, unless `with_referred`.
    """
    under_way = _under_way(session)
    condition = and_(is_matchable_graduate(), col(Graduate.engaged_by).is_(None))
    if cohort_id is not None:
        condition = and_(condition, col(Graduate.cohort_id) == cohort_id)
    is_referred = sa_select(col(Referral.id)).where(_is_under_way(), col(Referral.graduate_id) == Graduate.id).exists()
    people = People(session, condition if with_referred else and_(condition, ~is_referred))
    is_ours = col(Opening.source) != OpeningSource.EXTERNAL
    offers = Offers(session, and_(is_matchable_opening(today), is_ours))
    kept = Counter() if with_referred else Counter(o for (_, o), state in under_way.items() if not _holds_seat(state))
    free = _free_seats(session)
    return Market(
        people=people,
        offers=offers,
        seats=[max(0, free[row] - kept[row]) for row in offers.ids],
        apart=pairs_apart(session) | _put_off(session) | under_way.keys(),
        vocabulary=vocabulary_of(session),
        sit_out=0 if with_referred else len(_rows(session, and_(condition, is_referred), Graduate.id).all()),
    )


def allocate(market: Market, policy: str, least_score: float = 0.0) -> Slate:
    """Score all pairs, allocate the free seats by both policies, and say why the rest have none. Reads nothing."""
    people, offers = market.people.table, market.offers.table
    k = max(K, MOST_PAIRS // max(1, len(people)))
    matches = matching.match(people, offers, vocabulary=market.vocabulary, k=k)
    here, there = set(market.people.ids), set(market.offers.ids)
    apart = {(engine_key(g), engine_key(o)) for g, o in market.apart if g in here and o in there}
    seats = dict(zip(offers.keys, market.seats, strict=True))
    both = matching.compare_policies(matches, seats=seats, forbidden=apart, least_score=least_score)
    answer = both.most_placed if policy == "most_placed" else both.stable
    answer.check()
    relaxed = [one for one in _relaxed(market, answer) if one[:2] not in apart and one.score >= least_score]
    asked = [matching.Pairing(one.candidate, one.opening, one.score) for one in relaxed]
    musts = {(one.candidate, one.opening): one.skill for one in relaxed}
    return Slate(market, policy, both, matching.explain_unplaced(answer, asked), musts)


def _relaxed(market: Market, answer: matching.Assignment) -> list[matching.Relaxed]:
    """The pairs of people without a seat that one must-have keeps apart; none in a round too large to try them."""
    if market.pairs > MOST_PAIRS:
        return []
    found = matching.relax_musts(market.people.table, market.offers.table, vocabulary=market.vocabulary)
    unplaced = set(answer.unplaced)
    return [one for one in found if one.candidate in unplaced]


def _is_under_way() -> Any:
    return col(Referral.state).in_(states_where("referral", open=True))


def _under_way(session: Session) -> dict[Pair, str]:
    """Pair → state of every referral that goes on."""
    r = Referral
    return {(row[0], row[1]): row[2] for row in _rows(session, _is_under_way(), r.graduate_id, r.opening_id, r.state)}


def _holds_seat(state: str) -> bool:
    """Whether the opening has set the seat aside by itself: an offer is out."""
    return state == ReferralState.OFFERED


def _put_off(session: Session) -> frozenset[Pair]:
    waiting = col(Suggestion.state).in_(states_where("suggestion", open=True, waits_for="nobody"))
    return frozenset(map(tuple, _rows(session, waiting, Suggestion.graduate_id, Suggestion.opening_id)))


def _free_seats(session: Session) -> dict[int, int]:
    o = Opening
    return dict(map(tuple, _rows(session, true(), o.id, o.seats - o.seats_taken - o.seats_held)))


def _rows(session: Session, wanted: Any, *columns: Any) -> Any:
    """Rows of the driver, no objects of the ORM."""
    return session.connection().execute(sa_select(*columns).where(wanted))
