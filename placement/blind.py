"""Decides what a company may know of a graduate: skills, course and wishes without a name; name and contact from interest on."""

from datetime import date
from typing import NamedTuple

from sqlmodel import Session, col, select

from placement.consents import is_provided, standing_consent
from placement.enums import ProvisionStage, ReferralState
from placement.events import standing_events
from placement.graduates import skills_of
from placement.models import Account, Cohort, Event, Graduate, GraduateSkill, Program, Referral
from placement.states import flags_of
from placement.texts import _

BEFORE_INTEREST = (ReferralState.SENT, ReferralState.NO_RESPONSE)
INTEREST = (ReferralState.INTERESTED, ReferralState.OFFERED)  # whoever offers is interested

SHOWN_SIGNS = 5


class Contactable(NamedTuple):
    """Who it is, once the company has shown interest."""

    name: str
    phone: str | None
    email: str | None


class Profile(NamedTuple):
    """One person as a company may see them; `person` is None before interest, `counselor` whom to ask."""

    code_name: str
    course: str | None
    completion_on: date | None
    is_in_training: bool
    skills: list[GraduateSkill]
    wanted_titles: list[str]
    regions: list[str]
    remote: str
    available_on: date | None
    person: Contactable | None
    counselor: Account | None


def code_name(referral: Referral) -> str:
    """수료생 K7QXM호: a random name of the referral's own, so that two companies cannot compare, nor anybody count."""
    return _("%(number)s호", number=referral.code[:SHOWN_SIGNS])


def profile_of(session: Session, referral: Referral) -> Profile | None:
    """What the company may see now; None once the consent was taken back or the referral is over."""
    if standing_consent(session, referral.id or 0) is None or is_over(referral):
        return None
    graduate = session.get_one(Graduate, referral.graduate_id)
    return Profile(
        code_name(referral),
        _course_of(session, graduate),
        graduate.completion_on,
        graduate.state == "in_training",
        skills_of(session, graduate),
        graduate.wanted_titles,
        graduate.regions,
        graduate.remote,
        graduate.available_on,
        _person(session, referral, graduate),
        session.get(Account, referral.counselor_id or 0),
    )


def is_over(referral: Referral) -> bool:
    """Whether the company has nothing more to do with the person: closed, but for silence that may still be answered."""
    return flags_of(referral).closed and referral.state != "no_response"


def _person(session: Session, referral: Referral, graduate: Graduate) -> Contactable | None:
    if not _is_interest_standing(session, referral) or not is_provided(session, referral, ProvisionStage.CONTACT):
        return None
    return Contactable(graduate.name or graduate.key, graduate.phone, graduate.email)


def _is_interest_standing(session: Session, referral: Referral) -> bool:
    """An interest that was taken back, or that a reopened referral still waits for, shows no name."""
    if referral.state in BEFORE_INTEREST:
        return False
    shown = standing_events("referral").where(Event.entity_id == referral.id, col(Event.to_state).in_(INTEREST))
    return session.scalars(shown.limit(1)).first() is not None


def _course_of(session: Session, graduate: Graduate) -> str | None:
    return session.exec(select(Program.name).join(Cohort).where(Cohort.id == graduate.cohort_id)).first()
