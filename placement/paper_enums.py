"""Decides the closed lists of codes that describe an internship's papers: its agreement and its assessments."""

from enum import StrEnum


class InternshipAgreementState(StrEnum):
    """인턴 협약서의 상태."""

    DRAFT = "draft"
    ISSUED = "issued"
    SIGNED = "signed"
    CONFIRMED = "confirmed"
    VOIDED = "voided"


class SignerSeat(StrEnum):
    """In whose place somebody signs an internship agreement; the cosigner is the company's second signer."""

    GRADUATE = "graduate"
    COMPANY = "company"
    COSIGNER = "cosigner"


class VoidReason(StrEnum):
    """Why an edition of an internship agreement holds no longer."""

    TERMS_CHANGED = "terms_changed"
    NEW_EDITION = "new_edition"
    NOT_STARTED = "not_started"
    AGREED = "agreed"
    OTHER = "other"


class AssessmentKind(StrEnum):
    """중간점검, 종료 평가."""

    MIDTERM = "midterm"
    END = "end"


class AssessmentState(StrEnum):
    DUE = "due"
    ANSWERED = "answered"
    ACCEPTED = "accepted"
    CONTRADICTED = "contradicted"
    DROPPED = "dropped"


class ConversionWish(StrEnum):
    """Whether the company means to keep the intern."""

    YES = "yes"
    NO = "no"
    UNDECIDED = "undecided"


class DropReason(StrEnum):
    """Why an assessment is not asked for any more."""

    ENDED_EARLY = "ended_early"
    NO_ANSWER = "no_answer"
    OTHER = "other"
