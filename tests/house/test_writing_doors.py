"""No door of the web begins a transaction of its own: it writes by `attempt`, which tries again after giving way."""

import ast

import pytest

from tests.house.sources import python_files

WEB = "placement/web/"
PLAIN = {"transaction", "writing", "begin", "commit"}
GIVES_DATABASE_AWAY = {
    "placement/web/doors.py",
    "placement/web/sheets.py",
}  # its own doors; an import, which tries again itself


def names_in(node: ast.AST) -> set[str]:
    """What a node calls, takes as an attribute, or imports."""
    if isinstance(node, ast.Attribute):
        return {node.attr}
    if isinstance(node, ast.Name):
        return {node.id}
    return {alias.name for alias in node.names} if isinstance(node, ast.ImportFrom) else set()


def plain_writing(tree: ast.AST) -> set[str]:
    """The ways past `attempt` that a file takes; one's own `begin` (a session of the browser) is another word."""
    own = {node for node in ast.walk(tree) if isinstance(node, ast.Attribute) and is_browser_session(node.value)}
    return {name for node in ast.walk(tree) if node not in own for name in names_in(node)} & PLAIN


def is_browser_session(node: ast.AST) -> bool:
    return isinstance(node, ast.Name) and node.id == "sessions"


def web_files() -> dict[str, ast.Module]:
    return {name: tree for name, tree in python_files("placement").items() if name.startswith(WEB)}


def test_no_door_opens_a_plain_transaction():
    assert len(web_files()) > 40
    assert {name: found for name, tree in web_files().items() if (found := plain_writing(tree))} == {}


def test_the_database_itself_is_in_the_hands_of_two_files():
    holders = {name for name, tree in web_files().items() for node in ast.walk(tree) if "database" in names_in(node)}
    assert holders == GIVES_DATABASE_AWAY


@pytest.mark.parametrize(
    "door",
    [
        "with transaction() as session: session.add(row)",
        "with database().transaction() as session: pass",
        "with database().writing(session): pass",
        "from placement.web.doors import transaction",
        "with reading() as session, session.begin(): pass",
        "with reading() as session: session.commit()",
    ],
)
def test_a_plain_transaction_would_be_seen(door: str):
    assert plain_writing(ast.parse(door))
