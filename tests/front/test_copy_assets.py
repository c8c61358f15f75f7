"""Decides whether the asset script copies only known files, and says plainly why it refuses."""

import json
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "front" / "copy_assets.py"


@pytest.fixture
def small_root(tmp_path: Path) -> Path:
    package_file = tmp_path / "node_modules" / "letters" / "a.css"
    package_file.parent.mkdir(parents=True)
    package_file.write_text("a { color: black }", encoding="utf-8")
    (tmp_path / "front").mkdir()
    line = f"# a list\n{sha256(package_file.read_bytes()).hexdigest()}  letters/a.css  letters/a.css\n"
    (tmp_path / "front" / "assets.txt").write_text(line, encoding="utf-8")
    return tmp_path


def run_script(root: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, str(SCRIPT), str(root)], capture_output=True, encoding="utf-8", check=False)


def test_known_files_reach_the_vendor_folder_and_old_ones_leave_it(small_root: Path) -> None:
    vendor = small_root / "placement" / "static" / "vendor"
    vendor.mkdir(parents=True)
    (vendor / "old.css").write_text("", encoding="utf-8")
    assert run_script(small_root).returncode == 0
    assert [path.name for path in vendor.rglob("*.css")] == ["a.css"]


@pytest.mark.parametrize("damage", ["changed", "missing"])
def test_a_strange_or_missing_file_is_refused_in_one_line_and_nothing_is_written(small_root: Path, damage: str) -> None:
    package_file = small_root / "node_modules" / "letters" / "a.css"
    if damage == "changed":
        package_file.write_text("a { color: red }", encoding="utf-8")
    else:
        package_file.unlink()
    answer = run_script(small_root)
    assert answer.returncode == 1
    assert answer.stderr.count("\n") == 1
    assert "letters/a.css" in answer.stderr
    assert not (small_root / "placement").exists()


def test_the_lock_file_names_no_registry_and_has_a_hash_for_every_package() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert set(packages) == {"node_modules/htmx.org", "node_modules/krds-uiux"}
    assert all("integrity" in entry and "resolved" not in entry for entry in packages.values())


def test_the_vendor_folder_is_never_committed() -> None:
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert "placement/static/vendor/" in ignored
    assert "node_modules/" in ignored
