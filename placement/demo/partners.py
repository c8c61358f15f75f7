"""Decides the 59 invented companies of the demo, whom to call there, and their agreements in force."""

from datetime import date, timedelta
from typing import NamedTuple

from sqlmodel import Session

from employers.companies import CompanyInput, ContactInput, store_company
from employers.enums import AgreementKind, SizeBand
from employers.models import Agreement, Company
from placement.demo.casting import Cast, Dice, business_number, company_names
from placement.demo.courses import Course, Courses
from placement.demo.rows import id_of
from placement.models import AgreementProgram
from placement.states import Actor, move, record_birth

SIZES = {SizeBand.W5: 25, SizeBand.W9: 20, SizeBand.W10: 30, SizeBand.W30: 10, SizeBand.W50: 8, SizeBand.W100: 7}
REGIONS = {
    "서울 서초구 양재동": 20,
    "서울 서초구 서초동": 15,
    "서울 서초구 방배동": 10,
    "서울 강남구": 25,
    "서울 성동구": 5,
    "서울 구로구": 5,
    "서울 금천구": 5,
    "경기 성남시 분당구": 10,
    "재택": 5,
}
INDUSTRIES = {
    "blockchain": ("62010", "62021", "58222"),
    "ai": ("62010", "58222", "63111"),
    "labeling": ("63111", "63991", "63999"),
}
KSIC_REVISION = 10


class Pact(NamedTuple):
    """What a group of companies has signed: the kind, how many, the first day of signing, and for how long in days."""

    track: str
    kind: AgreementKind
    companies: int
    signed_from: date
    days: int


PACTS = (
    Pact("blockchain", AgreementKind.EMPLOYMENT, 32, date(2020, 8, 3), 365),
    Pact("ai", AgreementKind.INTERNSHIP, 12, date(2020, 1, 28), 343),
    Pact("labeling", AgreementKind.DEMAND, 15, date(2020, 9, 1), 365),
)


def found_companies(session: Session, cast: Cast, courses: Courses, actor: Actor) -> dict[str, list[Company]]:
    """The companies of each track ("blockchain" 32, "ai" 12, "labeling" 15), each with a contact and an agreement."""
    served: dict[str, list[Course]] = {
        "blockchain": [courses.blockchain],
        "ai": [courses.interns],
        "labeling": [courses.labeling_1],
    }
    found: dict[str, list[Company]] = {}
    serial = 0
    for pact in PACTS:
        dice = cast.dice(f"companies:{pact.track}")
        group = found[pact.track] = []
        for name in company_names(dice, pact.track, pact.companies):
            serial += 1
            company = _found(session, cast, dice, pact.track, name, serial)
            _sign(session, dice, company, pact, served[pact.track], actor)
            group.append(company)
    return found


def _found(session: Session, cast: Cast, dice: Dice, track: str, name: str, serial: int) -> Company:
    contact = ContactInput(name=cast.name(), phone=cast.phone(), email=f"hr{serial:02d}@example.com")
    typed = CompanyInput(
        name=name,
        business_number=business_number(serial),
        size_band=dice.chosen(SIZES),
        industry_code=dice.choice(INDUSTRIES[track]),
        industry_revision=KSIC_REVISION,
        region=dice.chosen(REGIONS),
        website=f"https://company{serial:02d}.example.com",
        contact=contact,
    )
    return store_company(session, typed, key=f"D-{serial:03d}")


def _sign(session: Session, dice: Dice, company: Company, pact: Pact, courses: list[Course], actor: Actor) -> None:
    signed_on = pact.signed_from + timedelta(days=dice.randrange(0, 25))
    agreement = Agreement(
        company_id=id_of(company),
        kind=pact.kind,
        signed_on=signed_on,
        valid_until=signed_on + timedelta(days=pact.days),
        headcount_pledged=dice.randint(1, 3),
    )
    record_birth(session, agreement, actor, effective_on=signed_on)
    move(session, agreement, "enter_into_force", actor, effective_on=signed_on)
    programs = {course.cohort.program_id for course in courses}
    session.add_all(AgreementProgram(agreement_id=id_of(agreement), program_id=program) for program in programs)
