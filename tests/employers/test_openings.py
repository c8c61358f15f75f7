"""An opening is stored as typed, changed only by who saw its last version, and copied without its days."""

from datetime import date

import pytest
from pydantic import ValidationError
from sqlalchemy import update
from sqlmodel import Session, col

from employers.companies import CompanyInput, store_company
from employers.enums import EmploymentType, OpeningState
from employers.errors import InputRefused, StaleVersion
from employers.models import Opening
from employers.openings import (
    OpeningInput,
    RequirementInput,
    change_opening,
    copy_of,
    requirements_of,
    store_opening,
)
from placement.db import Database

LABELING = OpeningInput(
    title="AI 데이터라벨러",
    employment_type="contract",
    pay_min=1_800_000,
    pay_max=2_000_000,
    closes_on=date(2020, 12, 31),
    seats=3,
    requirements=[
        RequirementInput(skill="폴리곤 라벨링", level=2),
        RequirementInput(skill="엑셀"),
        RequirementInput(skill="폴리곤 라벨링", must=True),
    ],
)


def posted(session: Session) -> Opening:
    return store_opening(session, store_company(session, CompanyInput(name="가람")), LABELING)


def test_a_new_opening_is_a_draft_with_each_skill_once_and_a_must_wins(database: Database):
    with database.transaction() as session:
        opening = posted(session)
        asked = [(row.skill, row.must, row.level) for row in requirements_of(session, opening)]
    assert opening.state == OpeningState.DRAFT
    assert asked == [("엑셀", False, None), ("폴리곤 라벨링", True, None)]


def test_a_change_replaces_what_is_asked_and_counts_a_version(database: Database):
    with database.transaction() as session:
        opening = posted(session)
        wanted = LABELING.model_copy(
            update={"title": "라벨링 검수자", "requirements": [RequirementInput(skill="검수")]}
        )
        change_opening(session, opening, wanted, version=1)
        assert (opening.title, opening.version) == ("라벨링 검수자", 2)
        assert [row.skill for row in requirements_of(session, opening)] == ["검수"]


def test_a_stale_form_changes_neither_the_opening_nor_what_it_asks(database: Database):
    with database.transaction() as session:
        opening = posted(session)
        with pytest.raises(StaleVersion):
            change_opening(session, opening, LABELING.model_copy(update={"requirements": []}), version=7)
        assert len(requirements_of(session, opening)) == 2


def test_seats_cannot_fall_below_those_taken(database: Database):
    with database.transaction() as session:
        opening = posted(session)
        opening.seats_taken = 2
        with pytest.raises(InputRefused, match="seats_below_taken"):
            change_opening(session, opening, LABELING.model_copy(update={"seats": 1}), version=1)


def test_seats_that_an_offer_takes_while_the_form_is_open_are_not_typed_away(database: Database):
    with database.transaction() as session:
        opening = posted(session)
        taken = update(Opening).where(col(Opening.id) == opening.id).values(seats_held=2)
        session.connection().execute(taken)  # somebody else's offer: the row at hand does not know of it yet
        with pytest.raises(StaleVersion):
            change_opening(session, opening, LABELING.model_copy(update={"seats": 1}), version=1)


def test_a_copy_starts_the_next_opening_without_the_old_days(database: Database):
    with database.transaction() as session:
        copied = copy_of(session, posted(session))
    assert (copied.title, copied.employment_type, copied.closes_on) == (
        "AI 데이터라벨러",
        EmploymentType.CONTRACT,
        None,
    )
    assert [asked.skill for asked in copied.requirements] == ["엑셀", "폴리곤 라벨링"]


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"title": ""}, "too_short"),
        ({"title": "가" * 201}, "too_long"),
        ({"title": "가", "seats": 0}, "greater_than_equal"),
        ({"title": "가", "pay_min": 2, "pay_max": 1}, "pay_out_of_order"),
        ({"title": "가", "pay_min": -5}, "greater_than_equal"),
        ({"title": "가", "seats": 1, "conversion_seats": 2}, "conversion_seats_above_seats"),
        ({"title": "가", "requirements": [{"skill": "나", "level": 9}]}, "level_out_of_range"),
        ({"title": "가", "requirements": [{"skill": "나" * 101}]}, "too_long"),
        ({"title": "가", "closes_on": "0001-01-01"}, "date_out_of_range"),
        ({"title": "가", "state": "open"}, "extra_forbidden"),
    ],
)
def test_what_cannot_be_is_refused(values: dict, code: str):
    with pytest.raises(ValidationError) as error:
        OpeningInput.model_validate(values)
    assert [found["type"] for found in error.value.errors()] == [code]
