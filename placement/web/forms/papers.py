"""Decides what each move of an internship's papers asks for on a page."""

from typing import Any

from wtforms import RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from placement.enums import Channel, ConversionWish, DropReason, SignerSeat, VoidReason
from placement.models import InternshipAgreement
from placement.models.papers import FREE, LONGEST, SCALES
from placement.paper_words import SCALE_WORDS
from placement.texts import LABELS
from placement.web.forms import N_
from placement.web.forms.fields import NoResidentNumber, choices, code_choices
from placement.web.forms.moves import MISSING, NOTE_MISSING, TOO_LONG, MoveForm, reason_field


def free_text(words: Any, name: str) -> StringField:
    """A field of an agreement that may stay empty."""
    kind = TextAreaField if LONGEST[name] > 200 else StringField
    return kind(words, [Optional(), Length(max=LONGEST[name], message=TOO_LONG), NoResidentNumber()])


class FillForm(MoveForm):
    """What the record does not say."""

    workplace = free_text(N_("근무 장소"), "workplace")
    hours = free_text(N_("근무 시간"), "hours")
    duties = free_text(N_("업무 내용"), "duties")
    allowance = free_text(N_("수당"), "allowance")
    mentor = free_text(N_("담당 멘토"), "mentor")
    cosigner = free_text(N_("기업 둘째 서명자 성명"), "cosigner")

    def to_given(self) -> dict[str, Any]:
        return {name: self[name].data for name in FREE}


class SignForm(MoveForm):
    """A signature on paper: whose, and where the paper is kept."""

    seat = RadioField(N_("서명한 사람"), [InputRequired(MISSING)], choices=code_choices(SignerSeat))
    signer = StringField(
        N_("서명한 사람의 성명"), [InputRequired(MISSING), Length(max=100, message=TOO_LONG), NoResidentNumber()]
    )
    position = StringField(N_("직위"), [Optional(), Length(max=100, message=TOO_LONG), NoResidentNumber()])

    def validate(self, extra_validators: Any = None) -> bool:
        """Also: a paper has a note that says where it is."""
        is_good = super().validate(extra_validators)
        if not (self.note.data or "").strip():
            self.note.errors = [NOTE_MISSING]
            return False
        return is_good

    def to_given(self) -> dict[str, Any]:
        return {
            "seat": self.seat.data,
            "signer": self.signer.data,
            "position": self.position.data,
            "channel": Channel.PAPER,
        }


class VoidForm(MoveForm):
    """Why it holds no longer."""

    reason = reason_field(VoidReason)


AGREEMENT_FORMS: dict[str, type[MoveForm]] = {"fill": FillForm, "sign": SignForm, "void": VoidForm}


def usual_agreement_values(name: str, agreement: InternshipAgreement) -> dict[str, Any]:
    """What a form shows first."""
    return {field: getattr(agreement, field) for field in FREE} if name == "fill" else {}


def scale_field(name: str) -> RadioField:
    """1 (low) to 5 (high)."""
    scores = [SelectChoice(str(score), str(score)) for score in range(1, 6)]
    return RadioField(N_(SCALE_WORDS[name]), [InputRequired(MISSING)], choices=scores)


class AssessForm(MoveForm):
    """Five scores, a few words, and whether the company means to keep the intern."""

    understanding = scale_field("understanding")
    skill = scale_field("skill")
    diligence = scale_field("diligence")
    cooperation = scale_field("cooperation")
    overall = scale_field("overall")
    comment = TextAreaField(N_("의견"), [Optional(), Length(max=1000, message=TOO_LONG), NoResidentNumber()])
    conversion_wish = RadioField(
        N_("정규직 전환 의향"),
        [InputRequired(MISSING)],
        choices=choices({each.value: N_(LABELS[ConversionWish][each]) for each in ConversionWish}),
        default=ConversionWish.UNDECIDED.value,
    )
    answered_by = StringField(
        N_("답한 사람"), [InputRequired(MISSING), Length(max=100, message=TOO_LONG), NoResidentNumber()]
    )

    def to_given(self) -> dict[str, Any]:
        scores = {scale: int(self[scale].data) for scale in SCALES}
        words = {name: self[name].data for name in ("comment", "conversion_wish", "answered_by")}
        return {**scores, **words, "channel": self.channel.data if self.is_spoken else Channel.LINK}


class ContradictForm(MoveForm):
    """The intern's own words."""

    contradiction = TextAreaField(
        N_("인턴의 의견"), [InputRequired(MISSING), Length(max=1000, message=TOO_LONG), NoResidentNumber()]
    )

    def to_given(self) -> dict[str, Any]:
        return {"contradiction": self.contradiction.data}


class DropForm(MoveForm):
    """Why nobody asks any more."""

    reason = reason_field(DropReason)


ASSESSMENT_FORMS: dict[str, type[MoveForm]] = {"answer": AssessForm, "contradict": ContradictForm, "drop": DropForm}
