"""Decides how good the engine is: every measure beside plain string baselines in one run, against its bar.

`python -m bench.quality [--data FOLDER] [--json]` ends with status 1 when a measure misses its bar. Measures whose data
is not there are left out, and one line says so. A measure is a function without arguments that returns a line.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path

import matching
from bench.quality_graded import VOCABULARY, GradedLine, measure_graded_korean
from bench.quality_rankers import by_sound, rank_by_text
from bench.quality_search import Bar, SearchLine, measure
from bench.quality_tasks import KOREAN_TERMS, Task, absent_files, generated_tasks, outside_tasks

Line = GradedLine | SearchLine
Measure = Callable[[], Line]
_LEVEL, _LEADS = Bar(), Bar(leads=True)
_BARS = {
    "misspelt names": _LEADS,
    "misspelt ESCO skills": _LEADS,
    "other keyboard layout": _LEADS,
    "Korean variants": _LEADS,
    KOREAN_TERMS: Bar(hit_1=0.70),
}
_BY_SOUND = Bar(hit_1=0.60)


def measures(data: Path) -> Iterator[Measure]:
    """The graded set, variants of the shipped vocabulary, and what the folder holds."""
    yield measure_graded_korean
    vocabulary = matching.Vocabulary.from_csv(VOCABULARY)
    for task in (*generated_tasks(vocabulary), *outside_tasks(data)):
        yield partial(measure, task, vocabulary, _BARS.get(task.name, _LEVEL))
        if task.name == KOREAN_TERMS:
            yield partial(measure_sound_alone, task)


def measure_sound_alone(task: Task) -> SearchLine:
    """The task by sound, without vocabulary and letters."""
    ranks = rank_by_text(task, by_sound(task))
    return measure(replace(task, name=f"{task.name}, by sound alone"), matching.Vocabulary(), _BY_SOUND, ranks)


def main(arguments: Sequence[str] | None = None, chosen: Sequence[Measure] | None = None) -> int:
    """Run every measure and print it; 0 when all pass, else 1."""
    parser = argparse.ArgumentParser(prog="python -m bench.quality", description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="folder of the outside data")
    parser.add_argument("--json", action="store_true", help="one JSON document on standard output")
    options = parser.parse_args(arguments)
    if chosen is None and (absent := absent_files(options.data)):
        print(f"bench-quality: left out, not in {options.data}: {', '.join(absent)}", file=sys.stderr)
    lines = []
    for take in measures(options.data) if chosen is None else chosen:
        lines.append(take())
        if not options.json:
            print(lines[-1].describe(), end="\n\n", flush=True)
    if options.json:
        print(json.dumps({"lines": [asdict(line) for line in lines]}, ensure_ascii=False))
    return 0 if all(line.passed for line in lines) else 1


if __name__ == "__main__":
    sys.exit(main())
