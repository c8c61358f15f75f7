"""Decides what became of the demo's people: 16 internships, 12 offers, 6 conversions, and the first hires."""

from datetime import date, timedelta

from sqlmodel import Session

from employers.enums import EmploymentType
from employers.models import Company, Opening
from placement.demo.courses import INTERNS_1
from placement.demo.rows import id_of
from placement.enums import PlacementKind, PlacementSource
from placement.models import Conversion, Graduate, Placement
from placement.states import Actor, move, record_birth, states_where

STARTED, ENDED = INTERNS_1[0].starts_on, INTERNS_1[0].ends_on
AGREED_ON, OPENS_ON, CONTRACT_ON = date(2020, 2, 24), date(2020, 5, 4), date(2020, 7, 1)
HOSTS_OF_TWO = 4
# The day of each of the twelve offers; 7 were made by the end of May.
OFFER_DAYS = tuple(date(2020, 5, day) for day in (18, 19, 20, 21, 25, 27, 29)) + tuple(
    date(2020, 6, day) for day in (1, 2, 3, 4, 5)
)
ANSWERS = ("accept",) * 6 + ("decline",) * 3 + ("expire",) * 2 + ("withdraw_offer",)
ANSWER_TIME = timedelta(days=6)
NOT_OFFERED_ON = date(2020, 6, 5)
REASON = "other"  # the article names none
HIRE_DAYS = (date(2020, 11, 18), date(2020, 11, 23), date(2020, 11, 23), date(2020, 11, 30), date(2020, 12, 1))
HIRES_BY_REFERRAL = 3
NOTICE = timedelta(days=5)


def record_internships(session: Session, interns: list[Graduate], hosts: list[Company], actor: Actor) -> None:
    """Three months at twelve hosts, four of which take two; then the conversions as far as they went."""
    seats = hosts + hosts[:HOSTS_OF_TWO]
    answers = [*zip(OFFER_DAYS, ANSWERS, strict=True), *[None] * (len(interns) - len(OFFER_DAYS))]
    for person, host, answer in zip(interns, seats, answers, strict=True):
        internship = Placement(
            graduate_id=id_of(person),
            company_id=id_of(host),
            cohort_id=person.cohort_id,
            kind=PlacementKind.INTERNSHIP,
            employment_type=EmploymentType.INTERN,
            starts_on=STARTED,
            ends_on=ENDED,
        )
        record_birth(session, internship, actor, effective_on=AGREED_ON)
        move(session, internship, "start", actor, effective_on=STARTED)
        move(session, internship, "complete", actor, effective_on=ENDED)
        _decide(session, Conversion(placement_id=id_of(internship)), answer, actor)


def record_first_hires(
    session: Session, people: list[Graduate], openings: list[Opening], companies: list[Company], actor: Actor
) -> None:
    """The first people of a cohort who found work: by our referral to an opening, then on their own."""
    is_open = states_where("opening", open=True)
    roomy = [opening for opening in openings if opening.state in is_open and opening.seats > 1]
    for person, day, opening in zip(people, HIRE_DAYS, roomy[:HIRES_BY_REFERRAL], strict=False):
        opening.seats_taken += 1
        job = _job(person, opening.company_id, day)
        job.opening_id, job.employment_type = opening.id, opening.employment_type
        _hire(session, job, actor)
    later = zip(people[HIRES_BY_REFERRAL:], HIRE_DAYS[HIRES_BY_REFERRAL:], reversed(companies), strict=False)
    for person, day, company in later:
        job = _job(person, id_of(company), day)
        job.source = PlacementSource.SELF
        _hire(session, job, actor)


def _decide(session: Session, conversion: Conversion, answer: tuple[date, str] | None, actor: Actor) -> None:
    record_birth(session, conversion, actor, effective_on=OPENS_ON)
    if answer is None:
        move(session, conversion, "not_offer", actor, effective_on=NOT_OFFERED_ON, reason=REASON)
        return
    offered_on, answered = answer
    answered_on = offered_on + ANSWER_TIME
    move(session, conversion, "offer", actor, effective_on=offered_on)
    if answered != "accept":
        move(session, conversion, answered, actor, effective_on=answered_on, reason=REASON)
        return
    move(session, conversion, "accept", actor, effective_on=answered_on, contract_starts_on=CONTRACT_ON)
    move(session, conversion, "start", actor, effective_on=CONTRACT_ON)


def _job(person: Graduate, company_id: int, day: date) -> Placement:
    return Placement(
        graduate_id=id_of(person),
        company_id=company_id,
        cohort_id=person.cohort_id,
        kind=PlacementKind.EMPLOYMENT,
        employment_type=EmploymentType.CONTRACT,
        starts_on=day,
    )


def _hire(session: Session, job: Placement, actor: Actor) -> None:
    record_birth(session, job, actor, effective_on=job.starts_on - NOTICE)
    move(session, job, "start", actor, effective_on=job.starts_on)
