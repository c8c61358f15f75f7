"""Decides which pairs enter and leave the lists when one graduate or one opening has changed, without a whole run.

Both sides are treated alike: the changed one is "mine", the other side's rows are "theirs". Every list holds the k
best by score, ties going to the lower id, so the outcome equals that of a whole run.
"""

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

Scored = dict[int, float]


class Listed(NamedTuple):
    """One stored pair that counts in the lists: who of my side, who of theirs, its score 0..100."""

    mine: int
    theirs: int
    score: float


class Relisting(NamedTuple):
    """What the change does: my new pairs with their scores, pairs of others pushed out, and lists to be refilled."""

    mine: Scored
    pushed_out: set[tuple[int, int]]
    refill: set[int]


def best(scores: Scored, k: int) -> list[int]:
    """The k best keys, highest score first, ties by the lower key."""
    return sorted(scores, key=lambda key: (-scores[key], key))[:k]


def relist(changed: int, new_scores: Scored, stored: Iterable[Listed], k: int) -> Relisting:
    """What changes when row `changed` of my side now has `new_scores` (their id → score, eligible pairs only).

    `stored` are all listed pairs, with true scores but for rows whose own change is still to come; what the changes
    before this one left over is pushed out too. A list of theirs must be refilled by the engine where `changed` was
    on it, it was full, and the score fell: only then could an unlisted pair come up. O(stored).
    """
    their_lists, my_lists = _by_both_sides(stored)

    @cache
    def list_of_mine(mine: int) -> set[int]:
        return set(best(my_lists[mine], k))

    joined = set(best(new_scores, k))
    pushed_out: set[tuple[int, int]] = set()
    refill: set[int] = set()
    for theirs in new_scores.keys() | my_lists.get(changed, {}).keys():
        before = their_lists.get(theirs, {})
        old, new = before.get(changed), new_scores.get(theirs)
        was_listed = changed in best(before, k)
        if was_listed and len(before) >= k and (new is None or (old is not None and new < old)):
            refill.add(theirs)
            continue
        after = {key: score for key, score in before.items() if key != changed}
        if new is not None:
            after[changed] = new
        kept = set(best(after, k))
        if changed in kept:
            joined.add(theirs)
        dropped = after.keys() - kept - {changed}
        pushed_out |= {(mine, theirs) for mine in dropped if theirs not in list_of_mine(mine)}
    return Relisting({theirs: new_scores[theirs] for theirs in joined}, pushed_out, refill)


def _by_both_sides(stored: Iterable[Listed]) -> tuple[dict[int, Scored], dict[int, Scored]]:
    their_lists: dict[int, Scored] = {}
    my_lists: dict[int, Scored] = {}
    for pair in stored:
        their_lists.setdefault(pair.theirs, {})[pair.mine] = pair.score
        my_lists.setdefault(pair.mine, {})[pair.theirs] = pair.score
    return their_lists, my_lists
