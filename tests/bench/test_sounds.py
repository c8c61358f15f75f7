"""The bench of sounds counts what it says."""

import gzip

import numpy as np
import pytest

from bench.sounds import ask, by_ratio, by_sound, decided, describe_cuts, hits, main, misled, read_pairs, skeleton

PAIRS = [("깃", "Git"), ("코틀린", "Kotlin"), ("개발", "Development"), ("개발", "Dev"), ("SQL", "sql")]


def table_of(rows):
    return lambda terms, names: np.array(rows, np.float32)


def test_a_hit_is_any_english_of_the_same_korean():
    # Names: Git, Kotlin, Development, Dev, sql; the fifth term is found exactly whatever the scorer says.
    asked = ask(PAIRS, table_of([[9, 1, 1, 1, 1], [9, 8, 7, 6, 5], [0, 0, 0, 9, 0], [9, 8, 0, 7, 0], [99, 0, 0, 0, 0]]))
    assert asked.ranks_of_right().tolist() == [0, 1, 0, 2, 0]
    assert hits(asked) == "0.600 1.000"


def test_precision_counts_the_terms_at_the_cut_only():
    asked = ask(PAIRS[:3], table_of([[90, 95, 0], [0, 90, 0], [50, 0, 0]]))
    assert decided(asked, 90) == (2, 0.5)
    assert decided(asked, 96) == (0, 0.0)
    assert misled(asked, 90) == pytest.approx(1 / 3)
    assert misled(asked, 50) == pytest.approx(2 / 3)


def test_others_are_in_the_way():
    alone, among = ask(PAIRS[:1], by_sound), ask(PAIRS[:1], by_sound, ["Kit", "GET"])
    assert alone.right.shape == (1, 1) and among.right.tolist() == [[True, False, False]]


def test_the_skeleton_is_crude():
    assert skeleton("프론트엔드") == skeleton("Frontend")
    assert skeleton("라벨") == skeleton("level")


def test_the_whole_bench_runs_on_a_small_file(tmp_path, capsys):
    (tmp_path / "terms_ko_en.tsv.gz").write_bytes(packed(PAIRS))
    assert read_pairs(tmp_path / "terms_ko_en.tsv.gz") == PAIRS
    assert main(tmp_path) == 0
    said = capsys.readouterr().out
    assert "all 5: hit@1 hit@5" in said and "Hangul 4: hit@1 hit@5" in said
    assert "loan words: 2" in said


def packed(pairs):
    return gzip.compress("\n".join(["section\tko\ten", *(f"x\t{ko}\t{en}" for ko, en in pairs)]).encode())


def test_ratio_is_the_plain_one():
    assert by_ratio(["abcd"], ["abcx"])[0, 0] == 75
    assert "decides at" in describe_cuts("x", ask(PAIRS, by_ratio))
