"""Decides the closed lists of codes that describe programs, graduates, suggestions, placements and accounts."""

from enum import StrEnum

from placement.job_enums import JobState as JobState
from placement.job_enums import RunScope as RunScope
from placement.paper_enums import AssessmentKind as AssessmentKind
from placement.paper_enums import AssessmentState as AssessmentState
from placement.paper_enums import ConversionWish as ConversionWish
from placement.paper_enums import DropReason as DropReason
from placement.paper_enums import InternshipAgreementState as InternshipAgreementState
from placement.paper_enums import SignerSeat as SignerSeat
from placement.paper_enums import VoidReason as VoidReason


class Role(StrEnum):
    """상담사, 협약기업, 사업담당자."""

    COUNSELOR = "counselor"
    PARTNER = "partner"
    MANAGER = "manager"


class AccountState(StrEnum):
    ACTIVE = "active"
    INACTIVE = "inactive"


class HandOverState(StrEnum):
    """인수인계: done, or taken back as one."""

    DONE = "done"
    TAKEN_BACK = "taken_back"


class HandedKind(StrEnum):
    """What a hand-over moves: a person, an open referral, a next action of the contact log."""

    GRADUATE = "graduate"
    REFERRAL = "referral"
    CONTACT_NOTE = "contact_note"


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
    """조기취업 (employed) has left the course for a job: neither completed nor a drop-out."""

    ENROLLED = "enrolled"
    COMPLETED = "completed"
    DROPPED = "dropped"
    EMPLOYED = "employed"


class GraduateState(StrEnum):
    IN_TRAINING = "in_training"
    READY = "ready"
    PAUSED = "paused"
    LEFT_PROGRAMME = "left_programme"


class LeaveReason(StrEnum):
    """Why somebody pauses or leaves the program; 조기취업 (employed) is a good reason and no failure."""

    EMPLOYED = "employed"
    DROPPED_OUT = "dropped_out"
    STUDY = "study"
    MILITARY = "military"
    MEDICAL = "medical"
    SUPPORT_ENDED = "support_ended"
    NO_CONSENT = "no_consent"
    OTHER = "other"


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


class ReferralState(StrEnum):
    """알선의 상태."""

    DRAFT = "draft"
    AWAITING_CONSENT = "awaiting_consent"
    SENT = "sent"
    INTERESTED = "interested"
    ON_HOLD = "on_hold"
    INTERVIEW_PLANNED = "interview_planned"
    INTERVIEWED = "interviewed"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    REFUSED = "refused"
    RETRACTED = "retracted"
    EXPIRED = "expired"
    NO_RESPONSE = "no_response"
    WITHDRAWN = "withdrawn"
    CLOSED_ELSEWHERE = "closed_elsewhere"


class CompanyReason(StrEnum):
    """Why a company declines."""

    SKILL_SHORT = "skill_short"
    LEVEL_SHORT = "level_short"
    CONDITIONS_DIFFER = "conditions_differ"
    SEAT_FILLED = "seat_filled"
    OPENING_STOPPED = "opening_stopped"
    OTHER = "other"


class GraduateReason(StrEnum):
    """Why a graduate refuses or withdraws."""

    OTHER_JOB = "other_job"
    PAY = "pay"
    COMMUTE = "commute"
    DUTY_DIFFERS = "duty_differs"
    STUDY = "study"
    HEALTH_OR_FAMILY = "health_or_family"
    NO_CONSENT = "no_consent"
    DROPPED_OUT = "dropped_out"
    OTHER = "other"


class PlacementReason(StrEnum):
    """Why a placement did not begin, stood still, was extended or ended early."""

    OTHER_JOB = "other_job"
    STUDY = "study"
    HEALTH_OR_FAMILY = "health_or_family"
    DUTY_DIFFERS = "duty_differs"
    CONDITIONS_DIFFER = "conditions_differ"
    COMPANY_SITUATION = "company_situation"
    PERFORMANCE = "performance"
    AGREED = "agreed"
    OTHER = "other"


class ConversionReason(StrEnum):
    """Why a conversion was not offered, declined or fell through."""

    OTHER_JOB = "other_job"
    TRAINING = "training"
    STUDY = "study"
    CONDITIONS_DIFFER = "conditions_differ"
    PERFORMANCE = "performance"
    NO_VACANCY = "no_vacancy"
    OTHER = "other"


class NextStep(StrEnum):
    """What comes next for somebody who declined to stay."""

    OTHER_JOB = "other_job"
    TRAINING = "training"
    STUDY = "study"
    OTHER = "other"


class ConsentKind(StrEnum):
    """수집·이용 and 제3자 제공 are two consents."""

    COLLECT_USE = "collect_use"
    THIRD_PARTY = "third_party"


class ConsentState(StrEnum):
    """동의, 철회."""

    GIVEN = "given"
    WITHDRAWN = "withdrawn"


class Channel(StrEnum):
    """How somebody said something: by link, in person, by phone, on paper, by message."""

    LINK = "link"
    IN_PERSON = "in_person"
    PHONE = "phone"
    PAPER = "paper"
    MESSAGE = "message"


class ProvisionStage(StrEnum):
    """What a company has been shown: the blind profile, or name and contact too."""

    BLIND = "blind"
    CONTACT = "contact"


class InterviewState(StrEnum):
    PLANNED = "planned"
    TOOK_PLACE = "took_place"
    NO_SHOW = "no_show"
    MOVED = "moved"
    CANCELLED = "cancelled"


class Side(StrEnum):
    """Whose doing it was."""

    GRADUATE = "graduate"
    COMPANY = "company"


class LinkPurpose(StrEnum):
    """What a signed link lets its holder answer, once; a profile is only looked at."""

    CONSENT = "consent"
    COMPANY_ANSWER = "company_answer"
    PROFILE = "profile"
    OFFER_ANSWER = "offer_answer"
    CONVERSION_ANSWER = "conversion_answer"
    CONVERSION_OFFER = "conversion_offer"
    RETENTION = "retention"
    SIGNING = "signing"
    COSIGNING = "cosigning"
    ASSESSMENT = "assessment"
    ASSESSMENT_REPLY = "assessment_reply"


class RetentionState(StrEnum):
    DUE = "due"
    CONFIRMED = "confirmed"
    LEFT = "left"
    UNREACHABLE = "unreachable"
    CONFLICT = "conflict"
    NOT_APPLICABLE = "not_applicable"


class RetentionEvidence(StrEnum):
    """Self-report < employer < document."""

    SELF_REPORT = "self_report"
    EMPLOYER = "employer"
    DOCUMENT = "document"


class OutcomeKind(StrEnum):
    """What became of a person outside a referral; the last ones are exclusions or closures."""

    SELF_FOUND_JOB = "self_found_job"
    BUSINESS = "business"
    FREELANCE = "freelance"
    FURTHER_STUDY = "further_study"
    MILITARY = "military"
    MEDICAL = "medical"
    CLOSURE = "closure"
    GUIDED = "guided"


class OutcomeState(StrEnum):
    RECORDED = "recorded"
    TAKEN_BACK = "taken_back"


class NoticeKind(StrEnum):
    """What somebody should be told: an answer is missing, or something ends soon."""

    CONSENT_REMINDER = "consent_reminder"
    COMPANY_REMINDER = "company_reminder"
    HOLD_OVER = "hold_over"
    OFFER_EXPIRING = "offer_expiring"
    CONVERSION_OFFER_EXPIRING = "conversion_offer_expiring"
    AGREEMENT_EXPIRING = "agreement_expiring"


class NoticeChannel(StrEnum):
    """How the office told somebody something."""

    KAKAO = "kakao"
    SMS = "sms"
    EMAIL = "email"
    PHONE = "phone"


class MediaType(StrEnum):
    """What a document of an agreement may be."""

    PDF = "application/pdf"
    HWP = "application/x-hwp"
    HWPX = "application/hwp+zip"
    PNG = "image/png"
    JPEG = "image/jpeg"


class DocumentState(StrEnum):
    KEPT = "kept"
    REMOVED = "removed"


class GuidanceState(StrEnum):
    """안내: what became of an external opening that a graduate was told of."""

    TOLD = "told"
    APPLIED = "applied"
    NOT_APPLIED = "not_applied"
    HIRED = "hired"
    REJECTED = "rejected"
    UNKNOWN = "unknown"
