"""Matching at the terminal: the JSON that other programs read, and lines that a person can read."""

import gc
import json
from pathlib import Path

import pytest

from placement import suggesting
from tests.cli.conftest import Ieum, document, refusal

GRADUATES = """id,성명,연락처,보유기술,희망지역,재택근무
G1,김하나,010-0000-0001,"엑셀, 데이터 라벨링",서울 서초구,
G2,이두리,010-0000-0002,파이썬,부산,
"""
OPENINGS = """id,기업명,채용공고명,필수기술,우대기술,모집인원,근무지
O1,하나데이터,라벨링 검수,데이터 라벨링,엑셀,2,서울 서초구
O2,하나데이터,백엔드 개발,자바,,1,서울 강남구
"""


@pytest.fixture
def office(ieum: Ieum, tmp_path: Path) -> Ieum:
    """Two people and two openings of an office, matched."""
    for kind, text in (("graduates", GRADUATES), ("openings", OPENINGS)):
        (tmp_path / f"{kind}.csv").write_text(text, encoding="utf-8")
        assert ieum("import", kind, str(tmp_path / f"{kind}.csv")).exit_code == 0
    assert ieum("match").exit_code == 0
    return ieum


def test_a_run_reports_its_counts_and_seconds_and_nothing_else_on_standard_output(office: Ieum):
    report = document(office("match", "--runner", "local", "--top", "5", "--json"))
    assert (report["candidates"], report["openings"], report["pairs"], report["suggestions"]) == (2, 2, 4, 1)
    assert report["seconds"].keys() == {"read", "match", "write", "total"}
    assert report["runner"] == "local"
    assert {"run", "pairs_per_second", "engine"} <= report.keys()


def test_the_collector_rests_during_a_run_and_works_again_after_it(office: Ieum, monkeypatch: pytest.MonkeyPatch):
    seen = []
    compute = suggesting.propose_all
    monkeypatch.setattr(suggesting, "propose_all", lambda *a, **k: (seen.append(gc.isenabled()), compute(*a, **k))[1])
    document(office("match", "--json"))
    assert (seen, gc.isenabled()) == ([False], True)


def test_suggestions_come_ranked_with_their_explanation_from_both_sides(office: Ieum):
    mine = document(office("suggest", "--graduate", "G1", "--json"))
    theirs = document(office("suggest", "--opening", "O1", "--json"))
    assert mine["graduate"] == "G1" and theirs["opening"] == "O1"
    [offer], [person] = mine["suggestions"], theirs["suggestions"]
    assert (offer["opening"], offer["title"], offer["company"], offer["rank"]) == ("O1", "라벨링 검수", "하나데이터", 1)
    assert person["graduate"] == "G1"
    assert offer["score"] == person["score"] == offer["explanation"]["score"] > 0


def test_a_list_for_people_says_the_reasons_in_words(office: Ieum):
    first, reason = office("suggest", "--graduate", "G1").stdout.splitlines()
    assert first.startswith("1위") and "라벨링 검수 · 하나데이터 (O1)" in first
    assert "갖춤" in reason and "데이터 라벨링" in reason


def test_why_answers_for_a_pair_that_is_on_no_list(office: Ieum):
    why = document(office("why", "G2", "O1", "--json"))
    assert (why["graduate"], why["opening"], why["eligible"], why["score"]) == ("G2", "O1", False, 0)
    failing = {limit["name"]: limit["text"] for limit in why["limits"] if not limit["ok"]}
    assert failing.keys() == {"must", "region"}
    assert "데이터 라벨링" in failing["must"]
    assert {"skill", "must", "how", "met_by", "similarity", "level", "points"} <= why["requirements"][0].keys()
    assert why["parts"][0].keys() == {"name", "weight", "score"}
    assert "필수 기술" in why["nearest_change"]


def test_why_marks_the_limits_that_fail(office: Ieum):
    said = office("why", "G2", "O1").stdout
    assert said.startswith("추천할 수 없는 조합입니다.")
    assert "✗ 근무지" in said and "✓ 급여" in said


@pytest.mark.parametrize(
    "words",
    [("suggest", "--graduate", "X"), ("suggest", "--opening", "X"), ("why", "X", "O1"), ("match", "--cohort", "X")],
)
def test_an_unknown_id_is_refused_in_one_sentence(ieum_on_sqlite: Ieum, words: tuple[str, ...]):
    assert refusal(ieum_on_sqlite(*words)).endswith("없습니다: X")


@pytest.mark.parametrize("sides", [(), ("--graduate", "G1", "--opening", "O1")])
def test_suggest_asks_for_exactly_one_side(ieum_on_sqlite: Ieum, sides: tuple[str, ...]):
    assert "하나만" in refusal(ieum_on_sqlite("suggest", *sides), status=2)


def test_resolve_answers_every_line_of_its_input(ieum_on_sqlite: Ieum):
    ieum_on_sqlite("init")
    said = ieum_on_sqlite("skills", "resolve", "--top", "2", "--json", typed="\ufeff엑셀\r\n\nPyton\n").stdout
    excel, blank, python = map(json.loads, said.splitlines())
    assert (excel["query"], excel["hits"][0]["name"], excel["hits"][0]["how"]) == ("엑셀", "엑셀", "exact")
    assert blank == {"query": "", "hits": []}
    assert python["hits"][0]["key"] == "dev-python" and len(python["hits"]) == 2


def test_resolve_of_nothing_or_of_broken_bytes_ends_well(ieum_on_sqlite: Ieum):
    assert ieum_on_sqlite("skills", "resolve", "--json", typed="").stdout == ""
    assert document(ieum_on_sqlite("skills", "resolve", "--json", typed=b"\xff\n"))["query"] == "\ufffd"
