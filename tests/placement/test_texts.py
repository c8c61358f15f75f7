"""Everything that a screen can name has a name of its own, and every refusal is a sentence in the spoken language."""

import ast
from datetime import date
from enum import StrEnum
from inspect import getmembers, isclass
from pathlib import Path

import pytest

import employers
import placement
from employers import enums as employer_enums
from employers.moves import Refusal
from placement import enums
from placement.enums import JobState, OrganisationKind, RunScope, SkillRelationKind
from placement.states import MACHINES
from placement.texts import (
    LABELS,
    LEVELS,
    MOVES,
    REFUSALS,
    describe_day,
    describe_interval,
    describe_level,
    describe_money,
    describe_move,
    describe_refusal,
    label,
    label_of,
    language,
    speak,
    speaking,
)

# Codes of the machinery; no screen shows them.
NOT_SHOWN = {JobState, RunScope, SkillRelationKind, OrganisationKind}
ROOMS = [Path(str(room.__file__)).parent for room in (employers, placement)]


def lists_of_codes() -> list[type[StrEnum]]:
    return [
        found
        for room in (employer_enums, enums)
        for _, found in getmembers(room, isclass)
        if issubclass(found, StrEnum) and found is not StrEnum
    ]


def has_hangul(text: str) -> bool:
    return any("가" <= sign <= "힣" for sign in text)


@pytest.mark.parametrize("kind", [kind for kind in lists_of_codes() if kind not in NOT_SHOWN], ids=lambda k: k.__name__)
def test_every_code_that_a_screen_shows_has_a_korean_name(kind: type[StrEnum]):
    assert set(LABELS[kind]) == set(kind)
    assert all(has_hangul(name) for name in LABELS[kind].values())
    assert len(set(LABELS[kind].values())) == len(kind), "two codes of one list share a name"


@pytest.mark.parametrize("kind", LABELS, ids=lambda kind: kind.__name__)
def test_a_code_is_named_by_its_own_list(kind: type[StrEnum]):
    for code in kind:
        assert label(code) == label_of(kind, code.value) == LABELS[kind][code]


def test_lists_that_share_a_code_keep_their_own_names():
    assert label(employer_enums.RemoteMode.REMOTE) == "재택"
    assert label(enums.RemoteWish.REMOTE) == "재택만"
    assert label_of(employer_enums.AgreementState, "draft") == "체결 전"
    assert label_of(employer_enums.OpeningState, "draft") == "작성 중"


def test_nothing_stored_is_a_dash_and_an_unknown_word_is_itself():
    assert label(None) == label_of(enums.Role, None) == describe_day(None) == "-"
    assert label("그대로") == "그대로"


def test_every_move_has_words_for_its_button():
    assert set(MOVES) == {(entity, chosen.name) for entity, machine in MACHINES.items() for chosen in machine.moves}
    assert all(has_hangul(describe_move(*move)) for move in MOVES)
    with speaking("en"):
        assert not any(has_hangul(describe_move(*move)) for move in MOVES)


@pytest.mark.parametrize("machine", MACHINES.values(), ids=list(MACHINES))
def test_no_two_buttons_of_one_row_share_their_words(machine):
    names = {chosen.name for chosen in machine.moves}
    said = [describe_move(machine.entity, name) for name in names]
    assert len(set(said)) == len(said)


def refusal_codes() -> set[str]:
    """The code of every Refusal(…) that the two rooms build, also of those that only the office hears."""
    calls = [
        node
        for room in ROOMS
        for file in room.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("Refusal", "refusal_for")
    ]
    said = [value for call in calls for value in call.args if isinstance(value, ast.Constant)]
    return {value.value for value in said}


def test_every_refusal_of_the_code_has_a_sentence_and_no_sentence_is_left_over():
    codes = refusal_codes()
    assert {"not_allowed", "opening_is_full"} <= codes
    assert codes == set(REFUSALS)


@pytest.mark.parametrize("code", REFUSALS)
def test_a_refusal_is_one_polite_sentence(code: str):
    values = {
        "seats": 3,
        "closes_on": date(2020, 12, 1),
        "state": "open",
        "move": "fly",
        "cap": 5,
        "day": date(2020, 12, 2),
        "tried": 1,
        "channels": 1,
    }
    said = describe_refusal(Refusal(code, values))
    assert said.endswith(("습니다.", "입니다.", "십시오."))
    assert "%(" not in said


def test_levels_have_names_and_an_unknown_one_too():
    assert [describe_level(level) for level in (1, 2, 3, 4, None)] == list(LEVELS.values())


@pytest.mark.parametrize(
    ("won", "said"),
    [(1_795_310, "180만원"), (1_794_999, "179만원"), (0, "0만원"), (24_000_000, "2,400만원"), (None, "-")],
)
def test_money_is_said_in_ten_thousands_of_won_half_up(won: int | None, said: str):
    assert describe_money(won) == said


@pytest.mark.parametrize(
    ("won", "said"), [(1_850_000, "₩1,850,000"), (1_795_310, "₩1,795,310"), (0, "₩0"), (None, "-")]
)
def test_money_is_said_in_won_in_english(won: int | None, said: str):
    with speaking("en"):
        assert describe_money(won) == said


def test_an_interval_is_said_in_percent():
    assert describe_interval(0.1848, 0.6136) == "18.5–61.4%"
    assert describe_interval(None, None) == "-"
    assert describe_interval(0.0, 1.0) == "0.0–100.0%"


def test_a_day_is_said_as_it_is_typed():
    assert describe_day(date(2020, 10, 8)) == "2020-10-08"


def test_korean_is_spoken_until_another_language_is_asked_for():
    assert language() == "ko"
    with speaking("en"):
        assert language() == "en"
        with speaking("xx"):
            assert language() == "ko"
        assert language() == "en"
    assert language() == "ko"


def test_after_an_error_the_language_before_is_spoken_again():
    with pytest.raises(ZeroDivisionError), speaking("en"):
        print(1 // 0)
    assert language() == "ko"


def test_a_language_stays_until_the_next_is_spoken():
    with speaking("ko"):
        speak("en")
        assert language() == "en"
        speak("tlh")
        assert language() == "ko"
