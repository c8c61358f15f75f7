"""Decides how a proposal for a whole round is said: who takes which seat, why somebody has none, what the other way costs."""

from typing import Any, NamedTuple

from sqlalchemy import select as sa_select
from sqlmodel import Session, col

import matching
from employers.models import Company, Opening
from placement.allocations import Slate
from placement.explanations import name_of
from placement.models import Graduate
from placement.texts import N_, _

POLICIES = {"most_placed": N_("최다 배정"), "stable": N_("안정 배정")}
MEANINGS = {
    "most_placed": N_("배정 인원을 가장 많게, 그 가운데 적합도 합계를 가장 높게 합니다."),
    "stable": N_("서로 지금 배정보다 더 원하는 사람과 공고가 한 쌍도 남지 않게 합니다."),
}
WHYS = {
    "no_eligible_opening": N_("조건이 모두 맞는 공고가 없습니다."),
    "too_low": N_("적합도가 기준에 이르는 공고가 없습니다."),
    "forbidden": N_("맞는 공고는 모두 제외했거나 거절되었거나 알선이 진행 중입니다."),
    "own_wishes": N_("본인이 원하는 공고 가운데 맞는 것이 없습니다."),
    "not_ranked": N_("맞는 공고의 기업이 모두 이 사람을 순위에 넣지 않았습니다."),
    "no_seat": N_("맞는 공고에 남은 자리가 없습니다."),
    "outranked": N_("맞는 공고의 자리는 모두 적합도가 더 높은 사람에게 돌아갔습니다."),
    "by_tie": N_("적합도가 같은 사람이 있어 번호 순서에서 밀렸습니다."),
    "by_total": N_("이 사람을 더 원하는 공고가 있으나, 전체 적합도 합계가 더 높은 쪽으로 배정했습니다."),
}
HAS_CHANCE = ("no_seat", "outranked", "by_tie", "by_total")  # one seat more can help only where some pair is left


class Person(NamedTuple):
    """A graduate by row id, own number and name."""

    id: int
    key: str
    name: str | None

    @property
    def called(self) -> str:
        """The name, or the number where none is known."""
        return self.name or self.key


class Offer(NamedTuple):
    """An opening by row id, own number, title and company."""

    id: int
    key: str
    title: str
    company: str


class Seat(NamedTuple):
    """One line of the slate."""

    person: Person
    offer: Offer
    score: float

    @property
    def pair(self) -> str:
        """The pair as a form carries it: 12-34."""
        return f"{self.person.id}-{self.offer.id}"


class Must(NamedTuple):
    """A must-have that alone keeps somebody from an opening: the score without it, whether it would bring a seat, and who
    would lose his (None: nobody)."""

    offer: Offer
    skill: str
    score: float
    is_placed: bool
    instead_of: Person | None


class Waiting(NamedTuple):
    """Somebody without a seat: why (code), the openings where one seat more would be his, and the must-have to relax."""

    person: Person
    why: str
    seats_at: list[Offer]
    must: Must | None


class Told(NamedTuple):
    """A slate with its names; people and offers by row id."""

    slate: Slate
    seats: list[Seat]
    waiting: list[Waiting]
    people: dict[int, Person]
    offers: dict[int, Offer]


def tell(session: Session, slate: Slate) -> Told:
    """The slate with the names of today, people by name."""
    people, offers = _people(session), _offers(session)
    vocabulary = slate.market.vocabulary
    seats = [Seat(people[int(p.candidate)], offers[int(p.opening)], p.score) for p in slate.answer.pairs]
    waiting = [
        Waiting(
            people[int(one.candidate)],
            one.why,
            [offers[int(key)] for key in one.seats_at],
            _must(slate, one, people, offers, vocabulary),
        )
        for one in slate.leftovers
    ]
    return Told(slate, sorted(seats, key=_by_name), sorted(waiting, key=_by_name), people, offers)


def _by_name(row: Seat | Waiting) -> tuple[str, int]:
    return row.person.called, row.person.id


def _must(
    slate: Slate,
    leftover: matching.Leftover,
    people: dict[int, Person],
    offers: dict[int, Offer],
    vocabulary: matching.Vocabulary,
) -> Must | None:
    """The pair that helps most: it places the person at nobody's cost, then at somebody's, then not; best fit first."""
    if not leftover.allowed:
        return None
    best = min(leftover.allowed, key=lambda one: (not one.is_placed, one.instead_of is not None, -one.score))
    return Must(
        offers[int(best.opening)],
        name_of(slate.musts[leftover.candidate, best.opening], vocabulary),
        best.score,
        best.is_placed,
        people[int(best.instead_of)] if best.instead_of else None,
    )


def describe_why(waiting: Waiting) -> str:
    """Why somebody has no seat, as a sentence."""
    return _(WHYS[waiting.why])


def describe_seat(waiting: Waiting) -> str:
    """What one seat more would change; empty where it could change nothing."""
    if waiting.seats_at:
        offer = waiting.seats_at[0]
        return _("‘%(title)s’(%(company)s)에 한 자리가 더 있으면 배정됩니다.", title=offer.title, company=offer.company)
    return _("어디에 한 자리가 더 있어도 다른 사람이 먼저 배정됩니다.") if waiting.why in HAS_CHANCE else ""


def describe_must(waiting: Waiting) -> str:
    """What one must-have less would change; empty where no must-have stands alone in the way."""
    must = waiting.must
    if must is None:
        return ""
    if not must.is_placed:
        return _("필수 기술 하나를 우대로 바꾸어도 배정되지 않습니다.")
    values = {"title": must.offer.title, "company": must.offer.company, "skill": must.skill, "score": must.score}
    said = _(
        "‘%(title)s’(%(company)s)의 필수 기술 ‘%(skill)s’ 하나를 우대로 바꾸면 배정됩니다(적합도 %(score).0f점).",
        **values,
    )
    return f"{said} {_('대신 %(name)s 님이 빠집니다.', name=must.instead_of.called)}" if must.instead_of else said


def describe_price(slate: Slate) -> str:
    """What the other policy would cost or bring against this one, as a sentence."""
    other = slate.other
    people, fit = other.placed - slate.answer.placed, other.total_score - slate.answer.total_score
    values = {"policy": _(POLICIES[other.policy]), "placed": other.placed, "people": abs(people)}
    counted = (
        _("%(policy)s으로 하면 배정 인원은 같습니다(%(placed)s명).", **values)
        if not people
        else _("%(policy)s으로 하면 %(people)s명이 덜 배정됩니다(%(placed)s명).", **values)
        if people < 0
        else _("%(policy)s으로 하면 %(people)s명이 더 배정됩니다(%(placed)s명).", **values)
    )
    return f"{counted} {_describe_fit(fit)} {_describe_unrest(slate)}".strip()


def _describe_fit(fit: float) -> str:
    if abs(fit) < 0.05:
        return _("적합도 합계는 같습니다.")
    if fit < 0:
        return _("적합도 합계가 %(points).1f점 낮아집니다.", points=-fit)
    return _("적합도 합계가 %(points).1f점 높아집니다.", points=fit)


def _describe_unrest(slate: Slate) -> str:
    count = slate.both.unrest
    if slate.policy == "most_placed":
        return _("지금 배정에는 서로 더 원하는 쌍이 %(count)s쌍 남습니다.", count=count) if count else ""
    return _("그때는 서로 더 원하는 쌍이 %(count)s쌍 남습니다.", count=count) if count else ""


def describe_sit_out(slate: Slate) -> str:
    """Who was left out because a referral goes on; empty for nobody."""
    count = slate.market.sit_out
    return _("알선이 진행 중인 %(count)s명과 그 자리는 뺐습니다.", count=count) if count else ""


def describe_ties(slate: Slate) -> str:
    """How often equals had to be ordered by number, and how many people lost by that alone; empty without any."""
    answer = slate.answer
    losers = {candidate for candidate, _opening in answer.lost_by_tie}
    if not losers:
        return ""
    return _("적합도가 같아 번호 순으로 정한 자리에서 %(count)s명이 밀렸습니다.", count=len(losers))


def slate_json(told: Told) -> dict[str, Any]:
    """The slate in the fields that programs read (`ieum allocate --json`)."""
    slate = told.slate
    answer, other, market = slate.answer, slate.other, slate.market
    return {
        "policy": answer.policy,
        "candidates": len(market.people.ids),
        "openings": len(market.offers.ids),
        "seats": sum(market.seats),
        "sit_out": market.sit_out,
        "placed": answer.placed,
        "total_score": answer.total_score,
        "pairs": [_seat_json(seat) for seat in told.seats],
        "unplaced": [_waiting_json(one) for one in told.waiting],
        "blocking_pairs": _pairs_json(told, answer.blocking_pairs),
        "ties": answer.ties,
        "lost_by_tie": _pairs_json(told, answer.lost_by_tie),
        "other": {
            "policy": other.policy,
            "placed": other.placed,
            "total_score": other.total_score,
            "blocking_pairs": len(other.blocking_pairs),
        },
        "price": {"people": slate.both.people, "fit": slate.both.fit, "blocking_pairs": slate.both.unrest},
        "engine": matching.ENGINE_VERSION,
    }


def _seat_json(seat: Seat) -> dict[str, Any]:
    return {"graduate": seat.person.key, **_offer_json(seat.offer), "score": seat.score}


def _offer_json(offer: Offer) -> dict[str, Any]:
    return {"opening": offer.key, "title": offer.title, "company": offer.company}


def _waiting_json(waiting: Waiting) -> dict[str, Any]:
    must = waiting.must
    relaxed = must and {
        **_offer_json(must.offer),
        "skill": must.skill,
        "score": must.score,
        "placed": must.is_placed,
        "instead_of": must.instead_of.key if must.instead_of else None,
    }
    return {
        "graduate": waiting.person.key,
        "why": waiting.why,
        "text": describe_why(waiting),
        "one_more_seat": [_offer_json(offer) for offer in waiting.seats_at],
        "one_relaxed_must": relaxed,
        "changes": [said for said in (describe_seat(waiting), describe_must(waiting)) if said],
    }


def _pairs_json(told: Told, pairs: tuple[tuple[str, str], ...]) -> list[dict[str, str]]:
    return [{"graduate": told.people[int(g)].key, "opening": told.offers[int(o)].key} for g, o in pairs]


def _people(session: Session) -> dict[int, Person]:
    columns: Any = (Graduate.id, Graduate.key, Graduate.name)
    return {row[0]: Person(*row) for row in session.connection().execute(sa_select(*columns))}


def _offers(session: Session) -> dict[int, Offer]:
    columns: Any = (Opening.id, Opening.key, Opening.title, Company.name)
    wanted = sa_select(*columns).join(Company, col(Opening.company_id) == col(Company.id))
    return {row[0]: Offer(*row) for row in session.connection().execute(wanted)}
