"""Checks the demo's fixed counts, and that its people and companies are fictional, legal and varied."""

from collections import Counter
from datetime import date
from statistics import mean

import pytest
from sqlmodel import select

from employers.companies import parse_business_number
from employers.models import Agreement, Company, Contact, Opening, OpeningRequirement
from employers.openings import OpeningInput
from employers.wages import find_under_pay
from placement.demo.profiles import SPELLINGS
from placement.figures.funnel import Stage, people_in_stage
from placement.figures.rates import rates
from placement.models import (
    Account,
    Application,
    Cohort,
    Conversion,
    CourseSession,
    Enrolment,
    Event,
    Graduate,
    GraduateSkill,
    Organisation,
    Placement,
    Program,
    Setting,
)
from placement.openings import minimum_wages, openings_to_look_at
from placement.people import DEMO_PASSWORD, authenticate
from placement.profiling import placed_ids

TODAY = date(2020, 12, 1)


def everything(session, table):
    return session.exec(select(table)).all()


@pytest.mark.parametrize(
    ("table", "number"),
    [(Program, 3), (Cohort, 4), (CourseSession, 7), (Graduate, 148), (Company, 59), (Agreement, 59), (Contact, 59)],
)
def test_the_fixed_counts_of_the_article(demo, table, number):
    assert len(everything(demo, table)) == number


def test_the_cohorts_have_the_people_of_the_article(demo):
    people = Counter(person.key.split("-")[0] for person in everything(demo, Graduate))
    assert people == {"L1": 50, "L2": 50, "B": 32, "A": 16}
    capacities = {cohort.key: cohort.capacity for cohort in everything(demo, Cohort)}
    assert capacities == {"L1": 50, "L2": 50, "B1": 32, "A1": 16}


def test_the_labeling_cohorts_have_three_and_two_sessions_with_their_people(demo):
    cohorts = {cohort.id: cohort.key for cohort in everything(demo, Cohort)}
    sessions = {one.id: (cohorts[one.cohort_id], one.number) for one in everything(demo, CourseSession)}
    seats = Counter(sessions[one.session_id] for one in everything(demo, Enrolment))
    assert {key: seats[key] for key in seats if key[0].startswith("L")} == {
        ("L1", 1): 17,
        ("L1", 2): 17,
        ("L1", 3): 16,
        ("L2", 1): 25,
        ("L2", 2): 25,
    }


def test_the_companies_are_of_three_disjoint_kinds_with_agreements_in_force(demo):
    agreements = everything(demo, Agreement)
    assert Counter(one.kind for one in agreements) == {"employment": 32, "internship": 12, "demand": 15}
    assert {one.state for one in agreements} == {"in_force"}
    assert all(one.signed_on < TODAY <= one.valid_until for one in agreements)
    assert len({one.company_id for one in agreements}) == 59


def test_sixteen_interns_at_twelve_hosts_four_of_which_took_two(demo):
    internships = [one for one in everything(demo, Placement) if one.kind == "internship"]
    interns = [one for one in internships if one.state != "scheduled"]
    hosts = Counter(one.company_id for one in interns)
    assert len({one.graduate_id for one in interns}) == 16
    assert Counter(hosts.values()) == {1: 8, 2: 4}
    assert {(one.starts_on, one.ends_on, one.state) for one in interns} == {
        (date(2020, 3, 2), date(2020, 6, 1), "completed")
    }


def test_the_rates_of_the_article_and_dashes_for_the_other_tracks(demo):
    said = {(r.program, r.name): r for r in rates(demo, as_of=TODAY)}
    offer, acceptance, conversion = (said["ai-intern", name] for name in list(dict.fromkeys(n for _, n in said)))
    assert (offer.numerator, offer.denominator, offer.low, offer.high) == (12, 16, 0.505, 0.898)
    assert (acceptance.numerator, acceptance.denominator, acceptance.low, acceptance.high) == (6, 12, 0.254, 0.746)
    assert (conversion.numerator, conversion.denominator, conversion.low, conversion.high) == (6, 16, 0.185, 0.614)
    assert {r.percent for r in said.values() if r.program in ("labeling", "blockchain")} == {"-"}
    assert [r.percent for (program, _), r in said.items() if program is None] == ["75.0", "50.0", "37.5"]


def test_before_the_end_of_may_offers_show_up_but_no_conversion(demo):
    offer, acceptance, conversion = rates(demo, as_of=date(2020, 5, 31))[:3]
    assert (offer.numerator, offer.unknown) == (7, 9)
    assert (acceptance.numerator, conversion.numerator) == (0, 0)


def test_on_the_day_of_the_article_the_blockchain_course_has_no_graduates(demo):
    day = date(2020, 9, 23)
    assert len(people_in_stage(demo, Stage.ENROLLED, as_of=day, program="blockchain")) == 32
    assert people_in_stage(demo, Stage.COMPLETED, as_of=day, program="blockchain") == []
    assert people_in_stage(demo, Stage.ENROLLED, as_of=day, program="labeling") == []
    assert [r.percent for r in rates(demo, as_of=day, program="ai-intern")] == ["75.0", "50.0", "37.5"]


def test_who_is_in_training_today(demo):
    in_training = Counter(p.key.split("-")[0] for p in everything(demo, Graduate) if p.state == "in_training")
    assert in_training == {"L2": 50, "B": 32}


def test_the_first_hires_came_by_referral_and_by_self(demo):
    hires = [one for one in everything(demo, Placement) if one.kind == "employment"]
    assert Counter(one.source for one in hires) == {"referral": 3, "self": 2}
    for hire in hires:
        assert demo.get_one(Graduate, hire.graduate_id).key.startswith("L1-")
        assert (hire.opening_id is not None) == (hire.source == "referral")


def test_applications_were_filed_and_some_refused_with_a_reason(demo):
    cohorts = {cohort.id: cohort for cohort in everything(demo, Cohort)}
    applications = everything(demo, Application)
    assert Counter(cohorts[one.cohort_id].key for one in applications) == {"L1": 90, "L2": 85}
    assert Counter(one.state for one in applications)["selected"] == 100
    for one in applications:
        assert one.applied_on <= cohorts[one.cohort_id].apply_until
        answers = (one.has_pc, one.has_internet, one.can_study_online, one.can_work_remote)
        assert all(answers) == (one.state != "ineligible")
        assert (one.reason is None) == (one.state == "selected")
        assert (one.graduate_id is None) == (one.state != "selected")


def test_who_found_work_is_still_looked_after_but_counts_as_placed(demo):
    people = {one.id: one for one in everything(demo, Graduate)}
    placed = placed_ids(demo, people)
    assert len(placed) == 11
    assert {people[one].state for one in placed} == {"ready"}


def test_at_least_thirty_openings_are_open_and_pay_at_least_the_minimum_wage(demo):
    openings = everything(demo, Opening)
    assert sum(one.state == "open" for one in openings) >= 30
    assert {"draft", "paused"} <= {one.state for one in openings}
    for one in openings:
        pay = {"pay": one.pay_min, "period": one.pay_period, "employment_type": one.employment_type}
        assert find_under_pay(minimum_wages(), starts_on=one.starts_on or TODAY, **pay) is None
        assert one.until_filled or one.closes_on > TODAY


def test_every_opening_asks_with_must_level_and_weight(demo):
    asked = everything(demo, OpeningRequirement)
    assert {one.opening_id for one in asked if one.must} == {one.id for one in everything(demo, Opening)}
    assert {one.level for one in asked} == {None, 1, 2, 3}
    assert len({one.weight for one in asked}) > 2


def test_all_business_numbers_are_valid_and_of_no_tax_office(demo):
    numbers = [company.business_number for company in everything(demo, Company)]
    assert all(parse_business_number(number) == number and number.startswith("999") for number in numbers)
    assert len(set(numbers)) == 59


def test_the_legal_form_is_written_in_every_usual_way(demo):
    names = [company.name for company in everything(demo, Company)]
    forms = ("주식회사 ", "㈜", "(주)")
    assert all(any(name.startswith(form) for name in names) for form in forms)
    assert any(name.endswith(" 주식회사") for name in names)
    assert len({company.name_key for company in everything(demo, Company)}) == 59


def test_nobody_can_be_called_or_written_to(demo):
    people = [*everything(demo, Graduate), *everything(demo, Contact), *everything(demo, Application)]
    phones = [one.phone for one in people]
    assert all(phone.startswith("0100000") and len(phone) == 11 for phone in phones)
    mails = [one.email for one in (*everything(demo, Graduate), *everything(demo, Contact), *everything(demo, Account))]
    assert all(mail.endswith("@example.com") for mail in mails)


def test_bodies_are_marked_as_a_demonstration(demo):
    assert all(one.name.endswith("(시연)") for one in everything(demo, Organisation))


def test_names_of_two_and_four_syllables_and_two_long_latin_ones_exist(demo):
    names = [person.name for person in everything(demo, Graduate)]
    lengths = Counter(len(name) for name in names if not name.isascii())
    assert lengths[3] > 100
    assert lengths[2]
    assert lengths[4]
    assert sum(name.isascii() and len(name) >= 20 for name in names) == 2
    assert len(set(names)) == 148


def test_skills_wishes_and_counselors_are_spread_as_in_life(demo):
    people, skills = everything(demo, Graduate), everything(demo, GraduateSkill)
    held = Counter(one.graduate_id for one in skills)
    assert min(held.values()) >= 4
    assert max(held.values()) <= 14
    assert 7 <= mean(held.values()) <= 9
    assert {one.level for one in skills} == {None, 1, 2, 3, 4}
    odd = {spelling for ways in SPELLINGS.values() for spelling in ways}
    assert 0.08 <= len({one.graduate_id for one in skills if one.skill in odd}) / 148 <= 0.25
    carried = Counter(person.counselor_id for person in people)
    assert 1 <= carried.pop(None) <= 8
    assert len(carried) == 2
    assert max(carried.values()) - min(carried.values()) <= 10
    assert {person.remote for person in people} == {"remote", "hybrid", "office"}


def test_the_accounts_open_with_the_demo_password(demo):
    accounts = {account.email.split("@")[0]: account for account in everything(demo, Account)}
    assert sorted(accounts) == ["counselor", "counselor2", "manager", "partner", "partner2"]
    assert all(account.is_demo for account in accounts.values())
    assert authenticate(accounts["manager"], DEMO_PASSWORD)
    assert accounts["partner"].company_id != accounts["partner2"].company_id


@pytest.mark.parametrize("partner", ["partner@example.com", "partner2@example.com"])
def test_a_partner_finds_five_things_to_do_and_open_openings(demo, partner):
    account = demo.exec(select(Account).where(Account.email == partner)).one()
    own = select(Opening).where(Opening.company_id == account.company_id)
    assert len(openings_to_look_at(demo, own, today=TODAY)) >= 5
    assert sum(one.state == "open" for one in demo.exec(own)) >= 3


def test_the_demo_carries_its_own_today(demo):
    assert demo.get_one(Setting, "demo").value == {"scenario": "article", "seed": 2020, "today": "2020-12-01"}


def test_nothing_happened_after_the_demos_today(demo):
    assert max(event.effective_on for event in everything(demo, Event)) <= TODAY


def test_every_state_was_reached_by_moves(demo):
    last = {(e.entity, e.entity_id): e.to_state for e in demo.exec(select(Event).order_by(Event.id))}
    for table in (Graduate, Opening, Agreement, Placement, Conversion):
        for row in everything(demo, table):
            assert last[table.__tablename__, row.id] == row.state


def test_an_opening_could_have_been_typed_into_the_form(demo):
    fields = [name for name in OpeningInput.model_fields if name != "requirements"]
    for opening in everything(demo, Opening):
        assert OpeningInput(**{name: getattr(opening, name) for name in fields}).title == opening.title
