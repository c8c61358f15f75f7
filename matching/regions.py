"""Decides which place lies in which: 서울 holds 서초구 holds 양재동; 재택 names no place."""

import re
from functools import lru_cache

from .normalise import clean
from .region_names import AREAS, CITIES, NICKNAMES, PROVINCES, stem_of

Place = frozenset[str]

# A wish that any place meets; as an opening's place it limits nothing either.
_NO_PLACE = frozenset(
    [
        "재택",
        "재택근무",
        "원격",
        "원격근무",
        "온라인",
        "비대면",
        "전국",
        "전지역",
        "무관",
        "지역무관",
        "상관없음",
        "협의",
        "미정",
        "추후협의",
        "어디든",
        "remote",
        "online",
        "anywhere",
        "wfh",
        "home",
    ]
)
_VAGUE = frozenset(
    ["전체", "전역", "일대", "근처", "인근", "부근", "지역", "등", "시내", "본사", "korea", "대한민국", "한국"]
)
_PROVINCES = frozenset(PROVINCES.values())
# 양재1동 and 양재2동 are offices of one quarter.
_DONG_NUMBER = re.compile(r"\d+(?=동$)")
_SEVERAL = re.compile(r"\s*[,;|·]\s*|\s+또는\s+|\s+or\s+|\s*/\s*")
_UNIT = re.compile(r".+(?:특별시|광역시|특별자치시|특별자치도|시|도|군|구|읍|면|동|리|로|길)\d*$")


@lru_cache(maxsize=1 << 16)
def places_of(text: str) -> tuple[Place, ...] | None:
    """The places that a region text names, each as the set of its own and its wider units; None when it names none."""
    found: list[Place] = []
    for part in _SEVERAL.split(clean(text).casefold()):
        words = [word for word in re.split(r"[\s()\[\]>]+|(?<=[가-힣])-", part) if word and word not in _VAGUE]
        if "외" in words or (any(word in _NO_PLACE for word in words) and not any(_path_of(word) for word in words)):
            return None
        found += _places(words)
    # 반포대로 58, 3층: what stands beside a known place and is none is no second place.
    known = [place for place in found if place & _PROVINCES]
    return tuple(dict.fromkeys(known or found)) or None


def contains(wished: str, offered: str) -> bool:
    """Whether the offered place lies in the wished one; True when either names no place.

    A wider offer does not lie in a narrower wish. Places we do not know are compared word by word.
    """
    wide, narrow = places_of(wished), places_of(offered)
    if wide is None or narrow is None:
        return True
    return any(place <= other for place in wide for other in narrow)


def covers(wished: tuple[str, ...], offered: str) -> bool:
    """Whether any of the wished regions holds the offered one; wishes that name no place (재택) do not count."""
    named = [region for region in wished if places_of(region) is not None]
    return not named or any(contains(region, offered) for region in named)


def _places(words: list[str]) -> list[Place]:
    units: set[str] = set()
    unknown: set[str] = set()
    several: tuple[str, ...] = ()
    for word in words:
        if word in AREAS:
            several = AREAS[word]
        elif path := _path_of(word, frozenset(units)):
            units.update(path)
        else:
            unknown.add(word)
    # Beside a known place only what looks like a unit narrows it: 서초구 남부순환로 does, 경기 남부 does not.
    units.update(unknown if not units else {word for word in unknown if _UNIT.match(word)})
    if several:
        return [frozenset({*units, province}) for province in several]
    return [frozenset(units)] if units else []


def _path_of(word: str, within: Place = frozenset()) -> tuple[str, ...]:
    """The units that a word names, widest first; () when unknown or, without its province, in several."""
    if within and (path := _inside(word, within)):
        return path
    word = _DONG_NUMBER.sub("", word)
    for name in (word, word.removesuffix("역")):
        if name in NICKNAMES:
            return NICKNAMES[name]
    if word in PROVINCES:
        return (PROVINCES[word],)
    paths = [path for path in CITIES.get(stem_of(word), ()) if _is_named(word, path)]
    return paths[0] if len(paths) == 1 else ()


def _inside(word: str, within: Place) -> tuple[str, ...]:
    paths = [path for path in CITIES.get(stem_of(word), ()) if _is_named(word, path) and path[0] in within]
    closest = [path for path in paths if path[-2] in within]
    return next(iter(closest or paths), ())


def _is_named(word: str, path: tuple[str, ...]) -> bool:
    return word in (path[-1], stem_of(path[-1])) or word.endswith("역")
