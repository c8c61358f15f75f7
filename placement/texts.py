"""Decides how codes and values are said: sentences in Korean, English beside it, for screens and terminal alike."""

import gettext as gettext_module
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from employers import enums as employer
from employers.moves import Refusal
from placement import enums
from placement.paper_words import PAPER_LABELS, PAPER_MOVES, PAPER_REASONS, PAPER_REFUSALS, SCALE_WORDS
from placement.words import CASE_LABELS, CASE_MOVES, CASE_REFUSALS, OTHER_REASONS, REASON_LISTS, WAITS_FOR

LANGUAGES = ("ko", "en")
_language: ContextVar[str] = ContextVar("language", default="ko")


def language() -> str:
    """The language being spoken now: "ko" or "en"."""
    return _language.get()


def speak(code: str) -> None:
    """Speak this language from now on in this thread; an unknown one is Korean."""
    _language.set(code if code in LANGUAGES else "ko")


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Speak one language inside the block."""
    before = _language.set(code if code in LANGUAGES else "ko")
    try:
        yield
    finally:
        _language.reset(before)


@cache
def _catalogue(code: str) -> gettext_module.NullTranslations:
    folder = str(files("placement") / "translations")
    return gettext_module.translation("messages", folder, languages=[code], fallback=True)


def _(message: str, **values: Any) -> str:
    """The message in the spoken language; `%(name)s` places are filled from `values`."""
    spoken = message if language() == "ko" else _catalogue(language()).gettext(message)
    return spoken % values if values else spoken


def N_(message: str) -> str:  # noqa: N802  (the field's name for "to be translated later")
    """Mark a message for the catalogue; it is said later by `_`."""
    return message


# By list, for a member of a StrEnum equals every other of the same text: "paused" is a state of two tables.
LABELS: dict[type[StrEnum], dict[StrEnum, str]] = {
    employer.EmploymentType: {
        employer.EmploymentType.REGULAR: N_("정규직"),
        employer.EmploymentType.CONTRACT: N_("계약직"),
        employer.EmploymentType.INTERN: N_("인턴"),
        employer.EmploymentType.FREELANCE: N_("프리랜서"),
        employer.EmploymentType.PART_TIME: N_("시간제"),
    },
    employer.RemoteMode: {
        employer.RemoteMode.OFFICE: N_("출근"),
        employer.RemoteMode.HYBRID: N_("출근·재택 혼합"),
        employer.RemoteMode.REMOTE: N_("재택"),
    },
    employer.PayPeriod: {
        employer.PayPeriod.HOUR: N_("시급"),
        employer.PayPeriod.MONTH: N_("월급"),
        employer.PayPeriod.YEAR: N_("연봉"),
        employer.PayPeriod.PIECE: N_("건당"),
    },
    employer.AgreementKind: {
        employer.AgreementKind.EMPLOYMENT: N_("취업협약"),
        employer.AgreementKind.DEMAND: N_("수요기업"),
        employer.AgreementKind.INTERNSHIP: N_("인턴 참여기업"),
    },
    employer.AgreementState: {
        employer.AgreementState.DRAFT: N_("체결 전"),
        employer.AgreementState.IN_FORCE: N_("체결"),
        employer.AgreementState.ENDED: N_("종료"),
    },
    employer.OpeningState: {
        employer.OpeningState.DRAFT: N_("작성 중"),
        employer.OpeningState.OPEN: N_("모집 중"),
        employer.OpeningState.PAUSED: N_("일시 중지"),
        employer.OpeningState.CLOSED: N_("마감"),
    },
    employer.OpeningSource: {
        employer.OpeningSource.COMPANY: N_("기업 등록"),
        employer.OpeningSource.COUNSELOR: N_("상담사 등록"),
        employer.OpeningSource.IMPORT: N_("파일 등록"),
        employer.OpeningSource.EXTERNAL: N_("외부 공고"),
    },
    employer.CancelReason: {
        employer.CancelReason.PLAN_DROPPED: N_("채용 계획 취소"),
        employer.CancelReason.HIRED_ELSEWHERE: N_("다른 경로로 채용"),
        employer.CancelReason.TERMS_CHANGED: N_("근무 조건 변경"),
        employer.CancelReason.OTHER: N_("기타"),
    },
    employer.SizeBand: {
        employer.SizeBand.W5: N_("5명 미만"),
        employer.SizeBand.W9: N_("5~9명"),
        employer.SizeBand.W10: N_("10~29명"),
        employer.SizeBand.W30: N_("30~49명"),
        employer.SizeBand.W50: N_("50~99명"),
        employer.SizeBand.W100: N_("100명 이상"),
    },
    enums.Role: {
        enums.Role.COUNSELOR: N_("상담사"),
        enums.Role.PARTNER: N_("협약기업"),
        enums.Role.MANAGER: N_("사업담당자"),
    },
    enums.GraduateState: {
        enums.GraduateState.IN_TRAINING: N_("교육 중"),
        enums.GraduateState.READY: N_("구직 중"),
        enums.GraduateState.PAUSED: N_("구직 보류"),
        enums.GraduateState.LEFT_PROGRAMME: N_("종료"),
    },
    enums.RemoteWish: {
        enums.RemoteWish.ANY: N_("상관없음"),
        enums.RemoteWish.REMOTE: N_("재택만"),
        enums.RemoteWish.HYBRID: N_("출근·재택 혼합"),
        enums.RemoteWish.OFFICE: N_("출근"),
    },
    enums.EvidenceKind: {
        enums.EvidenceKind.COMPLETION: N_("과정 수료"),
        enums.EvidenceKind.CERTIFICATE: N_("자격증"),
        enums.EvidenceKind.PORTFOLIO: N_("포트폴리오"),
        enums.EvidenceKind.WORK_RECORD: N_("작업 실적"),
        enums.EvidenceKind.CAREER: N_("경력"),
        enums.EvidenceKind.COUNSELOR: N_("상담사 확인"),
    },
    enums.SuggestionState: {
        enums.SuggestionState.NEW: N_("검토 전"),
        enums.SuggestionState.SHORTLISTED: N_("후보"),
        enums.SuggestionState.DISMISSED: N_("제외"),
        enums.SuggestionState.SNOOZED: N_("나중에"),
    },
    enums.DismissReason: {
        enums.DismissReason.SKILL_GAP: N_("기술이 맞지 않음"),
        enums.DismissReason.WISH_DIFFERS: N_("희망 직무와 다름"),
        enums.DismissReason.COMMUTE: N_("통근이 어려움"),
        enums.DismissReason.PAY: N_("급여가 맞지 않음"),
        enums.DismissReason.SCHEDULE: N_("일정이 맞지 않음"),
        enums.DismissReason.GRADUATE_DECLINED: N_("본인이 원하지 않음"),
        enums.DismissReason.OTHER: N_("기타"),
    },
    enums.PlacementKind: {
        enums.PlacementKind.INTERNSHIP: N_("인턴"),
        enums.PlacementKind.EMPLOYMENT: N_("취업"),
    },
    enums.PlacementSource: {
        enums.PlacementSource.REFERRAL: N_("알선취업"),
        enums.PlacementSource.SELF: N_("본인취업"),
    },
    enums.PlacementState: {
        enums.PlacementState.SCHEDULED: N_("시작 예정"),
        enums.PlacementState.ACTIVE: N_("근무 중"),
        enums.PlacementState.SUSPENDED: N_("중단"),
        enums.PlacementState.COMPLETED: N_("마침"),
        enums.PlacementState.ENDED_EARLY: N_("조기 종료"),
        enums.PlacementState.DID_NOT_START: N_("시작하지 않음"),
    },
    enums.ConversionState: {
        enums.ConversionState.PENDING: N_("결정 전"),
        enums.ConversionState.OFFERED: N_("전환 제의"),
        enums.ConversionState.ACCEPTED: N_("수락"),
        enums.ConversionState.DECLINED: N_("거절"),
        enums.ConversionState.EXPIRED: N_("제의 기한 지남"),
        enums.ConversionState.WITHDRAWN_BY_EMPLOYER: N_("기업 철회"),
        enums.ConversionState.NOT_OFFERED: N_("제의 없음"),
        enums.ConversionState.UNKNOWN: N_("미확인"),
        enums.ConversionState.STARTED: N_("정규직 전환"),
        enums.ConversionState.FELL_THROUGH: N_("전환 무산"),
    },
    enums.EnrolmentState: {
        enums.EnrolmentState.ENROLLED: N_("수강 중"),
        enums.EnrolmentState.COMPLETED: N_("수료"),
        enums.EnrolmentState.DROPPED: N_("중도탈락"),
        enums.EnrolmentState.EMPLOYED: N_("조기취업"),
    },
    enums.ApplicationState: {
        enums.ApplicationState.APPLIED: N_("지원"),
        enums.ApplicationState.SELECTED: N_("선발"),
        enums.ApplicationState.NOT_SELECTED: N_("미선발"),
        enums.ApplicationState.INELIGIBLE: N_("자격 미달"),
        enums.ApplicationState.WITHDRAWN: N_("지원 철회"),
    },
    enums.DeliveryMode: {
        enums.DeliveryMode.CLASSROOM: N_("집체"),
        enums.DeliveryMode.ONLINE: N_("온라인"),
        enums.DeliveryMode.BLENDED: N_("혼합"),
    },
    **CASE_LABELS,
    **PAPER_LABELS,
}

ACTORS = {
    "system": N_("자동 처리"),
    "demo": N_("시연 자료"),
    "office": N_("관리자"),
    "import": N_("파일 가져오기"),
}
LEVELS = {1: N_("입문"), 2: N_("초급"), 3: N_("중급"), 4: N_("고급"), None: N_("수준 모름")}

MOVES = {
    ("opening", "publish"): N_("공고 게시"),
    ("opening", "pause"): N_("일시 중지"),
    ("opening", "resume"): N_("다시 모집"),
    ("opening", "cancel"): N_("공고 취소"),
    ("opening", "reopen"): N_("다시 열기"),
    ("opening", "fill"): N_("모집 완료"),
    ("opening", "expire"): N_("기한 마감"),
    ("suggestion", "shortlist"): N_("후보로 올리기"),
    ("suggestion", "dismiss"): N_("제외하기"),
    ("suggestion", "snooze"): N_("나중에 보기"),
    ("suggestion", "reopen"): N_("되돌리기"),
    ("graduate", "complete"): N_("수료 처리"),
    ("graduate", "pause"): N_("구직 보류"),
    ("graduate", "resume"): N_("구직 다시 시작"),
    ("graduate", "leave"): N_("종료 처리"),
    ("graduate", "return"): N_("다시 받기"),
    ("agreement", "enter_into_force"): N_("협약 체결"),
    ("agreement", "expire"): N_("협약 만료"),
    ("agreement", "terminate"): N_("협약 해지"),
    **CASE_MOVES,
    **PAPER_MOVES,
}

REFUSALS = {
    "unknown_move": N_("없는 처리입니다."),
    "not_allowed": N_("이 처리를 할 권한이 없습니다."),
    "wrong_state": N_("지금 상태에서는 할 수 없는 처리입니다."),
    "reason_missing": N_("사유를 선택해 주십시오."),
    "changed_meanwhile": N_("그 사이에 다른 사람이 먼저 처리했습니다. 화면을 새로 열어 확인해 주십시오."),
    "nothing_to_undo": N_("되돌릴 처리가 없습니다."),
    "day_missing": N_("바른 날짜를 적어 주십시오."),
    "day_unchanged": N_("이미 그 날짜로 기록되어 있습니다."),
    "followed_by_others": N_(
        "이 처리에 따라 다른 기록도 바뀌었습니다. 되돌린 뒤 날짜를 바로 적어 다시 처리해 주십시오."
    ),
    "before_previous_move": N_("바로 앞 처리일(%(day)s)보다 이른 날짜로는 처리할 수 없습니다."),
    "agreement_not_signed": N_("협약 체결일을 먼저 적어 주십시오."),
    "closing_day_past": N_("마감일(%(closes_on)s)이 지났습니다. 공고를 수정해 마감일을 고친 뒤 다시 해 주십시오."),
    "opening_is_full": N_("모집인원 %(seats)s명이 모두 찼습니다."),
    "state_is_no_beginning": N_("처음 상태로 쓸 수 없는 값입니다."),
    **CASE_REFUSALS,
    **PAPER_REFUSALS,
}


def label(code: str | None) -> str:
    """The short name of a code in the spoken language; None is "-"."""
    if code is None:
        return "-"
    return _(LABELS[type(code)][code]) if isinstance(code, StrEnum) and type(code) in LABELS else str(code)


def label_of(kind: type[StrEnum], code: str | None) -> str:
    """The short name of a stored code of one list, e.g. label_of(EmploymentType, "regular")."""
    return "-" if code is None else _(LABELS[kind][kind(code)])


def describe_level(level: int | None) -> str:
    """입문, 초급, 중급, 고급 or 수준 모름."""
    return _(LEVELS[level])


def describe_move(entity: str, name: str) -> str:
    """The words on a move's button."""
    return _(MOVES.get((entity, name), name))


def describe_reason(entity: str, reason: str | None) -> str:
    """The words of a reason in the log of a kind of row; free text as it is, None is nothing."""
    if not reason:
        return ""
    known = next((codes for codes in (REASON_LISTS | PAPER_REASONS).get(entity, ()) if reason in set(codes)), None)
    return label_of(known, reason) if known else _(OTHER_REASONS.get(reason, reason))


def describe_actor(name: str) -> str:
    """Who typed a line of the log without an account: the clock, a link, the demo, a sheet; another name as it is."""
    return _("답변 링크") if name.startswith("link:") else _(ACTORS.get(name, name))


def describe_scale(scale: str) -> str:
    """The name of one scale of an assessment."""
    return _(SCALE_WORDS[scale])


def describe_waiting(side: str) -> str:
    """For whom a row waits: 수료생, 기업, 상담사 or "-"."""
    return _(WAITS_FOR[side])


def describe_refusal(refusal: Refusal) -> str:
    """One sentence that says why a move was refused."""
    return _(REFUSALS[refusal.code], **refusal.values)


def describe_still_closed(number: int) -> str:
    """What an undo could not bring back."""
    return _("함께 닫혔던 알선 %(number)s건은 자리나 동의가 없어져 닫힌 채로 두었습니다.", number=number)


def describe_money(won: int | None) -> str:
    """1795310 → "180만원" (half up); in English, which counts no ten thousands, "₩1,795,310"; None is "-"."""
    if won is None:
        return "-"
    return f"{(won + 5000) // 10000:,}만원" if language() == "ko" else describe_won(won)


def describe_won(won: int) -> str:
    """8720 → "8,720원", in English "₩8,720"."""
    return _("%(won)s원", won=f"{won:,}")


def describe_day(day: date | None) -> str:
    """2020-10-08; None is "-"."""
    return "-" if day is None else day.isoformat()


def describe_interval(low: float | None, high: float | None) -> str:
    """A 95 % interval of a rate (0..1) in percent: "18.5–61.4%"; "-" where there is none."""
    return "-" if low is None or high is None else f"{100 * low:.1f}–{100 * high:.1f}%"
