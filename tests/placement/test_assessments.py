"""An internship is assessed at half time and from two weeks before its end; both sides' words stay on record."""

from datetime import date, timedelta

import pytest
from sqlmodel import Session, select

from placement import links
from placement.access import PERMISSIONS, visible_assessments
from placement.assessments import due_day, follow_days, is_overdue, open_assessment, open_due, waiting
from placement.due import due_today
from placement.enums import AssessmentKind, LinkPurpose, Role, Side
from placement.models import Account, Assessment, Graduate, Placement
from placement.models.papers import SCALES
from placement.states import Actor, MoveRefused
from placement.ticking import run_due
from tests.placement.cast import DAY, OFFICE, add_placement, count_rows, keep, trail
from tests.placement.papers import act, add_internship, refusal, undo

HALF, END = date(2021, 1, 14), date(2021, 2, 14)
SCORES = dict.fromkeys(SCALES, 4)
WORDS = "맡은 업무가 처음 설명과 달랐습니다."


@pytest.fixture
def placement(session: Session) -> Placement:
    """Work from 2020-12-01 to 2021-02-28."""
    return add_internship(session)


def due(session: Session, placement: Placement, kind: str = AssessmentKind.MIDTERM) -> Assessment:
    return open_assessment(session, placement, kind, OFFICE, today=DAY)


def test_it_is_due_at_half_time_and_two_weeks_before_the_end(placement: Placement):
    assert due_day(placement, AssessmentKind.MIDTERM) == HALF
    assert due_day(placement, AssessmentKind.END) == END
    short = Placement(graduate_id=1, company_id=1, kind="internship", starts_on=DAY, ends_on=DAY + timedelta(days=5))
    assert due_day(short, AssessmentKind.END) == DAY


@pytest.mark.parametrize(
    ("today", "kinds"),
    [
        (HALF - timedelta(days=1), []),
        (HALF, ["midterm"]),
        (END - timedelta(days=1), ["midterm"]),
        (END, ["end"]),
        (date(2021, 2, 28), ["end"]),
        (date(2021, 3, 1), []),
    ],
)
def test_the_tick_opens_what_is_due_and_a_second_one_nothing(session: Session, placement, today: date, kinds: list):
    assert run_due(session, today=today)["assessments_opened"] == len(kinds)
    assert list(session.exec(select(Assessment.kind))) == kinds
    assert run_due(session, today=today)["assessments_opened"] == 0


def test_both_are_opened_one_after_the_other(session: Session, placement: Placement):
    for today in (HALF, END):
        run_due(session, today=today)
    assert [(row.kind, row.due_on) for row in session.exec(select(Assessment))] == [("midterm", HALF), ("end", END)]
    assert trail(session, session.exec(select(Assessment)).first())[0].actor == "system"


@pytest.mark.parametrize("state", ["completed", "ended_early", "did_not_start"])
def test_nothing_is_opened_for_work_that_ended_before(session: Session, state: str):
    add_placement(session, state=state, ends_on=date(2021, 2, 28))
    assert open_due(session, OFFICE, today=END) == []


def test_employment_and_work_without_a_last_day_are_not_assessed(session: Session):
    job = add_placement(session, state="active", ends_on=date(2021, 2, 28))
    job.kind = "employment"
    add_placement(session, state="active", ends_on=None)
    assert open_due(session, OFFICE, today=END) == []
    with pytest.raises(MoveRefused, match="internship_only"):
        due(session, job)


def test_each_kind_is_asked_once(session: Session, placement: Placement):
    due(session, placement)
    with pytest.raises(MoveRefused, match="assessment_open_already"):
        due(session, placement)
    with pytest.raises(MoveRefused, match="not_allowed"):
        open_assessment(session, placement, "end", Actor("x", PERMISSIONS[Role.PARTNER]), today=DAY)


def test_an_extension_moves_what_nobody_has_answered_yet(session: Session, placement: Placement):
    row, answered = due(session, placement, AssessmentKind.END), due(session, placement)
    act(session, answered, "answer", **SCORES)
    act(session, placement, "extend", ends_on=date(2021, 3, 31), reason="agreed")
    session.refresh(row)
    assert (row.due_on, answered.due_on) == (date(2021, 3, 17), HALF)
    undo(session, placement)
    session.refresh(row)
    assert row.due_on == END


def test_what_the_company_says_is_kept_and_the_intern_accepts(session: Session, placement: Placement):
    row = due(session, placement)
    act(session, row, "answer", **SCORES, comment=" 성실합니다. ", conversion_wish="yes", answered_by="강담당")
    assert (row.state, row.overall, row.comment, row.conversion_wish) == ("answered", 4, "성실합니다.", "yes")
    act(session, row, "accept")
    assert (row.state, row.contradiction) == ("accepted", None)


@pytest.mark.parametrize("score", [None, 0, 6, "4"])
def test_every_scale_needs_a_score_from_one_to_five(session: Session, placement: Placement, score):
    row = due(session, placement)
    assert refusal(session, row, "answer", **{**SCORES, "skill": score}) == "scale_missing"
    assert (row.state, row.understanding) == ("due", None)


def test_the_intern_contradicts_and_both_stay_on_record(session: Session, placement: Placement):
    row = due(session, placement)
    assert refusal(session, row, "contradict", contradiction=WORDS) == "wrong_state"
    act(session, row, "answer", **SCORES, comment="부족합니다.")
    assert refusal(session, row, "contradict", contradiction="  ") == "words_missing"
    act(session, row, "contradict", contradiction=WORDS)
    assert (row.state, row.comment, row.contradiction) == ("contradicted", "부족합니다.", WORDS)
    assert refusal(session, row, "answer", **SCORES) == "wrong_state"


def test_an_undone_answer_is_gone_from_the_row_and_stays_in_the_log(session: Session, placement: Placement):
    row = due(session, placement)
    act(session, row, "answer", **SCORES, comment="착오")
    undo(session, row)
    assert (row.state, row.overall, row.comment) == ("due", None, None)
    assert trail(session, row)[1].changed["comment"] == [None, "착오"]


def test_each_side_speaks_by_its_own_link_alone(session: Session, placement: Placement):
    row = due(session, placement)
    asked = links.make_link(session, LinkPurpose.ASSESSMENT, row, Side.COMPANY, OFFICE, today=DAY)[1]
    with pytest.raises(MoveRefused, match="wrong_state"):
        links.make_link(session, LinkPurpose.ASSESSMENT_REPLY, row, Side.GRADUATE, OFFICE, today=DAY)
    opened = links.open_link(session, asked, today=DAY)
    for name in ("accept", "contradict", "drop"):
        with pytest.raises(MoveRefused, match="not_allowed"):
            links.answer(session, opened, name, today=DAY, contradiction=WORDS)
    links.answer(session, opened, "answer", today=DAY, **SCORES, answered_by="강담당")
    assert (row.state, row.channel) == ("answered", "link")
    reply = links.make_link(session, LinkPurpose.ASSESSMENT_REPLY, row, Side.GRADUATE, OFFICE, today=DAY)[1]
    links.answer(session, links.open_link(session, reply, today=DAY), "contradict", today=DAY, contradiction=WORDS)
    assert row.state == "contradicted"
    assert trail(session, row)[-1].actor == "link:graduate"


def test_a_partner_does_not_speak_for_the_intern(session: Session, placement: Placement):
    row = due(session, placement)
    act(session, row, "answer", **SCORES)
    partner = Actor("partner", PERMISSIONS[Role.PARTNER])
    assert (
        refusal_by(session, row, "contradict", partner) == refusal_by(session, row, "accept", partner) == "not_allowed"
    )


def refusal_by(session: Session, row: Assessment, name: str, actor: Actor) -> str:
    with pytest.raises(MoveRefused) as caught:
        links.moving.advance(session, row, name, actor, effective_on=DAY, contradiction=WORDS)
    return caught.value.refusal.code


def add_partner(session: Session, company_id: int) -> Account:
    return keep(
        session,
        Account(
            email=f"{company_id}@example.com",
            name="담당",
            role=Role.PARTNER,
            company_id=company_id,
            password_hash="-",
            session_stamp="-",
        ),
    )


def test_a_partner_sees_its_own_interns_assessments_and_no_others(session: Session, placement: Placement):
    row, other = due(session, placement), due(session, add_placement(session, state="active", ends_on=END))
    partner = add_partner(session, placement.company_id)
    assert [one.id for one in session.exec(visible_assessments(partner))] == [row.id]
    act(session, row, "drop", reason="other")
    assert list(session.exec(visible_assessments(partner))) == []
    assert other.state == "due"


@pytest.mark.parametrize(("days", "shown", "is_late"), [(-1, 0, False), (0, 1, False), (7, 1, False), (8, 1, True)])
def test_the_counselor_is_told_from_the_day_and_pressed_after_a_week(
    session: Session, placement: Placement, days: int, shown: int, is_late: bool
):
    counselor = keep(
        session, Account(email="c@example.com", name="상담", role="counselor", password_hash="-", session_stamp="-")
    )
    session.get_one(Graduate, placement.graduate_id).counselor_id = counselor.id
    row = due(session, placement)
    today = HALF + timedelta(days=days)
    told = [one for one in due_today(session, counselor, today) if one.kind == "assessment"]
    assert [(one.row_id, one.is_pressing) for one in told] == [(row.id, is_late)] * shown
    assert is_overdue(row, today) is is_late


def test_work_that_ended_early_asks_nobody_any_more(session: Session, placement: Placement):
    due(session, placement)
    assert count_rows(session, waiting(HALF).subquery()) == 1
    act(session, placement, "end_early", reason="other", ended_by=Side.COMPANY, last_day=DAY)
    assert count_rows(session, waiting(HALF).subquery()) == 0


def test_days_are_followed_only_where_there_are_any(session: Session, placement: Placement):
    row = due(session, placement)
    placement.ends_on = None
    follow_days(session, placement)
    assert row.due_on == HALF
