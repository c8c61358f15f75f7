"""The vocabulary that ships, outside software: labeling, design, marketing, the office, certificates, languages and other trades."""

import csv
from importlib.resources import as_file, files

import pytest

from matching import Vocabulary
from matching.normalise import fold, respell

FAMILIES = [
    "lbl",
    "tool",
    "fmt",
    "dom",
    "des",
    "art",
    "mkt",
    "plan",
    "oa",
    "adm",
    "acc",
    "hr",
    "trade",
    "log",
    "pur",
    "sales",
    "cs",
    "cert",
    "lang",
    "med",
    "edu",
    "mfg",
    "cns",
    "auto",
    "env",
    "agr",
    "fin",
    "pub",
    "ec",
    "com",
]


@pytest.fixture(scope="module")
def shipped() -> Vocabulary:
    with as_file(files("placement") / "data" / "skills.csv") as path:
        return Vocabulary.from_csv(path)


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    with (files("placement") / "data" / "skills.csv").open(encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def keys_read(vocabulary, text):
    return [meaning.key for meaning in vocabulary.read(text).meanings if meaning.key]


def test_the_other_trades_alone_are_large_enough(shipped):
    skills = [key for key in shipped.skills if key.split("-")[0] in FAMILIES]
    names = {respell(fold(name)) for key in skills for name in shipped.names_of(key)}
    assert len(skills) >= 1_500
    assert len(names) >= 10_000


def test_a_few_skills_are_marked_as_those_that_nearly_everyone_lists(rows):
    everyday = {row["skill_id"] for row in rows if row["everyday"] == "1"}
    assert {row["everyday"] or "" for row in rows} == {"", "1"}
    assert 25 <= len(everyday) <= 60
    assert {"oa-excel", "oa-word", "oa-hwp", "oa-powerpoint", "com-communication", "com-diligence"} <= everyday


def test_columns_that_the_reader_does_not_know_are_passed_over(tmp_path):
    path = tmp_path / "skills.csv"
    path.write_text("skill_id,name_ko,name_en,everyday,colour\na,엑셀,Excel,1,green\nb,워드,Word\n", encoding="utf-8")
    assert Vocabulary.from_csv(path).lookup("excel") == "a"


@pytest.mark.parametrize(
    ("texts", "key"),
    [
        ("데이터 라벨링|데이터 태깅|데이터라벨링 아르바이트|annotator", "lbl-data-labeling"),
        ("바운딩박스|bbox|바운딩 박스 3만장 작업|2D bounding box", "lbl-bbox"),
        ("RLHF|AI 답변 평가|LLM 답변 검수", "lbl-llm-eval"),
        ("선호도 데이터|쌍비교 평가|pairwise comparison", "lbl-pref"),
        ("사투리 전사|방언|dialect annotation", "lbl-dialect"),
        ("제주어|제주도 사투리", "lbl-dialect-jeju"),
        ("CT 라벨링|병변 분할|tumor annotation", "dom-ct-mri"),
        ("포샵|포토샾|Photoshop CC", "oa-photoshop"),
        ("일러|일러스트|어도비 일러스트레이터", "oa-illustrator"),
        ("파포|피피티|PPT 제작|파워포인트(상)", "oa-powerpoint"),
        ("한글|아래한글 2018|HWP|한컴오피스", "oa-hwp"),
        ("피그마|Figma", "tool-figma"),
        ("에펙|애프터이펙트|After Effects", "tool-aftereffects"),
        ("퍼포먼스 마케터|ROAS 관리|performance marketing", "mkt-performance"),
        ("GA4|구글 애널리틱스|Google Analytics 4", "tool-ga"),
        ("화면 설계|화면설계서|UI 설계서", "plan-screen"),
        ("컴활|컴퓨터활용능력 2급|컴활 2급 자격증", "cert-computer2"),
        ("정처기|정보처리 기사", "cert-eip"),
        ("토익 900점|TOEIC 850|토익", "lang-toeic"),
        ("JLPT N2|일본어 N2|일본어능력시험 2급", "lang-jlpt-n2"),
        ("HSK 5급|hsk5급", "lang-hsk5"),
        ("더존 스마트A|더존|위하고", "oa-douzone"),
        ("경리|기장|부기|bookkeeper", "acc-bookkeeping"),
        ("4대보험 신고|4대 보험", "acc-social-insurance"),
        ("콜센터|인바운드 상담|전화상담원", "cs-callcenter"),
        ("나라장터|입찰|G2B", "adm-bid"),
        ("스마트스토어|네이버쇼핑|스스", "ec-smartstore"),
        ("HACCP|해썹", "med-haccp"),
        ("요보사|요양보호사", "cert-caregiver"),
        ("꼼꼼함|꼼꼼하고 세심함|attention to detail", "com-detail"),
    ],
)
def test_what_people_type_is_read_as_what_they_mean(shipped, texts, key):
    for text in texts.split("|"):
        assert keys_read(shipped, text) == [key], text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("의료 이미지 라벨링", "의류 이미지 라벨링"),
        ("폴리곤", "폴리라인"),
        ("검수", "검사"),
        ("데이터 품질관리", "품질관리"),
        ("영업", "영어"),
        ("결재", "결제"),
        ("전자결재", "전자결제"),
        ("전산회계 1급", "전산세무 1급"),
        ("전산회계 2급", "전산세무 2급"),
        ("간호사", "간호조무사"),
        ("사회조사분석사", "사회복지사"),
        ("전사", "전산 입력"),
        ("무역", "번역"),
        ("수출", "수입"),
        ("조리", "조립"),
        ("배송", "라이브 스트리밍"),
        ("채권 관리", "채권"),
        ("한글", "한국어"),
    ],
)
def test_look_alikes_are_never_taken_for_one_another(shipped, one, other):
    first, second = shipped.lookup(one), shipped.lookup(other)
    assert first and second and first != second
    assert shipped.is_never(first, second)
    assert second not in shipped.ways_to(first)
    assert first not in shipped.ways_to(second)


@pytest.mark.parametrize(
    ("held", "wanted"),
    [
        ("바운딩박스", "이미지 라벨링"),
        ("바운딩박스", "데이터 라벨링"),
        ("큐보이드", "라이다 라벨링"),
        ("제주 사투리", "음성 전사"),
        ("LLM 응답 평가", "텍스트 라벨링"),
        ("컴활 1급", "컴활 2급"),
        ("컴활 1급", "OA 활용"),
        ("JLPT N1", "JLPT N2"),
        ("JLPT N1", "일본어"),
        ("HSK 6급", "HSK 5급"),
        ("토익", "영어"),
        ("정보처리기사", "정보처리산업기사"),
        ("전기기사", "전기기능사"),
        ("전산회계 1급", "경리"),
        ("브이룩업", "엑셀"),
        ("인스타그램 마케팅", "디지털 마케팅"),
        ("로고 디자인", "그래픽 디자인"),
        ("쿠팡윙", "쇼핑몰 운영"),
        ("SQLD", "SQL"),
    ],
)
def test_the_narrower_skill_answers_for_the_broader_and_not_the_other_way_round(shipped, held, wanted):
    held, wanted = shipped.lookup(held), shipped.lookup(wanted)
    assert shipped.ways_to(wanted)[held].holds
    back = shipped.ways_to(held).get(wanted)
    assert back is None or not back.holds


@pytest.mark.parametrize(
    "text", ["컴활 3급", "HSK 7급", "정처기 필기", "양자역학", "열기구 조종", "바둑", "패러글라이딩"]
)
def test_what_is_not_in_the_vocabulary_stays_as_typed(shipped, text):
    assert keys_read(shipped, text) == []
