"""Decides what every kind of import works with: the session, today, who acts, the report, and checked input models."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from sqlmodel import Session

from placement.importing.cells import shown
from placement.importing.problems import ImportReport, Problem, RowRefused
from placement.importing.sheets import Row
from placement.states import Actor

Model = TypeVar("Model", bound=BaseModel)

CREATED, CHANGED, UNCHANGED = "created", "changed", "unchanged"
# What pydantic calls it → what we call it, and which of its values the sentence needs.
_CODES = {
    "string_too_long": ("too_long", "max_length"),
    "too_long": ("too_long", "max_length"),
    "string_too_short": ("value_missing", None),
    "too_short": ("value_missing", None),
    "missing": ("value_missing", None),
    "greater_than_equal": ("number_too_small", "ge"),
    "greater_than": ("number_too_small", "gt"),
    "less_than_equal": ("number_too_big", "le"),
    "int_parsing": ("number_shape", None),
    "int_type": ("number_shape", None),
    "int_from_float": ("number_shape", None),
    "float_parsing": ("number_shape", None),
    "enum": ("choice_unknown", "expected"),
    "extra_forbidden": ("field_unknown", None),
    "string_type": ("text_expected", None),
    "date_from_datetime_parsing": ("date_shape", None),
    "date_type": ("date_shape", None),
}
_UNSAYABLE = ("resident_number",)


@dataclass
class Desk:
    """One import at work. Rows are checked against what the session reads; nothing is written before `store`."""

    session: Session
    today: date
    actor: Actor
    report: ImportReport

    def warn(self, row: Row, code: str, name: str | None = None, **values: Any) -> None:
        problem = row.problem(code, name, **values)
        self.report.warn(code, problem.row, problem.column, **values)

    def beside(self, what: str) -> None:
        """One more row made beside those of the sheet, such as a company named in an opening."""
        self.report.beside[what] = self.report.beside.get(what, 0) + 1


class Intake(Protocol):
    """One kind of import: `take` plans a row and says created, changed or unchanged; `finish` settles what spans rows."""

    def __init__(self, desk: Desk) -> None: ...

    def take(self, row: Row) -> str | None:
        """The row's result, or None where `finish` counts it. Raises RowRefused."""
        ...

    def finish(self) -> None: ...

    def store(self) -> None: ...


def checked(model: type[Model], row: Row, values: Mapping[str, Any], columns: Mapping[str, str] | None = None) -> Model:
    """The values as an input model; `columns` maps a field to the column that it was read from. Raises RowRefused."""
    try:
        return model.model_validate(values)
    except ValidationError as error:
        raise RowRefused(_problem(row, found, columns or {}) for found in error.errors(include_url=False)) from None


def differences(stored: Any, given: Mapping[str, Any]) -> dict[str, Any]:
    """The given columns that are stored otherwise."""
    return {name: value for name, value in given.items() if getattr(stored, name) != value}


def _problem(row: Row, found: ErrorDetails, columns: Mapping[str, str]) -> Problem:
    field = str(found["loc"][0]) if found["loc"] else None
    code, value = describe_error(found)
    return row.problem(code, columns.get(field, field) if field else None, **value)


def describe_error(found: ErrorDetails) -> tuple[str, dict[str, Any]]:
    """A validation error as our code and the values of its sentence."""
    kind, context = found["type"], found.get("ctx", {})
    code, wanted = _CODES.get(kind, (kind, None))
    values: dict[str, Any] = {name: value for name, value in context.items() if isinstance(value, (str, int, float))}
    if wanted:
        values = {"limit": context.get(wanted)}
    if code not in _UNSAYABLE and isinstance(found["input"], (str, int, float)):
        values.setdefault("given", shown(str(found["input"])))
    return ("list_too_long" if code == "too_long" and isinstance(found["input"], list) else code), values
