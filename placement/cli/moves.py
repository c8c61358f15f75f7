"""Decides how moves and the passing of time are asked for at the terminal: with the rights and guards of the screens."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import click
from sqlmodel import Session

from employers.moves import Refusal
from placement import moving, ticking
from placement.access import actor_for, office_actor
from placement.assessments import open_assessment
from placement.calendars import today_of
from placement.cli.finding import find_company, find_opening, find_person, find_row, placements, the_one
from placement.cli.given import CREATE, read_given
from placement.cli.group import AS_JSON, command, database, fail, say_json, settings
from placement.cli.moments import Day
from placement.cli.refusing import Misused
from placement.consents import record_collect_consent
from placement.conversions import open_conversion
from placement.decisions import UNDO
from placement.enums import DismissReason
from placement.events import last_move_of
from placement.guidances import tell
from placement.hand_overs import caseload_of, hand_over
from placement.internship_agreements import draft_agreement
from placement.interviews import ask_is_to_come
from placement.models import Account, Event
from placement.people import find_account
from placement.recording import record_outcome, record_placement
from placement.referrals import create_referral, still_closed
from placement.states import MACHINES, Actor, MoveRefused
from placement.texts import N_, _, describe_day, describe_move, describe_refusal, describe_still_closed

OFFICE = "office"
CORRECT = "correct"
NOTED = frozenset({"consent"})  # what is said when such a row is made has its note in the row
LONGEST_REASON, LONGEST_NOTE = 64, 1000
ANYWHERE = {CREATE: N_("등록"), UNDO: N_("되돌리기")}
TICKED = {
    "openings_expired": N_("기한이 지나 마감한 공고"),
    "agreements_begun": N_("체결일이 되어 시작한 협약"),
    "agreements_expired": N_("기간이 끝난 협약"),
    "referrals_unanswered": N_("기업이 답하지 않아 닫은 알선"),
    "offers_expired": N_("기한이 지난 채용 제의"),
    "placements_started": N_("시작한 근무"),
    "placements_completed": N_("마친 근무"),
    "conversions_opened": N_("새로 연 정규직 전환"),
    "conversion_offers_expired": N_("기한이 지난 전환 제의"),
    "conversions_unknown": N_("미확인으로 둔 전환"),
    "snoozes_over": N_("다시 올라온 추천"),
    "assessments_opened": N_("새로 연 중간점검·종료 평가"),
    "retention_checks_opened": N_("새로 잡은 재직 확인"),
    "notices_written": N_("새로 보낼 독촉과 안내"),
}


@command("move")
@click.argument("kind", type=click.Choice(tuple(MACHINES)))
@click.argument("row", metavar="ID")
@click.argument("name", metavar="MOVE")
@click.option("--effective-on", type=Day(), help="실제로 일어난 날 / the day it happened")
@click.option("--reason", help="사유 코드 / a reason's code")
@click.option("--note", help="메모 / a note for the log")
@click.option("--as", "email", metavar="EMAIL", help="이 계정의 권한으로 / with this account's rights")
@click.option("--with", "pairs", metavar="NAME=VALUE", multiple=True, help="처리마다 더 적을 것 / what the move takes")
@AS_JSON
def move(kind: str, row: str, name: str, as_json: bool, **typed: Any) -> None:
    """무엇이든 한 단계 옮깁니다. create는 새로 만들고 undo는 되돌리며 correct는 처리일을 고칩니다. / Any move of any machine; also create, undo, correct."""
    given = read_given(kind, name, typed.pop("pairs"))
    _check_lengths(kind, name, typed["reason"], typed["note"])

    def work(session: Session) -> tuple[Event, int]:
        event = _run(session, kind, row, name, given, **typed)
        return event, len(still_closed(session, event))

    with _refusals():
        event, left = database().attempt(work)
    if left:
        click.echo(describe_still_closed(left), err=True)
    say_json(_as_json(event)) if as_json else click.echo(_described(event))


def _run(
    session: Session,
    kind: str,
    word: str,
    name: str,
    given: dict[str, Any],
    *,
    effective_on: date | None,
    email: str | None,
    **said: str | None,
) -> Event:
    today = today_of(session, settings().today)
    day = effective_on or today
    if day > today:
        raise MoveRefused(Refusal("day_in_future"))
    if kind == "referral" and given.get("at"):
        ask_is_to_come(given["at"], today)
    account = _account(session, email) if email else None
    actor = actor_for(account) if account else office_actor(OFFICE)
    if name == CREATE:
        noted = {"note": said["note"]} if kind in NOTED else {}
        return _create(session, kind, word, actor, day, {**given, **noted})
    row = find_row(session, kind, word, account)
    if name == CORRECT:
        return moving.correct_day(session, row, actor, effective_on=_day_said(effective_on), note=said["note"])
    if name == UNDO:
        return moving.take_back(session, row, actor, effective_on=day, note=said["note"])
    return moving.advance(session, row, name, actor, effective_on=day, **said, **given)


def _day_said(day: date | None) -> date:
    if day is None:
        raise Misused(_("--effective-on에 바른 날짜를 적어 주십시오."))
    return day


def _create(session: Session, kind: str, word: str, actor: Actor, day: date, given: dict[str, Any]) -> Event:
    if kind not in CREATE_BY:
        raise MoveRefused(Refusal("unknown_move", {"move": CREATE}))
    permission, make = CREATE_BY[kind]
    if permission not in actor.permissions:
        raise MoveRefused(Refusal("not_allowed"))
    row = make(session, word, actor, day, given)
    event = last_move_of(session, kind, row.id)
    assert event is not None
    return event


def _new_referral(session: Session, word: str, actor: Actor, day: date, given: dict[str, Any]) -> Any:
    graduate, _slash, opening = word.partition("/")
    person, offer = find_person(session, graduate), find_opening(session, opening)
    return create_referral(session, person, offer, actor, today=day, counselor_id=person.counselor_id)


def _new_consent(session: Session, word: str, actor: Actor, day: date, given: dict[str, Any]) -> Any:
    said = {"channel": given.get("channel"), "note": given.get("note")}
    return record_collect_consent(session, find_person(session, word), actor, on=day, **said)


def _new_placement(session: Session, word: str, actor: Actor, day: date, given: dict[str, Any]) -> Any:
    graduate, _slash, company = word.partition("/")
    person, owner = find_person(session, graduate), find_company(session, company)
    return record_placement(session, person, owner, actor, today=day, **given)


def _new_conversion(session: Session, word: str, actor: Actor, day: date, given: dict[str, Any]) -> Any:
    return open_conversion(session, the_one(placements(session, word), word), actor, today=day)


def _new_internship_agreement(session: Session, word: str, actor: Actor, day: date, given: dict[str, Any]) -> Any:
    return draft_agreement(session, the_one(placements(session, word), word), actor, today=day)


def _new_assessment(session: Session, word: str, actor: Actor, day: date, given: dict[str, Any]) -> Any:
    if "kind" not in given:
        raise Misused(_("--with kind=…을 적어 주십시오."))
    return open_assessment(session, the_one(placements(session, word), word), given["kind"], actor, today=day)


def _new_outcome(session: Session, word: str, actor: Actor, day: date, given: dict[str, Any]) -> Any:
    if "kind" not in given:
        raise Misused(_("--with kind=…을 적어 주십시오."))
    return record_outcome(session, find_person(session, word), actor, today=day, **given)


def _new_hand_over(session: Session, word: str, actor: Actor, day: date, given: dict[str, Any]) -> Any:
    giver, _slash, receiver = word.partition("/")
    ends = [_account(session, giver, is_stopped_too=True), _account(session, receiver)]
    people = [one.graduate.id or 0 for one in caseload_of(session, ends[0])]
    return hand_over(session, ends[0], ends[1], people, actor, today=day, **given)


def _new_guidance(session: Session, word: str, actor: Actor, day: date, given: dict[str, Any]) -> Any:
    graduate, _slash, opening = word.partition("/")
    person, offer = find_person(session, graduate), find_opening(session, opening)
    return tell(session, person, offer, actor, today=day, counselor_id=person.counselor_id, **given)


Maker = Callable[[Session, str, Actor, date, dict[str, Any]], Any]
CREATE_BY: dict[str, tuple[str, Maker]] = {
    "referral": ("referral:change", _new_referral),
    "consent": ("consent:change", _new_consent),
    "placement": ("placement:change", _new_placement),
    "conversion": ("conversion:change", _new_conversion),
    "outcome": ("outcome:change", _new_outcome),
    "guidance": ("guidance:change", _new_guidance),
    "internship_agreement": ("internship_agreement:change", _new_internship_agreement),
    "assessment": ("assessment:change", _new_assessment),
    "hand_over": ("caseload:hand_over", _new_hand_over),
}


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except MoveRefused as refused:
        fail(describe_refusal(refused.refusal))


def _account(session: Session, email: str, *, is_stopped_too: bool = False) -> Account:
    account = find_account(session, email)
    if account is None or not (account.is_active or is_stopped_too):
        fail(_("그런 계정이 없습니다: %(email)s", email=email))
    return account


def _check_lengths(kind: str, name: str, reason: str | None, note: str | None) -> None:
    if len(reason or "") > LONGEST_REASON or len(note or "") > LONGEST_NOTE:
        raise Misused(_("사유는 %(reason)s자, 메모는 %(note)s자까지입니다.", reason=LONGEST_REASON, note=LONGEST_NOTE))
    if kind == "suggestion" and reason is not None and reason not in list(DismissReason):
        raise Misused(_("사유로 쓸 수 있는 것: %(reasons)s", reasons=", ".join(DismissReason)))


def _as_json(event: Event) -> dict[str, Any]:
    return {
        "entity": event.entity,
        "id": event.entity_id,
        "move": event.move,
        "from_state": event.from_state,
        "to_state": event.to_state,
        "at": event.at.isoformat(),
        "effective_on": event.effective_on.isoformat(),
        "event": event.id,
    }


def _described(event: Event) -> str:
    done = _(ANYWHERE[event.move]) if event.move in ANYWHERE else describe_move(event.entity, event.move)
    return (
        f"{event.entity} {event.entity_id}: {done}, {event.from_state or '-'} → {event.to_state} ({event.effective_on})"
    )


@command("tick")
@click.option("--today", type=Day(), help="이 날을 오늘로 / take this day for today")
@AS_JSON
def tick(today: date | None, as_json: bool) -> None:
    """시간이 지나 할 일을 한 번씩 처리합니다. / Do everything that time alone makes due, once each."""

    def work(session: Session) -> tuple[date, dict[str, int]]:
        due_on = today or today_of(session, settings().today)
        return due_on, ticking.run_due(session, today=due_on)

    day, done = database().attempt(work)
    if as_json:
        say_json({"today": day, **done})
        return
    click.echo(_("%(day)s 기준으로 처리했습니다.", day=describe_day(day)))
    for name, count in done.items():
        if count:
            click.echo(f"  {_(TICKED.get(name, name))}: {count}")
