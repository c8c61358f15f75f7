"""The lists of setup.cfg are true: packages, data files, pins and contracts."""

import configparser
import re
from pathlib import Path

from tests.house.sources import ROOMS, ROOT, name_of, repository_files

GENERATED = re.compile(r"\.pyc?$|/__pycache__/")


def read_settings() -> configparser.ConfigParser:
    settings = configparser.ConfigParser()
    settings.read(ROOT / "setup.cfg", encoding="utf-8")
    return settings


SETTINGS = read_settings()


def words_of(section: str, option: str) -> list[str]:
    return SETTINGS[section][option].split()


def bare(requirement: str) -> str:
    """The name of a requirement as registries compare names."""
    return re.sub(r"[-_.]+", "-", re.split(r"[\[<>=;]", requirement)[0].strip()).lower()


def folder_of(package: str) -> Path:
    places = dict(line.split(" = ") for line in SETTINGS["options"]["package_dir"].strip().splitlines())
    return ROOT / places.get(package, package.replace(".", "/"))


def packages_on_disk() -> set[str]:
    names = [name_of(file) for file in repository_files() if file.name == "__init__.py"]
    return {name.removesuffix("/__init__.py").replace("/", ".") for name in names if name.split("/")[0] in ROOMS}


def test_every_package_on_disk_is_installed_and_no_other():
    assert set(words_of("options", "packages")) - {"placement.templates"} == packages_on_disk()


def test_every_file_that_the_service_reads_is_carried_by_the_wheel():
    carried = {
        path.resolve()
        for package in SETTINGS["options.package_data"]
        for pattern in words_of("options.package_data", package)
        for path in folder_of(package).glob(pattern)
    }
    packages = [folder_of(package) for package in words_of("options", "packages")]
    needed = [
        file
        for file in repository_files()
        if any(file.is_relative_to(folder) for folder in packages) and not GENERATED.search(file.as_posix())
    ]
    assert needed, "nothing to carry"
    left_behind = [name_of(file) for file in needed if file.suffix != ".po" and file.resolve() not in carried]
    assert left_behind == []


def test_every_requirement_is_pinned_and_pinned_once():
    pins = [bare(line) for line in (ROOT / "constraints.txt").read_text().split() if "==" in line]
    extras = [
        name for extra in SETTINGS["options.extras_require"] for name in words_of("options.extras_require", extra)
    ]
    wanted = {bare(name) for name in [*words_of("options", "install_requires"), *extras]}
    assert wanted - set(pins) == set()
    assert len(pins) == len(set(pins))


def test_the_registry_library_named_matching_is_never_required():
    lines = (ROOT / "constraints.txt").read_text().splitlines()
    assert "matching" not in {bare(line) for line in [*lines, *words_of("options", "install_requires")]}


def test_the_contracts_name_all_three_rooms():
    assert words_of("importlinter", "root_packages") == list(ROOMS)
    assert SETTINGS["importlinter:contract:placement"]["exhaustive"] == "True"
