"""Decides which openings the demo's companies post, from when, for how many, and which of them are open today."""

from collections.abc import Iterator
from datetime import date, timedelta

from sqlmodel import Session

from employers.enums import EmploymentType, OpeningSource, PayPeriod
from employers.models import Company, Opening
from employers.openings import OpeningInput, RequirementInput, store_opening
from placement.demo.casting import Cast, Dice
from placement.demo.offers import OFFERS, REMOTE, TYPES, Offer
from placement.states import Actor, move, record_birth

TODAY = date(2020, 12, 1)
PARTNERS_OWN = 5
POSTED = {"labeling": 22, "blockchain": 18, "ai": 8}
TEN_THOUSAND = 10_000


def post_openings(
    session: Session, cast: Cast, companies: dict[str, list[Company]], actor: Actor
) -> dict[str, list[Opening]]:
    """Post the openings of each track; of each partner's own five one stays a draft and one is paused."""
    posted: dict[str, list[Opening]] = {}
    numbers = iter(range(1, 1000))
    for track, group in companies.items():
        dice = cast.dice(f"openings:{track}")
        posted[track] = []
        for index, (company, offer) in enumerate(_who_asks_what(track, group)):
            typed = _typed(dice, track, company, offer)
            source = OpeningSource.COUNSELOR if dice.is_lucky(0.3) else OpeningSource.COMPANY
            opening = store_opening(session, company, typed, key=f"O-{next(numbers):03d}", source=source)
            _publish(session, opening, index, is_partners=company is group[0] and track != "ai", actor=actor)
            posted[track].append(opening)
    return posted


def _who_asks_what(track: str, group: list[Company]) -> Iterator[tuple[Company, Offer]]:
    """The first company of a track, a partner who signs in, asks five times; the others take turns."""
    offers = OFFERS[track]
    own = 0 if track == "ai" else PARTNERS_OWN
    for index in range(POSTED[track]):
        company = group[0] if index < own else group[1 + (index - own) % (len(group) - 1)]
        yield company, offers[index % len(offers)]


def _typed(dice: Dice, track: str, company: Company, offer: Offer) -> OpeningInput:
    kind = dice.chosen(TYPES[track])
    seats = dice.randint(1, 3) if dice.is_lucky(0.8) else dice.randint(1, offer.most_seats)
    is_lasting = kind in (EmploymentType.INTERN, EmploymentType.CONTRACT) and dice.is_lucky(0.5)
    until_filled = dice.is_lucky(0.1)
    return OpeningInput(
        title=f"{offer.title} 인턴" if kind == EmploymentType.INTERN else offer.title,
        description=f"{offer.title} 업무를 함께할 분을 찾습니다. 4대 보험 여부와 근무시간은 면접에서 안내합니다.",
        employment_type=kind,
        region=None if company.region == "재택" else company.region,
        remote="remote" if company.region == "재택" else dice.chosen(REMOTE[track]),
        **_pay(dice, kind, offer),
        starts_on=None if dice.is_lucky(0.3) else date(2020, 12, 15) + timedelta(days=dice.randrange(0, 35)),
        closes_on=None if until_filled else TODAY + timedelta(days=dice.randrange(2, 45)),
        until_filled=until_filled,
        seats=seats,
        conversion_intended=is_lasting,
        conversion_seats=dice.randint(1, seats) if is_lasting else None,
        confirmed_on=TODAY - timedelta(days=dice.randrange(1, 45)),
        requirements=_asked(dice, offer),
    )


def _pay(dice: Dice, kind: EmploymentType, offer: Offer) -> dict[str, object]:
    """Freelancers are paid by the piece; everyone else by the month, never under the minimum wage."""
    if kind == EmploymentType.FREELANCE:
        least = dice.randrange(30, 90, 10)
        return {"pay_period": PayPeriod.PIECE, "pay_min": least, "pay_max": least + 60}
    least, most = offer.pay
    return {
        "pay_period": PayPeriod.MONTH,
        "pay_min": least * TEN_THOUSAND,
        "pay_max": (most + dice.randrange(0, 11, 5)) * TEN_THOUSAND,
    }


def _asked(dice: Dice, offer: Offer) -> list[RequirementInput]:
    must = [RequirementInput(skill=name, level=level, must=True, weight=2) for name, level in offer.must.items()]
    wished = [
        RequirementInput(skill=name, level=level, weight=dice.choice((0.5, 1, 1.5)))
        for name, level in offer.preferred.items()
    ]
    return must + wished


def _publish(session: Session, opening: Opening, index: int, *, is_partners: bool, actor: Actor) -> None:
    posted_on = opening.confirmed_on or TODAY
    record_birth(session, opening, actor, effective_on=posted_on)
    if is_partners and index == PARTNERS_OWN - 1:
        return
    move(session, opening, "publish", actor, effective_on=posted_on)
    if is_partners and index == PARTNERS_OWN - 2:
        move(session, opening, "pause", actor, effective_on=TODAY - timedelta(days=1))
