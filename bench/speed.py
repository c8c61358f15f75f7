"""Decides how fast the engine is: ours beside the double loops of string matchers, as ratios in one run.

`python -m bench.speed [--size 10k,1k ...] [--runs 5] [--json]`. Every case runs in a process of its own and says its
CPU seconds (median of the runs), million pairs a CPU second, and the peak memory of that process. The loops score a
sample of the same pairs by the same skill part, strings normalised beforehand, no processor. A machine's speed drifts,
so the loops run before each run of the engine; a ratio is the median of those of the runs.
"""

import argparse
import gc
import json
import multiprocessing
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TypeVar

import numpy as np
from rapidfuzz import fuzz

import matching
from bench import workload
from matching.chunks import merge, score_chunk
from matching.criteria import level_factor
from matching.preparing import prepare

T = TypeVar("T")

VOCABULARY = Path(__file__).resolve().parent.parent / "placement" / "data" / "skills.csv"
K = 20
SIMILAR = 80
LOOPS: dict[str, Callable[[str, str], float]] = {"WRatio": fuzz.WRatio, "token_set_ratio": fuzz.token_set_ratio}
_SAMPLE = (30, 60)
_WARM, _ASKED = 10, 110
_MARKET = (100_000, 10_000)
# What comes alone, and what it is compared with.
_ALONE = {"new opening": "people", "new person": "posts", "edited person": "posts"}
_CLEAR_PEAK, _STATUS = Path("/proc/self/clear_refs"), Path("/proc/self/status")


@dataclass(frozen=True)
class Figure:
    """One measured case: CPU seconds by step (medians), pairs, peak memory in MB of its process, and how many times as
    many pairs the engine scores as each loop (medians)."""

    case: str
    people: int
    posts: int
    seconds: dict[str, float]
    pairs: int
    megabytes: float
    ratios: dict[str, float] = field(default_factory=dict)

    def rate(self, *steps: str) -> float:
        """Pairs a CPU second over the given steps."""
        return self.pairs / sum(self.seconds[step] for step in steps)


class Clock:
    """CPU seconds by step, collected over several runs."""

    def __init__(self) -> None:
        self.seconds: dict[str, list[float]] = {}

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        started = time.process_time()
        yield
        self.seconds.setdefault(name, []).append(time.process_time() - started)

    def medians(self) -> dict[str, float]:
        return {name: statistics.median(times) for name, times in self.seconds.items()}

    def ratios(self, times_as_many: float) -> dict[str, float]:
        """How many times as many pairs the step "match" scores a second as each loop, run by run; its pairs are so many
        times those of a loop."""
        runs = {name: zip(self.seconds[name], self.seconds["match"], strict=True) for name in LOOPS}
        return {name: times_as_many * statistics.median(a / b for a, b in pairs) for name, pairs in runs.items()}


def measure_tables(people: int, posts: int, runs: int, *, limits: bool = True) -> Figure:
    """From tables: preparation with a vocabulary that has read nothing yet, then the matching itself."""
    work = workload.make(people, posts)
    work = work if limits else work.without_limits()
    candidates, openings, loops = work.candidate_table(), work.opening_table(), Loops(work)
    del work
    clock, everybody = Clock(), np.arange(people)
    begin_peak()
    for _ in range(runs):
        loops.run(clock)
        vocabulary = matching.Vocabulary.from_csv(VOCABULARY)
        with clock.step("prepare"):
            plan = prepare(candidates, openings, vocabulary, matching.Weights(), K)
        with clock.step("match"):
            merge(plan, [score_chunk(plan, everybody)])
    return _figure("limits" if limits else "open", people, posts, clock, loops)


def measure_open(people: int, posts: int, runs: int) -> Figure:
    """The same without any limit: every pair is scored."""
    return measure_tables(people, posts, runs, limits=False)


def measure_profiles(people: int, posts: int, runs: int) -> Figure:
    """From profile objects to lists. The vocabulary is in use, as in a service, but has read none of their texts."""
    work = workload.make(people, posts)
    candidates, openings, loops = work.candidates(), work.openings(), Loops(work)
    clock = Clock()
    for _ in range(runs):
        loops.run(clock)
        with clock.step("vocabulary"):
            vocabulary = matching.Vocabulary.from_csv(VOCABULARY)
            matching.match(candidates[:1], openings[:1], vocabulary)
        with clock.step("match"):
            matching.match(candidates, openings, vocabulary, k=K)
    return _figure("profiles", people, posts, clock, loops)


Held = list[list[tuple[str, int]]]
Asked = list[list[tuple[str, int, float]]]


class Loops:
    """The double loops over a sample of the pairs."""

    def __init__(self, work: workload.Workload) -> None:
        self.held, self.asked = _skill_rows(work, *_SAMPLE)

    @property
    def pairs(self) -> int:
        return len(self.held) * len(self.asked)

    def run(self, clock: Clock) -> None:
        """Each once."""
        for name, scorer in LOOPS.items():
            with clock.step(name):
                score_by_loop(self.held, self.asked, scorer)


def score_by_loop(held: Held, asked: Asked, scorer: Callable[[str, str], float]) -> list[list[float]]:
    """The skill part of every pair as plain loops give it: best similar skill x level, weighted. O(all skill pairs)."""
    return [
        [sum(weight * _best(person, skill, needs, scorer) for skill, needs, weight in post) for post in asked]
        for person in held
    ]


def _best(person: list[tuple[str, int]], skill: str, needs: int, scorer: Callable[[str, str], float]) -> float:
    best = 0.0
    for other, has in person:
        alike = scorer(other, skill)
        if alike >= SIMILAR and alike > best:
            best = max(best, alike * level_factor(has, needs))
    return best


def _skill_rows(work: workload.Workload, people: int, posts: int) -> tuple[Held, Asked]:
    texts = work.skill_texts()
    levels, asked_levels, weights = (
        np.split(column, side.starts[1:-1])
        for side, column in (
            (work.people, work.people.levels),
            (work.posts, work.posts.levels),
            (work.posts, work.posts.weights),
        )
    )
    held = [list(zip(own, level.tolist(), strict=True)) for own, level in zip(texts[0], levels, strict=True)]
    asked = [
        list(zip(own, level.tolist(), (weight / weight.sum()).tolist(), strict=True))
        for own, level, weight in zip(texts[1], asked_levels, weights, strict=True)
    ]
    return held[:people], asked[:posts]


def measure_market(people: int, posts: int, asked: int) -> Figure:
    """Single openings and people against all of the other side, which is ready in memory: half of them took at most
    `median` seconds, 95 of 100 `late` ones. An edited person was listed before, with another skill. The first ten warm up."""
    vocabulary, clock = matching.Vocabulary.from_csv(VOCABULARY), Clock()
    work = workload.make(people, asked)
    _time_each(
        clock, "new opening", matching.Market(work.candidate_table(), [], vocabulary, k=K).for_opening, work.openings()
    )
    work = workload.make(asked, posts)
    candidates, market = work.candidates(), matching.Market([], work.opening_table(), vocabulary, k=K)
    _time_each(clock, "new person", market.for_candidate, candidates)
    edited = [
        replace(person, skills=(*person.skills[:-1], other.skills[0]))
        for person, other in zip(candidates, candidates[1:] + candidates[:1], strict=True)
    ]
    _time_each(clock, "edited person", market.for_candidate, edited)
    seconds = {
        f"{name} {word}": statistics.quantiles(clock.seconds[name], n=20)[place]
        for name in _ALONE
        for word, place in (("median", 9), ("late", 18))
    }
    return Figure("market", people, posts, seconds, 0, peak_megabytes())


def _time_each(clock: Clock, name: str, find: Callable[[T], object], profiles: Sequence[T]) -> None:
    for number, profile in enumerate(profiles):
        with clock.step(name if number >= _WARM else "warming up"):
            find(profile)


def measure_explaining(people: int, posts: int, runs: int) -> Figure:
    """Explanations of the list of 20 of some graduates, as a page needs them: at once, and pair by pair; seconds a list."""
    # Without limits, so that every list is full.
    work = workload.make(min(people, 2000), min(posts, 200)).without_limits()
    candidates, openings = work.candidates(), work.openings()
    vocabulary = matching.Vocabulary.from_csv(VOCABULARY)
    found = matching.match(candidates, openings, vocabulary, k=K)
    by_key, clock = {post.key: post for post in openings}, Clock()
    for person in candidates[: 20 * runs]:
        listed = [(person, by_key[pairing.opening]) for pairing in found.for_candidate(person.key)]
        with clock.step("at once"):
            matching.explain_pairs(listed, vocabulary)
        with clock.step("pair by pair"):
            for pair in listed:
                matching.explain(*pair, vocabulary)
    return _figure("explain", K, 1, clock)


def _figure(case: str, people: int, posts: int, clock: Clock, loops: Loops | None = None) -> Figure:
    pairs = people * posts
    ratios = clock.ratios(pairs / loops.pairs) if loops else {}
    return Figure(case, people, posts, clock.medians(), pairs, peak_megabytes(), ratios)


def begin_peak() -> None:
    """From here on the peak of this process counts, with what it holds already (Linux; elsewhere from its start)."""
    gc.collect()
    if _CLEAR_PEAK.exists():
        _CLEAR_PEAK.write_text("5")


def peak_megabytes() -> float:
    """The most memory that this process held, as Linux says; elsewhere from its start."""
    if not _STATUS.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    peak = next(line for line in _STATUS.read_text().splitlines() if line.startswith("VmHWM"))
    return int(peak.split()[1]) / 1024


def measure_apart(measure: Callable[..., Figure], *terms: int) -> Figure:
    """The case in a fresh process, so that its memory is its own."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(measure, terms)


def describe(figure: Figure) -> str:
    """One case as a line for people."""
    steps = " ".join(f"{name} {seconds:.3f} s" for name, seconds in figure.seconds.items() if name not in LOOPS)
    ratios = " ".join(f"{ratio:,.0f}x {name}" for name, ratio in figure.ratios.items())
    size, rate = f"{figure.people:,} x {figure.posts:,}", figure.rate("match") / 1e6
    return f"{figure.case:10}{size:18}{steps}; {rate:.1f} M pairs/s; {ratios}; peak {figure.megabytes:.0f} MB"


def _size(text: str) -> tuple[int, int]:
    people, posts = (int(part.strip().lower().replace("k", "000")) for part in text.split(","))
    return people, posts


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure every case at every size and print it."""
    parser = argparse.ArgumentParser(prog="python -m bench.speed", description=__doc__.splitlines()[0])
    parser.add_argument("--size", nargs="+", type=_size, default=[(10_000, 1_000)], metavar="PEOPLE,OPENINGS")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--json", action="store_true", help="one JSON document on standard output")
    options = parser.parse_args(arguments)
    figures = [
        measure_apart(measure, *size, options.runs)
        for size in options.size
        for measure in (measure_tables, measure_open, measure_profiles)
    ]
    explaining = measure_apart(measure_explaining, *options.size[0], options.runs)
    market = measure_apart(measure_market, *_MARKET, _ASKED)
    if options.json:
        print(json.dumps([asdict(figure) for figure in (*figures, explaining, market)]))
        return 0
    for figure in figures:
        print(describe(figure))
    for how in ("at once", "pair by pair"):
        print(f"{f'a list of 20 explained, {how}':40}{explaining.seconds[how] * 1000:.2f} ms")
    for name, side in _ALONE.items():
        half, late = (market.seconds[f"{name} {word}"] * 1000 for word in ("median", "late"))
        print(f"{f'one {name}, {getattr(market, side):,} {side}':40}median {half:.1f} ms, p95 {late:.1f} ms")
    return 0


if __name__ == "__main__":
    sys.exit(main())
