"""The search lines of the quality bench: what is asked, how ranks are counted, and where the bar lies."""

from random import Random

import numpy as np
import pytest
from rapidfuzz import fuzz

import matching
from bench import quality
from bench.quality import measures
from bench.quality_graded import VOCABULARY
from bench.quality_rankers import Reached, by_pieces, by_scorer, judge, plain, rank_by_search, rank_by_text
from bench.quality_search import Bar, measure, measure_coverage
from bench.quality_tasks import Task, absent_files, generated_tasks, read_rows, vary
from bench.quality_variants import misspell, respace, respell_by_family, say_more, type_on_other_layout
from matching.layouts import keys_of

NAMES = {
    "py": ["Python", "파이썬"],
    "js": ["JavaScript"],
    "label": ["데이터 라벨링", "data labeling"],
    "java": ["Java"],
}
VOCABULARY_OF_NAMES = matching.Vocabulary([matching.Skill(key, tuple(names)) for key, names in NAMES.items()])


def task(queries: dict[str, set[str]]) -> Task:
    return Task("example", tuple(queries), tuple(map(frozenset, queries.values())), NAMES)


def test_the_figures_equal_an_example_computed_by_hand():
    reached = judge("ours", [1, 2, 6, 0])
    assert (reached.hit_1, reached.hit_5) == (0.25, 0.5)
    assert reached.mrr == pytest.approx((1 + 1 / 2 + 1 / 6) / 4)


def test_a_key_is_as_near_as_its_best_name_and_ties_stand_in_the_order_of_the_keys():
    asked = task({"파이썬": {"py"}, "data labelling": {"label"}, "zzz": {"java"}})
    assert rank_by_text(asked, by_scorer(fuzz.ratio)) == [1, 1, 4]


def test_of_several_right_answers_the_first_counts():
    assert rank_by_search(task({"Java": {"js", "java"}, "파이쏜": {"py"}}), VOCABULARY_OF_NAMES) == [1, 1]


def test_pieces_are_weighed_as_in_the_text_book():
    asked = task({"java": {"java"}})
    names = [plain(name) for own in NAMES.values() for name in own]
    table = by_pieces(asked)(["java script"], names)
    assert table[0] == pytest.approx(naive_cosines("java script", names), abs=1e-5)


def naive_cosines(query: str, names: list[str]) -> list[float]:
    def pieces(text: str) -> dict[str, int]:
        words = [f" {word} " for word in text.split()]
        cut = [w[i : i + n] for w in words for n in (2, 3, 4) for i in range(len(w) - n + 1)]
        return {piece: cut.count(piece) for piece in cut}

    found = [pieces(name) for name in names]
    known = {piece for name in found for piece in name}
    rarity = {piece: np.log((1 + len(names)) / (1 + sum(piece in name for name in found))) + 1 for piece in known}
    vectors = [
        {p: (1 + np.log(n)) * rarity[p] for p, n in text.items() if p in known} for text in (pieces(query), *found)
    ]
    lengths = [np.sqrt(sum(weight**2 for weight in vector.values())) for vector in vectors]
    products = [sum(vectors[0][p] * vector.get(p, 0.0) for p in vectors[0]) for vector in vectors[1:]]
    return [product / lengths[0] / length for product, length in zip(products, lengths[1:], strict=True)]


@pytest.mark.parametrize(
    ("ours", "best", "level", "leads"),
    [
        (0.8, 0.8, True, False),
        (0.85, 0.8, True, True),
        (0.79, 0.8, False, False),
        (0.97, 0.96, True, False),
        (0.98, 0.96, True, True),
        (1.0, 1.0, True, True),
    ],
)
def test_to_lead_is_5_points_or_half_of_the_error(ours, best, level, leads):
    mine, theirs = Reached("ours", 100, ours, 1.0, ours), Reached("best", 100, best, 1.0, best)
    assert Bar().holds(mine, theirs) is level
    assert Bar(leads=True).holds(mine, theirs) is leads


def test_a_hit_of_its_own_may_be_demanded():
    reached = Reached("ours", 100, 0.69, 1.0, 0.8)
    assert not Bar(hit_1=0.70).holds(reached, Reached("best", 100, 0.1, 1.0, 0.2))


def test_a_line_is_missed_when_one_baseline_is_better():
    asked = task({"파이쏜": {"py"}, "자바": {"java"}})
    line = measure(asked, VOCABULARY_OF_NAMES, Bar(), ours=[1, 1])
    assert [figure.queries for figure in line.figures] == [2] * 6
    assert line.passed
    assert not measure(asked, VOCABULARY_OF_NAMES, Bar(), ours=[0, 0]).passed
    assert "passed" in line.describe() and "WRatio" in line.describe()


def test_coverage_counts_what_the_vocabulary_knew_by_name():
    asked = task({"파이썬": {"py"}, "Java": {"js"}, "파이쏜": {"py"}})
    assert measure_coverage(asked, VOCABULARY_OF_NAMES) == pytest.approx(1 / 3)


def test_variants_are_made_by_a_seeded_rule_and_are_no_names():
    one, other = (vary("example", NAMES, (misspell, respace)) for _ in range(2))
    assert one == other
    known = {plain(name) for names in NAMES.values() for name in names}
    assert one.queries and known.isdisjoint(map(plain, one.queries))


@pytest.mark.parametrize("name", ["데이터 라벨링", "Python", "AI 윤리", "바운딩박스"])
def test_a_misspelling_is_a_few_wrong_keys(name):
    for seed in range(30):
        typed = misspell(name, Random(seed))
        assert typed is not None
        assert abs(len(keys_of(typed)) - len(keys_of(name))) <= 2


def test_the_other_layout_can_be_undone():
    rng = Random(1)
    assert type_on_other_layout("파이썬", rng) == "vkdlTjs"
    assert type_on_other_layout("python", rng) == "ㅔㅛ쇄ㅜ"
    assert type_on_other_layout("C++", rng) is None


def test_rules_say_where_they_do_not_apply():
    rng = Random(1)
    assert respace("Python", rng) is None
    assert respell_by_family("회계", rng) is None
    assert say_more("Python", rng) is None
    assert misspell("C#", rng) is None


def test_a_short_run_without_outside_data_is_as_good_as_the_best_baseline():
    vocabulary = matching.Vocabulary.from_csv(VOCABULARY)
    for asked in generated_tasks(vocabulary, queries=40):
        leads = asked.name == "other keyboard layout"
        assert measure(asked, vocabulary, Bar(leads=leads)).passed, asked.name


def test_what_is_not_there_is_said_in_one_line_and_left_out(tmp_path, capsys, monkeypatch):
    assert len(absent_files(tmp_path)) == 5
    assert len(list(measures(tmp_path))) == 5
    monkeypatch.setattr(quality, "measures", lambda _data: [])
    assert quality.main(["--data", str(tmp_path)]) == 0
    assert capsys.readouterr().err.count("\n") == 1


def test_rows_are_read_packed_or_not(tmp_path):
    (tmp_path / "a.tsv").write_text("ko\ten\n파이썬\tPython\n", encoding="utf-8")
    (tmp_path / "a.jsonl").write_text('{"id": 1}\n', encoding="utf-8")
    assert read_rows(tmp_path / "a.tsv") == [{"ko": "파이썬", "en": "Python"}]
    assert read_rows(tmp_path / "a.jsonl") == [{"id": 1}]
