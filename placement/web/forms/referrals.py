"""Decides what each move of a referral asks for: days, places, terms, reasons by side, and how several are proposed."""

from datetime import date, datetime, timedelta
from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField, SelectField, StringField, TimeField
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from employers.enums import EmploymentType
from employers.models import Opening
from placement.calendars import moment_on
from placement.enums import CompanyReason, GraduateReason, PlacementKind, ReferralState, Side
from placement.models import Referral
from placement.placements import internship_end
from placement.referrals import OFFER_DAYS
from placement.web.forms import N_
from placement.web.forms.fields import AmountField, CountField, DayField, NoResidentNumber, choices, code_choices
from placement.web.forms.moves import (
    HEARD_CHOICES,
    MISSING,
    NOTE_MISSING,
    TOO_LONG,
    MomentFields,
    MoveForm,
    in_won,
    reason_field,
    side_field,
)

TOOK_PLACE, MOVED = "took_place", "moved"
CONSENT_NOW, ASK, DRAFT = "consent", "ask", "draft"
START_AFTER = timedelta(days=7)


class HoldForm(MoveForm):
    """Until when the company wants to wait."""

    until = DayField(N_("언제까지"), [InputRequired(MISSING)])

    def to_given(self) -> dict[str, Any]:
        return {"until": self.until.data}


def refuse_past(moment: datetime | None, today: date | None) -> None:
    """Raise ValidationError for a time that has gone by."""
    if moment is not None and today is not None and moment < moment_on(today):
        raise ValidationError(N_("이미 지난 시각입니다. 지난 면접은 면접 결과로 기록해 주십시오."))


class InterviewForm(MomentFields, MoveForm):
    """When, where, and whether the counselor goes along."""

    minutes = CountField(N_("예상 시간(분)"), [Optional(), NumberRange(5, 1440, N_("5분 이상으로 적어 주십시오."))])
    place = StringField(N_("장소"), [Optional(), Length(max=300, message=TOO_LONG), NoResidentNumber()])
    link = StringField(N_("화상 면접 주소"), [Optional(), Length(max=500, message=TOO_LONG)])
    is_accompanied = BooleanField(N_("상담사가 함께 갑니다(동행면접)"))

    def validate_on_day(self, field: DayField) -> None:
        """What is planned is still to come."""
        refuse_past(self.moment, self.today)

    def validate_link(self, field: StringField) -> None:
        """Only an address of the web."""
        if not (field.data or "").startswith(("http://", "https://")):
            raise ValidationError(N_("http:// 또는 https://로 시작하는 주소를 적어 주십시오."))

    def to_given(self) -> dict[str, Any]:
        return {
            "at": self.moment,
            "minutes": self.minutes.data or 60,
            "place": self.place.data or None,
            "link": self.link.data or None,
            "is_accompanied": self.is_accompanied.data,
        }


class RecordForm(MomentFields, MoveForm):
    """Whether the interview took place, who did not come, or when it is now."""

    result = side_field(
        {
            TOOK_PLACE: N_("면접을 했습니다"),
            Side.GRADUATE.value: N_("수료생이 오지 않았습니다"),
            Side.COMPANY.value: N_("기업이 오지 않았습니다"),
            MOVED: N_("일정을 바꿉니다"),
        },
        N_("결과"),
    )
    on_day = DayField(N_("바뀐 날짜(일정을 바꿀 때만)"), [Optional()])
    at_time = TimeField(N_("바뀐 시각(일정을 바꿀 때만)"), [Optional()])

    def validate_result(self, field: RadioField) -> None:
        """A moved interview has its new time."""
        if field.data == MOVED and self.moment is None:
            raise ValidationError(N_("바뀐 날짜와 시각을 적어 주십시오."))
        if field.data == MOVED:
            refuse_past(self.moment, self.today)

    def to_given(self) -> dict[str, Any]:
        if self.result.data == MOVED:
            return {"at": self.moment}
        return {"no_show": self.result.data} if self.result.data in list(Side) else {}


class OfferForm(MoveForm):
    """The terms of an offer; pay in 만원 a month."""

    kind = RadioField(N_("형태"), [InputRequired(MISSING)], choices=code_choices(PlacementKind))
    employment_type = SelectField(N_("고용형태"), choices=code_choices(EmploymentType))
    starts_on = DayField(N_("시작일"), [InputRequired(MISSING)])
    ends_on = DayField(N_("종료일"), [Optional()])
    pay = AmountField(N_("월급(만원)"), [Optional(), NumberRange(0, 10_000, N_("만원 단위로 적어 주십시오. 예: 210"))])
    expires_on = DayField(N_("답변 기한"), [InputRequired(MISSING)])

    def validate_ends_on(self, field: DayField) -> None:
        """The last day follows the first."""
        if field.data and self.starts_on.data and field.data < self.starts_on.data:
            raise ValidationError(N_("시작일보다 뒤의 날짜를 적어 주십시오."))

    def validate_expires_on(self, field: DayField) -> None:
        """An offer does not lapse before the day on which it is made."""
        made_on = self.day or self.today
        if field.data and made_on and field.data < made_on:
            raise ValidationError(N_("오늘보다 뒤의 날짜를 적어 주십시오."))

    def to_given(self) -> dict[str, Any]:
        is_internship = self.kind.data == PlacementKind.INTERNSHIP
        return {
            "kind": self.kind.data,
            "employment_type": self.employment_type.data,
            "starts_on": self.starts_on.data,
            "ends_on": self.ends_on.data if is_internship or self.employment_type.data != "regular" else None,
            "pay": in_won(self.pay),
            "expires_on": self.expires_on.data,
        }


class CompanyReasonForm(MoveForm):
    """Why the company says no."""

    reason = reason_field(CompanyReason)


class GraduateReasonForm(MoveForm):
    """Why the graduate says no."""

    reason = reason_field(GraduateReason)


class CancelForm(MoveForm):
    """Why an acceptance is cancelled, and whether the offer goes on."""

    reason = reason_field(GraduateReason)
    to = side_field(
        {
            ReferralState.WITHDRAWN.value: N_("알선을 취소합니다"),
            ReferralState.OFFERED.value: N_("제의 상태로 되돌립니다"),
        },
        N_("그다음"),
    )

    def to_given(self) -> dict[str, Any]:
        return {"to": self.to.data}


REFERRAL_FORMS: dict[str, type[MoveForm]] = {
    "hold": HoldForm,
    "plan_interview": InterviewForm,
    "record_interview": RecordForm,
    "offer": OfferForm,
    "decline": CompanyReasonForm,
    "retract": CompanyReasonForm,
    "refuse_offer": GraduateReasonForm,
    "withdraw": GraduateReasonForm,
    "cancel_acceptance": CancelForm,
}


def usual_values(name: str, referral: Referral, opening: Opening, today: date) -> dict[str, Any]:
    """What a form of this move shows first."""
    if name == "hold":
        return {"until": today + timedelta(days=7)}
    if name == "plan_interview":
        return {"minutes": 60}
    return usual_terms(opening, today) if name == "offer" else {}


def usual_terms(opening: Opening, today: date) -> dict[str, Any]:
    """An internship of three months where the opening is one, else a job; from the opening's own start."""
    is_internship = opening.employment_type == EmploymentType.INTERN
    starts_on = opening.starts_on if opening.starts_on and opening.starts_on >= today else today + START_AFTER
    monthly = opening.pay_min if opening.pay_period == "month" else None
    return {
        "kind": PlacementKind.INTERNSHIP if is_internship else PlacementKind.EMPLOYMENT,
        "employment_type": opening.employment_type,
        "starts_on": starts_on,
        "ends_on": internship_end(starts_on) if is_internship else None,
        "pay": None if monthly is None else monthly / 10_000,
        "expires_on": today + timedelta(days=OFFER_DAYS),
    }


class ProposalForm(FlaskForm):
    """Several pairs at once: consent heard now, asked by link, or only prepared."""

    how = RadioField(
        N_("본인 동의"),
        [InputRequired(MISSING)],
        choices=choices(
            {
                CONSENT_NOW: N_("지금 동의를 받았습니다(대면·전화·서면)"),
                ASK: N_("동의 링크를 보냅니다"),
                DRAFT: N_("나중에 받습니다"),
            }
        ),
        default=CONSENT_NOW,
    )
    channel = SelectField(N_("동의를 들은 방법"), choices=HEARD_CHOICES)
    note = StringField(N_("동의 메모"), [Optional(), Length(max=900, message=TOO_LONG), NoResidentNumber()])

    def validate(self, extra_validators: Any = None) -> bool:
        """Consent that was heard says when and how."""
        is_good = bool(super().validate(extra_validators))
        if self.how.data == CONSENT_NOW and not (self.note.data or "").strip():
            self.note.errors = [NOTE_MISSING]
            return False
        return is_good
