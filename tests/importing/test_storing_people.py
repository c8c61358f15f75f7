"""A graduate typed on a screen is stored by the same rules: checked, logged, and never overwritten by a stale form."""

from datetime import date

import pytest
from pydantic import ValidationError
from sqlmodel import Session

from employers.errors import StaleVersion
from placement.access import office_actor
from placement.db import Database
from placement.graduates import GraduateInput, SkillInput, change_graduate, input_of, skills_of, store_graduate
from placement.models import Event, Graduate
from placement.states import MoveRefused, Step, record_lives
from tests.importing.sheets import TODAY, everything, row_counts

ACTOR = office_actor("test")
GAON = GraduateInput(
    name="가온", phone="010-0000-0001", skills=[SkillInput(skill="엑셀"), SkillInput(skill="엑셀", level=3)]
)


def stored(session: Session) -> Graduate:
    return store_graduate(session, GAON, ACTOR, effective_on=TODAY)


def test_a_new_graduate_is_ready_logged_and_holds_each_skill_once(database: Database):
    with database.transaction() as session:
        person = stored(session)
        assert [(row.skill, row.level) for row in skills_of(session, person)] == [("엑셀", 3)]
        assert [(event.move, event.entity_id) for event in everything(session, Event)] == [("create", person.id)]
    assert (person.state, person.phone) == ("ready", "01000000001")


def test_a_change_counts_a_version_and_a_stale_form_changes_nothing(database: Database):
    with database.transaction() as session:
        person = stored(session)
        before = person.updated_at
        wanted = input_of(session, person).model_copy(update={"name": "나린", "skills": []})
        change_graduate(session, person, wanted, version=1)
        assert (person.name, person.version, skills_of(session, person)) == ("나린", 2, [])
        assert person.updated_at > before
        with pytest.raises(StaleVersion):
            change_graduate(session, person, GAON, version=1)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"name": "가온 900101-2345678"}, "resident_number"),
        ({"email": "gaon"}, "email_shape"),
        ({"phone": "없음"}, "phone_shape"),
        ({"pay_min": 10**12}, "less_than_equal"),
        ({"skills": [{"skill": "엑셀", "level": 9}]}, "level_out_of_range"),
        ({"birth_date": "2000-01-01"}, "extra_forbidden"),
    ],
)
def test_what_may_not_be_kept_is_refused(values: dict, code: str):
    with pytest.raises(ValidationError) as error:
        GraduateInput.model_validate(values)
    assert [found["type"] for found in error.value.errors()] == [code]


def test_many_rows_with_a_move_that_may_not_be_are_not_stored(database: Database):
    before = row_counts(database)
    with database.transaction() as session:
        row = Graduate(key="G1")
        with pytest.raises(MoveRefused, match="wrong_state"):
            record_lives(session, [row], [[Step("create", date(2020, 1, 1)), Step("resume", date(2020, 1, 2))]], ACTOR)
    assert row_counts(database) == before
