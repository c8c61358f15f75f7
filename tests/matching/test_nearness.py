"""Many names compared at once are as near as two compared by themselves, whatever the counting of letters rules out."""

from random import Random

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from matching import letters, linking, nearness
from matching.arrays import Ints
from matching.letters import Bits, Letters, possible_pairs
from matching.linking import Index
from matching.nearness import Comparables, errors_allowed, near_pairs, with_few_errors
from matching.normalise import form_of
from matching.similarities import NEAR_CUT, compare_forms, is_misspelling
from matching.vocabulary import Vocabulary

NAMES = (
    *(
        "폴리곤 라벨링",
        "바운딩박스",
        "이미지 데이터 라벨링",
        "스마트 컨트랙트",
        "엑셀",
        "한글 문서 작성",
        "프론트엔드 개발",
        "웹 개발",
    ),
    *(
        "앱 개발",
        "정보처리기사 필기",
        "컴퓨터활용능력 1급",
        "컴퓨터활용능력 2급",
        "machine learning",
        "data labeling quality",
    ),
    *("aws 개발", "C++", "C#", ".NET core", "node.js", "React Native", "MySQL", "MSSQL", "포토샵", "결재", "ㅋㅋㅋ"),
)
SIGNS = st.sampled_from("라벨링개발웹앱aeinrst 12+#.")


@st.composite
def misspelt_names(draw: st.DrawFn) -> str:
    name = list(draw(st.sampled_from(NAMES)))
    rng = Random(draw(st.integers(0, 10**6)))
    for _ in range(draw(st.integers(0, 4))):
        at = rng.randrange(len(name) + 1)
        name[at : at + rng.randrange(2)] = (
            draw(SIGNS) if rng.random() < 0.7 else name[at + 1 : at + 2] + name[at : at + 1]
        )
    if rng.random() < 0.2:
        name = list(" ".join(reversed("".join(name).split())))
    return "".join(name)


texts = st.lists(st.one_of(misspelt_names(), st.text(SIGNS, min_size=1, max_size=12)), max_size=8)


@pytest.fixture(autouse=True, params=[1 << 17, 2], ids=["at once", "in blocks"])
def _no_pair_is_too_few(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nearness, "_FEW_PAIRS", -1)
    monkeypatch.setattr(nearness, "_FEW_TEXTS", -1)
    monkeypatch.setattr(letters, "_CELLS", request.param)


def near_by_pair(rows: list[str], columns: list[str]) -> dict[tuple[int, int], float]:
    pairs = {(i, j): (form_of(a), form_of(b)) for i, a in enumerate(rows) for j, b in enumerate(columns)}
    alike = {at: compare_forms(a, b) for at, (a, b) in pairs.items() if a.folded != b.folded}
    return {at: likeness for at, likeness in alike.items() if likeness >= NEAR_CUT}


def near_at_once(rows: list[str], columns: list[str]) -> dict[tuple[int, int], float]:
    i, j, similarity = near_pairs(Comparables.of(rows), Comparables.of(columns))
    return dict(zip(zip(i.tolist(), j.tolist(), strict=True), similarity.tolist(), strict=True))


@settings(deadline=None)
@given(texts, texts)
@example(["이미지 데이터 라벨링"], ["라벨링 데이타 이미지"])
@example(["aws 개발"], ["aws개발", "awss 개발", "aws 게발", "개발 aws"])
@example(["code documentation expert"], ["cxyz documentation expert"])
@example(["포토샾"], ["포토샵"])
@example([""], ["", "라"])
def test_many_compared_at_once_are_as_near_as_two(rows: list[str], columns: list[str]):
    assert near_at_once(rows, columns) == pytest.approx(near_by_pair(rows, columns), abs=1e-9)


@pytest.mark.parametrize("few", [("_FEW_PAIRS",), ("_FEW_TEXTS",), ("_FEW_PAIRS", "_FEW_TEXTS")])
@settings(deadline=None)
@given(rows=texts, columns=texts)
def test_few_and_many_give_the_same(few: tuple[str, ...], rows: list[str], columns: list[str]):
    many = near_at_once(rows, columns)
    with pytest.MonkeyPatch.context() as patch:
        for limit in few:
            patch.setattr(nearness, limit, 10**6)
        assert near_at_once(rows, columns) == pytest.approx(many, abs=1e-9)


@settings(deadline=None)
@given(texts, texts)
@example(["&rd 기획자"], ["r&d 기획자"])
@example(["가각a&"], ["가각&a"])
def test_who_is_asked_about_whom_does_not_count(some: list[str], others: list[str]):
    turned = {(i, j): alike for (j, i), alike in near_at_once(others, some).items()}
    assert near_at_once(some, others) == pytest.approx(turned, abs=1e-9)


@settings(deadline=None)
@given(texts, texts)
def test_no_misspelling_is_ruled_out_by_counting(rows: list[str], columns: list[str]):
    i, j = with_few_errors(Comparables.of(rows), Comparables.of(columns))
    kept = set(zip(i.tolist(), j.tolist(), strict=True))
    forms = [[form_of(text) for text in side] for side in (rows, columns)]
    for a, one in enumerate(forms[0]):
        for b, other in enumerate(forms[1]):
            if one.folded != other.folded and is_misspelling(one, other):
                assert (a, b) in kept


def test_counting_rules_out_what_shares_too_few_letters():
    texts = ["라벨링", "블록체인", "machine", "machina"]
    counted = Letters.of(texts, np.arange(4), errors_allowed)
    i, j = possible_pairs(counted, counted)
    assert set(zip(i.tolist(), j.tolist(), strict=True)) == {(0, 0), (1, 1), (2, 2), (2, 3), (3, 2), (3, 3)}


@settings(deadline=None)
@given(texts, st.lists(texts, max_size=3), st.integers(0, 4))
def test_what_was_asked_before_changes_no_answer(names: list[str], questions: list[list[str]], limit: int):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(linking, "_MOST_REMEMBERED", limit)
        index = Index(Vocabulary().read_many([name for name in names if name.strip()]))
        typed = list(index.typed)
        for question in (*questions, *questions):
            asked = list(dict.fromkeys(form_of(text).folded for text in question))
            found = zip(*(column.tolist() for column in index.near_to(asked)), strict=True)
            assert {(i, j): alike for i, j, alike in found} == pytest.approx(near_at_once(asked, typed), abs=1e-9)


def test_one_text_beside_many_is_counted_and_not_compared_with_all(monkeypatch: pytest.MonkeyPatch):
    # Counting is made ready once for all questions; comparing with all takes as long for each.
    monkeypatch.undo()
    monkeypatch.setattr(nearness, "_with_few_errors_of_all", lambda *_sides: pytest.fail("compared with all"))
    many = [f"machine learning {number}" for number in range(1000)]
    assert len(near_at_once(["machine lerning 7"], many)) > 0


def test_one_short_text_makes_no_block_too_big(monkeypatch: pytest.MonkeyPatch):
    cells: list[int] = []

    def count(rows: Bits, columns: Bits, few: NDArray[np.uint8]) -> tuple[Ints, Ints]:
        cells.append(rows.shape[1] * columns.shape[1])
        return with_few_bits(rows, columns, few)

    with_few_bits = letters._with_few_bits
    monkeypatch.setattr(letters, "_with_few_bits", count)
    monkeypatch.setattr(letters, "_CELLS", 1000)
    near_at_once(
        ["q", *(f"machine learning {n}" for n in range(99))], ["q", *(f"machine learning {n}" for n in range(99))]
    )
    assert len(cells) == 10 and max(cells) <= 1000
