"""Decides that a new user's first command brings up a living service, quickly again the next day, and ends cleanly."""

import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.fixtures.ports import find_free_port

IEUM = Path(sys.executable).with_name("ieum")
FIRST_S, SECOND_S, END_S = 60, 10, 15
OFFICE = ("counselor@example.com", "manager@example.com", "partner@example.com")


class Service:
    """A running `ieum start` in a folder; `said` is what it has written for the reader."""

    def __init__(self, process: subprocess.Popen[str], port: int, said: Path) -> None:
        self.process, self.port, self._said = process, port, said

    @property
    def said(self) -> str:
        return self._said.read_text(encoding="utf-8")

    def wait_until_healthy(self, within_s: float) -> float:
        """Seconds until /healthz said 200; fails when the program ends or the time is over."""
        started = time.monotonic()
        while (passed := time.monotonic() - started) < within_s:
            assert self.process.poll() is None, self.said
            if self._is_healthy():
                return passed
            time.sleep(0.1)
        pytest.fail(f"not healthy within {within_s} s:\n{self.said}")

    def interrupt(self) -> int:
        """Ctrl-C; answers the exit status."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(timeout=END_S)

    def _is_healthy(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=2) as answer:
                return answer.status == 200
        except (urllib.error.URLError, OSError):
            return False


@contextmanager
def started(folder: Path) -> Iterator[Service]:
    """`ieum start` on a free port with this home, from another working directory; killed if the block fails."""
    port = find_free_port()
    plain = {name: value for name, value in os.environ.items() if not name.startswith("IEUM_")}
    plain["IEUM_HOME"] = str(folder)
    said = folder / f"said-{port}.txt"
    command = [IEUM, "start", "--port", str(port)]
    with said.open("w") as paper:
        process = subprocess.Popen(
            command, cwd=folder.parent, env=plain, stdout=paper, stderr=subprocess.STDOUT, text=True
        )
        try:
            yield Service(process, port, said)
        finally:
            process.kill()
            process.wait()


def test_an_empty_folder_becomes_a_living_demo_that_starts_again_at_once(tmp_path: Path, record_property):
    with started(tmp_path) as service:
        record_property("seconds_of_first_start", service.wait_until_healthy(FIRST_S))
        assert_everything_is_said(service.said)
        assert f"데이터베이스: sqlite:///{tmp_path}/var/" in service.said
        assert service.interrupt() == 0
    assert list((tmp_path / "var").glob("*.sqlite3"))
    with started(tmp_path) as service:
        record_property("seconds_of_second_start", service.wait_until_healthy(SECOND_S))
        assert_everything_is_said(service.said)
        assert service.interrupt() == 0
    assert "Traceback" not in service.said


def assert_everything_is_said(said: str) -> None:
    """The best suggestions, the three rates with their intervals, who may sign in, and where."""
    assert len(re.findall(r"^ +\d{2,3}\.\d  \S+.* → .+$", said, re.MULTILINE)) == 5
    for counted, interval in (("12/16", "50.5–89.8%"), ("6/12", "25.4–74.6%"), ("6/16", "18.5–61.4%")):
        assert re.search(rf"{counted}\t\d\d\.\d%\t{interval}", said)
    for address in OFFICE:
        assert address in said
    assert "ieum-demo-2020" in said
    assert re.search(r"http://127\.0\.0\.1:\d+", said)
