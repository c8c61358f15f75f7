"""What outside programs may rely on: the names and shapes of the library, called as its interface says."""

import gc
import pickle
from datetime import date, datetime

import numpy as np
import pytest

import matching
from matching import (
    AssignmentError,
    CandidateProfile,
    CandidateTable,
    MatchingError,
    OpeningProfile,
    OpeningTable,
    ProfileError,
    Requirement,
    Skill,
    TermIndex,
    Vocabulary,
    VocabularyError,
    Weights,
)

PEOPLE = [
    CandidateProfile("a", ["엑셀", "파이썬"], wanted_titles=["개발자"]),
    CandidateProfile("b", ["엑셀"]),
    CandidateProfile("c", []),
]
POSTS = [OpeningProfile("x", "사무보조", ["엑셀"]), OpeningProfile("y", "개발자", ["파이썬"], seats=0)]


def run(**more):
    return matching.match(PEOPLE, POSTS, **more)


def score(held, asked, vocabulary=None):
    return matching.explain(CandidateProfile("c", held), OpeningProfile("o", "", asked), vocabulary).score


# Runs


def test_two_runs_of_the_same_input_are_equal():
    assert run() == run() == pickle.loads(pickle.dumps(run()))
    assert run() != run(k=1) and run() != matching.match(PEOPLE[:2], POSTS) and run() != "a run"


def test_nobody_and_nothing_and_a_k_above_everything_are_fine():
    assert matching.match([], []).pairings() == matching.match(PEOPLE, []).pairings() == []
    assert matching.match([], POSTS).for_opening("x") == []
    assert len(run(k=10**9).pairings()) == len(PEOPLE) * len(POSTS)
    assert [p.score for p in run().for_candidate("c")] == [0.0, 0.0]


@pytest.mark.parametrize(
    "terms",
    [
        {"vocabulary": "skills.csv"},
        {"vocabulary": [Skill("a", ("a",))]},
        {"weights": {"skills": 1.0}},
        {"k": 2.0},
        {"k": True},
        {"candidates": ["a"]},
        {"candidates": POSTS},
        {"openings": PEOPLE},
        {"openings": None},
    ],
)
def test_arguments_of_another_kind_are_refused_in_words(terms):
    with pytest.raises(MatchingError):
        matching.match(**{"candidates": PEOPLE, "openings": POSTS, **terms})


def test_explain_refuses_what_match_refuses():
    for wrong in (("a", POSTS[0]), (PEOPLE[0], "x"), (PEOPLE[0], POSTS[0], "words"), (PEOPLE[0], POSTS[0], None, 1.0)):
        with pytest.raises(MatchingError):
            matching.explain(*wrong)


@pytest.mark.parametrize("pairs", [None, "ab", [PEOPLE[0]], [(PEOPLE[0],)], [(POSTS[0], PEOPLE[0])], [("a", POSTS[0])]])
def test_only_pairs_of_a_candidate_and_an_opening_are_explained(pairs):
    with pytest.raises(MatchingError):
        matching.explain_pairs(pairs)
    assert matching.explain_pairs([]) == []


def test_the_collector_rests_during_a_run_and_is_left_as_it_was():
    seen = []

    class Watching:
        def map(self, function, items):
            seen.append(gc.isenabled())
            return map(function, items)

    matching.match(PEOPLE, POSTS, runner=Watching())
    with matching.collector_at_rest():
        matching.match(PEOPLE, POSTS, runner=Watching())
        seen.append(gc.isenabled())
    assert (seen, gc.isenabled()) == ([False, False, False], True)
    with pytest.raises(MatchingError):
        matching.match(PEOPLE, ["no opening"])
    assert gc.isenabled()


# Skills twice


def test_a_skill_listed_twice_counts_once_on_either_side():
    vocabulary = Vocabulary([Skill("az", ("애저", "AZURE")), Skill("py", ("파이썬", "Python"))])
    assert score(["AZURE", "Azure", "애저", "az"], ["azure", "파이썬"], vocabulary) == 50.0
    assert score(["azure"], ["AZURE", "Azure", "애저", "Python"], vocabulary) == pytest.approx(50.0, abs=1e-9)
    assert score(["azure"], ["AZURE", "Azure", "Python"]) == 50.0


def test_the_listings_of_a_repeated_skill_share_its_weight_and_are_all_judged():
    post = OpeningProfile("o", "", [Requirement("엑셀", 3, must=True), Requirement("엑셀", 1), "파이썬"])
    found = matching.explain(CandidateProfile("c", [matching.CandidateSkill("엑셀", 2)]), post)
    assert [round(met.possible, 6) for met in found.requirements] == [25.0, 25.0, 50.0]
    assert [met.level.state for met in found.requirements[:2]] == ["short", "met"]
    ((_, _, listed),) = matching.match([CandidateProfile("c", [matching.CandidateSkill("엑셀", 2)])], [post]).pairings()
    assert listed == pytest.approx(found.score, abs=1e-9)


@pytest.mark.parametrize("weights", [(1e308, 1e308), (5e-324, 5e-324), (1e-300, 1e-300)])
def test_extreme_weights_of_requirements_only_matter_beside_one_another(weights):
    post = OpeningProfile("o", "", [Requirement(s, weight=w) for s, w in zip(("엑셀", "자수"), weights, strict=True)])
    person = CandidateProfile("c", ["엑셀"])
    assert matching.explain(person, post).score == matching.match([person], [post]).pairings()[0].score == 50.0


def test_what_nearly_everybody_can_counts_half():
    vocabulary = Vocabulary([Skill("xl", ("엑셀",), everyday=True), Skill("py", ("파이썬",))])
    assert score(["파이썬"], ["엑셀", "파이썬"], vocabulary) == pytest.approx(200 / 3)
    assert score(["엑셀"], ["엑셀", "파이썬"], vocabulary) == pytest.approx(100 / 3)
    assert score(["엑셀"], ["엑셀"], vocabulary) == 100.0


# Neighbours and titles


@pytest.mark.parametrize(
    ("wished", "offered", "score"),
    [("라벨러", "검수자", 34), ("품질관리자", "검수자", 34), ("라벨러", "품질관리자", 0)],
)
def test_a_post_one_step_from_the_goal_counts_a_little(wished: str, offered: str, score: float):
    person, post = CandidateProfile("c", [], wanted_titles=[wished]), OpeningProfile("o", offered, [])
    assert matching.explain(person, post).score == pytest.approx(score)


def test_a_neighbouring_skill_is_worth_more_the_better_it_is_held():
    vocabulary = Vocabulary([Skill("a", ("음성 전사",), related=("b",)), Skill("b", ("자막 제작",))])
    levels = [score([matching.CandidateSkill("a", level)], ["b"], vocabulary) for level in (1, 2, 3, 4)]
    assert levels == sorted(levels) and 0 < levels[0] < levels[1] < levels[2] == levels[3] < 50
    assert levels[0] < score(["a"], ["b"], vocabulary) < levels[3]


@pytest.mark.parametrize(
    ("wished", "offered"), [("개발자", "2024 신입 채용"), ("무관", "프론트엔드 개발자"), ("---", "...")]
)
def test_a_title_that_says_nothing_about_the_work_lowers_nothing(wished, offered):
    person, post = CandidateProfile("c", ["엑셀"], wanted_titles=[wished]), OpeningProfile("o", offered, ["엑셀"])
    assert matching.explain(person, post).score == 100.0
    assert [p.score for p in matching.match([person], [post]).pairings()] == [100.0]


def test_beside_a_narrower_word_of_a_title_the_general_one_decides_little():
    vocabulary = Vocabulary([Skill("l", ("데이터 라벨링", "라벨러")), Skill("p", ("폴리곤",), broader="l"), Skill("d", ("자율주행",), broader="l")])  # fmt: skip
    person = CandidateProfile("c", [], wanted_titles=["폴리곤 라벨러"])
    posts = [OpeningProfile(title, title, []) for title in ("폴리곤 작업자", "자율주행 라벨러")]
    found = {p.opening: p.score for p in matching.match([person], posts, vocabulary).pairings()}
    assert found["폴리곤 작업자"] > 85 and found["자율주행 라벨러"] < 60


# Terms


def test_a_likeness_does_not_depend_on_the_other_queries():
    index = TermIndex({"a": ["3D 큐보이드"], "b": ["cuboid annotation"], "c": ["3D 박스 labeling"]})
    assert index.search(["3D cuboid"], k=3)[0] == index.search(["3D cuboid", "한글", "폴리곤"], k=3)[0]


@pytest.mark.parametrize("query", ["", "  \t", "😀", "e" * 5000, "שלום", "\u202eabc", "\x00", "...", "ㄱ" * 500])
def test_odd_queries_get_all_keys_with_a_similarity(query):
    names = {"k1": ["폴리곤 라벨링"], "k2": ["polygon annotation", "polygons"], "k3": []}
    (hits,) = TermIndex(names, Vocabulary([Skill("p", ("폴리곤",))])).search([query], k=99)
    assert sorted(hit.key for hit in hits) == ["k1", "k2", "k3"]
    assert all(type(hit.similarity) is float and 0 <= hit.similarity <= 100 for hit in hits)
    assert {hit.how for hit in hits} <= {"exact", "alias", "near"}


def test_decomposed_and_full_width_queries_are_exact():
    index = TermIndex({"k1": ["폴리곤 라벨링"], "k2": ["polygons"]})
    decomposed, wide = index.search(iter(["폴리곤 라벨링", "ＰＯＬＹＧＯＮＳ"]), k=1)
    assert [(hit.key, hit.how) for hit in (*decomposed, *wide)] == [("k1", "exact"), ("k2", "exact")]


def test_wrong_queries_and_names_are_refused_in_words():
    index = TermIndex({"a": ["엑셀"]})
    for call in (lambda: index.search([None]), lambda: index.search(None), lambda: index.search(["a"], k=1.5), lambda: TermIndex({"a": [None]})):  # fmt: skip
        with pytest.raises(MatchingError):
            call()
    for wrong in (lambda: Skill("k", (None,)), lambda: Skill(3, ("a",)), lambda: Vocabulary(["엑셀"])):
        with pytest.raises(VocabularyError):
            wrong()


def test_a_csv_may_say_which_skills_must_never_be_taken_for_one_another(tmp_path):
    path = tmp_path / "skills.csv"
    head = "skill_id,name_ko,name_en,aliases,broader,related,track,never\n"
    path.write_text(head + "a,데이터 정제,,,,b,,b\nb,데이터 정재,,,,,,\n", encoding="utf-8")
    vocabulary = Vocabulary.from_csv(path)
    assert vocabulary.is_never("b", "a") and score(["데이터 정제"], ["데이터 정재"], vocabulary) == 0.0


# Amounts, arrays, words


def test_a_sum_that_no_pay_reaches_is_refused_and_an_absent_pay_limits_nothing():
    for wrong in (10**30, 2**41, -1):
        with pytest.raises(ProfileError, match="won a month"):
            CandidateProfile("c", [], pay_min=wrong)
        with pytest.raises(ProfileError, match="pay_min"):
            CandidateTable.from_columns(["c"], pay_min=[wrong])
    with pytest.raises(ProfileError, match="seats"):
        OpeningProfile("o", "", [], seats=10**30)
    dear = CandidateProfile("c", ["엑셀"], pay_min=10**9)
    assert [p.score for p in matching.match([dear], [OpeningProfile("o", "", ["엑셀"])]).pairings()] == [100.0]


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        (CandidateTable, {"pay_min": ["x"]}),
        (CandidateTable, {"skills": ([0], ["엑셀"], [2.5])}),
        (CandidateTable, {"available_on": [datetime(2020, 12, 1)]}),  # noqa: DTZ001
        (CandidateTable, {"available_on": ["2020-12-01"]}),
        (OpeningTable, {"seats": [-1]}),
    ],
)
def test_columns_are_checked_as_profiles_are(table, columns):
    with pytest.raises(ProfileError):
        table.from_columns(["a"], **columns)


def test_columns_may_be_arrays():
    people = CandidateTable.from_columns(
        np.array(["a", "b"]),
        skills=(np.array([0, 1]), np.array(["x", "y"]), np.array([1, 2])),
        titles=(np.array([0]), np.array(["개발자"])),
        remote=np.array(["any", "remote"]),
        pay_min=np.array([1, 2]),
    )
    posts = OpeningTable.from_columns(
        np.array(["o"]),
        titles=np.array(["개발자"]),
        requirements=(np.array([0]), np.array(["x"]), np.array([1]), np.array([True]), np.array([1.0])),
        regions=np.array(["서울"]),
        remote=np.array(["remote"]),
        seats=np.array([2]),
    )
    (pairing,) = matching.match(people, posts).pairings()
    assert pairing == ("a", "o", 100.0) and type(pairing.candidate) is str


def test_employment_types_may_be_korean_words_or_codes_and_blanks_say_nothing():
    words = ["정규직", "계약직", "인턴", "프리랜서", "시간제"]
    assert CandidateProfile("c", [], employment_types=words).employment_types == matching.EMPLOYMENT_TYPES
    assert CandidateProfile("c", [], employment_types=matching.EMPLOYMENT_TYPES).employment_types == matching.EMPLOYMENT_TYPES  # fmt: skip
    assert CandidateProfile("c", [], employment_types=["", "알바"]).employment_types == ("part_time",)
    assert OpeningProfile("o", "", [], employment_type=" ").employment_type is None
    assert (
        OpeningProfile("o", "", [], starts_on=date(2020, 12, 1), employment_type="intern").employment_type == "intern"
    )


@pytest.mark.parametrize("weights", [(1e308, 1, 1), (5e-324, 0, 0), (0, 0, 0), (-1, 1, 1)])
def test_weights_that_cannot_be_shared_out_are_refused(weights):
    with pytest.raises(ProfileError, match="weight"):
        Weights(*weights)


# Rounds


@pytest.mark.parametrize(
    "terms",
    [
        {"wishes": {"nobody": ["x"]}},
        {"wishes": {"a": "x"}},
        {"wishes": [("a", "x")]},
        {"rankings": {"nowhere": ["a"]}},
        {"forbidden": [("nobody", "x")]},
        {"forbidden": [("a",)]},
        {"pinned": ["ax"]},
        {"pinned": [("a", "x", 1)]},
        {"pinned": [("a", "y")]},
        {"seats": {"nowhere": 1}},
        {"seats": {"x": 1.5}},
    ],
)
def test_terms_of_a_round_that_name_strangers_or_nonsense_are_refused(terms):
    with pytest.raises(AssignmentError):
        matching.assign(run(), **terms)


def test_wishes_for_what_is_not_in_the_run_are_ignored():
    answer = matching.assign(run(), "stable", wishes={"a": ["gone", "x"]}, rankings={"x": ["stranger", "a", "b"]})
    assert [(p.candidate, p.opening) for p in answer.pairs] == [("a", "x")]
    assert answer.unplaced == ("b", "c")


@pytest.mark.parametrize("wrong", [([], {}, {}), ({"a": "o"}, {}, {}), ({}, {"o": "a"}, {}), ({}, {}, None)])
def test_lists_of_a_stable_matching_are_lists(wrong):
    with pytest.raises(AssignmentError):
        matching.deferred_acceptance(*wrong)
    with pytest.raises(AssignmentError):
        matching.assign([("a", "x", 3.0)])
