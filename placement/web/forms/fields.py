"""Decides how amounts, codes and free text are typed into a form and read from it."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from babel.support import LazyProxy
from wtforms import DateField, DecimalField, Field, Form, IntegerField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import StopValidation

from employers.checking import has_resident_number
from placement.texts import LABELS
from placement.web.forms import N_

YEARS = range(1900, 2101)  # beyond them months and time zones leave the calendar
NUMBER_ODD = N_("숫자로 적어 주십시오.")
DAY_ODD = N_("2020-12-01과 같은 날짜로 적어 주십시오.")
RESIDENT_NUMBER_SEEN = N_(
    "주민등록번호로 보이는 숫자가 있습니다. 주민등록번호는 받지 않으니 지우고 다시 보내 주십시오."
)


class OneProblem:
    """A field that says of an unreadable text only that it is unreadable."""

    process_errors: Sequence[str]

    def pre_validate(self, _form: Form) -> None:
        if self.process_errors:
            raise StopValidation


class CountField(OneProblem, IntegerField):
    """A whole number that may be left out."""

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = (valuelist[0] if valuelist else "").replace(",", "").strip()
        try:
            self.data = int(typed) if typed else None
        except ValueError as error:
            raise ValueError(NUMBER_ODD) from error


class AmountField(OneProblem, DecimalField):
    """A number as people type it: 1,795,310 or 179.5; shown again without needless zeros."""

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = (valuelist[0] if valuelist else "").replace(",", "").strip()
        try:
            self.data = Decimal(typed) if typed else None
        except InvalidOperation as error:
            raise ValueError(NUMBER_ODD) from error
        if self.data is not None and not self.data.is_finite():
            self.data = None
            raise ValueError(NUMBER_ODD)

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else f"{Decimal(self.data).normalize():f}"


class DayField(OneProblem, DateField):
    """A day that may be left out without ending the checks; typed as 2020-12-01."""

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = (valuelist[0] if valuelist else "").strip()
        try:
            day = date.fromisoformat(typed) if typed else None
        except ValueError as error:
            raise ValueError(DAY_ODD) from error
        if day is not None and day.year not in YEARS:
            raise ValueError(DAY_ODD)
        self.data = day


class NoResidentNumber:
    """Refuses a text that holds what looks like a resident number."""

    def __call__(self, _form: Form, field: Field) -> None:
        if field.data and has_resident_number(field.data):
            raise ValidationError(RESIDENT_NUMBER_SEEN)


def code_choices(codes: type[StrEnum]) -> list[SelectChoice]:
    """The choices of a field that holds one code of a closed list."""
    return choices({code.value: N_(words) for code, words in LABELS[codes].items()})


def choices(words: Mapping[Any, LazyProxy]) -> list[SelectChoice]:
    """The choices of a field: value → its words."""
    return [SelectChoice(str(value), said) for value, said in words.items()]
