"""Decides which suggestions are written when a run has been computed: only those that changed, in the caller's transaction."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from itertools import chain, islice
from typing import Any, NamedTuple

import numpy as np
from sqlalchemy import Connection, bindparam, delete, func, or_, update
from sqlalchemy import select as sa_select
from sqlmodel import Session, SQLModel, col

import matching
from employers.columns import now
from employers.models import Opening
from placement.enums import ReferralState, RunScope, SuggestionState
from placement.events import standing_events
from placement.gathering import read_columns
from placement.machines import SAID_NO
from placement.models import Event, Graduate, MatchRun, Referral, Suggestion
from placement.pairs import Flags, Floats, Ints, Pair, Pairs, is_among, numbers_of, numbers_of_pairs
from placement.person_machines import SUGGESTION
from placement.runners import LOCAL
from placement.states import states_where

_TABLE = SQLModel.metadata.tables[Suggestion.__tablename__]
# Rows of one statement; more gain nothing.
_ROWS = 200
# From so many new rows on, an index is made once instead of growing.
_MANY = 50_000


class Stored(NamedTuple):
    """The stored suggestions as columns, by graduate, then opening: row id, pair, score, whether the pair keeps every
    hard limit, whether a person decided it."""

    ids: Ints
    graduates: Ints
    openings: Ints
    scores: Floats
    is_eligible: Flags
    is_decided: Flags

    @property
    def numbers(self) -> Ints:
        """One number a pair, ascending."""
        return numbers_of(self.graduates, self.openings)

    def where(self, kept: Flags | Ints) -> "Stored":
        """Only the rows that are marked, or numbered, in the order of the numbers."""
        ids, graduates, openings = self.ids[kept], self.graduates[kept], self.openings[kept]
        return Stored(ids, graduates, openings, self.scores[kept], self.is_eligible[kept], self.is_decided[kept])

    def pairs(self) -> Pairs:
        """The pairs with their stored scores."""
        return Pairs(self.graduates, self.openings, self.scores)


@dataclass
class Proposal:
    """What a run found, before it is stored: listed pairs with their scores, pairs that left the lists, its measures.

    `kept_off_list` are decided pairs on no list, with today's score, or None where a hard limit fails now.
    """

    scope: RunScope
    listed: Pairs
    gone: Pairs
    kept_off_list: dict[Pair, float | None]
    subject: str | None = None
    candidates: int = 0
    openings: int = 0
    seconds: dict[str, float] = field(default_factory=dict)
    runner: str = LOCAL


def dismissed_pairs(session: Session) -> frozenset[Pair]:
    """Pairs that a person has taken off; they stay out until somebody reopens them."""
    closed = col(Suggestion.state).in_(states_where("suggestion", closed=True))
    chosen = sa_select(col(Suggestion.graduate_id), col(Suggestion.opening_id)).where(closed)
    return frozenset((g, o) for g, o in session.connection().execute(chosen))


def refused_pairs(session: Session) -> frozenset[Pair]:
    """Pairs whose last referral ended with a no of the company or the person; they stay apart until it is reopened."""
    return frozenset((g, o) for g, o in session.connection().execute(refused()))


def refused() -> Any:
    """A query of those pairs. A consent that was refused is a no as well, though the referral then is called withdrawn."""
    newest = sa_select(func.max(Referral.id)).group_by(col(Referral.graduate_id), col(Referral.opening_id))
    unwilling = standing_events("referral").where(Event.move == "refuse_consent", Event.entity_id == Referral.id)
    is_unwilling = (col(Referral.state) == ReferralState.WITHDRAWN) & unwilling.order_by(None).exists()
    said_no = col(Referral.state).in_(SAID_NO) | is_unwilling
    return sa_select(col(Referral.graduate_id), col(Referral.opening_id)).where(col(Referral.id).in_(newest), said_no)


def pairs_apart(session: Session) -> frozenset[Pair]:
    """Pairs that no run proposes: dismissed by a counselor, or refused by one of the two."""
    return dismissed_pairs(session) | refused_pairs(session)


def stored_pairs(session: Session) -> Stored:
    """Every stored pair but the dismissed ones. O(pairs), without objects of the ORM."""
    s = Suggestion
    is_decided = col(s.state).not_in(SUGGESTION.initial)
    chosen = sa_select(*map(col, (s.id, s.graduate_id, s.opening_id, s.score, s.is_eligible)), is_decided)
    undismissed = col(s.state).in_(states_where("suggestion", closed=False))
    # Scores have 10 decimals at most, so that none loses a digit on the way.
    stored = Stored(*read_columns(session, chosen.where(undismissed)))
    return stored.where(np.argsort(stored.numbers, kind="stable"))


def store(session: Session, proposal: Proposal) -> MatchRun:
    """Write what changed, in the caller's transaction, and the run itself with its measures."""
    started = time.perf_counter()
    run = MatchRun(
        scope=proposal.scope,
        subject=proposal.subject,
        candidates=proposal.candidates,
        openings=proposal.openings,
        pairs=proposal.candidates * proposal.openings,
        suggestions=len(proposal.listed.scores),
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
    # Asked again: some may have been taken off, decided or erased since the run read them.
    stored, apart = stored_pairs(session), numbers_of_pairs(pairs_apart(session))
    listed, there = proposal.listed.numbers, stored.numbers
    fresh = proposal.listed.where(~is_among(listed, there) & ~is_among(listed, apart))
    fresh = fresh.where(_are_there(session, Graduate, fresh.graduates) & _are_there(session, Opening, fresh.openings))
    changed = [*_rescored(stored, proposal.listed), *_reconsidered(stored, proposal.kept_off_list)]
    gone = stored.ids[is_among(there, proposal.gone.numbers) & ~stored.is_decided].tolist()
    connection = session.connection()
    with _index_afterwards(connection, is_worth_it=len(fresh.scores) > max(_MANY, len(there))):
        _insert(connection, fresh, run_id)
    _rewrite(connection, changed, run_id)
    _delete(connection, gone)
    return len(fresh.scores) + len(changed) + len(gone)


def _are_there(session: Session, kind: type[Graduate | Opening], ids: Ints) -> Flags:
    """Which of these row ids there are."""
    wanted = np.unique(ids)
    chosen = sa_select(col(kind.id)).order_by(col(kind.id))
    # A run for one asks for a few rows, a whole run for nearly all.
    few = chosen.where(col(kind.id).in_(wanted.tolist())) if len(wanted) <= _ROWS else chosen
    return is_among(ids, np.fromiter(session.connection().scalars(few), np.int64))


def _rescored(stored: Stored, listed: Pairs) -> Iterator[tuple[int, float, bool]]:
    """Row id, new score and eligibility of the stored pairs whose listed score is another one."""
    known = listed.where(is_among(listed.numbers, stored.numbers))
    rows = stored.where(is_among(stored.numbers, known.numbers))
    differs = (rows.scores != known.scores) | ~rows.is_eligible
    for row, score in zip(rows.ids[differs].tolist(), known.scores[differs].tolist(), strict=True):
        yield row, score, True


def _reconsidered(stored: Stored, off_list: dict[Pair, float | None]) -> Iterator[tuple[int, float, bool]]:
    """The same of the decided pairs that are on no list."""
    rows = stored.where(is_among(stored.numbers, numbers_of_pairs(off_list)))
    for row, g, o, score, eligible, _ in zip(*(column.tolist() for column in rows), strict=True):
        today = off_list[g, o]
        if (score, eligible) != (today or 0.0, today is not None):
            yield row, today or 0.0, today is not None


@contextmanager
def _index_afterwards(connection: Connection, *, is_worth_it: bool) -> Iterator[None]:
    """On SQLite the index by opening is made of many new rows at once, which come in the order of graduates: 7.0
    microseconds a row, 9.7 when it grows with them (measured). PostgreSQL would keep readers out meanwhile."""
    put_off = is_worth_it and connection.dialect.name == "sqlite"
    indexes = [*_TABLE.indexes] if put_off else []
    for index in indexes:
        index.drop(connection)
    yield
    for index in indexes:
        index.create(connection)


def _insert(connection: Connection, fresh: Pairs, run_id: int) -> None:
    """New rows, many by one statement: what SQLite does once for each takes about as long as to store a row: 3.6
    microseconds a row, 6.6 one by one (measured)."""
    mark = "?" if connection.dialect.paramstyle == "qmark" else "%s"
    row = f"({mark}, {mark}, {mark}, {run_id:d}, '{SuggestionState.NEW}', TRUE)"
    columns = "graduate_id, opening_id, score, run_id, state, is_eligible"
    rows = fresh.rows()
    while values := list(chain.from_iterable(islice(rows, _ROWS))):
        listed = ", ".join([row] * (len(values) // 3))
        connection.exec_driver_sql(f"INSERT INTO suggestion ({columns}) VALUES {listed}", tuple(values))  # noqa: S608  (names of ours only)


def _rewrite(connection: Connection, changed: Sequence[tuple[int, float, bool]], run_id: int) -> None:
    statement = (
        update(_TABLE)
        .where(_TABLE.c.id == bindparam("row"))
        .values(score=bindparam("new_score"), is_eligible=bindparam("eligible"), run_id=run_id)
    )
    if changed:
        connection.execute(statement, [{"row": row, "new_score": score, "eligible": ok} for row, score, ok in changed])


def _delete(connection: Connection, gone: Sequence[int]) -> None:
    # Asked once more: somebody may decide at this moment.
    undecided = or_(*(_TABLE.c.state == state for state in SUGGESTION.initial))
    if gone:
        connection.execute(
            delete(_TABLE).where(_TABLE.c.id == bindparam("row"), undecided), [{"row": row} for row in gone]
        )
