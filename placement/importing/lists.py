"""Decides how a cell that holds several things is taken apart: skills with their levels, places, titles."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from employers.checking import one_line
from placement.importing.cells import read_text
from placement.importing.grids import Cell, is_blank
from placement.importing.problems import CellRefused

_LEVELS = {"입문": 1, "초급": 2, "중급": 3, "고급": 4}
_WORD = r"(?P<word>입문|초급|중급|고급)"
_NUMBER = r"(?:lv\.?|level|레벨|수준|숙련도)?\s*(?P<number>\d{1,2})\s*(?:단계|레벨|수준)?"
_NAMED_NUMBER = r"(?:lv\.?|level|레벨|수준|숙련도)\s*(?P<number>\d{1,2})"
_TOLD = [
    re.compile(rf"(?P<skill>.+?)\s*\(\s*(?:{_WORD}|{_NUMBER})\s*\)", re.IGNORECASE),
    re.compile(rf"(?P<skill>.+?)\s*[:=]\s*(?:{_WORD}|{_NUMBER})", re.IGNORECASE),
    re.compile(rf"(?P<skill>.+?)\s+(?:{_WORD}|{_NAMED_NUMBER})", re.IGNORECASE),
]
_BULLET = re.compile(r"^\s*(?:[-*•·▪■□○●▶※]\s*|\d{1,2}[.)]\s+|[①-⑳]\s*)")
_AND_SO_ON = re.compile(r"\s+(?:등|외)\.?$")
_SKILL_BREAKS = frozenset(",;|\n，；、")
_PLACE_BREAK = re.compile(r"[,;|\n/，；、·ㆍ]|\s및\s")
_TITLE_BREAK = re.compile(r"[,;|\n，；、]|\s/\s")


def split_places(text: str) -> list[str]:
    """서울 서초구, 강남구/성남 → three places."""
    return _PLACE_BREAK.split(text)


def split_titles(text: str) -> list[str]:
    """Titles apart at commas and lone slashes; SW/HW 개발 stays whole."""
    return _TITLE_BREAK.split(text)


def split_skills(text: str) -> list[str]:
    """Skills apart at , ; | and line breaks outside brackets, and at a slash between spaces: HTML/CSS stays whole."""
    parts = [part for piece in _outside_brackets(text) for part in re.split(r"\s/\s", piece)]
    return [_AND_SO_ON.sub("", _BULLET.sub("", part)).strip() for part in parts]


def read_skills(cell: Cell) -> list[dict[str, Any]]:
    """The skills of a cell as {skill, level, …}; items of a JSON list may be texts or such objects."""
    parts = cell if isinstance(cell, list) else split_skills(_lines(cell))
    return [_skill_of(part) for part in parts if not is_blank(part)]


def read_names(cell: Cell) -> list[str]:
    """Names apart as skills are, but read as they stand."""
    parts = cell if isinstance(cell, list) else split_skills(_lines(cell))
    return [read_text(part) for part in parts if not is_blank(part)]


def split_bars(cell: Cell) -> list[str]:
    """Names apart at | only, as the vocabulary file writes them (a name may hold a comma)."""
    parts = cell if isinstance(cell, list) else read_text(cell).split("|")
    return [read_text(part) for part in parts if not is_blank(part)]


def read_level(text: str) -> tuple[str, int | None]:
    """엑셀 중급, Python(고급), 폴리곤 라벨링:3 → the skill and its level. Refuses a level that is not 1 to 4."""
    wide = unicodedata.normalize("NFKC", text)
    for pattern in _TOLD:
        found = pattern.fullmatch(wide)
        if found and len(found["skill"].strip()) > 0:
            level = _LEVELS[found["word"]] if found["word"] else int(found["number"])
            if not 1 <= level <= 4:
                raise CellRefused("level_out_of_range", given=str(level))
            return found["skill"].strip(), level
    return text, None


def _skill_of(part: Any) -> dict[str, Any]:
    if isinstance(part, dict):
        named = {"skill" if name == "name" else name: value for name, value in part.items()}
        return {name: value for name, value in named.items() if not is_blank(value)}
    skill, level = read_level(read_text(part))
    return {"skill": skill} if level is None else {"skill": skill, "level": level}


def _lines(cell: Cell) -> str:
    text = read_text(cell)
    return "\n".join(one_line(line) for line in cell.splitlines()) if isinstance(cell, str) and text else text


def _outside_brackets(text: str) -> Iterator[str]:
    depth, start = 0, 0
    for place, sign in enumerate(text):
        depth = max(0, depth + (sign in "([（［") - (sign in ")]）］"))
        if sign in _SKILL_BREAKS and (depth == 0 or sign == "\n"):
            yield text[start:place]
            start, depth = place + 1, 0
    yield text[start:]
