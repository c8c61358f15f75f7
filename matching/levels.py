"""Decides what words beside a skill say about it: a level, a quantity, or nothing at all."""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

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


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, words)))


# Most texts tell no level and hold no figure: one look at the whole text saves one at each of its words.
_DIGIT, _DIGIT_OR_BRACKET = re.compile(r"\d"), re.compile(r"[\d(]")
_FIGURES: tuple[tuple[re.Pattern[str], Callable[[str], int]], ...]
_FIGURES = ((_NUMBERED, int), (_BRACKETED, _GRADES.__getitem__))
_ATTACHED_LEVEL = re.compile(f"^(?:{_any_of(LEVEL_WORDS).pattern})|(?:{_any_of(LEVEL_WORDS).pattern})$")
_SURE_LEVELS = {word: level for word, level in LEVEL_WORDS.items() if word not in _DOUBTFUL}
_ANY_LEVEL, _ANY_SURE_LEVEL = _any_of(LEVEL_WORDS), _any_of(_SURE_LEVELS)
# What a word may say beside naming a skill or stand for between two names, and what may be such an ending of a word.
_SAYING = frozenset((*LEVEL_WORDS, *_GRADES, *_FILLERS, *_TRADES, "및", "and"))
_SAYING_ENDINGS = (*_ATTACHED_FILLERS, "급")


@lru_cache(maxsize=1 << 14)
def is_bare(text: str) -> bool:
    """Whether a text is words alone and none of them can be anything but a name: then nothing below takes anything away
    from it, and it names no two skills. Most unknown texts are so."""
    words = text.casefold().split(" ")
    return (
        "".join(words).isalpha()
        and clean(text) == text
        and _SAYING.isdisjoint(words)
        and not text.endswith(_SAYING_ENDINGS)
        and not _ATTACHED_LEVEL.search(fold(text))
    )


def read_level(text: str) -> tuple[str, int]:
    """The text without its level words, and the level 1..4 that they tell (0: none told). Never empties the text.

    Words that may belong to a name (Visual Basic) are taken too: the caller must know the rest as a skill.
    """
    shown = clean(text)
    graded = _LAST_GRADE.search(shown) if shown[-1:] in _GRADES else None
    if graded and graded.start():
        return shown[: graded.start()], _GRADES[graded[1]]
    return _read(text, LEVEL_WORDS, _ANY_LEVEL)


def sure_level(text: str) -> tuple[str, int]:
    """The same by words that are hardly ever part of a name; for texts that nobody knows."""
    return _read(text, _SURE_LEVELS, _ANY_SURE_LEVEL)


def _read(text: str, known: Mapping[str, int], any_known: re.Pattern[str]) -> tuple[str, int]:
    shown = clean(text)
    for pattern, value in _FIGURES if _DIGIT_OR_BRACKET.search(shown) else ():
        found = pattern.search(shown)
        rest = (shown[: found.start()] + " " + shown[found.end() :]).strip(" ()-,") if found else ""
        if found and rest:
            return rest, value(found[1])
    if not any_known.search(fold(text)):
        return text, UNKNOWN
    words = [(word, fold(word)) for word in _GAP.split(shown)]
    told = [known[folded] for _, folded in words if folded in known]
    kept = "".join(word for word, folded in words if folded not in known)
    rest = _EMPTY_BRACKETS.sub(" ", kept).strip(" :-")
    return (rest, max(told)) if told and fold(rest) else (text, UNKNOWN)


def attached_level(text: str) -> tuple[str, int]:
    """The same for a level word written without a space (엑셀중급); the caller must know the rest as a skill."""
    folded = fold(text)
    if not _ATTACHED_LEVEL.search(folded):
        return text, UNKNOWN
    for word, level in LEVEL_WORDS.items():
        for rest in (folded.removesuffix(word), folded.removeprefix(word)):
            if rest not in ("", folded):
                return rest, level
    return text, UNKNOWN


@lru_cache(maxsize=1 << 14)
def without_fillers(text: str) -> str:
    """The text without quantities and words that name no skill (바운딩박스 2만장 작업 → 바운딩박스). Never empties it."""
    shown = clean(text)
    words = [word for word in _BREAK.split(_without(_QUANTITY, shown, " ")) if word and fold(word) not in _FILLERS]
    return " ".join(words) or shown


def shorter_names(text: str) -> tuple[str, ...]:
    """What may be left as the name of a skill without version, quantity, fillers and words like 개발 (Java 개발자 → Java);
    the caller must know it."""
    plain = _without(_VERSION, without_fillers(text))
    words = [word for word in _BREAK.split(plain) if word and fold(word) not in _TRADES]
    ending = next(filter(plain.endswith, _ATTACHED_FILLERS), "") if plain.endswith(_ATTACHED_FILLERS) else ""
    shorter = (plain, " ".join(words), _without(_ATTACHED_VERSION, plain), plain.removesuffix(ending))
    return tuple(name for name in dict.fromkeys(shorter) if name)


def without_class(text: str) -> str:
    """A certificate without its class (HSK 5급 → HSK, JLPT N2 → JLPT); the caller must know that no class stands above it."""
    return _CLASS.sub("", without_fillers(text))


def _without(figures: re.Pattern[str], text: str, instead: str = "") -> str:
    """The text without what a pattern of figures finds."""
    return figures.sub(instead, text) if _DIGIT.search(text) else text
