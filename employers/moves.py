"""Decides how a company's agreement and opening may change: their states and moves. Runs none of them."""

from collections.abc import Callable
from typing import Any, NamedTuple

from employers.enums import AgreementState, OpeningState
from employers.models import Agreement, Opening


class Refusal(NamedTuple):
    """Why a move may not happen now: a code, and values for its sentence."""

    code: str
    values: dict[str, Any] = {}


Guard = Callable[[Any], Refusal | None]


class StateFlags(NamedTuple):
    """What a state means to everyone: code asks these, never the state's name."""

    open: bool = False
    waits_for: str = "nobody"
    holds_seat: bool = False
    won: bool = False
    closed: bool = False


class Move(NamedTuple):
    """One row of the table of moves. `guard` looks at the row with the columns that the move brings, and may refuse it
    the target state."""

    name: str
    sources: frozenset[str]
    target: str
    permission: str
    needs_reason: bool = False
    guard: Guard | None = None


class Machine(NamedTuple):
    """A kind of row that has a state: its table, its states with their flags, its moves."""

    entity: str
    table: type[Any]
    initial: frozenset[str]
    states: dict[str, StateFlags]
    moves: tuple[Move, ...]


def from_states(*states: str) -> frozenset[str]:
    return frozenset(states)


def agreement_is_signed(agreement: Agreement) -> Refusal | None:
    """An agreement is in force from the day both have signed."""
    return None if agreement.signed_on else Refusal("agreement_not_signed")


def opening_has_free_seat(opening: Opening) -> Refusal | None:
    """An opening that is full cannot be open."""
    return (
        None
        if opening.seats_taken + opening.seats_held < opening.seats
        else Refusal("opening_is_full", {"seats": opening.seats})
    )


AGREEMENT = Machine(
    "agreement",
    Agreement,
    from_states(AgreementState.DRAFT),
    {
        AgreementState.DRAFT: StateFlags(open=True, waits_for="company"),
        AgreementState.IN_FORCE: StateFlags(open=True, won=True),
        AgreementState.ENDED: StateFlags(closed=True),
    },
    (
        Move(
            "enter_into_force",
            from_states(AgreementState.DRAFT),
            AgreementState.IN_FORCE,
            "agreement:change",
            guard=agreement_is_signed,
        ),
        Move("expire", from_states(AgreementState.IN_FORCE), AgreementState.ENDED, "system"),
        Move(
            "terminate",
            from_states(AgreementState.DRAFT, AgreementState.IN_FORCE),
            AgreementState.ENDED,
            "agreement:change",
            needs_reason=True,
        ),
    ),
)

OPENING = Machine(
    "opening",
    Opening,
    from_states(OpeningState.DRAFT),
    {
        OpeningState.DRAFT: StateFlags(waits_for="company"),
        OpeningState.OPEN: StateFlags(open=True, waits_for="counselor"),
        OpeningState.PAUSED: StateFlags(waits_for="company"),
        OpeningState.CLOSED: StateFlags(closed=True),
    },
    (
        Move(
            "publish", from_states(OpeningState.DRAFT), OpeningState.OPEN, "opening:change", guard=opening_has_free_seat
        ),
        Move("pause", from_states(OpeningState.OPEN), OpeningState.PAUSED, "opening:change"),
        Move(
            "resume", from_states(OpeningState.PAUSED), OpeningState.OPEN, "opening:change", guard=opening_has_free_seat
        ),
        Move("fill", from_states(OpeningState.OPEN, OpeningState.PAUSED), OpeningState.CLOSED, "system"),
        Move("expire", from_states(OpeningState.OPEN, OpeningState.PAUSED), OpeningState.CLOSED, "system"),
        Move(
            "cancel",
            from_states(OpeningState.DRAFT, OpeningState.OPEN, OpeningState.PAUSED),
            OpeningState.CLOSED,
            "opening:change",
            needs_reason=True,
        ),
        Move(
            "reopen", from_states(OpeningState.CLOSED), OpeningState.OPEN, "opening:change", guard=opening_has_free_seat
        ),
    ),
)
