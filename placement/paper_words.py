"""Decides the Korean words of an internship's papers: their codes, moves and refusals."""

from enum import StrEnum

from placement import enums
from placement.words import N_

_AGREE, _ASSESS = "internship_agreement", "assessment"

PAPER_LABELS: dict[type[StrEnum], dict[StrEnum, str]] = {
    enums.InternshipAgreementState: {
        enums.InternshipAgreementState.DRAFT: N_("작성 중"),
        enums.InternshipAgreementState.ISSUED: N_("서명 받는 중"),
        enums.InternshipAgreementState.SIGNED: N_("서명 마침"),
        enums.InternshipAgreementState.CONFIRMED: N_("확인 마침"),
        enums.InternshipAgreementState.VOIDED: N_("무효"),
    },
    enums.SignerSeat: {
        enums.SignerSeat.GRADUATE: N_("인턴 본인"),
        enums.SignerSeat.COMPANY: N_("기업"),
        enums.SignerSeat.COSIGNER: N_("기업 둘째 서명자"),
    },
    enums.VoidReason: {
        enums.VoidReason.TERMS_CHANGED: N_("조건이 바뀜"),
        enums.VoidReason.NEW_EDITION: N_("새 판 작성"),
        enums.VoidReason.NOT_STARTED: N_("근무를 시작하지 않음"),
        enums.VoidReason.AGREED: N_("서로 합의"),
        enums.VoidReason.OTHER: N_("기타"),
    },
    enums.AssessmentKind: {
        enums.AssessmentKind.MIDTERM: N_("중간점검"),
        enums.AssessmentKind.END: N_("종료 평가"),
    },
    enums.AssessmentState: {
        enums.AssessmentState.DUE: N_("기업 답변 대기"),
        enums.AssessmentState.ANSWERED: N_("인턴 확인 대기"),
        enums.AssessmentState.ACCEPTED: N_("인턴 확인"),
        enums.AssessmentState.CONTRADICTED: N_("인턴 이견"),
        enums.AssessmentState.DROPPED: N_("받지 않음"),
    },
    enums.ConversionWish: {
        enums.ConversionWish.YES: N_("전환할 뜻 있음"),
        enums.ConversionWish.NO: N_("전환할 뜻 없음"),
        enums.ConversionWish.UNDECIDED: N_("아직 정하지 않음"),
    },
    enums.DropReason: {
        enums.DropReason.ENDED_EARLY: N_("일찍 끝남"),
        enums.DropReason.NO_ANSWER: N_("기업이 답하지 않음"),
        enums.DropReason.OTHER: N_("기타"),
    },
}

PAPER_MOVES = {
    (_AGREE, "fill"): N_("내용 적기"),
    (_AGREE, "issue"): N_("협약서 발행"),
    (_AGREE, "sign"): N_("서명 기록"),
    (_AGREE, "confirm"): N_("운영기관 확인"),
    (_AGREE, "void"): N_("무효 처리"),
    (_ASSESS, "answer"): N_("기업 평가 기록"),
    (_ASSESS, "accept"): N_("인턴 확인 기록"),
    (_ASSESS, "contradict"): N_("인턴 이견 기록"),
    (_ASSESS, "drop"): N_("받지 않음 처리"),
}

PAPER_REFUSALS = {
    "assessment_open_already": N_("이 근무의 같은 평가가 이미 있습니다."),
    "draft_stands": N_("작성 중인 협약서가 이미 있습니다. 그것을 고쳐 주십시오."),
    "internship_only": N_("인턴 근무에만 있는 문서입니다."),
    "newer_edition_stands": N_("다른 판이 이미 있어 이 판을 되살릴 수 없습니다."),
    "paper_outdated": N_("협약서의 내용이 지금 기록과 다릅니다. 새 판을 만들어 서명을 다시 받아 주십시오."),
    "paper_text_altered": N_("저장된 협약서의 글이 발행할 때와 다릅니다. 서명하지 마시고 새 판을 만들어 주십시오."),
    "scale_missing": N_("다섯 항목에 모두 1점부터 5점까지의 점수를 골라 주십시오."),
    "seat_not_awaited": N_("이미 서명했거나 서명할 사람이 없는 자리입니다."),
    "signer_differs": N_("협약서에 적힌 성명과 다릅니다. 적힌 그대로 입력해 주십시오."),
    "signer_missing": N_("서명하는 사람과 성명을 적어 주십시오."),
    "words_too_long": N_("너무 긴 내용이 있습니다. 줄여서 다시 적어 주십시오."),
    "words_missing": N_("다른 의견의 내용을 적어 주십시오."),
    "work_is_over": N_("끝난 근무에는 협약서를 새로 만들 수 없습니다."),
}

PAPER_REASONS: dict[str, tuple[type[StrEnum], ...]] = {_AGREE: (enums.VoidReason,), _ASSESS: (enums.DropReason,)}
SCALE_WORDS = {
    "understanding": N_("업무 이해"),
    "skill": N_("기술"),
    "diligence": N_("성실"),
    "cooperation": N_("협업"),
    "overall": N_("종합"),
}
