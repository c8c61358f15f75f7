"""Decides what the speed benches match: a made-up cohort and its openings, drawn by one seed, in every shape that a program may want.

Skills are 1,100 concepts in 5,000 spellings (Korean, English, typing errors, lost spaces, other word order, words
beside), used as unevenly as real ones. Place and remote work let about 29 % of the pairs through, all limits together
about one in twenty.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

import matching

Array = NDArray[Any]
FIRST_DAY = date(2020, 12, 1)
REGIONS = (
    *("서울", "경기", "부산", "대구", "인천", "광주", "대전", "울산", "세종"),
    *("강원", "충북", "충남", "전북", "전남", "경북", "경남", "제주"),
)
_KO_FIELDS, _KO_WORKS, _EN_TOOLS, _EN_WORKS, _ROLES, _SUFFIXES = map(
    str.split,
    (
        "데이터 이미지 음성 텍스트 블록체인 스마트 클라우드 웹 모바일 서버 보안 네트워크 인공지능 머신러닝 딥러닝 빅데이터 콘텐츠"
        " 마케팅 영상 회계 고객 품질 물류 게임 의료 교육 자율주행 로봇 반도체 핀테크",
        "라벨링 분석 개발 설계 운영 관리 기획 검수 수집 정제 처리 자동화 시각화 디자인 편집 상담 번역 테스트 모델링 컨설팅",
        "python java javascript typescript solidity react django flask spring kubernetes docker aws azure tensorflow"
        " pytorch pandas sql postgresql mongodb figma photoshop excel tableau linux git ethereum hyperledger rust golang"
        " kotlin",
        "programming development analysis backend automation 데이터 개발 운영 testing administration design 활용"
        " engineering modeling",
        "엔지니어 개발자 분석가 디자이너 매니저 라벨러 기획자 운영자",
        "기초 실무 전문가 basic pro",
    ),
)
_RANKS = ("주니어 ", "시니어 ", "AI ", "", "")


@dataclass(frozen=True)
class Side:
    """One side as arrays. `starts` cuts `skills` (numbers into the words), `levels` 1..4, and, of openings, `must` and
    `weights` 1..5 by row; the rest one value a row of the side: region number, remote flag, day, title numbers."""

    starts: Array
    skills: Array
    levels: Array
    must: Array
    weights: Array
    regions: Array
    remote: Array
    days: Array
    titles: Array

    def __len__(self) -> int:
        return len(self.starts) - 1

    def rows(self) -> Array:
        """The row of the side that each skill belongs to."""
        return np.repeat(np.arange(len(self)), np.diff(self.starts))


@dataclass(frozen=True)
class Workload:
    """People and openings, with the words and titles that their numbers stand for."""

    words: tuple[str, ...]
    titles: tuple[str, ...]
    people: Side
    posts: Side
    has_limits: bool = True

    def without_limits(self) -> "Workload":
        """The open case: the same skills, levels, weights and titles, but every opening is free to everybody."""
        posts = replace(self.posts, must=np.zeros_like(self.posts.must))
        return replace(self, posts=posts, has_limits=False)

    def candidate_table(self) -> matching.CandidateTable:
        """The people as the engine's table."""
        side = self.people
        everybody = range(len(side))
        return matching.CandidateTable.from_columns(
            keys=_keys("c", len(side)),
            skills=(side.rows(), self._texts(side), side.levels),
            titles=(np.repeat(everybody, side.titles.shape[1]), [self.titles[t] for t in side.titles.ravel().tolist()]),
            regions=(everybody, _regions(side)) if self.has_limits else ((), ()),
            remote=self._wishes(),
            available_on=_dates(side) if self.has_limits else None,
        )

    def opening_table(self) -> matching.OpeningTable:
        """The openings as the engine's table."""
        side = self.posts
        return matching.OpeningTable.from_columns(
            keys=_keys("o", len(side)),
            titles=[self.titles[t] for t in side.titles[:, 0].tolist()],
            requirements=(side.rows(), self._texts(side), side.levels, side.must, side.weights),
            regions=_regions(side) if self.has_limits else None,
            remote=self._offers(),
            starts_on=_dates(side) if self.has_limits else None,
        )

    def candidates(self) -> list[matching.CandidateProfile]:
        """The people as profile objects."""
        side, regions, days, wishes = self.people, _regions(self.people), _dates(self.people), self._wishes()
        return [
            matching.CandidateProfile(
                key,
                [matching.CandidateSkill(self.words[s], level) for s, level in skills],
                wanted_titles=[self.titles[t] for t in side.titles[row].tolist()],
                regions=[regions[row]] if self.has_limits else (),
                remote=wishes[row],
                available_on=days[row] if self.has_limits else None,
            )
            for row, (key, skills) in enumerate(zip(_keys("c", len(side)), _cut(side), strict=True))
        ]

    def openings(self) -> list[matching.OpeningProfile]:
        """The openings as profile objects."""
        side, regions, days, offers = self.posts, _regions(self.posts), _dates(self.posts), self._offers()
        return [
            matching.OpeningProfile(
                key,
                self.titles[side.titles[row, 0]],
                [matching.Requirement(self.words[s], level, must, weight) for s, level, must, weight in asked],
                region=regions[row] if self.has_limits else None,
                remote=offers[row],
                starts_on=days[row] if self.has_limits else None,
            )
            for row, (key, asked) in enumerate(
                zip(_keys("o", len(side)), _cut(side, side.must, side.weights), strict=True)
            )
        ]

    def documents(self) -> tuple[list[str], list[str]]:
        """What a text matcher sees of people and of openings: their skills in one text each, normalised."""
        people, posts = self.skill_texts()
        return [*map(" ".join, people)], [*map(" ".join, posts)]

    def skill_texts(self) -> tuple[list[list[str]], list[list[str]]]:
        """The skill texts of each person and of each opening, normalised (lower case, single spaces)."""
        plain = [" ".join(word.lower().split()) for word in self.words]
        people, posts = ([[plain[s] for s, *_ in own] for own in _cut(side)] for side in (self.people, self.posts))
        return people, posts

    def _texts(self, side: Side) -> list[str]:
        return [self.words[s] for s in side.skills.tolist()]

    def _wishes(self) -> list[str]:
        return [("any", "hybrid")[flag] for flag in self.people.remote.astype(int).tolist()]

    def _offers(self) -> list[str]:
        return [("office", "remote")[flag] for flag in self.posts.remote.astype(int).tolist()]


def make(people: int, posts: int, seed: int = 7) -> Workload:
    """So many people and openings; the same seed gives the same ones."""
    random = np.random.default_rng(seed)
    words, concepts = _make_words(np.random.default_rng(1))
    titles = _make_titles(np.random.default_rng(2))
    draw = _Draw(random, np.array(concepts))
    wishes, offers = random.integers(0, len(titles), (people, 2)), random.integers(0, len(titles), (posts, 1))
    return Workload(
        words=tuple(words),
        titles=tuple(titles),
        people=draw.side(people, (5, 12), days=(0, 180), remote=0.4, titles=wishes),
        # An opening is remote as often as both sides of the lab's workload were willing.
        posts=draw.side(posts, (4, 8), days=(30, 270), remote=0.12, titles=offers),
    )


class _Draw:
    """Draws skills by Zipf's law over concepts, and within a concept mostly its first spellings."""

    def __init__(self, random: np.random.Generator, concepts: Array) -> None:
        self._random = random
        share = 1.0 / (np.arange(concepts.max() + 1) + 5.0)
        self._share = share / share.sum()
        self._order = np.argsort(concepts, kind="stable")
        self._sizes = np.bincount(concepts)
        self._starts = np.cumsum(self._sizes) - self._sizes

    def side(self, count: int, skills: tuple[int, int], days: tuple[int, int], remote: float, titles: Array) -> Side:
        random = self._random
        rows = np.repeat(np.arange(count), random.integers(skills[0], skills[1] + 1, count))
        pairs = np.unique(rows * len(self._order) + self._skills(len(rows)))
        rows, drawn = np.divmod(pairs, len(self._order))
        crowded = np.array([0.35, 0.25] + [0.4 / (len(REGIONS) - 2)] * (len(REGIONS) - 2))
        return Side(
            starts=np.searchsorted(rows, np.arange(count + 1)),
            skills=drawn,
            levels=random.integers(1, 5, len(drawn)),
            must=random.random(len(drawn)) < 0.2,
            weights=random.integers(1, 6, len(drawn)).astype(float),
            regions=random.choice(len(REGIONS), count, p=crowded),
            remote=random.random(count) < remote,
            days=random.integers(*days, count),
            titles=titles,
        )

    def _skills(self, count: int) -> Array:
        concept = self._random.choice(len(self._share), count, p=self._share)
        spelling = (self._random.random(count) ** 3 * self._sizes[concept]).astype(int)
        return self._order[self._starts[concept] + spelling]


def _make_words(
    random: np.random.Generator, concepts: int = 1100, spellings: int = 5000
) -> tuple[list[str], list[int]]:
    """Spellings and the number of the concept that each stands for."""
    base = [f"{field} {work}" for field in _KO_FIELDS for work in _KO_WORKS]
    base += [*_EN_TOOLS, *(f"{tool} {work}" for tool in _EN_TOOLS for work in _EN_WORKS)]
    random.shuffle(base)
    mixed = (
        f"{_pick(random, _EN_TOOLS)} {_pick(random, _KO_FIELDS)} {_pick(random, _KO_WORKS)}" for _ in range(concepts)
    )
    base = list(dict.fromkeys([*base, *mixed]))[:concepts]
    words = dict(zip(base, range(len(base)), strict=True))
    while len(words) < spellings:
        # Half of the spellings belong to the common concepts, half to any.
        common = random.random() < 0.5
        concept = int(min(random.zipf(1.3), concepts)) - 1 if common else int(random.integers(concepts))
        words.setdefault(_respell(random, base[concept]) or base[concept], concept)
    return list(words), list(words.values())


def _respell(random: np.random.Generator, word: str) -> str:
    at = int(random.integers(len(word)))
    ways = (
        word.replace(" ", ""),
        f"{word.title()} {_pick(random, _SUFFIXES)}",
        word[:at] + word[at + 1 :],
        word[:at] + _wrong_letter(random, word[at]) + word[at + 1 :],
        " ".join(reversed(word.split())),
        word[:at] + word[at] + word[at:],
    )
    return ways[int(random.integers(len(ways)))].strip()


def _wrong_letter(random: np.random.Generator, letter: str) -> str:
    if not "가" <= letter <= "힣":
        return chr(ord("a") + int(random.integers(26)))
    # A syllable is (initial x 21 + vowel) x 28 + final: another vowel.
    number = ord(letter) - ord("가")
    return chr(ord("가") + number // 588 * 588 + int(random.integers(21)) * 28 + number % 28)


def _make_titles(random: np.random.Generator, count: int = 300) -> list[str]:
    titles: dict[str, None] = {}
    while len(titles) < count:
        titles[f"{_pick(random, _RANKS)}{_pick(random, _KO_FIELDS)} {_pick(random, _ROLES)}"] = None
    return list(titles)


def _pick(random: np.random.Generator, values: Sequence[str]) -> str:
    return values[int(random.integers(len(values)))]


def _keys(letter: str, count: int) -> list[str]:
    return [f"{letter}{number:07d}" for number in range(count)]


def _regions(side: Side) -> list[str]:
    return [REGIONS[number] for number in side.regions.tolist()]


def _dates(side: Side) -> list[date]:
    return [FIRST_DAY + timedelta(days=day) for day in side.days.tolist()]


def _cut(side: Side, *more: Array) -> Iterator[list[tuple[Any, ...]]]:
    """The (skill, level, …) rows of each row of the side."""
    flat = list(zip(*(column.tolist() for column in (side.skills, side.levels, *more)), strict=True))
    bounds = side.starts.tolist()
    return (flat[a:b] for a, b in pairwise(bounds))
