"""Decides how good the suggestions are on the graded Korean set: our lists beside plain string baselines."""

import csv
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import log2
from pathlib import Path
from statistics import fmean

from rapidfuzz import fuzz

import matching

ROOT = Path(__file__).resolve().parent.parent
GRADED = ROOT / "bench" / "graded"
VOCABULARY = ROOT / "placement" / "data" / "skills.csv"
DEPTH = 5
BAR = 0.90
OURS = "matching"

Pair = tuple[str, str]
Rankings = dict[str, list[str]]
Scorer = Callable[[str, str], float]


@dataclass(frozen=True)
class GradedSet:
    """Profiles and what a counselor thinks of every pair: grades 0-3 by (graduate, opening), traps a subset of the zeros."""

    candidates: tuple[matching.CandidateProfile, ...]
    openings: tuple[matching.OpeningProfile, ...]
    grades: dict[Pair, int]
    traps: frozenset[Pair]


@dataclass(frozen=True)
class Figure:
    """What one ranker reached: nDCG@5 (rate 0-1) as a mean and per graduate, and the traps in a top 5."""

    ranker: str
    ndcg: float
    traps: tuple[Pair, ...]
    per_graduate: dict[str, float]


@dataclass(frozen=True)
class GradedLine:
    """The measure: the figures of all rankers, ours first, and whether ours is good enough."""

    name: str
    bar: str
    passed: bool
    figures: tuple[Figure, ...]

    def describe(self) -> str:
        """The measure as text for people."""
        head = f"{self.name} ({self.bar}): {'passed' if self.passed else 'MISSED'}"
        table = [f"  {'ranker':<36}{'nDCG@5':>8}{'traps in top 5':>18}"]
        table += [f"  {figure.ranker:<36}{figure.ndcg:>8.3f}{len(figure.traps):>18}" for figure in self.figures]
        weak = sorted(self.figures[0].per_graduate.items(), key=lambda item: item[1])[:DEPTH]
        weakest = "  our weakest: " + ", ".join(f"{graduate} {ndcg:.3f}" for graduate, ndcg in weak)
        traps = [f"  trap of {figure.ranker}: {_pairs(figure.traps)}" for figure in self.figures if figure.traps]
        return "\n".join([head, *table, weakest, *traps])


def read_graded(folder: Path = GRADED) -> GradedSet:
    """Read candidates.jsonl, openings.jsonl and grades.csv of the folder."""
    with (folder / "grades.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return GradedSet(
        candidates=tuple(_candidate(row) for row in read_rows(folder / "candidates.jsonl")),
        openings=tuple(_opening(row) for row in read_rows(folder / "openings.jsonl")),
        grades={(row["graduate"], row["opening"]): int(row["grade"]) for row in rows},
        traps=frozenset((row["graduate"], row["opening"]) for row in rows if row["trap"] == "trap"),
    )


def read_rows(path: Path) -> list[dict]:
    """One dictionary for each line of a .jsonl file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _candidate(row: dict) -> matching.CandidateProfile:
    return matching.CandidateProfile(
        row["key"],
        skills=tuple(matching.CandidateSkill(**skill) for skill in row["skills"]),
        wanted_titles=tuple(row["wanted_titles"]),
        regions=tuple(row["regions"]),
        remote=row["remote"],
        available_on=_day(row["available_on"]),
        employment_types=tuple(row["employment_types"]),
        pay_min=row["pay_min"],
    )


def _opening(row: dict) -> matching.OpeningProfile:
    return matching.OpeningProfile(
        row["key"],
        row["title"],
        requirements=tuple(matching.Requirement(**requirement) for requirement in row["requirements"]),
        region=row["region"],
        remote=row["remote"],
        starts_on=_day(row["starts_on"]),
        employment_type=row["employment_type"],
        pay_max=row["pay_max"],
        seats=row["seats"],
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def ndcg_at(depth: int, ranked: Sequence[int], judged: Iterable[int]) -> float:
    """Normalised discounted cumulative gain of the grades in ranked order, a rate 0-1.

    `judged` holds every grade of the same graduate, so that what was not retrieved costs. Gain 2^grade - 1, discount
    log2(rank + 1): Järvelin and Kekäläinen 2002 with the gain of Burges et al. 2005. A graduate for whom nothing is
    relevant has no nDCG: ValueError.
    """
    ideal = _discounted_gain(sorted(judged, reverse=True)[:depth])
    if not ideal:
        raise ValueError("nothing relevant: nDCG is not defined")
    return _discounted_gain(ranked[:depth]) / ideal


def _discounted_gain(grades: Iterable[int]) -> float:
    return sum((2**grade - 1) / log2(rank + 1) for rank, grade in enumerate(grades, start=1))


def rank_by_engine(graded: GradedSet) -> Rankings:
    """What the engine lists for each graduate, best first; pairs it does not list are absent."""
    matches = matching.match(
        graded.candidates,
        graded.openings,
        vocabulary=matching.Vocabulary.from_csv(VOCABULARY),
        k=len(graded.openings),
    )
    return {
        candidate.key: [pairing.opening for pairing in matches.for_candidate(candidate.key)]
        for candidate in graded.candidates
    }


def rank_by_text(graded: GradedSet, scorer: Scorer, among: Rankings | None = None) -> Rankings:
    """The openings by similarity of one text a side; `among` keeps only the openings listed there. Ties keep file order."""
    texts = {opening.key: opening_text(opening) for opening in graded.openings}
    rankings = {}
    for candidate in graded.candidates:
        text = candidate_text(candidate)
        keys = [key for key in texts if among is None or key in among[candidate.key]]
        rankings[candidate.key] = sorted(keys, key=lambda key: -scorer(text, texts[key]))
    return rankings


def candidate_text(candidate: matching.CandidateProfile) -> str:
    """Skills and wished titles in one text."""
    return " ".join([*(skill.skill for skill in candidate.skills), *candidate.wanted_titles])


def opening_text(opening: matching.OpeningProfile) -> str:
    """Title and required skills in one text."""
    return " ".join([opening.title, *(requirement.skill for requirement in opening.requirements)])


def judge(ranker: str, rankings: Rankings, graded: GradedSet) -> Figure:
    """Hold one ranker's lists against the grades."""
    per_graduate = {
        graduate: ndcg_at(
            DEPTH,
            [graded.grades[graduate, opening] for opening in listed],
            [graded.grades[graduate, opening.key] for opening in graded.openings],
        )
        for graduate, listed in rankings.items()
    }
    shown = [(graduate, opening) for graduate, listed in rankings.items() for opening in listed[:DEPTH]]
    traps = tuple(pair for pair in shown if pair in graded.traps)
    return Figure(ranker, fmean(per_graduate.values()), traps, per_graduate)


def measure_graded_korean() -> GradedLine:
    """The graded Korean set: nDCG@5 of at least BAR and no trap in a top 5."""
    graded = read_graded()
    ours = rank_by_engine(graded)
    figures = (
        judge(OURS, ours, graded),
        judge("token_set_ratio", rank_by_text(graded, fuzz.token_set_ratio), graded),
        judge("WRatio", rank_by_text(graded, fuzz.WRatio), graded),
        judge("token_set_ratio within our limits", rank_by_text(graded, fuzz.token_set_ratio, ours), graded),
    )
    passed = figures[0].ndcg >= BAR and not figures[0].traps
    return GradedLine("graded_korean", f"nDCG@{DEPTH} >= {BAR}, 0 traps", passed, figures)


def _pairs(pairs: Iterable[Pair]) -> str:
    return ", ".join(f"{graduate}-{opening}" for graduate, opening in pairs)
