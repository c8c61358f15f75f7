"""What every file of code keeps, so that a reader finds the same house in every room."""

import ast
import json
import re
import subprocess
import sys

import pytest

import matching
from tests.house.sources import ROOMS, ROOT, WRITTEN_BY_ALEMBIC, python_files, repository_files, texts

LONGEST_FILE = 400
LONGEST_FUNCTION = 40
IMPORTED_ON_USE = {
    ("matching/allocating/most_placed.py", "ortools"),
    ("matching/fast.py", "numba"),
    ("placement/runners.py", "dask"),
    ("placement/runners.py", "distributed"),
}
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
REGISTRIES = re.compile(r"https?://[^\s\"']*(?:p[y]pi|python[h]osted|npm[j]s|npm[m]irror)", re.IGNORECASE)
MACHINE_PATHS = re.compile(r"(?<![\w.])/(?:wor[k]|roo[t])/\w")


def functions_of(tree: ast.Module) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [node for node in ast.walk(tree) if isinstance(node, FUNCTIONS)]


def imported_names(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name.split(".")[0] for alias in node.names]
    return [(node.module or "").split(".")[0]] if isinstance(node, ast.ImportFrom) else []


def imports_inside_functions(name: str, tree: ast.Module) -> list[tuple[str, str]]:
    nodes = [node for function in functions_of(tree) for node in ast.walk(function)]
    return [(name, imported) for node in nodes for imported in imported_names(node)]


def test_no_import_stands_inside_a_function_but_the_heavy_ones():
    inside = [found for name, tree in python_files(*ROOMS).items() for found in imports_inside_functions(name, tree)]
    assert [found for found in inside if found not in IMPORTED_ON_USE] == []


def test_an_import_inside_a_function_would_be_seen():
    tree = ast.parse("def read():\n    if True:\n        import json\n        from os.path import join")
    assert imports_inside_functions("a.py", tree) == [("a.py", "json"), ("a.py", "os")]


def test_every_module_begins_by_saying_what_it_decides():
    trees = {name: tree for name, tree in python_files().items() if tree.body}
    assert [name for name, tree in trees.items() if not ast.get_docstring(tree)] == []


def test_no_file_is_longer_than_four_hundred_lines():
    lines = {name: text.count("\n") for name, text in texts().items() if name.endswith(".py")}
    long = {name: count for name, count in lines.items() if count > LONGEST_FILE}
    assert {name: count for name, count in long.items() if not name.startswith(WRITTEN_BY_ALEMBIC)} == {}


def test_no_function_is_longer_than_forty_lines():
    long = [
        f"{name}:{function.lineno} {function.name}"
        for name, tree in python_files().items()
        if not name.startswith(WRITTEN_BY_ALEMBIC)
        for function in functions_of(tree)
        if (function.end_lineno or 0) - function.lineno >= LONGEST_FUNCTION
    ]
    assert long == []


def test_every_function_of_the_house_says_what_it_returns():
    silent = [
        f"{name}:{function.lineno} {function.name}"
        for name, tree in python_files(*ROOMS).items()
        for function in functions_of(tree)
        if function.returns is None and not name.startswith(WRITTEN_BY_ALEMBIC)
    ]
    assert silent == []


def test_no_module_is_an_attic():
    attics = {"utils.py", "util.py", "helpers.py", "common.py", "misc.py"}
    assert [file for file in repository_files() if file.name in attics] == []


def test_no_text_names_a_package_registry_or_a_path_of_one_machine():
    found = [
        f"{name}: {match.group()}"
        for name, text in texts().items()
        for pattern in (REGISTRIES, MACHINE_PATHS)
        for match in pattern.finditer(text)
    ]
    assert found == []


@pytest.mark.parametrize("text", ["https://files.python" + "hosted.org/a", "see /wo" + "rk/main"])
def test_an_address_or_a_path_would_be_seen(text):
    assert REGISTRIES.search(text) or MACHINE_PATHS.search(text)


def test_the_lock_file_names_no_address():
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert len(packages) > 1
    assert [name for name, package in packages.items() if "resolved" in package] == []
    assert [name for name, package in packages.items() if name and "integrity" not in package] == []


def test_matching_is_ours_and_not_the_registry_library_of_that_name():
    assert matching.__file__ == str(ROOT / "matching" / "__init__.py")


@pytest.mark.parametrize(
    ("room", "strangers"),
    [
        ("placement", {"flask", "sqlalchemy"}),
        ("matching", {"flask", "sqlalchemy", "placement"}),
        ("employers", {"flask"}),
    ],
)
def test_importing_a_room_loads_no_stranger(room: str, strangers: set[str]):
    code = f"import sys, {room}; print(sorted(set(sys.modules) & {strangers}))"
    answer = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"
