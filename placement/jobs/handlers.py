"""Gathers what the worker can do: the kind of a job, the function that does it, and when it counts as hanging."""

from collections.abc import Mapping
from datetime import timedelta

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
# Many times what each takes with ten thousand people; who needs longer than this does not get on.
LIMITS: Mapping[str, timedelta] = {
    "daily_tick": timedelta(minutes=30),
    "match_cohort": timedelta(minutes=30),
    "nightly_run": timedelta(hours=1),
    "rematch_graduate": timedelta(minutes=10),
    "rematch_opening": timedelta(minutes=10),
}
