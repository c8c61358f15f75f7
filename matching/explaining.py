"""Decides what is said about one pair: codes and values for every part, requirement and limit; sentences are made elsewhere."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate, product
from operator import itemgetter

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
from .errors import ProfileError
from .levels import UNKNOWN
from .linking import Index, Link, find_links
from .lists import quantise
from .memory import SharedMemory
from .profiles import (
    CandidateProfile,
    CandidateSkill,
    OpeningProfile,
    Requirement,
    Weights,
    as_tuple,
    check_kind,
)
from .resting import collector_at_rest
from .scoring import Parts, add_up, parts_of
from .titles import compare_titles, says_work
from .vocabulary import Reading, Vocabulary

Values = Mapping[str, object]
Pair = tuple[CandidateProfile, OpeningProfile]
Requirements = tuple[Requirement, ...]
# What each requirement of openings counts, remembered with the vocabulary.
_WEIGHT_PARTS: SharedMemory[Vocabulary, Requirements, tuple[float, ...]] = SharedMemory(1 << 14)


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
    return explain_pairs([(candidate, opening)], vocabulary, weights)[0]


@collector_at_rest()
def explain_pairs(
    pairs: Iterable[Pair], vocabulary: Vocabulary | None = None, weights: Weights | None = None
) -> list[Explanation]:
    """What `explain` says of each of many pairs, in their order; it costs less than one by one. O(skills held x asked +
    titles wished x offered) for each candidate or each opening, whichever are fewer. Raises ProfileError for anything
    else than pairs."""
    given = as_tuple("pairs", pairs)
    for pair in given:
        if not isinstance(pair, tuple) or len(pair) != 2:
            raise ProfileError(f"pairs: {pair!r} is no pair of a candidate and an opening")
    known, weights = Vocabulary() if vocabulary is None else vocabulary, weights or Weights()
    check_kind("candidate", [candidate for candidate, _ in given], CandidateProfile)
    check_kind("opening", [opening for _, opening in given], OpeningProfile)
    check_kind("vocabulary", [known], Vocabulary)
    check_kind("weights", [weights], Weights)
    found: dict[int, Explanation] = {}
    for numbers in _lists_of(given):
        compared = _Compared([given[number] for number in numbers], known)
        found.update((number, _explain(*given[number], compared, weights)) for number in numbers)
    return [found[number] for number in range(len(given))]


def _lists_of(pairs: Sequence[Pair]) -> Iterable[list[int]]:
    """The numbers of the pairs, by candidate or by opening, whichever are fewer."""
    by_side: tuple[dict[int, list[int]], ...] = {}, {}
    for number, pair in enumerate(pairs):
        for profile, numbers in zip(pair, by_side, strict=True):
            numbers.setdefault(id(profile), []).append(number)
    return min(by_side, key=len).values()


class _Skills:
    """The skills that profiles name, one profile after the other: what each means, its level (given, else told by the
    words), whose it is; and where those of each profile start. Profiles go by their id."""

    def __init__(
        self, named: Mapping[int, Sequence[CandidateSkill] | Sequence[Requirement]], vocabulary: Vocabulary
    ) -> None:
        skills = [skill for own in named.values() for skill in own]
        self.readings = vocabulary.read_many([skill.skill for skill in skills])
        self.levels = [skill.level or reading.level for skill, reading in zip(skills, self.readings, strict=True)]
        self.owners = [profile for profile, own in named.items() for _ in own]
        self.starts = dict(zip(named, accumulate(map(len, named.values()), initial=0), strict=False))


class _Compared:
    """What the pairs of one list have in common, compared once: skills with requirements, and titles."""

    def __init__(self, pairs: Sequence[Pair], vocabulary: Vocabulary) -> None:
        people = {id(candidate): candidate for candidate, _ in pairs}
        posts = {id(opening): opening for _, opening in pairs}
        asked = [post.requirements for post in posts.values()]
        parts = _WEIGHT_PARTS.of(vocabulary, asked, lambda new: [_weight_parts(each, vocabulary) for each in new])
        self.weight_parts = dict(zip(posts, parts, strict=True))
        self.held = _Skills({number: person.skills for number, person in people.items()}, vocabulary)
        self.asked = _Skills({number: post.requirements for number, post in posts.items()}, vocabulary)
        self._ways: dict[tuple[int, int], list[Link]] = {}
        for link in find_links(Index(self.held.readings), Index(self.asked.readings), vocabulary):
            self._ways.setdefault((self.held.owners[link.held], link.needed), []).append(link)
        wanted = filter(says_work, dict.fromkeys(title for person in people.values() for title in person.wanted_titles))
        offered = filter(says_work, dict.fromkeys(post.title for post in posts.values()))
        pairs_of_titles = [*product(wanted, offered)]
        self._alike = dict(zip(pairs_of_titles, compare_titles(pairs_of_titles, vocabulary), strict=True))

    def ways(self, candidate: CandidateProfile, needed: int) -> Sequence[Link]:
        """How the candidate's skills answer for what is asked at that place."""
        return self._ways.get((id(candidate), needed), ())

    def title(self, candidate: CandidateProfile, opening: OpeningProfile) -> tuple[float, str] | None:
        """The best likeness 0..1 of a wished title, and that title; None when either side says none."""
        alike = [
            (self._alike[wished, opening.title], wished)
            for wished in candidate.wanted_titles
            if (wished, opening.title) in self._alike
        ]
        return max(alike, key=itemgetter(0), default=None)


def _explain(
    candidate: CandidateProfile, opening: OpeningProfile, compared: _Compared, weights: Weights
) -> Explanation:
    title = compared.title(candidate, opening)
    agreement = remote_agreement(candidate.remote, opening.remote)
    has = weights, len(opening.requirements) > 0, title is not None, agreement is not None
    points = _points(*has, agreement or 0.0)
    met, gains = _requirements(candidate, opening, compared, points.skills)
    score = quantise(add_up(gains, title[0] if title else 0.0, points))
    limits = (_must_limit(met), *_other_limits(candidate, opening))
    eligible = all(limit.ok for limit in limits)
    return Explanation(
        candidate=candidate.key,
        opening=opening.key,
        score=score if eligible else 0.0,
        eligible=eligible,
        limits=limits,
        requirements=met,
        parts=_parts(gains, title, agreement, _points(*has, 1.0)),
        nearest_change=_nearest_change(met, limits),
    )


@lru_cache(maxsize=256)
def _points(weights: Weights, asks: bool, has_titles: bool, wishes: bool, agreement: float) -> Parts:
    """Few pairs differ in what parts they have, and single values cost an array as much as many."""
    return Parts(*map(float, parts_of(weights, asks, has_titles, wishes, agreement)))


def _parts(
    gains: Sequence[tuple[float, float]], title: tuple[float, str] | None, agreement: float | None, whole: Parts
) -> tuple[Part, ...]:
    """The parts that the pair has; whole: the points of each for a pair that fits in full."""
    weights = [points / 100 for points in whole]
    found = [
        Part("skills", weights[0], 100 * sum(part * worth for part, worth in gains)),
        Part("title", weights[1], 100 * title[0], {"wanted": title[1]}) if title else None,
        Part("remote", weights[2], 100 * agreement) if agreement is not None else None,
    ]
    return tuple(part for part in found if part is not None and part.weight > 0)


# Requirements


def _requirements(
    candidate: CandidateProfile, opening: OpeningProfile, compared: _Compared, points: float
) -> tuple[tuple[Met, ...], list[tuple[float, float]]]:
    """How each requirement is met, and for the score its part of the whole and what is met of it, 0..1 each; points: of
    all requirements together."""
    first, parts = compared.asked.starts[id(opening)], compared.weight_parts[id(opening)]
    met, gains = [], []
    for place, (requirement, part) in enumerate(zip(opening.requirements, parts, strict=True), first):
        found, worth = _meet(requirement, place, compared.ways(candidate, place), compared, points * part)
        met.append(found)
        gains.append((part, worth))
    return tuple(met), gains


def _weight_parts(requirements: Requirements, vocabulary: Vocabulary) -> tuple[float, ...]:
    """Each requirement's part of the whole, 0..1; those that ask for the same skill in other words share one weight,
    and what nearly everybody can counts half."""
    asked = vocabulary.read_many([requirement.skill for requirement in requirements])
    identities = [reading.identity for reading in asked]
    times = Counter(identities)
    weights = [
        requirement.weight / (times[identity] * vocabulary.divisor_of(reading))
        for requirement, identity, reading in zip(requirements, identities, asked, strict=True)
    ]
    heaviest = max(weights, default=1.0)
    scaled = [weight / heaviest for weight in weights]
    total = sum(scaled)
    return tuple(weight / total for weight in scaled)


def _meet(
    requirement: Requirement, place: int, ways: Sequence[Link], compared: _Compared, possible: float
) -> tuple[Met, float]:
    needs, has = compared.asked.levels[place], compared.held.levels
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
    held = compared.held.readings[best.held]
    met = Met(
        skill=requirement.skill,
        must=requirement.must,
        how=_how(best, held, compared.asked.readings[place]),
        relation=best.relation,
        met_by=held.text,
        similarity=round(best.similarity, 2),
        level=level,
        points=possible * worth,
        possible=possible,
        ok=ok,
    )
    return met, worth


def _order(link: Link, has: int, needs: int, must: bool) -> tuple[bool, float, bool, float, int, str]:
    """The better link is higher; of equal ones that by the skill named first, however the links came."""
    counts = not must or (link.holds and not fails_must(has, needs))
    return counts, _worth(link, has, needs), link.relation == "same", link.similarity, -link.held, link.relation


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
