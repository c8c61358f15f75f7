"""Decides the closed lists of codes that describe a company, an agreement and an opening."""

from enum import StrEnum


class SizeBand(StrEnum):
    """Regular employees; the bands of the public job portal (W5: under 5, W100: 100 and more)."""

    W5 = "W5"
    W9 = "W9"
    W10 = "W10"
    W30 = "W30"
    W50 = "W50"
    W100 = "W100"


class AgreementKind(StrEnum):
    """취업협약, 수요기업, 인턴 참여기업."""

    EMPLOYMENT = "employment"
    DEMAND = "demand"
    INTERNSHIP = "internship"


class AgreementState(StrEnum):
    DRAFT = "draft"
    IN_FORCE = "in_force"
    ENDED = "ended"


class OpeningState(StrEnum):
    DRAFT = "draft"
    OPEN = "open"
    PAUSED = "paused"
    CLOSED = "closed"


class EmploymentType(StrEnum):
    """정규직, 계약직, 인턴, 프리랜서, 시간제."""

    REGULAR = "regular"
    CONTRACT = "contract"
    INTERN = "intern"
    FREELANCE = "freelance"
    PART_TIME = "part_time"


class RemoteMode(StrEnum):
    """Where the work is done: 출근, 혼합, 재택."""

    OFFICE = "office"
    HYBRID = "hybrid"
    REMOTE = "remote"


class PayPeriod(StrEnum):
    """What a stated pay is for: 시급, 월급, 연봉, 건당."""

    HOUR = "hour"
    MONTH = "month"
    YEAR = "year"
    PIECE = "piece"


class OpeningSource(StrEnum):
    """Who brought the opening in; an external one (외부 공고) is posted elsewhere and only told of."""

    COMPANY = "company"
    COUNSELOR = "counselor"
    IMPORT = "import"
    EXTERNAL = "external"


class CancelReason(StrEnum):
    """Why a company takes an opening back."""

    PLAN_DROPPED = "plan_dropped"
    HIRED_ELSEWHERE = "hired_elsewhere"
    TERMS_CHANGED = "terms_changed"
    OTHER = "other"
