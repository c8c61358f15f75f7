"""Columns that the database has put together hold what the rows hold."""

import numpy as np
import pytest
from sqlalchemy import func, select
from sqlmodel import Session, col

from employers.models import Opening, OpeningRequirement
from placement.gathering import read_columns
from tests.placement.cast import add_opening, keep


def asked(session: Session, *skills: str) -> None:
    opening = add_opening(session)
    for position, skill in enumerate(skills):
        values = {"skill": skill, "weight": 0.1 + position, "must": position == 1}
        keep(session, OpeningRequirement(opening_id=opening.id, position=position, **values))


def test_every_kind_of_column_comes_as_what_it_is_in_the_order_of_the_query(session: Session):
    asked(session, "엑셀, 워드", "C++")
    r = OpeningRequirement
    chosen = select(*map(col, (r.position, r.skill, r.weight, r.must)))
    places, skills, weights, musts = read_columns(session, chosen.order_by(col(r.position).desc()))
    assert (places.dtype, places.tolist()) == (np.int64, [1, 0])
    assert skills == ["C++", "엑셀, 워드"]
    assert (weights.dtype, weights.tolist()) == (np.float64, [1.1, 0.1])
    assert (musts.dtype, musts.tolist()) == (np.bool_, [True, False])


def test_a_line_break_in_a_text_does_not_make_two(session: Session):
    asked(session, "사진\n보정", "포장")
    chosen = select(col(OpeningRequirement.skill)).order_by(col(OpeningRequirement.position))
    assert read_columns(session, chosen) == [["사진 보정", "포장"]]


def test_one_empty_text_is_a_text(session: Session):
    asked(session, "엑셀")
    assert read_columns(session, select(func.replace(OpeningRequirement.skill, "엑셀", ""))) == [[""]]


@pytest.mark.parametrize("column", [Opening.region, Opening.pay_max])
def test_a_column_with_null_is_refused_rather_than_shifted(session: Session, column):
    add_opening(session, region=None, pay_max=None)
    add_opening(session, region="서울 서초구", pay_max=2_500_000)
    with pytest.raises(ValueError, match="NULL"):
        read_columns(session, select(col(Opening.id), col(column)))


def test_no_rows_are_columns_of_no_length(session: Session):
    ids, titles, seats = read_columns(session, select(*map(col, (Opening.id, Opening.title, Opening.seats))))
    assert (ids.tolist(), titles, seats.tolist()) == ([], [], [])
    assert ids.dtype == np.int64
