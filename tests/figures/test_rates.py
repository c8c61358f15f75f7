"""Checks that the three rates come out of the log, and out of nothing else."""

from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import update

from placement.figures.rates import UnknownProgramError, rates
from placement.models import Conversion, Event, Placement
from placement.states import MoveRefused, move, undo
from tests.figures.cast import ANSWERED, ENDED, OFFERED, OFFICE, STARTED, Office

LATER = date(2020, 12, 1)


def shares(office: Office, as_of: date = LATER, known_at: datetime | None = None) -> list[tuple[int, int, int]]:
    """(numerator, denominator, unknown) of offer, acceptance and conversion of all programs together."""
    found = rates(office.session, as_of=as_of, known_at=known_at)[:3]
    return [(rate.numerator, rate.denominator, rate.unknown) for rate in found]


def test_the_article_comes_out_of_the_log(office):
    office.article()
    found = rates(office.session, as_of=LATER, program="college")
    said = [(r.name, r.numerator, r.denominator, r.unknown, r.percent, r.low, r.high) for r in found]
    assert said == [
        ("offer_rate_of_interns", 12, 16, 0, "75.0", 0.505, 0.898),
        ("acceptance_rate_of_offers", 6, 12, 0, "50.0", 0.254, 0.746),
        ("conversion_rate_of_interns", 6, 16, 0, "37.5", 0.185, 0.614),
    ]


def test_a_program_without_internships_has_no_rate_instead_of_zero(office):
    office.article()
    for rate in rates(office.session, as_of=LATER, program="labeling"):
        assert (rate.numerator, rate.denominator, rate.unknown) == (0, 0, 0)
        assert (rate.rate, rate.percent, rate.low, rate.high) == (None, "-", None, None)


def test_all_programs_together_come_first_then_each_program(office):
    programs = [rate.program for rate in rates(office.session, as_of=LATER)]
    assert programs == [None] * 3 + ["college"] * 3 + ["labeling"] * 3


def test_an_unknown_program_is_refused(office):
    with pytest.raises(UnknownProgramError) as refusal:
        rates(office.session, as_of=LATER, program="cooking")
    assert refusal.value.key == "cooking"


def test_a_rate_carries_exactly_the_promised_fields(office):
    fields = "name label program cohort rule numerator denominator unknown rate percent low high"
    assert list(asdict(rates(office.session, as_of=LATER)[0])) == fields.split()


def test_before_the_end_offers_made_show_up_and_the_rest_is_unknown(office):
    office.article()
    assert shares(office, as_of=date(2020, 5, 31)) == [(12, 12, 4), (0, 0, 12), (0, 0, 16)]


def test_accepted_but_not_started_is_unknown_and_declined_is_an_answer(office):
    office.article()
    assert shares(office, as_of=date(2020, 6, 30)) == [(12, 16, 0), (0, 6, 6), (0, 10, 6)]


def test_nothing_counts_before_the_internships_begin(office):
    office.article()
    assert shares(office, as_of=STARTED - timedelta(days=1)) == [(0, 0, 0)] * 3


def test_an_unanswered_internship_enters_the_denominator_30_days_after_its_end(office):
    office.intern()
    assert shares(office, as_of=ENDED + timedelta(days=29)) == [(0, 0, 1), (0, 0, 0), (0, 0, 1)]
    assert shares(office, as_of=ENDED + timedelta(days=30)) == [(0, 1, 1), (0, 0, 0), (0, 1, 1)]


def test_an_open_offer_enters_the_denominator_of_offers_30_days_after_the_end(office):
    office.say(office.intern(), offer=OFFERED)
    assert shares(office, as_of=ENDED + timedelta(days=29))[1] == (0, 0, 1)
    assert shares(office, as_of=ENDED + timedelta(days=30))[1] == (0, 1, 1)


def test_an_internship_that_ended_early_is_due_from_that_day(office):
    placement = office.placement_of(office.intern())
    move(office.session, placement, "end_early", OFFICE, effective_on=date(2020, 4, 1), reason="other")
    assert shares(office, as_of=date(2020, 5, 1))[2] == (0, 1, 1)


def test_an_internship_that_never_started_does_not_count(office):
    conversion = office.intern(begins=False)
    move(office.session, office.placement_of(conversion), "not_start", OFFICE, effective_on=STARTED, reason="other")
    assert shares(office) == [(0, 0, 0)] * 3


def test_a_contract_that_fell_through_is_no_conversion_but_still_an_offer(office):
    first, *_ = office.article()
    office.say(first, fall_through=date(2020, 8, 1))
    assert shares(office) == [(12, 16, 0), (5, 12, 0), (5, 16, 0)]
    assert shares(office, as_of=date(2020, 7, 31)) == [(12, 16, 0), (6, 12, 0), (6, 16, 0)]


@pytest.mark.parametrize("answer", ["decline", "expire", "withdraw_offer"])
def test_every_lost_offer_stays_in_the_denominator(office, answer):
    office.say(office.intern(), offer=OFFERED, **{answer: ANSWERED})
    assert shares(office, as_of=ANSWERED) == [(1, 1, 0), (0, 1, 0), (0, 1, 0)]


def test_undo_brings_the_figures_back(office):
    conversions = office.article()
    office.say(office.intern(), offer=OFFERED)
    before = shares(office)
    for conversion in (*conversions[:3], conversions[-1]):
        undo(office.session, conversion, OFFICE, effective_on=LATER)
    assert shares(office) == [(13, 17, 1), (3, 13, 4), (3, 17, 5)]
    for conversion in conversions[:3]:
        office.say(conversion, start=LATER)
    office.say(conversions[-1], not_offer=LATER)
    assert shares(office) == before


def test_an_undone_move_leaves_no_trace_in_any_figure(office):
    office.article()
    before = shares(office)
    first = office.session.get_one(Conversion, 1)
    office.say(first, fall_through=date(2020, 8, 1))
    assert shares(office) != before
    undo(office.session, first, OFFICE, effective_on=LATER)
    assert shares(office) == before


def test_the_state_columns_are_never_asked(office):
    office.article()
    before = shares(office)
    office.session.connection().execute(update(Conversion).values(state="pending"))
    office.session.connection().execute(update(Placement).values(state="scheduled"))
    assert shares(office) == before


def test_known_at_leaves_out_what_was_typed_later(office):
    office.article()
    typed = datetime(2020, 6, 10, tzinfo=UTC)
    office.session.connection().execute(update(Event).values(at=typed))
    office.session.connection().execute(
        update(Event).where(Event.move == "start", Event.entity == "conversion").values(at=typed + timedelta(days=30))
    )
    assert shares(office, known_at=typed - timedelta(days=1)) == [(0, 0, 0)] * 3
    assert shares(office, known_at=typed)[1:] == [(0, 12, 6), (0, 16, 6)]
    assert shares(office, known_at=typed + timedelta(days=30))[1:] == [(6, 12, 0), (6, 16, 0)]


def test_an_answer_dated_before_its_offer_is_refused_and_counts_nowhere(office):
    intern = office.intern()
    with pytest.raises(MoveRefused, match="before_previous_move"):
        office.say(intern, offer=ANSWERED, decline=OFFERED)
    assert shares(office, as_of=OFFERED)[1] == (0, 0, 0)


def test_an_internship_that_has_not_begun_does_not_count(office):
    office.intern(begins=False)
    assert shares(office) == [(0, 0, 0)] * 3
