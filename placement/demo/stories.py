"""Decides the cases that the demo's people have with its companies: who, at which company, and every step on its day."""

from datetime import date, datetime
from typing import Any, NamedTuple

from employers.enums import EmploymentType
from placement.calendars import SEOUL
from placement.enums import Channel, CompanyReason, GraduateReason, PlacementKind

DRAFTED_ON, ISSUED_ON = date(2020, 11, 24), date(2020, 11, 25)
AGREED = {"hours": "09:00~18:00 (휴게 1시간)", "mentor": "개발팀 선임"}
TOLD, TOLD_ON, TOLD_TRACK = "A-009", date(2020, 11, 27), "ai"
POSTED_AT = "https://jobs.example.com/2020-1126"


class Turn(NamedTuple):
    """One move on its day, with what it takes."""

    day: date
    move: str
    given: dict[str, Any] = {}
    reason: str | None = None
    note: str | None = None


class Story(NamedTuple):
    """One referral: the person's key, the track of the opening, whether a partner who signs in has it, and its moves.

    `begun_on` is the day of the draft.
    """

    person: str
    track: str
    is_partners: bool
    begun_on: date
    turns: tuple[Turn, ...] = ()


def _november(day: int) -> date:
    return date(2020, 11, day)


def _sent(day: int) -> tuple[Turn, ...]:
    """Consent asked and heard on the same day."""
    on = _november(day)
    return Turn(on, "ask_consent"), Turn(on, "consent", {"channel": Channel.PHONE})


def _met(planned: int, day: date, hour: int) -> Turn:
    at = datetime(day.year, day.month, day.day, hour, tzinfo=SEOUL)
    return Turn(_november(planned), "plan_interview", {"at": at, "place": "본사 회의실", "is_accompanied": True})


def _offered(day: int, expires_on: date, **terms: Any) -> Turn:
    return Turn(
        _november(day), "offer", {"starts_on": date(2020, 12, 14), "expires_on": expires_on, "pay": 2_300_000, **terms}
    )


INTERNSHIP = {"kind": PlacementKind.INTERNSHIP, "employment_type": EmploymentType.INTERN}
TIMES = Turn(_november(27), "show_interest", note="면접 가능 시간: 2020-12-03 10:00, 2020-12-04 15:00")
MONTH_END = _november(30)
STORIES = (
    Story(
        "B-005",
        "blockchain",
        True,
        _november(9),
        (
            *_sent(9),
            Turn(_november(10), "show_interest"),
            _met(11, _november(12), 10),
            Turn(_november(12), "record_interview"),
            _offered(13, _november(20), **INTERNSHIP),
            Turn(_november(16), "accept"),
        ),
    ),
    Story(
        "L1-008",
        "labeling",
        True,
        _november(18),
        (
            *_sent(18),
            Turn(_november(19), "show_interest"),
            _met(20, _november(24), 14),
            Turn(_november(24), "record_interview"),
            _offered(26, date(2020, 12, 3)),
        ),
    ),
    Story(
        "B-010",
        "blockchain",
        True,
        _november(19),
        (
            *_sent(19),
            Turn(_november(20), "show_interest"),
            _met(23, _november(27), 14),
            Turn(_november(27), "record_interview"),
        ),
    ),
    Story(
        "B-011",
        "blockchain",
        True,
        _november(18),
        (*_sent(18), Turn(_november(25), "hold", {"until": date(2020, 12, 10)})),
    ),
    Story(
        "L1-007",
        "labeling",
        True,
        _november(20),
        (*_sent(20), Turn(_november(24), "show_interest"), _met(27, date(2020, 12, 2), 14)),
    ),
    Story("L1-009", "labeling", True, _november(25), (*_sent(25), TIMES)),
    Story("L1-012", "labeling", True, MONTH_END, _sent(30)),
    Story("L1-013", "labeling", False, _november(25), _sent(25)),
    Story("L1-014", "labeling", False, _november(27), _sent(27)[:1]),
    Story("L1-015", "labeling", False, MONTH_END),
    Story(
        "A-010",
        "ai",
        False,
        _november(17),
        (*_sent(17), Turn(_november(20), "decline", reason=CompanyReason.SKILL_SHORT)),
    ),
    Story(
        "L1-016",
        "labeling",
        False,
        _november(18),
        (*_sent(18)[:1], Turn(_november(20), "withdraw", reason=GraduateReason.COMMUTE)),
    ),
)
