"""The manager stops, reopens and changes accounts; whoever is stopped is out at once, everywhere."""

from typing import Any

import pytest
from argon2 import PasswordHasher
from flask import Flask

from placement import people
from placement.models import Account
from placement.people import authenticate
from tests.fixtures.pages import PageVisitor
from tests.web.cast import Office

PASSWORD = "새로 정한 첫 비밀번호"


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(people, "hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture
def manager(office: Office) -> PageVisitor:
    return office.visitor("manager")


def page_of(office: Office, who: str) -> str:
    return f"/accounts/{office.accounts[who].id}"


def stored(office: Office, who: str) -> Account:
    return office.read(Account, office.accounts[who].id)


def moves_of(office: Office, who: str) -> list[tuple[str, str]]:
    return [(line.move, line.actor) for line in office.log("account", office.accounts[who].id)]


def test_a_stopped_account_is_out_at_once_on_every_device_and_stays_out(office: Office, manager: PageVisitor):
    devices = [office.visitor("colleague") for _ in range(2)]
    for device in devices:
        device.open("/today")
        assert device.path == "/today"
    manager.open(page_of(office, "colleague"))
    assert "사용 중지" in manager.submit("사용 중지").text_of("main")
    manager.submit("다시 사용")
    for device in devices:
        device.open("/today")
        assert device.path.startswith("/sign-in")
    assert moves_of(office, "colleague") == [
        ("deactivate", "manager@example.com"),
        ("activate", "manager@example.com"),
    ]


def test_a_new_first_password_opens_the_account_and_ends_its_sessions(office: Office, manager: PageVisitor):
    device = office.visitor("colleague")
    manager.open(page_of(office, "colleague"))
    page = manager.submit("초기 비밀번호 다시 정하기", **{"new_password-password": PASSWORD})
    assert authenticate(stored(office, "colleague"), PASSWORD)
    assert PASSWORD not in page.text_of("main")
    device.open("/today")
    assert device.path.startswith("/sign-in")
    assert "다시 되돌리기" not in page.text_of("main")
    assert "마지막 처리 되돌리기" in page.text_of("main")
    manager.submit("마지막 처리 되돌리기", status=409)


def test_a_short_password_is_told_and_changes_nothing(office: Office, manager: PageVisitor):
    manager.open(page_of(office, "colleague"))
    page = manager.submit("초기 비밀번호 다시 정하기", status=422, **{"new_password-password": "short"})
    assert "12자 이상" in page.text_of("main")
    assert moves_of(office, "colleague") == []


def test_a_role_is_changed_and_taken_back(office: Office, manager: PageVisitor):
    manager.open(page_of(office, "colleague"))
    company = str(office.company.id)
    manager.submit("역할·소속 변경", **{"change_role-role": "partner", "change_role-company_id": company})
    assert (stored(office, "colleague").role, stored(office, "colleague").company_id) == ("partner", office.company.id)
    manager.submit("마지막 처리 되돌리기")
    assert (stored(office, "colleague").role, stored(office, "colleague").company_id) == ("counselor", None)


def test_a_partner_without_a_company_is_told(office: Office, manager: PageVisitor):
    manager.open(page_of(office, "colleague"))
    page = manager.submit("역할·소속 변경", status=422, **{"change_role-role": "partner"})
    assert "소속 기업을 골라" in page.text_of("main")


def test_the_last_manager_cannot_be_stopped(office: Office, manager: PageVisitor):
    manager.open(page_of(office, "manager"))
    page = manager.submit("사용 중지", status=409)
    assert "마지막 사업담당자" in page.text_of("main")
    manager.open("/overview")
    assert manager.path == "/overview"


def test_a_manager_who_sets_the_own_first_password_stays_here(office: Office, manager: PageVisitor):
    other = office.visitor("manager")
    manager.open(page_of(office, "manager"))
    manager.submit("초기 비밀번호 다시 정하기", **{"new_password-password": PASSWORD})
    manager.open("/overview")
    assert manager.path == "/overview"
    other.open("/overview")
    assert other.path.startswith("/sign-in")


def test_the_own_moves_of_a_person_are_not_the_managers(office: Office, manager: PageVisitor):
    said = manager.open(page_of(office, "manager")).text_of("main")
    assert "다른 기기에서" not in said
    token = next(f.get("value") for f in manager.markup.all("input") if f.get("name") == "csrf_token")
    path = page_of(office, "colleague") + "/moves"
    for name in ("sign_out_everywhere", "change_password", "create", ""):
        answer = manager.client.post(path, data={"csrf_token": token, "move": name})
        assert answer.status_code in (403, 409), name
    assert moves_of(office, "colleague") == []


def test_a_stopped_counselor_with_people_is_pointed_out(office: Office, manager: PageVisitor):
    office.graduate("남궁서윤", "엑셀")
    manager.open(page_of(office, "counselor"))
    page = manager.submit("사용 중지")
    assert "담당 수료생 1명이 이 계정에 남아 있습니다." in page.text_of("main")
    links = [link.get("href") for link in page.all("a")]
    assert f"/caseload/hand-over?giver={office.accounts['counselor'].id}" in links


class LockSensor:
    """A hasher that looks whether anybody else could write while it works."""

    def __init__(self, office: Office) -> None:
        self.office, self.looked = office, 0

    def hash(self, _password: str) -> str:
        with self.office.database.transaction() as session:
            session.add(
                Account(email=f"x{self.looked}@x.kr", name="x", role="counselor", password_hash="x", session_stamp="x")
            )
        self.looked += 1
        return "hash"

    def verify(self, *_given: Any) -> bool:
        self.hash("")
        return True


def test_passwords_are_hashed_while_others_may_write(office: Office, manager: PageVisitor, app: Flask, monkeypatch):
    sensor = LockSensor(office)
    monkeypatch.setattr(people, "hasher", sensor)
    manager.open("/accounts")
    manager.submit("계정 만들기", name="새 사람", email="n@example.com", role="counselor", password=PASSWORD)
    manager.open(page_of(office, "colleague"))
    manager.submit("초기 비밀번호 다시 정하기", **{"new_password-password": PASSWORD})
    manager.open("/account")
    manager.submit("비밀번호 변경", present="지금 것", password=PASSWORD, again=PASSWORD)
    assert sensor.looked == 4
