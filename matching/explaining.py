"""Decides what is said about one pair: codes and values for every part, requirement and limit; sentences are made elsewhere."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from .criteria import (
    Verdict,
    describe_level,
    fails_must,
    judge_date,
    judge_employment,
    judge_pay,
    judge_region,
    judge_remote,
    level_factor,
    neighbour_factor,
    remote_agreement,
)
from .levels import UNKNOWN
from .linking import Index, Link, find_links
from .lists import quantise
from .profiles import CandidateProfile, OpeningProfile, Requirement, Weights, check_kind
from .scoring import Parts, add_up, parts_of
from .titles import compare_titles, says_work
from .vocabulary import Reading, Vocabulary

Values = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Limit:
    """One hard limit: must, region, remote, employment_type, pay or date; whether it holds; a code and its values."""

    name: str
    ok: bool
    code: str
    values: Values = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Level:
    """Level held and asked (None = unknown, or none asked); state: not_asked, unknown, met, short, or
    missing where nothing is held."""

    has: int | None
    needs: int | None
    state: str


@dataclass(frozen=True, slots=True)
class Met:
    """How one requirement is met.

    how: exact (same text), alias (another name, or a narrower skill that includes it), near (spelled alike), related
    (a discount: `relation` says related, or broader where the person holds only the general skill), missing.
    relation: same, narrower, broader, related, or None; met_by: the person's skill as typed; similarity 0..100;
    points: what it gives of the score; possible: what it could give; ok: False when it is a must that is not met.
    """

    skill: str
    must: bool
    how: str
    relation: str | None
    met_by: str | None
    similarity: float
    level: Level
    points: float
    possible: float
    ok: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the score: skills, title or remote; weight 0..1 (the parts that a pair has sum to 1); score 0..100."""

    name: str
    weight: float
    score: float
    values: Values = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Change:
    """The nearest change that would help most: code gain_skill, raise_level, or the failing limits; with its values."""

    code: str
    values: Values = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a pair has its score, or why it is not eligible (score 0; the parts still say how it would have fitted)."""

    candidate: str
    opening: str
    score: float
    eligible: bool
    limits: tuple[Limit, ...]
    requirements: tuple[Met, ...]
    parts: tuple[Part, ...]
    nearest_change: Change | None


def explain(
    candidate: CandidateProfile,
    opening: OpeningProfile,
    vocabulary: Vocabulary | None = None,
    weights: Weights | None = None,
) -> Explanation:
    """Everything about one pair; its score is the one that `match` gives the pair."""
    known, weights = Vocabulary() if vocabulary is None else vocabulary, weights or Weights()
    check_kind("candidate", [candidate], CandidateProfile)
    check_kind("opening", [opening], OpeningProfile)
    check_kind("vocabulary", [known], Vocabulary)
    check_kind("weights", [weights], Weights)
    title = _title_part(candidate, opening, known)
    agreement = remote_agreement(candidate.remote, opening.remote)
    asks, wishes = len(opening.requirements) > 0, agreement is not None
    points = parts_of(weights, asks, title is not None, wishes, agreement if wishes else 0.0)
    met, gains = _requirements(candidate, opening, known, float(points.skills))
    score = quantise(add_up(gains, title[0] if title else 0.0, points))
    limits = (_must_limit(met), *_other_limits(candidate, opening))
    eligible = all(limit.ok for limit in limits)
    return Explanation(
        candidate=candidate.key,
        opening=opening.key,
        score=float(score) if eligible else 0.0,
        eligible=eligible,
        limits=limits,
        requirements=met,
        parts=_parts(gains, title, agreement, parts_of(weights, asks, title is not None, wishes, 1.0)),
        nearest_change=_nearest_change(met, limits),
    )


def _parts(
    gains: Sequence[tuple[float, float]], title: tuple[float, str] | None, agreement: float | None, whole: Parts
) -> tuple[Part, ...]:
    """The parts that the pair has; whole: the points of each for a pair that fits in full."""
    weights = [float(points) / 100 for points in whole]
    found = [
        Part("skills", weights[0], 100 * sum(part * worth for part, worth in gains)),
        Part("title", weights[1], 100 * title[0], {"wanted": title[1]}) if title else None,
        Part("remote", weights[2], 100 * agreement) if agreement is not None else None,
    ]
    return tuple(part for part in found if part is not None and part.weight > 0)


def _title_part(
    candidate: CandidateProfile, opening: OpeningProfile, vocabulary: Vocabulary
) -> tuple[float, str] | None:
    """The best likeness 0..1 of a wished title, and that title; None when either side says none."""
    wanted = [title for title in candidate.wanted_titles if says_work(title)]
    if not wanted or not says_work(opening.title):
        return None
    alike = compare_titles(wanted, [opening.title], vocabulary)[:, 0]
    best = int(alike.argmax())
    return float(alike[best]), wanted[best]


# Requirements


def _requirements(
    candidate: CandidateProfile, opening: OpeningProfile, vocabulary: Vocabulary, points: float
) -> tuple[tuple[Met, ...], list[tuple[float, float]]]:
    """How each requirement is met, and for the score its part of the whole and what is met of it, 0..1 each; points: of
    all requirements together."""
    held = vocabulary.read_many([skill.skill for skill in candidate.skills])
    asked = vocabulary.read_many([requirement.skill for requirement in opening.requirements])
    has = [skill.level or reading.level for skill, reading in zip(candidate.skills, held, strict=True)]
    ways: dict[int, list[Link]] = {}
    for link in find_links(_index_of(tuple(held)), _index_of(tuple(asked)), vocabulary):
        ways.setdefault(link.needed, []).append(link)
    met, gains = [], []
    for j, (requirement, part) in enumerate(
        zip(opening.requirements, _weight_parts(opening, asked, vocabulary), strict=True)
    ):
        found, worth = _meet(requirement, asked[j], ways.get(j, ()), held, has, points * part)
        met.append(found)
        gains.append((part, worth))
    return tuple(met), gains


@lru_cache(maxsize=64)
def _index_of(readings: tuple[Reading, ...]) -> Index:
    """One person's skills and those of one opening come again for every pair of a list."""
    return Index(readings)


def _weight_parts(opening: OpeningProfile, asked: Sequence[Reading], vocabulary: Vocabulary) -> list[float]:
    """Each requirement's part of the whole, 0..1; those that ask for the same skill in other words share one weight,
    and what nearly everybody can counts half."""
    times = Counter(reading.identity for reading in asked)
    weights = [
        requirement.weight / (times[reading.identity] * vocabulary.divisor_of(reading))
        for requirement, reading in zip(opening.requirements, asked, strict=True)
    ]
    scaled = [weight / max(weights) for weight in weights]
    return [weight / sum(scaled) for weight in scaled]


def _meet(
    requirement: Requirement,
    asked: Reading,
    ways: Sequence[Link],
    held: Sequence[Reading],
    has: Sequence[int],
    possible: float,
) -> tuple[Met, float]:
    needs = requirement.level or asked.level
    if not ways:
        level = Level(None, needs or None, "not_asked" if needs == UNKNOWN else "missing")
        missing = Met(
            requirement.skill, requirement.must, "missing", None, None, 0.0, level, 0.0, possible, not requirement.must
        )
        return missing, 0.0
    best = max(ways, key=lambda link: _order(link, has[link.held], needs, requirement.must))
    level = Level(has[best.held] or None, needs or None, describe_level(has[best.held], needs))
    ok = not requirement.must or (best.holds and not fails_must(has[best.held], needs))
    worth = _worth(best, has[best.held], needs) if ok else 0.0
    met = Met(
        skill=requirement.skill,
        must=requirement.must,
        how=_how(best, held[best.held], asked),
        relation=best.relation,
        met_by=held[best.held].text,
        similarity=round(best.similarity, 2),
        level=level,
        points=possible * worth,
        possible=possible,
        ok=ok,
    )
    return met, worth


def _order(link: Link, has: int, needs: int, must: bool) -> tuple[bool, float, bool, float]:
    counts = not must or (link.holds and not fails_must(has, needs))
    return counts, _worth(link, has, needs), link.relation == "same", link.similarity


def _worth(link: Link, has: int, needs: int) -> float:
    return link.value * (level_factor if link.holds else neighbour_factor)(has, needs)


def _how(link: Link, held: Reading, asked: Reading) -> str:
    if link.relation in ("related", "broader"):
        return "related"
    if link.similarity < 100:
        return "near"
    same_text = {m.folded for m in held.meanings} & {m.folded for m in asked.meanings}
    return "exact" if link.relation == "same" and same_text else "alias"


# Limits


def _must_limit(met: Sequence[Met]) -> Limit:
    failing = [m for m in met if not m.ok]
    if not any(m.must for m in met):
        return Limit("must", True, "must_absent")
    if not failing:
        return Limit("must", True, "must_met", {"skills": tuple(m.skill for m in met if m.must)})
    low = tuple(m.skill for m in failing if m.level.state == "short" and m.how in ("exact", "alias", "near"))
    missing = tuple(m.skill for m in failing if m.skill not in low)
    code = "must_missing" if not low else "must_too_low" if not missing else "must_missing_and_too_low"
    return Limit("must", False, code, {"missing": missing, "too_low": low})


def _other_limits(candidate: CandidateProfile, opening: OpeningProfile) -> tuple[Limit, ...]:
    def limit(name: str, verdict: Verdict, wished: object, offered: object) -> Limit:
        return Limit(name, verdict.ok, verdict.code, {"wished": wished, "offered": offered})

    c, o = candidate, opening
    return (
        limit("region", judge_region(c.regions, o.region, o.remote), c.regions, o.region),
        limit("remote", judge_remote(c.remote, o.remote), c.remote, o.remote),
        limit(
            "employment_type",
            judge_employment(c.employment_types, o.employment_type),
            c.employment_types,
            o.employment_type,
        ),
        limit("pay", judge_pay(c.pay_min, o.pay_max), c.pay_min, o.pay_max),
        limit("date", judge_date(c.available_on, o.starts_on), c.available_on, o.starts_on),
    )


def _nearest_change(met: Sequence[Met], limits: Sequence[Limit]) -> Change | None:
    """Not eligible: the failing limits (all of them have to change). Eligible: the one requirement with most to gain."""
    failing = [limit for limit in limits if not limit.ok]
    if len(failing) == 1:
        return Change(failing[0].code, dict(failing[0].values))
    if failing:
        return Change("several_limits", {"limits": tuple(limit.name for limit in failing)})
    open_points = [m for m in met if m.possible - m.points > 1e-9]
    if not open_points:
        return None
    most = max(open_points, key=lambda m: m.possible - m.points)
    held = most.how in ("exact", "alias", "near") and most.level.state in ("short", "unknown")
    values = {"skill": most.skill, "points": most.possible - most.points, "level": most.level.needs}
    return Change("raise_level" if held else "gain_skill", values)
