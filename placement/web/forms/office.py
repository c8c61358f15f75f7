"""Decides how the office's own papers are typed: a sheet to upload, an agreement."""

from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, SelectField, SelectMultipleField
from wtforms.validators import InputRequired, NumberRange, Optional, ValidationError

from employers.enums import AgreementKind
from placement.importing import FORMATS
from placement.web.forms import N_
from placement.web.forms.fields import CountField, DayField, choices, code_choices
from placement.web.forms.moves import FUTURE

MISSING = N_("필수 항목입니다.")
TOO_LONG = N_("너무 깁니다.")
SHEET_KINDS = {
    "graduates": N_("수료생·교육생 명단"),
    "companies": N_("기업 명단"),
    "agreements": N_("협약 명단"),
    "openings": N_("채용공고 명단"),
    "programs": N_("사업·과정"),
    "cohorts": N_("기수"),
    "enrolments": N_("수강·수료 현황"),
    "outcomes": N_("인턴·취업·전환 실적"),
    "skills": N_("기술 사전"),
}


class SheetForm(FlaskForm):
    """자료 올리기: what the rows are, the file, and whether good rows go in beside faulty ones."""

    kind = SelectField(N_("자료 종류"), [InputRequired(MISSING)], choices=choices(SHEET_KINDS))
    file = FileField(
        N_("파일"),
        [FileRequired(N_("파일을 선택해 주십시오."))],
        render_kw={"accept": ",".join((*FORMATS, ".gz"))},
    )
    keep_good = BooleanField(N_("오류가 있는 행만 빼고 저장"))


AGREEMENT_COLUMNS = ("kind", "signed_on", "valid_until", "headcount_pledged")


class AgreementForm(FlaskForm):
    """협약: kind, days, how many people are pledged, and for which programs."""

    kind = SelectField(N_("협약 종류"), [InputRequired(MISSING)], choices=code_choices(AgreementKind))
    signed_on = DayField(N_("체결일"))
    valid_until = DayField(N_("만료일"))
    headcount_pledged = CountField(
        N_("약정 인원"), [Optional(), NumberRange(0, 100_000, N_("0 이상의 숫자로 적어 주십시오."))]
    )
    programs = SelectMultipleField(N_("대상 과정"), [Optional()], coerce=int, choices=[])

    def validate_valid_until(self, field: DayField) -> None:
        """The term ends after it began."""
        if field.data and self.signed_on.data and field.data < self.signed_on.data:
            raise ValidationError(N_("체결일보다 뒤의 날짜를 적어 주십시오."))

    def to_values(self) -> dict[str, Any]:
        """The columns of an agreement; a renewal keeps its kind and does not ask for it."""
        return {name: self[name].data for name in AGREEMENT_COLUMNS if name in self}


class SigningForm(FlaskForm):
    """체결: the day by which both have signed, which is not to come."""

    signed_on = DayField(N_("체결일"), [InputRequired(MISSING)])

    def __init__(self, today: date, **given: Any) -> None:
        super().__init__(**given)
        self.today = today

    def validate_signed_on(self, field: DayField) -> None:
        """Nobody has signed tomorrow."""
        if field.data and field.data > self.today:
            raise ValidationError(FUTURE)
