"""`ieum move` finds a row by what people call it, and holds to the rights and guards of the screens."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from sqlmodel import Session, select

from employers.models import Agreement, Opening
from placement.models import Account, Consent, Event, Graduate, Outcome, Placement, Referral, RetentionCheck, Suggestion
from tests.cli.conftest import Terminal
from tests.importing.sheets import csv_text
from tests.placement.cast import add_graduate, add_suggestion, count_rows, keep

PEOPLE = csv_text(
    "수료생 ID,성명,연락처", "A-1,김가람,010-0000-0001", "A-2,이나래,010-0000-0002", "A-3,이나래,010-0000-0003"
)
OPENINGS = csv_text(
    "공고 ID,기업명,채용공고명,모집인원", "J-1,누리솔데이터,데이터 라벨러,1", "J-2,한빛마루,라벨링 검수,2"
)
AGREEMENTS = csv_text("기업명,협약유형,협약일", "누리솔데이터,취업협약,2020-11-01", "한빛마루,취업협약,2020-11-01")
NOTE = ("--note", "전화로 확인")


@pytest.fixture
def initialised_url(initialised_sqlite_url: str) -> str:
    """One kind is enough here: the rules behind the commands have their own tests on both."""
    return initialised_sqlite_url


@pytest.fixture
def office(terminal: Terminal) -> Terminal:
    """Three people, two companies with an agreement, an opening each, and an account of every role."""
    terminal.bring("graduates", "people.csv", PEOPLE)
    terminal.bring("openings", "openings.csv", OPENINGS)
    terminal.bring("agreements", "agreements.csv", AGREEMENTS)
    with changing(terminal) as session:
        owner = session.exec(select(Opening.company_id).where(Opening.key == "J-1")).one()
        for role, company in (("counselor", None), ("manager", None), ("partner", owner)):
            keep(
                session,
                Account(email=f"{role}@example.com", name=role, role=role, company_id=company,
                        password_hash="x", session_stamp="s"),
            )  # fmt: skip
    return terminal


@contextmanager
def changing(terminal: Terminal) -> Iterator[Session]:
    with terminal.database.transaction() as session:
        yield session


def sent(office: Terminal, pair: str) -> None:
    """A referral as far as the company."""
    for move in ("create", "ask_consent"):
        office.done("move", "referral", pair, move)
    office.done("move", "referral", pair, "consent", *NOTE, "--with", "channel=phone")


def the(office: Terminal, table, **columns):
    with office.database.reading() as session:
        return session.exec(select(table).filter_by(**columns)).one()


def test_what_a_move_did_is_told_as_one_document(office: Terminal):
    made = office.done("move", "referral", "A-1/J-1", "create", "--effective-on", "2020-11-20")
    event = the(office, Event, entity="referral")
    assert made == {
        "entity": "referral",
        "id": the(office, Referral).id,
        "move": "create",
        "from_state": None,
        "to_state": "draft",
        "at": event.at.isoformat(),
        "effective_on": "2020-11-20",
        "event": event.id,
    }


def test_a_referral_goes_from_a_draft_to_a_working_person(office: Terminal):
    sent(office, "A-1/J-1")
    office.done("move", "referral", "A-1/J-1", "show_interest", *NOTE)
    at = ("--with", "at=2020-12-03T14:00", "--with", "place=본사 3층", "--with", "is_accompanied=예")
    office.done("move", "referral", "A-1/J-1", "plan_interview", *at, *NOTE)
    office.done("move", "referral", "A-1/J-1", "record_interview", *NOTE)
    terms = ("--with", "kind=internship", "--with", "starts_on=2020-12-01", "--with", "pay=2000000")
    assert office.done("move", "referral", "A-1/J-1", "offer", *terms, *NOTE)["to_state"] == "offered"
    office.done("move", "referral", "A-1/J-1", "accept", *NOTE)
    placement = the(office, Placement)
    assert (placement.kind, placement.starts_on, placement.ends_on) == (
        "internship",
        date(2020, 12, 1),
        date(2021, 2, 28),
    )
    assert the(office, Opening, key="J-1").state == "closed"
    office.done("move", "placement", "A-1", "start")
    assert the(office, Consent).note == "전화로 확인"


def test_people_are_told_in_their_own_words(office: Terminal):
    assert "등록, - → draft (2020-12-01)" in office.type("move", "referral", "A-1/J-1", "create").stdout
    assert "동의 요청, draft → awaiting_consent" in office.type("move", "referral", "A-1/J-1", "ask_consent").stdout
    assert "되돌리기, awaiting_consent → draft" in office.type("move", "referral", "A-1/J-1", "undo").stdout


def test_undo_takes_the_last_move_back_and_both_stand_in_the_log(office: Terminal):
    sent(office, "A-1/J-1")
    undone = office.done("move", "referral", "A-1/J-1", "undo", "--note", "잘못 눌렀습니다")
    assert (undone["move"], undone["from_state"], undone["to_state"]) == ("undo", "sent", "awaiting_consent")
    with office.database.reading() as session:
        moves = [
            event.move for event in session.exec(select(Event).where(Event.entity == "referral").order_by(Event.id))
        ]
    assert moves == ["create", "ask_consent", "consent", "undo"]
    assert office.refused("move", "referral", "A-1/J-1", "undo", "--as", "partner@example.com").startswith(
        "그런 자료가"
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("referral", "A-9/J-1", "create"), "그런 자료가 없습니다"),
        (("referral", "이나래/J-1", "create"), "여럿입니다"),
        (("referral", "A-1/J-1", "accept", *NOTE), "그런 자료가 없습니다"),
        (("opening", "J-1", "fly"), "없는 처리입니다."),
        (("opening", "J-1", "create"), "없는 처리입니다."),
        (("opening", "J-1", "resume"), "지금 상태에서는"),
        (("opening", "J-1", "cancel"), "사유를"),
        (("graduate", "A-1", "undo"), "되돌릴 처리가 없습니다."),
        (("conversion", "A-1", "create"), "그런 자료가 없습니다"),
        (("opening", "J-1", "pause", "--as", "nobody@example.com"), "그런 계정이 없습니다"),
    ],
)
def test_a_refusal_is_one_sentence_and_changes_nothing(office: Terminal, words: tuple[str, ...], said: str):
    with office.database.reading() as session:
        before = count_rows(session, Event)
    assert said in office.refused("move", *words)
    with office.database.reading() as session:
        assert count_rows(session, Event) == before


@pytest.mark.parametrize(
    "words",
    [
        ("referral", "1", "hold", "--with", "until=morgen"),
        ("referral", "1", "hold", "--with", "place=본사"),
        ("referral", "1", "consent", "--with", "channel=link"),
        ("referral", "1", "hold", "--with", "until"),
        ("referral", "1", "hold", "--reason", "r" * 65),
        ("suggestion", "1", "dismiss", "--reason", "taste"),
        ("outcome", "A-1", "create"),
        ("moon", "1", "rise"),
    ],
)
def test_words_that_no_move_takes_are_wrong_usage(office: Terminal, words: tuple[str, ...]):
    office.refused("move", *words, status=2)


def test_two_of_one_name_are_told_apart_by_number(office: Terminal):
    said = office.refused("move", "graduate", "이나래", "pause", "--reason", "study")
    number = said.rsplit(" ", 1)[-1]
    assert office.done("move", "graduate", number, "pause", "--reason", "study")["id"] == int(number)


WHO_MAY = [
    ("counselor", ("opening", "J-1", "pause"), True),
    ("manager", ("opening", "J-1", "pause"), True),
    ("partner", ("opening", "J-1", "pause"), True),
    ("partner", ("opening", "J-2", "pause"), False),
    ("partner", ("graduate", "A-1", "pause", "--reason", "study"), False),
    ("manager", ("referral", "A-1/J-1", "create"), False),
    ("counselor", ("referral", "A-1/J-1", "create"), True),
    ("partner", ("referral", "A-1/J-1", "create"), False),
    ("counselor", ("agreement", "누리솔데이터", "terminate", "--reason", "agreed"), False),
    ("manager", ("agreement", "누리솔데이터", "terminate", "--reason", "agreed"), True),
    ("counselor", ("opening", "J-1", "expire"), False),
]


@pytest.mark.parametrize(("role", "words", "may"), WHO_MAY)
def test_an_account_may_at_the_terminal_what_it_may_on_screen(office: Terminal, role: str, words, may: bool):
    result = office.type("move", *words, "--as", f"{role}@example.com")
    assert result.exit_code == (0 if may else 1), result.output


def test_a_partner_answers_what_was_sent_and_only_what_was_sent_to_the_own_company(office: Terminal):
    sent(office, "A-1/J-1")
    sent(office, "A-2/J-2")
    partner = ("--as", "partner@example.com")
    assert office.done("move", "referral", "A-1/J-1", "show_interest", *partner)["to_state"] == "interested"
    office.refused("move", "referral", "A-2/J-2", "show_interest", *partner)
    office.refused("move", "referral", "A-1/J-1", "withdraw", "--reason", "other", *partner)


def test_a_consent_that_was_heard_needs_a_note(office: Terminal):
    for move in ("create", "ask_consent"):
        office.done("move", "referral", "A-1/J-1", move)
    assert "메모" in office.refused("move", "referral", "A-1/J-1", "consent")
    with office.database.reading() as session:
        assert count_rows(session, Consent) == 0


def test_a_snoozed_pair_comes_back_on_its_day(office: Terminal):
    with changing(office) as session:
        pair = str(add_suggestion(session).id)
    office.refused("move", "suggestion", pair, "snooze", "--with", "until=2020-12-01")
    office.done("move", "suggestion", pair, "snooze", "--with", "until=2020-12-08")
    assert office.done("tick", "--today", "2020-12-07")["snoozes_over"] == 0
    assert office.done("tick", "--today", "2020-12-08")["snoozes_over"] == 1
    assert the(office, Suggestion).state == "new"


def test_a_dismissed_pair_gets_its_reason_back_when_its_reopening_was_a_slip(office: Terminal):
    with changing(office) as session:
        pair = str(add_suggestion(session).id)
    office.done("move", "suggestion", pair, "dismiss", "--reason", "pay")
    office.done("move", "suggestion", pair, "reopen")
    assert the(office, Suggestion).reason is None
    office.done("move", "suggestion", pair, "undo")
    assert (the(office, Suggestion).state, the(office, Suggestion).reason) == ("dismissed", "pay")


def test_an_opening_whose_last_day_is_past_is_not_opened_again(office: Terminal):
    office.done("move", "opening", "J-1", "pause")
    with changing(office) as session:
        opening = session.exec(select(Opening).where(Opening.key == "J-1")).one()
        opening.closes_on = date(2020, 11, 30)
    assert "2020-11-30" in office.refused("move", "opening", "J-1", "resume")


def test_work_by_hand_does_not_overlap_other_work(office: Terminal):
    new = ("move", "placement", "A-1/누리솔데이터", "create", "--with", "kind=internship")
    office.done(*new, "--with", "starts_on=2020-03-02")
    assert "다른 근무" in office.refused(*new, "--with", "starts_on=2020-06-01")
    office.done(*new, "--with", "starts_on=2020-06-02")
    assert "다른 근무" in office.refused(*new, "--with", "starts_on=2020-02-01", "--with", "ends_on=2020-03-02")
    assert "여럿" in office.refused("move", "placement", "A-1/누리솔데이터", "start")
    assert "뒤로" in office.refused(*new, "--with", "starts_on=2021-01-04", "--with", "ends_on=2021-01-03")


def test_an_internship_has_one_conversion(office: Terminal):
    office.done("move", "placement", "A-1/누리솔데이터", "create", "--with", "kind=internship")
    office.done("move", "conversion", "A-1", "create")
    assert "이미 있습니다" in office.refused("move", "conversion", "A-1", "create")


def test_an_outcome_is_recorded_taken_back_and_reinstated(office: Terminal):
    told = ("--with", "kind=self_found_job", "--with", "employer=다온", "--with", "is_recognised=예")
    told = (*told, "--with", "evidence=재직증명서")
    office.done("move", "outcome", "A-1", "create", *told, "--effective-on", "2020-11-02")
    office.done("move", "outcome", "A-1", "take_back", "--reason", "mistake")
    assert office.done("move", "outcome", "A-1", "reinstate")["to_state"] == "recorded"
    outcome = the(office, Outcome)
    assert (outcome.employer, outcome.is_recognised, outcome.happened_on) == ("다온", True, date(2020, 11, 2))


def test_time_alone_is_done_once(office: Terminal):
    sent(office, "A-1/J-1")
    office.done(
        "move", "placement", "A-2/한빛마루", "create", "--with", "kind=employment", "--with", "starts_on=2020-12-07"
    )
    first = office.done("tick", "--today", "2020-12-31")
    assert (first["referrals_unanswered"], first["placements_started"], first["retention_checks_opened"]) == (1, 1, 3)
    assert set(office.done("tick", "--today", "2020-12-31").values()) == {"2020-12-31", 0}
    assert the(office, Referral).state == "no_response"
    assert "세 번 이상" in office.refused("move", "retention_check", "A-2/3", "give_up")
    for channel in ("phone", "message", "phone"):
        office.done("move", "retention_check", "A-2/3", "try_reach", "--with", f"channel={channel}")
    assert office.done("move", "retention_check", "A-2/3", "give_up")["to_state"] == "unreachable"
    assert the(office, RetentionCheck, months=3).state == "unreachable"


def test_a_tick_tells_people_what_it_did(office: Terminal):
    with changing(office) as session:
        add_graduate(session)
        agreement = session.exec(select(Agreement)).first()
        agreement.valid_until = date(2020, 12, 31)
    said = office.type("tick", "--today", "2021-01-01").stdout
    assert "2021-01-01 기준으로 처리했습니다." in said
    assert "기간이 끝난 협약: 1" in said
    assert office.type("tick", "--today", "2021-01-01").stdout.count("\n") == 1


def test_a_consent_is_taken_back_at_the_terminal_and_brought_back(office: Terminal):
    sent(office, "A-1/J-1")
    heard = ("--with", "channel=phone")
    assert "메모를" in office.refused("move", "consent", "A-1/J-1", "withdraw", *heard)
    assert "선택해" in office.refused("move", "consent", "A-1/J-1", "withdraw", *NOTE)
    done = office.done("move", "consent", "A-1/J-1", "withdraw", *heard, *NOTE)
    assert (done["to_state"], the(office, Referral).state) == ("withdrawn", "withdrawn")
    number = str(the(office, Consent).id)
    assert office.done("move", "consent", number, "undo")["to_state"] == "given"
    assert the(office, Referral).state == "sent"


def test_the_consent_to_collect_is_recorded_at_the_terminal(office: Terminal):
    heard = ("--with", "channel=paper", *NOTE)
    assert office.done("move", "consent", "A-1", "create", *heard)["to_state"] == "given"
    assert "이미 있습니다" in office.refused("move", "consent", "A-1", "create", *heard)
    assert "권한이" in office.refused("move", "consent", "A-2", "create", *heard, "--as", "partner@example.com")
    office.done("move", "consent", "A-1", "withdraw", *heard, "--as", "counselor@example.com")
    assert the(office, Graduate, key="A-1").state == "left_programme"


@pytest.mark.parametrize("name", ["show_interest", "decline"])
def test_what_is_said_for_a_company_needs_a_note_here_too(office: Terminal, name: str):
    sent(office, "A-1/J-1")
    said = office.refused("move", "referral", "A-1/J-1", name, "--reason", "other", "--as", "counselor@example.com")
    assert "메모를" in said


def test_a_day_to_come_is_no_day_of_a_move(office: Terminal):
    said = office.refused("move", "referral", "A-1/J-1", "create", "--effective-on", "2020-12-02")
    assert said.startswith("아직 오지 않은 날짜입니다.")
    office.done("move", "referral", "A-1/J-1", "create", "--effective-on", "2020-12-01")


def test_an_interview_is_not_planned_for_a_day_gone_by(office: Terminal):
    sent(office, "A-1/J-1")
    office.done("move", "referral", "A-1/J-1", "show_interest", *NOTE)
    at = ("--with", "at=2020-11-30T14:00")
    plan = ("move", "referral", "A-1/J-1", "plan_interview", *NOTE)
    assert "이미 지난 시각입니다." in office.refused(*plan, *at)
    assert "이미 지난 시각입니다." in office.refused(*plan, *at, "--effective-on", "2020-11-20")


def test_an_undo_says_what_it_could_not_bring_back(office: Terminal):
    for pair in ("A-1/J-1", "A-1/J-2"):
        sent(office, pair)
    for move in ("show_interest", "offer", "accept"):
        office.done("move", "referral", "A-1/J-1", move, *NOTE)
    office.done("move", "consent", "A-1/J-2", "withdraw", "--with", "channel=phone", *NOTE)
    said = office.type("move", "referral", "A-1/J-1", "undo")
    assert "알선 1건은" in said.stderr
