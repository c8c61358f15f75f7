"""Decides how a referral, a retention check and an outcome may change: their states and moves. Runs none of them.

A move with several targets stands in several rows; the first whose source fits is taken unless `to` names another.
"""

from employers.moves import Machine, Move, StateFlags, from_states
from placement.enums import OutcomeState as O
from placement.enums import ReferralState as R
from placement.enums import RetentionState as T
from placement.models import Outcome, Referral, RetentionCheck

# Who: the counselor's own acts, the company's answers, the graduate's decisions. A counselor may speak for both.
CHANGE, ANSWER, DECIDE, SYSTEM = "referral:change", "referral:answer", "referral:decide", "system"
REOPEN, CANCEL = "referral:reopen", "referral:cancel"
BEFORE_OFFER = (R.SENT, R.INTERESTED, R.ON_HOLD, R.INTERVIEW_PLANNED, R.INTERVIEWED)
WITH_COMPANY = (*BEFORE_OFFER, R.NO_RESPONSE)
REOPENABLE = (R.DECLINED, R.NO_RESPONSE, R.CLOSED_ELSEWHERE, R.EXPIRED, R.WITHDRAWN, R.REFUSED, R.RETRACTED)
OPEN = (R.DRAFT, R.AWAITING_CONSENT, *BEFORE_OFFER, R.OFFERED)

REFERRAL = Machine(
    "referral",
    Referral,
    from_states(R.DRAFT),
    {
        R.DRAFT: StateFlags(open=True, waits_for="counselor"),
        R.AWAITING_CONSENT: StateFlags(open=True, waits_for="graduate"),
        R.SENT: StateFlags(open=True, waits_for="company"),
        R.INTERESTED: StateFlags(open=True, waits_for="company"),
        R.ON_HOLD: StateFlags(open=True, waits_for="company"),
        R.INTERVIEW_PLANNED: StateFlags(open=True, waits_for="company"),
        R.INTERVIEWED: StateFlags(open=True, waits_for="company"),
        R.OFFERED: StateFlags(open=True, waits_for="graduate", holds_seat=True),
        R.ACCEPTED: StateFlags(holds_seat=True, won=True),
        R.DECLINED: StateFlags(closed=True),
        R.REFUSED: StateFlags(closed=True),
        R.RETRACTED: StateFlags(closed=True),
        R.EXPIRED: StateFlags(closed=True),
        R.NO_RESPONSE: StateFlags(closed=True),
        R.WITHDRAWN: StateFlags(closed=True),
        R.CLOSED_ELSEWHERE: StateFlags(closed=True),
    },
    (
        Move("ask_consent", from_states(R.DRAFT), R.AWAITING_CONSENT, CHANGE),
        Move("consent", from_states(R.AWAITING_CONSENT), R.SENT, DECIDE),
        Move("refuse_consent", from_states(R.AWAITING_CONSENT), R.WITHDRAWN, DECIDE),
        Move("show_interest", from_states(R.SENT, R.ON_HOLD, R.NO_RESPONSE), R.INTERESTED, ANSWER),
        Move("hold", from_states(R.SENT, R.INTERESTED, R.INTERVIEWED), R.ON_HOLD, ANSWER),
        Move("plan_interview", from_states(R.INTERESTED, R.INTERVIEWED), R.INTERVIEW_PLANNED, ANSWER),
        Move("record_interview", from_states(R.INTERVIEW_PLANNED), R.INTERVIEWED, ANSWER),
        Move("record_interview", from_states(R.INTERVIEW_PLANNED), R.INTERESTED, ANSWER),
        Move("record_interview", from_states(R.INTERVIEW_PLANNED), R.INTERVIEW_PLANNED, ANSWER),
        Move("offer", from_states(R.INTERESTED, R.INTERVIEWED, R.ON_HOLD), R.OFFERED, ANSWER),
        Move("accept", from_states(R.OFFERED), R.ACCEPTED, DECIDE),
        Move("decline", from_states(*WITH_COMPANY), R.DECLINED, ANSWER, needs_reason=True),
        Move("refuse_offer", from_states(R.OFFERED), R.REFUSED, DECIDE, needs_reason=True),
        Move("retract", from_states(R.OFFERED), R.RETRACTED, ANSWER, needs_reason=True),
        Move("expire", from_states(R.OFFERED), R.EXPIRED, SYSTEM),
        Move("no_answer", from_states(R.SENT), R.NO_RESPONSE, SYSTEM),
        Move("withdraw", from_states(*OPEN, R.NO_RESPONSE), R.WITHDRAWN, DECIDE, needs_reason=True),
        Move("close_elsewhere", from_states(*OPEN), R.CLOSED_ELSEWHERE, SYSTEM),
        Move("reopen", from_states(*REOPENABLE), R.SENT, REOPEN),
        Move("reopen", from_states(*REOPENABLE), R.INTERESTED, REOPEN),
        Move("reopen", from_states(*REOPENABLE), R.DRAFT, REOPEN),
        Move("cancel_acceptance", from_states(R.ACCEPTED), R.WITHDRAWN, CANCEL, needs_reason=True),
        Move("cancel_acceptance", from_states(R.ACCEPTED), R.OFFERED, CANCEL, needs_reason=True),
    ),
)

RETENTION = Machine(
    "retention_check",
    RetentionCheck,
    from_states(T.DUE),
    {
        T.DUE: StateFlags(open=True, waits_for="counselor"),
        T.CONFIRMED: StateFlags(won=True, closed=True),
        T.LEFT: StateFlags(closed=True),
        T.UNREACHABLE: StateFlags(open=True, waits_for="counselor"),
        T.CONFLICT: StateFlags(open=True, waits_for="counselor"),
    },
    (
        Move("confirm", from_states(T.DUE, T.UNREACHABLE, T.CONFLICT), T.CONFIRMED, "retention:change"),
        Move(
            "record_leaving",
            from_states(T.DUE, T.UNREACHABLE, T.CONFLICT),
            T.LEFT,
            "retention:change",
            needs_reason=True,
        ),
        Move("give_up", from_states(T.DUE), T.UNREACHABLE, "retention:change"),
        Move("dispute", from_states(T.DUE, T.CONFIRMED, T.LEFT, T.UNREACHABLE), T.CONFLICT, "retention:change"),
        Move("reopen", from_states(T.CONFIRMED, T.LEFT, T.UNREACHABLE, T.CONFLICT), T.DUE, "retention:change"),
    ),
)

OUTCOME = Machine(
    "outcome",
    Outcome,
    from_states(O.RECORDED),
    {O.RECORDED: StateFlags(won=True, closed=True), O.TAKEN_BACK: StateFlags(closed=True)},
    (
        Move("take_back", from_states(O.RECORDED), O.TAKEN_BACK, "outcome:change", needs_reason=True),
        Move("reinstate", from_states(O.TAKEN_BACK), O.RECORDED, "outcome:change"),
    ),
)
