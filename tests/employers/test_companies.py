"""A company's number, names and telephone are read as people write them, and refused where they cannot be right."""

import pytest
from pydantic import ValidationError
from sqlmodel import Session

from employers.checking import has_resident_number
from employers.companies import (
    CompanyInput,
    ContactInput,
    change_company,
    check_digit,
    format_phone,
    name_key,
    normalise_phone,
    parse_business_number,
    possible_duplicates,
    store_company,
)
from employers.enums import SizeBand
from employers.errors import InputRefused, StaleVersion
from placement.db import Database


@pytest.mark.parametrize("number", ["999-81-00015", "999 81 00029", "9998100034", "９９９－８１－００３２０"])
def test_a_number_is_read_with_any_punctuation(number: str):
    assert parse_business_number(number).startswith("99981")


def test_nine_of_ten_last_digits_are_refused():
    right = check_digit("999810001")
    refused = []
    for last in set(range(10)) - {right}:
        with pytest.raises(InputRefused) as error:
            parse_business_number(f"999-81-0001{last}")
        refused.append(error.value.code)
    assert refused == ["business_number_check_digit"] * 9


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("000-00-00000", "business_number_zero"),
        ("123", "business_number_shape"),
        ("99981000150", "business_number_shape"),
    ],
)
def test_a_number_of_another_shape_is_refused(number: str, code: str):
    with pytest.raises(InputRefused) as error:
        parse_business_number(number)
    assert error.value.code == code


def test_the_legal_form_does_not_count_in_a_name():
    names = [
        "㈜가람데이터",
        "(주) 가람데이터",
        "주식회사 가람데이터",
        "가람데이터 주식회사",
        "가람 데이터㈜",
        "가람데이터",
    ]
    assert {name_key(name) for name in names} == {"가람데이터"}


def test_a_name_of_legal_form_alone_keeps_a_key():
    assert name_key("주식회사") == "주식회사"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("010-0000-1234", "010-0000-1234"),
        ("+82 10 0000 1234", "010-0000-1234"),
        ("1000001234", "010-0000-1234"),
        ("02)000-0001", "02-000-0001"),
        ("1588-0000", "1588-0000"),
    ],
)
def test_a_telephone_number_is_kept_as_digits_and_shown_with_hyphens(typed: str, shown: str):
    assert format_phone(normalise_phone(typed)) == shown


def test_a_word_is_no_telephone_number():
    with pytest.raises(InputRefused, match="phone_shape"):
        normalise_phone("없음")


@pytest.mark.parametrize("text", ["900101-2345678", "9001012345678", "비고 900101 1345678 끝", "900101－２345678"])
def test_a_resident_number_is_seen(text: str):
    assert has_resident_number(text)


@pytest.mark.parametrize(
    "text", ["900101-2******", "901301-2345678", "900230-1345678", "19001012345678", "010-0000-1234"]
)
def test_what_only_looks_like_a_resident_number_is_left_alone(text: str):
    assert not has_resident_number(text)


def test_a_resident_number_is_refused_in_free_text_without_being_repeated():
    with pytest.raises(ValidationError) as error:
        CompanyInput(name="가람 900101-2345678")
    assert error.value.errors()[0]["type"] == "resident_number"


def test_a_head_count_becomes_a_size_band():
    bands = [CompanyInput(name="가람", size_band=count).size_band for count in (4, 5, 10, 49, 100)]
    assert bands == [SizeBand.W5, SizeBand.W9, SizeBand.W10, SizeBand.W30, SizeBand.W100]


def test_an_unknown_field_is_refused():
    with pytest.raises(ValidationError, match="extra_forbidden"):
        CompanyInput(name="가람", state="open")


def test_a_company_is_stored_with_its_contact_and_found_as_a_duplicate(database: Database):
    with database.transaction() as session:
        stored = store_company(
            session,
            CompanyInput(
                name="㈜가람", business_number="999-81-00015", contact=ContactInput(name="담당자", phone="02-000-0001")
            ),
        )
        assert [row.id for row in possible_duplicates(session, CompanyInput(name="가람 주식회사"))] == [stored.id]
        _assert_number_taken(session)


def _assert_number_taken(session: Session):
    with pytest.raises(InputRefused) as error:
        store_company(session, CompanyInput(name="나래", business_number="9998100015"))
    assert (error.value.code, error.value.values) == ("business_number_taken", {"company": "㈜가람"})


def test_a_stale_form_changes_nothing(database: Database):
    with database.transaction() as session:
        stored = store_company(session, CompanyInput(name="가람"))
        change_company(session, stored, CompanyInput(name="가람데이터"), version=1)
        with pytest.raises(StaleVersion):
            change_company(session, stored, CompanyInput(name="나래"), version=1)
        assert (stored.name, stored.version) == ("가람데이터", 2)
