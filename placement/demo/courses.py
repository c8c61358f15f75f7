"""Decides the three tracks of the demo: who runs them, their cohorts, sessions, modules and what these teach."""

from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlmodel import Session

from placement.demo.rows import id_of, keep
from placement.enums import DeliveryMode, OrganisationKind
from placement.models import Cohort, CourseModule, CourseSession, ModuleSkill, Organisation, Program

BACKGROUND = "코로나19로 줄어든 청년 채용에 대응하여, 교육과 취업을 바로 잇는 서초형 청년 일자리 사업입니다."
PROGRAMS = (
    ("labeling", "AI 데이터라벨링 전문인력 양성과정", "AI data labeling course", "labeling", date(2020, 10, 6)),
    ("blockchain", "블록체인 칼리지", "Blockchain College", "blockchain", date(2020, 9, 14)),
    ("ai-intern", "AI칼리지 청년인턴", "AI College internship", "ai", date(2020, 3, 2)),
)
LABELING_RULES: list[dict[str, Any]] = [
    {"field": field, "operator": "is", "value": True, "message": message}
    for field, message in (
        ("has_pc", "개인 PC가 있어야 합니다."),
        ("has_internet", "인터넷을 쓸 수 있어야 합니다."),
        ("can_study_online", "온라인 수업을 들을 수 있어야 합니다."),
        ("can_work_remote", "재택근무를 할 수 있어야 합니다."),
    )
]
LABELING_ROADMAP: list[dict[str, Any]] = [
    {"year": 2020, "text": "단순 데이터 라벨링 인력 양성"},
    {"year": 2021, "text": "의료 등 전문 분야 데이터와 AI 학습데이터 품질관리로 확대"},
]


class Lesson(NamedTuple):
    """A module: its name, hours, whether it is practice, and the skills it grants with their level."""

    name: str
    hours: int
    is_practice: bool
    grants: dict[str, int]


LABELING_LESSONS = (
    Lesson("데이터 라벨링 이해", 12, False, {"lbl-data-labeling": 1, "com-privacy": 1}),
    Lesson("이미지·텍스트 라벨링 실습", 28, True, {"lbl-bbox": 2, "lbl-polygon": 2, "lbl-ner": 2}),
    Lesson("OA 활용 실무", 20, True, {"oa-excel": 2, "oa-hwp": 2}),
)
BLOCKCHAIN_LESSONS = (
    Lesson("블록체인 이해", 40, False, {"bc-basics": 2, "bc-consensus": 1}),
    Lesson("암호학", 40, False, {"bc-cryptography": 2, "bc-hash": 2}),
    Lesson("체인코드 개발 실습", 120, True, {"bc-chaincode": 2, "bc-fabric": 2}),
)
INTERN_LESSONS = (Lesson("인턴 직무 교육", 16, True, {"dev-python": 2, "ai-ml": 1}),)


class Term(NamedTuple):
    """One course session: first and last day, and how many take it."""

    starts_on: date
    ends_on: date
    places: int


LABELING_1 = (
    Term(date(2020, 10, 6), date(2020, 10, 19), 17),
    Term(date(2020, 10, 20), date(2020, 11, 2), 17),
    Term(date(2020, 11, 3), date(2020, 11, 16), 16),
)
LABELING_2 = (
    Term(date(2020, 11, 17), date(2020, 11, 30), 25),
    Term(date(2020, 12, 1), date(2020, 12, 14), 25),
)
BLOCKCHAIN_1 = (Term(date(2020, 9, 14), date(2020, 12, 11), 32),)
INTERNS_1 = (Term(date(2020, 3, 2), date(2020, 6, 1), 16),)


@dataclass(frozen=True)
class Course:
    """A cohort with its sessions and their terms, in order."""

    cohort: Cohort
    sessions: list[CourseSession]
    terms: tuple[Term, ...]


class Courses(NamedTuple):
    """The four cohorts of the demo."""

    labeling_1: Course
    labeling_2: Course
    blockchain: Course
    interns: Course


def open_courses(session: Session) -> Courses:
    """Store organisations, programs, cohorts, sessions and modules."""
    centre, developers, foundation = (
        keep(session, Organisation(name=name))
        for name in ("여성인력개발센터(시연)", "블록체인개발교육원(시연)", "블록체인연구교육재단(시연)")
    )
    labeling, blockchain, interns = _open_programs(session)
    return Courses(
        _open_course(session, labeling, "L1", LABELING_1, LABELING_LESSONS, centre, date(2020, 10, 8)),
        _open_course(session, labeling, "L2", LABELING_2, LABELING_LESSONS, developers, date(2020, 11, 12)),
        _open_course(session, blockchain, "B1", BLOCKCHAIN_1, BLOCKCHAIN_LESSONS, foundation, date(2020, 9, 4)),
        _open_course(session, interns, "A1", INTERNS_1, INTERN_LESSONS, None, date(2020, 2, 14)),
    )


def _open_programs(session: Session) -> list[Program]:
    operator = keep(session, Organisation(name="서초구(시연)", kind=OrganisationKind.OPERATOR))
    return [
        keep(
            session,
            Program(
                key=key,
                name=name,
                name_en=name_en,
                track=track,
                operator_id=operator.id,
                fiscal_year=starts_on.year,
                starts_on=starts_on,
                background=BACKGROUND,
                eligibility=LABELING_RULES if track == "labeling" else [],
                roadmap=LABELING_ROADMAP if track == "labeling" else [],
            ),
        )
        for key, name, name_en, track, starts_on in PROGRAMS
    ]


def _open_course(
    session: Session,
    program: Program,
    key: str,
    terms: tuple[Term, ...],
    lessons: tuple[Lesson, ...],
    body: Organisation | None,
    apply_until: date,
) -> Course:
    cohort = keep(
        session,
        Cohort(
            key=key,
            program_id=id_of(program),
            number=2 if key == "L2" else 1,
            capacity=sum(term.places for term in terms),
            training_body_id=body.id if body else None,
            apply_until=apply_until,
            started_on=terms[0].starts_on,
            ended_on=terms[-1].ends_on,
        ),
    )
    for lesson in lessons:
        _teach(session, cohort, lesson)
    return Course(cohort, [_hold(session, cohort, body, *numbered) for numbered in enumerate(terms, 1)], terms)


def _hold(session: Session, cohort: Cohort, body: Organisation | None, number: int, term: Term) -> CourseSession:
    row = CourseSession(
        cohort_id=id_of(cohort),
        number=number,
        starts_on=term.starts_on,
        ends_on=term.ends_on,
        venue=body.name if body else "참여기업",
        delivery_mode=DeliveryMode.BLENDED if cohort.key.startswith("L") else DeliveryMode.CLASSROOM,
        capacity=term.places,
    )
    return keep(session, row)


def _teach(session: Session, cohort: Cohort, lesson: Lesson) -> None:
    module = keep(
        session,
        CourseModule(cohort_id=id_of(cohort), name=lesson.name, hours=lesson.hours, is_practice=lesson.is_practice),
    )
    session.add_all(
        ModuleSkill(module_id=id_of(module), skill_key=skill, level=level) for skill, level in lesson.grants.items()
    )
