"""Decides how the tracks stand side by side: one column a program, its funnel as steps, its rates as rows of a chart."""

from dataclasses import asdict
from datetime import date
from typing import Any, NamedTuple

from flask import url_for
from sqlmodel import Session, col, select

from placement.figures.funnel import LABELS, FunnelRow, Stage, funnel
from placement.figures.rates import Rate, rates
from placement.models import Program
from placement.texts import _

# The people whom a rate speaks of: who is in its numerator.
RATED_STAGES = {
    "offer_rate_of_interns": Stage.OFFERED,
    "acceptance_rate_of_offers": Stage.CONVERTED,
    "conversion_rate_of_interns": Stage.CONVERTED,
}


class Track(NamedTuple):
    """One column: the program (None: all together), places, {label, count, url} a stage, chart rows of the rates."""

    program: Program | None
    capacity: int | None
    steps: list[dict[str, Any]]
    rates: list[dict[str, Any]]

    @property
    def has_numbers(self) -> bool:
        return any(step["count"] is not None for step in self.steps)

    @property
    def has_results(self) -> bool:
        return any(row["rate"] is not None for row in self.rates)


def tracks_of(session: Session, as_of: date) -> list[Track]:
    """A track for each program in the order in which they were set up, and all together at the end."""
    programs = session.exec(select(Program).order_by(col(Program.id))).all()
    rows = {row.program: row for row in funnel(session, as_of=as_of) if row.cohort is None}
    figures = rates(session, as_of=as_of)
    return [_track(program, [rows[program.key]], figures, as_of) for program in programs] + [
        _track(None, list(rows.values()), figures, as_of)
    ]


def _track(program: Program | None, rows: list[FunnelRow], figures: list[Rate], as_of: date) -> Track:
    key = program.key if program else None
    steps = [
        {
            "label": _(LABELS[stage]),
            "count": _sum([row.counts[stage] for row in rows]),
            "url": people_url(stage, key, as_of),
        }
        for stage in Stage
    ]
    chart = [rate_row(rate, as_of) for rate in figures if rate.program == key]
    return Track(program, _sum([row.capacity for row in rows]), steps, chart)


def rate_row(rate: Rate, as_of: date) -> dict[str, Any]:
    """A rate as the chart reads it, with its label said and the address of the people it counts."""
    url = people_url(RATED_STAGES[rate.name], rate.program, as_of)
    return {**asdict(rate), "label": _(rate.label), "url": url if rate.numerator else ""}


def people_url(stage: Stage, program: str | None, as_of: date) -> str:
    """The list of people behind a number."""
    return url_for("managers.list_people", stage=stage.value, program=program, as_of=as_of.isoformat())


def _sum(counts: list[int | None]) -> int | None:
    """The sum of what is recorded; None where nothing is."""
    recorded = [count for count in counts if count is not None]
    return sum(recorded) if recorded else None
