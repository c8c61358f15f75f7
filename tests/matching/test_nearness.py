"""Many names compared at once are as near as two compared by themselves, whatever the counting of letters rules out."""

from random import Random

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from matching import nearness
from matching.letters import Letters, possible_pairs
from matching.nearness import Comparables, errors_allowed, near_pairs, with_few_errors
from matching.normalise import form_of
from matching.similarities import NEAR_CUT, compare_forms, is_misspelling

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


@pytest.fixture(autouse=True)
def _no_pair_is_too_few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nearness, "_FEW_PAIRS", -1)


def near_by_pair(rows: list[str], columns: list[str]) -> dict[tuple[int, int], float]:
    pairs = {(i, j): (form_of(a), form_of(b)) for i, a in enumerate(rows) for j, b in enumerate(columns)}
    alike = {at: compare_forms(a, b) for at, (a, b) in pairs.items() if a.folded != b.folded}
    return {at: likeness for at, likeness in alike.items() if likeness >= NEAR_CUT}


def near_at_once(rows: list[str], columns: list[str]) -> dict[tuple[int, int], float]:
    i, j, similarity = near_pairs(Comparables.of(rows), Comparables.of(columns))
    return dict(zip(zip(i.tolist(), j.tolist(), strict=True), similarity.tolist(), strict=True))


@given(texts, texts)
@example(["이미지 데이터 라벨링"], ["라벨링 데이타 이미지"])
@example(["aws 개발"], ["aws개발", "awss 개발", "aws 게발", "개발 aws"])
@example(["code documentation expert"], ["cxyz documentation expert"])
@example(["포토샾"], ["포토샵"])
@example([""], ["", "라"])
def test_many_compared_at_once_are_as_near_as_two(rows: list[str], columns: list[str]):
    assert near_at_once(rows, columns) == pytest.approx(near_by_pair(rows, columns), abs=1e-9)


@given(texts, texts)
def test_few_and_many_give_the_same(rows: list[str], columns: list[str]):
    many = near_at_once(rows, columns)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(nearness, "_FEW_PAIRS", 10**6)
        assert near_at_once(rows, columns) == pytest.approx(many, abs=1e-9)


@given(texts, texts)
def test_no_misspelling_is_ruled_out_by_counting(rows: list[str], columns: list[str]):
    i, j = with_few_errors(Comparables.of(rows), Comparables.of(columns))
    kept = set(zip(i.tolist(), j.tolist(), strict=True))
    forms = [[form_of(text) for text in side] for side in (rows, columns)]
    for a, one in enumerate(forms[0]):
        for b, other in enumerate(forms[1]):
            if one.folded != other.folded and is_misspelling(one, other):
                assert (a, b) in kept


@given(texts, texts, texts)
def test_texts_that_come_later_are_compared_like_the_first(rows: list[str], more: list[str], columns: list[str]):
    first = Comparables.of(rows)
    assert len(first.counted.numbers) >= len(rows)
    i, j, similarity = near_pairs(first.joined(Comparables.of(more)), Comparables.of(columns))
    found = dict(zip(zip(i.tolist(), j.tolist(), strict=True), similarity.tolist(), strict=True))
    assert found == pytest.approx(near_at_once(rows + more, columns), abs=1e-9)


def test_counting_rules_out_what_shares_too_few_letters():
    texts = ["라벨링", "블록체인", "machine", "machina"]
    letters = Letters.of(texts, np.arange(4))
    i, j = possible_pairs(letters, letters, errors_allowed)
    assert set(zip(i.tolist(), j.tolist(), strict=True)) == {(0, 0), (1, 1), (2, 2), (2, 3), (3, 2), (3, 3)}
