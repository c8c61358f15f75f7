"""How names are found: exact, alias, near, and never by accident."""

import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching import MatchingError, TermIndex
from matching.layouts import hangul_of, keys_of
from matching.normalise import fold
from matching.similarities import NEAR_CUT, compare
from tests.matching.strategies import SKILLS, TITLES, VOCABULARY

NAMES = {
    "k1": ["폴리곤 라벨링"],
    "k2": ["polygon annotation", "polygons"],
    "k3": ["polyline annotation"],
    "k4": ["컴활 2급"],
}


def keys(hits):
    return [hit.key for hit in hits]


def test_a_name_is_found_exactly_however_it_is_spaced():
    ((hit, *_),) = TermIndex(NAMES).search(["폴리곤라벨링"], k=4)
    assert (hit.key, hit.similarity, hit.how) == ("k1", 100.0, "exact")


def test_typing_errors_are_near():
    korean, english = TermIndex(NAMES).search(["폴리곤라밸링", "Polygon anotation"])
    assert (korean[0].key, korean[0].how) == ("k1", "near")
    assert (english[0].key, english[0].how) == ("k2", "near")
    assert korean[0].similarity >= NEAR_CUT and english[0].similarity >= NEAR_CUT


def test_the_vocabulary_is_a_bridge_between_languages(vocabulary):
    (hits,) = TermIndex(NAMES, vocabulary).search(["폴리곤 라벨링"])
    assert keys(hits)[:2] == ["k1", "k2"]
    assert [(hit.how, hit.similarity) for hit in hits[:2]] == [("exact", 100.0), ("alias", 100.0)]


@pytest.mark.parametrize("k", [1, 3, 4, 99])
def test_search_always_gives_the_k_nearest(k):
    for hits in TermIndex(NAMES).search(["zzz", "폴리곤", ""], k=k):
        assert len(hits) == min(k, len(NAMES))
        assert [h.similarity for h in hits] == sorted((h.similarity for h in hits), reverse=True)


def test_ties_stand_in_the_order_of_the_keys():
    (hits,) = TermIndex({"z": ["엑셀 함수"], "a": ["엑셀함수"]}).search(["엑셀 함수"])
    assert keys(hits) == ["z", "a"]


def test_word_order_is_free_but_not_exact():
    (hits,) = TermIndex({"a": ["라벨링 데이터"]}).search(["데이터 라벨링"])
    assert hits[0].how == "near" and hits[0].similarity == 99.0


def test_wrong_use_is_refused_in_words():
    with pytest.raises(MatchingError, match="list of texts"):
        TermIndex({"a": "엑셀"})
    with pytest.raises(MatchingError, match="list of texts"):
        TermIndex(NAMES).search("엑셀")
    with pytest.raises(MatchingError, match="1 or more"):
        TermIndex(NAMES).search(["엑셀"], k=0)
    assert TermIndex({}).search(["엑셀"]) == [[]]


def test_an_index_can_be_sent_to_another_process(vocabulary):
    index = TermIndex(NAMES, vocabulary)
    assert pickle.loads(pickle.dumps(index)).search(["폴리곤"]) == index.search(["폴리곤"])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("컴활 1급", "컴활 2급"),
        ("영업", "영어"),
        ("웹 개발", "앱 개발"),
        ("웹 개발자", "앱 개발자"),
        ("의료 이미지 라벨링", "의류 이미지 라벨링"),
        ("C++", "C#"),
        ("Java", "JavaScript"),
        ("SQL", "SQLD"),
        ("MySQL", "MSSQL"),
        ("rust", "trust"),
        ("react", "preact"),
        ("YOLOv5 모델", "YOLOv8 모델"),
        ("라벨링", "라벨링 검수"),
        ("데이터 라벨링", "데이터 클리닝"),
    ],
)
def test_names_of_different_things_are_not_near(one, other):
    assert compare(one, other) < NEAR_CUT
    assert compare(one, other) == compare(other, one)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("데이터 라밸링", "데이터 라벨링"),
        ("데이타 레이블링", "데이터 라벨링"),
        ("Pyhton", "Python"),
        ("바운딩박쓰", "바운딩박스"),
        ("하이퍼레저 페브릭", "하이퍼레저 패브릭"),
        ("라벨링 데이터", "데이터 라벨링"),
        ("Kubernets", "Kubernetes"),
    ],
)
def test_misspellings_are_near(typed, meant):
    assert compare(typed, meant) >= NEAR_CUT


OFFICE = {
    "python": ["파이썬", "Python"],
    "excel": ["엑셀", "Excel"],
    "box": ["바운딩박스"],
    "label": ["데이터 라벨링", "data labeling"],
    "html": ["HTML"],
    "css": ["CSS"],
    "db": ["relational database"],
    "planning": ["planning assistant"],
    "tanning": ["tanning technician"],
}


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("vkdlTjs", "python"),
        ("ㅔㅛ쇄ㅜ", "python"),
        ("ㅔㅛ쇄ㅜ 중급", "python"),
        ("qkdnseldqkrtm", "box"),
        ("엑셀 중급", "excel"),
        ("엑셀중급", "excel"),
        ("바운딩박스 2만장 작업", "box"),
        ("바운딩박쓰 2만장 작업", "box"),
        ("ＨＴＭＬ", "html"),
        ("데이타 레이블링", "label"),
        ("레이블링 데이타", "label"),
        ("data_labelling", "label"),
        ("데이터라밸링", "label"),
        ("dataa lebeling", "label"),
    ],
)
def test_what_people_type_is_near(typed, key):
    (hits,) = TermIndex(OFFICE).search([typed])
    assert hits[0].key == key and hits[0].similarity >= NEAR_CUT


def test_a_combined_name_stands_for_each_part():
    (hits,) = TermIndex(OFFICE).search(["HTML/CSS"])
    assert {hit.key for hit in hits if hit.similarity >= NEAR_CUT} == {"html", "css"}


def test_a_loan_word_is_near_in_the_other_script_by_its_sound_alone():
    index = TermIndex({"k": ["Kubernetes"], "d": ["Docker"], "e": ["Excel"]})
    for typed, key in (("쿠버네티스", "k"), ("도커", "d")):
        (hits,) = index.search([typed])
        assert (hits[0].key, hits[0].how) == (key, "near") and hits[0].similarity >= NEAR_CUT


def test_initials_propose_what_they_stand_for():
    (hits,) = TermIndex(OFFICE).search(["RDB"])
    assert hits[0].key == "db" and hits[0].similarity < NEAR_CUT


def test_a_word_that_other_names_have_is_no_misspelling():
    (hits,) = TermIndex(OFFICE).search(["planning technician"])
    assert all(hit.similarity < NEAR_CUT for hit in hits)
    (hits,) = TermIndex(OFFICE).search(["ttanning technician"])
    assert hits[0].key == "tanning" and hits[0].similarity >= NEAR_CUT


SHORT = [
    "C",
    "C#",
    "C++",
    "R",
    "Go",
    ".NET",
    "엑셀",
    "웹 개발",
    "앱 개발",
    "영업",
    "영어",
    "SQL",
    "SQLD",
    "Java",
    "Javas",
]


@pytest.mark.parametrize("name", SHORT)
def test_short_names_and_names_with_symbols_are_near_to_nothing_by_accident(name):
    others = [
        other for other in [*SHORT, "가", "씨", "net", "고", "엑스", "rust", "customer service skills"] if other != name
    ]
    (hits,) = TermIndex({other: [other] for other in others}).search([name], k=99)
    assert len(hits) == len(others)
    assert [hit.name for hit in hits if hit.similarity >= NEAR_CUT] == []


names = st.sampled_from(
    [*SKILLS, *TITLES, *SHORT, "Bounding boxes", "파이썬", "Python", "ㅔㅛ쇄ㅜ", "", "-"]
) | st.text(max_size=8)
indexes = st.dictionaries(st.text(max_size=3), st.lists(names, max_size=3), min_size=1, max_size=8)
vocabularies = st.sampled_from([None, VOCABULARY])


@settings(max_examples=150, deadline=None)
@given(indexes, st.lists(names, min_size=1, max_size=4), vocabularies, st.integers(1, 9))
def test_search_gives_the_k_nearest_best_first_whatever_else_is_asked(own, queries, vocabulary, k):
    index = TermIndex(own, vocabulary)
    found = index.search(queries, k)
    assert found == [index.search([query], k)[0] for query in queries]
    assert found == TermIndex(own, vocabulary).search(queries, k)
    for hits in found:
        assert len(hits) == min(k, len(own))
        assert len({hit.key for hit in hits}) == len(hits)
        assert all(0 <= hit.similarity <= 100 and hit.how in ("exact", "alias", "near") for hit in hits)
        assert [hit.similarity for hit in hits] == sorted((hit.similarity for hit in hits), reverse=True)


@settings(max_examples=150, deadline=None)
@given(indexes, vocabularies, st.data())
def test_a_name_finds_its_keys_first_in_their_order(own, vocabulary, data):
    name = data.draw(st.sampled_from([name for key, some in own.items() for name in some or [key]]))
    (hits,) = TermIndex(own, vocabulary).search([name], k=99)
    owners = [key for key, some in own.items() if fold(name) in map(fold, some or [key])]
    assert [hit.key for hit in hits[: len(owners)]] == owners
    assert all((hit.similarity, hit.how) == (100.0, "exact") for hit in hits[: len(owners)])
    assert all(hit.how != "exact" for hit in hits[len(owners) :])


@settings(max_examples=150, deadline=None)
@given(indexes, st.lists(names, min_size=1, max_size=2), vocabularies)
def test_ties_stand_in_the_order_of_the_keys_whatever_was_asked(own, queries, vocabulary):
    for hits in TermIndex(own, vocabulary).search(queries, k=99):
        places = [(-hit.similarity, hit.how != "exact", list(own).index(hit.key)) for hit in hits]
        assert places == sorted(places)


@settings(max_examples=100, deadline=None)
@given(st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), min_size=3, max_size=8))
def test_a_name_typed_on_the_english_layout_is_near(name):
    (hits,) = TermIndex({"it": [name], "other": ["바운딩박스"]}).search([keys_of(name)])
    assert hits[0].key == ("it" if name != "바운딩박스" else hits[0].key) and hits[0].similarity >= NEAR_CUT


@settings(max_examples=100, deadline=None)
@given(st.text(st.characters(min_codepoint=ord("a"), max_codepoint=ord("z")), min_size=4, max_size=10))
def test_a_name_typed_on_the_korean_layout_is_near(name):
    (hits,) = TermIndex({"it": [name], "other": ["바운딩박스"]}).search([hangul_of(name)])
    assert hits[0].key == "it" and hits[0].similarity >= NEAR_CUT
