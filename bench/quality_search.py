"""Decides whether our search is good enough on a task: our figures beside those of the baselines, against the bar."""

from dataclasses import dataclass, replace
from random import Random
from statistics import fmean

import matching
from bench.quality_rankers import OURS, SLOW, Compare, Ranks, Reached, baselines, judge, rank_by_search, rank_by_text
from bench.quality_tasks import SEED, Task

# The slow baseline compares so many texts at most; its queries are a seeded sample, ours is shown on the same.
_SLOW_CELLS = 2_000_000
_LEAD, _HIGH = 0.05, 0.90


@dataclass(frozen=True)
class Bar:
    """What ours must reach: the best baseline, or clearly more than it (`leads`), and a hit@1 of its own."""

    leads: bool = False
    hit_1: float = 0.0

    def __str__(self) -> str:
        own = f", hit@1 >= {self.hit_1:.2f}" if self.hit_1 else ""
        return ("5 points or half of the error over the best" if self.leads else "the best baseline or better") + own

    def holds(self, ours: Reached, other: Reached) -> bool:
        """Whether hit@1 and mean reciprocal rank are what this baseline demands."""
        pairs = ((ours.hit_1, other.hit_1), (ours.mrr, other.mrr))
        return ours.hit_1 >= self.hit_1 and all(mine >= self._least(theirs) - 1e-9 for mine, theirs in pairs)

    def _least(self, reached: float) -> float:
        if not self.leads:
            return reached
        return reached + (_LEAD if reached <= _HIGH else (1 - reached) / 2)


@dataclass(frozen=True)
class SearchLine:
    """One task measured. `coverage`: share of the queries that the vocabulary knew by name, with their answer (0-1)."""

    name: str
    bar: str
    passed: bool
    queries: int
    names: int
    coverage: float
    figures: tuple[Reached, ...]

    def describe(self) -> str:
        """The line as text for people."""
        head = f"{self.name} ({self.bar}): {'passed' if self.passed else 'MISSED'}"
        size = (
            f"  {self.queries:,} queries in {self.names:,} names, {self.coverage:.1%} known to the vocabulary by name"
        )
        table = [f"  {'ranker':<36}{'queries':>8}{'hit@1':>8}{'hit@5':>8}{'MRR':>8}"]
        table += [f"  {f.ranker:<36}{f.queries:>8}{f.hit_1:>8.3f}{f.hit_5:>8.3f}{f.mrr:>8.3f}" for f in self.figures]
        return "\n".join([head, size, *table])


def measure(task: Task, vocabulary: matching.Vocabulary, bar: Bar, ours: Ranks | None = None) -> SearchLine:
    """One task with all rankers; `ours` when the ranks are not those of the whole search."""
    ours = rank_by_search(task, vocabulary) if ours is None else ours
    compared = baselines(task)
    slow = compared.pop(SLOW)
    figures = [judge(OURS, ours)]
    figures += [judge(name, rank_by_text(task, compare)) for name, compare in compared.items()]
    sampled = _measure_sample(task, slow, ours)
    passed = all(bar.holds(figures[0], other) for other in figures[1:]) and bar.holds(*sampled)
    count = sum(map(len, task.names.values()))
    coverage = measure_coverage(task, vocabulary)
    return SearchLine(task.name, str(bar), passed, len(task.queries), count, coverage, (*figures, *sampled))


def measure_coverage(task: Task, vocabulary: matching.Vocabulary) -> float:
    """Share of the queries (0-1) for which the vocabulary knew query and answer by name, as one skill."""
    keys = {key: {vocabulary.lookup(name) for name in names} - {None} for key, names in task.names.items()}
    return fmean(
        any(vocabulary.lookup(query) in keys[key] for key in right)
        for query, right in zip(task.queries, task.answers, strict=True)
    )


def _measure_sample(task: Task, compare: Compare, ours: Ranks) -> tuple[Reached, Reached]:
    """Ours and the slow baseline on the same sample."""
    names = sum(map(len, task.names.values()))
    size = min(len(task.queries), max(1, _SLOW_CELLS // names))
    chosen = sorted(Random(SEED).sample(range(len(task.queries)), size))
    sample = replace(
        task,
        queries=tuple(task.queries[i] for i in chosen),
        answers=tuple(task.answers[i] for i in chosen),
    )
    mine = judge(f"{OURS}, same sample", [ours[i] for i in chosen])
    return mine, judge(SLOW, rank_by_text(sample, compare))
