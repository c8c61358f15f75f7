"""Decides how a machine is drawn from its table: a box and a line down for each state, a row across for each move.

A graph with sixteen states and as many ways back cannot be read; a ladder can, and nothing on it ever overlaps: states
stand side by side in the order of the table, each move has a row of its own. All lengths are in px of the SVG.
"""

from typing import NamedTuple

from employers.moves import Machine, Move, StateFlags
from placement.access import PERMISSIONS
from placement.enums import LinkPurpose
from placement.links import SCOPES
from placement.states import MACHINES, SYSTEM
from placement.texts import N_, _, describe_move, label

KINDS = {
    "agreement": N_("협약"),
    "opening": N_("채용공고"),
    "graduate": N_("수료생"),
    "suggestion": N_("추천"),
    "referral": N_("알선"),
    "consent": N_("정보 제공 동의"),
    "placement": N_("인턴·취업"),
    "conversion": N_("정규직 전환"),
    "retention_check": N_("사후관리"),
    "outcome": N_("알선 밖의 결과"),
    "guidance": N_("외부 공고 안내"),
    "agreement_document": N_("협약 문서"),
    "account": N_("계정"),
    "hand_over": N_("인수인계"),
    "internship_agreement": N_("인턴 협약서"),
    "assessment": N_("인턴 평가"),
}
WIDE_SIGN, NARROW_SIGN, PADDING = 14.0, 8.0, 10
BOX_HEIGHT, LABEL_HEIGHT, ROW, GAP, MARGIN = 32, 20, 48, 14, 12
LOOP, NARROWEST = 14, 104


class Box(NamedTuple):
    """Words in a frame; `tone` is open, won or closed for a state, move for a move; `name` is the code it stands for."""

    name: str
    words: str
    tone: str
    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        """The x of its line down, or of its words."""
        return self.x + self.width / 2


class Arrow(NamedTuple):
    """One move: its label, the x of each source and of the target, the y of its line; a loop comes back to its source."""

    move: Move
    label: Box
    sources: tuple[float, ...]
    target: float
    y: float

    @property
    def is_loop(self) -> bool:
        return self.target in self.sources

    @property
    def ends(self) -> tuple[float, float]:
        """From where to where the line is drawn."""
        return min(*self.sources, self.target), max(*self.sources, self.target)

    @property
    def heads(self) -> list[str]:
        """The points of each arrow head at the target: from the left, from the right, or both."""
        sides = [8 * step for step in (-1, 1) if any((x - self.target) * step > 0 for x in self.sources)]
        return [
            f"{self.target},{self.y} {self.target + side},{self.y - 5} {self.target + side},{self.y + 5}"
            for side in sides
        ]

    @property
    def loop(self) -> str:
        """The path of a loop beside the line of its state."""
        return f"M{self.target},{self.y - LOOP / 2} h{LOOP} v{LOOP} h-{LOOP - 8}"


class Line(NamedTuple):
    """One move in words, for the table below the picture."""

    words: str
    sources: str
    target: str
    who: str
    needs_reason: bool


class Picture(NamedTuple):
    """A whole machine."""

    entity: str
    words: str
    width: float
    height: float
    states: list[Box]
    feet: list[Box]
    arrows: list[Arrow]
    lines: list[Line]


def pictures() -> list[Picture]:
    """Every machine of the service, from its own table."""
    return [picture_of(machine) for machine in MACHINES.values()]


def picture_of(machine: Machine) -> Picture:
    """One machine; long ones name their states at the foot once more."""
    boxes = _boxes(machine, MARGIN)
    by_state = {box.name: box for box in boxes}
    right = boxes[-1].x + boxes[-1].width
    arrows = [_arrow(machine, move, row, by_state, right) for row, move in enumerate(machine.moves)]
    width = max([right, *(arrow.label.x + arrow.label.width for arrow in arrows)]) + LOOP + MARGIN
    bottom = MARGIN + BOX_HEIGHT + ROW * len(arrows) + MARGIN
    words = _(KINDS.get(machine.entity, machine.entity))
    feet = _boxes(machine, bottom)
    lines = [_line(machine, move) for move in machine.moves]
    return Picture(machine.entity, words, width, bottom + BOX_HEIGHT + MARGIN, boxes, feet, arrows, lines)


def width_of(words: str) -> float:
    """How wide words are at most: Hangul is wide, Latin narrow."""
    return sum(WIDE_SIGN if sign > "\u1100" else NARROW_SIGN for sign in words) + 2 * PADDING


def _boxes(machine: Machine, y: float) -> list[Box]:
    boxes, x = [], float(MARGIN)
    for state, flags in machine.states.items():
        words = label(state)
        boxes.append(Box(str(state), words, _tone(flags), x, y, max(NARROWEST, width_of(words)), BOX_HEIGHT))
        x += boxes[-1].width + GAP
    return boxes


def _tone(flags: StateFlags) -> str:
    return "won" if flags.won else "closed" if flags.closed else "open"


def _arrow(machine: Machine, move: Move, row: int, states: dict[str, Box], right: float) -> Arrow:
    top = MARGIN + BOX_HEIGHT + ROW * row + 10
    sources = tuple(sorted(states[str(state)].middle for state in move.sources))
    target = states[str(move.target)].middle
    words = describe_move(machine.entity, move.name)
    width = width_of(words)
    first, last = min(*sources, target), max(*sources, target)
    wished = first + GAP if last - first > 2 * width else (first + last - width) / 2  # in sight where the line begins
    x = max(float(MARGIN), min(wished, right - width))
    box = Box(move.name, words, "move", x, top, width, LABEL_HEIGHT)
    return Arrow(move, box, sources, target, top + LABEL_HEIGHT + 9)


def _line(machine: Machine, move: Move) -> Line:
    sources = [label(state) for state in machine.states if state in move.sources]
    target = next(label(state) for state in machine.states if state == move.target)
    words = describe_move(machine.entity, move.name)
    return Line(words, ", ".join(sources), target, ", ".join(who_may(machine, move)), move.needs_reason)


def who_may(machine: Machine, move: Move) -> list[str]:
    """Who makes a move: the roles that may, whoever holds a link for it, or time."""
    if move.permission == SYSTEM:
        return [_("자동 처리")]
    roles = [label(role) for role, held in PERMISSIONS.items() if move.permission in held]
    scopes = [SCOPES[purpose] for purpose in LinkPurpose if purpose in SCOPES]
    sides = [
        side for scope in scopes if scope.table is machine.table and move.name in scope.moves for side in scope.sides
    ]
    return roles + [_("%(side)s(링크로)", side=label(side)) for side in dict.fromkeys(sides)]
