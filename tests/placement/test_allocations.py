"""Who takes part in a whole-cohort round, which seats are free, and what is said of the proposal."""

from datetime import timedelta

import pytest
from sqlmodel import Session

from employers.models import Opening, OpeningRequirement
from placement.allocations import Market, Slate, allocate, read_market
from placement.models import Graduate, GraduateSkill, Outcome
from placement.slates import POLICIES, describe_must, describe_price, describe_seat, describe_ties, describe_why, tell
from placement.states import move
from tests.placement.cast import DAY, OFFICE, add_cohort, add_graduate, add_suggestion, keep
from tests.placement.desk import Desk


def person(session: Session, *skills: str, **values) -> Graduate:
    graduate = add_graduate(session, **values)
    for position, skill in enumerate(skills):
        keep(session, GraduateSkill(graduate_id=graduate.id, position=position, skill=skill))
    return graduate


def offer(desk: Desk, *skills: str, must: tuple[str, ...] = (), **values) -> Opening:
    opening = desk.opening(**{"seats": 1, **values})
    for position, skill in enumerate((*must, *skills)):
        keep(
            desk.session,
            OpeningRequirement(opening_id=opening.id, position=position, skill=skill, must=skill in must),
        )
    return opening


def market_of(session: Session, **asked) -> Market:
    return read_market(session, today=DAY, **asked)


def seated(slate: Slate) -> dict[int, int]:
    return {int(pairing.candidate): int(pairing.opening) for pairing in slate.answer.pairs}


def propose(session: Session, policy: str = "most_placed", **asked) -> dict[int, int]:
    return seated(allocate(market_of(session, **asked), policy))


@pytest.mark.parametrize("policy", POLICIES)
def test_a_free_seat_goes_to_whom_it_fits_best(desk: Desk, policy: str):
    good, poor = person(desk.session, "엑셀", "파이썬"), person(desk.session, "엑셀")
    opening = offer(desk, "엑셀", "파이썬")
    assert propose(desk.session, policy) == {good.id: opening.id}
    slate = allocate(market_of(desk.session), policy)
    assert [(int(one.candidate), one.why) for one in slate.leftovers] == [(poor.id, "outranked")]


def test_seats_that_are_taken_or_held_by_an_offer_are_not_free(desk: Desk):
    opening = offer(desk, "엑셀", seats=3, seats_taken=1, seats_held=1)
    people = [person(desk.session, "엑셀") for _ in range(3)]
    market = market_of(desk.session)
    assert market.seats == [1]
    assert propose(desk.session) == {people[0].id: opening.id}


def test_who_has_work_or_has_left_or_has_accepted_takes_no_part(desk: Desk):
    offer(desk, "엑셀", seats=9)
    worker, gone, engaged, free = (person(desk.session, "엑셀") for _ in range(4))
    keep(desk.session, Outcome(graduate_id=worker.id, kind="business", happened_on=DAY))
    move(desk.session, gone, "leave", OFFICE, effective_on=DAY, reason="other")
    desk.refer(graduate=engaged, state="accepted")
    assert propose(desk.session).keys() == {free.id}
    assert propose(desk.session, with_referred=True).keys() == {free.id}


def test_openings_that_are_closed_past_their_day_or_posted_elsewhere_take_no_part(desk: Desk):
    person(desk.session, "엑셀")
    offer(desk, "엑셀", state="paused")
    offer(desk, "엑셀", closes_on=DAY - timedelta(days=1))
    offer(desk, "엑셀", source="external", posting_url="https://jobs.example.com/1")
    assert market_of(desk.session).offers.ids == []
    assert propose(desk.session) == {}


@pytest.mark.parametrize("way", ["declined", "refused"])
def test_a_pair_that_was_refused_is_not_proposed(desk: Desk, way: str):
    opening, who = offer(desk, "엑셀"), person(desk.session, "엑셀")
    desk.refer(opening, who, state=way)
    slate = allocate(market_of(desk.session), "most_placed")
    assert seated(slate) == {}
    assert [one.why for one in slate.leftovers] == ["forbidden"]


@pytest.mark.parametrize("state", ["dismissed", "snoozed"])
def test_a_pair_that_a_counselor_has_put_away_is_not_proposed(session: Session, state: str):
    suggestion = add_suggestion(session, state=state)
    slate = allocate(market_of(session), "most_placed")
    assert seated(slate) == {}
    suggestion.state = "shortlisted"
    session.flush()
    assert propose(session) == {suggestion.graduate_id: suggestion.opening_id}


def test_who_has_a_referral_under_way_sits_out_with_a_seat_unless_asked_for(desk: Desk):
    here, there = offer(desk, "엑셀", seats=2), offer(desk, "엑셀")
    referred, waiting, third = (person(desk.session, "엑셀") for _ in range(3))
    desk.refer(here, referred, state="sent")
    market = market_of(desk.session)
    assert market.sit_out == 1
    assert dict(zip(market.offers.ids, market.seats, strict=True)) == {here.id: 1, there.id: 1}
    pairs = propose(desk.session)
    assert pairs.keys() == {waiting.id, third.id}
    assert set(pairs.values()) == {here.id, there.id}
    everybody = market_of(desk.session, with_referred=True)
    assert (everybody.sit_out, everybody.seats) == (0, [2, 1])
    pairs = seated(allocate(everybody, "most_placed"))
    assert pairs[referred.id] == there.id  # never proposed again where it is under way
    assert len(pairs) == 3


def test_a_seat_that_an_offer_holds_is_not_kept_twice(desk: Desk):
    opening = offer(desk, "엑셀", seats=2)
    desk.refer(opening, person(desk.session, "엑셀"), state="offered")
    other = person(desk.session, "엑셀")
    desk.session.refresh(opening)
    assert (opening.seats_held, market_of(desk.session).seats) == (1, [1])
    assert propose(desk.session) == {other.id: opening.id}


def test_a_cohort_is_allocated_by_itself(desk: Desk):
    cohort = add_cohort(desk.session)
    mine, _other = person(desk.session, "엑셀", cohort_id=cohort.id), person(desk.session, "엑셀")
    offer(desk, "엑셀", seats=5)
    assert propose(desk.session, cohort_id=cohort.id).keys() == {mine.id}


def test_pairs_that_fit_too_little_are_left_out(desk: Desk):
    person(desk.session, "엑셀")
    offer(desk, "엑셀", "파이썬")
    market = market_of(desk.session)
    assert allocate(market, "most_placed", 50).answer.placed == 1
    slate = allocate(market, "most_placed", 51)
    assert [one.why for one in slate.leftovers] == ["too_low"]


def waiting_of(session: Session, policy: str = "most_placed"):
    return tell(session, allocate(market_of(session), policy)).waiting


def test_a_person_without_a_seat_is_told_why_and_what_one_seat_more_would_change(desk: Desk):
    person(desk.session, "엑셀", "파이썬", name="가람")
    person(desk.session, "엑셀", name="나래")
    opening = offer(desk, "엑셀", "파이썬")
    (one,) = waiting_of(desk.session)
    assert (one.person.name, one.why) == ("나래", "outranked")
    assert describe_why(one) == "맞는 공고의 자리는 모두 적합도가 더 높은 사람에게 돌아갔습니다."
    assert describe_seat(one).startswith(f"‘{opening.title}’") and describe_seat(one).endswith("배정됩니다.")
    assert describe_must(one) == ""


def test_a_person_whom_one_must_have_keeps_out_is_told_which(desk: Desk):
    person(desk.session, "엑셀", name="가람")
    offer(desk, "엑셀", must=("도예",))
    (one,) = waiting_of(desk.session)
    assert one.why == "no_eligible_opening"
    assert describe_seat(one) == ""
    assert "필수 기술 ‘도예’ 하나를 우대로 바꾸면 배정됩니다(적합도 50점)." in describe_must(one)


def test_who_would_lose_a_seat_by_a_must_have_less_is_said_and_when_it_would_change_nothing(desk: Desk):
    person(desk.session, "엑셀", "파이썬", "SQL", name="가람")
    person(desk.session, "도예", name="나래")
    offer(desk, "엑셀", "파이썬", "SQL", must=("도예",))
    assert [(one.person.name, describe_must(one)) for one in waiting_of(desk.session)] == [
        ("가람", f"{must_of(desk)} 대신 나래 님이 빠집니다.")
    ]
    person(desk.session, "엑셀", name="다솜")
    told = {one.person.name: describe_must(one) for one in waiting_of(desk.session)}
    assert told["다솜"] == "필수 기술 하나를 우대로 바꾸어도 배정되지 않습니다."


def must_of(desk: Desk) -> str:
    (offered,) = tell(desk.session, allocate(market_of(desk.session), "most_placed")).offers.values()
    return f"‘{offered.title}’({offered.company})의 필수 기술 ‘도예’ 하나를 우대로 바꾸면 배정됩니다(적합도 75점)."


def test_a_tie_that_the_number_decided_is_said(desk: Desk):
    for name in ("가람", "나래", "다솜"):
        person(desk.session, "엑셀", name=name)
    offer(desk, "엑셀")
    slate = allocate(market_of(desk.session), "stable")
    assert describe_ties(slate) == "적합도가 같아 번호 순으로 정한 자리에서 2명이 밀렸습니다."
    told = tell(desk.session, slate)
    assert [seat.person.name for seat in told.seats] == ["가람"]
    assert {one.why for one in told.waiting} == {"by_tie"}
    assert describe_seat(told.waiting[1]) == "어디에 한 자리가 더 있어도 다른 사람이 먼저 배정됩니다."


def test_the_price_of_either_policy_is_said_in_people_and_in_fit(desk: Desk):
    """가람 fits both, the first one better; 나래 fits the first alone: two seats by count, one where nobody may swap."""
    person(desk.session, "엑셀", "파이썬", name="가람")
    person(desk.session, "엑셀", name="나래")
    offer(desk, "파이썬", must=("엑셀",))
    offer(desk, "자바", must=("파이썬",))
    most, stable = (allocate(market_of(desk.session), policy) for policy in POLICIES)
    assert (most.answer.placed, stable.answer.placed) == (2, 1)
    assert describe_price(most) == (
        "안정 배정으로 하면 1명이 덜 배정됩니다(1명). 적합도 합계는 같습니다. 지금 배정에는 서로 더 원하는 쌍이 1쌍 남습니다."
    )
    assert describe_price(stable) == (
        "최다 배정으로 하면 1명이 더 배정됩니다(2명). 적합도 합계는 같습니다. 그때는 서로 더 원하는 쌍이 1쌍 남습니다."
    )


def test_reading_the_market_and_proposing_changes_nothing(desk: Desk):
    person(desk.session, "엑셀")
    offer(desk, "엑셀")
    desk.session.flush()
    tell(desk.session, allocate(market_of(desk.session), "most_placed"))
    assert not desk.session.new and not desk.session.dirty
