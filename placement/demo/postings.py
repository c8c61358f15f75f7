"""Decides which openings the demo's companies post, from when, for how many, and which of them are open today."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count
from typing import NamedTuple

from sqlmodel import Session

from employers.enums import EmploymentType, OpeningSource, PayPeriod
from employers.models import Company, Opening
from employers.openings import OpeningInput, RequirementInput, store_opening
from placement.demo.casting import Cast, Dice
from placement.demo.offers import OFFERS, REMOTE, TYPES, Offer
from placement.states import Actor, move, record_birth

TODAY = date(2020, 12, 1)
PARTNERS_OWN = ("closing", "closing", "closing", "open", "paused", "draft")
PARTNER_TRACKS = ("labeling", "blockchain")
POSTED = {"labeling": 22, "blockchain": 18, "ai": 8}
TEN_THOUSAND = 10_000


class Slot(NamedTuple):
    """An opening to be: whose, what for, and how it stands today."""

    company: Company
    offer: Offer
    fate: str = "open"


def post_openings(
    session: Session, cast: Cast, companies: dict[str, list[Company]], actor: Actor
) -> dict[str, list[Opening]]:
    """Post the openings of each track; a partner who signs in finds own ones in every state that asks something."""
    posted: dict[str, list[Opening]] = {}
    numbers = count(1)
    for track, group in companies.items():
        dice = cast.dice(f"openings:{track}")
        posted[track] = []
        for slot in _slots(track, group):
            typed = _typed(dice, track, slot)
            source = OpeningSource.COUNSELOR if dice.is_lucky(0.3) else OpeningSource.COMPANY
            opening = store_opening(session, slot.company, typed, key=f"O-{next(numbers):03d}", source=source)
            _publish(session, opening, slot.fate, actor)
            posted[track].append(opening)
    return posted


def _slots(track: str, group: list[Company]) -> Iterator[Slot]:
    """First the partner's own, of the first company of a track; the other companies take turns."""
    fates = PARTNERS_OWN if track in PARTNER_TRACKS else ()
    for index in range(POSTED[track]):
        offer = OFFERS[track][index % len(OFFERS[track])]
        if index < len(fates):
            yield Slot(group[0], offer, fates[index])
        else:
            yield Slot(group[1 + (index - len(fates)) % (len(group) - 1)], offer)


def _typed(dice: Dice, track: str, slot: Slot) -> OpeningInput:
    company, offer, fate = slot
    kind = dice.chosen(TYPES[track])
    seats = dice.randint(1, 3) if dice.is_lucky(0.8) else dice.randint(1, offer.most_seats)
    is_lasting = kind in (EmploymentType.INTERN, EmploymentType.CONTRACT) and dice.is_lucky(0.5)
    until_filled = dice.is_lucky(0.1) and fate != "closing"
    days_left = dice.randrange(2, 6) if fate == "closing" else dice.randrange(8, 45)
    return OpeningInput(
        title=f"{offer.title} 인턴" if kind == EmploymentType.INTERN else offer.title,
        description=f"{offer.title} 업무를 함께할 분을 찾습니다. 4대 보험 여부와 근무시간은 면접에서 안내합니다.",
        employment_type=kind,
        region=None if company.region == "재택" else company.region,
        remote="remote" if company.region == "재택" else dice.chosen(REMOTE[track]),
        **_pay(dice, kind, offer),
        starts_on=None if dice.is_lucky(0.3) else date(2020, 12, 15) + timedelta(days=dice.randrange(0, 35)),
        closes_on=None if until_filled else TODAY + timedelta(days=days_left),
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


def _publish(session: Session, opening: Opening, fate: str, actor: Actor) -> None:
    posted_on = opening.confirmed_on or TODAY
    record_birth(session, opening, actor, effective_on=posted_on)
    if fate == "draft":
        return
    move(session, opening, "publish", actor, effective_on=posted_on)
    if fate == "paused":
        move(session, opening, "pause", actor, effective_on=TODAY)
