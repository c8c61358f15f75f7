"""Runs the main job on real input, as a new user would: `python -m bench.real DATA` prints seconds, memory and counts.

DATA holds skills_seed_ko_en.csv, candidates_so2019.jsonl.gz and postings_ko.jsonl.gz. Exit status 1 where a bar is
missed: `ieum match` in under 60 s and 1 GB, more than 50,000 suggestions.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

IEUM = Path(sys.executable).with_name("ieum")
STEPS = (
    ("init",),
    ("import", "skills", "skills_seed_ko_en.csv"),
    ("import", "graduates", "candidates_so2019.jsonl.gz"),
    ("import", "openings", "postings_ko.jsonl.gz"),
    ("match", "--json"),
)
MOST_SECONDS, MOST_MEGABYTES, LEAST_SUGGESTIONS = 60.0, 1000.0, 50_000


def main(data: Path) -> int:
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "IEUM_DATABASE_URL": f"sqlite:///{folder}/real.sqlite3", "IEUM_ENV": "development"}
        environment.pop("IEUM_TODAY", None)
        for step in STEPS:
            seconds, said = run(step, data, environment)
            print(f"{' '.join(step):45} {seconds:7.1f} s")
    # The largest of all children; the run is by far the largest.
    megabytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000
    report = json.loads(said)
    print(json.dumps(report, ensure_ascii=False))
    print(f"peak memory {megabytes:.0f} MB")
    held = seconds < MOST_SECONDS and megabytes < MOST_MEGABYTES and report["suggestions"] > LEAST_SUGGESTIONS
    print(
        "held" if held else "NOT held",
        f"(under {MOST_SECONDS:.0f} s, {MOST_MEGABYTES:.0f} MB, over {LEAST_SUGGESTIONS:,})",
    )
    return 0 if held else 1


def run(step: tuple[str, ...], data: Path, environment: dict[str, str]) -> tuple[float, str]:
    words = [str(data / word) if "." in word else word for word in step]
    started = time.perf_counter()
    done = subprocess.run([str(IEUM), *words], check=False, env=environment, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(step)} failed with exit status {done.returncode}")
    return time.perf_counter() - started, done.stdout


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m bench.real DATA")
    sys.exit(main(Path(sys.argv[1])))
