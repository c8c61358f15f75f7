"""A whole-cohort round at the terminal: the JSON that other programs read, and lines that a person can read."""

from pathlib import Path

import pytest

from tests.cli.conftest import Ieum, document, refusal

COHORTS = """id,과정명,기수
K1,데이터,1
K2,데이터,2
"""
GRADUATES = """id,성명,보유기술,과정,기수
G1,김하나,"엑셀, 파이썬",데이터,1
G2,이두리,엑셀,데이터,1
G3,박세나,도예,데이터,2
"""
OPENINGS = """id,기업명,채용공고명,필수기술,우대기술,모집인원
O1,하나데이터,자료 분석,엑셀,파이썬,1
O2,하나데이터,자동화 개발,파이썬,자바,1
O3,두리도예,도예 강사,자바,도예,1
"""


@pytest.fixture
def office(ieum: Ieum, tmp_path: Path) -> Ieum:
    """Three people and three openings, not matched: a round needs no run before it."""
    for kind, text in (("cohorts", COHORTS), ("graduates", GRADUATES), ("openings", OPENINGS)):
        (tmp_path / f"{kind}.csv").write_text(text, encoding="utf-8")
        done = ieum("import", kind, str(tmp_path / f"{kind}.csv"))
        assert done.exit_code == 0, done.output
    return ieum


def test_the_slate_is_one_json_document_with_pairs_reasons_and_price(office: Ieum):
    slate = document(office("allocate", "--json"))
    assert (slate["policy"], slate["candidates"], slate["openings"], slate["seats"]) == ("most_placed", 3, 3, 3)
    pairs = {(pair["graduate"], pair["opening"]) for pair in slate["pairs"]}
    assert pairs == {("G1", "O2"), ("G2", "O1")}
    assert slate["placed"] == 2
    assert slate["total_score"] == pytest.approx(sum(pair["score"] for pair in slate["pairs"]))
    assert {"title", "company", "score"} <= slate["pairs"][0].keys()
    [left] = slate["unplaced"]
    assert (left["graduate"], left["why"], left["one_more_seat"]) == ("G3", "no_eligible_opening", [])
    assert (left["one_relaxed_must"]["opening"], left["one_relaxed_must"]["skill"]) == ("O3", "자바")
    assert left["one_relaxed_must"]["placed"] is True
    assert left["text"] and len(left["changes"]) == 1
    assert slate["blocking_pairs"] == [{"graduate": "G1", "opening": "O1"}]
    assert slate["price"]["people"] == 1
    assert slate["other"]["policy"] == "stable"
    assert {"ties", "lost_by_tie", "sit_out", "cohort", "least_score", "seconds", "engine"} <= slate.keys()


def test_the_stable_slate_has_no_blocking_pair_and_costs_a_person(office: Ieum):
    slate = document(office("allocate", "--policy", "stable", "--json"))
    assert [(pair["graduate"], pair["opening"]) for pair in slate["pairs"]] == [("G1", "O1")]
    assert slate["blocking_pairs"] == []
    assert {left["graduate"]: left["why"] for left in slate["unplaced"]} == {
        "G2": "outranked",
        "G3": "no_eligible_opening",
    }


def test_a_round_may_be_of_one_cohort_or_of_good_pairs_only(office: Ieum):
    assert document(office("allocate", "--least", "90", "--json"))["placed"] == 1
    slate = document(office("allocate", "--cohort", "K1", "--json"))
    assert (slate["cohort"], slate["candidates"]) == ("K1", 2)


def test_a_slate_for_people_says_who_goes_where_and_why_the_others_do_not(office: Ieum):
    said = office("allocate").stdout
    assert said.startswith("최다 배정: ")
    assert "대상 3명, 공고 3건의 남은 자리 3개: 2명 배정" in said
    assert "김하나 (G1) → 자동화 개발 · 하나데이터 (O2)" in said
    assert "안정 배정으로 하면 1명이 덜 배정됩니다(1명)." in said
    assert "박세나 (G3): 조건이 모두 맞는 공고가 없습니다." in said
    assert "필수 기술 ‘자바’ 하나를 우대로 바꾸면 배정됩니다" in said


def test_english_is_spoken_when_asked_for(office: Ieum):
    said = office("allocate", "--lang", "en").stdout
    assert "With a seat: 2" in said and "Without a seat: 1" in said
    assert not any("가" <= sign <= "힣" for sign in said.splitlines()[0])


def test_an_unknown_cohort_or_policy_is_refused(ieum_on_sqlite: Ieum):
    assert refusal(ieum_on_sqlite("allocate", "--cohort", "X")).endswith("없습니다: X")
    refusal(ieum_on_sqlite("allocate", "--policy", "fair"), status=2)


def test_an_office_without_anybody_has_an_empty_slate(ieum_on_sqlite: Ieum):
    slate = document(ieum_on_sqlite("allocate", "--json"))
    assert (slate["pairs"], slate["unplaced"], slate["placed"]) == ([], [], 0)
    assert "미배정 0명" in ieum_on_sqlite("allocate").stdout
