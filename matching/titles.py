"""Decides how far an opening's title is the work that a person wishes for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from .linking import find_links
from .normalise import fold, split_words
from .vocabulary import Vocabulary

# How much of a match the wish decides; the rest asks whether the title is about something else as well.
_WISH_SHARE = 0.75
# 개발자 or 담당자 alone is no agreement: the word before it says which work.
_ROLE_WEIGHT = 0.25
_LONGEST_UNIT = 4
# A wish for labeling is met by a post for boxes, a little less than by one for labeling; related work is a weak yes.
_RELATION_WORTH: Mapping[str, float] = {"same": 1.0, "narrower": 0.9, "broader": 1.0, "related": 0.75}
# Below this, agreement rests on a role word or a far relation only and is not worth points.
_FLOOR = 0.2

_GROUPS = """
프론트엔드 프런트엔드 프론트 frontend fe
백엔드 backend be
풀스택 fullstack
개발자 개발 developer engineer 엔지니어 프로그래머 programmer development engineering
디자이너 디자인 designer design
기획자 기획 planner planning
마케터 마케팅 marketer marketing
분석가 분석 애널리스트 analyst analysis analytics
데이터 data 데이타
라벨러 라벨링 레이블링 어노테이터 어노테이션 annotator annotation labeler labeling labeller labelling
검수자 검수 검수원 인스펙터 reviewer inspector
품질관리자 품질관리 품질 quality qa qc
사무 사무직 사무원 office clerk
행정 행정직 administration administrative
보조 보조원 보조직 어시스턴트 assistant
관리자 관리 매니저 manager management
연구원 연구 리서처 researcher research
강사 강의 튜터 instructor tutor
상담사 상담원 상담 counselor
웹 web
앱 app 모바일 mobile
서버 server
블록체인 blockchain
인공지능 ai
머신러닝 ml
클라우드 cloud
게임 game
보안 security
회계 경리 accounting accountant
총무 서무
번역가 번역 translator translation
편집자 편집 editor editing
운영자 운영 operator operation operations
컨설턴트 컨설팅 consultant consulting
테스터 테스트 tester testing
이미지 image 사진
영상 video 비디오 동영상
음성 audio speech 오디오
텍스트 text
"""
_CANONICAL = {word: group.split()[0] for group in _GROUPS.strip().splitlines() for word in group.split()}
# Words that say what kind of post it is, not what is done in it.
_ROLES = frozenset(
    [
        "개발자",
        "관리자",
        "담당자",
        "담당",
        "작업자",
        "전문가",
        "운영자",
        "연구원",
        "보조",
        "컨설턴트",
        "직원",
        "사원",
        "요원",
        "팀원",
        "리더",
        "팀장",
        "lead",
        "leader",
        "specialist",
        "worker",
    ]
)
_NOISE = frozenset(
    [
        "채용",
        "모집",
        "공고",
        "신입",
        "경력",
        "경력직",
        "신입경력",
        "인턴",
        "인턴십",
        "정규직",
        "계약직",
        "재택",
        "재택근무",
        "재택가능",
        "프리랜서",
        "아르바이트",
        "알바",
        "시간제",
        "전환형",
        "채용연계형",
        "체험형",
        "급구",
        "우대",
        "가능",
        "및",
        "주니어",
        "시니어",
        "미들급",
        "junior",
        "senior",
        "jr",
        "sr",
        "mid",
        "middle",
        "intern",
        "internship",
        "remote",
        "the",
        "of",
        "and",
        "for",
        "in",
        "각",
        "부문",
        "분야",
        "팀",
        "본부",
        "수습",
        "상시",
        "초급",
        "중급",
        "고급",
        "년차",
        "이상",
        "무관",
        "신입가능",
    ]
)
_ROLE_ENDINGS = ("담당자", "작업자", "개발자", "전문가", "자", "원", "가")


@dataclass(frozen=True, slots=True)
class _Titles:
    """Titles as units: `starts` cuts the flat list of unit numbers; `weights` per flat unit."""

    units: tuple[str, ...]
    flat: NDArray[np.intp]
    starts: NDArray[np.intp]
    weights: NDArray[np.float64]


def compare_titles(wanted: Sequence[str], offered: Sequence[str], vocabulary: Vocabulary) -> NDArray[np.float64]:
    """How far each offered title is each wanted one: 0..1, shape (wanted, offered); each cell depends on its pair only.

    Titles are cut into units (names the vocabulary knows, else words); a unit of the wish is met by its best unit of
    the title. Score = 0.75 coverage of the wish + 0.25 coverage of the title. O(wanted x units of all titles).
    """
    mine, theirs = _cut(wanted, vocabulary), _cut(offered, vocabulary)
    alike = _unit_table(mine.units, theirs.units, vocabulary)
    table = np.zeros((len(wanted), len(offered)))
    for row in range(len(wanted)):
        units = slice(mine.starts[row], mine.starts[row + 1])
        table[row] = _compare_one(alike[mine.flat[units]], mine.weights[units], theirs)
    table[table < _FLOOR] = 0.0
    _mark_same([fold(title) for title in wanted], [fold(title) for title in offered], table)
    return table


def _compare_one(alike: NDArray[np.float64], weights: NDArray[np.float64], titles: _Titles) -> NDArray[np.float64]:
    if not len(weights) or not len(titles.flat):
        return np.zeros(len(titles.starts) - 1)
    cells = alike[:, titles.flat]
    met = np.maximum.reduceat(cells, titles.starts[:-1], axis=1)
    wish = (weights[:, None] * met).sum(axis=0) / weights.sum()
    said = np.add.reduceat(cells.max(axis=0) * titles.weights, titles.starts[:-1])
    whole = np.add.reduceat(titles.weights, titles.starts[:-1])
    worth: NDArray[np.float64] = _WISH_SHARE * wish + (1 - _WISH_SHARE) * said / whole
    return worth


def _cut(titles: Sequence[str], vocabulary: Vocabulary) -> _Titles:
    cut = [units_of(title, vocabulary) for title in titles]
    numbers: dict[str, int] = {}
    flat = [numbers.setdefault(unit, len(numbers)) for units in cut for unit in units]
    starts = np.concatenate(([0], np.cumsum([len(units) for units in cut]))).astype(np.intp)
    weights = [_ROLE_WEIGHT if unit in _ROLES else 1.0 for units in cut for unit in units]
    return _Titles(tuple(numbers), np.array(flat, np.intp), starts, np.array(weights, np.float64))


def units_of(title: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The units of a title, at least one: the longest runs of words that the vocabulary knows, else single words."""
    words = _title_words(title)
    units: list[str] = []
    position = 0
    while position < len(words):
        unit, length = _longest_known(words[position : position + _LONGEST_UNIT], vocabulary)
        units.append(unit)
        position += length
    return tuple(dict.fromkeys(units)) or (fold(title),)


@lru_cache(maxsize=1 << 16)
def _title_words(title: str) -> tuple[str, ...]:
    words = [word for word in split_words(title) if word not in _NOISE and not word[0].isdigit()]
    return tuple(part for word in words for part in _split_role(word))


def _split_role(word: str) -> tuple[str, ...]:
    """백엔드개발자 is two words written as one."""
    for role in (
        "개발자",
        "디자이너",
        "엔지니어",
        "기획자",
        "마케터",
        "분석가",
        "담당자",
        "검수자",
        "라벨러",
        "매니저",
        "개발",
    ):
        if word.endswith(role) and len(word) - len(role) >= 2:
            return _CANONICAL.get(word.removesuffix(role), word.removesuffix(role)), _CANONICAL.get(role, role)
    return (_CANONICAL.get(word, word),)


def _longest_known(words: tuple[str, ...], vocabulary: Vocabulary) -> tuple[str, int]:
    for length in range(len(words), 1, -1):
        joined = "".join(words[:length])
        for name in (joined, *(joined.removesuffix(end) for end in _ROLE_ENDINGS if joined.endswith(end))):
            if key := vocabulary.lookup(name):
                return key, length
    word = words[0]
    return (vocabulary.lookup(word) or word) if word not in _ROLES else word, 1


def _unit_table(mine: Sequence[str], theirs: Sequence[str], vocabulary: Vocabulary) -> NDArray[np.float64]:
    table = np.zeros((len(mine), len(theirs)))
    wanted, offered = vocabulary.read_many(mine), vocabulary.read_many(theirs)
    for link in find_links(offered, wanted, vocabulary):
        worth = link.value * _RELATION_WORTH[link.relation]
        table[link.needed, link.held] = max(table[link.needed, link.held], worth)
    _mark_same(mine, theirs, table)
    return table


def _mark_same(mine: Sequence[str], theirs: Sequence[str], table: NDArray[np.float64]) -> None:
    places: dict[str, list[int]] = {}
    for j, text in enumerate(theirs):
        places.setdefault(text, []).append(j)
    for i, text in enumerate(mine):
        table[i, places.get(text, [])] = 1.0
