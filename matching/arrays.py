"""Decides what the engine's columns are made of, and how many short runs of them are walked at once."""

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


def spread(starts: Ints, sizes: Ints) -> Ints:
    """The numbers start, start + 1, … (size of them) for every start, one after another."""
    ends = np.cumsum(sizes)
    return np.repeat(starts - (ends - sizes), sizes) + np.arange(ends[-1] if len(ends) else 0)


def sorting_order(numbers: Ints, below: int) -> Ints:
    """The order that sorts whole numbers from 0 to below, equal ones as they came."""
    # Stable sorting of 16-bit numbers is counting, ten times as fast.
    return np.argsort(numbers.astype(np.uint16) if below <= 1 << 16 else numbers, kind="stable")
