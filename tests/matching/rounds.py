"""Decides how random small rounds look, and solves them by trying everything: few people, many ties, every kind of term."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from hypothesis import strategies as st

from matching.ranking import Matches, Ranked

Pair = tuple[str, str]
Seated = dict[str, str]
SCORES = [0.0, 10.0, 20.5, 20.5000004, 80.0, 100.0]


@dataclass
class Round:
    """Scores of eligible pairs, seats, and the terms as `assign` takes them."""

    scores: dict[Pair, float]
    seats: dict[str, int]
    people: list[str]
    wishes: dict[str, list[str]] = field(default_factory=dict)
    rankings: dict[str, list[str]] = field(default_factory=dict)
    pinned: list[Pair] = field(default_factory=list)
    forbidden: list[Pair] = field(default_factory=list)

    @property
    def matches(self) -> Matches:
        return matches_of(self.people, self.seats, self.scores)

    @property
    def terms(self) -> dict:
        names = ("wishes", "rankings", "pinned", "forbidden")
        return {name: getattr(self, name) for name in names}

    def is_acceptable(self, pair: Pair) -> bool:
        person, post = pair
        return (
            pair in self.scores
            and pair not in self.forbidden
            and post in self.wishes.get(person, [post])
            and person in self.rankings.get(post, [person])
        )

    def wish(self, person: str, post: str) -> float:
        """How much the person likes the opening; higher is more."""
        return -self.wishes[person].index(post) if person in self.wishes else self.scores[person, post]

    def rank(self, post: str, person: str) -> float:
        return -self.rankings[post].index(person) if post in self.rankings else self.scores[person, post]

    def fit(self, seated: Seated) -> float:
        return sum(self.scores.get(pair, 0.0) for pair in seated.items())

    def allocations(self) -> Iterator[Seated]:
        """Everything that the terms allow."""
        pins = dict(self.pinned)
        choices = [
            [pins[c]] if c in pins else [None, *(o for o in self.seats if self.is_acceptable((c, o)))]
            for c in self.people
        ]
        for choice in itertools.product(*choices):
            if all(choice.count(post) <= n for post, n in self.seats.items()):
                yield {c: o for c, o in zip(self.people, choice, strict=True) if o is not None}

    def best(self) -> tuple[int, float]:
        """The most people, then the greatest total."""
        return max((len(seated), round(self.fit(seated), 8)) for seated in self.allocations())

    def would_swap(self, seated: Seated, *, by_key: bool = False) -> set[Pair]:
        """The pairs that both would rather have; `by_key`: equals are ordered by key, so that nobody is indifferent."""

        def wish(c: str, o: str) -> tuple:
            return (self.wish(c, o), -sorted(self.seats).index(o)) if by_key else (self.wish(c, o),)

        def rank(o: str, c: str) -> tuple:
            return (self.rank(o, c), -sorted(self.people).index(c)) if by_key else (self.rank(o, c),)

        found, fixed = set(), dict(self.pinned)
        for c, o in itertools.product(self.people, self.seats):
            if c in fixed or seated.get(c) == o or not self.is_acceptable((c, o)):
                continue
            inside = [other for other, post in seated.items() if post == o and other not in fixed]
            room = self.seats[o] - sum(post == o for post in fixed.values())
            would_come = c not in seated or wish(c, o) > wish(c, seated[c])
            if would_come and (len(inside) < room or any(rank(o, c) > rank(o, other) for other in inside)):
                found.add((c, o))
        return found


def matches_of(people: list[str], seats: dict[str, int], scores: dict[Pair, float]) -> Matches:
    """A run with exactly these pairs on its lists."""
    posts = list(seats)
    listed = sorted((people.index(c), -s, posts.index(o)) for (c, o), s in scores.items())
    rows, gains, columns = (np.array(column) for column in zip(*listed, strict=True)) if listed else ([], [], [])
    of_candidates = Ranked(np.array(rows, np.int64), np.array(columns, np.int64), -np.array(gains, np.float64))
    nothing = Ranked(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))
    return Matches(tuple(people), tuple(posts), np.array(list(seats.values()), np.int64), 20, of_candidates, nothing)


@st.composite
def rounds(draw: st.DrawFn, people: int = 4, posts: int = 3, *, plain: bool = False) -> Round:
    """A round; plain: without own lists, pins and forbidden pairs."""
    # Keys in an order of their own: whoever is given first is not first by key.
    names = draw(st.permutations([f"c{n}" for n in range(draw(st.integers(1, people)))]))
    titles = draw(st.permutations([f"o{n}" for n in range(draw(st.integers(1, posts)))]))
    pairs = list(itertools.product(names, titles))
    drawn = draw(st.lists(st.none() | st.sampled_from(SCORES), min_size=len(pairs), max_size=len(pairs)))
    scores = {pair: score for pair, score in zip(pairs, drawn, strict=True) if score is not None}
    made = Round(scores, {o: draw(st.integers(0, 2)) for o in titles}, names)
    if plain:
        return made
    for owners, others, lists in ((names, titles, made.wishes), (titles, names, made.rankings)):
        for owner in owners:
            if draw(st.integers(0, 2)) == 0:
                lists[owner] = draw(st.lists(st.sampled_from(others), unique=True))
    room = dict(made.seats)
    for c, o in draw(st.lists(st.sampled_from(pairs), max_size=2, unique_by=lambda pair: pair[0])):
        if room[o] > 0:
            room[o] -= 1
            made.pinned.append((c, o))
    made.forbidden += [pair for pair in draw(st.lists(st.sampled_from(pairs), max_size=2)) if pair not in made.pinned]
    return made
