"""The migrations build exactly the tables that the code declares, and can be taken back and made again."""

from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect

from placement.db import Database, metadata


def difference(database: Database) -> list[Any]:
    """What autogenerate would write into a next migration."""
    with database.engine.connect() as connection:
        return compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), metadata)


def tables_of(database: Database) -> set[str]:
    return set(inspect(database.engine).get_table_names()) - {"alembic_version"}


def rules_of(database: Database) -> dict[str, Any]:
    """Every check, unique key and foreign key by table, in the words of the database."""
    found = inspect(database.engine)
    return {
        table: {
            "checks": sorted((c["name"], c["sqltext"]) for c in found.get_check_constraints(table)),
            "unique": sorted((str(u["name"]), tuple(u["column_names"])) for u in found.get_unique_constraints(table)),
            "foreign": sorted(
                (tuple(f["constrained_columns"]), f["referred_table"], str(f["options"].get("ondelete")))
                for f in found.get_foreign_keys(table)
            ),
            "required": sorted(c["name"] for c in found.get_columns(table) if not c["nullable"]),
        }
        for table in tables_of(database)
    }


def test_nothing_is_left_for_a_next_migration(database: Database):
    assert difference(database) == []


def test_a_forgotten_column_would_be_seen(database: Database):
    with database.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE graduate ADD COLUMN forgotten INTEGER")
    assert len(difference(database)) == 1


def test_up_down_and_up_again_ends_where_it_began(database: Database):
    before = rules_of(database)
    database.downgrade("base")
    assert tables_of(database) == set()
    database.migrate()
    assert difference(database) == []
    assert rules_of(database) == before


def test_migrating_twice_changes_nothing(database: Database):
    before = rules_of(database)
    database.migrate()
    assert rules_of(database) == before


def test_the_migrations_bring_every_check_that_the_tables_declare(database: Database):
    migrated = rules_of(database)
    database.downgrade("base")
    metadata.create_all(database.engine)
    declared = rules_of(database)
    assert set(migrated) == set(declared)
    for table in declared:
        assert migrated[table] == declared[table], table


@pytest.mark.parametrize("table", ["opening", "suggestion"])
def test_a_table_carries_checks_at_all(database: Database, table: str):
    assert len(rules_of(database)[table]["checks"]) >= 3
