"""What a run promises: its scores are those explained, limits are never averaged away, its order is nobody's."""

import pickle
from concurrent.futures import ProcessPoolExecutor
from datetime import date

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from matching import (
    CandidateProfile,
    CandidateSkill,
    CandidateTable,
    MatchingError,
    OpeningProfile,
    OpeningTable,
    Requirement,
    Skill,
    Vocabulary,
    explain,
    explain_pairs,
    match,
)
from tests.matching.strategies import VOCABULARY, candidates, cohorts, openings


def score(person, post, vocabulary=None):
    return explain(person, post, vocabulary).score


def limit(explanation, name):
    return next(limit for limit in explanation.limits if limit.name == name)


def asks(*requirements, **more):
    return OpeningProfile("o", more.pop("title", ""), requirements, **more)


def holds(*skills, **more):
    return CandidateProfile("c", skills, **more)


# What limits a pair


@pytest.mark.parametrize(
    ("person", "post", "name"),
    [
        (holds("엑셀"), asks("엑셀", Requirement("파이썬", must=True)), "must"),
        (holds("엑셀", regions=["서초구"]), asks("엑셀", region="강남구"), "region"),
        (holds("엑셀", regions=["서초구"]), asks("엑셀", region="강남구", remote="hybrid"), "region"),
        (holds("엑셀", remote="remote"), asks("엑셀", remote="hybrid"), "remote"),
        (holds("엑셀", employment_types=["정규직"]), asks("엑셀", employment_type="인턴"), "employment_type"),
        (holds("엑셀", pay_min=3_000_000), asks("엑셀", pay_max=2_999_999), "pay"),
        (holds("엑셀", available_on=date(2020, 12, 2)), asks("엑셀", starts_on=date(2020, 12, 1)), "date"),
    ],
)
def test_a_hard_limit_fails_the_pair_and_is_said(vocabulary, person, post, name):
    explanation = explain(person, post, vocabulary)
    assert (explanation.eligible, explanation.score) == (False, 0.0)
    assert [limit.name for limit in explanation.limits if not limit.ok] == [name]
    assert explanation.nearest_change is not None
    assert match([person], [post], vocabulary).for_candidate("c") == []


@pytest.mark.parametrize(
    ("person", "post"),
    [
        (holds("엑셀", regions=["서울"]), asks("엑셀", region="서울 서초구 양재동")),
        (holds("엑셀", regions=["서초구"]), asks("엑셀", region="부산", remote="remote")),
        (holds("엑셀", regions=["재택"]), asks("엑셀", region="부산")),
        (holds("엑셀", regions=["서초구"]), asks("엑셀")),
        (holds("엑셀"), asks("엑셀", region="부산", starts_on=date(2020, 1, 1), pay_max=1, employment_type="인턴")),
        (
            holds("엑셀", regions=["서울"], available_on=date(2020, 1, 1), pay_min=9, employment_types=["인턴"]),
            asks("엑셀"),
        ),
        (holds("엑셀", pay_min=5, available_on=date(2020, 1, 1)), asks("엑셀", pay_max=5, starts_on=date(2020, 1, 1))),
        (holds("엑셀", wanted_titles=["사무보조"]), asks("엑셀", title="")),
        (holds("엑셀"), asks("엑셀", title="프론트엔드 개발자")),
    ],
)
def test_what_is_not_said_or_is_met_fails_nothing_and_lowers_nothing(vocabulary, person, post):
    assert score(person, post, vocabulary) == 100.0


@pytest.mark.parametrize(
    ("wished", "offered", "full"),
    [
        ("any", "office", True),
        ("hybrid", "office", False),
        ("office", "remote", False),
        ("office", "hybrid", True),
        ("hybrid", "remote", True),
        ("remote", "remote", True),
    ],
)
def test_a_wish_about_remote_work_only_costs_points(wished, offered, full):
    explanation = explain(holds("엑셀", remote=wished), asks("엑셀", remote=offered))
    assert explanation.eligible
    assert (explanation.score == 100.0) is full
    assert explanation.score > 80


# Skills and levels


@pytest.mark.parametrize(
    ("held", "asked"),
    [
        ("바운딩박스", "데이터 라벨링"),
        ("Solidity", "블록체인 기초"),
        ("컴활 1급", "컴활 2급"),
        ("python", "파이썬"),
        ("dev-python", "Python"),
        ("MySQL", "SQL"),
    ],
)
def test_a_must_is_met_by_the_skill_or_a_narrower_one_never_the_other_way_round(vocabulary, held, asked):
    assert score(holds(held), asks(Requirement(asked, must=True)), vocabulary) == 100.0
    back = explain(holds(asked), asks(Requirement(held, must=True)), vocabulary)
    same_skill = vocabulary.lookup(held) == vocabulary.lookup(asked)
    assert back.eligible is same_skill


@pytest.mark.parametrize(
    ("held", "asked"),
    [
        ("Java", "JavaScript"),
        ("의료 이미지 라벨링", "의류 이미지 라벨링"),
        ("C++", "C#"),
        ("polygon annotation", "audio labeling"),
        ("앱 개발", "디앱 개발"),
        ("웹 개발", "앱 개발"),
        ("audio labeling", "auto labeling"),
    ],
)
def test_traps_give_nothing(vocabulary, held, asked):
    assert score(holds(held), asks(asked), vocabulary) == 0.0
    assert not explain(holds(held), asks(Requirement(asked, must=True)), vocabulary).eligible


@pytest.mark.parametrize(
    ("held", "asked"), [("컴활 2급", "컴활 1급"), ("정보처리산업기사", "정보처리기사"), ("polyline", "polygon")]
)
def test_look_alikes_that_the_vocabulary_relates_are_related_at_most(vocabulary, held, asked):
    explanation = explain(holds(held), asks(asked), vocabulary)
    assert explanation.requirements[0].how == "related"
    assert explanation.score < 60
    assert not explain(holds(held), asks(Requirement(asked, must=True)), vocabulary).eligible


def test_every_way_of_meeting_is_named(vocabulary):
    person = holds("엑셀", "Python", "바운딩박쓰", "polyline", "블록체인")
    post = asks("엑셀", "파이썬", "바운딩박스", "폴리곤 라벨링", "솔리디티", "양자 컴퓨팅")
    met = {m.skill: (m.how, m.relation, m.met_by) for m in explain(person, post, vocabulary).requirements}
    assert met == {
        "엑셀": ("exact", "same", "엑셀"),
        "파이썬": ("alias", "same", "Python"),
        "바운딩박스": ("near", "same", "바운딩박쓰"),
        "폴리곤 라벨링": ("related", "related", "polyline")
        if met["폴리곤 라벨링"][2] == "polyline"
        else met["폴리곤 라벨링"],
        "솔리디티": ("related", "broader", "블록체인"),
        "양자 컴퓨팅": ("missing", None, None),
    }
    assert met["폴리곤 라벨링"][0] == "related"


def test_an_unknown_skill_is_matched_by_text(vocabulary):
    assert score(holds("양자 컴퓨팅"), asks("양자컴퓨팅"), vocabulary) == 100.0
    assert 82 <= score(holds("양자 컴퓨텅"), asks("양자컴퓨팅"), vocabulary) < 100.0


@pytest.mark.parametrize(
    ("has", "needs", "eligible", "state"),
    [
        (3, 3, True, "met"),
        (4, 3, True, "met"),
        (2, 3, True, "short"),
        (1, 3, False, "short"),
        (None, 3, True, "unknown"),
    ],
)
def test_a_must_fails_two_levels_short_and_costs_points_one_short_or_unknown(has, needs, eligible, state):
    explanation = explain(holds(CandidateSkill("엑셀", has)), asks(Requirement("엑셀", needs, must=True)))
    assert explanation.eligible is eligible
    assert explanation.requirements[0].level.state == state
    assert (explanation.score == 100.0) is (state == "met")
    assert limit(explanation, "must").code == ("must_met" if eligible else "must_too_low")


def test_a_short_level_of_a_preferred_skill_only_costs_points():
    scores = [score(holds(CandidateSkill("엑셀", has)), asks(Requirement("엑셀", 4))) for has in (1, 2, 3, 4)]
    assert scores == sorted(scores) and 0 < scores[0] < scores[2] < scores[3] == 100.0


def test_where_no_level_is_asked_an_unknown_one_costs_nothing():
    assert score(holds("엑셀"), asks(Requirement("엑셀", must=True))) == 100.0


def test_a_level_told_beside_the_skill_counts(vocabulary):
    assert score(holds("엑셀 중급"), asks(Requirement("엑셀", 3)), vocabulary) == 100.0
    assert score(holds("엑셀 초급"), asks("엑셀 중급"), vocabulary) < 100.0


def test_a_wish_for_review_is_not_sent_to_front_end_work(vocabulary):
    person = holds("엑셀", wanted_titles=["라벨링 검수"])
    review = OpeningProfile("review", "데이터 라벨링 검수자 (재택)", ["엑셀", "이미지 라벨링"])
    front = OpeningProfile("front", "프론트엔드 개발자", ["엑셀"])
    assert [p.opening for p in match([person], [front, review], vocabulary).for_candidate("c")] == ["review", "front"]
    assert explain(person, front, vocabulary).score < 60


def test_the_nearest_change_names_the_requirement_with_most_to_gain():
    change = explain(holds("엑셀"), asks("엑셀", Requirement("파이썬", weight=3.0))).nearest_change
    assert (change.code, change.values["skill"], change.values["points"]) == ("gain_skill", "파이썬", 75.0)
    assert explain(holds("엑셀"), asks("엑셀")).nearest_change is None


# Lists


def test_lists_are_the_best_k_with_ties_by_key_and_no_floor():
    people = [holds("엑셀")]
    posts = [
        OpeningProfile(key, "", [skill]) for key, skill in [("d", "엑셀"), ("a", "엑셀"), ("c", "자수"), ("b", "도예")]
    ]
    found = match(people, posts, k=3).for_candidate("c")
    assert [(p.opening, p.score) for p in found] == [("a", 100.0), ("d", 100.0), ("b", 0.0)]


def test_excluded_pairs_are_not_listed():
    people, posts = [holds("엑셀")], [OpeningProfile("a", "", ["엑셀"]), OpeningProfile("b", "", ["엑셀"])]
    matches = match(people, posts, excluded={("c", "a"), ("nobody", "b")})
    assert [p.opening for p in matches.for_candidate("c")] == ["b"]
    assert matches.for_opening("a") == []


def test_rows_hold_every_listed_pair_once():
    people = [CandidateProfile(f"c{n}", ["엑셀"]) for n in range(5)]
    posts = [OpeningProfile(f"o{n}", "", ["엑셀"]) for n in range(4)]
    matches = match(people, posts, k=2)
    pairs = list(zip(*(column.tolist() for column in matches.rows()), strict=True))
    assert len(pairs) == len({(c, o) for c, o, _ in pairs}) == 5 * 2 + 4 * 2 - 2 * 2
    assert {p.score for p in matches.pairings()} == {100.0}


def test_wrong_calls_are_refused():
    with pytest.raises(MatchingError, match="k must"):
        match([], [], k=0)
    with pytest.raises(MatchingError, match="not in this run"):
        match([], []).for_candidate("c")
    assert match([], [asks("엑셀")]).for_opening("o") == []


def test_ninety_skills_are_normal():
    many = [f"기술 항목 {n}" for n in range(90)]
    assert score(holds(*many), asks(*many)) == pytest.approx(100.0)


# Properties


def same(one, other):
    return all(
        np.array_equal(a, b)
        for mine, theirs in ((one.candidate_lists, other.candidate_lists), (one.opening_lists, other.opening_lists))
        for a, b in zip(mine, theirs, strict=True)
    )


@settings(max_examples=150, deadline=None)
@given(cohorts())
def test_an_explanation_has_the_score_of_the_match(cohort):
    people, posts = cohort
    listed = {(p.candidate, p.opening): p.score for p in match(people, posts, VOCABULARY, k=50).pairings()}
    for person in people:
        for post in posts:
            explanation = explain(person, post, VOCABULARY)
            assert explanation.eligible is ((person.key, post.key) in listed)
            assert explanation.score == pytest.approx(listed.get((person.key, post.key), 0.0), abs=1e-9)
            assert 0 <= explanation.score <= 100 + 1e-9


@settings(max_examples=60, deadline=None)
@given(cohorts(), st.data())
def test_pairs_explained_at_once_are_told_what_each_is_told_alone(cohort, data):
    people, posts = cohort
    pairs = data.draw(st.lists(st.tuples(st.sampled_from(people), st.sampled_from(posts)), max_size=12))
    assert explain_pairs(pairs, VOCABULARY) == [explain(*pair, VOCABULARY) for pair in pairs]


def test_of_equal_skills_the_one_named_first_is_said_whoever_else_is_listed():
    vocabulary = Vocabulary(
        [
            Skill("label", ("데이터 라벨링",)),
            Skill("box", ("바운딩박스",), broader="label"),
            Skill("poly", ("폴리곤",), broader="label"),
            Skill("js", ("자바스크립트",)),
            Skill("react", ("리액트",), broader="js"),
            Skill("excel", ("엑셀",)),
        ]
    )
    labeler, other, post = holds("폴리곤", "바운딩박스"), holds("엑셀", "리액트", "자바스크립트"), asks("데이터 라벨링")
    alone = explain(labeler, post, vocabulary)
    together, _ = explain_pairs([(labeler, post), (other, post)], vocabulary)
    assert alone == together and alone.requirements[0].met_by == "폴리곤"


def test_a_score_depends_on_its_pair_whoever_else_is_listed():
    person, post = CandidateProfile("c", ["&RD 기획자"]), OpeningProfile("o", "", ["R&D 기획자"])
    others = [CandidateProfile(f"other{n}", ["블록체인", f"음식 조리 {n}"]) for n in range(3)]
    alone = [(pairing.candidate, pairing.score) for pairing in match([person], [post]).for_opening("o")]
    among = [(pairing.candidate, pairing.score) for pairing in match([person, *others], [post]).for_opening("o")]
    assert alone == [found for found in among if found[0] == "c"] == [("c", explain(person, post).score)]


def test_people_who_share_a_key_are_explained_each_by_what_they_hold(vocabulary):
    pairs = [(holds("엑셀"), asks("엑셀")), (holds("파이썬"), asks("엑셀")), (holds("파이썬"), asks("파이썬"))]
    assert [why.score for why in explain_pairs(pairs, vocabulary)] == [100.0, 0.0, 100.0]


@settings(max_examples=60, deadline=None)
@given(cohorts(), st.randoms())
def test_the_order_of_the_input_does_not_count(cohort, random):
    people, posts = cohort
    before = match(people, posts, VOCABULARY, k=2)
    mixed_people, mixed_posts = random.sample(people, len(people)), random.sample(posts, len(posts))
    after = match(mixed_people, mixed_posts, VOCABULARY, k=2)
    assert all(before.for_candidate(p.key) == after.for_candidate(p.key) for p in people)
    assert all(before.for_opening(p.key) == after.for_opening(p.key) for p in posts)


def test_processes_give_what_the_whole_gives(vocabulary):
    people = [CandidateProfile(f"c{n}", ["엑셀", "파이썬"][: n % 3]) for n in range(20)]
    posts = [OpeningProfile(f"o{n}", "개발자", ["엑셀", "Python"][n % 2 :]) for n in range(6)]
    with ProcessPoolExecutor(1) as pool:
        assert same(match(people, posts, vocabulary), match(people, posts, vocabulary, runner=pool))


@settings(max_examples=60, deadline=None)
@given(cohorts())
def test_tables_give_what_profiles_give(cohort):
    people, posts = cohort
    tables = CandidateTable.from_profiles(people), OpeningTable.from_profiles(posts)
    assert same(match(people, posts, VOCABULARY), match(*tables, VOCABULARY))


@settings(max_examples=200, deadline=None)
@given(candidates(), openings())
def test_a_hard_limit_is_never_averaged_away(person, post):
    explanation = explain(person, post, VOCABULARY)
    if not explanation.eligible:
        assert explanation.score == 0.0 and any(not limit.ok for limit in explanation.limits)
        assert match([person], [post], VOCABULARY).pairings() == []


@settings(max_examples=200, deadline=None)
@given(candidates(), openings(), st.data())
def test_raising_a_level_never_lowers_a_score(person, post, data):
    known = [n for n, skill in enumerate(person.skills) if skill.level is not None and skill.level < 4]
    assume(known)
    at = data.draw(st.sampled_from(known))
    raised = [
        CandidateSkill(skill.skill, skill.level + 1) if n == at else skill for n, skill in enumerate(person.skills)
    ]
    better = CandidateProfile(
        person.key,
        raised,
        person.wanted_titles,
        person.regions,
        person.remote,
        person.available_on,
        person.employment_types,
        person.pay_min,
    )
    assert score(better, post, VOCABULARY) >= score(person, post, VOCABULARY) - 1e-9


@settings(max_examples=100, deadline=None)
@given(candidates(), openings())
def test_a_score_comes_apart_into_its_parts(person, post):
    explanation = explain(person, post, VOCABULARY)
    if explanation.parts:
        assert sum(part.weight for part in explanation.parts) == pytest.approx(1.0)
    if explanation.eligible:
        assert sum(p.weight * p.score for p in explanation.parts) == pytest.approx(explanation.score, abs=1e-9)
    skills = next((p for p in explanation.parts if p.name == "skills"), None)
    if skills is not None:
        assert sum(m.points for m in explanation.requirements) == pytest.approx(skills.weight * skills.score, abs=1e-9)
    assert pickle.loads(pickle.dumps(explanation)) == explanation
