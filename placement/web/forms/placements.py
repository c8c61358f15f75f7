"""Decides what each move of a placement, a conversion, a retention check and an outcome asks for."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from placement.enums import (
    Channel,
    ConversionReason,
    NextStep,
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


class ContinueForm(MoveForm):
    """A suspension moves no end by itself; the two sides may agree on a later one."""

    ends_on = DayField(N_("새 종료일(비우면 그대로)"), [Optional()])

    def to_given(self) -> dict[str, Any]:
        return {"ends_on": self.ends_on.data}


class ChangeDaysForm(MoveForm):
    """Days that were agreed anew or typed wrong, and why."""

    starts_on = DayField(N_("시작일"), [InputRequired(MISSING)])
    ends_on = DayField(N_("종료일"), [Optional()])
    reason = reason_field(PlacementReason)

    def to_given(self) -> dict[str, Any]:
        return {"starts_on": self.starts_on.data, "ends_on": self.ends_on.data}


PLACEMENT_FORMS: dict[str, type[MoveForm]] = {
    "not_start": PlacementReasonForm,
    "suspend": PlacementReasonForm,
    "continue": ContinueForm,
    "extend": ExtendForm,
    "change_days": ChangeDaysForm,
    "end_early": EndEarlyForm,
}


class ConversionReasonForm(MoveForm):
    """Why."""

    reason = reason_field(ConversionReason)


class ConversionDeclineForm(ConversionReasonForm):
    """Why, and what comes next."""

    next_step = SelectField(
        N_("다음 계획"), [Optional()], choices=[SelectChoice("", N_("말하지 않음")), *code_choices(NextStep)]
    )

    def to_given(self) -> dict[str, Any]:
        return {"next_step": self.next_step.data or None}


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
    "decline": ConversionDeclineForm,
    "withdraw_offer": ConversionReasonForm,
    "start": ContractForm,
    "fall_through": ConversionReasonForm,
}


def usual_placement_values(name: str, placement: Placement, today: Any) -> dict[str, Any]:
    """What a placement's form shows first: it begins and ends on its own days."""
    own = {"start": placement.starts_on, "complete": placement.ends_on}.get(name)
    values: dict[str, Any] = {"effective_on": min(own, today) if own else today}
    if name == "change_days":
        values |= {"starts_on": placement.starts_on, "ends_on": placement.ends_on}
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
    left_by = RadioField(N_("누구의 뜻"), choices=code_choices(Side), validators=[Optional()])
    reason = SelectField(
        N_("퇴사 사유"), [Optional()], choices=[SelectChoice("", N_("사유 선택")), *code_choices(PlacementReason)]
    )
    evidence = SelectField(
        N_("근거"), choices=choices({"word": N_("답한 쪽의 말"), RetentionEvidence.DOCUMENT.value: N_("증빙 서류")})
    )
    channel = SelectField(N_("들은 방법"), choices=HEARD_CHOICES, default=Channel.PHONE.value)

    def validate(self, extra_validators: Any = None) -> bool:
        """Also: a leaving says when, by whose wish and why."""
        is_good = super().validate(extra_validators)
        if self.employed.data == "no":
            for field in (self.left_on, self.left_by, self.reason):
                if not field.data and not field.errors:
                    field.errors = [MISSING]
                    is_good = False
        return is_good


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
    """When, by whose wish and why the person left."""

    left_on = DayField(N_("퇴사일"), [InputRequired(MISSING)])
    left_by = RadioField(N_("누구의 뜻"), [InputRequired(MISSING)], choices=code_choices(Side))
    evidence = SelectField(N_("근거"), choices=code_choices(RetentionEvidence))
    reason = reason_field(PlacementReason)

    def to_given(self) -> dict[str, Any]:
        return {"left_on": self.left_on.data, "left_by": self.left_by.data, "evidence": self.evidence.data}


class AttemptForm(MoveForm):
    """By which way the office tried to reach somebody."""

    tried_by = SelectField(N_("연락한 방법"), choices=HEARD_CHOICES)

    def to_given(self) -> dict[str, Any]:
        return {"channel": self.tried_by.data}


class ProofForm(MoveForm):
    """What proves it better."""

    evidence = SelectField(
        N_("근거"), choices=code_choices(RetentionEvidence), default=RetentionEvidence.DOCUMENT.value
    )

    def to_given(self) -> dict[str, Any]:
        return {"evidence": self.evidence.data}


CHECK_FORMS: dict[str, type[MoveForm]] = {
    "confirm": SettleForm,
    "record_leaving": LeavingForm,
    "try_reach": AttemptForm,
    "prove": ProofForm,
}


class OutcomeForm(FlaskForm):
    """What became of a person outside our referrals."""

    kind = SelectField(
        N_("종류"),
        [InputRequired(MISSING)],
        choices=[choice for choice in code_choices(OutcomeKind) if choice.value != OutcomeKind.GUIDED],
    )
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

    def validate(self, extra_validators: Any = None) -> bool:
        """Also: nothing is recognised without evidence, nor rejected without a reason."""
        is_good = super().validate(extra_validators)
        needed = {"yes": self.evidence, "no": self.recognition_reason}.get(self.recognised.data or "")
        if needed is not None and not (needed.data or "").strip() and not needed.errors:
            needed.errors = [MISSING]
            is_good = False
        return is_good


class RecogniseForm(MoveForm):
    """By which evidence an outcome is recognised."""

    evidence = StringField(N_("증빙"), [InputRequired(MISSING), Length(max=300, message=TOO_LONG), NoResidentNumber()])

    def to_given(self) -> dict[str, Any]:
        return {"evidence": (self.evidence.data or "").strip() or None}


class RejectForm(MoveForm):
    """Why an outcome is not recognised, or was none."""

    reason = StringField(N_("사유"), [InputRequired(MISSING), Length(max=64, message=TOO_LONG), NoResidentNumber()])


OUTCOME_FORMS: dict[str, type[MoveForm]] = {
    "recognise": RecogniseForm,
    "reject": RejectForm,
    "take_back": RejectForm,
}


class NoteForm(FlaskForm):
    """상담일지: one contact and what comes next."""

    channel = SelectField(N_("방법"), choices=HEARD_CHOICES)
    on_day = DayField(N_("날짜"), [InputRequired(MISSING)])
    content = TextAreaField(
        N_("내용"), [InputRequired(MISSING), Length(max=2000, message=TOO_LONG), NoResidentNumber()]
    )
    next_action = StringField(N_("다음에 할 일"), [Optional(), Length(max=300, message=TOO_LONG), NoResidentNumber()])
    next_on = DayField(N_("예정일"), [Optional()])
