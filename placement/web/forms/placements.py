"""Decides what each move of a placement, a conversion, a retention check and an outcome asks for."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from placement.enums import (
    Channel,
    ConversionReason,
    OutcomeKind,
    PlacementReason,
    RetentionEvidence,
    Side,
)
from placement.models import Conversion, Placement
from placement.web.forms import N_
from placement.web.forms.fields import DayField, NoResidentNumber, choices, code_choices
from placement.web.forms.moves import HEARD_CHOICES, MISSING, TOO_LONG, MoveForm, reason_field


class PlacementReasonForm(MoveForm):
    """Why."""

    reason = reason_field(PlacementReason)


class ExtendForm(MoveForm):
    """Until when, and why."""

    ends_on = DayField(N_("새 종료일"), [InputRequired(MISSING)])
    reason = reason_field(PlacementReason)

    def to_given(self) -> dict[str, Any]:
        return {"ends_on": self.ends_on.data}


class EndEarlyForm(MoveForm):
    """The last day, whose doing, why."""

    last_day = DayField(N_("마지막 근무일"), [InputRequired(MISSING)])
    ended_by = RadioField(N_("누구의 뜻"), [InputRequired(MISSING)], choices=code_choices(Side))
    reason = reason_field(PlacementReason)

    def to_given(self) -> dict[str, Any]:
        return {"last_day": self.last_day.data, "ended_by": self.ended_by.data}


PLACEMENT_FORMS: dict[str, type[MoveForm]] = {
    "not_start": PlacementReasonForm,
    "suspend": PlacementReasonForm,
    "extend": ExtendForm,
    "end_early": EndEarlyForm,
}


class ConversionReasonForm(MoveForm):
    """Why; for a decline also what comes next."""

    reason = reason_field(ConversionReason)


class ConversionOfferForm(MoveForm):
    """The terms of a regular contract."""

    terms = TextAreaField(N_("조건"), [Optional(), Length(max=1000, message=TOO_LONG), NoResidentNumber()])
    expires_on = DayField(N_("답변 기한"), [Optional()])

    def to_given(self) -> dict[str, Any]:
        return {"terms": (self.terms.data or "").strip() or None, "expires_on": self.expires_on.data}


class ContractForm(MoveForm):
    """The first day of the regular contract."""

    contract_starts_on = DayField(N_("정규직 시작일"), [InputRequired(MISSING)])

    def to_given(self) -> dict[str, Any]:
        return {"contract_starts_on": self.contract_starts_on.data}


CONVERSION_FORMS: dict[str, type[MoveForm]] = {
    "offer": ConversionOfferForm,
    "not_offer": ConversionReasonForm,
    "decline": ConversionReasonForm,
    "withdraw_offer": ConversionReasonForm,
    "start": ContractForm,
    "fall_through": ConversionReasonForm,
}


def usual_placement_values(name: str, placement: Placement, today: Any) -> dict[str, Any]:
    """What a placement's form shows first: it begins and ends on its own days."""
    own = {"start": placement.starts_on, "complete": placement.ends_on}.get(name)
    values: dict[str, Any] = {"effective_on": min(own, today) if own else today}
    return {**values, "last_day": today} if name == "end_early" else values


def usual_conversion_values(name: str, _conversion: Conversion, today: Any) -> dict[str, Any]:
    """What a conversion's form shows first."""
    return {"contract_starts_on": today} if name == "start" else {}


class AnswerForm(FlaskForm):
    """What one side says when asked whether the person still works there."""

    side = RadioField(N_("답한 쪽"), [InputRequired(MISSING)], choices=code_choices(Side))
    employed = RadioField(
        N_("지금도 근무합니까"),
        [InputRequired(MISSING)],
        choices=choices({"same": N_("같은 회사에 근무"), "other": N_("다른 회사에 근무"), "no": N_("퇴사")}),
    )
    left_on = DayField(N_("퇴사일"), [Optional()])
    evidence = SelectField(N_("근거"), choices=code_choices(RetentionEvidence))
    channel = SelectField(N_("들은 방법"), choices=HEARD_CHOICES, default=Channel.PHONE.value)


class SettleForm(MoveForm):
    """How a counselor settles it: by which evidence, at the same employer or another."""

    evidence = SelectField(N_("근거"), choices=code_choices(RetentionEvidence))
    employer = RadioField(
        N_("회사"),
        [InputRequired(MISSING)],
        choices=choices({"same": N_("같은 회사"), "other": N_("다른 회사")}),
        default="same",
    )

    def to_given(self) -> dict[str, Any]:
        return {"evidence": self.evidence.data, "is_same_employer": self.employer.data == "same"}


class LeavingForm(MoveForm):
    """When and why the person left."""

    left_on = DayField(N_("퇴사일"), [InputRequired(MISSING)])
    evidence = SelectField(N_("근거"), choices=code_choices(RetentionEvidence))
    reason = reason_field(PlacementReason)

    def to_given(self) -> dict[str, Any]:
        return {"left_on": self.left_on.data, "evidence": self.evidence.data}


CHECK_FORMS: dict[str, type[MoveForm]] = {"confirm": SettleForm, "record_leaving": LeavingForm}


class OutcomeForm(FlaskForm):
    """What became of a person outside our referrals."""

    kind = SelectField(N_("종류"), [InputRequired(MISSING)], choices=code_choices(OutcomeKind))
    happened_on = DayField(N_("날짜"), [InputRequired(MISSING)])
    employer = StringField(N_("회사·학교 등"), [Optional(), Length(max=200, message=TOO_LONG), NoResidentNumber()])
    evidence = StringField(N_("증빙"), [Optional(), Length(max=300, message=TOO_LONG), NoResidentNumber()])
    recognised = RadioField(
        N_("성과 인정"),
        choices=choices({"": N_("아직 정하지 않음"), "yes": N_("인정"), "no": N_("불인정")}),
        default="",
    )
    recognition_reason = StringField(
        N_("인정·불인정 사유"), [Optional(), Length(max=300, message=TOO_LONG), NoResidentNumber()]
    )


class NoteForm(FlaskForm):
    """상담일지: one contact and what comes next."""

    channel = SelectField(N_("방법"), choices=HEARD_CHOICES)
    on_day = DayField(N_("날짜"), [InputRequired(MISSING)])
    content = TextAreaField(
        N_("내용"), [InputRequired(MISSING), Length(max=2000, message=TOO_LONG), NoResidentNumber()]
    )
    next_action = StringField(N_("다음에 할 일"), [Optional(), Length(max=300, message=TOO_LONG), NoResidentNumber()])
    next_on = DayField(N_("그 날짜"), [Optional()])
