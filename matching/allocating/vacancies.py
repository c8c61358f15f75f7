"""Decides what one seat or one pair more would change where nobody may rather swap: the seats and people that move on."""

from bisect import insort
from typing import NamedTuple

import numpy as np

from ..arrays import Ints
from .judging import left_over_seats
from .terms import NOWHERE, Terms


class Asking(NamedTuple):
    """A person before an opening: ordered as the opening likes people, the best first."""

    dislike: float
    person: int


class Vacancies:
    """What moves on from a stable allocation. Every stable allocation of the same terms seats the same people (Roth, "On
    the allocation of residents to rural hospitals", 1986), so it is enough to follow one chain to its end. A chain takes
    O(pairs) at worst, plain Python."""

    def __init__(self, terms: Terms, held: Ints) -> None:
        people, posts = terms.market.people, terms.market.posts
        self._people, self._posts, self._ranked = people.tolist(), posts.tolist(), terms.ranked.tolist()
        self._held, self._left = held.tolist(), left_over_seats(terms, held).tolist()
        self._wish_order, self._rank_order = terms.wish_order.tolist(), terms.rank_order.tolist()
        self._place = np.argsort(terms.wish_order).tolist()
        self._last = np.searchsorted(people[terms.wish_order], np.arange(len(held)), side="right").tolist()
        self._bounds = np.searchsorted(posts[terms.rank_order], np.arange(len(terms.free) + 1)).tolist()
        self._inside: list[list[Asking]] = [[] for _ in self._left]
        for pair in held[held != NOWHERE].tolist():
            insort(self._inside[self._posts[pair]], self._asking(pair))

    def placed_by_seat(self, post: int) -> int:
        """The person without a seat who would get one if this opening had one seat more; NOWHERE for nobody.

        The opening asks down its list for whoever would rather come; his old seat is free then and asks on (Blum, Roth
        and Rothblum, "Vacancy chains and equilibration in senior-level labor markets", 1997).
        """
        moved: dict[int, int] = {}
        while post != NOWHERE:
            pair = self._first_who_would_come(post, moved)
            if pair == NOWHERE:
                return NOWHERE
            person = self._people[pair]
            now = moved.get(person, self._held[person])
            if now == NOWHERE:
                return int(person)
            moved[person], post = pair, self._posts[now]
        return NOWHERE

    def placed_by_pair(self, person: int, post: int, score: float, like: float) -> tuple[bool, int]:
        """Whether a person without a seat would get one if this pair, liked so much by the opening, were acceptable, and
        who would lose his (NOWHERE for nobody): whoever is sent away asks on down his list."""
        del score
        inside: dict[int, list[Asking]] = {}
        asked = {person: NOWHERE}
        asking = Asking(-like, person)
        while True:
            if self._left[post] > 0:
                return True, NOWHERE
            room = inside.setdefault(post, list(self._inside[post]))
            insort(room, asking)
            sent_away = room.pop().person
            if sent_away == person:
                return False, NOWHERE
            place = self._place[asked.get(sent_away, self._held[sent_away])] + 1
            if place == self._last[sent_away]:
                return True, sent_away
            pair = asked[sent_away] = self._wish_order[place]
            post, asking = self._posts[pair], self._asking(pair)

    def _first_who_would_come(self, post: int, moved: dict[int, int]) -> int:
        for pair in self._rank_order[self._bounds[post] : self._bounds[post + 1]]:
            now = moved.get(self._people[pair], self._held[self._people[pair]])
            if now == NOWHERE or self._place[pair] < self._place[now]:
                return int(pair)
        return NOWHERE

    def _asking(self, pair: int) -> Asking:
        return Asking(-self._ranked[pair], self._people[pair])
