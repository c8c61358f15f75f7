"""The migrations lead to the very tables that the code names, and back again, on both databases."""

import pytest
import sqlalchemy
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from placement.db import Database, metadata


@pytest.fixture
def database(database_url: str):
    database = Database(database_url)
    yield database
    database.close()


def table_names(database: Database) -> set[str]:
    return set(sqlalchemy.inspect(database.engine).get_table_names()) - {"alembic_version"}


def test_the_migrated_schema_is_the_one_the_code_names(database: Database):
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_every_migration_goes_down_and_up_again(database: Database):
    assert table_names(database) == set(metadata.tables)
    database.downgrade("base")
    assert table_names(database) == set()
    database.migrate()
    assert table_names(database) == set(metadata.tables)


def test_migrating_twice_changes_nothing(database: Database):
    before = table_names(database)
    database.migrate()
    assert table_names(database) == before
