"""Checks the cases that a first visitor of the demo finds: every stage once, by the office's own rules, nobody's figures."""

from collections import Counter
from datetime import date

import pytest
from sqlmodel import select

from employers.models import Company, Opening
from placement.access import visible_notices, visible_referrals
from placement.due import due_today
from placement.models import (
    Account,
    Consent,
    Event,
    Graduate,
    Guidance,
    InternshipAgreement,
    Interview,
    Notice,
    Placement,
    Provision,
    Referral,
)
from placement.notices import to_send
from placement.referrals import SEEN_BY_COMPANY, SEEN_BY_NAME

TODAY = date(2020, 12, 1)


def everything(demo, table):
    return demo.exec(select(table)).all()


def the_one(demo, state) -> Referral:
    return demo.exec(select(Referral).where(Referral.state == state)).one()


def account(demo, name) -> Account:
    return demo.exec(select(Account).where(Account.email == f"{name}@example.com")).one()


def test_every_stage_of_a_case_is_there_to_be_seen(demo):
    assert Counter(one.state for one in everything(demo, Referral)) == {
        "draft": 1,
        "awaiting_consent": 1,
        "sent": 2,
        "interested": 1,
        "on_hold": 1,
        "interview_planned": 1,
        "interviewed": 1,
        "offered": 1,
        "accepted": 1,
        "declined": 1,
        "withdrawn": 1,
    }


@pytest.mark.parametrize("name", ["counselor", "counselor2", "partner", "partner2"])
def test_whoever_signs_in_finds_some_of_the_cases(demo, name):
    assert len(demo.exec(visible_referrals(account(demo, name))).all()) >= 3


@pytest.mark.parametrize("name", ["counselor", "counselor2"])
def test_each_counselor_has_something_to_do_today(demo, name):
    who = account(demo, name)
    assert due_today(demo, who, TODAY)
    assert to_send(demo, visible_notices(who))


def test_every_case_belongs_to_the_persons_own_counselor_and_an_opening_that_stood_already(demo):
    born = {
        e.entity_id: e.effective_on for e in everything(demo, Event) if (e.entity, e.move) == ("referral", "create")
    }
    for one in everything(demo, Referral):
        assert one.counselor_id == demo.get_one(Graduate, one.graduate_id).counselor_id
        opening = demo.get_one(Opening, one.opening_id)
        assert opening.confirmed_on <= born[one.id] < TODAY
        assert opening.source != "external"


def test_what_a_side_has_said_stands_in_its_name_with_how_it_was_heard(demo):
    for event in (e for e in everything(demo, Event) if e.entity == "referral" and e.on_behalf_of):
        referral = demo.get_one(Referral, event.entity_id)
        company = demo.get_one(Company, demo.get_one(Opening, referral.opening_id).company_id).name
        person = demo.get_one(Graduate, referral.graduate_id).name
        assert event.on_behalf_of in (company, person)
        assert event.note


def test_companies_see_only_those_who_have_agreed_and_names_only_from_interest_on(demo):
    agreed = {one.referral_id for one in everything(demo, Consent) if one.kind == "third_party"}
    named = {one.referral_id for one in everything(demo, Provision) if one.stage == "contact"}
    for one in everything(demo, Referral):
        assert one.state not in SEEN_BY_COMPANY or one.id in agreed
        assert one.state not in SEEN_BY_NAME or one.id in named
    assert the_one(demo, "on_hold").id not in named


def test_one_company_is_silent_for_four_working_days_and_is_to_be_reminded_for_the_first_time(demo):
    (reminder,) = (one for one in everything(demo, Notice) if one.kind == "company_reminder")
    silent = demo.get_one(Referral, reminder.entity_id)
    assert (silent.state, silent.sent_on) == ("sent", date(2020, 11, 25))
    assert (reminder.number, reminder.told_at) == (1, None)


def test_the_days_of_hold_interview_and_offer_are_those_of_the_coming_days(demo):
    (planned,) = (one for one in everything(demo, Interview) if one.state == "planned")
    assert planned.at.isoformat() == "2020-12-02T05:00:00+00:00"
    assert the_one(demo, "on_hold").on_hold_until == date(2020, 12, 10)
    assert the_one(demo, "offered").offer_expires_on == date(2020, 12, 3)
    interested = select(Event).where(Event.move == "show_interest", Event.entity_id == the_one(demo, "interested").id)
    assert demo.exec(interested).one().note.count("2020-12-") == 2


def test_the_accepted_one_waits_for_the_first_day_with_an_agreement_nobody_has_signed(demo):
    placement = demo.exec(select(Placement).where(Placement.referral_id == the_one(demo, "accepted").id)).one()
    agreement = demo.exec(select(InternshipAgreement)).one()
    assert (placement.state, placement.starts_on, placement.ends_on) == (
        "scheduled",
        date(2020, 12, 14),
        date(2021, 3, 13),
    )
    assert (agreement.placement_id, agreement.state, agreement.awaits) == (
        placement.id,
        "issued",
        ["graduate", "company"],
    )


def test_of_an_opening_posted_elsewhere_one_person_was_told(demo):
    told = demo.exec(select(Guidance)).one()
    opening = demo.get_one(Opening, told.opening_id)
    assert (opening.source, told.state, told.told_on) == ("external", "told", date(2020, 11, 27))
