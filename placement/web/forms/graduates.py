"""Decides how a graduate's skills and wishes are typed and shown again."""

from typing import Any

from flask_wtf import FlaskForm
from pydantic import ValidationError as InputErrors
from wtforms import (
    FieldList,
    Form,
    FormField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from employers.enums import EmploymentType
from placement.enums import EvidenceKind, RemoteWish
from placement.graduates import GraduateInput
from placement.openings import SkillReading
from placement.web.forms import N_
from placement.web.forms.fields import AmountField, DayField, NoResidentNumber, choices, code_choices
from placement.web.forms.openings import LEVEL_WORDS

MANWON = 10_000
BLANK_ROWS = 2
MOST_ROWS = 200
TYPED = ("wanted_titles", "regions", "remote", "employment_types", "pay_min", "available_on", "skills")
ODD = N_("적은 값을 저장할 수 없습니다. 확인하고 다시 적어 주십시오.")
TOO_LONG = N_("너무 깁니다. 1,000자까지 적을 수 있습니다.")


class HeldSkillRow(Form):
    """One held skill: the text as typed, the vocabulary's key that the typist chose, its level and what proves it."""

    skill = StringField(
        N_("기술"),
        [Optional(), Length(max=100, message=N_("기술 하나는 100자까지 적을 수 있습니다.")), NoResidentNumber()],
    )
    skill_key = HiddenField()
    level = SelectField(N_("수준"), choices=choices(LEVEL_WORDS))
    evidence = SelectField(N_("근거"), choices=[SelectChoice("", "-"), *code_choices(EvidenceKind)])
    evidence_note = StringField(
        N_("근거 설명"),
        [Optional(), Length(max=300, message=N_("근거 설명은 300자까지 적을 수 있습니다.")), NoResidentNumber()],
    )

    def to_skill(self, found: SkillReading) -> dict[str, Any]:
        """The row as SkillInput reads it."""
        return {
            "skill": found.text,
            "skill_key": found.key,
            "level": self.level.data,
            "evidence": self.evidence.data,
            "evidence_note": self.evidence_note.data,
        }


class GraduateForm(FlaskForm):
    """보유 기술과 희망 조건; lists are typed one to a line."""

    skills = FieldList(FormField(HeldSkillRow), N_("보유 기술"), min_entries=BLANK_ROWS, max_entries=MOST_ROWS)
    wanted_titles = TextAreaField(N_("희망 직종"), [Optional(), Length(max=1000, message=TOO_LONG), NoResidentNumber()])
    regions = TextAreaField(N_("희망 지역"), [Optional(), Length(max=1000, message=TOO_LONG), NoResidentNumber()])
    remote = RadioField(
        N_("근무 방식"), [InputRequired(N_("근무 방식을 하나 골라 주십시오."))], choices=code_choices(RemoteWish)
    )
    employment_types = SelectMultipleField(N_("고용형태"), choices=code_choices(EmploymentType))
    pay_min = AmountField(
        N_("희망 급여"), [Optional(), NumberRange(0, 10_000, N_("월급을 만원 단위로 적어 주십시오. 예: 200"))]
    )
    available_on = DayField(N_("근무 가능일"))
    version = HiddenField()

    def to_input(self, readings: list[SkillReading | None], kept: GraduateInput) -> GraduateInput:
        """What was typed over what stays as it is. Raises pydantic's ValidationError."""
        rows = zip(self.skills.entries, readings, strict=True)
        pay = self.pay_min.data
        typed = GraduateInput.model_validate(
            {
                "skills": [row.form.to_skill(found) for row, found in rows if found is not None],
                "wanted_titles": lines_of(self.wanted_titles.data),
                "regions": lines_of(self.regions.data),
                "remote": self.remote.data,
                "employment_types": self.employment_types.data,
                "pay_min": None if pay is None else int(pay * MANWON),
                "available_on": self.available_on.data,
            }
        )
        return kept.model_copy(update={name: getattr(typed, name) for name in TYPED})

    def add_blank_row(self) -> None:
        """One more row of skills, as far as there is room."""
        if len(self.skills.entries) < MOST_ROWS:
            self.skills.append_entry()

    def typed_version(self) -> int:
        """The version that the form was opened with; 0, which no row has, when the field was meddled with."""
        words = str(self.version.data)
        return int(words) if words.isascii() and words.isdecimal() and len(words) < 10 else 0

    def refuse_values(self, error: InputErrors) -> None:
        """Put what the input model found beside its fields."""
        for fault in error.errors():
            field = self._fields[str(fault["loc"][0])]
            if field is self.skills:
                self.form_errors.append(ODD)
            else:
                field.errors = [ODD]


def typed_before(given: GraduateInput, version: int) -> dict[str, Any]:
    """The fields' values that show a graduate again, with blank rows below the skills."""
    rows = [
        {
            "skill": held.skill,
            "skill_key": held.skill_key,
            "level": str(held.level or ""),
            "evidence": held.evidence or "",
            "evidence_note": held.evidence_note,
        }
        for held in given.skills
    ]
    return {
        "skills": [*rows, *({} for _ in range(BLANK_ROWS))],
        "wanted_titles": "\n".join(given.wanted_titles),
        "regions": "\n".join(given.regions),
        "remote": given.remote,
        "employment_types": list(given.employment_types),
        "pay_min": None if given.pay_min is None else given.pay_min / MANWON,
        "available_on": given.available_on,
        "version": version,
    }


def lines_of(text: str | None) -> list[str]:
    """The lines of a text without blank ones and repeats."""
    return list(dict.fromkeys(line.strip() for line in (text or "").splitlines() if line.strip()))
