"""The graded Korean set is complete, agrees with the published limits and is not easier than it says."""

import csv
import re
import unicodedata
from collections import Counter
from itertools import product

import pytest

from bench.quality_graded import GRADED, read_rows

CANDIDATES = {row["key"]: row for row in read_rows(GRADED / "candidates.jsonl")}
OPENINGS = {row["key"]: row for row in read_rows(GRADED / "openings.jsonl")}
PROPOSED = {"1", "2", "3"}


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    with (GRADED / "grades.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def pairs(rows: list[dict[str, str]], grades: set[str]) -> list[tuple[dict, dict]]:
    return [(CANDIDATES[row["graduate"]], OPENINGS[row["opening"]]) for row in rows if row["grade"] in grades]


def test_every_pair_is_graded_exactly_once(rows):
    assert len(CANDIDATES) == 40
    assert len(OPENINGS) == 25
    assert Counter((row["graduate"], row["opening"]) for row in rows) == Counter(product(CANDIDATES, OPENINGS))


def test_every_grade_is_between_zero_and_three_and_has_its_reason(rows):
    assert {row["grade"] for row in rows} == {"0", "1", "2", "3"}
    assert [row for row in rows if not row["why"].strip()] == []


def test_every_trap_is_graded_zero_and_there_are_many(rows):
    traps = [row for row in rows if row["trap"]]
    assert {row["trap"] for row in traps} == {"trap"}
    assert {row["grade"] for row in traps} == {"0"}
    assert len(traps) >= 30


def test_every_graduate_has_three_openings_to_propose(rows):
    proposed = Counter(row["graduate"] for row in rows if row["grade"] in PROPOSED)
    assert [key for key in CANDIDATES if proposed[key] < 3] == []


def test_every_opening_suits_somebody(rows):
    assert {row["opening"] for row in rows if row["grade"] in {"2", "3"}} == set(OPENINGS)


def test_nothing_is_proposed_below_the_wished_pay(rows):
    kept = [(c["pay_min"], o["pay_max"]) for c, o in pairs(rows, PROPOSED) if c["pay_min"] and o["pay_max"]]
    assert kept
    assert all(least <= most for least, most in kept)


def test_nothing_is_proposed_before_the_graduate_is_available(rows):
    kept = [(c["available_on"], o["starts_on"]) for c, o in pairs(rows, PROPOSED)]
    kept = [(free, start) for free, start in kept if free and start]
    assert kept
    assert all(free <= start for free, start in kept)


def test_nothing_is_proposed_in_an_employment_type_that_is_not_wished(rows):
    kept = [(c["employment_types"], o["employment_type"]) for c, o in pairs(rows, PROPOSED)]
    assert all(not wished or offered in wished for wished, offered in kept)


def test_nothing_with_an_office_is_proposed_to_someone_who_wants_remote_only(rows):
    offered = {o["remote"] for c, o in pairs(rows, PROPOSED) if c["remote"] == "remote"}
    assert offered == {"remote"}


def test_the_three_tracks_and_every_level_are_there():
    for side in (CANDIDATES, OPENINGS):
        assert {row["track"] for row in side.values()} == {"labeling", "blockchain", "ai"}
    levels = {skill["level"] for row in CANDIDATES.values() for skill in row["skills"]}
    assert levels == {None, 1, 2, 3, 4}


def test_one_profile_is_typed_in_decomposed_hangul():
    typed = CANDIDATES["G13"]["skills"][0]["skill"]
    assert typed != unicodedata.normalize("NFC", typed)


def test_the_counts_in_the_readme_are_those_of_the_file(rows):
    text = (GRADED / "README.md").read_text(encoding="utf-8")
    counted = Counter(row["grade"] for row in rows)
    told = dict(re.findall(r"^\| ([0-3]) \|.*\| (\d+) \|$", text, re.MULTILINE))
    assert told == {grade: str(number) for grade, number in counted.items()}
    assert f"({sum(bool(row['trap']) for row in rows)} pairs" in text
