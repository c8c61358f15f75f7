"""Decides how a caseload is handed over on the screen: whom to whom, a preview with counts, one click, one way back."""

from typing import Any, NamedTuple

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from sqlmodel import Session, col, select
from werkzeug.wrappers import Response

from employers.checking import has_resident_number
from placement import moving
from placement.access import actor_for, may, visible_accounts, visible_graduates, visible_hand_overs
from placement.cases import trail_of
from placement.enums import HandedKind, Role
from placement.hand_overs import (
    ANY,
    Entrusted,
    caseload_of,
    counselors_who_may_receive,
    hand_over,
    handed_rows,
    received_lately,
    rows_of,
)
from placement.models import Account, Graduate, HandOver
from placement.states import possible_moves
from placement.texts import _
from placement.web.doors import attempt, current_account, door, fetch, reading, today
from placement.web.lists import row_id
from placement.web.moves import asked_move, say_done

blueprint = Blueprint("hand_overs", __name__, url_prefix="/caseload")
PERMISSION = "caseload:hand_over"
LONGEST_NOTE = 900


class Wish(NamedTuple):
    """What was typed: the receiver's id, the ticked people's ids, a note."""

    receiver: int | None
    people: list[int]
    note: str


@blueprint.get("/hand-over")
@door(PERMISSION)
def choose() -> str:
    """The caseload with everybody ticked; ?giver= whose (a program manager chooses, a counselor gives the own)."""
    with reading() as session:
        giver = asked_giver(session)
        return choosing_page(session, giver)


@blueprint.post("/hand-over")
@door(PERMISSION)
def send() -> Response | tuple[str, int]:
    """Form: giver, receiver, person (several), note; step: preview, do or change."""
    wish, step = typed_wish(), request.form.get("step")
    with reading() as session:
        giver = asked_giver(session) or abort(404)
        people = [one for one in caseload_of(session, giver) if one.graduate.id in wish.people]
        problem = problem_of(session, giver, wish, people)
        if problem or step != "do":
            is_shown = step == "preview" and not problem
            return (
                (preview_page(session, giver, wish, people), 200)
                if is_shown
                else (
                    choosing_page(session, giver, wish, problem),
                    422 if problem and step != "change" else 200,
                )
            )
    act_id, name = attempt(lambda session: hand_over_as(session, wish))
    flash(_("%(count)s명을 %(name)s 님에게 인계했습니다.", count=len(wish.people), name=name), "good")
    return redirect(url_for("hand_overs.show", hand_over_id=act_id), code=303)


def hand_over_as(session: Session, wish: Wish) -> tuple[int | None, str]:
    """The hand-over that was wished, and who receives."""
    giver = asked_giver(session) or abort(404)
    receiver = session.get_one(Account, wish.receiver)
    actor, day = actor_for(current_account()), today(session)
    act = hand_over(session, giver, receiver, wish.people, actor, today=day, note=wish.note or None)
    return act.id, receiver.name


@blueprint.get("/hand-over/<int:hand_over_id>")
@door(PERMISSION)
def show(hand_over_id: int) -> str:
    """One hand-over: whom it moved, what came along, and the way back."""
    account = current_account()
    with reading() as session:
        act = fetch(session, visible_hand_overs(account), id=hand_over_id)
        rows, ends = handed_rows(session, act), ends_of(session, [act])
        is_mine = may(account, ANY) or act.giver_id == account.id
        view: dict[str, Any] = {
            "counts": {kind: len(ids) for kind, ids in rows.items()},
            "people": people_of(session, rows[HandedKind.GRADUATE]),
            "moves": [move.name for move in possible_moves(act, actor_for(account))] if is_mine else [],
            "trail": trail_of(session, "hand_over", act.id or 0),
        }
    return render_template("hand_overs/show.html", act=act, ends=ends, **view)


@blueprint.post("/hand-over/<int:hand_over_id>/moves")
@door(PERMISSION)
def move(hand_over_id: int) -> Response:
    """Form: move (take_back, hand_again)."""
    name, account = asked_move(), current_account()

    def work(session: Session) -> None:
        act = fetch(session, visible_hand_overs(account), id=hand_over_id)
        moving.advance(session, act, name, actor_for(account), effective_on=today(session))

    attempt(work)
    flash(say_done("hand_over", name), "good")
    return redirect(url_for("hand_overs.show", hand_over_id=hand_over_id), code=303)


@blueprint.get("/received")
@door(PERMISSION)
def list_received() -> str:
    """Whom others handed to the reader in the last two weeks."""
    account = current_account()
    with reading() as session:
        mine = visible_graduates(account).where(received_lately(account, today(session)))
        people = session.exec(mine.order_by(col(Graduate.name), col(Graduate.id))).all()
        acts = acts_of(session, col(HandOver.receiver_id) == account.id)
        return render_template("hand_overs/received.html", people=people, acts=acts, ends=ends_of(session, acts))


def asked_giver(session: Session) -> Account | None:
    """Whose caseload: a counselor's own; for a program manager the one that was chosen, None before."""
    account = current_account()
    if not may(account, ANY):
        return session.get_one(Account, account.id)
    number = row_id(request.values.get("giver", ""))
    return fetch(session, visible_accounts(account), id=number) if number is not None else None


def typed_wish() -> Wish:
    """The form as typed; odd numbers are nobody."""
    ids = [number for words in request.form.getlist("person") if (number := row_id(words)) is not None]
    note = request.form.get("note", "").strip()[:LONGEST_NOTE]
    return Wish(row_id(request.form.get("receiver", "")), list(dict.fromkeys(ids)), note)


def problem_of(session: Session, giver: Account, wish: Wish, people: list[Entrusted]) -> str:
    """What is missing, in one sentence; empty when the preview may be shown."""
    if wish.receiver not in {one.id for one in counselors_who_may_receive(session, giver)}:
        return _("담당을 받을 상담사를 골라 주십시오.")
    if not wish.people:
        return _("인계할 사람을 한 명 이상 골라 주십시오.")
    if len(people) != len(wish.people):
        return _("그 사이에 담당이 바뀐 사람이 있습니다. 목록을 다시 확인해 주십시오.")
    if has_resident_number(wish.note):
        return _("주민등록번호는 적지 마십시오.")
    return ""


def choosing_page(session: Session, giver: Account | None, wish: Wish | None = None, problem: str = "") -> str:
    """The list to tick, and the hand-overs there have been."""
    account = current_account()
    people = caseload_of(session, giver) if giver else []
    acts = acts_of(session, col(HandOver.id).is_not(None))
    return render_template(
        "hand_overs/choose.html",
        giver=giver,
        givers=possible_givers(session) if may(account, ANY) else [],
        receivers=counselors_who_may_receive(session, giver) if giver else [],
        people=people,
        counts=rows_of(people),
        wish=wish or Wish(None, [one.graduate.id or 0 for one in people], ""),
        problem=problem,
        acts=acts,
        ends=ends_of(session, acts),
    )


def preview_page(session: Session, giver: Account, wish: Wish, people: list[Entrusted]) -> str:
    """What will be moved, in numbers and by name, before anything is."""
    counts = {kind: len(ids) for kind, ids in rows_of(people).items()}
    receiver = session.get_one(Account, wish.receiver)
    return render_template(
        "hand_overs/preview.html", giver=giver, receiver=receiver, people=people, counts=counts, wish=wish
    )


def possible_givers(session: Session) -> list[Account]:
    """Whoever has a caseload or could have one, by name; also accounts that are stopped."""
    cared = select(Graduate.counselor_id).where(col(Graduate.counselor_id).is_not(None))
    has_people = col(Account.id).in_(cared)
    everyone = visible_accounts(current_account())
    return list(session.exec(everyone.where((col(Account.role) == Role.COUNSELOR) | has_people).order_by(Account.name)))


def acts_of(session: Session, condition: Any) -> list[HandOver]:
    """The newest hand-overs that the reader may see."""
    seen = visible_hand_overs(current_account()).where(condition)
    return list(session.exec(seen.order_by(col(HandOver.id).desc()).limit(20)))


def ends_of(session: Session, acts: list[HandOver]) -> dict[int | None, str]:
    """The names of givers and receivers by account id."""
    ids = {end for act in acts for end in (act.giver_id, act.receiver_id)}
    return dict(session.exec(select(Account.id, Account.name).where(col(Account.id).in_(ids))).all())


def people_of(session: Session, ids: list[int]) -> list[Graduate]:
    """The handed people by name, as far as the reader may see them."""
    seen = visible_graduates(current_account()).where(col(Graduate.id).in_(ids))
    return list(session.exec(seen.order_by(col(Graduate.name), col(Graduate.id))))
