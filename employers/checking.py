"""Decides what a typed text may be: composed, trimmed, without control signs, and never a resident number."""

import re
import unicodedata
from calendar import monthrange
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

HIGHEST_PAY = 2_000_000_000
FIRST_DAY, LAST_DAY = date(1950, 1, 1), date(2100, 12, 31)

_SPACES = re.compile(r"\s+")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u2060\ufeff]")
_RESIDENT = re.compile(r"(?<!\d)(\d{2})(\d{2})(\d{2})[-\s‐-―−~.·]{0,3}([1-8])\d{6}(?!\d)")
_SHORTEST = 13
_EMAIL = re.compile(r"[^@\s,;<>\"']+@[^@\s,;<>\"'.]+(\.[^@\s,;<>\"'.]+)+")
_WEB = re.compile(r"https?://[^\s<>\"']+")


class InputModel(BaseModel):
    """What a person may type; anything else is refused."""

    model_config = ConfigDict(extra="forbid", validate_default=False)


def has_resident_number(text: str) -> bool:
    """Whether a 주민등록번호 shape with a possible birthday stands in the text.

    The old check digit proves nothing: numbers issued since October 2020 are random. A 법인등록번호 has the same
    shape, so its own column must not be asked.
    """
    if text.isascii() and len(text) < _SHORTEST:
        return False
    return any(_is_birthday(found) for found in _RESIDENT.finditer(unicodedata.normalize("NFKC", text)))


def _is_birthday(found: re.Match[str]) -> bool:
    year, month, day, century = (int(part) for part in found.groups())
    full_year = (1900 if century in (1, 2, 5, 6) else 2000) + year
    return 1 <= month <= 12 and 1 <= day <= monthrange(full_year, month)[1]


def compose(text: str) -> str:
    """NFC and without signs that nobody sees; spaces stay."""
    if text.isascii() and text.isprintable():
        return text
    return _CONTROLS.sub("", unicodedata.normalize("NFC", text))


def one_line(text: str) -> str:
    """Composed, spaces and line breaks as one space, outer ones gone."""
    return _SPACES.sub(" ", compose(text)).strip()


def _line(value: Any) -> Any:
    return _safe(one_line(value)) if isinstance(value, str) else value


def _paragraph(value: Any) -> Any:
    return _safe(compose(value).replace("\r\n", "\n").strip()) if isinstance(value, str) else value


def _safe(text: str) -> str:
    if has_resident_number(text):
        raise PydanticCustomError("resident_number", "a resident number is never stored")
    return text


def _none_if_blank(value: Any) -> Any:
    return None if isinstance(value, str) and not value.strip() else value


def _email(value: str) -> str:
    if not _EMAIL.fullmatch(value):
        raise PydanticCustomError("email_shape", "an e-mail address looks like name@example.com")
    return value


def _web_address(value: str) -> str:
    if not _WEB.fullmatch(value):
        raise PydanticCustomError("web_address_shape", "a web address begins with http:// or https://")
    return value


def _known_day(value: date) -> date:
    if not FIRST_DAY <= value <= LAST_DAY:
        raise PydanticCustomError("date_out_of_range", "a day from 1950 to 2100")
    return value


def _level(value: Any) -> int:
    if value not in (1, 2, 3, 4, "1", "2", "3", "4") or isinstance(value, bool):
        raise PydanticCustomError("level_out_of_range", "a level is 1 to 4", {"given": str(value)[:20]})
    return int(value)


BLANK_IS_NONE = BeforeValidator(_none_if_blank)
Line = Annotated[str, BeforeValidator(_line)]
Paragraph = Annotated[str, BeforeValidator(_paragraph)]
SkillName = Annotated[Line, Field(min_length=1, max_length=100)]
EmailAddress = Annotated[Line, Field(max_length=254), AfterValidator(_email)]
WebAddress = Annotated[Line, Field(max_length=300), AfterValidator(_web_address)]
Day = Annotated[date, AfterValidator(_known_day)]
Level = Annotated[int, BeforeValidator(_level)]
Won = Annotated[int, Field(ge=0, le=HIGHEST_PAY)]
