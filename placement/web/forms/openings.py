"""Decides how an opening is typed and shown again: one form for the company and for the counselor who took its call."""

from datetime import date
from decimal import Decimal
from typing import Any

from flask_wtf import FlaskForm
from pydantic import ValidationError as InputErrors
from wtforms import (
    BooleanField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from employers.enums import EmploymentType, PayPeriod, RemoteMode
from employers.errors import InputRefused
from employers.openings import OpeningInput
from employers.wages import UnderPay
from placement.openings import SkillReading
from placement.texts import LEVELS, _, label_of
from placement.web.forms import N_
from placement.web.forms.fields import AmountField, CountField, DayField, NoResidentNumber, choices, code_choices

BLANK_ROWS = 3
MOST_ROWS = 30
PREFERRED, MUST = "preferred", "must"
NORMAL, HEAVY = "1", "2"
MANWON = 10_000
# Above these somebody typed won where 만원 is asked, or a month's pay for an hour's.
MOST_PAY = {PayPeriod.HOUR: 1_000_000, PayPeriod.MONTH: 10_000, PayPeriod.YEAR: 100_000, PayPeriod.PIECE: 100_000_000}
PAY_UNITS = {
    PayPeriod.MONTH: N_("월급(만원)"),
    PayPeriod.HOUR: N_("시급(원)"),
    PayPeriod.YEAR: N_("연봉(만원)"),
    PayPeriod.PIECE: N_("건당(원)"),
}
KINDS = {PREFERRED: N_("우대"), MUST: N_("필수")}
WEIGHTS = {NORMAL: N_("보통"), HEAVY: N_("중요")}
LEVEL_WORDS = {"": N_("모름"), **{str(level): N_(words) for level, words in LEVELS.items() if level}}
REGIONS = (
    "서울 서초구",
    "서울 서초구 양재동",
    "서울 서초구 서초동",
    "서울 서초구 방배동",
    "서울 서초구 반포동",
    "서울 서초구 잠원동",
    "서울 서초구 내곡동",
    "서울 서초구 우면동",
    "서울 강남구",
    "서울 동작구",
    "서울 관악구",
    "서울 송파구",
    "서울 성동구",
    "서울 구로구",
    "서울 금천구",
    "경기 과천시",
    "경기 성남시 분당구",
)
REQUIRED = N_("필수 항목입니다.")
ODD = N_("적은 값을 저장할 수 없습니다. 확인하고 다시 적어 주십시오.")
ONE_TO_ALL = N_("1명 이상 9,999명 이하로 적어 주십시오.")


def is_in_manwon(period: str) -> bool:
    """Whether pay of this period is typed in 만원; an hour and a piece are typed in won."""
    return period in (PayPeriod.MONTH, PayPeriod.YEAR)


class SkillRow(Form):
    """One asked skill: the text as typed, and the key of the vocabulary that the typist chose for it."""

    skill = StringField(
        N_("기술"),
        [Optional(), Length(max=100, message=N_("기술 하나는 100자까지 적을 수 있습니다.")), NoResidentNumber()],
    )
    skill_key = HiddenField()
    level = SelectField(N_("수준"), choices=choices(LEVEL_WORDS), default="")
    kind = SelectField(N_("구분"), choices=choices(KINDS), default=PREFERRED)
    weight = SelectField(N_("비중"), choices=choices(WEIGHTS), default=NORMAL)

    def to_requirement(self, found: SkillReading) -> dict[str, Any]:
        """The row as RequirementInput reads it."""
        return {
            "skill": found.text,
            "skill_key": found.key,
            "level": self.level.data,
            "must": self.kind.data == MUST,
            "weight": 2.0 if self.weight.data == HEAVY else 1.0,
        }


class OpeningForm(FlaskForm):
    """채용공고 as typed. `today` decides what is past."""

    title = StringField(
        N_("채용공고명"),
        [
            DataRequired(REQUIRED),
            Length(max=200, message=N_("채용공고명은 200자까지 적을 수 있습니다.")),
            NoResidentNumber(),
        ],
    )
    employment_type = RadioField(
        N_("고용형태"), [InputRequired(N_("고용형태를 하나 골라 주십시오."))], choices=code_choices(EmploymentType)
    )
    remote = RadioField(
        N_("근무형태"),
        [InputRequired(N_("근무형태를 하나 골라 주십시오."))],
        choices=code_choices(RemoteMode),
        default=RemoteMode.OFFICE,
    )
    region = StringField(
        N_("근무지"), [Length(max=100, message=N_("근무지는 100자까지 적을 수 있습니다.")), NoResidentNumber()]
    )
    seats = CountField(N_("모집인원"), [InputRequired(REQUIRED), NumberRange(1, 9999, ONE_TO_ALL)], default=1)
    pay_period = RadioField(
        N_("급여 단위"), [InputRequired(REQUIRED)], choices=choices(PAY_UNITS), default=PayPeriod.MONTH
    )
    pay_min = AmountField(N_("급여 하한"), [Optional(), NumberRange(0, message=N_("0 이상으로 적어 주십시오."))])
    pay_max = AmountField(N_("급여 상한"), [Optional(), NumberRange(0, message=N_("0 이상으로 적어 주십시오."))])
    starts_on = DayField(N_("근무 시작일"))
    closes_on = DayField(N_("마감일"))
    until_filled = BooleanField(N_("채용시까지"))
    conversion_intended = BooleanField(N_("정규직 전환을 검토합니다."))
    conversion_seats = CountField(N_("전환 예정 인원"), [Optional(), NumberRange(0, 9999, ONE_TO_ALL)])
    requirements = FieldList(FormField(SkillRow), N_("요구 기술"), min_entries=BLANK_ROWS, max_entries=MOST_ROWS)
    description = TextAreaField(
        N_("업무 내용"),
        [Optional(), Length(max=5000, message=N_("업무 내용은 5,000자까지 적을 수 있습니다.")), NoResidentNumber()],
    )
    version = HiddenField()

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def validate_region(self, field: StringField) -> None:
        if self.remote.data != RemoteMode.REMOTE and not field.data:
            raise ValidationError(N_("출근하는 일이 있으면 근무지를 적어 주십시오."))

    def validate_closes_on(self, field: DayField) -> None:
        if field.data and field.data < self.today:
            raise ValidationError(N_("마감일이 오늘보다 앞섭니다."))
        if field.data and self.until_filled.data:
            raise ValidationError(N_("마감일과 ‘채용시까지’ 가운데 하나만 골라 주십시오."))
        if not field.data and not self.until_filled.data:
            raise ValidationError(N_("마감일을 적거나 ‘채용시까지’를 골라 주십시오."))

    def validate_pay_min(self, field: AmountField) -> None:
        self._check_unit(field)

    def validate_pay_max(self, field: AmountField) -> None:
        self._check_unit(field)
        if field.data is not None and self.pay_min.data is not None and field.data < self.pay_min.data:
            raise ValidationError(N_("급여 상한이 하한보다 작습니다."))

    def validate_conversion_seats(self, field: CountField) -> None:
        if field.data and not self.conversion_intended.data:
            raise ValidationError(N_("전환을 검토하는 공고에만 전환 예정 인원을 적습니다."))
        if field.data and self.seats.data and field.data > self.seats.data:
            raise ValidationError(N_("전환 예정 인원이 모집인원보다 많습니다."))

    def _check_unit(self, field: AmountField) -> None:
        most = MOST_PAY.get(self.pay_period.data)
        if field.data is not None and most is not None and field.data > most:
            raise ValidationError(N_("금액이 너무 큽니다. 월급과 연봉은 만원, 시급과 건당은 원 단위로 적어 주십시오."))

    def to_input(self, readings: list[SkillReading | None]) -> OpeningInput:
        """What was typed, in won and codes; rows without a skill are left out. Raises pydantic's ValidationError."""
        columns = {name: field.data for name, field in self._fields.items() if name in OpeningInput.model_fields}
        pay = {name: in_won(columns[name], self.pay_period.data) for name in ("pay_min", "pay_max")}
        rows = zip(self.requirements.entries, readings, strict=True)
        asked = [row.form.to_requirement(found) for row, found in rows if found is not None]
        return OpeningInput.model_validate({**columns, **pay, "requirements": asked})

    def add_blank_row(self) -> None:
        """One more row of skills, as far as there is room."""
        if len(self.requirements.entries) < MOST_ROWS:
            self.requirements.append_entry()

    def typed_version(self) -> int:
        """The version that the form was opened with; 0, which no row has, when the field was meddled with."""
        return int(self.version.data) if str(self.version.data).isdecimal() else 0

    def refuse_values(self, error: InputErrors) -> None:
        """Put what the input model found beside its fields, what has no field of its own above them."""
        for fault in error.errors():
            field = self._fields.get(str(fault["loc"][0]))
            if len(fault["loc"]) == 1 and field is not None:
                field.errors = [ODD]
            else:
                self.form_errors.append(ODD)

    def refuse(self, refusal: InputRefused) -> None:
        """Put a rule's refusal beside its field."""
        if refusal.code == "seats_below_taken":
            self.seats.errors = [_("이미 %(taken)s명이 채용되어 그보다 적게 고칠 수 없습니다.", **refusal.values)]
        else:
            self.form_errors.append(ODD)

    def refuse_pay(self, short: UnderPay) -> None:
        """Say beside the lower pay that it is below the minimum wage."""
        self.pay_min.errors = [
            describe_under_pay(short) + " " + _("그보다 적게 적혀 있으니 금액과 급여 단위를 확인해 주십시오.")
        ]


def in_won(amount: Decimal | None, period: str) -> int | None:
    """Pay as typed in its period's unit, in won."""
    return None if amount is None else int(amount * (MANWON if is_in_manwon(period) else 1))


def describe_under_pay(short: UnderPay) -> str:
    """Which minimum wage, of which year: 2020년 최저임금은 월급 1,795,310원(시급 8,590원)입니다."""
    values = {"year": short.wage.valid_from.year, "hourly": f"{short.wage.hourly:,}", "least": f"{short.least:,}"}
    if short.period == PayPeriod.HOUR:
        return _("%(year)s년 최저임금은 시급 %(hourly)s원입니다.", **values)
    period = label_of(PayPeriod, short.period)
    return _("%(year)s년 최저임금은 %(period)s %(least)s원(시급 %(hourly)s원)입니다.", period=period, **values)


def typed_before(given: OpeningInput, version: int | None = None) -> dict[str, Any]:
    """The fields' values that show an opening again, with blank rows below its skills."""
    unit = MANWON if is_in_manwon(given.pay_period) else 1
    pay = {name: None if won is None else Decimal(won) / unit for name, won in _pays(given)}
    rows = [
        {
            "skill": asked.skill,
            "skill_key": asked.skill_key,
            "level": str(asked.level or ""),
            "kind": MUST if asked.must else PREFERRED,
            "weight": HEAVY if asked.weight > 1 else NORMAL,
        }
        for asked in given.requirements
    ]
    columns = {name: getattr(given, name) for name in OpeningInput.model_fields}
    return {**columns, **pay, "requirements": [*rows, {}, {}], "version": version}


def _pays(given: OpeningInput) -> tuple[tuple[str, int | None], ...]:
    return ("pay_min", given.pay_min), ("pay_max", given.pay_max)
