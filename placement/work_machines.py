"""Decides how work and what comes after it may change: placements, conversions, checks, outcomes, told openings. Runs none."""

from employers.moves import Machine, Move, Refusal, StateFlags, from_states
from placement.enums import ConversionState as C
from placement.enums import GuidanceState as U
from placement.enums import OutcomeState as O
from placement.enums import PlacementState as P
from placement.enums import RetentionState as T
from placement.models import Conversion, Guidance, Outcome, Placement, RetentionCheck

SYSTEM = "system"
ENOUGH_ATTEMPTS, ENOUGH_CHANNELS = 3, 2


def was_tried_enough(check: RetentionCheck) -> Refusal | None:
    """Nobody is out of reach before three attempts on two channels."""
    tried, channels = len(check.attempts), len(set(check.attempts))
    if tried >= ENOUGH_ATTEMPTS and channels >= ENOUGH_CHANNELS:
        return None
    return Refusal("attempts_too_few", {"tried": tried, "channels": channels})


PLACEMENT = Machine(
    "placement",
    Placement,
    from_states(P.SCHEDULED),
    {
        P.SCHEDULED: StateFlags(open=True, holds_seat=True, won=True),
        P.ACTIVE: StateFlags(open=True, holds_seat=True, won=True),
        P.SUSPENDED: StateFlags(open=True, holds_seat=True, won=True),
        P.COMPLETED: StateFlags(holds_seat=True, won=True, closed=True),
        P.ENDED_EARLY: StateFlags(closed=True),
        P.DID_NOT_START: StateFlags(closed=True),
    },
    (
        Move("start", from_states(P.SCHEDULED), P.ACTIVE, "placement:change"),
        Move("not_start", from_states(P.SCHEDULED), P.DID_NOT_START, "placement:change", needs_reason=True),
        Move("suspend", from_states(P.ACTIVE), P.SUSPENDED, "placement:change", needs_reason=True),
        Move("continue", from_states(P.SUSPENDED), P.ACTIVE, "placement:change"),
        Move("extend", from_states(P.ACTIVE), P.ACTIVE, "placement:change", needs_reason=True),
        Move("change_days", from_states(P.SCHEDULED), P.SCHEDULED, "placement:change", needs_reason=True),
        Move("change_days", from_states(P.ACTIVE), P.ACTIVE, "placement:change", needs_reason=True),
        Move("complete", from_states(P.ACTIVE), P.COMPLETED, "placement:change"),
        Move("end_early", from_states(P.ACTIVE, P.SUSPENDED), P.ENDED_EARLY, "placement:change", needs_reason=True),
    ),
)

# Whether there is an offer is the company's word; what becomes of it is the graduate's and the office's.
ANSWER, CONVERT = "conversion:answer", "conversion:change"
CONVERSION = Machine(
    "conversion",
    Conversion,
    from_states(C.PENDING),
    {
        C.PENDING: StateFlags(open=True, waits_for="company"),
        C.OFFERED: StateFlags(open=True, waits_for="graduate"),
        C.ACCEPTED: StateFlags(open=True, waits_for="company", won=True),
        C.DECLINED: StateFlags(closed=True),
        C.EXPIRED: StateFlags(closed=True),
        C.WITHDRAWN_BY_EMPLOYER: StateFlags(closed=True),
        C.NOT_OFFERED: StateFlags(closed=True),
        C.UNKNOWN: StateFlags(open=True, waits_for="company"),
        C.STARTED: StateFlags(won=True, closed=True),
        C.FELL_THROUGH: StateFlags(closed=True),
    },
    (
        Move("offer", from_states(C.PENDING, C.UNKNOWN), C.OFFERED, ANSWER),
        Move("not_offer", from_states(C.PENDING, C.UNKNOWN), C.NOT_OFFERED, ANSWER, needs_reason=True),
        Move("lose_track", from_states(C.PENDING), C.UNKNOWN, SYSTEM),
        Move("accept", from_states(C.OFFERED), C.ACCEPTED, CONVERT),
        Move("decline", from_states(C.OFFERED), C.DECLINED, CONVERT, needs_reason=True),
        Move("expire", from_states(C.OFFERED), C.EXPIRED, SYSTEM),
        Move("withdraw_offer", from_states(C.OFFERED), C.WITHDRAWN_BY_EMPLOYER, ANSWER, needs_reason=True),
        Move("start", from_states(C.ACCEPTED), C.STARTED, CONVERT),
        Move("fall_through", from_states(C.ACCEPTED, C.STARTED), C.FELL_THROUGH, CONVERT, needs_reason=True),
    ),
)

KEEP_UP = "retention_check:change"
ASKING = (T.DUE, T.UNREACHABLE, T.CONFLICT)
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
        T.NOT_APPLICABLE: StateFlags(closed=True),
    },
    (
        Move("confirm", from_states(*ASKING), T.CONFIRMED, KEEP_UP),
        Move("record_leaving", from_states(*ASKING), T.LEFT, KEEP_UP, needs_reason=True),
        Move("try_reach", from_states(T.DUE), T.DUE, KEEP_UP),
        Move("give_up", from_states(T.DUE), T.UNREACHABLE, KEEP_UP, guard=was_tried_enough),
        Move("dispute", from_states(T.DUE, T.CONFIRMED, T.LEFT, T.UNREACHABLE), T.CONFLICT, KEEP_UP),
        Move("prove", from_states(T.CONFIRMED), T.CONFIRMED, KEEP_UP),
        Move("prove", from_states(T.LEFT), T.LEFT, KEEP_UP),
        Move("reschedule", from_states(T.DUE), T.DUE, SYSTEM),
        Move("lapse", from_states(*ASKING), T.NOT_APPLICABLE, SYSTEM),
        Move("close_as_left", from_states(*ASKING), T.LEFT, SYSTEM),
        Move("reopen", from_states(T.CONFIRMED, T.LEFT, T.UNREACHABLE, T.CONFLICT), T.DUE, KEEP_UP),
    ),
)

RECORD = "outcome:change"
OUTCOME = Machine(
    "outcome",
    Outcome,
    from_states(O.RECORDED),
    {O.RECORDED: StateFlags(won=True, closed=True), O.TAKEN_BACK: StateFlags(closed=True)},
    (
        Move("recognise", from_states(O.RECORDED), O.RECORDED, RECORD),
        Move("reject", from_states(O.RECORDED), O.RECORDED, RECORD, needs_reason=True),
        Move("take_back", from_states(O.RECORDED), O.TAKEN_BACK, RECORD, needs_reason=True),
        Move("reinstate", from_states(O.TAKEN_BACK), O.RECORDED, RECORD),
    ),
)

GUIDE = "guidance:change"
GUIDANCE = Machine(
    "guidance",
    Guidance,
    from_states(U.TOLD),
    {
        U.TOLD: StateFlags(open=True, waits_for="graduate"),
        U.APPLIED: StateFlags(open=True, waits_for="graduate"),
        U.NOT_APPLIED: StateFlags(closed=True),
        U.HIRED: StateFlags(won=True, closed=True),
        U.REJECTED: StateFlags(closed=True),
        U.UNKNOWN: StateFlags(open=True, waits_for="counselor"),
    },
    (
        Move("apply", from_states(U.TOLD, U.NOT_APPLIED, U.UNKNOWN), U.APPLIED, GUIDE),
        Move("not_apply", from_states(U.TOLD, U.UNKNOWN), U.NOT_APPLIED, GUIDE),
        Move("hire", from_states(U.APPLIED, U.UNKNOWN), U.HIRED, GUIDE),
        Move("reject", from_states(U.APPLIED, U.UNKNOWN), U.REJECTED, GUIDE),
        Move("lose_track", from_states(U.TOLD, U.APPLIED), U.UNKNOWN, GUIDE),
    ),
)

WORK = (PLACEMENT, CONVERSION, RETENTION, OUTCOME, GUIDANCE)
