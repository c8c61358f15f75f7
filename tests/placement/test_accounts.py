"""Every change of who may come in, and as what, is a move with a trail; no secret is in it, and a manager is left."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlmodel import Session

from placement import accounts, moving
from placement.access import actor_for, office_actor
from placement.accounts import create_account
from placement.db import Database
from placement.enums import Role
from placement.models import Account
from placement.states import MoveRefused
from tests.placement.cast import DAY, OFFICE, add_account, add_company, trail

NEW_HASH = "argon2-of-the-new-one"


def manager(session: Session, **values) -> Account:
    return add_account(session, role=Role.MANAGER, **values)


def act(session: Session, account: Account, name: str, by=OFFICE, **given):
    return moving.advance(session, account, name, by, effective_on=DAY, **given)


def undo(session: Session, account: Account, by=OFFICE):
    return moving.take_back(session, account, by, effective_on=DAY)


def refusal(action, *arguments, **given) -> str:
    with pytest.raises(MoveRefused) as caught:
        action(*arguments, **given)
    return caught.value.refusal.code


def test_a_new_account_has_its_birth_in_the_log_and_nothing_of_its_password(session: Session):
    known = {"name": "가", "role": "counselor", "password_hash": NEW_HASH, "today": DAY}
    account = create_account(session, OFFICE, email=" New@Example.com", **known)
    (line,) = trail(session, account)
    assert (account.email, line.move, line.actor) == ("new@example.com", "create", OFFICE.name)
    assert NEW_HASH not in line.model_dump_json()


@pytest.mark.parametrize("name", ["deactivate", "new_password"])
def test_a_stopped_account_and_a_new_password_end_every_session(session: Session, name: str):
    account = add_account(session)
    act(session, account, name, password_hash=NEW_HASH)
    assert account.session_stamp != "-"
    assert account.password_hash == (NEW_HASH if name == "new_password" else "-")
    assert account.is_active is (name == "new_password")


def test_a_reopened_account_does_not_bring_old_cookies_back(session: Session):
    account = add_account(session)
    act(session, account, "deactivate")
    stamp = account.session_stamp
    act(session, account, "activate")
    assert account.is_active
    assert account.session_stamp not in ("-", stamp)


def test_no_secret_of_any_move_is_in_the_log(session: Session):
    account = add_account(session)
    own = actor_for(account)
    for name, by in [("new_password", OFFICE), ("change_password", own), ("sign_out_everywhere", own)]:
        act(session, account, name, by, password_hash=NEW_HASH)
    act(session, account, "deactivate")
    lines = "".join(line.model_dump_json() for line in trail(session, account))
    assert NEW_HASH not in lines
    assert account.session_stamp not in lines
    assert {"session_stamp", "password_hash"}.isdisjoint({c for line in trail(session, account) for c in line.changed})


def test_a_change_of_role_is_logged_with_both_values_and_taken_back(session: Session):
    account, company = add_account(session), add_company(session)
    event = act(session, account, "change_role", role="partner", company_id=company.id)
    assert event.changed == {"role": ["counselor", "partner"], "company_id": [None, company.id]}
    undo(session, account)
    assert (account.role, account.company_id) == ("counselor", None)


@pytest.mark.parametrize(
    ("given", "code"),
    [({}, "role_missing"), ({"role": "king"}, "role_missing"), ({"role": "partner"}, "company_missing")],
)
def test_an_odd_role_is_refused(session: Session, given: dict[str, str], code: str):
    account = add_account(session)
    assert refusal(act, session, account, "change_role", **given) == code
    assert trail(session, account) == []


def test_a_company_stays_with_partners_only(session: Session):
    account = add_account(session)
    act(session, account, "change_role", role="manager", company_id=add_company(session).id)
    assert account.company_id is None


@pytest.mark.parametrize("name", ["new_password", "change_password"])
def test_a_password_move_without_a_password_is_refused(session: Session, name: str):
    account = add_account(session)
    assert refusal(act, session, account, name, office_actor(account.email)) == "password_missing"


@pytest.mark.parametrize("name", ["change_password", "sign_out_everywhere"])
def test_nobody_makes_the_own_moves_of_somebody_else_not_even_a_manager(session: Session, name: str):
    account, boss = add_account(session), manager(session)
    assert refusal(act, session, account, name, actor_for(boss), password_hash=NEW_HASH) == "not_allowed"
    assert account.session_stamp == "-"


def test_what_a_password_was_cannot_be_brought_back(session: Session):
    account = add_account(session)
    act(session, account, "new_password", password_hash=NEW_HASH)
    assert refusal(undo, session, account) == "not_undoable"


@pytest.mark.parametrize(("name", "given"), [("deactivate", {}), ("change_role", {"role": "counselor"})])
def test_the_last_manager_who_may_come_in_stays(session: Session, name: str, given: dict[str, str]):
    last = manager(session)
    manager(session, state="inactive")
    assert refusal(act, session, last, name, **given) == "last_manager"
    assert (last.state, last.role, last.session_stamp, trail(session, last)) == ("active", "manager", "-", [])
    other = manager(session)
    act(session, last, name, **given)
    assert refusal(act, session, other, name, **given) == "last_manager"


def test_an_undo_does_not_take_the_last_manager_either(session: Session):
    one, other = manager(session), manager(session, state="inactive")
    act(session, other, "activate")
    act(session, one, "deactivate")
    assert refusal(undo, session, other) == "last_manager"
    assert other.is_active


def test_without_the_guard_nobody_would_be_left(session: Session, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(accounts, "_ask_manager_is_left", lambda *_: None)
    last = manager(session)
    act(session, last, "deactivate")
    assert not last.is_active


def test_of_two_managers_who_stop_each_other_at_once_one_is_left(database: Database):
    with database.transaction() as session:
        ids = [manager(session).id for _ in range(2)]
    start = Barrier(2)

    def deactivate(number: int | None) -> bool:
        start.wait()
        try:
            with database.transaction() as session:
                act(session, session.get_one(Account, number), "deactivate")
        except MoveRefused as refused:
            return refused.refusal.code != "last_manager"
        return True

    with ThreadPoolExecutor(2) as both:
        done = list(both.map(deactivate, ids))
    assert sorted(done) == [False, True]
    with database.reading() as session:
        assert [session.get_one(Account, number).is_active for number in ids].count(True) == 1
