"""An external opening is matched and told of, never referred; what came of it is counted apart."""

from datetime import timedelta

import pytest
from sqlmodel import select

from placement.figures.guidances import guidances
from placement.guidances import tell
from placement.models import Graduate, Guidance, Opening, Referral, Suggestion
from placement.openings import mark_external
from placement.referrals import create_referral
from placement.states import MoveRefused
from tests.placement.cast import DAY, OFFICE, add_cohort, add_graduate, add_guidance, add_opening
from tests.placement.desk import Desk
from tests.placement.market import Market

URL = "https://jobs.example.com/openings/17"


def external(desk: Desk, **values) -> Opening:
    return add_opening(desk.session, source="external", posting_url=URL, **values)


def told(desk: Desk, opening: Opening, graduate: Graduate | None = None, **given) -> Guidance:
    return tell(desk.session, graduate or add_graduate(desk.session), opening, OFFICE, today=DAY, **given)


def test_nobody_is_referred_to_an_external_opening(desk: Desk):
    with pytest.raises(MoveRefused, match="opening_is_external"):
        create_referral(desk.session, add_graduate(desk.session), external(desk), OFFICE, today=DAY)
    assert desk.session.exec(select(Referral.id)).all() == []


def test_a_closed_referral_is_not_reopened_once_the_opening_is_external(desk: Desk):
    referral = desk.refer(state="declined")
    opening = desk.session.get_one(Opening, referral.opening_id)
    mark_external(desk.session, opening, URL, "counselor")
    assert desk.refusal(referral, "reopen") == "opening_is_external"


def test_an_opening_with_people_under_way_does_not_become_external(desk: Desk):
    referral = desk.refer(state="sent")
    with pytest.raises(MoveRefused, match="opening_has_referrals"):
        mark_external(desk.session, desk.session.get_one(Opening, referral.opening_id), URL, "counselor")


@pytest.mark.parametrize("url", ["", "jobs.example.com", "javascript:alert(1)", "https://", "https://a b.example"])
def test_what_is_no_web_address_is_none(desk: Desk, url: str):
    with pytest.raises(MoveRefused, match="url_odd"):
        mark_external(desk.session, add_opening(desk.session), url, "counselor")


def test_it_becomes_ours_again_without_its_address(desk: Desk):
    opening = mark_external(desk.session, external(desk), None, "counselor")
    assert (opening.source, opening.posting_url) == ("counselor", None)


def test_external_openings_are_matched_like_all_others(market: Market):
    opening = market.openings[0]
    before = market.session.exec(select(Suggestion.id).where(Suggestion.opening_id == opening.id)).all()
    mark_external(market.session, opening, URL, "counselor")
    market.run()
    after = market.session.exec(select(Suggestion.id).where(Suggestion.opening_id == opening.id)).all()
    assert before == after != []


def test_who_was_told_when_and_how_is_on_record(desk: Desk):
    guidance = told(desk, external(desk), told_on=DAY - timedelta(days=2), channel="message")
    assert (guidance.state, guidance.told_on, guidance.channel) == ("told", DAY - timedelta(days=2), "message")
    assert desk.moves_of(guidance) == ["create"]


def test_nobody_is_told_of_our_own_opening_twice_or_tomorrow(desk: Desk):
    opening, graduate = external(desk), add_graduate(desk.session)
    told(desk, opening, graduate)
    wrong = [
        ("opening_not_external", lambda: told(desk, add_opening(desk.session))),
        ("opening_not_open", lambda: told(desk, external(desk, state="closed"))),
        ("graduate_not_looking", lambda: told(desk, opening, add_graduate(desk.session, state="left_programme"))),
        ("day_in_future", lambda: told(desk, opening, told_on=DAY + timedelta(days=1))),
        ("told_already", lambda: told(desk, opening, graduate)),
    ]
    for code, act in wrong:
        with pytest.raises(MoveRefused, match=code):
            act()
    assert len(desk.session.exec(select(Guidance.id)).all()) == 1


@pytest.mark.parametrize(
    ("moves", "state"),
    [
        (("apply", "hire"), "hired"),
        (("apply", "reject"), "rejected"),
        (("not_apply",), "not_applied"),
        (("not_apply", "apply"), "applied"),
        (("lose_track",), "unknown"),
        (("lose_track", "hire"), "hired"),
    ],
)
def test_what_came_of_it_is_recorded_and_each_step_taken_back(desk: Desk, moves: tuple[str, ...], state: str):
    guidance = add_guidance(desk.session)
    desk.act(guidance, *moves)
    assert guidance.state == state
    desk.undo(guidance, times=len(moves))
    assert guidance.state == "told"


def test_what_came_of_being_told_is_counted_by_program_and_in_no_referral(desk: Desk):
    opening, cohort = external(desk), add_cohort(desk.session)
    mine = [told(desk, opening, add_graduate(desk.session, cohort_id=cohort.id)) for _ in range(3)]
    desk.act(mine[0], "apply", "hire")
    desk.act(mine[1], "not_apply")
    told(desk, opening)
    everyone, program = guidances(desk.session, as_of=DAY)
    assert (everyone.told, everyone.applied, everyone.hired, everyone.unknown) == (4, 1, 1, 2)
    assert (program.told, program.applied, program.hired, program.unknown) == (3, 1, 1, 1)
    assert guidances(desk.session, as_of=DAY - timedelta(days=1))[0].told == 0
    assert desk.session.exec(select(Referral.id)).all() == []


def test_a_hire_that_was_a_mistake_is_in_no_figure(desk: Desk):
    guidance = told(desk, external(desk))
    desk.act(guidance, "apply", "hire")
    desk.undo(guidance)
    assert guidances(desk.session, as_of=DAY)[0].hired == 0
