"""Decides which people may take which openings at all, as far as place, remote work and employment type say."""

from collections.abc import Sequence

import numpy as np

from .arrays import Flags, Ints
from .profiles import EMPLOYMENT_TYPES, OFFERED_REMOTE
from .regions import contains, places_of
from .sides import LIMIT_SHAPE, OFFER_SHAPE, PeopleNames, PostNames

_ANY_TYPE = (1 << len(EMPLOYMENT_TYPES)) - 1


def find_allowed(people: PeopleNames, posts: PostNames) -> Flags:
    """Whether each class of people may take each offer, shape (classes, offers)."""
    return allowed_between(people, people.limits.values(), posts, posts.offers.values())


def allowed_between(people: PeopleNames, limits: Sequence[int], posts: PostNames, offers: Sequence[int]) -> Flags:
    """The same for some classes of limits and some offers. O(wished x offered regions + classes x offers)."""
    region_set, remote_only, wished_types = _parts(limits, LIMIT_SHAPE)
    region, remote, offered_type = _parts(offers, OFFER_SHAPE)
    is_remote = remote == OFFERED_REMOTE.index("remote")
    allowed: Flags = _covered(people, region_set, posts, region) | is_remote
    allowed &= (remote_only[:, None] == 0) | is_remote
    types = np.where(offered_type == 0, _ANY_TYPE, 1 << np.maximum(offered_type - 1, 0))
    allowed &= (wished_types[:, None] == 0) | ((wished_types[:, None] & types) != 0)
    return allowed


def _parts(keys: Sequence[int], shape: tuple[int, ...]) -> tuple[Ints, ...]:
    return np.unravel_index(np.array(keys, np.int64), shape)


def _covered(people: PeopleNames, region_sets: Ints, posts: PostNames, regions: Ints) -> Flags:
    """Whether each set of wished regions holds each offered region; a region that is not said lies everywhere."""
    wished, offered, sets = people.regions.values(), posts.regions.values(), people.region_sets.values()
    numbers, at = np.unique(regions, return_inverse=True)
    table = np.ones((len(region_sets), len(numbers)), np.bool_)
    holds: dict[int, Flags] = {}
    for row, number in enumerate(region_sets.tolist()):
        named = [region for region in sets[number] if places_of(wished[region]) is not None]
        for region in named:
            if region not in holds:
                holds[region] = np.array([n == 0 or contains(wished[region], offered[n]) for n in numbers.tolist()])
        if named:
            table[row] = np.any([holds[region] for region in named], axis=0)
    return table[:, at]
