"""An offer is accepted through its last day, and an answer counts for the very offer that was read."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import Session

from placement import links
from placement.enums import LinkPurpose, Side
from placement.links import LinkRefused
from placement.models import Conversion, Referral
from placement.offers import mark_of
from placement.states import Actor, MoveRefused
from placement.ticking import run_due
from tests.placement.cast import DAY, OFFICE, add_account, add_company, add_conversion
from tests.placement.desk import Desk

LAST = DAY + timedelta(days=3)
AFTER = LAST + timedelta(days=1)
TO_STAY = LinkPurpose.CONVERSION_ANSWER
PURPOSES: dict[str, LinkPurpose] = {"referral": LinkPurpose.OFFER_ANSWER, "conversion": TO_STAY}
both = pytest.mark.parametrize("kind", list(PURPOSES))


def offered(desk: Desk, kind: str) -> Any:
    """Something that was offered on DAY and may be accepted through LAST."""
    row = desk.refer(state="interested") if kind == "referral" else add_conversion(desk.session)
    desk.act(row, "offer", expires_on=LAST)
    return row


def link_to(desk: Desk, row: Referral | Conversion) -> str:
    purpose = PURPOSES[type(row).__tablename__]
    return links.make_link(desk.session, purpose, row, Side.GRADUATE, OFFICE, today=DAY)[1]


def opened(session: Session, token: str, day: date = DAY) -> links.OpenLink:
    return links.open_link(session, token, today=day)


def refusal_of(session: Session, token: str, **given: Any) -> str:
    """The code by which accepting through the link is refused; nothing is spent then."""
    with pytest.raises(MoveRefused) as caught:
        links.answer(session, opened(session, token), "accept", today=DAY, **given)
    assert opened(session, token).link.used_at is None
    return caught.value.refusal.code


@both
def test_an_offer_is_accepted_through_its_last_day_and_not_after_it_though_no_clock_has_closed_it(
    desk: Desk, kind: str
):
    row = offered(desk, kind)
    assert desk.refusal(row, "accept", on=AFTER) == "offer_lapsed"
    assert row.state == "offered"
    desk.act(row, "accept", on=LAST)
    assert row.state == "accepted"


@both
def test_the_clock_still_closes_it_and_who_had_said_yes_in_time_is_written_down_with_that_day(desk: Desk, kind: str):
    row = offered(desk, kind)
    run_due(desk.session, today=AFTER)
    assert row.state == "expired"
    desk.undo(row, on=AFTER)
    desk.act(row, "accept", on=LAST)
    assert row.state == "accepted"


def test_an_offer_made_anew_may_be_accepted(desk: Desk):
    row = offered(desk, "referral")
    desk.act(row, "retract", on=AFTER)
    desk.act(row, "reopen", on=AFTER, to="interested")
    desk.act(row, "offer", on=AFTER, expires_on=AFTER + timedelta(days=7))
    desk.act(row, "accept", on=AFTER)
    assert row.state == "accepted"


def test_no_offer_lapses_before_it_is_made(desk: Desk):
    row = desk.refer(state="interested")
    assert desk.refusal(row, "offer", expires_on=DAY - timedelta(days=1)) == "expires_before_offer"
    desk.act(row, "offer", expires_on=DAY)
    assert row.state == "offered"


@both
def test_only_the_offer_that_was_read_is_accepted(desk: Desk, kind: str):
    row = offered(desk, kind)
    token, read = link_to(desk, row), mark_of(desk.session, row)
    assert refusal_of(desk.session, token) == "offer_is_another"
    assert refusal_of(desk.session, token, shown="") == "offer_is_another"
    links.answer(desk.session, opened(desk.session, token), "accept", today=DAY, shown=read)
    assert row.state == "accepted"


@both
def test_an_offer_whose_terms_were_changed_behind_the_page_is_read_anew(desk: Desk, kind: str):
    row = offered(desk, kind)
    token, read = link_to(desk, row), mark_of(desk.session, row)
    row.offer_expires_on = LAST + timedelta(days=1)
    desk.session.flush()
    assert refusal_of(desk.session, token, shown=read) == "offer_is_another"


@both
def test_the_link_to_an_offer_does_not_open_a_later_one(desk: Desk, kind: str):
    row = offered(desk, kind)
    token, read = link_to(desk, row), mark_of(desk.session, row)
    desk.undo(row)
    desk.act(row, "offer", expires_on=LAST)
    assert mark_of(desk.session, row) != read
    with pytest.raises(LinkRefused, match="replaced"):
        opened(desk.session, token)
    assert opened(desk.session, link_to(desk, row)).link.used_at is None


def test_the_very_offer_that_comes_back_by_an_undo_keeps_its_link(desk: Desk):
    row = offered(desk, "referral")
    token, read = link_to(desk, row), mark_of(desk.session, row)
    desk.act(row, "retract")
    desk.undo(row)
    links.answer(desk.session, opened(desk.session, token), "accept", today=DAY, shown=read)
    assert row.state == "accepted"


# Who has made a link


def profile_link(desk: Desk, maker: Actor) -> str:
    referral = desk.refer(state="interested")
    return links.make_link(desk.session, LinkPurpose.PROFILE, referral, Side.COMPANY, maker, today=DAY)[1]


def test_a_companys_own_link_dies_with_the_account_that_made_it_and_an_offices_stays(desk: Desk):
    company = add_company(desk.session)
    partner = add_account(desk.session, role="partner", company_id=company.id)
    clerk = add_account(desk.session)
    tokens = {who.role: profile_link(desk, OFFICE._replace(name=who.email)) for who in (partner, clerk)}
    for token in tokens.values():
        opened(desk.session, token)
    for who in (partner, clerk):
        desk.act(who, "deactivate")
    with pytest.raises(LinkRefused, match="stopped"):
        opened(desk.session, tokens["partner"])
    opened(desk.session, tokens["counselor"])
    desk.act(partner, "activate")
    opened(desk.session, tokens["partner"])


def test_a_link_that_no_account_has_made_is_nobodys_to_stop(desk: Desk):
    token = profile_link(desk, OFFICE._replace(name=f"link:{Side.COMPANY}"))
    desk.act(add_account(desk.session, role="partner", company_id=add_company(desk.session).id), "deactivate")
    opened(desk.session, token)
