"""Every code that the engine can give has a sentence in both languages, with its units."""

import ast
import string
from datetime import date
from pathlib import Path

import pytest

import matching
from matching import criteria, explaining
from placement import explanations, texts
from placement.explanations import BRIEF, CHANGES, HOW, LIMITS, PARTS, SENTENCES, describe_briefly, explanation_json

TABLES = (LIMITS, PARTS, SENTENCES, CHANGES, HOW, BRIEF)
VOCABULARY = matching.Vocabulary()
GRADUATE = {"key": "G1", "skills": ["엑셀"], "regions": ("부산",), "remote": "office", "pay_min": 2_500_000}
OFFER = {"key": "O1", "title": "라벨링 검수", "region": "서울 서초구", "pay_max": 2_000_000}
REQUIREMENTS = [matching.Requirement("데이터 라벨링", must=True), matching.Requirement("엑셀", level=2)]


def words_of(module) -> set[str]:
    """Every plain text in a module's code that could be a code: small letters and underscores."""
    tree = ast.parse(Path(module.__file__).read_text(encoding="utf-8"))
    found = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    return {word for word in found if word and set(word) <= {*string.ascii_lowercase, "_"}}


def codes(*beginnings: str) -> set[str]:
    return {word for module in (criteria, explaining) for word in words_of(module) if word.startswith(beginnings)}


def explain(**changed):
    offer = matching.OpeningProfile(**OFFER, requirements=REQUIREMENTS)
    return matching.explain(matching.CandidateProfile(**{**GRADUATE, **changed}), offer, VOCABULARY)


def test_every_code_of_a_limit_has_a_sentence():
    said = codes("must_", "region_", "remote_", "employment_", "pay_", "date_")
    fields = {"remote_agreement", "employment_types", "employment_type", "pay_min", "pay_max"}
    assert said - fields == SENTENCES.keys()


def test_every_failing_limit_and_every_gain_has_a_change_that_would_help():
    failing = {
        code
        for code in SENTENCES
        if code.endswith(("_missing", "_too_low", "_outside", "_refused", "_short", "_early"))
    }
    assert CHANGES.keys() == failing | {"employment_differs", "gain_skill", "raise_level", "several_limits"}
    assert {"gain_skill", "raise_level", "several_limits"} <= words_of(explaining)


def test_every_limit_part_and_way_has_a_name():
    why = explain(wanted_titles=("데이터 라벨러",))
    assert [limit.name for limit in why.limits] == list(LIMITS)
    assert [part.name for part in why.parts] == list(PARTS)
    assert HOW.keys() - {"narrower"} == {"exact", "alias", "near", "related", "missing"} <= words_of(explaining)


@pytest.mark.parametrize("table", TABLES, ids=("limits", "parts", "sentences", "changes", "how", "brief"))
def test_english_stands_beside_every_sentence(table: dict[str, str]):
    with texts.speaking("en"):
        untold = [message for message in table.values() if texts._(message) == message]
    assert untold == []


def test_pay_and_days_are_said_with_their_units():
    pay = next(limit for limit in explanation_json(explain(), VOCABULARY)["limits"] if limit["name"] == "pay")
    assert pay["text"] == "희망 급여에 못 미칩니다: 월 최대 200만원, 희망 월 250만원"
    early = explaining.Limit("date", False, "date_early", {"wished": date(2020, 12, 1), "offered": date(2020, 11, 2)})
    assert explanations._say(SENTENCES, early, VOCABULARY).count("2020-1") == 2


def test_a_near_skill_says_so_with_both_words_and_how_alike_they_are():
    (row, _) = explanations.describe_explanation(explain(skills=["데이터 라밸링"]), VOCABULARY)["requirements"]
    assert (row["label"], row["how"]) == ("데이터 라벨링", "near")
    assert row["said"].startswith("비슷한 말: 데이터 라밸링(") and row["said"].endswith("% 닮음)")


def test_several_failing_limits_are_named_together():
    change = explanation_json(explain(), VOCABULARY)["nearest_change"]
    assert all(name in change for name in ("필수 기술", "근무지", "급여"))


def test_one_line_says_what_fails_what_is_met_and_what_is_missing():
    said = describe_briefly(explain(regions=("서울",), pay_min=None), VOCABULARY)
    assert "없음 데이터 라벨링" in said and "수준 모름 엑셀" in said and "기술 " in said


def test_a_narrower_skill_is_called_one_and_not_another_name():
    narrower = matching.Skill(key="bbox", names=("바운딩박스",), broader="label")
    vocabulary = matching.Vocabulary([matching.Skill(key="label", names=("데이터 라벨링",)), narrower])
    person = matching.CandidateProfile("P", ["바운딩박스"])
    offer = matching.OpeningProfile("O", "라벨러", ["데이터 라벨링"])
    view = explanations.describe_explanation(matching.explain(person, offer, vocabulary), vocabulary)
    assert view["requirements"][0]["said"] == "하위 기술: 바운딩박스"
