"""Decides how an office writes pay: 월 220~250만원, 연봉 3,000만원, 시급 10,000원, 회사내규; always kept in won."""

import re
import unicodedata
from typing import Any, NamedTuple

from employers.enums import PayPeriod
from placement.importing.cells import read_text, shown
from placement.importing.grids import Cell
from placement.importing.problems import CellRefused

_NUMBER = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s*(억|천만|백만|만|천)?\s*원?")
_RANGE = re.compile(r"\s*(?:~|–|—|-|부터|에서)\s*")
_UNITS = {"억": 10**8, "천만": 10**7, "백만": 10**6, "만": 10**4, "천": 10**3, None: 1}
_UNSAID = re.compile(r"내규|협의|추후|면접\s*후|결정|무관|상의|negotia|tbd", re.IGNORECASE)
_PERIODS = (
    (PayPeriod.HOUR, re.compile(r"시급|시간당|hour", re.IGNORECASE)),
    (PayPeriod.PIECE, re.compile(r"건당|건별|piece", re.IGNORECASE)),
    (PayPeriod.YEAR, re.compile(r"연봉|연\s*\d|연급|세전\s*연|year|annual", re.IGNORECASE)),
    (PayPeriod.MONTH, re.compile(r"월급|월\s*\d|월|month", re.IGNORECASE)),
)
# Nobody earns less than this many won a month: such a number was meant in 만원.
_LEAST_WON = 10_000


class Pay(NamedTuple):
    """What a cell says: the period where it names one, the lowest and the highest in won."""

    period: PayPeriod | None
    least: int | None
    most: int | None


def read_pay(cell: Cell) -> Pay | None:
    """Pay as written; None where it is left open (회사내규, 협의)."""
    text = unicodedata.normalize("NFKC", read_text(cell))
    period = next((period for period, word in _PERIODS if word.search(text)), None)
    ends = [_NUMBER.search(part) for part in _RANGE.split(text)]
    found = [end for end in ends if end]
    if not found:
        if _UNSAID.search(text):
            return None
        raise CellRefused("money_shape", given=shown(text))
    if len(found) > 2 or text.lstrip().startswith("-"):
        raise CellRefused("money_shape", given=shown(text))
    amounts = [_won(end, found[-1][2], period) for end in found]
    if re.search(r"이하|까지|최대", text) and len(amounts) == 1:
        return Pay(period, None, amounts[0])
    if re.search(r"이상|부터|최소|~\s*$", text) and len(amounts) == 1:
        return Pay(period, amounts[0], None)
    return Pay(period, amounts[0], amounts[-1])


def read_won(cell: Cell) -> int | None:
    """One amount in won, for what period the column says; None where it is left open."""
    pay = read_pay(cell)
    return None if pay is None else pay.least if pay.least is not None else pay.most


def read_monthly_won(cell: Cell) -> int | None:
    """The least pay a month that a person wants; a year's pay is divided by twelve."""
    pay = read_pay(cell)
    amount = None if pay is None else pay.least if pay.least is not None else pay.most
    if amount is None or pay is None:
        return None
    if pay.period in (PayPeriod.HOUR, PayPeriod.PIECE):
        raise CellRefused("pay_per_month_expected")
    return amount // 12 if pay.period == PayPeriod.YEAR else amount


def _won(end: re.Match[str], last_unit: str | None, period: PayPeriod | None) -> int:
    number, unit = float(end[1].replace(",", "")), end[2] or last_unit
    if unit is None and number < _LEAST_WON and period not in (PayPeriod.HOUR, PayPeriod.PIECE):
        unit = "만"
    return round(number * _UNITS[unit])


def columns_of(pay: Pay | None) -> dict[str, Any]:
    """Pay as an opening's columns; nothing where it is left open."""
    if pay is None:
        return {}
    said = {"pay_period": pay.period, "pay_min": pay.least, "pay_max": pay.most}
    return {name: value for name, value in said.items() if value is not None}
