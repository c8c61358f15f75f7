"""The meeting room: reads both sides, lets the engine compare them, and says which pairs are worth a counselor's look."""

import time
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import numpy as np
from sqlalchemy import and_
from sqlmodel import Session, col, select

import matching
from employers.models import Opening
from placement.enums import RunScope
from placement.models import Graduate
from placement.pairs import Flags, Pair, Pairs, is_among, numbers_of_pairs
from placement.profiling import (
    Offers,
    People,
    candidate_profiles,
    engine_key,
    is_matchable_graduate,
    is_matchable_opening,
    opening_profiles,
)
from placement.relisting import Listed, relist
from placement.skills import vocabulary_of
from placement.storing import Proposal, Stored, pairs_apart, stored_pairs

K = 20


def propose_all(
    session: Session, *, today: date, k: int = K, cohort_id: int | None = None, runner: matching.Runner | None = None
) -> Proposal:
    """Compare everybody who may be proposed (of one cohort, if given) with every opening that may. Writes nothing."""
    started = time.perf_counter()
    condition = is_matchable_graduate()
    if cohort_id is not None:
        condition = and_(condition, col(Graduate.cohort_id) == cohort_id)
    people, offers = People(session, condition), Offers(session, is_matchable_opening(today))
    vocabulary, excluded, stored = vocabulary_of(session), pairs_apart(session), stored_pairs(session)
    read = time.perf_counter()
    listed = _listed(people, offers, vocabulary, k, excluded, runner=runner)
    gone = ~is_among(stored.numbers, listed.numbers)
    if cohort_id is not None:
        gone &= np.isin(stored.graduates, people.ids)
    proposal = _proposal(session, RunScope.ALL, listed, stored.where(gone), vocabulary, excluded)
    if cohort_id is not None:
        proposal.scope, proposal.subject = RunScope.COHORT, str(cohort_id)
    proposal.candidates, proposal.openings = len(people.ids), len(offers.ids)
    proposal.seconds = {"read": read - started, "match": time.perf_counter() - read}
    return proposal


def propose_graduate(session: Session, graduate_id: int, *, today: date, k: int = K) -> Proposal:
    """What changes in the lists because one graduate changed; the same outcome as a whole run."""
    offers = Offers(session, is_matchable_opening(today))
    person = People(session, and_(is_matchable_graduate(), col(Graduate.id) == graduate_id))
    vocabulary, excluded, stored = vocabulary_of(session), pairs_apart(session), stored_pairs(session)
    found = _listed(person, offers, vocabulary, max(len(offers.ids), 1), excluded)
    people, offered = _ids(session, Graduate, is_matchable_graduate()) | {graduate_id}, set(offers.ids)
    listed = [Listed(g, o, score) for g, o, score in _counting(stored, people, offered)]
    changes = relist(graduate_id, {o: score for _, o, score in found.rows()}, listed, k)
    kept = {(graduate_id, o): score for o, score in changes.mine.items()}
    if changes.refill:
        everyone = People(session, is_matchable_graduate())
        some = Offers(session, and_(is_matchable_opening(today), col(Opening.id).in_(changes.refill)))
        refilled = _listed(everyone, some, vocabulary, k, excluded, side="openings")
        kept |= {(g, o): score for g, o, score in refilled.rows()}
    gone = _gone(stored, stored.graduates == graduate_id, kept, changes.pushed_out)
    proposal = _proposal(session, RunScope.GRADUATE, Pairs.from_scores(kept), gone, vocabulary, excluded)
    proposal.subject, proposal.candidates, proposal.openings = str(graduate_id), len(person.ids), len(offers.ids)
    return proposal


def propose_opening(session: Session, opening_id: int, *, today: date, k: int = K) -> Proposal:
    """What changes in the lists because one opening changed; the same outcome as a whole run."""
    everyone = People(session, is_matchable_graduate())
    offer = Offers(session, and_(is_matchable_opening(today), col(Opening.id) == opening_id))
    vocabulary, excluded, stored = vocabulary_of(session), pairs_apart(session), stored_pairs(session)
    found = _listed(everyone, offer, vocabulary, max(len(everyone.ids), 1), excluded)
    people, offered = set(everyone.ids), _ids(session, Opening, is_matchable_opening(today)) | {opening_id}
    listed = [Listed(o, g, score) for g, o, score in _counting(stored, people, offered)]
    changes = relist(opening_id, {g: score for g, _, score in found.rows()}, listed, k)
    kept = {(g, opening_id): score for g, score in changes.mine.items()}
    if changes.refill:
        some = People(session, and_(is_matchable_graduate(), col(Graduate.id).in_(changes.refill)))
        offers = Offers(session, is_matchable_opening(today))
        refilled = _listed(some, offers, vocabulary, k, excluded, side="candidates")
        kept |= {(g, o): score for g, o, score in refilled.rows()}
    pushed_out = {(g, o) for o, g in changes.pushed_out}
    gone = _gone(stored, stored.openings == opening_id, kept, pushed_out)
    proposal = _proposal(session, RunScope.OPENING, Pairs.from_scores(kept), gone, vocabulary, excluded)
    proposal.subject, proposal.candidates, proposal.openings = str(opening_id), len(everyone.ids), len(offer.ids)
    return proposal


def _ids(session: Session, table: Any, condition: Any) -> set[int]:
    return set(session.exec(select(table.id).where(condition)))


def _counting(stored: Stored, people: set[int], offered: set[int]) -> Iterator[tuple[int, int, float]]:
    """The pairs that take a place on a list: eligible, and neither side has gone away since."""
    counts = stored.is_eligible & np.isin(stored.graduates, list(people)) & np.isin(stored.openings, list(offered))
    return stored.where(counts).pairs().rows()


def _gone(stored: Stored, is_mine: Flags, kept: Iterable[Pair], pushed_out: Iterable[Pair]) -> Stored:
    """The stored pairs of the changed row that are kept no longer, and those that it has pushed off other lists."""
    numbers = stored.numbers
    left = is_mine & ~is_among(numbers, numbers_of_pairs(kept))
    return stored.where(left | is_among(numbers, numbers_of_pairs(pushed_out)))


def _listed(
    people: People,
    offers: Offers,
    vocabulary: matching.Vocabulary,
    k: int,
    excluded: frozenset[Pair],
    side: str = "both",
    runner: matching.Runner | None = None,
) -> Pairs:
    """The pairs on the k-best lists of "candidates", of "openings", or of both."""
    keyed = frozenset((engine_key(g), engine_key(o)) for g, o in excluded)
    matches = matching.match(people.table, offers.table, vocabulary=vocabulary, k=k, runner=runner, excluded=keyed)
    if side == "candidates":
        rows, columns, scores = matches.candidate_lists
    elif side == "openings":
        columns, rows, scores = matches.opening_lists
    else:
        rows, columns, scores = matches.rows()
    return Pairs.of(np.array(people.ids, np.int64)[rows], np.array(offers.ids, np.int64)[columns], scores)


def _proposal(
    session: Session,
    scope: RunScope,
    listed: Pairs,
    gone: Stored,
    vocabulary: matching.Vocabulary,
    excluded: frozenset[Pair],
) -> Proposal:
    decided = gone.where(gone.is_decided).pairs()
    explained = explain_pairs(session, [(g, o) for g, o, _ in decided.rows()], vocabulary)
    off_list = {pair: why.score if why.eligible and pair not in excluded else None for pair, why in explained.items()}
    return Proposal(scope, listed, gone.where(~gone.is_decided).pairs(), off_list)


def explain_pairs(
    session: Session, pairs: Iterable[Pair], vocabulary: matching.Vocabulary | None = None
) -> dict[Pair, matching.Explanation]:
    """Why (or why not) each pair of (graduate id, opening id), from the records as they are now."""
    wanted = list(pairs)
    known = vocabulary or vocabulary_of(session)
    people = session.exec(select(Graduate).where(col(Graduate.id).in_({g for g, _ in wanted})))
    offers = session.exec(select(Opening).where(col(Opening.id).in_({o for _, o in wanted})))
    candidates, openings = candidate_profiles(session, people), opening_profiles(session, offers)
    explained = matching.explain_pairs([(candidates[g], openings[o]) for g, o in wanted], vocabulary=known)
    return dict(zip(wanted, explained, strict=True))
