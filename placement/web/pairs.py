"""Decides how ranked pairs are shown: each with its explanation, what may be done with it, and what was just done."""

from typing import Any, NamedTuple

from sqlmodel import Session

from placement.access import actor_for, may
from placement.cases import open_referrals_by_pair
from placement.explanations import describe_explanation
from placement.guidances import is_external
from placement.models import Account, Referral
from placement.rankings import Ranked
from placement.skills import vocabulary_of
from placement.states import Actor, flags_of, possible_moves
from placement.suggesting import explain_pairs

OFFERED_MOVES = ("shortlist", "snooze", "dismiss", "reopen")


class Card(NamedTuple):
    """A pair on a page. `moves` are names of moves; `was_decided` says that the reader has just decided it here;
    `referral` is the pair's newest one, `may_propose` whether the reader may make one."""

    ranked: Ranked
    explanation: dict[str, Any]
    moves: list[str]
    was_decided: bool
    referral: Referral | None
    may_propose: bool


def cards_of(
    session: Session, account: Account, standing: list[Ranked], put_away: list[Ranked], decided: int | None
) -> list[Card]:
    """The standing pairs, best first; one dismissed or snoozed a moment ago (`decided`, its id) keeps its place once."""
    just_now = [pair for pair in put_away if pair.suggestion.id == decided]
    shown = sorted(standing + just_now, key=lambda pair: -pair.suggestion.score)
    vocabulary, actor = vocabulary_of(session), actor_for(account)
    referrals = open_referrals_by_pair(session, [key_of(pair) for pair in shown])
    explained = explain_pairs(session, [key_of(pair) for pair in shown], vocabulary)
    return [
        Card(
            pair,
            describe_explanation(explained[key_of(pair)], vocabulary),
            moves_offered(pair, actor),
            pair.suggestion.id == decided,
            referrals.get(key_of(pair)),
            may(account, "referral:change")
            and not is_external(pair.opening)
            and not is_under_way(referrals.get(key_of(pair))),
        )
        for pair in shown
    ]


def is_under_way(referral: Referral | None) -> bool:
    """Whether the pair's referral still goes on, or was won."""
    return referral is not None and not flags_of(referral).closed


def key_of(pair: Ranked) -> tuple[int, int]:
    """Who and what: the ids of graduate and opening."""
    return pair.suggestion.graduate_id, pair.suggestion.opening_id


def moves_offered(pair: Ranked, actor: Actor) -> list[str]:
    """What the reader may do with the pair here, in the order of the buttons."""
    possible = {move.name for move in possible_moves(pair.suggestion, actor)}
    return [name for name in OFFERED_MOVES if name in possible]
