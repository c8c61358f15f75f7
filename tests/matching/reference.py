"""The engine's answer the slow and plain way: every pair by itself, in loops that one can check by reading.

The fast way must give exactly the same numbers, so the sums here run in the same order: requirement by requirement.
"""

from collections import Counter

from matching import CandidateProfile, OpeningProfile, Vocabulary, Weights
from matching.criteria import (
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
from matching.linking import Index, find_links
from matching.titles import compare_titles, says_work

Lists = dict[str, list[tuple[str, float]]]


def score_of(person: CandidateProfile, post: OpeningProfile, vocabulary: Vocabulary, weights: Weights) -> float | None:
    """The score of one pair, rounded to 10 decimals; None where a limit fails."""
    gains = _gains(person, post, vocabulary)
    musts = [gain for gain, asked in zip(gains, post.requirements, strict=True) if asked.must]
    if min(musts, default=1.0) <= 0 or not _keeps_limits(person, post):
        return None
    met = 0.0
    for part, gain in zip(_weight_parts(post, vocabulary), gains, strict=True):
        met = met + part * gain
    wished = [title for title in person.wanted_titles if says_work(title)]
    has_titles = bool(wished) and says_work(post.title)
    alike = max(compare_titles([(title, post.title)], vocabulary)[0] for title in wished) if has_titles else 0.0
    agreement = remote_agreement(person.remote, post.remote)
    skills = weights.skills if post.requirements else 0.0
    title = weights.title if has_titles else 0.0
    remote = weights.remote if agreement is not None else 0.0
    total = skills + title + remote
    share = 100.0 / total if total > 0 else 0.0
    score = met * (skills * share) + (title * share) * alike + remote * share * (agreement or 0.0)
    return round(score * 1e10) / 1e10


def lists_of(
    people: list[CandidateProfile],
    posts: list[OpeningProfile],
    vocabulary: Vocabulary,
    weights: Weights | None = None,
    k: int = 20,
    excluded: frozenset[tuple[str, str]] = frozenset(),
) -> tuple[Lists, Lists]:
    """The k best openings of every candidate and the k best candidates of every opening: equal scores by key."""
    of_people: Lists = {person.key: [] for person in people}
    of_posts: Lists = {post.key: [] for post in posts}
    for person in people:
        for post in posts:
            score = score_of(person, post, vocabulary, weights or Weights())
            if score is not None and (person.key, post.key) not in excluded:
                of_people[person.key].append((post.key, score))
                of_posts[post.key].append((person.key, score))
    return _cut(of_people, k), _cut(of_posts, k)


def _cut(lists: Lists, k: int) -> Lists:
    return {key: sorted(found, key=lambda one: (-one[1], one[0]))[:k] for key, found in lists.items()}


def _gains(person: CandidateProfile, post: OpeningProfile, vocabulary: Vocabulary) -> list[float]:
    """What each requirement gets of the person, 0..1: the best of all links, a neighbour never for a must."""
    held = [vocabulary.read(skill.skill) for skill in person.skills]
    asked = [vocabulary.read(requirement.skill) for requirement in post.requirements]
    gains = [0.0] * len(asked)
    for link in find_links(Index(held), Index(asked), vocabulary):
        requirement = post.requirements[link.needed]
        has = person.skills[link.held].level or held[link.held].level
        needs = requirement.level or asked[link.needed].level
        gain = link.value * (level_factor if link.holds else neighbour_factor)(has, needs)
        if requirement.must and (not link.holds or fails_must(has, needs)):
            gain = 0.0
        gains[link.needed] = max(gains[link.needed], gain)
    return gains


def _weight_parts(post: OpeningProfile, vocabulary: Vocabulary) -> list[float]:
    asked = [vocabulary.read(requirement.skill) for requirement in post.requirements]
    times = Counter(reading.identity for reading in asked)
    divisors = [times[reading.identity] * vocabulary.divisor_of(reading) for reading in asked]
    weights = [r.weight / divisor for r, divisor in zip(post.requirements, divisors, strict=True)]
    scaled = [weight / max(weights) for weight in weights]
    total = 0.0
    for weight in scaled:
        total = total + weight
    return [weight / total for weight in scaled]


def _keeps_limits(person: CandidateProfile, post: OpeningProfile) -> bool:
    verdicts = (
        judge_region(person.regions, post.region, post.remote),
        judge_remote(person.remote, post.remote),
        judge_employment(person.employment_types, post.employment_type),
        judge_pay(person.pay_min, post.pay_max),
        judge_date(person.available_on, post.starts_on),
    )
    return all(verdict.ok for verdict in verdicts)
