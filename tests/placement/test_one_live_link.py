"""For one answer of one side one link is live, however many people make one at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from placement import links
from placement.db import Database
from placement.enums import LinkPurpose, Side
from placement.links import LinkRefused
from placement.models import AnswerLink, Referral
from tests.placement.cast import DAY, OFFICE, keep
from tests.placement.test_links import referral_in

MAKERS = 8
INDEX = "uq_answer_link_live"
WAIT_S = 0.5


@pytest.fixture
def referral(database: Database) -> int:
    with database.transaction() as session:
        return referral_in(session, "ask_consent", "consent").id


def make_one(database: Database, referral: int) -> str:
    """The token, or what the maker runs into."""
    try:
        with database.transaction() as session:
            row = session.get_one(Referral, referral)
            return links.make_link(session, LinkPurpose.COMPANY_ANSWER, row, Side.COMPANY, OFFICE, today=DAY)[1]
    except IntegrityError:
        return "refused"


def make_at_once(database: Database, referral: int, makers: int) -> list[str]:
    together = Barrier(makers)

    def one(_number: int) -> str:
        together.wait()
        return make_one(database, referral)

    with ThreadPoolExecutor(makers) as pool:
        return list(pool.map(one, range(makers)))


def said_of(database: Database, token: str) -> str:
    with database.reading() as session:
        try:
            return "open" if links.open_link(session, token, today=DAY) else ""
        except LinkRefused as refused:
            return refused.code


def live_links(database: Database) -> list[AnswerLink]:
    with database.reading() as session:
        return [link for link in session.exec(select(AnswerLink)) if not (link.used_at or link.replaced_at)]


@pytest.mark.parametrize("round_number", range(5))
def test_of_several_made_at_once_one_opens_and_the_others_are_replaced(
    database: Database, referral: int, round_number: int
):
    tokens = make_at_once(database, referral, MAKERS)
    assert sorted(said_of(database, token) for token in tokens) == ["open", *["replaced"] * (MAKERS - 1)]
    assert len(live_links(database)) == 1


def meet_before_storing(monkeypatch) -> None:
    """Two makers have both replaced what was there before either stores; one alone goes on after a while."""
    meeting, hash_of = Barrier(2), links.hash_of

    def hash_together(token: str) -> str:
        with suppress(BrokenBarrierError):
            meeting.wait(WAIT_S)
        return hash_of(token)

    monkeypatch.setattr(links, "hash_of", hash_together)


def drop_index(database: Database) -> None:
    with database.transaction() as session:
        session.connection().exec_driver_sql(f"DROP INDEX {INDEX}")


@pytest.fixture
def two_on_postgres(postgres_url: str):
    """SQLite has one writer at a time: there nobody can come between."""
    database = Database(postgres_url)
    yield database
    database.close()


@pytest.mark.parametrize(
    ("forget", "refused", "live"),
    [
        pytest.param(lambda database, patch: None, 0, 1, id="as it is"),
        pytest.param(lambda database, patch: patch.setattr(links, "_take_turn", lambda *_: None), 1, 1, id="no turn"),
        pytest.param(
            lambda database, patch: (patch.setattr(links, "_take_turn", lambda *_: None), drop_index(database)),
            *(0, 2),
            id="no turn and no index",
        ),
    ],
)
def test_makers_take_turns_and_the_index_stands_behind_them(
    two_on_postgres: Database, monkeypatch, forget: Callable[..., object], refused: int, live: int
):
    with two_on_postgres.transaction() as session:
        number = referral_in(session, "ask_consent", "consent").id
    forget(two_on_postgres, monkeypatch)
    meet_before_storing(monkeypatch)
    tokens = make_at_once(two_on_postgres, number, 2)
    assert (tokens.count("refused"), len(live_links(two_on_postgres))) == (refused, live)


def link_of(referral: int, token: str, **values: object) -> AnswerLink:
    given = {"purpose": "company_answer", "side": "company", "created_by": "-", "expires_on": DAY, **values}
    return AnswerLink(subject_id=referral, token_hash=token, **given)


def test_a_second_live_one_cannot_be_stored_at_all(database: Database, referral: int):
    with database.transaction() as session:
        keep(session, link_of(referral, "a"))
        keep(session, link_of(referral, "b", side="graduate"))
        keep(session, link_of(referral, "c", purpose="profile"))
        keep(session, link_of(referral + 1, "d"))
        keep(session, link_of(referral, "e", used_at=links.now()))
        keep(session, link_of(referral, "f", replaced_at=links.now()))
    with pytest.raises(IntegrityError), database.transaction() as session:
        keep(session, link_of(referral, "g"))


def test_of_several_that_were_live_before_the_newest_stays_live(database: Database, referral: int):
    database.downgrade("0006")
    with database.transaction() as session:
        for token in ("first", "second", "third"):
            keep(session, link_of(referral, token))
        keep(session, link_of(referral, "spent", used_at=links.now()))
        keep(session, link_of(referral, "other side", side="graduate"))
    database.migrate()
    assert {link.token_hash for link in live_links(database)} == {"third", "other side"}
    with database.reading() as session:
        assert session.exec(select(AnswerLink).where(AnswerLink.token_hash == "spent")).one().replaced_at is None
