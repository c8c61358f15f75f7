"""Decides the codes of background work: how far a job is, and what a matching run compares. No screen shows them."""

from enum import StrEnum


class JobState(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    DEAD = "dead"


class RunScope(StrEnum):
    ALL = "all"
    COHORT = "cohort"
    GRADUATE = "graduate"
    OPENING = "opening"
