"""Decides what a move may be told at the terminal (--with name=value), and how each value is read."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any

from employers.enums import EmploymentType
from placement.calendars import SEOUL
from placement.cli.refusing import Misused
from placement.enums import (
    AssessmentKind,
    Channel,
    ConversionWish,
    NextStep,
    OutcomeKind,
    PlacementKind,
    PlacementSource,
    RetentionEvidence,
    Role,
    Side,
    SignerSeat,
)
from placement.models.papers import FREE, SCALES
from placement.texts import N_, _

CREATE, TARGET = "create", "to"
INTERVIEW = ("at", "minutes", "place", "link", "is_accompanied")
TAKEN: dict[tuple[str, str], tuple[str, ...]] = {
    ("agreement", "enter_into_force"): ("signed_on",),
    ("suggestion", "snooze"): ("until",),
    ("referral", "consent"): ("channel",),
    ("consent", CREATE): ("channel",),
    ("consent", "withdraw"): ("channel",),
    ("referral", "hold"): ("until",),
    ("referral", "plan_interview"): INTERVIEW,
    ("referral", "record_interview"): ("no_show", *INTERVIEW),
    ("referral", "offer"): ("kind", "employment_type", "starts_on", "ends_on", "pay", "expires_on"),
    ("placement", CREATE): ("kind", "employment_type", "source", "starts_on", "ends_on"),
    ("placement", "end_early"): ("last_day", "ended_by"),
    ("placement", "extend"): ("ends_on",),
    ("placement", "continue"): ("ends_on",),
    ("placement", "change_days"): ("starts_on", "ends_on"),
    ("conversion", "offer"): ("terms", "expires_on"),
    ("conversion", "decline"): ("next_step",),
    ("conversion", "start"): ("contract_starts_on",),
    ("retention_check", "confirm"): ("is_same_employer", "evidence"),
    ("retention_check", "record_leaving"): ("left_on", "left_by", "evidence"),
    ("retention_check", "try_reach"): ("channel",),
    ("retention_check", "prove"): ("evidence",),
    ("account", "change_role"): ("role", "company_id"),
    ("hand_over", CREATE): ("note",),
    ("internship_agreement", "fill"): FREE,
    ("internship_agreement", "sign"): ("seat", "signer", "position", "channel"),
    ("assessment", CREATE): ("kind",),
    ("assessment", "answer"): (*SCALES, "comment", "conversion_wish", "answered_by", "channel"),
    ("assessment", "contradict"): ("contradiction",),
    ("outcome", "recognise"): ("evidence",),
    ("guidance", CREATE): ("told_on", "channel"),
    ("outcome", CREATE): ("kind", "happened_on", "employer", "evidence", "is_recognised", "recognition_reason"),
}


def read_truth(text: str) -> bool:
    """yes or no; raises ValueError for any other word."""
    words = {"yes": True, "true": True, "1": True, "예": True, "no": False, "false": False, "0": False, "아니오": False}
    if text.lower() not in words:
        raise ValueError(text)
    return words[text.lower()]


def read_moment(text: str) -> datetime:
    """An ISO moment; without an offset it is Korean time."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=SEOUL)


def read_channel(text: str) -> Channel:
    """How somebody said it; a link answers by itself. Raises ValueError."""
    channel = Channel(text)
    if channel == Channel.LINK:
        raise ValueError(text)
    return channel


READERS: dict[str, Callable[[str], Any]] = {
    "until": date.fromisoformat,
    "signed_on": date.fromisoformat,
    "starts_on": date.fromisoformat,
    "ends_on": date.fromisoformat,
    "expires_on": date.fromisoformat,
    "last_day": date.fromisoformat,
    "left_on": date.fromisoformat,
    "told_on": date.fromisoformat,
    "left_by": Side,
    "next_step": NextStep,
    "happened_on": date.fromisoformat,
    "contract_starts_on": date.fromisoformat,
    "at": read_moment,
    "minutes": int,
    "pay": int,
    "role": Role,
    "company_id": int,
    "is_accompanied": read_truth,
    "is_same_employer": read_truth,
    "is_recognised": read_truth,
    "channel": read_channel,
    "kind": PlacementKind,
    "source": PlacementSource,
    "employment_type": EmploymentType,
    "no_show": Side,
    "ended_by": Side,
    "evidence": RetentionEvidence,
    "seat": SignerSeat,
    "conversion_wish": ConversionWish,
    **dict.fromkeys(SCALES, int),
}
# These mean other lists than a placement's kind and a check's evidence.
OWN: dict[str, dict[str, Callable[[str], Any]]] = {
    "outcome": {"kind": OutcomeKind, "evidence": str},
    "assessment": {"kind": AssessmentKind},
}
NOT_TAKEN = N_("%(move)s에는 %(name)s을(를) 쓸 수 없습니다. 쓸 수 있는 것: %(names)s")
UNREADABLE = N_("%(name)s의 값을 읽을 수 없습니다: %(value)s")


def read_given(entity: str, move: str, pairs: Iterable[str]) -> dict[str, Any]:
    """The values of `--with name=value`; raises Misused for a name the move does not take or an odd value."""
    given = {}
    for pair in pairs:
        name, is_said, value = pair.partition("=")
        names = (*TAKEN.get((entity, move), ()), *(() if move == CREATE else (TARGET,)))
        if name not in names or not is_said:
            raise Misused(_(NOT_TAKEN, move=move, name=name, names=", ".join(names)))
        try:
            given[name] = _reader_of(entity, name)(value)
        except ValueError:
            raise Misused(_(UNREADABLE, name=name, value=value)) from None
    return given


def _reader_of(entity: str, name: str) -> Callable[[str], Any]:
    return OWN.get(entity, {}).get(name) or READERS.get(name, str)
