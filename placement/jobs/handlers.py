"""Gathers what the worker can do: the kind of a job and the function that does it."""

from collections.abc import Mapping

from placement.jobs.daily_tick import daily_tick
from placement.jobs.nightly_run import nightly_run
from placement.jobs.rematching import match_cohort, rematch_graduate, rematch_opening
from placement.jobs.worker import Handler

HANDLERS: Mapping[str, Handler] = {
    "daily_tick": daily_tick,
    "match_cohort": match_cohort,
    "nightly_run": nightly_run,
    "rematch_graduate": rematch_graduate,
    "rematch_opening": rematch_opening,
}
