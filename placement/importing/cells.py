"""Decides how one cell is read: texts, days in every office form, numbers, yes and no, and closed lists."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta

from employers.checking import one_line
from matching.normalise import fold
from placement.importing.grids import Cell, is_blank
from placement.importing.problems import CellRefused

Read = Callable[[Cell], object]

LONGEST_KEY = 64

_EXCEL_EPOCH = date(1899, 12, 30)
_EXCEL_DAYS = range(20_000, 75_000)  # 1954 to 2105
_FORMULA = re.compile(r"=\s*[\w(+\-'\"]")
_GUARDED = re.compile(r"'(?=[=+\-@])")
_DAY = re.compile(
    r"(?P<y>\d{4}|\d{2})\s*[-./년]\s*(?P<m>\d{1,2})\s*[-./월]\s*(?P<d>\d{1,2})\s*[.일]?\s*(?:\([월화수목금토일]\)|[월화수목금토일]요일)?"
    r"(?:[T\s]+\d{1,2}:\d{2}.*)?"
)
_PLAIN_DAY = re.compile(r"(?P<y>\d{4}|\d{2})(?P<m>\d{2})(?P<d>\d{2})")
_WHOLE = re.compile(r"[-+]?\d{1,3}(?:,\d{3})+|[-+]?\d+")
_UNITS = re.compile(r"\s*(?:회차|기수|시간|년도|명|인|건|개|회|차|기|주|점|년|판)\s*$")
_YES = frozenset(
    ["예", "네", "y", "yes", "o", "○", "true", "t", "1", "유", "있음", "가능", "해당", "희망", "동의", "v", "✓", "√"]
)
_NO = frozenset(
    [
        "아니오",
        "아니요",
        "n",
        "no",
        "x",
        "×",
        "false",
        "f",
        "0",
        "무",
        "없음",
        "불가",
        "미해당",
        "비희망",
        "불가능",
        "해당없음",
    ]
)


def read_text(cell: Cell) -> str:
    """Any cell as one line of text; whole numbers without a point, days as 2020-10-08. Refuses formulas as text."""
    if isinstance(cell, bool):
        return "예" if cell else "아니오"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, (list, dict)):
        raise CellRefused("text_expected")
    text = one_line(str(cell))
    if _FORMULA.match(text):
        raise CellRefused("formula")
    return _GUARDED.sub("", text, count=1)


def read_key(cell: Cell) -> str:
    """An id, at most 64 signs."""
    text = read_text(cell)
    if len(text) > LONGEST_KEY:
        raise CellRefused("too_long", limit=LONGEST_KEY, given=shown(text))
    return text


def read_paragraph(cell: Cell) -> str:
    """Text that keeps its line breaks."""
    read_text(cell)
    return cell if isinstance(cell, str) else read_text(cell)


def read_day(cell: Cell) -> date:
    """A day: a spreadsheet's date or its number, 2020-10-08, 2020.10.8, 2020. 10. 8.(목), 20201008, 26-10-31 …"""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, (int, float)) and not isinstance(cell, bool) and int(cell) in _EXCEL_DAYS:
        return _EXCEL_EPOCH + timedelta(days=int(cell))
    text = read_text(cell)
    found = _DAY.fullmatch(text) or _PLAIN_DAY.fullmatch(text)
    if not found:
        raise CellRefused("date_shape", given=shown(text))
    year = int(found["y"]) if len(found["y"]) == 4 else _full_year(int(found["y"]))
    try:
        return date(year, int(found["m"]), int(found["d"]))
    except ValueError as error:
        raise CellRefused("date_impossible", given=shown(text)) from error


def read_whole(cell: Cell) -> int:
    """A whole number, with thousands commas and a counter (3명, 1차, 제2기)."""
    if isinstance(cell, time):
        raise CellRefused("number_shape", given=str(cell))
    text = _UNITS.sub("", read_text(cell)).removeprefix("제").strip()
    if not _WHOLE.fullmatch(text):
        raise CellRefused("number_shape", given=shown(text))
    number = int(text.replace(",", ""))
    if abs(number) > 2**31 - 1:
        raise CellRefused("number_shape", given=shown(text))
    return number


def read_yes(cell: Cell) -> bool:
    """예/아니오, Y/N, O/X, 가능/불가, 1/0."""
    word = fold(read_text(cell))
    if word in _YES or word in _NO:
        return word in _YES
    raise CellRefused("yes_or_no_expected", given=shown(word))


def one_of(choices: Mapping[str, str]) -> Read:
    """A reader for a closed list: `choices` maps each accepted word to its code; codes and case are free."""
    folded = {fold(word): code for word, code in choices.items()} | {fold(code): code for code in choices.values()}

    shown_words: dict[str, str] = {}
    for word, code in choices.items():
        shown_words.setdefault(code, word)

    def read(cell: Cell) -> str:
        text = read_text(cell)
        if fold(text) not in folded:
            raise CellRefused("choice_unknown", given=shown(text), choices=", ".join(shown_words.values()))
        return folded[fold(text)]

    return read


def list_of(
    read: Callable[[Cell], object], split: Callable[[str], list[str]], nothing: frozenset[str] = frozenset()
) -> Read:
    """A reader for several values in a cell; words of `nothing` (무관, 전국 …) say that there is no limit."""

    def read_many(cell: Cell) -> list[object]:
        parts = cell if isinstance(cell, list) else split(read_text_lines(cell))
        return [read(part) for part in parts if not is_blank(part) and fold(read_text(part)) not in nothing]

    return read_many


def read_text_lines(cell: Cell) -> str:
    """Text whose line breaks separate values."""
    read_text(cell)
    return cell if isinstance(cell, str) else read_text(cell)


def shown(text: str) -> str:
    """The beginning of what was typed, for an error."""
    return text if len(text) <= 30 else text[:29] + "…"


def _full_year(two: int) -> int:
    return two + (2000 if two < 70 else 1900)
