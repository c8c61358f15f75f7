"""Everybody changes the own password and signs the own other devices out; nobody else's."""

import pytest
from argon2 import PasswordHasher

from placement import people
from placement.models import Account
from placement.people import authenticate, hash_password
from tests.fixtures.pages import PageVisitor
from tests.web.cast import READERS, Office

OLD, NEW = "지금까지 쓰던 비밀번호", "앞으로 쓸 새 비밀번호"


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch, office: Office) -> None:
    monkeypatch.setattr(people, "hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    for account in office.accounts.values():
        office.change(Account, account.id, password_hash=hash_password(OLD))


def stored(office: Office, who: str = "counselor") -> Account:
    return office.read(Account, office.accounts[who].id)


def is_in(visitor: PageVisitor) -> bool:
    visitor.open("/account")
    return visitor.path == "/account"


@pytest.mark.parametrize("who", READERS)
def test_a_new_password_keeps_this_device_and_signs_the_others_out(office: Office, who: str):
    here, there = office.visitor(who), office.visitor(who)
    here.open("/account")
    page = here.submit("비밀번호 변경", present=OLD, password=NEW, again=NEW)
    assert "비밀번호를 바꾸었습니다." in page.text_of("main")
    assert authenticate(stored(office, who), NEW)
    assert not authenticate(stored(office, who), OLD)
    assert (is_in(here), is_in(there)) == (True, False)
    (line,) = office.log("account", office.accounts[who].id)
    assert (line.move, line.changed) == ("change_password", {})


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"present": "틀린 비밀번호"}, "지금 비밀번호가 맞지 않습니다."),
        ({"password": "짧다", "again": "짧다"}, "12자 이상"),
        ({"again": NEW + "!"}, "새 비밀번호와 같지 않습니다."),
        ({"password": "", "again": ""}, "필수 항목입니다."),
    ],
)
def test_an_odd_new_password_is_told_and_changes_nothing(office: Office, typed: dict[str, str], said: str):
    here = office.visitor("counselor")
    here.open("/account")
    fields = {"present": OLD, "password": NEW, "again": NEW, **typed}
    assert said in here.submit("비밀번호 변경", status=422, **fields).text_of("main")
    assert authenticate(stored(office), OLD)
    assert office.log("account", office.accounts["counselor"].id) == []


def test_the_other_devices_are_signed_out_and_this_one_stays(office: Office):
    here, there, colleague = office.visitor("counselor"), office.visitor("counselor"), office.visitor("colleague")
    here.open("/account")
    here.submit("다른 기기에서 모두 로그아웃")
    assert (is_in(here), is_in(there), is_in(colleague)) == (True, False, True)
    assert [line.move for line in office.log("account", office.accounts["counselor"].id)] == ["sign_out_everywhere"]


def test_the_name_in_the_head_leads_to_the_own_account(office: Office):
    links = [link.get("href") for link in office.visitor("partner").open("/candidates").all("a")]
    assert "/account" in links
