"""Decides which people are scored together, and what each of them gets for every asked skill."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .arrays import Flags, Ints, sorting_order, spread
from .gains import Gains
from .preparing import Plan
from .sides import People

Codes = NDArray[Any]
# What the table of a block may take, and the most people that one is worth: their rows stay in the nearer memories.
_MOST_BYTES, _MOST_PEOPLE = 48_000_000, 4096


@dataclass(frozen=True, slots=True)
class Block:
    """Some people of a side, alike limits side by side; a person's place in the block is what all arrays go by.

    wanted: title numbers, shape (most titles of a person, people), 0 = none. holders: places of who has unit u, at
    unit_starts[u]:unit_starts[u + 1].
    """

    people: Ints
    places: Ints
    soft_class: Ints
    limit_class: Ints
    available: NDArray[np.int32]
    pay_min: NDArray[np.int32]
    wanted: Ints
    holders: Ints
    unit_starts: Ints

    def __len__(self) -> int:
        return len(self.people)

    @classmethod
    def of(cls, side: People, people: Ints, places: Ints) -> "Block":
        """A block of these people of a side; places: of all its people in the order of keys."""
        units, holders = _owned(side.skill_starts, side.units, people)
        titles, wishers = _owned(side.title_starts, side.titles, people)
        counts = np.bincount(wishers, minlength=len(people))
        wanted = np.zeros((int(counts.max(initial=0)), len(people)), np.int64)
        wanted[np.arange(len(wishers)) - np.repeat(np.cumsum(counts) - counts, counts), wishers] = titles
        return cls(
            people=people,
            places=places[people],
            soft_class=side.soft_class[people],
            limit_class=side.limit_class[people],
            available=side.available[people].astype(np.int32),
            pay_min=side.pay_min[people].astype(np.int32),
            wanted=wanted,
            holders=holders[sorting_order(units, int(units.max(initial=0)) + 1)],
            unit_starts=np.concatenate(([0], np.cumsum(np.bincount(units)))).astype(np.int64),
        )


def cut_blocks(plan: Plan, people: Ints) -> Iterator[Block]:
    """The given people in blocks, sorted by their class of limits, so that a block has few."""
    bytes_each = plan.gains.width * np.dtype(plan.gains.values.kind).itemsize + len(plan.allowed.T)
    size = int(np.clip(_MOST_BYTES // max(1, bytes_each), 1, _MOST_PEOPLE))
    order = people[np.lexsort((plan.people_places[people], plan.people.limit_class[people]))]
    for start in range(0, len(order), size):
        yield Block.of(plan.people, order[start : start + size], plan.people_places)


class Holdings:
    """What each person of one block gets for each column: `codes` of shape (columns, people), and whether anybody gets
    anything. Keeps its memory from block to block, because fresh pages cost more than what is written there."""

    def __init__(self, gains: Gains) -> None:
        self._gains = gains
        self._given = gains.codes.astype(gains.values.kind)
        self._buffer = np.zeros(0, gains.values.kind)
        self._cells: Ints = np.zeros(0, np.int64)
        self.codes: Codes = self._buffer.reshape(0, 0)
        self.reached: Flags = np.zeros(0, np.bool_)

    def fill(self, block: Block) -> None:
        """The table of a block, in place of the one before. O(skills x columns that each gives something)."""
        gains, count = self._gains, len(block)
        self._buffer[self._cells] = 0
        if len(self._buffer) < gains.width * count:
            self._buffer = np.zeros(gains.width * count, self._buffer.dtype)
        starts = block.unit_starts.take(gains.units, mode="clip")
        sizes = block.unit_starts.take(gains.units + 1, mode="clip") - starts
        held = sizes.nonzero()[0]
        starts, sizes, columns = starts[held], sizes[held], gains.columns[held]
        self._cells = np.repeat(columns * count, sizes)
        self._cells += block.holders[spread(starts, sizes)]
        # Several skills may give the same column something: the best counts. `Gains` has it last, and of values for one
        # place NumPy keeps the last.
        self._buffer[self._cells] = np.repeat(self._given[held], sizes)
        self.codes = self._buffer[: gains.width * count].reshape(gains.width, count)
        self.reached = np.bincount(columns, minlength=gains.width) > 0


def _owned(starts: Ints, values: Ints, people: Ints) -> tuple[Ints, Ints]:
    """The values of each of the people, and the place of the person among them."""
    sizes = starts[people + 1] - starts[people]
    return values[spread(starts[people], sizes)], np.repeat(np.arange(len(people)), sizes)
