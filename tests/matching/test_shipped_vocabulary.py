"""The vocabulary that ships: sound in itself, large enough to be of use, and read as people mean it."""

from collections import Counter, defaultdict
from importlib.resources import as_file, files

import pytest

from matching import Vocabulary
from matching.normalise import fold, has_hangul, respell

# Whole words of Korean, or languages that have no other name.
ONE_LETTER_NAMES = {"c", "r", "깃", "뷰", "줌"}
FAMILIES = ("dev", "game", "emb", "db", "ops", "net", "sec", "data", "ai", "bc")


@pytest.fixture(scope="module")
def shipped() -> Vocabulary:
    with as_file(files("placement") / "data" / "skills.csv") as path:
        return Vocabulary.from_csv(path)


def names(skill):
    return (*skill.names, *skill.aliases)


def keys_read(vocabulary, text):
    return [meaning.key for meaning in vocabulary.read(text).meanings if meaning.key]


def test_no_name_is_owned_by_two_skills(shipped):
    assert shipped.warnings == []


def test_no_name_is_owned_by_two_skills_when_its_loan_words_are_respelled(shipped):
    owners = defaultdict(set)
    for key, skill in shipped.skills.items():
        for name in names(skill):
            owners[respell(fold(name))].add(key)
    assert {name: keys for name, keys in owners.items() if len(keys) > 1} == {}


def test_no_skill_says_a_name_twice(shipped):
    doubled = {}
    for key, skill in shipped.skills.items():
        counts = Counter(map(fold, names(skill)))
        doubled[key] = [name for name, count in counts.items() if count > 1]
    assert {key: twice for key, twice in doubled.items() if twice} == {}


def test_every_skill_that_another_names_is_there_and_is_another(shipped):
    for key, skill in shipped.skills.items():
        named = {*skill.parents, *skill.related, *skill.never}
        assert named <= shipped.skills.keys() - {key}, key


def test_no_skill_is_broader_than_itself(shipped):
    done = set()
    open_ = {key: set(skill.parents) for key, skill in shipped.skills.items()}
    while ready := {key for key, parents in open_.items() if parents <= done}:
        done |= ready
        open_ = {key: parents for key, parents in open_.items() if key not in ready}
    assert open_ == {}


def test_no_skill_is_both_linked_with_another_and_never_taken_for_it(shipped):
    for key, skill in shipped.skills.items():
        linked = {*skill.parents, *skill.related}
        assert [other for other in linked if shipped.is_never(key, other)] == [], key


def test_every_skill_has_a_korean_and_an_english_name(shipped):
    for key, skill in shipped.skills.items():
        assert len(skill.names) == 2, key
        assert skill.names[1].isascii(), key
        assert any(map(has_hangul, names(skill))), f"{key} cannot be typed in Hangul"


def test_no_name_is_a_single_letter_except_where_it_is_a_word(shipped):
    single = {fold(name) for skill in shipped.skills.values() for name in names(skill) if len(fold(name)) == 1}
    assert single <= ONE_LETTER_NAMES


def test_no_name_carries_the_marks_of_the_file(shipped):
    for key, skill in shipped.skills.items():
        for name in names(skill):
            assert name == " ".join(name.split()) and not set(name) & set("|,;\t"), (key, name)


def test_it_is_large_enough(shipped):
    assert len(shipped) >= 800
    assert len(shipped.owners) >= 5000


def test_software_data_and_blockchain_alone_are_large_enough(shipped):
    skills = [key for key in shipped.skills if key.split("-")[0] in FAMILIES]
    assert len(skills) >= 650
    assert sum(len(shipped.names_of(key)) for key in skills) >= 5000


@pytest.mark.parametrize(
    ("texts", "key"),
    [
        ("리액트|리엑트|React|React.js|ReactJS|리액트 개발자", "dev-react"),
        ("쿠버네티스|쿠버네티즈|k8s|Kubernetes", "dev-kubernetes"),
        ("스프링부트|Spring Boot 3|springboot", "dev-springboot"),
        ("파이썬|파이선|Python 3|python3.10", "dev-python"),
        ("관계형 데이터베이스|RDBMS|RDB", "db-rdbms"),
        ("AWS EC2|EC2|Amazon EC2", "ops-aws-ec2"),
        ("형상 관리|버전관리|version control", "dev-vcs"),
        ("부하 분산|로드밸런싱|load balancer", "ops-load-balancing"),
        ("CI/CD|지속적 통합|continuous integration", "ops-cicd"),
        ("단위 테스트|유닛 테스트|unit tests", "dev-unit-test"),
        ("정적 분석|static analysis", "dev-static-analysis"),
        ("거대언어모델|LLM|대규모 언어모델|large language models", "ai-llm"),
        ("검색 증강 생성|RAG|retrieval augmented generation", "ai-rag"),
        ("자료구조|data structures", "dev-data-structure"),
        ("모의해킹|침투 테스트|penetration testing", "sec-pentest"),
        ("스마트컨트랙트|스마트 콘트랙트|smart contract", "bc-smart-contract"),
        ("주피터|Jupyter|쥬피터 노트북", "ai-jupyter"),
        ("C|C언어|C 프로그래밍", "dev-c"),
        ("C++|씨쁠쁠", "dev-cpp"),
        ("C#|씨샵", "dev-csharp"),
    ],
)
def test_what_people_type_is_read_as_what_they_mean(shipped, texts, key):
    for text in texts.split("|"):
        assert keys_read(shipped, text) == [key], text


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("C/C++", ["dev-c", "dev-cpp"]),
        ("Java/Spring", ["dev-java", "dev-spring"]),
        ("JSP/Servlet", ["dev-jsp", "dev-servlet"]),
    ],
)
def test_names_joined_by_a_stroke_stand_for_each(shipped, text, keys):
    assert keys_read(shipped, text) == keys


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Java", "JavaScript"),
        ("C", "C++"),
        ("C", "C#"),
        ("C++", "C#"),
        ("R", "React"),
        ("Spark", "Spring"),
        ("MySQL", "MSSQL"),
        ("앱 개발", "웹 개발"),
        ("Swift", "Java Swing"),
        ("Redis", "Redux"),
        ("Next.js", "NestJS"),
        ("OpenCL", "OpenGL"),
        ("클로드", "클라우드"),
        ("지도 학습", "비지도 학습"),
        ("허가형 블록체인", "비허가형 블록체인"),
        ("작업증명", "지분증명"),
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
        ("React", "프론트엔드"),
        ("React", "JavaScript"),
        ("Django", "파이썬"),
        ("스프링 부트", "자바"),
        ("PostgreSQL", "관계형 데이터베이스"),
        ("AWS 람다", "클라우드"),
        ("쿠버네티스", "컨테이너"),
        ("풀스택 개발", "백엔드"),
        ("하이퍼레저 패브릭", "블록체인"),
        ("YOLO", "딥러닝"),
    ],
)
def test_the_narrower_skill_answers_for_the_broader_and_not_the_other_way_round(shipped, held, wanted):
    held, wanted = shipped.lookup(held), shipped.lookup(wanted)
    assert shipped.ways_to(wanted)[held].holds
    assert not shipped.ways_to(held)[wanted].holds


@pytest.mark.parametrize("text", ["영업 관리", "용접", "요리", "간호", "운전", "건축 설계", "성악", "꽃꽂이"])
def test_words_of_other_trades_are_not_pulled_into_software(shipped, text):
    found = [key for key in keys_read(shipped, text) if key.split("-")[0] in FAMILIES]
    assert found == []
