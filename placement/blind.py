"""Decides what a company may know of a graduate: skills, course and wishes without a name; name and contact from interest on."""

from datetime import date
from typing import NamedTuple

from sqlmodel import Session, select

from placement.consents import is_provided, standing_consent
from placement.enums import ProvisionStage
from placement.graduates import skills_of
from placement.models import Account, Cohort, Graduate, GraduateSkill, Program, Referral
from placement.states import flags_of
from placement.texts import _


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
    """수료생 17호: the referral's number, so that two companies cannot compare and no graduate's own id looks like it."""
    return _("%(number)s호", number=referral.id)


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
    if not is_provided(session, referral, ProvisionStage.CONTACT):
        return None
    return Contactable(graduate.name or graduate.key, graduate.phone, graduate.email)


def _course_of(session: Session, graduate: Graduate) -> str | None:
    return session.exec(select(Program.name).join(Cohort).where(Cohort.id == graduate.cohort_id)).first()
