"""The import contracts of setup.cfg bite: a house that breaks each of them is refused by name."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

from tests.house.sources import ROOMS, ROOT, name_of, python_files
from tests.house.test_lists import SETTINGS

LINT = "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())"
WRONGS = {
    "matching/wrong.py": "import employers, placement, flask, apscheduler, requests, numba, ortools, dask, sqlmodel",
    "employers/wrong.py": "import rapidfuzz, numpy",
    "placement/settings.py": "import placement.events",
}


def lint_a_house_with(wrongs: dict[str, str], folder: Path) -> str:
    """What the linter prints about a copy of the rooms to whose files these lines were added."""
    for name in [*python_files(*ROOMS), "setup.cfg"]:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, folder / name)
    for name, line in wrongs.items():
        with (folder / name).open("a", encoding="utf-8") as file:
            file.write(f"\n{line}\n")
    command = [sys.executable, "-c", LINT, "--config", "setup.cfg", "--no-cache", "--no-logo"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, env={"PYTHONPATH": "."}).stdout


def contract_names() -> set[str]:
    return {SETTINGS[section]["name"] for section in SETTINGS.sections() if section.startswith("importlinter:")}


def names_that_are(state: str, printed: str) -> set[str]:
    summary = " ".join(printed.split("Broken contracts")[0].split())
    return {name for name in contract_names() if re.search(re.escape(name) + " " + state, summary)}


def test_our_house_keeps_every_contract(tmp_path: Path):
    assert names_that_are("KEPT", lint_a_house_with({}, tmp_path)) == contract_names()


def test_a_house_that_breaks_every_contract_is_told_so_for_each(tmp_path: Path):
    assert names_that_are("BROKEN", lint_a_house_with(WRONGS, tmp_path)) == contract_names()


def test_a_room_without_a_floor_is_refused(tmp_path: Path):
    printed = lint_a_house_with({"placement/attic.py": '"""Nobody knows."""'}, tmp_path)
    assert "placement.attic" in printed
    assert SETTINGS["importlinter:contract:placement"]["name"] in names_that_are("BROKEN", printed)


def test_the_names_of_files_reach_the_copy():
    assert "placement/settings.py" in {name_of(ROOT / name) for name in python_files("placement")}
