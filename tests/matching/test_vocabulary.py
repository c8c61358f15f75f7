"""What a typed skill is taken for."""

import pickle
import time

import pytest

from matching import Skill, Vocabulary, VocabularyError


def keys_read(vocabulary, text):
    return [meaning.key for meaning in vocabulary.read(text).meanings if meaning.key]


@pytest.mark.parametrize(
    ("text", "key", "how"),
    [
        ("파이썬", "dev-python", "exact"),
        ("Python", "dev-python", "exact"),
        ("파이선", "dev-python", "alias"),
        ("오디오 레이블링", "lbl-audio", "alias"),
        ("엑셀 중급", "oa-excel", "alias"),
        ("Polygon anotation", "lbl-polygon", "near"),
        ("컴활 1급", "cert-computer1", "alias"),
    ],
)
def test_a_typed_skill_resolves_to_its_entry(vocabulary, text, key, how):
    first, *_ = vocabulary.resolve(text, k=3)
    assert (first.key, first.how) == (key, how)


@pytest.mark.parametrize(
    ("text", "key", "level"),
    [
        ("엑셀 중급", "oa-excel", 3),
        ("Python (고급)", "dev-python", 4),
        ("advanced Python", "dev-python", 4),
        ("엑셀중급", "oa-excel", 3),
        ("엑셀(하)", "oa-excel", 2),
        ("Java level 2", "dev-java", 2),
        ("블록체인 기초", "bc-basics", 0),
        ("바운딩박스 2만장 작업", "lbl-bbox", 0),
        ("Spring Boot 3", "dev-spring", 0),
    ],
)
def test_words_beside_a_skill_tell_its_level_unless_they_are_its_name(vocabulary, text, key, level):
    assert keys_read(vocabulary, text) == [key]
    assert vocabulary.read(text).level == level


def test_combined_names_stand_for_each_part(vocabulary):
    assert keys_read(vocabulary, "HTML/CSS") == ["dev-html"]
    assert keys_read(vocabulary, "React.js / Vue.js") == ["dev-react", "dev-vue"]
    shells = vocabulary.read("Bash/Shell/PowerShell").meanings
    assert {m.key or m.folded for m in shells} == {"bashshellpowershell", "dev-shell", "shell", "powershell"}


def test_an_unknown_skill_is_kept_as_typed(vocabulary):
    (meaning,) = vocabulary.read("양자 컴퓨팅").meanings
    assert (meaning.key, meaning.folded) == (None, "양자컴퓨팅")


def test_a_text_between_two_entries_is_not_guessed():
    v = Vocabulary([Skill("a", ("해양 생물 조사만",)), Skill("b", ("해양 생물 조사민",))])
    assert v.read("해양 생물 조사문").meanings[0].key is None
    assert Vocabulary([Skill("a", ("해양 생물 조사만",))]).read("해양 생물 조사문").meanings[0].key == "a"


def test_what_is_narrower_counts_fully_and_what_is_broader_for_less(vocabulary):
    ways = vocabulary.ways_to("lbl-data-labeling")
    assert ways["lbl-bbox"] == (1.0, "narrower", True)
    back = vocabulary.ways_to("lbl-bbox")["lbl-data-labeling"]
    assert back.relation == "broader" and not back.holds and 0 < back.value < 1
    assert vocabulary.ways_to("lbl-bbox")["lbl-polygon"].relation == "related"


def test_a_better_grade_of_a_certificate_includes_the_lower_one(vocabulary):
    assert vocabulary.ways_to("cert-computer2")["cert-computer1"].holds
    assert not vocabulary.ways_to("cert-computer1")["cert-computer2"].holds


def test_where_a_higher_grade_is_the_better_one_it_counts_so():
    v = Vocabulary([Skill("h4", ("HSK 4급",)), Skill("h6", ("HSK 6급",))])
    assert v.ways_to("h4")["h6"].holds and "h4" not in v.ways_to("h6")


def test_circles_of_broader_skills_end():
    v = Vocabulary([Skill("a", ("가나다라",), broader="b"), Skill("b", ("마바사아",), broader="a")])
    assert v.ways_to("a")["b"].holds


def test_never_pairs_are_not_linked():
    v = Vocabulary([Skill("a", ("가나다라",), related=("b",), never=("b",)), Skill("b", ("마바사아",))])
    assert "b" not in v.ways_to("a") and "a" not in v.ways_to("b")


def test_a_name_owned_twice_stays_with_its_first_owner():
    v = Vocabulary([Skill("a", ("엑셀", "Excel")), Skill("b", ("스프레드시트", "excel"))])
    assert v.lookup("EXCEL") == "a"
    assert v.warnings == [("excel", "a", "b")]


def test_faulty_vocabularies_are_refused(tmp_path):
    with pytest.raises(VocabularyError, match="twice"):
        Vocabulary([Skill("a", ("x",)), Skill("a", ("y",))])
    with pytest.raises(VocabularyError, match="not one text"):
        Skill("a", "엑셀")
    with pytest.raises(VocabularyError, match="at least one name"):
        Skill("a", ())
    bad = tmp_path / "bad.csv"
    bad.write_text("id,name\n1,엑셀\n", encoding="utf-8")
    with pytest.raises(VocabularyError, match="skill_id"):
        Vocabulary.from_csv(bad)


def test_a_vocabulary_is_built_quickly_and_can_be_sent(vocabulary):
    skills = [Skill(f"k{n}", (f"기술 이름 {n}", f"skill name {n}"), aliases=(f"다른 이름 {n}",)) for n in range(1700)]
    start = time.process_time()
    Vocabulary(skills)
    assert time.process_time() - start < 0.3
    assert pickle.loads(pickle.dumps(vocabulary)).read("엑셀 중급") == vocabulary.read("엑셀 중급")
