"""A built wheel holds all that the service reads at run time, and works away from the repository."""

import os
import shutil
import subprocess
import sys
import zipfile
from importlib.resources import files
from pathlib import Path

import pytest

from tests.house.sources import ROOT, name_of, repository_files

BUILD = "import sys; from setuptools.build_meta import build_wheel; build_wheel(sys.argv[1])"
LOOK = """
from importlib.resources import files
import employers, matching, placement.db
for package, name in [("placement.templates", "layouts"), ("placement.migrations", "env.py"), ("placement", "static"),
                      ("placement", "data")]:
    place = files(package).joinpath(name)
    print(place.is_dir() or place.is_file(), str(place))
"""


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The contents of the wheel, built from a copy of the repository so that nothing is left in it."""
    copy = tmp_path_factory.mktemp("repository")
    for file in repository_files():
        target = copy / name_of(file)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, target)
    wheels = tmp_path_factory.mktemp("wheels")
    command = [sys.executable, "-c", BUILD, str(wheels)]
    built = subprocess.run(command, cwd=copy, capture_output=True, text=True)
    assert built.returncode == 0, built.stderr
    folder = tmp_path_factory.mktemp("unpacked")
    zipfile.ZipFile(next(wheels.glob("ieum_placement-*.whl"))).extractall(folder)
    return folder


def test_the_wheel_holds_every_file_of_the_rooms(unpacked: Path):
    names = [name_of(file) for file in repository_files()]
    rooms = [name for name in names if name.startswith(("matching/", "employers/", "placement/"))]
    templates = [f"placement/{name}" for name in names if name.startswith("templates/")]
    assert rooms and templates
    assert [name for name in rooms + templates if not name.endswith(".po") and not (unpacked / name).exists()] == []


def test_the_editable_install_finds_the_templates_of_the_repository():
    assert Path(str(files("placement.templates"))) == ROOT / "templates"


def test_the_wheel_holds_no_tests(unpacked: Path):
    assert sorted(path.name for path in unpacked.iterdir() if path.suffix != ".dist-info") == [
        "employers",
        "matching",
        "placement",
    ]


def test_the_unpacked_wheel_finds_its_templates_and_migrations_without_the_repository(unpacked: Path):
    environment = {**os.environ, "PYTHONPATH": str(unpacked)}
    command = [sys.executable, "-c", LOOK]
    looked = subprocess.run(command, cwd=unpacked, env=environment, capture_output=True, text=True)
    assert looked.returncode == 0, looked.stderr
    found = [line.split(" ", 1) for line in looked.stdout.splitlines()]
    assert [answer for answer, _ in found] == ["True"] * 4
    assert all(Path(place).is_relative_to(unpacked) and not Path(place).is_relative_to(ROOT) for _, place in found)
