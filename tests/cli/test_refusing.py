"""Who types something odd, or has no database, reads one sentence; nothing is made or half-written."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
import sqlalchemy
from click.testing import CliRunner
from flask.cli import FlaskGroup

from tests.cli.conftest import Ieum, at_home, refusal

PROGRAM = [sys.executable, "-c", "from placement.cli import main; main()"]


def test_a_missing_database_is_not_made_by_reading(say: Ieum, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    ieum = at_home(say, f"sqlite:///{tmp_path}/none.db", monkeypatch)
    for words in (["rates"], ["match"], ["demo"], ["worker"], ["serve", "--port", "0"], ["why", "a", "b"]):
        assert "ieum init" in refusal(ieum(*words))
    assert list(tmp_path.iterdir()) == []


def test_an_empty_file_is_told_from_a_file_that_is_no_database(
    say: Ieum, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    file = tmp_path / "odd.db"
    ieum = at_home(say, f"sqlite:///{file}", monkeypatch)
    file.touch()
    assert "ieum init" in refusal(ieum("clock"))
    file.write_text("plain text")
    for words in (["rates"], ["init"]):
        assert "데이터베이스 파일이 아닙니다" in refusal(ieum(*words))
    assert file.read_text() == "plain text"


def test_a_server_that_is_not_there_is_one_line_without_the_password(say: Ieum, monkeypatch: pytest.MonkeyPatch):
    ieum = at_home(say, "postgresql://u:secret@127.0.0.1:1/d", monkeypatch)
    for words in (["init"], ["rates"], ["serve"]):
        said = refusal(ieum(*words))
        assert "연결할 수 없습니다" in said and "secret" not in said


def test_an_odd_setting_is_one_line_and_help_works_without_any(ieum_on_sqlite: Ieum, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("IEUM_TODAY", "soon")
    assert "IEUM_TODAY" in refusal(ieum_on_sqlite("rates"))
    told = ieum_on_sqlite("--help")
    assert told.exit_code == 0 and told.stderr == ""
    assert "데이터베이스를 만들거나 최신으로 올립니다." in told.stdout


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["nope"], "그런 명령이 없습니다: nope"),
        (["match", "--nope"], "그런 선택 항목이 없습니다: --nope"),
        (["why", "G1"], "꼭 적어야 하는 값이 빠졌습니다: OPENING"),
        (["match", "--top", "0"], "--top에 쓸 수 없는 값입니다. 쓸 수 있는 값: 1부터 1000까지"),
        (["match", "--runner", "gpu"], "--runner에 쓸 수 없는 값입니다. 쓸 수 있는 값: local, processes, dask"),
        (["demo", "--seed", "x"], "--seed에 쓸 수 없는 값입니다. 정수를 적어 주십시오."),
        (["rates", "--as-of", "x"], "날짜로 읽을 수 없습니다: x. 2020-12-01과 같이 적어 주십시오."),
        (["--lang", "fr", "rates"], "--lang에 쓸 수 없는 값입니다. 쓸 수 있는 값: ko, en"),
    ],
)
def test_wrong_usage_is_a_korean_sentence_and_status_2(ieum_on_sqlite: Ieum, words: list[str], sentence: str):
    assert refusal(ieum_on_sqlite(*words), status=2) == sentence


@pytest.mark.parametrize("words", [["--lang", "en", "rates", "--nope"], ["rates", "--nope", "--lang=en"]])
def test_lang_en_counts_before_and_after_the_command(ieum_on_sqlite: Ieum, words: list[str]):
    assert refusal(ieum_on_sqlite(*words), status=2).startswith("No such option")


def test_the_next_command_speaks_korean_again(ieum_on_sqlite: Ieum):
    ieum_on_sqlite("--lang", "en", "rates")
    assert "전체" in ieum_on_sqlite("rates").stdout


def test_flask_runs_the_same_commands_with_the_same_refusals(ieum_on_sqlite: Ieum):
    def flask(*words: str):
        return CliRunner().invoke(FlaskGroup(), ["--app", "placement.app", *words])

    assert "전환율" in flask("rates").stdout
    assert refusal(flask("rates", "--program", "X")).endswith(": X")
    assert refusal(flask("rates", "--nope"), status=2).endswith("--nope")


def test_a_port_in_use_is_said(ieum_on_sqlite: Ieum):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        words = [*PROGRAM, "serve", "--port", port]  # apart: a server that finds no port leaves its socket open
        done = subprocess.run(words, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines()[-1].endswith("이미 다른 프로그램이 쓰고 있습니다.")


def test_an_address_that_is_none_of_this_machine_is_said_without_the_systems_own_words(ieum_on_sqlite: Ieum):
    ieum_on_sqlite("init")
    said = refusal(ieum_on_sqlite("serve", "--host", "300.1.1.1"))
    assert said == "300.1.1.1:8000 주소를 열 수 없습니다. --host와 --port를 확인해 주십시오."


def test_letters_that_are_none_are_refused(ieum_on_sqlite: Ieum):
    assert "UTF-8" in refusal(ieum_on_sqlite("why", "\udcff", "O1"))


def test_a_reader_that_goes_away_and_a_full_disk_leave_no_trace(ieum_on_sqlite: Ieum):
    ieum_on_sqlite("init")
    lines = b"excel\n" * 2000
    words = [*PROGRAM, "skills", "resolve", "--json"]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as program:
        threading.Thread(target=_feed, args=(program.stdin, lines), daemon=True).start()
        program.stdout.readline()
        program.stdout.close()
        assert b"Traceback" not in program.stderr.read()
    with open("/dev/full", "w") as full:
        done = subprocess.run([*PROGRAM, "rates", "--json"], stdout=full, stderr=subprocess.PIPE, text=True)
    assert done.returncode == 1
    assert "파일을 읽거나 쓸 수 없습니다" in done.stderr and "Traceback" not in done.stderr


def _feed(pipe, lines: bytes) -> None:
    try:
        pipe.write(lines)
        pipe.close()
    except BrokenPipeError:
        return


@pytest.mark.parametrize("words", [["serve", "--all", "--port", "0"], ["worker"], ["clock"]])
def test_ctrl_c_ends_each_process_quietly(ieum_on_sqlite: Ieum, words: list[str]):
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen([*PROGRAM, *words], stderr=subprocess.PIPE, env=environment, text=True) as program:
        _wait_for_heartbeat()
        program.send_signal(signal.SIGINT)
        said = program.communicate(timeout=20)[1]
    assert program.returncode == 0
    assert "Traceback" not in said


def _wait_for_heartbeat() -> None:
    """Until the process has written that it lives (serve --all: its helpers have)."""
    engine = sqlalchemy.create_engine(os.environ["IEUM_DATABASE_URL"])
    for _ in range(200):
        with engine.connect() as connection:
            if connection.scalar(sqlalchemy.text("SELECT count(*) FROM heartbeat")):
                break
        time.sleep(0.1)
    engine.dispose()
