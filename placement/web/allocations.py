"""Decides how a whole-cohort round is looked at: the slate, why some have no seat, and the way to propose what is ticked."""

from typing import Any, NamedTuple

from flask import Blueprint, render_template, request

from placement import slates
from placement.access import may
from placement.allocations import Market, allocate, read_market
from placement.slates import MEANINGS, POLICIES, Told
from placement.texts import _
from placement.web.counselors import cohort_names
from placement.web.doors import current_account, door, reading, today
from placement.web.lists import page_of, row_id

blueprint = Blueprint("allocations", __name__, url_prefix="/allocation")

MOST_ON_SCREEN = 250_000  # pairs that are scored in a blink; a larger round is for the terminal
DESCRIBED = {
    "describe_why": slates.describe_why,
    "describe_seat": slates.describe_seat,
    "describe_must": slates.describe_must,
}


class Wish(NamedTuple):
    """What is asked for: the policy, a cohort's row id, the least fit, whether people under way take part."""

    policy: str
    cohort: int | None
    least: float
    with_referred: bool


@blueprint.get("")
@door("suggestion:see")
def show_slate() -> str:
    """?policy=, cohort=, least=, referred=with; show=waiting, page=. Proposed anew at each look; nothing is stored."""
    wish = asked_wish()
    with reading() as session:
        market = read_market(session, today=today(session), cohort_id=wish.cohort, with_referred=wish.with_referred)
        cohorts = cohort_names(session)
    told = None if market.pairs > MOST_ON_SCREEN else told_of(market, wish)
    policies = {code: _(name) for code, name in POLICIES.items()}
    view = {
        "market": market,
        "cohorts": cohorts,
        "policies": policies,
        "meaning": _(MEANINGS[wish.policy]),
        **DESCRIBED,
    }
    return render_template("allocations/slate.html", told=told, **view, **(shown_of(told) if told else {}))


def shown_of(told: Told) -> dict[str, Any]:
    """The part of the slate that is looked at: the seats, or those without one."""
    is_waiting = request.args.get("show") == "waiting"
    return {
        "found": page_of(told.waiting if is_waiting else told.seats),
        "is_waiting": is_waiting,
        "remarks": remarks_on(told),
        "may_propose": may(current_account(), "referral:change"),
    }


def told_of(market: Market, wish: Wish) -> Told:
    """The slate with its names; scored between two readings, so that no session waits for it."""
    slate = allocate(market, wish.policy, wish.least)
    with reading() as session:
        return slates.tell(session, slate)


def remarks_on(told: Told) -> list[str]:
    """What is to be known of a slate besides its figures."""
    described = (slates.describe_price, slates.describe_ties, slates.describe_sit_out)
    return [said for describe in described if (said := describe(told.slate))]


def asked_wish() -> Wish:
    """The wish in the address; anything odd is as if it had not been said."""
    policy = request.args.get("policy", "")
    return Wish(
        policy if policy in POLICIES else "most_placed",
        row_id(request.args.get("cohort", "")),
        min(max(request.args.get("least", 0, type=int), 0), 100),
        request.args.get("referred") == "with",
    )
