"""The allocation bench computes what it says: every exact way finds the same total, and a miss is a miss."""

import json
from dataclasses import replace

import pytest

from bench.allocation import Round, faults_of, main, measure, proof_seconds


@pytest.fixture(scope="module", params=["as people", "1-5"])
def given(request: pytest.FixtureRequest) -> Round:
    return Round(120, 30, request.param)


def test_every_exact_way_finds_the_optimum_and_no_other_way_more(given: Round):
    lines = measure(given)
    assert len(lines) == 6
    assert faults_of(lines) == []
    assert all(line.placed <= lines[0].placed for line in lines)
    by_way = {line.way: line for line in lines}
    assert by_way["ours deferred_acceptance"].placed == by_way["ours stable"].placed == by_way["greedy"].placed
    assert by_way["ours stable"].fit == pytest.approx(by_way["greedy"].fit)
    assert proof_seconds(given) >= 0


def test_a_slow_way_or_another_total_is_a_fault(given: Round):
    lines = measure(given)
    slow = [replace(line, seconds=5.1) if line.way == "ours stable" else line for line in lines]
    assert faults_of(slow) == ["ours stable took 5.1 s"]
    other = [*lines[:-1], replace(lines[-1], fit=lines[-1].fit + 1)]
    assert len(faults_of(other)) == 1


def test_the_seats_are_of_the_kind_that_was_asked_for():
    assert 1_800 < Round(2_000, 100, "as people").seats.sum() < 2_200
    assert set(Round(2_000, 100, "1-5").seats.tolist()) == {1, 2, 3, 4, 5}


def test_json_is_one_document(capsys: pytest.CaptureFixture[str]):
    assert main(["--small", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert {line["way"] for line in document["lines"]} >= {"ours most_placed", "greedy"}
    assert document["faults"] == []
