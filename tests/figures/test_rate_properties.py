"""Checks what holds for the rates whatever happened to the interns, in whatever order."""

from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from placement.figures.rates import rates
from placement.states import move, possible_moves, undo
from tests.figures.cast import ENDED, OFFICE, STARTED, Office, opened_office

choices = st.lists(st.lists(st.integers(0, 5), max_size=6), min_size=1, max_size=5)
days = st.integers(0, 200).map(lambda later: STARTED + timedelta(days=later))
quick = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def live(office: Office, lives: list[list[int]]) -> None:
    """Each life is a walk through the moves of a conversion, a week apart."""
    for life in lives:
        conversion = office.intern()
        for week, choice in enumerate(life):
            moves = possible_moves(conversion, OFFICE)
            if moves:
                day = ENDED + timedelta(weeks=week)
                chosen = moves[choice % len(moves)].name
                move(office.session, conversion, chosen, OFFICE, effective_on=day, reason="other")


def figures(office: Office, as_of: date) -> list[tuple[int, int, int]]:
    return [(one.numerator, one.denominator, one.unknown) for one in rates(office.session, as_of=as_of)]


@quick
@given(choices, days)
def test_the_numerator_is_never_above_the_denominator_nor_that_above_everyone(sqlite_files, lives, as_of):
    url = sqlite_files.create()
    with opened_office(url) as office:
        live(office, lives)
        for numerator, denominator, unknown in figures(office, as_of):
            assert 0 <= numerator <= denominator <= len(lives)
            assert 0 <= unknown <= len(lives) - numerator
    sqlite_files.drop(url)


@quick
@given(choices, days)
def test_undoing_a_move_brings_every_figure_back(sqlite_files, lives, as_of):
    url = sqlite_files.create()
    with opened_office(url) as office:
        live(office, lives)
        conversion = office.intern()
        before = figures(office, as_of)
        for chosen in possible_moves(conversion, OFFICE):
            move(office.session, conversion, chosen.name, OFFICE, effective_on=STARTED, reason="other")
            undo(office.session, conversion, OFFICE, effective_on=STARTED)
        assert figures(office, as_of) == before
    sqlite_files.drop(url)
