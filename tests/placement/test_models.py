"""No bad value gets into a table, not even straight past every form: the databases themselves refuse it."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import (
    JSON,
    CheckConstraint,
    Float,
    ForeignKeyConstraint,
    Integer,
    String,
    Table,
    insert,
    literal,
    null,
    select,
    update,
)
from sqlalchemy.exc import DataError, IntegrityError, ProgrammingError
from sqlmodel import Session

from employers.columns import now
from employers.models import Opening, OpeningRequirement
from placement.db import metadata
from placement.models import (
    AgreementSignature,
    AnswerLink,
    Application,
    Consent,
    ConsentDocument,
    ContactNote,
    CourseModule,
    CourseSession,
    Enrolment,
    Event,
    Graduate,
    GraduateSkill,
    HandedRow,
    Interview,
    Job,
    MatchRun,
    ModuleSkill,
    Notice,
    Organisation,
    Program,
    Provision,
    RetentionAnswer,
    Setting,
    Skill,
    SkillName,
    SkillRelation,
)
from placement.models.papers import SCALES
from placement.states import record_birth
from tests.placement.cast import (
    ADD,
    OFFICE,
    add_account,
    add_check,
    add_cohort,
    add_company,
    add_conversion,
    add_graduate,
    add_hand_over,
    add_opening,
    add_referral,
    keep,
)

UNKNOWN = "no_such_code"
EARLY, LATE = date(2020, 1, 1), date(2020, 2, 1)


def add_module(session: Session) -> CourseModule:
    return keep(session, CourseModule(cohort_id=add_cohort(session).id, name="파이썬"))


def add_session(session: Session) -> CourseSession:
    return keep(session, CourseSession(cohort_id=add_cohort(session).id, number=1))


def add_event(session: Session) -> Event:
    return record_birth(session, Graduate(key="A-of-the-tests"), OFFICE, effective_on=EARLY)


def add_skill(session: Session) -> Skill:
    return keep(session, Skill(key="python-of-the-tests"))


def add_document(session: Session) -> ConsentDocument:
    return keep(
        session,
        ConsentDocument(kind="third_party", title="동의", purpose="알선", items=["기술"], period="-", refusal="-"),
    )


def parties(session: Session) -> dict[str, int]:
    referral = add_referral(session)
    company = session.get_one(Opening, referral.opening_id).company_id
    return {"graduate_id": referral.graduate_id, "company_id": company, "referral_id": referral.id}


def add_consent(session: Session) -> Consent:
    given = {"kind": "third_party", "channel": "phone", "given_on": EARLY, "recorded_by": "-"}
    return keep(session, Consent(**parties(session), document_id=add_document(session).id, **given))


# A good row of every table that has a check.
GOOD: dict[str, Callable[[Session], Any]] = {
    **ADD,
    "company": add_company,
    "opening_requirement": lambda s: keep(
        s, OpeningRequirement(opening_id=add_opening(s).id, position=1, skill="python")
    ),
    "graduate_skill": lambda s: keep(s, GraduateSkill(graduate_id=add_graduate(s).id, position=1, skill="python")),
    "organisation": lambda s: keep(s, Organisation(name="구청")),
    "cohort": add_cohort,
    "course_session": add_session,
    "module_skill": lambda s: keep(s, ModuleSkill(module_id=add_module(s).id, skill_key="python")),
    "application": lambda s: keep(s, Application(cohort_id=add_cohort(s).id, applicant="가나")),
    "enrolment": lambda s: keep(s, Enrolment(graduate_id=add_graduate(s).id, session_id=add_session(s).id)),
    "handed_row": lambda s: keep(s, HandedRow(hand_over_id=add_hand_over(s).id, kind="graduate", row_id=1)),
    "job": lambda s: keep(s, Job(kind="nightly_run")),
    "skill_name": lambda s: keep(s, SkillName(skill_id=add_skill(s).id, name="Python", normalised="python-x")),
    "skill_relation": lambda s: keep(s, SkillRelation(skill_id=add_skill(s).id, other_key="sql", kind="related")),
    "match_run": lambda s: keep(s, MatchRun()),
    "event": add_event,
    "program": lambda s: keep(s, Program(key="program-of-the-tests", name="과정")),
    "course_module": add_module,
    "setting": lambda s: keep(s, Setting(name="a", value=1)),
    "consent_document": add_document,
    "consent": add_consent,
    "provision": lambda s: keep(s, Provision(**parties(s), stage="blind", by="-")),
    "interview": lambda s: keep(s, Interview(referral_id=add_referral(s).id, at=now())),
    "answer_link": lambda s: keep(
        s, AnswerLink(token_hash="-", purpose="consent", subject_id=1, side="graduate", created_by="-", expires_on=LATE)
    ),
    "agreement_signature": lambda s: keep(
        s,
        AgreementSignature(
            agreement_id=ADD["internship_agreement"](s).id,
            seat="company",
            side="company",
            signer="한담당",
            channel="paper",
            digest="0" * 64,
            recorded_by="-",
        ),
    ),
    "retention_answer": lambda s: keep(
        s, RetentionAnswer(check_id=add_check(s).id, side="graduate", is_employed=True, recorded_by="-")
    ),
    "contact_note": lambda s: keep(
        s, ContactNote(author_id=add_account(s).id, channel="phone", on_day=EARLY, content="통화")
    ),
}

GOOD["notice"] = lambda s: keep(
    s,
    Notice(kind="hold_over", entity="referral", entity_id=1, side="company", about_on=EARLY, number=1, written_on=LATE),
)

# (table, check, values that break it) for every check that is no list of codes, no plain number and no JSON.
BAD: list[tuple[str, str, dict[str, Any]]] = [
    ("company", "name_given", {"name": ""}),
    ("company", "business_number_digits", {"business_number": "123"}),
    ("agreement", "term_in_order", {"signed_on": LATE, "valid_until": EARLY}),
    ("opening", "title_given", {"title": ""}),
    ("opening", "external_has_url", {"source": "external"}),
    ("opening", "seats_positive", {"seats": 0, "seats_taken": 0}),
    ("opening", "seats_positive", {"seats": 10_000}),
    ("opening", "seats_not_oversold", {"seats": 1, "seats_taken": 2}),
    ("opening", "seats_not_oversold", {"seats": 1, "seats_taken": 1, "seats_held": 1}),
    ("opening", "pay_in_order", {"pay_min": 2, "pay_max": 1}),
    ("opening", "conversion_seats_fit", {"seats": 1, "conversion_seats": 2}),
    ("opening", "conversion_seats_fit", {"conversion_seats": -1}),
    ("opening_requirement", "skill_given", {"skill": ""}),
    ("opening_requirement", "level_known", {"level": 9}),
    ("opening_requirement", "level_known", {"level": 0}),
    ("opening_requirement", "weight_positive", {"weight": 0}),
    ("opening_requirement", "weight_positive", {"weight": 11}),
    ("graduate_skill", "skill_given", {"skill": ""}),
    ("graduate_skill", "level_known", {"level": 5}),
    ("course_session", "days_in_order", {"starts_on": LATE, "ends_on": EARLY}),
    ("module_skill", "level_known", {"level": 0}),
    ("placement", "days_in_order", {"starts_on": LATE, "ends_on": EARLY}),
    ("suggestion", "score_in_range", {"score": 100.1}),
    ("suggestion", "score_in_range", {"score": -0.1}),
    ("account", "partner_has_company", {"role": "partner"}),
    ("hand_over", "between_two", {"giver_id": 1, "receiver_id": 1}),
    ("skill_name", "name_given", {"name": ""}),
    ("referral", "offer_days_in_order", {"offer_starts_on": LATE, "offer_ends_on": EARLY}),
    ("referral", "code_given", {"code": "K7"}),
    ("consent", "third_party_names_company", {"company_id": None}),
    ("consent", "collect_use_names_nobody", {"kind": "collect_use"}),
    ("retention_check", "months_known", {"months": 5}),
    ("notice", "told_together", {"channel": "sms"}),
    ("notice", "told_together", {"told_at": now(), "told_by": "-"}),
    ("notice", "told_together", {"told_at": now(), "channel": "sms"}),
    ("agreement_document", "name_given", {"name": ""}),
    ("agreement_document", "size_fits", {"size": 0}),
    ("agreement_document", "size_fits", {"size": 10 * 1024 * 1024 + 1}),
    ("agreement_document", "digest_length", {"digest": "ab"}),
    ("agreement_signature", "signer_given", {"signer": ""}),
    ("agreement_signature", "digest_complete", {"digest": "0" * 63}),
    *(("assessment", f"{scale}_scale", {scale: score}) for scale in SCALES for score in (0, 6)),
]


def checks() -> Iterator[tuple[Table, str, str]]:
    """Every check of the house: its table, its name without prefix, its words."""
    for table in metadata.sorted_tables:
        rules = [rule for rule in table.constraints if isinstance(rule, CheckConstraint)]
        for rule in sorted(rules, key=lambda rule: str(rule.name)):  # a set: every test process must count alike
            yield table, str(rule.name).removeprefix(f"ck_{table.name}_"), str(rule.sqltext)


CODES = [
    (table.name, name, {name.removesuffix("_known"): UNKNOWN})
    for table, name, words in checks()
    if name.endswith("_known") and (" IN ('" in words or " = '" in words)
]
NUMBERS = [
    (table.name, name, {name.removesuffix("_whole"): least - 1})
    for table, name, words in checks()
    if name.endswith("_whole")
    for least in [int(words.split()[2])]
]
DOCUMENTS = [
    (table.name, name, {name.removesuffix("_given"): None}) for table, name, words in checks() if "'null'" in words
]


def refusal_of(session: Session, row: Any, values: dict[str, Any]) -> str:
    """What the database says to values written straight into the row; "" when it takes them."""
    table = type(row).__table__
    same = [column == getattr(row, column.name) for column in table.primary_key]
    try:
        with session.begin_nested():
            session.connection().execute(update(table).where(*same).values(**values))
    except (IntegrityError, DataError, ProgrammingError) as error:
        return str(error.orig)
    return ""


@pytest.mark.parametrize(("table", "check", "values"), BAD + CODES + NUMBERS + DOCUMENTS)
def test_a_bad_value_is_refused_by_the_check_that_is_there_for_it(session: Session, table: str, check: str, values):
    row = GOOD[table](session)
    assert f"ck_{table}_{check}" in refusal_of(session, row, values)


def test_every_check_of_the_house_has_been_seen_to_bite():
    bitten = {(table, check) for table, check, _ in BAD + CODES + NUMBERS + DOCUMENTS}
    assert {(table.name, name) for table, name, _ in checks()} == bitten


def test_every_column_of_json_refuses_the_null_of_json():
    columns = {(t.name, c.name) for t in metadata.sorted_tables for c in t.columns if isinstance(c.type, JSON)}
    assert columns == {(table, name.removesuffix("_given")) for table, name, _ in DOCUMENTS}


def test_the_last_allowed_values_are_taken(session: Session):
    for table, values in [
        ("opening", {"seats": 1, "seats_taken": 1, "pay_min": 0, "pay_max": 0, "conversion_seats": 1}),
        ("opening_requirement", {"level": 4, "weight": 10}),
        ("suggestion", {"score": 100}),
        ("placement", {"starts_on": EARLY, "ends_on": EARLY}),
    ]:
        assert refusal_of(session, GOOD[table](session), values) == ""


@pytest.mark.parametrize("table", sorted(GOOD))
def test_a_column_that_must_be_filled_cannot_be_emptied(session: Session, table: str):
    row = GOOD[table](session)
    for column in metadata.tables[table].columns:
        if not column.nullable:
            assert refusal_of(session, row, {column.name: null()}), column.name


@pytest.mark.parametrize("table", sorted(GOOD))
def test_nobody_is_referred_to_who_is_not_there(session: Session, table: str):
    row = GOOD[table](session)
    for rule in metadata.tables[table].constraints:
        if isinstance(rule, ForeignKeyConstraint):
            (column,) = rule.columns
            assert refusal_of(session, row, {column.name: 999_999}), column.name


@pytest.mark.parametrize(
    ("table", "column"),
    [
        (table.name, column.name)
        for table in metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, Integer | Float) and not (column.primary_key or column.foreign_keys)
    ],
)
def test_a_word_is_no_number(session: Session, table: str, column: str):
    assert refusal_of(session, GOOD[table](session), {column: literal("many", String)})


def test_an_internship_has_one_conversion(session: Session):
    conversion = add_conversion(session)
    twice = insert(type(conversion).__table__).values(placement_id=conversion.placement_id, state="pending", version=1)
    with pytest.raises(IntegrityError), session.begin_nested():
        session.connection().execute(twice)


def test_a_pair_is_suggested_once(session: Session):
    suggestion = ADD["suggestion"](session)
    again = suggestion.model_dump(exclude={"id"})
    with pytest.raises(IntegrityError), session.begin_nested():
        session.connection().execute(insert(type(suggestion).__table__).values(**again))


def test_skills_leave_with_their_graduate(session: Session):
    skill = GOOD["graduate_skill"](session)
    table = metadata.tables["graduate"]
    session.connection().execute(table.delete().where(table.c.id == skill.graduate_id))
    left = metadata.tables["graduate_skill"]
    assert session.connection().execute(select(left.c.id).where(left.c.id == skill.id)).all() == []


def test_the_id_of_a_suggestion_that_left_is_never_given_again(session: Session):
    first = ADD["suggestion"](session)
    gone = first.id
    session.delete(first)
    session.flush()
    assert ADD["suggestion"](session).id > gone
