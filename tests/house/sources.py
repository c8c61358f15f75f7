"""Decides which files the tests about the building look at: what git tracks or would track, nothing generated."""

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("matching", "employers", "placement")
WRITTEN_BY_ALEMBIC = "placement/migrations/versions/"


@cache
def repository_files() -> list[Path]:
    """Every file of the repository that is on disk."""
    command = ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listing = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True).stdout
    return [ROOT / name for name in sorted(listing.split("\0")) if name and (ROOT / name).is_file()]


def name_of(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


@cache
def python_files(*rooms: str) -> dict[str, ast.Module]:
    """Name → syntax tree of every Python file of these rooms, or of the whole repository."""
    files = {name_of(file): file for file in repository_files() if file.suffix == ".py"}
    chosen = {name: file for name, file in files.items() if not rooms or name.split("/")[0] in rooms}
    return {name: ast.parse(file.read_text(encoding="utf-8"), name) for name, file in chosen.items()}


@cache
def texts() -> dict[str, str]:
    """Name → text of every file that is UTF-8."""
    found = {}
    for file in repository_files():
        try:
            found[name_of(file)] = file.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
    return found
