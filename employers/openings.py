"""Decides what an opening may ask and offer, and how one is stored, changed and copied; sets no state."""

from typing import Annotated, Any

from pydantic import Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError
from sqlalchemy import delete, insert, update
from sqlmodel import Session, col, select

from employers.checking import BLANK_IS_NONE, Day, InputModel, Level, Line, Paragraph, SkillName, Won
from employers.columns import now
from employers.enums import EmploymentType, OpeningSource, PayPeriod, RemoteMode
from employers.errors import InputRefused, StaleVersion
from employers.keys import new_key
from employers.models import Company, Opening, OpeningRequirement


class RequirementInput(InputModel):
    """One asked skill; `weight` above 0 up to 10, level unknown = None, `skill_key` once somebody named the entry."""

    skill: SkillName
    skill_key: Annotated[Line | None, Field(max_length=100), BLANK_IS_NONE] = None
    level: Annotated[Level | None, BLANK_IS_NONE] = None
    must: bool = False
    weight: Annotated[float, Field(gt=0, le=10)] = 1.0


class OpeningInput(InputModel):
    """What a person may type of an opening; pay in won for `pay_period`, `seats` = 모집인원."""

    title: Annotated[Line, Field(min_length=1, max_length=200)]
    description: Annotated[Paragraph | None, Field(max_length=5000), BLANK_IS_NONE] = None
    occupation_code: Annotated[Line | None, Field(max_length=10), BLANK_IS_NONE] = None
    employment_type: Annotated[EmploymentType | None, BLANK_IS_NONE] = None
    region: Annotated[Line | None, Field(max_length=100), BLANK_IS_NONE] = None
    remote: RemoteMode = RemoteMode.OFFICE
    pay_period: PayPeriod = PayPeriod.MONTH
    pay_min: Annotated[Won | None, BLANK_IS_NONE] = None
    pay_max: Annotated[Won | None, BLANK_IS_NONE] = None
    starts_on: Annotated[Day | None, BLANK_IS_NONE] = None
    closes_on: Annotated[Day | None, BLANK_IS_NONE] = None
    until_filled: bool = False
    seats: Annotated[int, Field(ge=1, le=9999)] = 1
    conversion_intended: bool = False
    conversion_seats: Annotated[int | None, Field(ge=0, le=9999), BLANK_IS_NONE] = None
    confirmed_on: Annotated[Day | None, BLANK_IS_NONE] = None
    requirements: Annotated[list[RequirementInput], Field(max_length=200)] = []

    @field_validator("pay_max")
    @classmethod
    def _pay_in_order(cls, value: int | None, info: ValidationInfo) -> int | None:
        least = info.data.get("pay_min")
        if value is not None and least is not None and value < least:
            raise PydanticCustomError("pay_out_of_order", "the highest pay is below the lowest")
        return value

    @field_validator("conversion_seats")
    @classmethod
    def _conversion_seats_fit(cls, value: int | None, info: ValidationInfo) -> int | None:
        seats = info.data.get("seats")
        if value is not None and seats is not None and value > seats:
            raise PydanticCustomError("conversion_seats_above_seats", "more conversions than seats", {"seats": seats})
        return value


def store_opening(
    session: Session,
    company: Company,
    opening: OpeningInput,
    *,
    key: str | None = None,
    source: OpeningSource = OpeningSource.COMPANY,
) -> Opening:
    """A new row in draft with its requirements; the caller logs its birth and publishes it."""
    row = Opening(key=key or new_key("O"), company_id=company.id or 0, source=source, **columns_of(opening))
    session.add(row)
    session.flush()
    store_requirements(session, requirement_rows(row.id, opening.requirements))
    return row


def change_opening(session: Session, row: Opening, opening: OpeningInput, version: int) -> Opening:
    """The opening as typed now. Raises StaleVersion, or InputRefused: seats_below_taken."""
    if opening.seats < row.seats_taken + row.seats_held:
        raise InputRefused("seats_below_taken", {"taken": row.seats_taken + row.seats_held}, "seats")
    values = columns_of(opening) | {"version": version + 1, "updated_at": now()}
    fits = col(Opening.seats_taken) + col(Opening.seats_held) <= opening.seats  # an offer may have gone out meanwhile
    same = (col(Opening.id) == row.id, col(Opening.version) == version)
    changed = update(Opening).where(*same, fits).values(**values)
    if session.connection().execute(changed).rowcount != 1:
        raise StaleVersion
    session.refresh(row)
    session.connection().execute(delete(OpeningRequirement).where(col(OpeningRequirement.opening_id) == row.id))
    store_requirements(session, requirement_rows(row.id, opening.requirements))
    return row


def requirements_of(session: Session, opening: Opening) -> list[OpeningRequirement]:
    """What the opening asks, in the order it was typed."""
    asked = select(OpeningRequirement).where(OpeningRequirement.opening_id == opening.id)
    return list(session.exec(asked.order_by(col(OpeningRequirement.position))))


def copy_of(session: Session, opening: Opening) -> OpeningInput:
    """What was typed for this opening, as the start of the next one; the days that have passed by then stay empty."""
    typed = {name: getattr(opening, name) for name in OpeningInput.model_fields if name != "requirements"}
    asked = [
        RequirementInput.model_construct(**{name: getattr(row, name) for name in RequirementInput.model_fields})
        for row in requirements_of(session, opening)
    ]
    return OpeningInput.model_construct(
        **{**typed, "starts_on": None, "closes_on": None, "confirmed_on": None, "requirements": asked}
    )


def columns_of(opening: OpeningInput) -> dict[str, Any]:
    """The typed columns of the opening's own row."""
    return opening.model_dump(exclude={"requirements"})


def requirement_rows(opening_id: int | None, requirements: list[RequirementInput]) -> list[dict[str, Any]]:
    """The requirements as rows to insert; a skill asked twice is stored once, as a must if either was."""
    return [
        {"opening_id": opening_id, "position": position, **vars(asked)}
        for position, asked in enumerate(without_repeats(requirements))
    ]


def without_repeats(requirements: list[RequirementInput]) -> list[RequirementInput]:
    """One requirement a spelling: a must wins over a preference, else the first."""
    chosen: dict[str, RequirementInput] = {}
    for asked in sorted(requirements, key=lambda asked: not asked.must):
        chosen.setdefault(asked.skill.casefold(), asked)
    return [asked for asked in requirements if chosen[asked.skill.casefold()] is asked]


def store_requirements(session: Session, rows: list[dict[str, Any]]) -> None:
    """Insert many requirement rows at once."""
    if rows:
        session.connection().execute(insert(OpeningRequirement), rows)
