"""Decides what words beside a skill say about it: a level, a quantity, or nothing at all."""

import re
from collections.abc import Mapping

from .normalise import clean, fold

UNKNOWN = 0
LOWEST, HIGHEST = 1, 4

_WORDS = {
    1: "입문 입문자 왕초보 beginner introductory entry-level",
    2: "초급 초급자 초보 기초 기본 basic basics elementary",
    3: "중급 중급자 중상급 intermediate",
    4: "고급 고급자 상급 최상급 전문가 전문가급 숙련 능숙 마스터 advanced expert proficient",
}
LEVEL_WORDS = {fold(word): level for level, words in _WORDS.items() for word in words.split()}
# In brackets (엑셀(상)), or as the last word after a known skill (엑셀 상); elsewhere they are parts of other words.
_GRADES = {"상": 4, "중": 3, "하": 2}
_NUMBERED = re.compile(r"(?:\b(?:lv|level)\.?\s*|레벨\s*|수준\s*)([1-4])(?!\d)", re.IGNORECASE)
_BRACKETED = re.compile(r"\(\s*([상중하])\s*\)")
_LAST_GRADE = re.compile(r"[\s:/,-]+([상중하])$")
_QUANTITY = re.compile(
    r"(?<![^\s(])(?:약\s*)?\d+[,\d]*\s*[십백천만억]*\s*(?:장|건|개월|개|시간|년차|년|회|컷|문장|분|클립|문항|프레임|페이지|쪽|타|점)(?:\s*이상)?(?![가-힣])"
)
_FILLER_WORDS = """
활용 사용 가능 능력 경험 유경험 경력 작업 업무 우대 필수 자격증 자격 보유 스킬 역량 실무 취득 가능자 있음 잘함 잘 다룸 이론 명령어
skills skill experience using
"""
_FILLERS = frozenset(map(fold, _FILLER_WORDS.split()))
# Fillers that are also written without a space after the skill (검수경험 2년).
_ATTACHED_FILLERS = ("유경험", "경험", "경력", "활용", "능력", "작업", "업무", "가능", "실무")
_VERSION = re.compile(r"\s+v?(?:er\.?\s*)?\d+(?:\.(?:\d+|x))*\+?$", re.IGNORECASE)
# Without a space: python3.10 and mysql8, or a year after Korean (한글2020); a digit after Korean is a grade (컴활3).
_ATTACHED_VERSION = re.compile(r"(?<=[a-z]{2})\d+(?:\.(?:\d+|x))*$|(?<=[가-힣])(?:19|20)\d\d$", re.IGNORECASE)
_CLASS = re.compile(r"\s+(?:\d급|n[1-5]|[a-e]\s*(?:등급|급))$", re.IGNORECASE)
_DOUBTFUL = frozenset(
    map(fold, ("기초", "기본", "전문가", "마스터", "basic", "basics", "elementary", "advanced", "expert"))
)
_TRADE_WORDS = """
개발 개발자 프로그래밍 프로그래머 언어 툴 도구 프로그램 교육 이수 수료 과정
"""
_TRADES = frozenset(map(fold, _TRADE_WORDS.split()))
_GAP = re.compile(r"([\s()\[\]:|,/]+)")
_EMPTY_BRACKETS = re.compile(r"[(\[]\s*[)\]]|[\s:]+")
_BREAK = re.compile(r"[\s()\[\]:|]+")


def read_level(text: str) -> tuple[str, int]:
    """The text without its level words, and the level 1..4 that they tell (0: none told). Never empties the text.

    Words that may belong to a name (Visual Basic) are taken too: the caller must know the rest as a skill.
    """
    shown = clean(text)
    graded = _LAST_GRADE.search(shown)
    if graded and graded.start():
        return shown[: graded.start()], _GRADES[graded[1]]
    return _read(text, LEVEL_WORDS)


def sure_level(text: str) -> tuple[str, int]:
    """The same by words that are hardly ever part of a name; for texts that nobody knows."""
    return _read(text, {word: level for word, level in LEVEL_WORDS.items() if word not in _DOUBTFUL})


def _read(text: str, known: Mapping[str, int]) -> tuple[str, int]:
    shown = clean(text)
    for pattern, value in ((_NUMBERED, int), (_BRACKETED, _GRADES.__getitem__)):
        found = pattern.search(shown)
        rest = (shown[: found.start()] + " " + shown[found.end() :]).strip(" ()-,") if found else ""
        if found and rest:
            return rest, value(found[1])
    words = [(word, fold(word)) for word in _GAP.split(shown)]
    told = [known[folded] for _, folded in words if folded in known]
    kept = "".join(word for word, folded in words if folded not in known)
    rest = _EMPTY_BRACKETS.sub(" ", kept).strip(" :-")
    return (rest, max(told)) if told and fold(rest) else (text, UNKNOWN)


def attached_level(text: str) -> tuple[str, int]:
    """The same for a level word written without a space (엑셀중급); the caller must know the rest as a skill."""
    folded = fold(text)
    for word, level in LEVEL_WORDS.items():
        for rest in (folded.removesuffix(word), folded.removeprefix(word)):
            if rest not in ("", folded):
                return rest, level
    return text, UNKNOWN


def without_fillers(text: str) -> str:
    """The text without quantities and words that name no skill (바운딩박스 2만장 작업 → 바운딩박스). Never empties it."""
    shown = clean(text)
    words = [word for word in _BREAK.split(_QUANTITY.sub(" ", shown)) if word and fold(word) not in _FILLERS]
    return " ".join(words) or shown


def shorter_names(text: str) -> tuple[str, ...]:
    """What may be left as the name of a skill without version, quantity, fillers and words like 개발 (Java 개발자 → Java);
    the caller must know it."""
    plain = _VERSION.sub("", without_fillers(text))
    words = [word for word in _BREAK.split(plain) if word and fold(word) not in _TRADES]
    ending = next((end for end in _ATTACHED_FILLERS if plain.endswith(end)), "")
    shorter = (plain, " ".join(words), _ATTACHED_VERSION.sub("", plain), plain.removesuffix(ending))
    return tuple(name for name in dict.fromkeys(shorter) if name)


def without_class(text: str) -> str:
    """A certificate without its class (HSK 5급 → HSK, JLPT N2 → JLPT); the caller must know that no class stands above it."""
    return _CLASS.sub("", without_fillers(text))
