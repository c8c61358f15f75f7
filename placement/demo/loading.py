"""Decides when a demo may be loaded and in which order its parts come: courses, companies, accounts, people, outcomes, cases."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session, select

from employers.models import Company, Opening
from placement.access import office_actor
from placement.accounts import create_account
from placement.calendars import DEMO
from placement.demo.agreeing import sign_consents
from placement.demo.casting import Cast
from placement.demo.courses import open_courses
from placement.demo.outcomes import record_first_hires, record_internships
from placement.demo.partners import found_companies
from placement.demo.people import enrol_people, file_applications
from placement.demo.postings import PARTNER_TRACKS, TODAY, post_openings
from placement.demo.referring import refer_people
from placement.enums import Role
from placement.models import Account, Application, Graduate, Organisation, Program, Setting
from placement.people import DEMO_PASSWORD, AccountRefusedError, hash_password
from placement.states import Actor, states_where

SCENARIOS = ("article",)
OFFICE = (
    ("counselor@example.com", "겨울담", Role.COUNSELOR),
    ("counselor2@example.com", "노을섬", Role.COUNSELOR),
    ("manager@example.com", "도래솔", Role.MANAGER),
)
PARTNERS = (("partner@example.com", "무지샘"), ("partner2@example.com", "해온별"))


class DemoRefusedError(Exception):
    """The demo cannot be loaded or removed.

    `code`: unknown_scenario, demo_exists, data_exists (people, companies or programs are there), address_taken (an
    account of the office has a demo address), no_demo.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class DemoSummary:
    """What was loaded, for the one who loaded it; `openings` counts those open, `accounts` are e-mail addresses."""

    scenario: str
    seed: int
    today: date
    programs: int
    cohorts: int
    people: int
    companies: int
    openings: int
    applications: int
    accounts: tuple[str, ...]


def load(session: Session, *, seed: int = 2020, scenario: str = "article") -> DemoSummary:
    """Fill a database without people, companies and programs; the same seed brings the same rows.

    Raises DemoRefusedError. The caller commits.
    """
    _refuse_unless_empty(session, scenario)
    actor, cast = office_actor(DEMO), Cast(seed)
    courses = open_courses(session)
    companies = found_companies(session, cast, courses, actor)
    accounts = _open_accounts(session, companies, actor)
    openings = post_openings(session, cast, companies, actor)
    counselors = [account for account in accounts if account.role == Role.COUNSELOR]
    people = enrol_people(session, cast, courses, counselors, actor)
    sign_consents(session, courses, people, actor)
    applications = file_applications(session, cast, courses, people)
    record_internships(session, people["A1"], companies["ai"], actor)
    record_first_hires(session, people["L1"], openings["labeling"], companies["labeling"], actor)
    refer_people(session, people, companies, openings, accounts)
    session.add(Setting(name=DEMO, value={"scenario": scenario, "seed": seed, "today": TODAY.isoformat()}))
    session.flush()
    return DemoSummary(
        scenario=scenario,
        seed=seed,
        today=TODAY,
        programs=len({course.cohort.program_id for course in courses}),
        cohorts=len(courses),
        people=_count(people.values()),
        companies=_count(companies.values()),
        openings=_count(map(_open, openings.values())),
        applications=applications,
        accounts=tuple(account.email for account in accounts),
    )


def _refuse_unless_empty(session: Session, scenario: str) -> None:
    if scenario not in SCENARIOS:
        raise DemoRefusedError("unknown_scenario")
    if session.get(Setting, DEMO):
        raise DemoRefusedError("demo_exists")
    tables: tuple[Any, ...] = (Graduate, Company, Program, Organisation, Application)
    if any(session.exec(select(table).limit(1)).first() for table in tables):
        raise DemoRefusedError("data_exists")


def _open_accounts(session: Session, companies: dict[str, list[Company]], actor: Actor) -> list[Account]:
    wanted: list[tuple[str, str, Role, int | None]] = [(email, name, role, None) for email, name, role in OFFICE]
    wanted += [
        (email, name, Role.PARTNER, companies[track][0].id)
        for (email, name), track in zip(PARTNERS, PARTNER_TRACKS, strict=True)
    ]
    password_hash = hash_password(DEMO_PASSWORD)  # once for all; an empty database keeps nobody waiting
    try:
        return [
            create_account(
                session,
                actor,
                email=email,
                name=name,
                role=role,
                password_hash=password_hash,
                today=TODAY,
                company_id=company_id,
                is_demo=True,
            )
            for email, name, role, company_id in wanted
        ]
    except AccountRefusedError as refused:
        raise DemoRefusedError("address_taken") from refused


def _open(openings: list[Opening]) -> list[Opening]:
    is_open = states_where("opening", open=True)
    return [opening for opening in openings if opening.state in is_open]


def _count(groups: Iterable[list[Any]]) -> int:
    return sum(map(len, groups))
