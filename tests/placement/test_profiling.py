"""The engine sees what counts and nothing else, and sees the same in columns as in profiles."""

from dataclasses import fields

import numpy as np
import pytest
from sqlmodel import Session, select

import matching
from employers.models import OpeningRequirement
from placement.models import Placement
from placement.profiling import (
    Offers,
    People,
    candidate_profiles,
    engine_key,
    is_matchable_graduate,
    is_matchable_opening,
    opening_profiles,
    placed_ids,
)
from placement.states import move
from tests.placement.cast import DAY, OFFICE, add_conversion, add_graduate, add_opening, add_placement
from tests.placement.market import Market

PERSONAL = {"name": "김가나", "phone": "010-1234-5678", "email": "gana@ieum.example"}


def as_plain(value):
    """A column in a form that == can compare, whatever numbers a table gave its texts."""
    if isinstance(value, np.ndarray):
        return value.tolist()
    if hasattr(value, "names"):
        return [(row, value.names[code]) for row, code in zip(value.rows.tolist(), value.codes.tolist(), strict=True)]
    return value


def assert_same_table(one, other) -> None:
    for field in fields(one):
        assert as_plain(getattr(one, field.name)) == as_plain(getattr(other, field.name)), field.name


def test_a_name_a_phone_and_an_address_never_reach_the_engine(session: Session):
    graduate = add_graduate(session, **PERSONAL)
    shown = repr(People(session).table) + repr(candidate_profiles(session, [graduate]))
    assert engine_key(graduate.id) in shown
    assert not any(value in shown for value in (*PERSONAL.values(), graduate.key))


def test_people_look_the_same_in_columns_and_in_profiles(market: Market):
    profiles = candidate_profiles(market.session, market.graduates)
    assert_same_table(People(market.session).table, matching.CandidateTable.from_profiles(profiles.values()))


def test_openings_look_the_same_in_columns_and_in_profiles(market: Market):
    profiles = opening_profiles(market.session, market.openings)
    assert_same_table(Offers(market.session).table, matching.OpeningTable.from_profiles(profiles.values()))


def test_rows_come_in_the_order_of_their_ids(market: Market):
    people = People(market.session)
    assert people.ids == sorted(people.ids) == [graduate.id for graduate in market.graduates]
    assert list(people.table.keys) == sorted(people.table.keys)


def test_the_engines_order_of_keys_is_the_order_of_ids():
    assert sorted(map(engine_key, [10, 9, 2, 100])) == list(map(engine_key, [2, 9, 10, 100]))


def test_a_skill_that_a_person_confirmed_stands_for_the_words_as_typed(session: Session):
    market = Market(session, people=1, offers=1)
    market.require(market.openings[0], "파이선")
    market.session.flush()
    assert "파이선" in Offers(session).table.requirements.names
    for row in session.exec(requirements_of(market.openings[0].id)):
        row.skill_key = "python"
    session.flush()
    assert set(Offers(session).table.requirements.names) == {"python"}


def requirements_of(opening_id: int | None):
    return select(OpeningRequirement).where(OpeningRequirement.opening_id == opening_id)


@pytest.mark.parametrize(("won", "period", "monthly"), [(10_000, "hour", 2_090_000), (30_000_000, "year", 2_500_000)])
def test_pay_of_every_period_is_told_by_the_month(session: Session, won: int, period: str, monthly: int):
    opening = add_opening(session, pay_max=won, pay_period=period)
    assert Offers(session).table.pay_max.tolist() == [monthly]
    assert opening_profiles(session, [opening])[opening.id].pay_max == monthly


def test_nobody_and_nothing_make_empty_tables(session: Session):
    assert People(session).ids == Offers(session, is_matchable_opening(DAY)).ids == []
    assert candidate_profiles(session, []) == opening_profiles(session, []) == {}


def test_who_has_a_job_is_known_as_placed_and_not_matched(session: Session):
    hired = add_placement(session, kind="employment", state="active")
    intern = add_placement(session, kind="internship", state="active")
    conversion = add_conversion(session, state="accepted")
    move(session, conversion, "start", OFFICE, effective_on=DAY)
    converted = session.get_one(Placement, conversion.placement_id)
    ids = [one.graduate_id for one in (hired, intern, converted)]
    assert placed_ids(session, ids) == {hired.graduate_id, converted.graduate_id}
    assert placed_ids(session, ids[:1]) == {hired.graduate_id}
    assert set(People(session, is_matchable_graduate()).ids) == {intern.graduate_id}
