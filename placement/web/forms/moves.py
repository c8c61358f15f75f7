"""Decides what every move asks for on a page: how it was heard, a note, the day it happened; and reads it."""

from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from flask_wtf import FlaskForm
from wtforms import DecimalField, Field, RadioField, SelectField, StringField, TimeField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from placement.calendars import SEOUL
from placement.enums import Channel
from placement.texts import LABELS, label
from placement.web.forms import N_
from placement.web.forms.fields import DayField, NoResidentNumber, choices, code_choices

MISSING = N_("필수 항목입니다.")
NOTE_MISSING = N_("대신 기록할 때는 어떻게 들었는지 적어 주십시오.")
REASON_MISSING = N_("사유를 선택해 주십시오.")
TOO_LONG = N_("너무 깁니다.")
FUTURE = N_("아직 오지 않은 날짜입니다.")
MANWON = 10_000
HEARD = (Channel.PHONE, Channel.IN_PERSON, Channel.PAPER, Channel.MESSAGE)
HEARD_CHOICES = choices({each.value: N_(LABELS[Channel][each]) for each in HEARD})
OF_EVERY_MOVE = ("channel", "note", "effective_on")


class MoveForm(FlaskForm):
    """A move with nothing of its own. `is_spoken`: the office says it for somebody, and must say how it was heard."""

    channel = SelectField(N_("들은 방법"), choices=HEARD_CHOICES)
    note = StringField(N_("메모"), [Optional(), Length(max=900, message=TOO_LONG), NoResidentNumber()])
    effective_on = DayField(N_("처리일"), [Optional()])

    def __init__(self, *, is_spoken: bool = False, is_office: bool = True, **given: Any) -> None:
        super().__init__(**given)
        self.is_spoken = is_spoken
        if is_spoken:
            self.channel.flags.required = self.note.flags.required = True
        else:
            del self.channel
        if not is_office:
            del self.effective_on
        self.today: date | None = None

    def validate(self, extra_validators: Any = None) -> bool:
        """Also: what is said for somebody has a note, and nothing has happened tomorrow."""
        is_good = super().validate(extra_validators)
        if self.is_spoken and not (self.note.data or "").strip():
            self.note.errors = [NOTE_MISSING]
            is_good = False
        day = self.effective_on.data if "effective_on" in self else None
        if day and self.today and day > self.today:
            self.effective_on.errors = [FUTURE]
            is_good = False
        return is_good

    @property
    def shown_fields(self) -> list[Field]:
        """The fields in the order of the page: the move's own first."""
        own = [field for field in self if field.short_name not in (*OF_EVERY_MOVE, "csrf_token")]
        return [*own, *(self[name] for name in OF_EVERY_MOVE if name in self)]

    @property
    def day(self) -> date | None:
        """The day that was typed, or None."""
        return self.effective_on.data if "effective_on" in self else None

    @property
    def said(self) -> str | None:
        """The note, behind the way it was heard."""
        words = (self.note.data or "").strip() or None
        return f"{label(Channel(self.channel.data))}: {words}" if self.is_spoken else words

    @property
    def reason_given(self) -> str | None:
        """The reason's code where the move asks for one."""
        return (self["reason"].data or None) if "reason" in self else None

    def to_given(self) -> dict[str, Any]:
        """What the rule of this move takes besides."""
        return {}


class CorrectForm(MoveForm):
    """The right day of the last move. Whatever is odd is refused by the rule, in one sentence."""

    def validate(self, extra_validators: Any = None) -> bool:
        super().validate(extra_validators)
        return True


class MomentFields(FlaskForm):
    """A day and a time in Seoul."""

    on_day = DayField(N_("날짜"), [InputRequired(MISSING)])
    at_time = TimeField(N_("시각"), [InputRequired(MISSING)])

    @property
    def moment(self) -> datetime | None:
        """The moment in UTC; None while one of the two is missing."""
        if self.on_day.data is None or self.at_time.data is None:
            return None
        return datetime.combine(self.on_day.data, self.at_time.data, SEOUL).astimezone(UTC)


def reason_field(codes: type[StrEnum]) -> SelectField:
    """A closed list of reasons of which one must be chosen."""
    return SelectField(
        N_("사유"),
        [InputRequired(REASON_MISSING)],
        choices=[SelectChoice("", N_("사유 선택")), *code_choices(codes)],
    )


def side_field(words: dict[str, Any], name: Any) -> RadioField:
    """A choice among a few words, the first one chosen."""
    return RadioField(name, [InputRequired(MISSING)], choices=choices(words), default=next(iter(words)))


def in_won(field: DecimalField) -> int | None:
    """An amount typed in ten thousands of won."""
    return None if field.data is None else int(field.data * MANWON)
