"""A reminder is written once, on its working day, lapses when its row moves on, and is told by one person once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier
from typing import Any

import pytest
from sqlmodel import Session, col, select

from employers.models import Agreement, Contact
from placement import moving, notices
from placement.access import TELLERS, actor_for, visible_notices
from placement.calendars import day_of
from placement.db import Database
from placement.enums import NoticeChannel, NoticeKind
from placement.models import Account, AnswerLink, Event, Notice, Referral
from placement.notices import KINDS, asked, errand_of, history_of, receivers_of, tell, to_send, told_about, write_due
from placement.states import MoveRefused
from placement.ticking import run_due
from tests.placement.cast import (
    DAY,
    OFFICE,
    STRANGER,
    add_agreement,
    add_company,
    add_conversion,
    add_referral,
    count_rows,
    keep,
)
from tests.placement.desk import Desk

CHUSEOK = date(2020, 9, 21)  # a Monday; 30 September to 2 October and 9 October are holidays
FIRST, SECOND, CLOSED = date(2020, 9, 24), date(2020, 10, 5), date(2020, 10, 15)


def sent_before_chuseok(desk: Desk) -> Referral:
    row = desk.refer(desk.opening(closes_on=date(2020, 12, 31)), state="draft")
    desk.act(row, "ask_consent", "consent", on=CHUSEOK)
    return row


def written(session: Session) -> list[tuple[str, int, date]]:
    rows = session.exec(select(Notice).order_by(col(Notice.id)))
    return [(row.kind, row.number, row.written_on) for row in rows]


def all_to_send(session: Session) -> list[notices.Errand]:
    return to_send(session, select(Notice))


def refusal_of(act: Callable[[], Any]) -> str:
    with pytest.raises(MoveRefused) as caught:
        act()
    return caught.value.refusal.code


def test_over_chuseok_two_reminders_and_the_end_come_on_their_working_days(desk: Desk):
    row, session = sent_before_chuseok(desk), desk.session
    for day in (CHUSEOK + timedelta(days=n) for n in range(40)):
        before = row.state
        for _twice in range(2):
            run_due(session, today=day)
        assert row.state == ("sent" if day < CLOSED else "no_response"), (day, before)
        if row.state == "sent":
            assert day_of(row.waiting_since) == CHUSEOK, "a reminder is no answer: the company is waited for since then"
    assert written(session) == [("company_reminder", 1, FIRST), ("company_reminder", 2, SECOND)]
    closing = session.exec(select(Event).where(Event.entity == "referral", Event.move == "no_answer")).one()
    assert (closing.effective_on, closing.actor) == (CLOSED, "system")


def test_two_ticks_at_once_remind_once_and_close_once(database: Database):
    with database.transaction() as session:
        desk = Desk(session)
        for _ in range(5):
            sent_before_chuseok(desk)
    for day in (FIRST, SECOND, CLOSED):
        meeting = Barrier(2)

        def run_tick(today: date = day, meeting: Barrier = meeting) -> dict[str, int]:
            meeting.wait(10)
            return database.attempt(lambda session: run_due(session, today=today))

        with ThreadPoolExecutor(2) as threads:
            done = [one.result() for one in [threads.submit(run_tick) for _ in range(2)]]
        name = "referrals_unanswered" if day == CLOSED else "notices_written"
        assert sum(one[name] for one in done) == 5
    with database.reading() as session:
        assert len(written(session)) == 10
        assert len(session.exec(select(Event).where(Event.move == "no_answer")).all()) == 5


def test_without_the_unique_key_two_ticks_would_remind_twice(session: Session):
    """The control: what the second of two ticks tries to write is held off by the key and by nothing else."""
    add_referral(session, state="sent", waiting_since=notices.moment_on(CHUSEOK))
    lines = list(notices._due(session, NoticeKind.COMPANY_REMINDER, FIRST))
    assert [notices._is_new(session, line) for line in (*lines, *lines)] == [True, False]
    assert [notices._is_new(session, {**line, "number": 9}) for line in lines] == [True]


def test_a_late_tick_writes_the_last_due_reminder_alone(desk: Desk):
    sent_before_chuseok(desk)
    assert write_due(desk.session, today=date(2020, 10, 7)) == 1
    assert written(desk.session) == [("company_reminder", 2, date(2020, 10, 7))]
    assert write_due(desk.session, today=date(2020, 10, 8)) == 0


@pytest.mark.parametrize("move", ["show_interest", "decline", "withdraw", "hold"])
def test_a_reminder_lapses_when_its_row_moves_on(desk: Desk, move: str):
    row = sent_before_chuseok(desk)
    write_due(desk.session, today=FIRST)
    (errand,) = all_to_send(desk.session)
    desk.act(row, move, on=FIRST, until=DAY) if move == "hold" else desk.act(row, move, on=FIRST)
    assert all_to_send(desk.session) == []
    assert refusal_of(lambda: tell(desk.session, errand.notice, NoticeChannel.SMS, OFFICE, today=FIRST)) == (
        "notice_lapsed"
    )


def test_whoever_waits_anew_is_reminded_anew_and_an_undone_move_reminds_nobody_twice(desk: Desk):
    row = sent_before_chuseok(desk)
    write_due(desk.session, today=FIRST)
    desk.act(row, "decline", on=FIRST)
    desk.undo(row, on=FIRST)
    assert write_due(desk.session, today=FIRST) == 0
    assert len(all_to_send(desk.session)) == 1
    desk.act(row, "decline", "reopen", on=FIRST)
    assert write_due(desk.session, today=date(2020, 9, 28)) == 0
    assert all_to_send(desk.session) == [], "the reminder of the wait before has lapsed"
    assert write_due(desk.session, today=date(2020, 9, 29)) == 1
    assert [one.notice.about_on for one in all_to_send(desk.session)] == [FIRST]


def test_a_second_reminder_takes_the_place_of_a_first_one_that_nobody_sent(desk: Desk):
    sent_before_chuseok(desk)
    write_due(desk.session, today=FIRST)
    (first,) = all_to_send(desk.session)
    write_due(desk.session, today=SECOND)
    assert [one.notice.number for one in all_to_send(desk.session)] == [2]
    assert refusal_of(lambda: errand_of(desk.session, first.notice)) == "notice_lapsed"


def test_a_graduate_is_reminded_of_a_consent_and_of_an_offer_that_ends(desk: Desk):
    asked_one = desk.refer(state="awaiting_consent")
    offered = desk.refer(state="offered")
    offered.offer_expires_on = DAY + timedelta(days=7)
    held = desk.refer(state="on_hold")
    held.on_hold_until = DAY + timedelta(days=2)
    desk.session.flush()
    found = {}
    for day in (DAY + timedelta(days=n) for n in range(8)):
        write_due(desk.session, today=day)
        for one in all_to_send(desk.session):
            found.setdefault((one.notice.kind, one.row.id, one.notice.side), (day - DAY).days)
    assert found == {
        ("hold_over", held.id, "company"): 2,
        ("consent_reminder", asked_one.id, "graduate"): 3,
        ("offer_expiring", offered.id, "graduate"): 5,
    }


def test_an_offer_to_stay_that_ends_in_two_days_is_told(session: Session):
    row = add_conversion(session, state="offered", offer_expires_on=DAY + timedelta(days=3))
    assert write_due(session, today=DAY) == 0
    assert write_due(session, today=DAY + timedelta(days=1)) == 1
    assert [(one.row.id, one.title) for one in all_to_send(session)] == [(row.id, "")]


def ending_agreement(session: Session, days: int, **values: Any) -> Agreement:
    return add_agreement(session, state="in_force", valid_until=DAY + timedelta(days=days), **values)


def test_an_agreement_is_told_of_sixty_and_thirty_days_before_its_end_once_each(session: Session):
    ending_agreement(session, 90)
    numbers = {}
    for n in range(95):
        if run_due(session, today=DAY + timedelta(days=n))["notices_written"]:
            numbers[90 - n] = [one.notice.number for one in all_to_send(session)]
    assert numbers == {60: [1], 30: [2]}
    assert all_to_send(session) == [], "it has ended"


@pytest.mark.parametrize(
    ("edition", "values", "told"),
    [
        (2, {"state": "in_force"}, 0),
        (2, {"state": "draft"}, 0),
        (2, {"state": "draft", "signed_on": None}, 1),
        (2, {"state": "ended"}, 1),
        (2, {"state": "in_force", "kind": "demand"}, 1),
    ],
    ids=["renewed", "signed for a later day", "only prepared", "ended again", "of another kind"],
)
def test_a_renewed_agreement_is_not_told_of(session: Session, edition: int, values: dict[str, Any], told: int):
    old = ending_agreement(session, 20)
    given = {"kind": "employment", "signed_on": DAY, **values}
    keep(session, Agreement(company_id=old.company_id, edition=edition, **given))
    assert write_due(session, today=DAY) == told


def test_telling_is_noted_with_channel_day_and_person_and_can_be_taken_back(desk: Desk):
    row = sent_before_chuseok(desk)
    write_due(desk.session, today=FIRST)
    (errand,) = all_to_send(desk.session)
    tell(desk.session, errand.notice, NoticeChannel.KAKAO, OFFICE, today=FIRST)
    told = told_about(desk.session, "referral", [row.id])[row.id]
    assert (told.channel, day_of(told.told_at), told.told_by, told.number) == ("kakao", FIRST, OFFICE.name, 1)
    assert all_to_send(desk.session) == []
    assert history_of(desk.session, "referral", row.id) == [told]
    notices.take_back_telling(desk.session, told, OFFICE)
    assert [one.notice.id for one in all_to_send(desk.session)] == [told.id]
    assert (told.channel, told.told_at, told.told_by) == (None, None, None)
    assert refusal_of(lambda: notices.take_back_telling(desk.session, told, OFFICE)) == "changed_meanwhile"


def test_of_two_who_tell_at_once_one_is_noted(database: Database):
    with database.transaction() as session:
        sent_before_chuseok(Desk(session))
        write_due(session, today=FIRST)
    meeting = Barrier(2)

    def try_to_tell(channel: NoticeChannel) -> str:
        meeting.wait(10)
        try:
            database.attempt(
                lambda session: tell(session, session.exec(select(Notice)).one(), channel, OFFICE, today=FIRST)
            )
        except MoveRefused as refused:
            return refused.refusal.code
        return channel

    with ThreadPoolExecutor(2) as threads:
        ends = {
            one.result() for one in [threads.submit(try_to_tell, c) for c in (NoticeChannel.SMS, NoticeChannel.EMAIL)]
        }
    with database.reading() as session:
        assert ends == {"changed_meanwhile", session.exec(select(Notice.channel)).one()}


def test_who_may_not_ask_for_the_answer_may_not_tell_either(desk: Desk):
    sent_before_chuseok(desk)
    ending_agreement(desk.session, 20)
    write_due(desk.session, today=FIRST)
    write_due(desk.session, today=DAY)
    company = add_company(desk.session)
    seen = {}
    for role, owner in (("counselor", None), ("manager", None), ("partner", company.id)):
        fields = {"name": "가나", "password_hash": "-", "session_stamp": "-"}
        account = keep(desk.session, Account(email=f"{role}@ieum.example", role=role, company_id=owner, **fields))
        seen[role] = {one.notice.kind for one in to_send(desk.session, visible_notices(account))}
        for errand in all_to_send(desk.session):
            if errand.notice.kind not in seen[role]:
                act = actor_for(account)
                assert refusal_of(
                    lambda e=errand, a=act: tell(desk.session, e.notice, NoticeChannel.SMS, a, today=DAY)
                ) == ("not_allowed")
    assert seen == {"counselor": {"company_reminder"}, "manager": {"agreement_expiring"}, "partner": set()}
    assert set(TELLERS) == set(KINDS) == set(NoticeKind)


def test_a_link_for_a_reminder_is_a_fresh_one_and_a_stranger_makes_none(desk: Desk):
    sent_before_chuseok(desk)
    write_due(desk.session, today=FIRST)
    (errand,) = all_to_send(desk.session)
    link, token = notices.link_of(desk.session, errand, OFFICE, today=FIRST)
    assert (link.purpose, link.side, link.subject_id) == ("company_answer", "company", errand.row.id)
    assert len(token) >= 43
    assert refusal_of(lambda: notices.link_of(desk.session, errand, STRANGER, today=FIRST)) == "not_allowed"
    assert count_rows(desk.session, AnswerLink) == 1


def test_a_company_is_reminded_without_the_graduates_name(desk: Desk):
    row = sent_before_chuseok(desk)
    write_due(desk.session, today=FIRST)
    (errand,) = all_to_send(desk.session)
    errand.graduate.name = "남궁서윤"
    keep(desk.session, Contact(company_id=errand.company.id, name="한담당", email="hr@example.com"))
    words = asked(errand)
    assert "2020-09-21" in words
    assert errand.company.name in words
    assert "남궁" not in words
    assert [(one.name, one.email) for one in receivers_of(desk.session, errand)] == [("한담당", "hr@example.com")]
    assert row.state == "sent"


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_words_that_are_filled(kind: str):
    words = KINDS[kind].words % {"name": "가", "company": "나", "title": "다", "day": "라"}
    assert "%(" not in words
    assert words.endswith(("니다.", "십시오."))


def test_a_counselor_is_shown_the_own_people_alone(desk: Desk):
    row = sent_before_chuseok(desk)
    fields = {"name": "가나", "role": "counselor", "password_hash": "-", "session_stamp": "-"}
    mine = keep(desk.session, Account(email="mine@ieum.example", **fields))
    other = keep(desk.session, Account(email="other@ieum.example", **fields))
    row.counselor_id = mine.id
    desk.session.flush()
    write_due(desk.session, today=FIRST)
    counts = [len(to_send(desk.session, visible_notices(mine), notices.is_of(who.id))) for who in (mine, other)]
    assert counts == [1, 0]
    moving.advance(desk.session, row, "withdraw", OFFICE, effective_on=FIRST, reason="other")
    assert to_send(desk.session, visible_notices(mine), notices.is_of(mine.id)) == []
