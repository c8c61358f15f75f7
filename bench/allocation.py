"""Measures whole-cohort rounds: ours beside greedy and SciPy, in CPU seconds of one process and as a share of the optimum.

`python -m bench.allocation [--small] [--json]`: people x openings of 1,000 x 200, 10,000 x 1,000 and 100,000 x 5,000
(--small: the first alone), 20 openings a person, popular ones first (Zipf), with two kinds of seats: about as many as
there are people, and 1 to 5 an opening. Exit status 1 where a round of 100,000 people takes more than 5 seconds, where
ours is not proven to be the best, or where SciPy, where it can, finds another total.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import cached_property

import numpy as np
import scipy.sparse as sp
from scipy.optimize import linear_sum_assignment
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

import matching
from matching.ranking import Matches, Ranked

SIZES = ((1_000, 200), (10_000, 1_000), (100_000, 5_000))
EDGES = 20
MOST_SECONDS = 5.0
MOST_ARCS = 3_000_000  # pairs times seats: what the bipartite matcher of SciPy takes in some seconds
MOST_CELLS = 5_000_000  # people times seats: what its dense one does


@dataclass(frozen=True)
class Line:
    """One way to allocate one round: CPU seconds, people placed, total fit, and that as a share (0-1) of the optimum; None
    where no fit is known."""

    people: int
    openings: int
    seats: str
    way: str
    seconds: float
    placed: int
    fit: float | None
    share: float | None


class Round:
    """A made-up round. people, posts, scores: one entry a pair, by person; scores 0..100 with two decimals."""

    def __init__(self, people: int, openings: int, kind: str, seed: int = 3) -> None:
        random = np.random.default_rng(seed)
        wanted = 1 / (np.arange(openings) + openings * 0.05)
        drawn = random.choice(openings, people * EDGES, p=wanted / wanted.sum())
        codes = np.unique(np.repeat(np.arange(people), EDGES) * openings + drawn)
        self.kind, self.size = kind, (people, openings)
        self.people, self.posts = codes // openings, codes % openings
        own, common = random.random(len(codes)), random.random(openings)[self.posts]
        self.scores = np.round(30 + 50 * own + 20 * common, 2)
        most = 5 if kind == "1-5" else max(1, 2 * people // openings - 1)
        self.seats = random.integers(1, most + 1, openings)

    @cached_property
    def matches(self) -> Matches:
        """The run that has these pairs on its lists."""
        order = np.lexsort((-self.scores, self.people))
        nothing = np.zeros(0, np.int64)
        return Matches(
            candidate_keys=tuple(f"C{n:06}" for n in range(self.size[0])),
            opening_keys=tuple(f"O{n:06}" for n in range(self.size[1])),
            seats=self.seats,
            k=EDGES,
            candidate_lists=Ranked(self.people[order], self.posts[order], self.scores[order]),
            opening_lists=Ranked(nothing, nothing, np.zeros(0)),
        )

    @cached_property
    def lists(self) -> tuple[dict[str, list[str]], dict[str, list[str]], dict[str, int]]:
        """The same as wishes, rankings and seats by key."""
        names, titles = self.matches.candidate_keys, self.matches.opening_keys
        wishes: dict[str, list[str]] = {name: [] for name in names}
        rankings: dict[str, list[str]] = {title: [] for title in titles}
        order = np.argsort(-self.scores, kind="stable")
        for person, post in zip(self.people[order].tolist(), self.posts[order].tolist(), strict=True):
            wishes[names[person]].append(titles[post])
            rankings[titles[post]].append(names[person])
        return wishes, rankings, dict(zip(titles, self.seats.tolist(), strict=True))


Found = tuple[int, float | None]


def most_placed(given: Round) -> Found:
    answer = matching.assign(given.matches)
    return answer.placed, answer.total_score


def stable(given: Round) -> Found:
    answer = matching.assign(given.matches, "stable")
    return answer.placed, answer.total_score


def deferred_acceptance(given: Round) -> Found:
    """From lists of keys, which say no fit."""
    found = matching.deferred_acceptance(*given.lists)
    return sum(opening is not None for opening in found.values()), None


def greedy(given: Round) -> Found:
    """The best pair first, plain Python."""
    left, seated = given.seats.tolist(), bytearray(given.size[0])
    order = np.argsort(-given.scores, kind="stable")
    placed, fit = 0, 0.0
    columns = (given.people[order].tolist(), given.posts[order].tolist(), given.scores[order].tolist())
    for person, post, score in zip(*columns, strict=True):
        if not seated[person] and left[post]:
            seated[person], left[post] = 1, left[post] - 1
            placed, fit = placed + 1, fit + score
    return placed, fit


def scipy_bipartite(given: Round) -> Found | None:
    """A row a seat, a column a person, and a column of its own for each seat that stays empty."""
    width = given.seats[given.posts]
    if width.sum() > MOST_ARCS:
        return None
    first = np.cumsum(given.seats) - given.seats
    seat = np.repeat(first[given.posts] - np.cumsum(width) + width, width) + np.arange(width.sum())
    count, seats = given.size[0], int(given.seats.sum())
    rows, columns = (
        np.append(seat, np.arange(seats)),
        np.append(np.repeat(given.people, width), count + np.arange(seats)),
    )
    costs = np.append(101 - np.repeat(given.scores, width), np.full(seats, 101.0 * (seats + 1)))
    table = sp.csr_matrix((costs, (rows, columns)), (seats, count + seats))
    taken, by = min_weight_full_bipartite_matching(table)
    taken, by = taken[by < count], by[by < count]
    return len(taken), float((101 - np.asarray(table[taken, by])).sum())


def scipy_dense(given: Round) -> Found | None:
    """A row a person, a column a seat; a pair that may not be costs more than any other."""
    owner = np.repeat(np.arange(given.size[1]), given.seats)
    if given.size[0] * len(owner) > MOST_CELLS:
        return None
    never = 101.0 * given.size[0]
    table = np.full(given.size, never)
    table[given.people, given.posts] = 101 - given.scores
    rows, columns = linear_sum_assignment(table[:, owner])
    costs = table[rows, owner[columns]]
    return int((costs < never).sum()), float((101 - costs[costs < never]).sum())


WAYS: dict[str, Callable[[Round], Found | None]] = {
    "ours most_placed": most_placed,
    "ours stable": stable,
    "ours deferred_acceptance": deferred_acceptance,
    "greedy": greedy,
    "SciPy bipartite, seat by seat": scipy_bipartite,
    "SciPy dense, seat by seat": scipy_dense,
}


def measure(given: Round) -> list[Line]:
    """Every way that can do this round, the first one's total being the optimum."""
    for prepared in (given.matches, given.lists):  # the input is made before the clock runs
        assert prepared
    lines: list[Line] = []
    for way, run in WAYS.items():
        started = time.process_time()
        found = run(given)
        seconds = time.process_time() - started
        if found is not None:
            best = lines[0].fit if lines else found[1]
            share = found[1] / best if found[1] is not None and best else None
            lines.append(Line(*given.size, given.kind, way, round(seconds, 3), *found, share))
    return lines


def faults_of(lines: list[Line]) -> list[str]:
    """What misses its bar."""
    best, slow = lines[0], [line for line in lines if line.way.startswith("ours") and line.seconds > MOST_SECONDS]
    exact = [line for line in lines if line.way.startswith("SciPy")]
    wrong = [
        line
        for line in exact
        if line.placed != best.placed or abs((line.fit or 0) - (best.fit or 0)) > 1e-6 * max(1, best.placed)
    ]
    return [f"{line.way} took {line.seconds} s" for line in slow] + [
        f"{line.way} finds another total" for line in wrong
    ]


def proof_seconds(given: Round) -> float:
    """CPU seconds to prove that ours is the best; raises AssignmentError where it is not."""
    answer = matching.assign(given.matches)
    started = time.process_time()
    answer.check()
    return round(time.process_time() - started, 3)


def main(arguments: list[str]) -> int:
    asked = argparse.ArgumentParser()
    asked.add_argument("--small", action="store_true")
    asked.add_argument("--json", action="store_true")
    options = asked.parse_args(arguments)
    lines, faults = [], []
    for people, openings in SIZES[:1] if options.small else SIZES:
        for kind in ("as people", "1-5"):
            given = Round(people, openings, kind)
            found = measure(given)
            proof = proof_seconds(given)
            lines, faults = lines + found, faults + faults_of(found)
            if not options.json:
                print_round(given, found, proof)
    if options.json:
        print(json.dumps({"lines": [asdict(line) for line in lines], "faults": faults}))
    for fault in faults:
        print(f"MISSED: {fault}", file=sys.stderr)
    return 1 if faults else 0


def print_round(given: Round, lines: list[Line], proof: float) -> None:
    people, openings = given.size
    print(f"{people:,} x {openings:,}, {len(given.scores):,} pairs, {given.seats.sum():,} seats ({given.kind})")
    for line in lines:
        share = "" if line.share is None else f"{100 * line.share:9.4f} %"
        print(f"  {line.way:32} {line.seconds:8.3f} s  {line.placed:8,} placed {share}")
    print(f"  {'proof that it is the best':32} {proof:8.3f} s", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
