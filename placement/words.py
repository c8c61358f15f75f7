"""Decides the Korean words of a case: the codes, moves and refusals of referrals, placements and after-care."""

from enum import StrEnum

from placement import enums

_REF, _PLACE, _CONV, _CHECK, _OUT = "referral", "placement", "conversion", "retention_check", "outcome"


def N_(message: str) -> str:  # noqa: N802  (the field's name for "to be translated later")
    """Mark a message for the catalogue; it is said later by `_`."""
    return message


CASE_LABELS: dict[type[StrEnum], dict[StrEnum, str]] = {
    enums.ReferralState: {
        enums.ReferralState.DRAFT: N_("알선 준비"),
        enums.ReferralState.AWAITING_CONSENT: N_("동의 대기"),
        enums.ReferralState.SENT: N_("기업 검토 중"),
        enums.ReferralState.INTERESTED: N_("기업 관심"),
        enums.ReferralState.ON_HOLD: N_("기업 보류"),
        enums.ReferralState.INTERVIEW_PLANNED: N_("면접 예정"),
        enums.ReferralState.INTERVIEWED: N_("면접 마침"),
        enums.ReferralState.OFFERED: N_("채용 제의"),
        enums.ReferralState.ACCEPTED: N_("수락"),
        enums.ReferralState.DECLINED: N_("기업 거절"),
        enums.ReferralState.REFUSED: N_("본인 거절"),
        enums.ReferralState.RETRACTED: N_("제의 철회"),
        enums.ReferralState.EXPIRED: N_("제의 기한 지남"),
        enums.ReferralState.NO_RESPONSE: N_("기업 무응답"),
        enums.ReferralState.WITHDRAWN: N_("알선 취소"),
        enums.ReferralState.CLOSED_ELSEWHERE: N_("다른 곳에 취업"),
    },
    enums.CompanyReason: {
        enums.CompanyReason.SKILL_SHORT: N_("필요한 기술이 부족함"),
        enums.CompanyReason.LEVEL_SHORT: N_("숙련 수준이 부족함"),
        enums.CompanyReason.CONDITIONS_DIFFER: N_("희망 조건이 다름"),
        enums.CompanyReason.SEAT_FILLED: N_("자리가 찼음"),
        enums.CompanyReason.OPENING_STOPPED: N_("채용을 멈춤"),
        enums.CompanyReason.OTHER: N_("기타"),
    },
    enums.GraduateReason: {
        enums.GraduateReason.OTHER_JOB: N_("다른 곳에 취업"),
        enums.GraduateReason.PAY: N_("급여가 맞지 않음"),
        enums.GraduateReason.COMMUTE: N_("통근이 어려움"),
        enums.GraduateReason.DUTY_DIFFERS: N_("업무가 기대와 다름"),
        enums.GraduateReason.STUDY: N_("학업·교육"),
        enums.GraduateReason.HEALTH_OR_FAMILY: N_("건강·가정 사정"),
        enums.GraduateReason.NO_CONSENT: N_("제공에 동의하지 않음"),
        enums.GraduateReason.DROPPED_OUT: N_("과정 중도 포기"),
        enums.GraduateReason.OTHER: N_("기타"),
    },
    enums.PlacementReason: {
        enums.PlacementReason.OTHER_JOB: N_("다른 곳에 취업"),
        enums.PlacementReason.STUDY: N_("학업·교육"),
        enums.PlacementReason.HEALTH_OR_FAMILY: N_("건강·가정 사정"),
        enums.PlacementReason.DUTY_DIFFERS: N_("업무가 기대와 다름"),
        enums.PlacementReason.CONDITIONS_DIFFER: N_("근무 조건이 다름"),
        enums.PlacementReason.COMPANY_SITUATION: N_("회사 사정"),
        enums.PlacementReason.PERFORMANCE: N_("업무 수행"),
        enums.PlacementReason.AGREED: N_("서로 합의"),
        enums.PlacementReason.OTHER: N_("기타"),
    },
    enums.ConversionReason: {
        enums.ConversionReason.OTHER_JOB: N_("다른 곳에 취업"),
        enums.ConversionReason.TRAINING: N_("추가 교육"),
        enums.ConversionReason.STUDY: N_("진학·학업"),
        enums.ConversionReason.CONDITIONS_DIFFER: N_("조건이 맞지 않음"),
        enums.ConversionReason.PERFORMANCE: N_("업무 평가"),
        enums.ConversionReason.NO_VACANCY: N_("정원·예산이 없음"),
        enums.ConversionReason.OTHER: N_("기타"),
    },
    enums.ConsentKind: {
        enums.ConsentKind.COLLECT_USE: N_("수집·이용 동의"),
        enums.ConsentKind.THIRD_PARTY: N_("제3자 제공 동의"),
    },
    enums.Channel: {
        enums.Channel.LINK: N_("링크로 직접"),
        enums.Channel.IN_PERSON: N_("대면"),
        enums.Channel.PHONE: N_("전화"),
        enums.Channel.PAPER: N_("서면"),
        enums.Channel.MESSAGE: N_("메시지"),
    },
    enums.ProvisionStage: {
        enums.ProvisionStage.BLIND: N_("이름 없는 프로필"),
        enums.ProvisionStage.CONTACT: N_("이름과 연락처"),
    },
    enums.InterviewState: {
        enums.InterviewState.PLANNED: N_("예정"),
        enums.InterviewState.TOOK_PLACE: N_("진행함"),
        enums.InterviewState.NO_SHOW: N_("불참"),
        enums.InterviewState.MOVED: N_("일정 변경"),
    },
    enums.Side: {
        enums.Side.GRADUATE: N_("수료생"),
        enums.Side.COMPANY: N_("기업"),
    },
    enums.LinkPurpose: {
        enums.LinkPurpose.CONSENT: N_("정보 제공 동의"),
        enums.LinkPurpose.COMPANY_ANSWER: N_("기업 답변"),
        enums.LinkPurpose.PROFILE: N_("연락처 보기"),
        enums.LinkPurpose.OFFER_ANSWER: N_("채용 제의 답변"),
        enums.LinkPurpose.CONVERSION_ANSWER: N_("정규직 전환 답변"),
        enums.LinkPurpose.RETENTION: N_("재직 확인"),
    },
    enums.RetentionState: {
        enums.RetentionState.DUE: N_("확인할 차례"),
        enums.RetentionState.CONFIRMED: N_("재직 확인"),
        enums.RetentionState.LEFT: N_("퇴사"),
        enums.RetentionState.UNREACHABLE: N_("연락 안 됨"),
        enums.RetentionState.CONFLICT: N_("답이 서로 다름"),
    },
    enums.RetentionEvidence: {
        enums.RetentionEvidence.SELF_REPORT: N_("본인 답변"),
        enums.RetentionEvidence.EMPLOYER: N_("기업 답변"),
        enums.RetentionEvidence.DOCUMENT: N_("증빙 서류"),
    },
    enums.OutcomeKind: {
        enums.OutcomeKind.SELF_FOUND_JOB: N_("본인취업"),
        enums.OutcomeKind.BUSINESS: N_("창업"),
        enums.OutcomeKind.FREELANCE: N_("프리랜서·건당 일"),
        enums.OutcomeKind.FURTHER_STUDY: N_("진학"),
        enums.OutcomeKind.MILITARY: N_("군입대"),
        enums.OutcomeKind.MEDICAL: N_("질병·요양"),
        enums.OutcomeKind.CLOSURE: N_("지원 종료"),
        enums.OutcomeKind.GUIDED: N_("외부 공고 안내"),
    },
    enums.OutcomeState: {
        enums.OutcomeState.RECORDED: N_("기록"),
        enums.OutcomeState.TAKEN_BACK: N_("취소"),
    },
}

CASE_MOVES = {
    (_REF, "ask_consent"): N_("동의 요청"),
    (_REF, "consent"): N_("동의 기록"),
    (_REF, "refuse_consent"): N_("동의하지 않음"),
    (_REF, "show_interest"): N_("관심 있음"),
    (_REF, "hold"): N_("보류"),
    (_REF, "plan_interview"): N_("면접 잡기"),
    (_REF, "record_interview"): N_("면접 결과 기록"),
    (_REF, "offer"): N_("채용 제의"),
    (_REF, "accept"): N_("제의 수락"),
    (_REF, "decline"): N_("기업 거절"),
    (_REF, "refuse_offer"): N_("제의 거절"),
    (_REF, "retract"): N_("제의 철회"),
    (_REF, "expire"): N_("제의 기한 지남"),
    (_REF, "no_answer"): N_("무응답 종료"),
    (_REF, "withdraw"): N_("알선 취소"),
    (_REF, "close_elsewhere"): N_("다른 곳에 취업"),
    (_REF, "reopen"): N_("다시 열기"),
    (_REF, "cancel_acceptance"): N_("수락 취소"),
    (_PLACE, "start"): N_("근무 시작"),
    (_PLACE, "not_start"): N_("시작하지 않음"),
    (_PLACE, "suspend"): N_("중단"),
    (_PLACE, "continue"): N_("다시 근무"),
    (_PLACE, "extend"): N_("연장"),
    (_PLACE, "complete"): N_("마침"),
    (_PLACE, "end_early"): N_("조기 종료"),
    (_CONV, "offer"): N_("전환 제의"),
    (_CONV, "not_offer"): N_("제의하지 않음"),
    (_CONV, "lose_track"): N_("미확인 처리"),
    (_CONV, "accept"): N_("전환 수락"),
    (_CONV, "decline"): N_("전환 거절"),
    (_CONV, "expire"): N_("제의 기한 지남"),
    (_CONV, "withdraw_offer"): N_("제의 철회"),
    (_CONV, "start"): N_("정규직 시작"),
    (_CONV, "fall_through"): N_("전환 무산"),
    (_CHECK, "confirm"): N_("재직 확인"),
    (_CHECK, "record_leaving"): N_("퇴사 기록"),
    (_CHECK, "give_up"): N_("연락 안 됨"),
    (_CHECK, "dispute"): N_("답이 서로 다름"),
    (_CHECK, "reopen"): N_("다시 확인"),
    (_OUT, "take_back"): N_("기록 취소"),
    (_OUT, "reinstate"): N_("기록 되살리기"),
}

CASE_REFUSALS = {
    "acceptance_is_cancelled": N_("수락이 취소된 근무입니다. 알선에서 수락을 먼저 되살려 주십시오."),
    "already_placed": N_("이미 취업한 수료생입니다."),
    "consent_document_missing": N_("동의서 문안이 등록되어 있지 않습니다."),
    "consent_withdrawn": N_("본인이 정보 제공 동의를 거두어 더 진행할 수 없습니다."),
    "contact_cap_reached": N_("이 공고가 한 달에 받기로 한 %(cap)s명을 이미 보냈습니다."),
    "conversion_open_already": N_("이 인턴 근무의 정규직 전환 기록이 이미 있습니다."),
    "day_in_future": N_("아직 오지 않은 날짜입니다."),
    "days_out_of_order": N_("끝나는 날을 시작하는 날보다 뒤로 적어 주십시오."),
    "end_not_later": N_("지금의 종료일보다 뒤의 날짜를 적어 주십시오."),
    "engaged_elsewhere": N_("이미 다른 제의를 수락한 수료생입니다."),
    "graduate_not_looking": N_("지금 구직 중이 아닌 수료생입니다."),
    "interview_time_missing": N_("면접 날짜와 시각을 적어 주십시오."),
    "no_agreement": N_("유효한 협약이 없는 기업입니다. 협약을 체결하거나 사업담당자의 공고 승인을 받아 주십시오."),
    "no_seat_left": N_("남은 자리가 없습니다."),
    "not_an_internship": N_("인턴 근무가 아니어서 정규직 전환이 없습니다."),
    "note_missing": N_("대신 기록할 때는 어떻게 들었는지 메모를 적어 주십시오."),
    "opening_not_open": N_("지금은 모집하지 않는 공고입니다."),
    "placement_exists": N_("같은 기업에서 같은 날 시작하는 근무가 이미 있습니다. 시작일을 바꾸어 주십시오."),
    "placement_has_started": N_("이미 근무를 시작해 수락을 취소할 수 없습니다."),
    "referral_open_already": N_("같은 공고에 진행 중인 알선이 이미 있습니다."),
    "until_missing": N_("오늘보다 뒤의 날짜를 적어 주십시오."),
    "works_elsewhere": N_("그 기간에 다른 근무가 있는 수료생입니다."),
}

# What a line of the log gives as its reason, beside the closed lists above.
OTHER_REASONS = {
    "acceptance_cancelled": N_("수락 취소에 따름"),
    "left": N_("퇴사"),
    "employed": N_("취업"),
    "not_stated": N_("사유를 적지 않음"),
}
REASON_LISTS: dict[str, tuple[type[StrEnum], ...]] = {
    _REF: (enums.GraduateReason, enums.CompanyReason),
    _PLACE: (enums.PlacementReason,),
    _CONV: (enums.ConversionReason,),
    _CHECK: (enums.PlacementReason,),
}
WAITS_FOR = {"graduate": N_("수료생"), "company": N_("기업"), "counselor": N_("상담사"), "nobody": "-"}
