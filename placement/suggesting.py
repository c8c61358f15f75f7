"""The meeting room: reads both sides, lets the engine compare them, and keeps the pairs worth a counselor's look."""

import time
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import and_, bindparam, delete, func, insert, or_, tuple_, update
from sqlalchemy import select as sa_select
from sqlmodel import Session, col, select

import matching
from employers.columns import now
from employers.models import Company, Opening
from placement.enums import ReferralState, RunScope
from placement.events import standing_events
from placement.machines import SAID_NO
from placement.models import Event, Graduate, MatchRun, Referral, Suggestion
from placement.person_machines import SUGGESTION
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
from placement.states import states_where

K = 20
Pair = tuple[int, int]
Scores = dict[Pair, float]


class Stored(NamedTuple):
    """A stored pair as a run needs it: row id, score, whether it keeps every hard limit, whether a person decided it."""

    id: int
    score: float
    is_eligible: bool
    is_decided: bool


@dataclass
class Proposal:
    """What a run found, before it is stored: listed pairs with their scores, pairs that left the lists, its measures.

    `kept_off_list` are decided pairs on no list, with today's score, or None where a hard limit fails now.
    """

    scope: RunScope
    scores: Scores
    gone: set[Pair]
    kept_off_list: dict[Pair, float | None]
    subject: str | None = None
    candidates: int = 0
    openings: int = 0
    seconds: dict[str, float] = field(default_factory=dict)
    runner: str = "local"


def dismissed_pairs(session: Session) -> frozenset[Pair]:
    """Pairs that a person has taken off; they stay out until somebody reopens them."""
    closed = col(Suggestion.state).in_(states_where("suggestion", closed=True))
    chosen = sa_select(col(Suggestion.graduate_id), col(Suggestion.opening_id)).where(closed)
    return frozenset((g, o) for g, o in session.connection().execute(chosen))


def refused_pairs(session: Session) -> frozenset[Pair]:
    """Pairs whose last referral ended with a no of the company or the person; they stay apart until it is reopened."""
    return frozenset((g, o) for g, o in session.connection().execute(_refused()))


def _refused() -> Any:
    """A consent that was refused is a no as well, though the referral then is called withdrawn."""
    newest = sa_select(func.max(Referral.id)).group_by(col(Referral.graduate_id), col(Referral.opening_id))
    unwilling = standing_events("referral").where(Event.move == "refuse_consent", Event.entity_id == Referral.id)
    is_unwilling = (col(Referral.state) == ReferralState.WITHDRAWN) & unwilling.order_by(None).exists()
    said_no = col(Referral.state).in_(SAID_NO) | is_unwilling
    return sa_select(col(Referral.graduate_id), col(Referral.opening_id)).where(col(Referral.id).in_(newest), said_no)


def pairs_apart(session: Session) -> frozenset[Pair]:
    """Pairs that no run proposes: dismissed by a counselor, or refused by one of the two."""
    return dismissed_pairs(session) | refused_pairs(session)


def stored_pairs(session: Session) -> dict[Pair, Stored]:
    """Every stored pair but the dismissed ones. O(pairs), without objects of the ORM."""
    s = Suggestion
    columns = (s.graduate_id, s.opening_id, s.id, s.score, s.is_eligible, s.state)
    open_states = col(s.state).in_(states_where("suggestion", closed=False))
    rows: Any = session.connection().execute(sa_select(*map(col, columns)).where(open_states))
    initial = SUGGESTION.initial
    return {(row[0], row[1]): Stored(row[2], row[3], row[4], row[5] not in initial) for row in rows}


def propose_all(session: Session, *, today: date, k: int = K, cohort_id: int | None = None) -> Proposal:
    """Compare everybody who may be proposed (of one cohort, if given) with every opening that may. Writes nothing."""
    started = time.perf_counter()
    condition = is_matchable_graduate()
    if cohort_id is not None:
        condition = and_(condition, col(Graduate.cohort_id) == cohort_id)
    people, offers = People(session, condition), Offers(session, is_matchable_opening(today))
    vocabulary, excluded, stored = vocabulary_of(session), pairs_apart(session), stored_pairs(session)
    read = time.perf_counter()
    scores = _listed(people, offers, vocabulary, k, excluded)
    mine = set(people.ids)
    gone = {pair for pair in stored if pair not in scores and (cohort_id is None or pair[0] in mine)}
    proposal = _proposal(session, RunScope.ALL, scores, gone, stored, vocabulary, excluded)
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
    scores = _listed(person, offers, vocabulary, max(len(offers.ids), 1), excluded)
    people, offered = _ids(session, Graduate, is_matchable_graduate()) | {graduate_id}, set(offers.ids)
    listed = [Listed(g, o, score) for (g, o), score in _counting(stored, people, offered)]
    changes = relist(graduate_id, {o: score for (_, o), score in scores.items()}, listed, k)
    kept = {(graduate_id, o): score for o, score in changes.mine.items()}
    if changes.refill:
        everyone = People(session, is_matchable_graduate())
        some = Offers(session, and_(is_matchable_opening(today), col(Opening.id).in_(changes.refill)))
        refilled = _listed(everyone, some, vocabulary, k, excluded, side="openings")
        kept |= refilled
    gone = {pair for pair in stored if pair[0] == graduate_id and pair not in kept} | changes.pushed_out
    proposal = _proposal(session, RunScope.GRADUATE, kept, gone, stored, vocabulary, excluded)
    proposal.subject, proposal.candidates, proposal.openings = str(graduate_id), len(person.ids), len(offers.ids)
    return proposal


def propose_opening(session: Session, opening_id: int, *, today: date, k: int = K) -> Proposal:
    """What changes in the lists because one opening changed; the same outcome as a whole run."""
    everyone = People(session, is_matchable_graduate())
    offer = Offers(session, and_(is_matchable_opening(today), col(Opening.id) == opening_id))
    vocabulary, excluded, stored = vocabulary_of(session), pairs_apart(session), stored_pairs(session)
    scores = _listed(everyone, offer, vocabulary, max(len(everyone.ids), 1), excluded)
    people, offered = set(everyone.ids), _ids(session, Opening, is_matchable_opening(today)) | {opening_id}
    listed = [Listed(o, g, score) for (g, o), score in _counting(stored, people, offered)]
    changes = relist(opening_id, {g: score for (g, _), score in scores.items()}, listed, k)
    kept = {(g, opening_id): score for g, score in changes.mine.items()}
    if changes.refill:
        some = People(session, and_(is_matchable_graduate(), col(Graduate.id).in_(changes.refill)))
        kept |= _listed(some, Offers(session, is_matchable_opening(today)), vocabulary, k, excluded, side="candidates")
    pushed_out = {(g, o) for o, g in changes.pushed_out}
    gone = {pair for pair in stored if pair[1] == opening_id and pair not in kept} | pushed_out
    proposal = _proposal(session, RunScope.OPENING, kept, gone, stored, vocabulary, excluded)
    proposal.subject, proposal.candidates, proposal.openings = str(opening_id), len(everyone.ids), len(offer.ids)
    return proposal


def _ids(session: Session, table: Any, condition: Any) -> set[int]:
    return set(session.exec(select(table.id).where(condition)))


def _counting(stored: dict[Pair, Stored], people: set[int], offered: set[int]) -> Iterator[tuple[Pair, float]]:
    """The pairs that take a place on a list: eligible, and neither side has gone away since."""
    for (g, o), pair in stored.items():
        if pair.is_eligible and g in people and o in offered:
            yield (g, o), pair.score


def store(session: Session, proposal: Proposal) -> MatchRun:
    """Write what changed, in the caller's transaction, and the run itself with its measures."""
    started = time.perf_counter()
    run = MatchRun(
        scope=proposal.scope,
        subject=proposal.subject,
        candidates=proposal.candidates,
        openings=proposal.openings,
        pairs=proposal.candidates * proposal.openings,
        suggestions=len(proposal.scores),
        runner=proposal.runner,
        engine=matching.ENGINE_VERSION,
        weights=asdict(matching.Weights()),
    )
    session.add(run)
    session.flush()
    assert run.id is not None
    run.changed = _write_changes(session, proposal, run.id)
    run.seconds = {**proposal.seconds, "write": time.perf_counter() - started}
    run.finished_at = now()
    return run


def _write_changes(session: Session, proposal: Proposal, run_id: int) -> int:
    stored = stored_pairs(session)
    taken = stored.keys() | pairs_apart(session)  # some may have been taken off since the run read them
    fresh = [pair for pair in proposal.scores if pair not in taken]
    wanted = {pair: (score, True) for pair, score in proposal.scores.items()}
    wanted |= {pair: (score or 0.0, score is not None) for pair, score in proposal.kept_off_list.items()}
    changed = [(stored[p].id, *values) for p, values in wanted.items() if p in stored and stored[p][1:3] != values]
    gone = [stored[pair].id for pair in proposal.gone if pair in stored and not stored[pair].is_decided]
    connection, table = session.connection(), Suggestion.__table__  # type: ignore[attr-defined]
    if fresh:
        values = {"run_id": run_id, "state": "new", "is_eligible": True}
        connection.execute(
            insert(table),
            [{"graduate_id": g, "opening_id": o, "score": proposal.scores[g, o], **values} for g, o in fresh],
        )
    if changed:
        statement = (
            update(table)
            .where(table.c.id == bindparam("row"))
            .values(score=bindparam("new_score"), is_eligible=bindparam("eligible"), run_id=run_id)
        )
        connection.execute(statement, [{"row": row, "new_score": score, "eligible": ok} for row, score, ok in changed])
    if gone:
        undecided = or_(
            *(table.c.state == state for state in SUGGESTION.initial)
        )  # asked again: somebody may decide at this moment
        leaving = delete(table).where(table.c.id == bindparam("row"), undecided)
        connection.execute(leaving, [{"row": row} for row in gone])
    return len(fresh) + len(changed) + len(gone)


def _listed(
    people: People,
    offers: Offers,
    vocabulary: matching.Vocabulary,
    k: int,
    excluded: frozenset[Pair],
    side: str = "both",
) -> Scores:
    """Scores by row ids of the pairs on the k-best lists of "candidates", of "openings", or of both."""
    keyed = frozenset((engine_key(g), engine_key(o)) for g, o in excluded)
    matches = matching.match(people.table, offers.table, vocabulary=vocabulary, k=k, excluded=keyed)
    if side == "candidates":
        rows, columns, scores = matches.candidate_lists
    elif side == "openings":
        columns, rows, scores = matches.opening_lists
    else:
        rows, columns, scores = matches.rows()
    return {
        (people.ids[row], offers.ids[column]): score
        for row, column, score in zip(rows.tolist(), columns.tolist(), scores.tolist(), strict=True)
    }


def _proposal(
    session: Session,
    scope: RunScope,
    scores: Scores,
    gone: set[Pair],
    stored: dict[Pair, Stored],
    vocabulary: matching.Vocabulary,
    excluded: frozenset[Pair],
) -> Proposal:
    decided = [pair for pair in gone if stored[pair].is_decided]
    explained = explain_pairs(session, decided, vocabulary)
    off_list = {pair: why.score if why.eligible and pair not in excluded else None for pair, why in explained.items()}
    return Proposal(scope, scores, gone - off_list.keys(), off_list)


def explain_pairs(
    session: Session, pairs: Iterable[Pair], vocabulary: matching.Vocabulary | None = None
) -> dict[Pair, matching.Explanation]:
    """Why (or why not) each pair of (graduate id, opening id), from the records as they are now."""
    wanted = list(pairs)
    known = vocabulary or vocabulary_of(session)
    people = session.exec(select(Graduate).where(col(Graduate.id).in_({g for g, _ in wanted})))
    offers = session.exec(select(Opening).where(col(Opening.id).in_({o for _, o in wanted})))
    candidates, openings = candidate_profiles(session, people), opening_profiles(session, offers)
    return {(g, o): matching.explain(candidates[g], openings[o], vocabulary=known) for g, o in wanted}


class Ranked(NamedTuple):
    """A suggestion on a page: its place on the list (1 = best) and both sides."""

    rank: int
    suggestion: Suggestion
    graduate: Graduate
    opening: Opening
    company: Company


def ranked_for_graduate(session: Session, graduate: Graduate, k: int = K) -> list[Ranked]:
    """The k best standing suggestions of one graduate, best first; one dismissed, snoozed or refused is on no list."""
    return _ranked(session, col(Suggestion.graduate_id) == graduate.id, col(Suggestion.opening_id), k)


def ranked_for_opening(session: Session, opening: Opening, k: int = K) -> list[Ranked]:
    """The k best standing suggestions for one opening, best first; one dismissed, snoozed or refused is on no list."""
    return _ranked(session, col(Suggestion.opening_id) == opening.id, col(Suggestion.graduate_id), k)


def dismissed_of(session: Session, *, graduate: Graduate | None = None, opening: Opening | None = None) -> list[Ranked]:
    """The pairs of one side that somebody took off, for reopening."""
    return _ranked(session, _of_side(graduate, opening), col(Suggestion.id), None, closed=True)


def snoozed_of(session: Session, *, graduate: Graduate | None = None, opening: Opening | None = None) -> list[Ranked]:
    """The pairs of one side that somebody put off, the first to come back on top."""
    one = _of_side(graduate, opening)
    found = _ranked(session, one, col(Suggestion.id), None, open=True, waits_for="nobody")
    return sorted(found, key=lambda pair: str(pair.suggestion.snoozed_until))


def _of_side(graduate: Graduate | None, opening: Opening | None) -> Any:
    if graduate is not None:
        return col(Suggestion.graduate_id) == graduate.id
    return col(Suggestion.opening_id) == (opening and opening.id)


def _ranked(session: Session, condition: Any, tie: Any, k: int | None, **wanted: Any) -> list[Ranked]:
    """Those whose state means what is wanted; unless said, that they wait for a counselor and nobody has said no."""
    nobody_refused = tuple_(col(Suggestion.graduate_id), col(Suggestion.opening_id)).not_in(_refused())
    states = states_where("suggestion", **(wanted or {"waits_for": "counselor"}))
    chosen = (
        select(Suggestion, Graduate, Opening, Company)
        .join(Graduate, col(Suggestion.graduate_id) == col(Graduate.id))
        .join(Opening, col(Suggestion.opening_id) == col(Opening.id))
        .join(Company, col(Opening.company_id) == col(Company.id))
        .where(condition, col(Suggestion.state).in_(states), *([] if wanted else [nobody_refused]))
        .order_by(col(Suggestion.score).desc(), tie)
        .limit(k)
    )
    return [Ranked(rank, *row) for rank, row in enumerate(session.exec(chosen).all(), start=1)]
