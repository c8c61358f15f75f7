"""Decides what the engine may know of a person and of an opening, and that nothing wrong gets in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from .errors import ProfileError

T = TypeVar("T")

WISHED_REMOTE = ("any", "remote", "hybrid", "office")
OFFERED_REMOTE = ("office", "hybrid", "remote")
EMPLOYMENT_TYPES = ("regular", "contract", "intern", "freelance", "part_time")
# Far above any pay or any number of seats, and far below what stands for "absent" in a table.
MOST_WON = MOST_SEATS = 10**9
_HEAVIEST = 1e6
_EMPLOYMENT_NAMES = {
    **{code: code for code in EMPLOYMENT_TYPES},
    "정규직": "regular", "정규": "regular", "permanent": "regular", "full_time": "regular", "fulltime": "regular",
    "계약직": "contract", "계약": "contract", "기간제": "contract", "temporary": "contract",
    "인턴": "intern", "인턴십": "intern", "인턴직": "intern", "인턴사원": "intern", "전환형인턴": "intern", "체험형인턴": "intern", "채용연계형인턴": "intern", "internship": "intern",
    "프리랜서": "freelance", "freelancer": "freelance",
    "시간제": "part_time", "파트타임": "part_time", "아르바이트": "part_time", "알바": "part_time", "단시간": "part_time", "parttime": "part_time",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class CandidateSkill:
    """A skill a person holds: vocabulary key or free text; level 1..4, None = unknown."""

    skill: str
    level: int | None = None

    def __post_init__(self) -> None:
        check_text("skill", self.skill)
        check_level(self.level)


@dataclass(frozen=True, slots=True)
class Requirement:
    """A skill an opening asks for: key or free text; least level 1..4 (None = any); must or preferred; weight > 0."""

    skill: str
    level: int | None = None
    must: bool = False
    weight: float = 1.0

    def __post_init__(self) -> None:
        check_text("skill", self.skill)
        check_level(self.level)
        if not isinstance(self.must, bool):
            raise ProfileError(f"must is True or False, not {self.must!r}")
        check_weight("weight", self.weight)


@dataclass(frozen=True, slots=True)
class CandidateProfile:
    """What counts of a person. There is no field for a name, sex, age, school, nationality or address, on purpose.

    regions: wished places (구 or wider); remote: any, remote, hybrid, office; pay_min: won a month.
    Empty or None means "not said": it fails nothing and lowers nothing. Raises ProfileError.
    """

    key: str
    skills: tuple[CandidateSkill, ...]
    wanted_titles: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    remote: str = "any"
    available_on: date | None = None
    employment_types: tuple[str, ...] = ()
    pay_min: int | None = None

    def __init__(
        self,
        key: str,
        skills: Iterable[str | CandidateSkill],
        wanted_titles: Iterable[str] = (),
        regions: Iterable[str] = (),
        remote: str = "any",
        available_on: date | None = None,
        employment_types: Iterable[str] = (),
        pay_min: int | None = None,
    ) -> None:
        check_text("key", key)
        held = tuple(CandidateSkill(s) if isinstance(s, str) else s for s in as_tuple("skills", skills))
        check_kind("skills", held, CandidateSkill)
        _fill(
            self,
            key=key,
            skills=held,
            wanted_titles=texts("wanted_titles", wanted_titles),
            regions=texts("regions", regions),
            remote=check_choice("remote", remote, WISHED_REMOTE),
            available_on=check_date("available_on", available_on),
            employment_types=tuple(map(employment_code, texts("employment_types", employment_types))),
            pay_min=check_pay("pay_min", pay_min),
        )


@dataclass(frozen=True, slots=True)
class OpeningProfile:
    """What counts of an opening. remote: office, hybrid, remote; pay_max: won a month; seats >= 0. Raises ProfileError."""

    key: str
    title: str
    requirements: tuple[Requirement, ...]
    region: str | None = None
    remote: str = "office"
    starts_on: date | None = None
    employment_type: str | None = None
    pay_max: int | None = None
    seats: int = 1

    def __init__(
        self,
        key: str,
        title: str,
        requirements: Iterable[str | Requirement],
        region: str | None = None,
        remote: str = "office",
        starts_on: date | None = None,
        employment_type: str | None = None,
        pay_max: int | None = None,
        seats: int = 1,
    ) -> None:
        check_text("key", key)
        asked = tuple(Requirement(r) if isinstance(r, str) else r for r in as_tuple("requirements", requirements))
        check_kind("requirements", asked, Requirement)
        _fill(
            self,
            key=key,
            title=check_optional("title", title) or "",
            requirements=asked,
            region=check_optional("region", region),
            remote=check_choice("remote", remote, OFFERED_REMOTE),
            starts_on=check_date("starts_on", starts_on),
            employment_type=employment_code(kind)
            if (kind := check_optional("employment_type", employment_type))
            else None,
            pay_max=check_pay("pay_max", pay_max),
            seats=check_seats(seats),
        )


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each part of a score counts, relative to the parts that a pair has; each >= 0, not all 0."""

    skills: float = 0.55
    title: float = 0.40
    remote: float = 0.05

    def __post_init__(self) -> None:
        values = (self.skills, self.title, self.remote)
        for value in values:
            if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= _HEAVIEST:
                raise ProfileError(f"a weight is a number of 0 or more (to {_HEAVIEST:,.0f}), not {value!r}")
        if sum(values) < 1 / _HEAVIEST:
            raise ProfileError("at least one weight must be above 0")


# Checks, shared with the tables


def check_text(field: str, value: object) -> None:
    if not isinstance(value, str) or not value.strip():
        raise ProfileError(f"{field} must be a text that is not empty, not {value!r}")


def check_optional(field: str, value: str | None) -> str | None:
    if value is not None and not isinstance(value, str):
        raise ProfileError(f"{field} must be a text, not {value!r}")
    return value if value and value.strip() else None


def check_level(value: object) -> None:
    if value is not None and (isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= 4):
        raise ProfileError(f"level must be 1, 2, 3, 4 or None (unknown), not {value!r}")


def check_weight(field: str, value: object) -> None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < float("inf"):
        raise ProfileError(f"{field} must be a number above 0, not {value!r}")


def check_choice(field: str, value: str, choices: tuple[str, ...]) -> str:
    if value not in choices:
        raise ProfileError(f"{field} must be one of {', '.join(choices)}, not {value!r}")
    return value


def check_date(field: str, value: date | None) -> date | None:
    if value is not None and (not isinstance(value, date) or isinstance(value, datetime)):
        raise ProfileError(f"{field} must be a date without a time, not {value!r}")
    return value


def check_pay(field: str, value: int | None) -> int | None:
    if value is not None and (isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MOST_WON):
        raise ProfileError(f"{field} must be won a month as a whole number from 0 to {MOST_WON:,}, not {value!r}")
    return value


def check_seats(value: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MOST_SEATS:
        raise ProfileError(f"seats must be a whole number from 0 to {MOST_SEATS:,}, not {value!r}")
    return value


def employment_code(value: str) -> str:
    """The code of an employment type given as code or Korean word (정규직, 계약직, 인턴, 프리랜서, 시간제)."""
    if not isinstance(value, str):
        raise ProfileError(f"an employment type must be a text, not {value!r}")
    folded = value.strip().casefold().replace(" ", "").replace("-", "_")
    if folded not in _EMPLOYMENT_NAMES:
        raise ProfileError(
            f"employment type must be one of {', '.join(EMPLOYMENT_TYPES)} or its Korean word, not {value!r}"
        )
    return _EMPLOYMENT_NAMES[folded]


def as_tuple(field: str, values: Iterable[T]) -> tuple[T, ...]:
    if isinstance(values, str | bytes) or not isinstance(values, Iterable):
        raise ProfileError(f"{field} must be a list, not {values!r}")
    return tuple(values)


def texts(field: str, values: Iterable[str]) -> tuple[str, ...]:
    given = as_tuple(field, values)
    check_kind(field, given, str)
    return tuple(value for value in given if value.strip())


def check_kind(field: str, values: Iterable[object], kind: type) -> None:
    for value in values:
        if not isinstance(value, kind):
            raise ProfileError(f"{field}: {value!r} is no {kind.__name__}")


def _fill(record: object, **values: object) -> None:
    for field, value in values.items():
        object.__setattr__(record, field, value)
