"""Decides how a migration changes the CHECKs of a table that stands already, alike on SQLite and PostgreSQL.

SQLite has no ALTER for constraints, and Alembic's batch mode would copy a table without its CHECKs. A CHECK changes no
stored row, so SQLite's own shorter way for such changes is taken: the table's words are edited where they are kept.
"""

import re

from alembic import op
from sqlalchemy import text


def set_check(table: str, name: str, condition: str) -> None:
    """Add the CHECK `ck_<table>_<name>`, or put another condition in its place."""
    if op.get_bind().dialect.name == "sqlite":
        words = _without(_words_of(table), table, name)
        _write(table, f"{words.rstrip().removesuffix(')').rstrip()}, {_clause(table, name)} ({condition})\n)")
    else:
        op.execute(f"ALTER TABLE {table} DROP CONSTRAINT IF EXISTS {_named(table, name)}")
        op.execute(f"ALTER TABLE {table} ADD {_clause(table, name)} ({condition})")


def drop_check(table: str, name: str) -> None:
    """Take the CHECK `ck_<table>_<name>` away."""
    if op.get_bind().dialect.name == "sqlite":
        _write(table, _without(_words_of(table), table, name))
    else:
        op.execute(f"ALTER TABLE {table} DROP CONSTRAINT {_named(table, name)}")


def set_codes(table: str, column: str, *codes: str) -> None:
    """Let the column hold these codes and no others (the CHECK of `employers.columns.one_of`)."""
    listed = ", ".join(f"'{code}'" for code in codes)
    set_check(table, f"{column}_known", f"{column} IN ({listed})")


def add_reference(table: str, column: str, target: str) -> None:
    """A new column, empty at first, that refers to a row of `target` by its id."""
    named = f"CONSTRAINT fk_{table}_{column}_{target}"
    op.execute(f"ALTER TABLE {table} ADD COLUMN {column} INTEGER {named} REFERENCES {target} (id)")


def _named(table: str, name: str) -> str:
    return f"ck_{table}_{name}"


def _clause(table: str, name: str) -> str:
    return f"CONSTRAINT {_named(table, name)} CHECK"


def _words_of(table: str) -> str:
    found = op.get_bind().execute(
        text("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = :name"), {"name": table}
    )
    return str(found.scalar_one())


def _without(words: str, table: str, name: str) -> str:
    """The table's words without one CHECK, or as they are where it has none of this name."""
    found = re.search(rf",\s*{re.escape(_clause(table, name))}\s*\(", words)
    if found is None:
        return words
    end, depth = found.end(), 1
    while depth:
        depth += {"(": 1, ")": -1}.get(words[end], 0)
        end += 1
    return words[: found.start()] + words[end:]


def _write(table: str, words: str) -> None:
    connection = op.get_bind()
    version = connection.execute(text("PRAGMA schema_version")).scalar_one()
    connection.execute(text("PRAGMA writable_schema = ON"))
    connection.execute(
        text("UPDATE sqlite_master SET sql = :words WHERE type = 'table' AND name = :name"),
        {"words": words, "name": table},
    )
    connection.execute(text(f"PRAGMA schema_version = {version + 1}"))
    connection.execute(text("PRAGMA writable_schema = OFF"))
    broken = connection.execute(text("PRAGMA integrity_check")).scalar_one()
    if broken != "ok":
        raise RuntimeError(f"{table}: {broken}")
