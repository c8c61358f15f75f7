"""Decides what these tests stand on: the small office with an agreement in force, two people and one opening."""

from datetime import timedelta

import pytest
from flask import Flask

from employers.models import Company
from placement.agreements import enter_agreement
from placement.consents import load_consent_documents
from placement.models import Graduate, Referral
from placement.proposing import Consenting, candidates_of, propose
from placement.settings import Settings
from tests.fixtures.pages import PageVisitor
from tests.fixtures.service import TEST_KEY
from tests.web.cast import OFFICE, TODAY, Office


class Case(Office):
    """The office with what a referral needs."""

    def __init__(self, app: Flask) -> None:
        super().__init__(app)
        self.person = self.graduate("남궁서윤", "엑셀", phone="01000000001", email="seoyun@example.com")
        self.other = self.graduate("황보라온", "엑셀")
        self.seat = self.opening("사무 보조 인턴", "엑셀", employment_type="intern", seats=1)
        with self.database.transaction() as session:
            load_consent_documents(session)

    def agree(self) -> None:
        values = {"kind": "internship", "signed_on": TODAY, "valid_until": TODAY + timedelta(days=300)}
        with self.database.transaction() as session:
            enter_agreement(session, session.get_one(Company, self.company.id), values, [], OFFICE, today=TODAY)

    def send(self, person: int | None = None) -> int:
        """The id of a referral that the company may see, its consent heard by phone."""
        self.agree()
        account = self.accounts["counselor"]
        how = Consenting(channel="phone", note="통화함")
        with self.database.transaction() as session:
            pairs = candidates_of(session, [(person or self.person, self.seat)])
            done = propose(session, pairs, account, OFFICE, how, today=TODAY)
        assert done[0].referral, done[0].refusal
        return done[0].referral.id or 0

    def state(self, referral: int) -> str:
        return self.read(Referral, referral).state

    def name(self) -> str:
        return self.read(Graduate, self.person).name


@pytest.fixture
def settings(sqlite_url: str) -> Settings:
    return Settings(database_url=sqlite_url, secret_key=TEST_KEY, today=TODAY)


@pytest.fixture
def office(app: Flask) -> Case:
    return Case(app)


@pytest.fixture
def counselor(office: Case) -> PageVisitor:
    return office.visitor("counselor")


@pytest.fixture
def partner(office: Case) -> PageVisitor:
    return office.visitor("partner")


@pytest.fixture
def manager(office: Case) -> PageVisitor:
    return office.visitor("manager")
