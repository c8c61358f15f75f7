"""What fills a database from the terminal: set-up, demo, files, accounts, and the figures that come of it."""

from datetime import datetime
from pathlib import Path

import sqlalchemy
from sqlmodel import col, select

from placement.db import metadata
from placement.models import Event, Graduate
from placement.people import authenticate, find_account
from tests.cli.conftest import Ieum, Terminal, document, refusal
from tests.placement.cast import add_graduate

RATES = {"offer_rate_of_interns": (12, 16), "acceptance_rate_of_offers": (6, 12), "conversion_rate_of_interns": (6, 16)}


def rows(url: str) -> dict[str, int]:
    """How many rows each table that is not empty has."""
    engine = sqlalchemy.create_engine(url)
    with engine.connect() as connection:
        count = sqlalchemy.select(sqlalchemy.func.count())
        counts = {name: connection.scalar(count.select_from(table)) for name, table in metadata.tables.items()}
    engine.dispose()
    return {name: count for name, count in counts.items() if count}


def test_the_demo_comes_once_tells_its_rates_and_leaves_no_row(ieum: Ieum, database_url: str, tmp_path: Path):
    ieum("init")
    before = rows(database_url)
    assert ieum("demo", "--seed", "7").exit_code == 0
    assert "이미 있습니다" in refusal(ieum("demo"))
    assert ieum("match").exit_code == 0
    file = tmp_path / "graduates.csv"
    file.write_text("id,성명\nG1,김하나\n", encoding="utf-8")
    assert "시연 자료" in refusal(ieum("import", "graduates", str(file)))
    told = document(ieum("rates", "--json"))
    assert told["as_of"] == "2020-12-01"
    together = {rate["name"]: (rate["numerator"], rate["denominator"]) for rate in told["rates"] if not rate["program"]}
    assert together == RATES
    again = document(ieum("rates", "--known-at", told["known_at"], "--json"))
    assert again["rates"] == told["rates"]
    assert ieum("demo", "--remove").exit_code == 0
    assert rows(database_url) == before
    assert "지울 시연 자료가 없습니다" in refusal(ieum("demo", "--remove"))


def test_the_second_identical_import_changes_nothing(ieum: Ieum, tmp_path: Path):
    file = tmp_path / "graduates.csv"
    file.write_text("id,성명,보유기술\nG1,김하나,엑셀\n", encoding="utf-8")
    first = document(ieum("import", "graduates", str(file), "--json"))
    second = document(ieum("import", "graduates", str(file), "--json"))
    assert (first["created"], first["unchanged"]) == (1, 0)
    assert (second["created"], second["changed"], second["unchanged"]) == (0, 0, 1)


def test_faulty_rows_are_told_on_standard_error_and_nothing_is_stored(ieum: Ieum, database_url: str, tmp_path: Path):
    file = tmp_path / "companies.csv"
    file.write_text("id,기업명,사업자등록번호\nC1,하나데이터,\nC2,두리데이터,999-81-00011\n", encoding="utf-8")
    before = rows(database_url)
    result = ieum("import", "companies", str(file))
    assert result.exit_code == 1
    assert result.stderr.startswith("3행 [사업자등록번호]")
    assert "아무것도 저장하지 않았습니다" in result.stdout
    assert rows(database_url) == before
    assert ieum("import", "companies", str(file), "--keep-good").exit_code == 1
    assert rows(database_url)["company"] == 1


def test_a_dry_run_writes_nothing(ieum: Ieum, database_url: str, tmp_path: Path):
    file = tmp_path / "graduates.csv"
    file.write_text("id,성명\nG1,김하나\n", encoding="utf-8")
    before = rows(database_url)
    report = document(ieum("import", "graduates", str(file), "--dry-run", "--json"))
    assert (report["created"], report["stored"]) == (1, False)
    assert rows(database_url) == before


def test_a_missing_file_is_refused_in_one_sentence(ieum_on_sqlite: Ieum, tmp_path: Path):
    assert "찾을 수 없습니다" in refusal(ieum_on_sqlite("import", "graduates", str(tmp_path / "none.csv")))


def test_rates_know_one_rule_and_say_which(ieum_on_sqlite: Ieum):
    assert {
        rate["rule"] for rate in document(ieum_on_sqlite("rates", "--rule", "SEOCHO_SIMPLE", "--json"))["rates"]
    } == {"SEOCHO_SIMPLE"}
    assert refusal(ieum_on_sqlite("rates", "--rule", "OTHER")).endswith("SEOCHO_SIMPLE")
    assert refusal(ieum_on_sqlite("rates", "--program", "X")).endswith(": X")


def test_rates_without_a_result_have_the_promised_fields_and_no_number(ieum_on_sqlite: Ieum):
    told = document(ieum_on_sqlite("rates", "--as-of", "2020-12-01", "--known-at", "2020-12-01T09:00", "--json"))
    assert datetime.fromisoformat(told["known_at"]) == datetime.fromisoformat("2020-12-01T00:00:00+00:00")
    first = told["rates"][0]
    assert first["label"] == "전환 제의율"
    assert (first["rate"], first["low"], first["high"], first["percent"], first["unknown"]) == (
        None,
        None,
        None,
        "-",
        0,
    )


def test_an_account_is_made_once(ieum: Ieum):
    words = ["user", "create", "--email", "a@example.com", "--name", "가", "--role", "counselor", "--password"]
    assert "12자" in refusal(ieum(*words, "short"))
    assert ieum(*words, "long enough for us").exit_code == 0
    assert "이미 있는" in refusal(ieum(*words, "long enough for us"))
    assert "--company" in refusal(ieum(*words, "long enough for us", "--company", "C1"), status=2)


def test_a_new_password_is_set_at_the_terminal_by_the_same_rule(terminal: Terminal):
    words = ["user", "create", "--email", "a@example.com", "--name", "가", "--role", "counselor", "--password"]
    assert terminal.type(*words, "long enough for us").exit_code == 0
    assert "12자" in terminal.refused("user", "password", "a@example.com", "--password", "short")
    assert "그런 계정이 없습니다" in terminal.refused(
        "user", "password", "b@example.com", "--password", "long enough too"
    )
    assert terminal.type("user", "password", "a@example.com", "--password", "long enough too").exit_code == 0
    with terminal.database.reading() as session:
        account = find_account(session, "a@example.com")
        lines = session.exec(select(Event).where(Event.entity == "account").order_by(col(Event.id))).all()
    assert authenticate(account, "long enough too")
    assert [(line.move, line.actor) for line in lines] == [("create", "office"), ("new_password", "office")]
    assert "long enough too" not in "".join(line.model_dump_json() for line in lines)


def test_accounts_and_caseloads_are_moved_at_the_terminal(terminal: Terminal):
    for name, role in (("a", "counselor"), ("b", "counselor"), ("m", "manager")):
        mail = f"{name}@example.com"
        words = ("--email", mail, "--name", name, "--role", role, "--password", "long enough for us")
        assert terminal.type("user", "create", *words).exit_code == 0
    with terminal.database.transaction() as session:
        giver = find_account(session, "a@example.com")
        person = add_graduate(session, counselor_id=giver.id)
    ends = "a@example.com/b@example.com"
    assert "권한이 없습니다" in terminal.refused("move", "hand_over", ends, "create", "--as", "b@example.com")
    assert terminal.done("move", "hand_over", ends, "create", "--as", "a@example.com")["to_state"] == "done"
    assert terminal.done("move", "hand_over", ends, "take_back", "--as", "m@example.com")["to_state"] == "taken_back"
    with terminal.database.reading() as session:
        assert session.get_one(Graduate, person.id).counselor_id == giver.id
    assert terminal.done("move", "account", "b@example.com", "deactivate")["to_state"] == "inactive"
    assert "그런 계정이 없습니다" in terminal.refused("move", "hand_over", ends, "create")
    assert "마지막 사업담당자" in terminal.refused("move", "account", "m@example.com", "deactivate")
    assert "새 비밀번호" in terminal.refused("move", "account", "a@example.com", "new_password")
    changed = terminal.done("move", "account", "a@example.com", "change_role", "--with", "role=manager")
    assert changed["to_state"] == "active"
