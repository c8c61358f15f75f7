"""Decides which words of an order are refused before anybody is given a seat: odd lists, odd seats, strangers."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, repeat

import numpy as np

from ..arrays import Ints
from ..errors import AssignmentError

Wishes = Mapping[str, Sequence[str]]
UNKNOWN = -1


def check_seats(seats: Mapping[str, int]) -> None:
    """Raise AssignmentError unless every opening has a whole number of seats, 0 or more."""
    if not isinstance(seats, Mapping):
        raise AssignmentError(f"seats must say a number for each opening, not {seats!r}")
    if any(isinstance(n, bool) or not isinstance(n, int) or n < 0 for n in seats.values()):
        raise AssignmentError("seats must be whole numbers of 0 or more")


def check_lists(field: str, lists: Wishes) -> None:
    """Raise AssignmentError unless every key has a list of keys."""
    if not isinstance(lists, Mapping):
        raise AssignmentError(f"{field} must say a list of keys for each key, not {lists!r}")
    for key, values in lists.items():
        if isinstance(values, str) or not isinstance(values, Sequence):
            raise AssignmentError(f"{field} of {key!r} must be a list of keys, not {values!r}")


def pairs_of(field: str, pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """The pairs (candidate, opening), each once. Raises AssignmentError for anything else."""
    given = tuple(dict.fromkeys(pairs))
    for pair in given:
        if isinstance(pair, str) or len(pair) != 2 or not all(isinstance(key, str) for key in pair):
            raise AssignmentError(f"{field} must be pairs (candidate, opening), not {pair!r}")
    return given


def check_known(keys: Iterable[str], known: Mapping[str, int]) -> None:
    """Raise AssignmentError for a key that is not in the run."""
    strangers = sorted({*keys} - known.keys())
    if strangers:
        raise AssignmentError(f"not in this run: {', '.join(map(repr, strangers[:3]))}")


def flat_lists(lists: Wishes, owners: Mapping[str, int], others: Mapping[str, int]) -> tuple[Ints, Ints, Ints]:
    """Lists as columns: owner's number, number of whom it names, place on the list from 0; unknown names left out.

    int64, length of all lists; a name given twice stands twice. O(length of all lists).
    """
    lengths = np.fromiter(map(len, lists.values()), np.int64, len(lists))
    named = map(others.get, chain.from_iterable(lists.values()), repeat(UNKNOWN))
    numbers = np.fromiter(named, np.int64, int(lengths.sum()))
    owner = np.repeat(np.fromiter((owners[key] for key in lists), np.int64, len(lists)), lengths)
    place = np.arange(len(numbers)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    known = numbers != UNKNOWN
    return owner[known], numbers[known], place[known]
