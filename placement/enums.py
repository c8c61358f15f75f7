"""Decides the closed lists of codes that describe programs, graduates, suggestions, placements and accounts."""

from enum import StrEnum


class Role(StrEnum):
    """상담사, 협약기업, 사업담당자."""

    COUNSELOR = "counselor"
    PARTNER = "partner"
    MANAGER = "manager"


class OrganisationKind(StrEnum):
    OPERATOR = "operator"
    TRAINING_BODY = "training_body"


class DeliveryMode(StrEnum):
    """집체, 온라인, 혼합."""

    CLASSROOM = "classroom"
    ONLINE = "online"
    BLENDED = "blended"


class ApplicationState(StrEnum):
    APPLIED = "applied"
    SELECTED = "selected"
    NOT_SELECTED = "not_selected"
    INELIGIBLE = "ineligible"
    WITHDRAWN = "withdrawn"


class EnrolmentState(StrEnum):
    ENROLLED = "enrolled"
    COMPLETED = "completed"
    DROPPED = "dropped"


class GraduateState(StrEnum):
    IN_TRAINING = "in_training"
    READY = "ready"
    PAUSED = "paused"
    LEFT_PROGRAMME = "left_programme"


class RemoteWish(StrEnum):
    ANY = "any"
    REMOTE = "remote"
    HYBRID = "hybrid"
    OFFICE = "office"


class EvidenceKind(StrEnum):
    """수료, 자격증, 포트폴리오, 작업 실적, 경력, 상담사 확인."""

    COMPLETION = "completion"
    CERTIFICATE = "certificate"
    PORTFOLIO = "portfolio"
    WORK_RECORD = "work_record"
    CAREER = "career"
    COUNSELOR = "counselor"


class SkillRelationKind(StrEnum):
    BROADER = "broader"
    RELATED = "related"
    NEVER = "never"


class SuggestionState(StrEnum):
    NEW = "new"
    SHORTLISTED = "shortlisted"
    DISMISSED = "dismissed"
    SNOOZED = "snoozed"


class DismissReason(StrEnum):
    """Why a counselor takes a pair off the list."""

    SKILL_GAP = "skill_gap"
    WISH_DIFFERS = "wish_differs"
    COMMUTE = "commute"
    PAY = "pay"
    SCHEDULE = "schedule"
    GRADUATE_DECLINED = "graduate_declined"
    OTHER = "other"


class PlacementKind(StrEnum):
    INTERNSHIP = "internship"
    EMPLOYMENT = "employment"


class PlacementSource(StrEnum):
    """알선 or 본인취업."""

    REFERRAL = "referral"
    SELF = "self"


class PlacementState(StrEnum):
    SCHEDULED = "scheduled"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    COMPLETED = "completed"
    ENDED_EARLY = "ended_early"
    DID_NOT_START = "did_not_start"


class ConversionState(StrEnum):
    PENDING = "pending"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    WITHDRAWN_BY_EMPLOYER = "withdrawn_by_employer"
    NOT_OFFERED = "not_offered"
    UNKNOWN = "unknown"
    STARTED = "started"
    FELL_THROUGH = "fell_through"


class RunScope(StrEnum):
    ALL = "all"
    COHORT = "cohort"
    GRADUATE = "graduate"
    OPENING = "opening"


class JobState(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    DEAD = "dead"
