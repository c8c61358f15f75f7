"""Decides how people vary a name when they type it: misspelt, spaced, on the other layout, by ear, inside a phrase.

Every rule takes a name and a seeded generator, and gives the variant, or None where it does not apply. Nothing here looks
at what the engine can read.
"""

import re
import unicodedata
from random import Random

from matching.layouts import hangul_of, keys_of

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_SHIFTS = (0.0, 0.25, 0.75)
_LETTER = re.compile(r"[A-Za-z가-힣]")
_WORD = re.compile(r"[A-Za-z]+|[가-힣]+")
# One misspelling in a short name, two in a long one.
_LONG_NAME = 12
# Letters that are heard alike (initials and vowels as keys of the two-set layout).
_HEARD_ALIKE = ("op", "OP", "rR", "eE", "qQ", "tT", "wW", "jh", "kj")
# Spellings of loan words that people use beside one another; the first is mostly that of the 외래어 표기법.
_FAMILIES = (
    "데이터 데이타", "라벨 레이블", "콘텐츠 컨텐츠", "어노테이션 애너테이션", "소프트 쏘프트", "서비스 써비스", "시스템 씨스템",
    "센터 쎈터", "디지털 디지탈", "메시지 메세지", "마케팅 마켓팅", "네트워크 네트웍", "프론트 프런트", "애플리케이션 어플리케이션",
    "텍스트 택스트", "컨트랙트 컨트렉트", "컨트랙트 콘트랙트", "블록 블럭", "박스 박쓰", "프로그래밍 프로그레밍", "파이썬 파이선",
    "자바 쟈바", "리포트 레포트", "비즈니스 비지니스", "프레젠테이션 프리젠테이션", "엔지니어 앤지니어", "포토샵 포토숍",
    "매뉴얼 메뉴얼", "스케줄 스케쥴", "차트 챠트", "렌더링 랜더링", "매핑 맵핑", "세팅 셋팅", "타깃 타겟", "라이선스 라이센스",
    "알고리즘 알고리듬", "캐시 캐쉬", "데스크톱 데스크탑", "폴리곤 폴리건", "에디터 에디타", "백엔드 백앤드", "풀스택 풀스텍",
    "이미지 이메지", "비디오 비데오", "챗봇 쳇봇", "엑셀 액셀", "로봇 로보트", "리더십 리더쉽", "서버 써버", "스크래핑 스크레핑",
    "솔루션 쏠루션", "컨설팅 콘설팅", "파일 화일", "패키지 팩키지", "리액트 리엑트", "하이퍼레저 하이퍼렛저", "솔리디티 쏠리디티",
    "블렌더 블랜더", "일러스트레이터 일러스트레이타", "클라이언트 크라이언트", "플랫폼 플래트폼", "태깅 테깅", "세그멘테이션 세그먼테이션",
)  # fmt: skip
_PHRASES = (
    "{} 중급", "{} 초급", "{} 고급", "{}(상)", "{} 기초 수준", "초급 {}", "{} 능숙", "{} 2만장 작업", "{} 500건 이상", "{} 3천 건 처리",
    "{} 경험 3년", "{} 실무 경험 있음", "{} 활용 능력", "{} 사용 가능", "{} 가능자 우대", "{} 업무 1년 6개월", "{} 담당했습니다",
    "{} 관련 프로젝트 수행", "{} 잘 다룹니다", "{} 교육 수료", "{} 능력 보유", "{} 10개월", "{} 프로젝트 2회", "{} 작업 경력 2년",
)  # fmt: skip


def misspell(name: str, rng: Random) -> str | None:
    """Wrong keys (a neighbour, one too many, one missing, two swapped), in Hangul half of the time wrong by ear."""
    if len(keys_of("".join(_LETTER.findall(name)))) < 4:
        return None
    for _ in range(2 if len(keys_of(name)) >= _LONG_NAME else 1):
        words = [found for found in _WORD.finditer(name) if len(keys_of(found[0])) > 1]
        if words:
            word = rng.choice(words)
            name = name[: word.start()] + _misspell_word(word[0], rng) + name[word.end() :]
    return name


def _misspell_word(word: str, rng: Random) -> str:
    if not _is_hangul(word):
        return _slip(word, rng)
    return _by_ear(word, rng) if rng.random() < 0.5 else hangul_of(_slip(keys_of(word), rng))


def _slip(keys: str, rng: Random) -> str:
    at = rng.randrange(len(keys))
    key, rest = keys[at], keys[at + 1 :]
    kind = rng.choice(("neighbour", "neighbour", "double", "drop", "swap"))
    if kind == "swap" and rest:
        return keys[:at] + rest[0] + key + rest[1:]
    if kind == "drop":
        return keys[:at] + rest
    if kind == "double":
        return keys[:at] + key + key + rest
    other = rng.choice(_NEIGHBOURS[key.lower()])
    return keys[:at] + (other.upper() if key.isupper() else other) + rest


def _by_ear(word: str, rng: Random) -> str:
    keys = keys_of(word)
    places = [(at, pair) for at, key in enumerate(keys) for pair in _HEARD_ALIKE if key in pair]
    if not places:
        return hangul_of(_slip(keys, rng))
    at, pair = rng.choice(places)
    return hangul_of(keys[:at] + pair[pair.index(keys[at]) - 1] + keys[at + 1 :])


def respace(name: str, rng: Random) -> str | None:
    """Other spaces, separators or word order."""
    words = name.split()
    if len(words) < 2:
        return None
    kind = rng.choice(("joined", "hyphens", "underlines", "swapped", "swapped"))
    if kind == "swapped":
        other = rng.sample(words, len(words))
        return " ".join(other if other != words else words[::-1])
    return {"joined": "", "hyphens": "-", "underlines": "_"}[kind].join(words)


def type_on_other_layout(name: str, rng: Random) -> str | None:
    """파이썬 as vkdlTjs, python as ㅔㅛ쇄ㅜ."""
    del rng
    if len(keys_of(name)) < 4 or not re.fullmatch(r"[A-Za-z가-힣 ]+", name):
        return None
    return keys_of(name) if _is_hangul(name) else hangul_of(name.lower())


def respell_by_family(name: str, rng: Random) -> str | None:
    """Another spelling of a loan word in the name."""
    pairs = [(a, b) for family in _FAMILIES for a, b in (family.split(), family.split()[::-1]) if a in name]
    if not pairs:
        return None
    mine, other = rng.choice(pairs)
    return name.replace(mine, other)


def say_more(name: str, rng: Random) -> str | None:
    """The name inside a phrase that tells level, quantity or experience."""
    return rng.choice(_PHRASES).format(name) if re.search(r"[가-힣]", name) else None


def _is_hangul(text: str) -> bool:
    return re.search(r"[가-힣]", unicodedata.normalize("NFC", text)) is not None


def _neighbours() -> dict[str, list[str]]:
    places = {key: (row, column + _SHIFTS[row]) for row, keys in enumerate(_ROWS) for column, key in enumerate(keys)}
    return {
        key: [other for other, (r, c) in places.items() if other != key and abs(r - row) <= 1 and abs(c - column) <= 1]
        for key, (row, column) in places.items()
    }


_NEIGHBOURS = _neighbours()
