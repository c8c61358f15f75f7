"""What people really type into a skill field, and what the engine makes of it."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from matching import Skill, Vocabulary, levels, vocabulary
from matching.levels import LEVEL_WORDS

ENTRIES = """
excel|엑셀|MS Excel|Excel
pivot|피벗|Pivot tables
hwp|한글|HWP
ppt|파워포인트|PPT
python|파이썬|Python
vue|Vue.js|Vue
mysql|MySQL
java|자바|Java
photoshop|포토샵|Photoshop
react|리액트|React
label|데이터 라벨링|라벨링
cuboid|3D 큐보이드|큐보이드
review|라벨링 검수|검수
typing|한글 타자
linux|리눅스|Linux
eip|정보처리기사
comp1|컴활 1급
comp2|컴활 2급|컴활
japanese|일본어|JLPT
chinese|중국어|HSK
clang|C 언어|C
payment|결제 연동
"""
BROADER = {"pivot": "excel", "cuboid": "label", "review": "label"}
ROWS = [line.split("|") for line in ENTRIES.strip().splitlines()]
TYPED = Vocabulary([Skill(key, tuple(names), broader=BROADER.get(key)) for key, *names in ROWS])


def keys_of(text):
    return {meaning.key for meaning in TYPED.read(text).meanings if meaning.key}


@pytest.mark.parametrize(
    ("text", "key", "level"),
    [
        ("엑셀 상", "excel", 4),
        ("엑셀: 중", "excel", 3),
        ("파워포인트 하", "ppt", 2),
        ("엑셀중급", "excel", 3),
        ("엑셀 (상)", "excel", 4),
        ("파이썬 능숙", "python", 4),
        ("한글/엑셀/파워포인트 상", "excel", 4),
    ],
)
def test_a_grade_behind_a_known_skill_is_its_level(text, key, level):
    assert key in keys_of(text)
    assert TYPED.read(text).level == level


def test_a_grade_word_behind_an_unknown_skill_stays_part_of_its_name():
    reading = TYPED.read("분재 상")
    assert (reading.level, reading.meanings[0].folded) == (0, "분재상")


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("python3.10", "python"),
        ("mysql8", "mysql"),
        ("vue3", "vue"),
        ("한글2020", "hwp"),
        ("HSK 5급", "chinese"),
        ("JLPT N2", "japanese"),
        ("일본어 n1", "japanese"),
        ("검수경험 2년", "review"),
        ("라벨링 3천 클립", "label"),
        ("한글타자 500타", "typing"),
        ("리눅스 명령어", "linux"),
        ("데이터 라벨링 경험 있음", "label"),
        ("엑셀 잘 다룸", "excel"),
        ("엑셀 ★★★", "excel"),
        ("엑셀😀", "excel"),
        ("Excel™", "excel"),
        ("\u202eExcel\u202c", "excel"),
        ("엑셀ㆍ한글", "excel"),
        ("c", "clang"),
    ],
)
def test_versions_classes_quantities_and_ornaments_are_no_part_of_a_name(text, key):
    assert key in keys_of(text)


@pytest.mark.parametrize(("text", "key"), [("포토샾", "photoshop"), ("리엑트", "react"), ("파이쎤", "python")])
def test_short_loan_words_are_read_by_ear(text, key):
    assert [(m.key, m.how) for m in TYPED.read(text).meanings] == [(key, "near")]
    (hit,) = TYPED.resolve(text, k=1)
    assert (hit.key, hit.how) == (key, "near") and hit.similarity == 95.0


@pytest.mark.parametrize(
    ("text", "key"), [("엑셀 피벗", "pivot"), ("피벗 엑셀", "pivot"), ("큐보이드 라벨링", "cuboid")]
)
def test_two_names_of_which_one_includes_the_other_say_the_narrower(text, key):
    assert keys_of(text) == {key}


@pytest.mark.parametrize(
    "text", ["정보처리기사 필기", "컴활 3급", "컴활3", "파이썬 라벨링", "Java SE", "react native", "결재 연동"]
)
def test_what_is_another_thing_is_not_taken_for_the_known_one(text):
    assert keys_of(text) == set()


def test_separators_alone_stay_what_they_are():
    assert {TYPED.read(text).meanings[0].folded for text in ("★", "😀", "...")} == {"★", "😀", "..."}


WORDS = [
    *(name for row in ROWS for name in row[1:]),
    *LEVEL_WORDS,
    *levels._SAYING,
    *levels._SAYING_ENDINGS,
    "분재",
    "ikebana",
    "3급",
    "n2",
    "a",
    "v2",
]


@settings(max_examples=400, deadline=None)
@given(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=4),
    st.sampled_from([" ", "  ", "", "/", " · ", "(", "\t", "ㆍ"]),
)
@example(["java", "a", "급"], " ")
@example(["엑셀", "중", "급"], " ")
@example(["Java", "and", "React"], " ")
def test_the_short_way_with_bare_names_reads_what_the_long_way_reads(words: list[str], between: str):
    text = between.join(words)
    short = Vocabulary(TYPED.skills.values()).read(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(vocabulary, "is_bare", lambda _text: False)
        assert Vocabulary(TYPED.skills.values()).read(text) == short


def test_most_names_are_bare_and_nothing_that_says_more_is():
    assert levels.is_bare("큐보이드 라벨링") and levels.is_bare("machine learning")
    assert not any(
        map(levels.is_bare, ["엑셀 중급", "엑셀중급", "자바 개발자", "a/b", "HSK 5급", "엑셀 및 워드", "검수경험"])
    )
