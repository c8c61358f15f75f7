"""What a profile holds, what it refuses, and what it has no room for."""

import dataclasses
import pickle
from datetime import UTC, date, datetime

import pytest

from matching import (
    CandidateProfile,
    CandidateSkill,
    CandidateTable,
    OpeningProfile,
    OpeningTable,
    ProfileError,
    Requirement,
    Weights,
)

KNOWN_OF_A_PERSON = {
    *("key", "skills", "wanted_titles", "regions", "remote", "available_on", "employment_types", "pay_min"),
}


@pytest.mark.parametrize("level", [0, 5, 9, -1, 2.0, "3", True])
def test_a_level_is_one_to_four_or_unknown(level):
    with pytest.raises(ProfileError, match="level"):
        CandidateSkill("엑셀", level)
    with pytest.raises(ProfileError, match="level"):
        Requirement("엑셀", level)


@pytest.mark.parametrize(
    "wrong",
    [
        {"remote": "home"},
        {"regions": "서울"},
        {"skills": "엑셀"},
        {"skills": [None]},
        {"key": ""},
        {"available_on": datetime(2020, 12, 1, tzinfo=UTC)},
        {"available_on": "2020-12-01"},
        {"employment_types": ["알 수 없음"]},
        {"pay_min": -1},
        {"pay_min": 2.5},
        {"wanted_titles": [3]},
    ],
)
def test_a_wrong_person_is_refused(wrong):
    with pytest.raises(ProfileError, match=r"\w"):
        CandidateProfile(**{"key": "c", "skills": ["엑셀"], **wrong})


@pytest.mark.parametrize(
    "wrong",
    [
        {"remote": "any"},
        {"seats": -1},
        {"requirements": "엑셀"},
        {"pay_max": "많이"},
        {"employment_type": "노예"},
        {"title": 3},
    ],
)
def test_a_wrong_opening_is_refused(wrong):
    with pytest.raises(ProfileError, match=r"\w"):
        OpeningProfile(**{"key": "o", "title": "개발자", "requirements": ["엑셀"], **wrong})


@pytest.mark.parametrize("weight", [0, -1, float("nan"), float("inf"), "2", True])
def test_the_weight_of_a_requirement_is_a_number_above_zero(weight):
    with pytest.raises(ProfileError, match="weight"):
        Requirement("엑셀", weight=weight)


def test_weights_of_parts_are_not_negative_and_not_all_zero():
    with pytest.raises(ProfileError, match="0 or more"):
        Weights(title=-0.1)
    with pytest.raises(ProfileError, match="above 0"):
        Weights(0, 0, 0)


def test_the_engine_has_no_room_for_personal_attributes():
    assert {field.name for field in dataclasses.fields(CandidateProfile)} == KNOWN_OF_A_PERSON
    table = {field.name for field in dataclasses.fields(CandidateTable)}
    assert table == {
        "key",
        "keys",
        "skills",
        "levels",
        "titles",
        "regions",
        "remote",
        "available",
        "employment",
        "pay_min",
    } - {"key"}
    for attribute in ("name", "sex", "gender", "age", "birth", "school", "nationality", "address", "phone"):
        with pytest.raises(TypeError):
            CandidateProfile("c", ["엑셀"], **{attribute: "x"})
        with pytest.raises((AttributeError, TypeError)):
            setattr(CandidateProfile("c", ["엑셀"]), attribute, "x")


def test_profiles_are_plain_frozen_values():
    person = CandidateProfile("c", ["엑셀"], employment_types=["정규직"], available_on=date(2020, 12, 1))
    assert pickle.loads(pickle.dumps(person)) == person and hash(person) == hash(pickle.loads(pickle.dumps(person)))
    assert person.skills == (CandidateSkill("엑셀", None),) and person.employment_types == ("regular",)
    with pytest.raises(dataclasses.FrozenInstanceError):
        person.key = "d"


def test_columns_and_profiles_give_the_same_table():
    people = [
        CandidateProfile(
            "a", [CandidateSkill("엑셀", 2), "파이썬"], ["개발자"], ["서울"], "hybrid", date(2020, 12, 1), ["인턴"], 200
        ),
        CandidateProfile("b", []),
    ]
    table = CandidateTable.from_columns(
        ["a", "b"],
        skills=([0, 0], ["엑셀", "파이썬"], [2, None]),
        titles=([0], ["개발자"]),
        regions=([0], ["서울"]),
        remote=["hybrid", "any"],
        available_on=[date(2020, 12, 1), None],
        employment_types=([0], ["인턴"]),
        pay_min=[200, None],
    )
    assert repr(table) == repr(CandidateTable.from_profiles(people))
    assert repr(table.between(1, 2).keys) == "('b',)"


@pytest.mark.parametrize(
    "wrong",
    [
        {"keys": ["a", "a"]},
        {"skills": ([0, 5], ["x", "y"], None)},
        {"skills": ([1, 0], ["x", "y"], None)},
        {"skills": ([0], ["x"], [9])},
        {"skills": ([0], [" "], None)},
        {"skills": ([0], ["x", "y"], None)},
        {"remote": ["any"]},
        {"remote": ["any", "moon"]},
        {"employment_types": ([0, 1], ["인턴", ["정규직"]])},
        {"employment_types": ([0, 1], ["인턴", None])},
        {"employment_types": ([0, 1], ["인턴", "노예"])},
        {"available_on": [date(2020, 12, 1), ["2020-12-01"]]},
        {"available_on": [date(2020, 12, 1), datetime(2020, 12, 1, 9, tzinfo=UTC)]},
        {"pay_min": [1, 1.0]},
        {"pay_min": [1, [2]]},
    ],
)
def test_faulty_columns_are_refused(wrong):
    with pytest.raises(ProfileError, match=r"\w"):
        CandidateTable.from_columns(**{"keys": ["a", "b"], **wrong})


def test_the_first_faulty_value_is_named():
    with pytest.raises(ProfileError, match="노예"):
        CandidateTable.from_columns(["a", "b"], employment_types=([0, 0, 1], ["인턴", "노예", "머슴"]))


def test_faulty_columns_of_openings_are_refused():
    with pytest.raises(ProfileError, match="weight"):
        OpeningTable.from_columns(["a"], requirements=([0], ["엑셀"], None, None, [0.0]))
    with pytest.raises(ProfileError, match="must"):
        OpeningTable.from_columns(["a"], requirements=([0], ["엑셀"], None, [True, False], None))


def test_a_blank_wish_is_no_wish():
    table = CandidateTable.from_columns(["a", "b"], titles=([0, 1], [" ", "개발자"]), regions=([0], [""]))
    assert (table.titles.rows.tolist(), table.titles.names, table.regions.names) == ([1], ("개발자",), ())
    person = CandidateProfile("a", ["엑셀"], wanted_titles=[" "], regions=[""])
    assert (person.wanted_titles, person.regions) == ((), ())
