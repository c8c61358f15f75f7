"""Who may have an account, and when somebody is who they say."""

import pytest
from argon2 import PasswordHasher
from sqlmodel import Session

from placement import people
from placement.accounts import create_account
from placement.people import AccountRefusedError, authenticate, end_sessions, find_account, hash_password
from tests.placement.cast import DAY, OFFICE

PASSWORD = "열두 글자가 넘는 비밀번호"


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(people, "hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


def create(session: Session, email: str = "a@example.com", password: str = PASSWORD):
    known = {"name": "겨울담", "role": "counselor", "password_hash": hash_password(password), "today": DAY}
    return create_account(session, OFFICE, email=email, **known)


def test_the_password_is_kept_as_an_argon2_hash_only(session: Session):
    account = create(session)
    assert account.password_hash.startswith("$argon2id$")
    assert PASSWORD not in account.model_dump_json()
    assert authenticate(account, PASSWORD)


@pytest.mark.parametrize("said", ["", "열두 글자가 넘는 비밀번", PASSWORD + " ", PASSWORD.upper() + "x"])
def test_another_password_does_not_open_it(session: Session, said: str):
    assert not authenticate(create(session), said)


def test_nobodys_account_opens_with_no_password():
    assert not authenticate(None, PASSWORD)


def test_a_broken_hash_opens_with_no_password(session: Session):
    account = create(session)
    account.password_hash = "not a hash"
    assert not authenticate(account, PASSWORD)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"email": "A@Example.com "}, "address_taken"),
        ({"email": "nobody"}, "address_odd"),
        ({"email": "@example.com"}, "address_odd"),
        ({"email": "a b@example.com"}, "address_odd"),
        ({"email": "b@example.com", "password": "x" * 11}, "password_short"),
        ({"email": "b@example.com", "password": "x" * 201}, "password_long"),
    ],
)
def test_a_bad_account_is_refused_with_a_code(session: Session, fields: dict[str, str], code: str):
    create(session)
    with pytest.raises(AccountRefusedError, match=code):
        create(session, **fields)


def test_an_address_is_found_in_any_case(session: Session):
    account = create(session, email="New@Example.com")
    assert find_account(session, " NEW@example.COM ") == account


def test_ending_the_sessions_changes_the_stamp(session: Session):
    account = create(session)
    before = account.session_stamp
    end_sessions(session, account)
    assert account.session_stamp != before
