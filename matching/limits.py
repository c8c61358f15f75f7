"""Decides which people may take which openings at all, as far as place, remote work and employment type say."""

from collections.abc import Sequence

import numpy as np

from .arrays import Flags, Ints
from .profiles import EMPLOYMENT_TYPES, OFFERED_REMOTE
from .regions import contains, places_of
from .sides import PeopleNames, PostNames

_ANY_TYPE = (1 << len(EMPLOYMENT_TYPES)) - 1


def find_allowed(people: PeopleNames, posts: PostNames) -> Flags:
    """Whether each class of people may take each offer, shape (classes, offers)."""
    return allowed_between(people, people.limits.values(), posts, posts.offers.values())


def allowed_between(
    people: PeopleNames,
    classes: Sequence[tuple[int, int, int]],
    posts: PostNames,
    offers: Sequence[tuple[int, int, int]],
) -> Flags:
    """The same for some classes and offers. O(wished x offered regions + classes x offers)."""
    wished, offered = _columns(classes), _columns(offers)
    covered = _covered(people.region_sets.values(), posts.regions.values())
    is_remote = offered[:, 1] == OFFERED_REMOTE.index("remote")
    allowed: Flags = covered[wished[:, :1], offered[None, :, 0]] | is_remote
    allowed &= (wished[:, 1:2] == 0) | is_remote
    types = np.where(offered[:, 2] < 0, _ANY_TYPE, 1 << np.maximum(offered[:, 2], 0))
    allowed &= (wished[:, 2:3] == 0) | ((wished[:, 2:3] & types) != 0)
    return allowed


def _columns(rows: Sequence[tuple[int, int, int]]) -> Ints:
    return np.array(rows, np.int64).reshape(-1, 3)


def _covered(region_sets: Sequence[tuple[str, ...]], offered: Sequence[str]) -> Flags:
    """Whether each set of wished regions holds each offered region; the last column stands for "no region said"."""
    table = np.ones((len(region_sets), len(offered) + 1), np.bool_)
    wished = sorted({region for regions in region_sets for region in regions if places_of(region) is not None})
    holds = {region: np.array([contains(region, other) for other in offered], np.bool_) for region in wished}
    for row, regions in enumerate(region_sets):
        limits = [holds[region] for region in regions if region in holds]
        if limits:
            table[row, :-1] = np.any(limits, axis=0)
    return table
