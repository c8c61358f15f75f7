"""Every test gets a migrated database of its own, and our PostgreSQL leaves the machine as it found it."""

import os
import pwd
from pathlib import Path

import sqlalchemy

from tests.fixtures.postgres import Server, installed_programs, reachable_programs, running_postgres


def ask(url: str, statement: str) -> list[tuple]:
    engine = sqlalchemy.create_engine(url, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            result = connection.exec_driver_sql(statement)
            return [tuple(row) for row in result] if result.returns_rows else []
    finally:
        engine.dispose()


def test_a_test_finds_the_migrated_schema(database_url: str):
    assert len(ask(database_url, "SELECT version_num FROM alembic_version")) == 1


def test_what_one_database_is_told_the_next_does_not_know(sqlite_files, postgres_databases, database_url: str):
    databases = sqlite_files if database_url.startswith("sqlite") else postgres_databases
    ask(database_url, "CREATE TABLE told (word TEXT)")
    other = databases.create()
    try:
        told = sqlalchemy.create_engine(other)
        assert not sqlalchemy.inspect(told).has_table("told")
        told.dispose()
    finally:
        databases.drop(other)


def test_postgres_sorts_and_counts_hangul_as_characters(postgres_url: str):
    assert ask(postgres_url, "SELECT length('폴리곤 라벨링')") == [(7,)]


def test_a_server_of_the_environment_wins_over_our_own(monkeypatch):
    monkeypatch.setenv("TEST_DATABASE_URL", "postgresql://given@db.invalid/test")
    with running_postgres() as url:
        assert url == "postgresql://given@db.invalid/test"


def test_our_server_adds_no_user_changes_no_folder_and_leaves_nothing(monkeypatch):
    monkeypatch.delenv("TEST_DATABASE_URL", raising=False)
    folders = list(installed_programs().resolve().parents)
    before = [pwd.getpwall(), [folder.stat().st_mode for folder in folders]]
    with running_postgres() as url:
        folder = Path(sqlalchemy.make_url(url).query["host"])
        assert ask(url, "SHOW listen_addresses") == [("",)]
        assert folder.stat().st_mode & 0o077 == 0
    assert [pwd.getpwall(), [folder.stat().st_mode for folder in folders]] == before
    assert not folder.exists()


def test_programs_behind_a_closed_door_are_copied_to_where_nobody_can_run_them(tmp_path: Path):
    closed = tmp_path / "closed"
    programs = closed / "package" / "pginstall" / "bin"
    programs.mkdir(parents=True)
    (programs / "initdb").touch()
    (closed / "package.libs").mkdir()
    closed.chmod(0o700)
    copied = reachable_programs(programs, tmp_path)
    assert copied == tmp_path / "site" / "package" / "pginstall" / "bin"
    assert (copied / "initdb").exists()
    assert (tmp_path / "site" / "package.libs").is_dir()


def test_the_server_runs_as_an_ordinary_user(tmp_path: Path):
    owner = Server(tmp_path, programs=installed_programs()).owner
    assert os.geteuid() != 0 or (owner is not None and owner.pw_name == "nobody")
