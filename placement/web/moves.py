"""Decides how the moves of a row stand on its page: one folded form each, the one with errors open."""

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from flask import abort, request
from sqlmodel import Session

from employers.checking import has_resident_number
from employers.moves import Refusal
from placement import moving
from placement.events import last_move_of
from placement.models import Event
from placement.sides import may_take_back as is_theirs
from placement.states import Actor, MoveRefused, machine_of, possible_moves, undoer_of
from placement.texts import _, describe_move
from placement.web.forms.fields import RESIDENT_NUMBER_SEEN
from placement.web.forms.moves import CorrectForm, MoveForm

UNDO = "undo"
CORRECT = "correct"
SPOKEN = frozenset({"assessment:answer", "assessment:reply", "referral:answer", "referral:decide"})
SAYS_NO = frozenset(
    {
        *("decline", "refuse_offer", "retract", "withdraw", "refuse_consent", "cancel_acceptance"),
        *("not_start", "end_early", "not_offer", "withdraw_offer", "fall_through"),
        *("void", "drop"),
        *("record_leaving", "give_up", "dispute", "deactivate"),
        *("not_apply", "reject", "lose_track", "take_back", "leave"),
    }
)
AFTERWARDS = frozenset({"hold", "suspend", "extend", "change_days", "prove", "reopen", "pause", *SAYS_NO})
Values = Callable[[str], dict[str, Any]]


class Offered(NamedTuple):
    """One move on a page: its name, the words of its button, its form, whether it says no, whether it is unfolded."""

    name: str
    words: str
    form: MoveForm
    is_no: bool
    is_open: bool


def permission_of(row: Any, name: str) -> str:
    """Whose word a move of this row is."""
    return next((m.permission for m in machine_of(row).moves if m.name == name), "")


def asked_move() -> str:
    """The move that was sent; nothing when a page is only looked at."""
    return request.form.get("move", "") if request.method == "POST" else ""


def typed_reason() -> str | None:
    """A reason in free words, as long as the log keeps one; 422 where a resident number seems to stand in it."""
    words = request.form.get("reason", "").strip()
    if has_resident_number(words):
        abort(422, str(RESIDENT_NUMBER_SEEN))
    return words[:64] or None


def form_for(
    row: Any,
    name: str,
    forms: dict[str, type[MoveForm]],
    values: dict[str, Any],
    actor: Actor,
    today: date,
    among: str = "",
) -> MoveForm:
    """The form of a move. The office says what belongs to somebody else as spoken; the people themselves do not.

    `among` tells the fields of one row from those of the others on the same page.
    """
    is_office = "referral:see" in actor.permissions
    is_spoken = is_office and permission_of(row, name) in SPOKEN and name != "withdraw"
    typed: dict[str, Any] = {} if name == asked_move() else {"formdata": None}
    given = {"effective_on": today, **values}
    form = forms.get(name, CorrectForm if name == CORRECT else MoveForm)(
        is_spoken=is_spoken, is_office=is_office, prefix=f"{among}{name}-", data=given, **typed
    )
    form.today = today
    return form


def offer_moves(
    row: Any,
    forms: dict[str, type[MoveForm]],
    values: Values,
    actor: Actor,
    today: date,
    typed: MoveForm | None = None,
    among: str = "",
) -> list[Offered]:
    """The moves that this actor may make now, what leads on first; `typed` is a form that came with errors."""
    names = sorted(dict.fromkeys(m.name for m in possible_moves(row, actor)), key=AFTERWARDS.__contains__)
    return [
        Offered(
            name,
            describe_move(machine_of(row).entity, name),
            typed
            if typed is not None and name == asked_move()
            else form_for(row, name, forms, values(name), actor, today, among),
            name in SAYS_NO,
            typed is not None and name == asked_move(),
        )
        for name in names
    ]


def run_typed(session: Session, row: Any, name: str, actor: Actor, form: MoveForm, today: date, **heard: Any) -> Event:
    """The move as typed, or the last one taken back. Raises MoveRefused."""
    happened_on = form.day or today
    if name == UNDO:
        return moving.take_back(session, row, actor, effective_on=happened_on, note=form.said)
    if name == CORRECT:
        line_id = request.form.get("line", type=int)
        day = right_day(form, today)
        return moving.correct_day(session, row, actor, effective_on=day, note=form.said, line_id=line_id)
    return moving.advance(
        session,
        row,
        name,
        actor,
        effective_on=happened_on,
        reason=form.reason_given,
        note=form.said,
        **heard,
        **form.to_given(),
    )


def right_day(form: MoveForm, today: date) -> date:
    """The day to which a move is corrected. Raises MoveRefused (day_missing, day_in_future)."""
    if form.day is not None and form.day > today:
        raise MoveRefused(Refusal("day_in_future"))
    if form.day is None or form["effective_on"].errors:
        raise MoveRefused(Refusal("day_missing"))
    return form.day


def say_done(entity: str, name: str) -> str:
    """The sentence after a move."""
    words = {UNDO: _("되돌리기"), CORRECT: _("처리일 고치기")}
    return _("처리했습니다: %(move)s", move=words.get(name) or describe_move(entity, name))


def may_take_back(session: Session, row: Any, actor: Actor) -> bool:
    """Whether the row's last standing move is one that this actor may undo."""
    last = last_move_of(session, machine_of(row).entity, row.id)
    if last is None or last.from_state is None or last.to_state != row.state:
        return False
    machine = machine_of(row)
    return undoer_of(machine, last.move) in actor.permissions and is_theirs(session, machine, last, actor)
