"""Decides whether what an import was checked against still stands when it comes to be stored."""

from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from employers.models import Agreement, Company, Contact, Opening, OpeningRequirement
from placement.models import (
    Account,
    AgreementProgram,
    Cohort,
    Consent,
    ConsentDocument,
    Conversion,
    CourseSession,
    Enrolment,
    Graduate,
    GraduateSkill,
    Organisation,
    Placement,
    Program,
    Referral,
    Setting,
    Skill,
    SkillName,
    SkillRelation,
)

# Every change of such a row counts its version up; the rows of REPLACED are never changed, only replaced by new ones.
VERSIONED = (Account, Agreement, Company, Consent, Conversion, Graduate, Opening, Placement, Referral)
REPLACED = (GraduateSkill, OpeningRequirement)
SMALL = (
    AgreementProgram,
    Cohort,
    ConsentDocument,
    Contact,
    CourseSession,
    Enrolment,
    Organisation,
    Program,
    Setting,
)
# The vocabulary is 48,000 rows, too many to read twice an import; its stamp among the Settings tells of every change.
STAMPED = (Skill, SkillName, SkillRelation)
Mark = tuple[Any, ...]


def mark_of(session: Session) -> Mark:
    """What the tables that imports read look like now; another mark later means that somebody wrote meanwhile."""
    run = session.connection().execute
    counted = [run(select(func.count(), func.max(t.id), func.sum(t.version))).one() for t in VERSIONED]
    replaced = [run(select(func.count(), func.max(t.id))).one() for t in REPLACED]
    small = [hash(frozenset(map(str, run(select(*table_columns(t)))))) for t in SMALL]
    return (*map(tuple, counted), *map(tuple, replaced), *small)


def table_columns(table: Any) -> list[Any]:
    """All columns of a table, without its class around them."""
    return [col(column) for column in table.__table__.columns]
