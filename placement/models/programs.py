"""Decides what is stored of a training program: who runs it, its cohorts, sessions, modules and who took part."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field, SQLModel

from employers.columns import check, json_given, one_of, whole_numbers
from placement.enums import ApplicationState, DeliveryMode, EnrolmentState, OrganisationKind


class Organisation(SQLModel, table=True):
    """The operator (구청) or a training body; two with like names stay two."""

    __tablename__ = "organisation"
    __table_args__ = (one_of("kind", OrganisationKind),)

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True, max_length=200)
    kind: str = OrganisationKind.TRAINING_BODY


class Program(SQLModel, table=True):
    """사업 or 과정: a row, so that a new track needs no release.

    `eligibility` is a list of {field, operator, value, message}; `roadmap` a list of {year, text}.
    """

    __tablename__ = "program"
    __table_args__ = (*whole_numbers("fiscal_year"), *json_given("eligibility", "roadmap"))

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True, max_length=64)
    name: str = Field(unique=True, max_length=200)
    name_en: str | None = Field(default=None, max_length=200)
    track: str | None = Field(default=None, max_length=64)
    operator_id: int | None = Field(default=None, foreign_key="organisation.id")
    fiscal_year: int | None = None
    starts_on: date | None = None
    background: str | None = Field(default=None, max_length=2000)
    info_url: str | None = Field(default=None, max_length=300)
    eligibility: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    roadmap: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)


class Cohort(SQLModel, table=True):
    """기수: the people who take a program together."""

    __tablename__ = "cohort"
    __table_args__ = (
        UniqueConstraint("program_id", "number"),
        *whole_numbers("capacity"),
        *whole_numbers("number", least=1),
    )

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True, max_length=64)
    program_id: int = Field(foreign_key="program.id", index=True)
    number: int
    capacity: int | None = None
    training_body_id: int | None = Field(default=None, foreign_key="organisation.id")
    apply_until: date | None = None
    started_on: date | None = None
    ended_on: date | None = None


class CourseSession(SQLModel, table=True):
    """회차: one run of lessons inside a cohort."""

    __tablename__ = "course_session"
    __table_args__ = (
        UniqueConstraint("cohort_id", "number"),
        one_of("delivery_mode", DeliveryMode),
        *whole_numbers("capacity"),
        *whole_numbers("number", least=1),
        check("days_in_order", "starts_on IS NULL OR ends_on IS NULL OR starts_on <= ends_on"),
    )

    id: int | None = Field(default=None, primary_key=True)
    cohort_id: int = Field(foreign_key="cohort.id", index=True)
    number: int
    starts_on: date | None = None
    ends_on: date | None = None
    venue: str | None = Field(default=None, max_length=200)
    delivery_mode: str | None = None
    capacity: int | None = None


class CourseModule(SQLModel, table=True):
    """A subject taught in a cohort."""

    __tablename__ = "course_module"
    __table_args__ = (UniqueConstraint("cohort_id", "name"), *whole_numbers("hours"))

    id: int | None = Field(default=None, primary_key=True)
    cohort_id: int = Field(foreign_key="cohort.id", index=True)
    name: str = Field(max_length=200)
    hours: int | None = None
    is_practice: bool = False


class ModuleSkill(SQLModel, table=True):
    """What a module grants to those who complete it."""

    __tablename__ = "module_skill"
    __table_args__ = (check("level_known", "level BETWEEN 1 AND 4"),)

    module_id: int = Field(foreign_key="course_module.id", primary_key=True)
    skill_key: str = Field(primary_key=True, max_length=100)
    level: int = 1


class Application(SQLModel, table=True):
    """지원: who asked to take part, with the four answers that the labeling track needs."""

    __tablename__ = "application"
    __table_args__ = (
        UniqueConstraint("cohort_id", "applicant", "phone"),
        one_of("state", ApplicationState),
    )

    id: int | None = Field(default=None, primary_key=True)
    cohort_id: int = Field(foreign_key="cohort.id", index=True)
    graduate_id: int | None = Field(default=None, foreign_key="graduate.id", index=True)
    applicant: str = Field(max_length=100)
    phone: str | None = Field(default=None, max_length=30)
    applied_on: date | None = None
    has_pc: bool | None = None
    has_internet: bool | None = None
    can_study_online: bool | None = None
    can_work_remote: bool | None = None
    state: str = ApplicationState.APPLIED
    reason: str | None = Field(default=None, max_length=300)


class Enrolment(SQLModel, table=True):
    """입교: one person in one course session."""

    __tablename__ = "enrolment"
    __table_args__ = (UniqueConstraint("graduate_id", "session_id"), one_of("state", EnrolmentState))

    id: int | None = Field(default=None, primary_key=True)
    graduate_id: int = Field(foreign_key="graduate.id", index=True)
    session_id: int = Field(foreign_key="course_session.id", index=True)
    state: str = EnrolmentState.ENROLLED
    ended_on: date | None = None
    reason: str | None = Field(default=None, max_length=300)


class AgreementProgram(SQLModel, table=True):
    """Which programs an agreement is for; one agreement may serve several."""

    __tablename__ = "agreement_program"

    agreement_id: int = Field(foreign_key="agreement.id", primary_key=True)
    program_id: int = Field(foreign_key="program.id", primary_key=True)
