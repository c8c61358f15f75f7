"""A referral goes its way with consent, a seat for every offer, and a way back from every mistake."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from employers.models import Agreement, Opening
from placement.models import Event, Graduate, Interview, Placement, Provision, Referral
from placement.referrals import create_referral, may_be_shown_people, sent_this_month
from placement.states import MoveRefused
from tests.placement.cast import DAY, OFFICE, add_company, add_graduate, add_opening, keep
from tests.placement.desk import INTERVIEW, PATHS, STARTS, Desk

LATER = DAY + timedelta(days=7)


def refusal_of_creating(desk: Desk, graduate, opening) -> str:
    with pytest.raises(MoveRefused) as caught:
        create_referral(desk.session, graduate, opening, OFFICE, today=DAY)
    return caught.value.refusal.code


def interviews(desk: Desk, referral: Referral) -> list[tuple[str, str | None]]:
    mine = select(Interview.state, Interview.no_show).where(Interview.referral_id == referral.id)
    return [tuple(row) for row in desk.session.exec(mine.order_by(Interview.id))]


def stages(desk: Desk, referral: Referral) -> list[str]:
    shown = select(Provision.stage).where(Provision.referral_id == referral.id).order_by(Provision.id)
    return list(desk.session.exec(shown))


@pytest.mark.parametrize("state", PATHS)
def test_every_state_is_reached_by_the_usual_way_and_left_again_by_undo(desk: Desk, state: str):
    referral = desk.refer(state=state)
    assert referral.state == state
    desk.undo(referral, times=len(PATHS[state]))
    assert referral.state == "draft"
    assert (desk.seats(referral), desk.engaged_by(referral)) == ((0, 0), None)


def test_a_pair_has_one_open_referral_and_a_second_one_once_it_is_closed(desk: Desk):
    graduate, opening = add_graduate(desk.session), desk.opening()
    first = desk.refer(opening, graduate, "sent")
    assert refusal_of_creating(desk, graduate, opening) == "referral_open_already"
    desk.act(first, "decline")
    assert desk.refer(opening, graduate).state == "draft"


def test_neither_a_reopening_nor_an_undo_makes_a_second_open_referral_of_a_pair(desk: Desk):
    graduate, opening = add_graduate(desk.session), desk.opening()
    first = desk.refer(opening, graduate, "declined")
    desk.refer(opening, graduate)
    assert desk.refusal(first, "reopen") == "referral_open_already"
    assert desk.refusal_of_undo(first) == "referral_open_already"
    assert desk.state_of(Referral, first.id) == "declined"


@pytest.mark.parametrize("state", ["draft", "paused", "closed"])
def test_nobody_is_referred_to_an_opening_that_is_not_open(desk: Desk, state: str):
    assert refusal_of_creating(desk, add_graduate(desk.session), desk.opening(state=state)) == "opening_not_open"


@pytest.mark.parametrize("state", ["paused", "left_programme"])
def test_who_is_not_looking_is_not_referred(desk: Desk, state: str):
    assert refusal_of_creating(desk, add_graduate(desk.session, state=state), desk.opening()) == "graduate_not_looking"


def test_who_has_a_job_is_not_referred(desk: Desk):
    accepted = desk.refer(desk.opening(employment_type="regular"), state="accepted")
    graduate = desk.session.get_one(Graduate, accepted.graduate_id)
    assert refusal_of_creating(desk, graduate, desk.opening()) == "already_placed"


def test_a_graduate_to_be_may_be_referred(desk: Desk):
    assert desk.refer(graduate=add_graduate(desk.session, state="in_training"), state="sent").state == "sent"


def opening_without_agreement(desk: Desk, **values) -> Opening:
    return add_opening(desk.session, company=add_company(desk.session), **values)


def test_without_an_agreement_nobody_is_sent(desk: Desk):
    referral = desk.refer(opening_without_agreement(desk), state="awaiting_consent")
    assert desk.refusal(referral, "consent") == "no_agreement"
    assert stages(desk, referral) == []


def test_an_opening_approved_by_the_manager_is_sent_people_without_an_agreement(desk: Desk):
    assert desk.refer(opening_without_agreement(desk, is_approved=True), state="sent").state == "sent"


@pytest.mark.parametrize(("last_day", "counts"), [(DAY, True), (DAY - timedelta(days=1), False), (None, True)])
def test_an_agreement_counts_up_to_and_with_its_last_day(desk: Desk, last_day: date | None, counts: bool):
    opening = opening_without_agreement(desk)
    signed = DAY - timedelta(days=400)
    given = {"kind": "employment", "state": "in_force", "signed_on": signed, "valid_until": last_day}
    keep(desk.session, Agreement(company_id=opening.company_id, **given))
    assert may_be_shown_people(desk.session, opening, DAY) is counts


def test_an_agreement_in_draft_does_not_count(desk: Desk):
    opening = opening_without_agreement(desk)
    keep(desk.session, Agreement(company_id=opening.company_id, kind="employment", signed_on=DAY))
    assert not may_be_shown_people(desk.session, opening, DAY)


def test_a_company_is_sent_no_more_people_a_month_than_it_asked_for(desk: Desk):
    opening = desk.opening(monthly_contacts=2, seats=9)
    for _ in range(2):
        desk.refer(opening, state="sent")
    third = desk.refer(opening, state="awaiting_consent")
    assert desk.refusal(third, "consent") == "contact_cap_reached"
    assert sent_this_month(desk.session, opening, DAY) == 2
    desk.act(third, "consent", on=date(2021, 1, 1))
    assert third.state == "sent"


def test_consent_counts_only_while_the_opening_is_open(desk: Desk):
    opening = desk.opening()
    referral = desk.refer(opening, state="awaiting_consent")
    desk.act(opening, "pause")
    assert desk.refusal(referral, "consent") == "opening_not_open"


def test_a_company_sees_a_blind_profile_until_it_shows_interest(desk: Desk):
    referral = desk.refer(state="sent")
    assert stages(desk, referral) == ["blind"]
    desk.act(referral, "show_interest")
    assert stages(desk, referral) == ["blind", "contact"]


def test_an_offer_after_a_pause_names_the_person_too(desk: Desk):
    referral = desk.refer(state="on_hold")
    assert stages(desk, referral) == ["blind"]
    desk.act(referral, "offer")
    assert stages(desk, referral) == ["blind", "contact"]


def test_putting_somebody_on_hold_needs_a_later_day(desk: Desk):
    referral = desk.refer(state="sent")
    assert [desk.refusal(referral, "hold", until=day) for day in (None, DAY)] == ["until_missing"] * 2
    desk.act(referral, "hold", until=DAY + timedelta(days=1))
    assert (referral.state, referral.on_hold_until) == ("on_hold", DAY + timedelta(days=1))


def test_an_interview_needs_a_time(desk: Desk):
    referral = desk.refer(state="interested")
    assert desk.refusal(referral, "plan_interview", at=None) == "interview_time_missing"
    desk.act(referral, "plan_interview", place="본사 3층", is_accompanied=True)
    planned = desk.session.exec(select(Interview).where(Interview.referral_id == referral.id)).one()
    assert (planned.at, planned.minutes, planned.place, planned.is_accompanied) == (INTERVIEW, 60, "본사 3층", True)


@pytest.mark.parametrize("who", ["graduate", "company"])
def test_a_no_show_says_whose_and_goes_back_to_interested(desk: Desk, who: str):
    referral = desk.refer(state="interview_planned")
    desk.act(referral, "record_interview", no_show=who)
    assert referral.state == "interested"
    assert interviews(desk, referral) == [("no_show", who)]


def test_a_moved_interview_stays_planned_at_its_new_time(desk: Desk):
    referral = desk.refer(state="interview_planned")
    desk.act(referral, "record_interview", at=INTERVIEW + timedelta(days=2))
    assert referral.state == "interview_planned"
    assert interviews(desk, referral) == [("moved", None), ("planned", None)]


@pytest.mark.parametrize("given", [{}, {"no_show": "company"}, {"at": INTERVIEW + timedelta(days=2)}])
def test_an_interview_recorded_by_mistake_is_to_come_again(desk: Desk, given: dict):
    referral = desk.refer(state="interview_planned")
    desk.act(referral, "record_interview", **given)
    desk.undo(referral)
    assert (referral.state, interviews(desk, referral)) == ("interview_planned", [("planned", None)])
    desk.undo(referral)
    assert (referral.state, interviews(desk, referral)) == ("interested", [])


@pytest.mark.parametrize(
    ("starts_on", "ends_on"),
    [
        (date(2021, 1, 4), date(2021, 4, 3)),
        (date(2020, 12, 1), date(2021, 2, 28)),
        (date(2020, 11, 30), date(2021, 2, 27)),
        (date(2021, 1, 31), date(2021, 4, 29)),
    ],
)
def test_an_internship_is_offered_for_three_calendar_months_less_a_day(desk: Desk, starts_on: date, ends_on: date):
    referral = desk.refer(state="interested")
    desk.act(referral, "offer", starts_on=starts_on)
    assert (referral.offer_kind, referral.offer_ends_on) == ("internship", ends_on)
    assert referral.offer_expires_on == LATER


def test_a_regular_job_is_offered_without_an_end(desk: Desk):
    referral = desk.refer(desk.opening(employment_type="regular"), state="offered")
    assert (referral.offer_kind, referral.offer_employment_type, referral.offer_ends_on) == (
        "employment",
        "regular",
        None,
    )


def test_an_offer_does_not_end_before_it_starts(desk: Desk):
    referral = desk.refer(state="interested")
    assert desk.refusal(referral, "offer", ends_on=STARTS - timedelta(days=1)) == "days_out_of_order"
    assert desk.seats(referral) == (0, 0)


def test_an_offer_holds_a_seat_and_an_acceptance_takes_it(desk: Desk):
    referral = desk.refer(desk.opening(seats=2), state="offered")
    assert desk.seats(referral) == (1, 0)
    desk.act(referral, "accept")
    assert desk.seats(referral) == (0, 1)
    assert desk.engaged_by(referral) == referral.id
    placement = desk.placement(referral)
    assert (placement.state, placement.kind, placement.starts_on) == ("scheduled", "internship", STARTS)


def test_no_more_offers_are_out_than_seats_are_left(desk: Desk):
    opening = desk.opening(seats=2)
    desk.refer(opening, state="offered")
    desk.refer(opening, state="accepted")
    third = desk.refer(opening, state="interested")
    assert desk.refusal(third, "offer") == "no_seat_left"
    assert (third.state, desk.seats(third)) == ("interested", (1, 1))


@pytest.mark.parametrize("name", ["refuse_offer", "retract", "expire", "withdraw"])
def test_an_offer_that_comes_to_nothing_frees_its_seat(desk: Desk, name: str):
    referral = desk.refer(state="offered")
    desk.act(referral, name)
    assert desk.seats(referral) == (0, 0)


def test_the_last_acceptance_fills_the_opening_and_a_cancelled_one_opens_it_again(desk: Desk):
    opening = desk.opening(seats=1)
    referral = desk.refer(opening, state="accepted")
    assert desk.state_of(Opening, opening.id) == "closed"
    desk.act(referral, "cancel_acceptance")
    assert (desk.state_of(Opening, opening.id), desk.seats(referral)) == ("open", (0, 0))
    assert desk.moves_of(opening) == ["fill", "reopen"]


def test_a_freed_seat_does_not_open_what_the_company_has_cancelled(desk: Desk):
    opening = desk.opening(seats=2)
    referral = desk.refer(opening, state="accepted")
    desk.act(opening, "cancel")
    desk.act(referral, "cancel_acceptance")
    assert desk.state_of(Opening, opening.id) == "closed"


def test_an_acceptance_closes_the_persons_other_referrals_and_names_no_company(desk: Desk):
    graduate = add_graduate(desk.session)
    others = [desk.refer(graduate=graduate, state=state) for state in ("draft", "sent", "offered")]
    chosen = desk.refer(graduate=graduate, state="accepted")
    for other in others:
        desk.session.refresh(other)
        assert other.state == "closed_elsewhere"
        assert desk.seats(other) == (0, 0)
        last = desk.session.exec(_last_line_of(other)).first()
        assert (last.actor, last.reason, last.note) == ("system", None, None)
    assert chosen.state == "accepted"


def _last_line_of(referral: Referral):
    mine = (Event.entity == "referral", Event.entity_id == referral.id)
    return select(Event).where(*mine).order_by(Event.id.desc())


def test_who_has_accepted_one_offer_cannot_accept_another(desk: Desk):
    graduate = add_graduate(desk.session)
    first = desk.refer(graduate=graduate, state="accepted")
    second = desk.refer(graduate=graduate, state="offered")
    assert desk.refusal(second, "accept") == "engaged_elsewhere"
    assert (desk.engaged_by(second), desk.seats(second)) == (first.id, (1, 0))


def test_a_second_click_on_accept_says_that_it_is_done_already(desk: Desk):
    referral = desk.refer(state="accepted")
    assert desk.refusal(referral, "accept") == "wrong_state"
    assert desk.engaged_by(referral) == referral.id


@pytest.mark.parametrize("state", ["declined", "no_response", "expired", "refused", "retracted", "closed_elsewhere"])
def test_what_was_closed_goes_on_with_the_company_while_the_consent_stands(desk: Desk, state: str):
    referral = desk.refer(state=state)
    desk.act(referral, "reopen")
    assert referral.state == "sent"
    desk.undo(referral)
    desk.act(referral, "reopen", to="interested")
    assert (referral.state, stages(desk, referral)) == ("interested", ["blind", "contact"])


def test_what_was_withdrawn_begins_anew_with_a_new_consent(desk: Desk):
    referral = desk.refer(state="withdrawn")
    desk.act(referral, "reopen", to="interested")
    assert referral.state == "draft"
    desk.act(referral, "ask_consent", "consent")
    assert referral.state == "sent"


def test_nothing_is_reopened_without_a_free_seat(desk: Desk):
    opening = desk.opening(seats=1)
    declined = desk.refer(opening, state="declined")
    desk.refer(opening, state="offered")
    assert desk.refusal(declined, "reopen") == "no_seat_left"


def test_nothing_is_reopened_at_a_closed_opening_or_for_somebody_at_work(desk: Desk):
    graduate, opening = add_graduate(desk.session), desk.opening()
    at_closed, elsewhere = desk.refer(opening, state="declined"), desk.refer(graduate=graduate, state="declined")
    desk.act(opening, "cancel")
    desk.refer(desk.opening(employment_type="regular"), graduate, "accepted")
    assert desk.refusal(at_closed, "reopen") == "opening_not_open"
    assert desk.refusal(elsewhere, "reopen") == "already_placed"


@pytest.mark.parametrize(("target", "held"), [(None, 0), ("offered", 1)])
def test_an_acceptance_is_cancelled_into_withdrawn_or_back_to_the_offer(desk: Desk, target: str | None, held: int):
    referral = desk.refer(desk.opening(seats=2), state="accepted")
    desk.act(referral, "cancel_acceptance", to=target)
    assert referral.state == (target or "withdrawn")
    assert (desk.seats(referral), desk.engaged_by(referral)) == ((held, 0), None)
    assert desk.placement(referral).state == "did_not_start"


@pytest.mark.parametrize("moves", [["start"], ["not_start"], ["start", "complete"], ["start", "end_early"]])
def test_an_acceptance_is_cancelled_only_before_the_placement_starts(desk: Desk, moves: list[str]):
    referral = desk.refer(desk.opening(seats=2), state="accepted")
    desk.act(desk.placement(referral), *moves, on=STARTS, last_day=STARTS, ended_by="company")
    before = desk.seats(referral)
    assert desk.refusal(referral, "cancel_acceptance") == "placement_has_started"
    assert desk.refusal_of_undo(referral) == "placement_has_started"
    assert (desk.state_of(Referral, referral.id), desk.seats(referral)) == ("accepted", before)


def test_an_acceptance_taken_back_gives_seat_and_person_free_and_comes_back_whole(desk: Desk):
    referral = desk.refer(state="accepted")
    desk.undo(referral)
    assert (referral.state, desk.seats(referral), desk.engaged_by(referral)) == ("offered", (1, 0), None)
    desk.act(referral, "accept")
    assert (desk.seats(referral), desk.engaged_by(referral)) == ((0, 1), referral.id)
    assert desk.placement(referral).state == "scheduled"


def test_a_cancellation_taken_back_restores_placement_seat_and_engagement(desk: Desk):
    referral = desk.refer(state="accepted")
    desk.act(referral, "cancel_acceptance")
    desk.undo(referral)
    assert (referral.state, desk.seats(referral), desk.engaged_by(referral)) == ("accepted", (0, 1), referral.id)
    assert desk.placement(referral).state == "scheduled"


def test_a_cancellation_cannot_be_taken_back_once_the_seat_is_gone(desk: Desk):
    opening = desk.opening(seats=1)
    referral = desk.refer(opening, state="accepted")
    desk.act(referral, "cancel_acceptance")
    desk.refer(opening, state="accepted")
    assert desk.refusal_of_undo(referral) == "no_seat_left"
    assert (desk.state_of(Referral, referral.id), desk.engaged_by(referral)) == ("withdrawn", None)


def test_a_new_offer_after_a_cancellation_counts_with_its_own_days(desk: Desk):
    referral = desk.refer(state="accepted")
    desk.act(referral, "cancel_acceptance", "reopen", *PATHS["accepted"], starts_on=date(2021, 2, 1))
    placement = desk.placement(referral)
    assert (placement.state, placement.starts_on, placement.ends_on) == (
        "scheduled",
        date(2021, 2, 1),
        date(2021, 4, 30),
    )


def test_an_offer_taken_back_leaves_neither_seat_nor_terms(desk: Desk):
    referral = desk.refer(state="offered")
    desk.undo(referral)
    assert (referral.state, desk.seats(referral)) == ("interested", (0, 0))
    assert (referral.offer_kind, referral.offer_starts_on, referral.offer_expires_on) == (None, None, None)


def test_two_placements_at_one_company_from_the_same_day_are_refused_in_words(desk: Desk):
    graduate, opening = add_graduate(desk.session), desk.opening(seats=2)
    first = desk.refer(opening, graduate, "accepted")
    desk.act(desk.placement(first), "not_start")
    second = desk.refer(opening, graduate, "offered")
    assert desk.refusal(second, "accept") == "placement_exists"
    assert len(desk.session.exec(select(Placement).where(Placement.graduate_id == graduate.id)).all()) == 1


def test_a_corrected_day_leaves_the_first_one_in_the_log(desk: Desk):
    referral = desk.refer(state="interested")
    desk.act(referral, "decline", on=LATER)
    desk.undo(referral, on=LATER)
    desk.act(referral, "decline", on=DAY)
    assert desk.moves_of(referral)[-3:] == ["decline", "undo", "decline"]
    days = [line.effective_on for line in desk.session.exec(_last_line_of(referral)).all()[:3]]
    assert days == [DAY, LATER, LATER]
