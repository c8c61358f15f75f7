"""How names are found: exact, alias, near, and never by accident."""

import pickle

import pytest

from matching import MatchingError, TermIndex
from matching.similarities import NEAR_CUT, compare

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
