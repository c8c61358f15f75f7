"""Decides how a referral, a consent and a document may change: their states and moves. Runs none.

A move with several targets stands in several rows; the first whose source fits is taken unless `to` names another.
"""

from employers.moves import Machine, Move, StateFlags, from_states
from placement.enums import AccountState as A
from placement.enums import ConsentState as K
from placement.enums import DocumentState as D
from placement.enums import HandOverState as H
from placement.enums import ReferralState as R
from placement.models import Account, AgreementDocument, Consent, HandOver, Referral

# Who: the counselor's own acts, the company's answers, the graduate's decisions. A counselor may speak for both.
CHANGE, ANSWER, DECIDE, SYSTEM = "referral:change", "referral:answer", "referral:decide", "system"
REOPEN, CANCEL = "referral:reopen", "referral:cancel"
BEFORE_OFFER = (R.SENT, R.INTERESTED, R.ON_HOLD, R.INTERVIEW_PLANNED, R.INTERVIEWED)
WITH_COMPANY = (*BEFORE_OFFER, R.NO_RESPONSE)
REOPENABLE = (R.DECLINED, R.NO_RESPONSE, R.CLOSED_ELSEWHERE, R.EXPIRED, R.WITHDRAWN, R.REFUSED, R.RETRACTED)
SAID_NO = (R.DECLINED, R.REFUSED)  # one of the two sides, as a last word until somebody reopens
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

CONSENT = Machine(
    "consent",
    Consent,
    from_states(K.GIVEN),
    {K.GIVEN: StateFlags(won=True), K.WITHDRAWN: StateFlags(closed=True)},
    (Move("withdraw", from_states(K.GIVEN), K.WITHDRAWN, "consent:change"),),
)

DOCUMENT = Machine(
    "agreement_document",
    AgreementDocument,
    from_states(D.KEPT),
    {D.KEPT: StateFlags(won=True, closed=True), D.REMOVED: StateFlags(closed=True)},
    (Move("remove", from_states(D.KEPT), D.REMOVED, "agreement:change"),),
)

# The last two are the person's own: `accounts` asks whose account it is.
ACCOUNT = Machine(
    "account",
    Account,
    from_states(A.ACTIVE),
    {A.ACTIVE: StateFlags(open=True), A.INACTIVE: StateFlags(closed=True)},
    (
        Move("deactivate", from_states(A.ACTIVE), A.INACTIVE, "account:change"),
        Move("activate", from_states(A.INACTIVE), A.ACTIVE, "account:change"),
        Move("new_password", from_states(A.ACTIVE), A.ACTIVE, "account:change"),
        Move("change_role", from_states(A.ACTIVE), A.ACTIVE, "account:change"),
        Move("change_password", from_states(A.ACTIVE), A.ACTIVE, "account:own"),
        Move("sign_out_everywhere", from_states(A.ACTIVE), A.ACTIVE, "account:own"),
    ),
)

HAND_OVER = Machine(
    "hand_over",
    HandOver,
    from_states(H.DONE),
    {H.DONE: StateFlags(won=True, closed=True), H.TAKEN_BACK: StateFlags(closed=True)},
    (
        Move("take_back", from_states(H.DONE), H.TAKEN_BACK, "caseload:hand_over"),
        Move("hand_again", from_states(H.TAKEN_BACK), H.DONE, "caseload:hand_over"),
    ),
)
