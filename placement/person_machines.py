"""Decides how a graduate, a suggestion, a placement and a conversion may change: their states and moves. Runs none."""

from employers.moves import Machine, Move, StateFlags, from_states
from placement.enums import GraduateState as G
from placement.enums import SuggestionState as S
from placement.models import Graduate, Suggestion

GRADUATE = Machine(
    "graduate",
    Graduate,
    from_states(G.IN_TRAINING, G.READY),
    {
        G.IN_TRAINING: StateFlags(open=True, waits_for="graduate"),
        G.READY: StateFlags(open=True, waits_for="counselor"),
        G.PAUSED: StateFlags(waits_for="graduate"),
        G.LEFT_PROGRAMME: StateFlags(closed=True),
    },
    (
        Move("complete", from_states(G.IN_TRAINING), G.READY, "graduate:change"),
        Move("pause", from_states(G.READY), G.PAUSED, "graduate:change", needs_reason=True),
        Move("resume", from_states(G.PAUSED), G.READY, "graduate:change"),
        Move(
            "leave",
            from_states(G.IN_TRAINING, G.READY, G.PAUSED),
            G.LEFT_PROGRAMME,
            "graduate:change",
            needs_reason=True,
        ),
        Move("return", from_states(G.LEFT_PROGRAMME), G.READY, "graduate:change"),
    ),
)

SUGGESTION = Machine(
    "suggestion",
    Suggestion,
    from_states(S.NEW),
    {
        S.NEW: StateFlags(open=True, waits_for="counselor"),
        S.SHORTLISTED: StateFlags(open=True, waits_for="counselor"),
        S.SNOOZED: StateFlags(open=True, waits_for="nobody"),
        S.DISMISSED: StateFlags(closed=True),
    },
    (
        Move("shortlist", from_states(S.NEW, S.SNOOZED), S.SHORTLISTED, "suggestion:decide"),
        Move(
            "dismiss", from_states(S.NEW, S.SHORTLISTED, S.SNOOZED), S.DISMISSED, "suggestion:decide", needs_reason=True
        ),
        Move("snooze", from_states(S.NEW, S.SHORTLISTED), S.SNOOZED, "suggestion:decide"),
        Move("reopen", from_states(S.DISMISSED, S.SHORTLISTED, S.SNOOZED), S.NEW, "suggestion:decide"),
    ),
)
