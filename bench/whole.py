"""Measures the whole job at the size of a region: `ieum match` from the database to stored suggestions.

`python -m bench.whole [people [openings [runner]]]` (default 100,000 x 5,000, local) fills a SQLite file with the generated workload,
runs `ieum match --json` twice in processes of their own, and prints seconds by step, CPU seconds and peak memory (of
the largest process). The second run finds everything as it was and writes nothing.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from bench.workload import Workload, make
from employers.models import Company, Opening, OpeningRequirement
from matching import CandidateProfile, OpeningProfile
from placement.db import Database
from placement.models import Graduate, GraduateSkill
from placement.runners import LOCAL

IEUM = Path(sys.executable).with_name("ieum")
PEOPLE, OPENINGS, MOST_SECONDS = 100_000, 5_000, 30.0
_BATCH = 20_000


def main(people: int = PEOPLE, openings: int = OPENINGS, runner: str = LOCAL) -> int:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/whole.sqlite3"
        environment = {**os.environ, "IEUM_DATABASE_URL": url, "IEUM_ENV": "development", "IEUM_TODAY": "2020-11-01"}
        subprocess.run([str(IEUM), "init"], check=True, env=environment, stdout=subprocess.DEVNULL)
        fill(url, make(people, openings))
        first, _ = measure(environment, runner), measure(environment, runner)
    held = first["seconds"]["total"] <= MOST_SECONDS
    print(f"{'held' if held else 'NOT held'} (first run within {MOST_SECONDS:.0f} s)")
    return 0 if held else 1


def measure(environment: dict[str, str], runner: str = LOCAL) -> dict[str, Any]:
    """One `ieum match --json`, its figures printed."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    words = [str(IEUM), "match", "--runner", runner, "--json"]
    done = subprocess.run(words, check=True, env=environment, stdout=subprocess.PIPE, text=True)
    wall, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    report = json.loads(done.stdout)
    steps = ", ".join(f"{name} {seconds:.1f}" for name, seconds in report["seconds"].items())
    print(
        f"{report['candidates']:,} x {report['openings']:,} {runner}, {report['suggestions']:,} suggestions: {steps} s;"
        f" process {wall:.1f} s, {cpu:.1f} CPU s, peak {after.ru_maxrss / 1000:.0f} MB",
        flush=True,
    )
    return report


def fill(url: str, work: Workload) -> None:
    """The workload as graduates and openings of the service, in one transaction, without objects of the ORM."""
    database = Database(url)
    with database.transaction() as session:
        connection = session.connection()
        for table, rows in tables_of(work):
            while batch := list(islice(rows, _BATCH)):
                connection.execute(insert(table.__table__), batch)
    database.close()


def tables_of(work: Workload) -> Iterator[tuple[Any, Iterator[dict[str, Any]]]]:
    """Each table with its rows, in the order in which they refer to one another."""
    people, openings = list(enumerate(work.candidates(), start=1)), list(enumerate(work.openings(), start=1))
    yield Company, iter([{"id": 1, "key": "C1", "name": "가람데이터", "name_key": "가람데이터"}])
    yield Graduate, (graduate_row(number, one) for number, one in people)
    yield (
        GraduateSkill,
        (
            {"graduate_id": number, "position": place, "skill": held.skill, "level": held.level}
            for number, one in people
            for place, held in enumerate(one.skills)
        ),
    )
    yield Opening, (opening_row(number, one) for number, one in openings)
    yield (
        OpeningRequirement,
        (
            {"opening_id": number, "position": place, **asdict(asked)}
            for number, one in openings
            for place, asked in enumerate(one.requirements)
        ),
    )


def graduate_row(number: int, one: CandidateProfile) -> dict[str, Any]:
    wishes = {"wanted_titles": list(one.wanted_titles), "regions": list(one.regions), "remote": one.remote}
    return {"id": number, "key": one.key, "available_on": one.available_on, **wishes}


def opening_row(number: int, one: OpeningProfile) -> dict[str, Any]:
    terms = {"title": one.title, "region": one.region, "remote": one.remote, "starts_on": one.starts_on}
    return {"id": number, "key": one.key, "company_id": 1, "state": "open", **terms}


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:3]), *sys.argv[3:4]))
