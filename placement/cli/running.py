"""Decides how the processes are started: web, worker, clock, each alone or all on one machine."""

import logging
import signal
import sys
import threading
from collections.abc import Callable
from typing import Any

import click
from flask import current_app
from waitress.server import create_server

from placement.cli.group import command, database
from placement.db import Database
from placement.jobs.handlers import HANDLERS
from placement.jobs.schedule import run_clock
from placement.jobs.worker import Worker
from placement.texts import _

THREADS = 8


@command("serve")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535))
@click.option("--all", "everything", is_flag=True, help="웹, 작업, 시계를 함께 실행합니다. / web, worker and clock together")
def serve(host: str, port: int, everything: bool) -> None:
    """웹 서비스를 실행합니다. / Run the web service."""
    _log_to_stderr()
    serve_web(host, port, everything)


@command("worker")
def work() -> None:
    """대기열의 작업을 처리합니다. / Work the queue."""
    _log_to_stderr()
    stopping = _stop_on_signals()
    Worker(database(), HANDLERS).run(stopping)


@command("clock")
def clock() -> None:
    """때가 된 작업을 대기열에 넣습니다. / Put due work into the queue."""
    _log_to_stderr()
    run_clock(database(), _stop_on_signals())


def serve_web(host: str, port: int, everything: bool) -> None:
    """Serve until a signal comes; with `everything` worker and clock run as threads of this process."""
    try:
        server = create_server(current_app._get_current_object(), host=host, port=port, threads=THREADS, ident=None)  # type: ignore[attr-defined]
    except OSError:
        click.echo(_("%(host)s:%(port)s 주소를 이미 다른 프로그램이 쓰고 있습니다.", host=host, port=port), err=True)
        sys.exit(1)
    stopping = threading.Event()
    helpers = [_started(task, database(), stopping) for task in (_work, run_clock)] if everything else []
    click.echo(_("http://%(host)s:%(port)s 에서 실행 중입니다. 멈추려면 Ctrl-C를 누르십시오.", host=host, port=port), err=True)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _interrupt)
    try:
        server.run()
    except KeyboardInterrupt:
        click.echo(_("멈추는 중입니다."), err=True)
    finally:
        stopping.set()
        server.close()
        for helper in helpers:
            helper.join(timeout=10)


def _work(database: Database, stopping: threading.Event) -> None:
    Worker(database, HANDLERS).run(stopping)


def _started(task: Callable[[Database, threading.Event], None], database: Database, stopping: threading.Event) -> threading.Thread:
    thread = threading.Thread(target=task, args=(database, stopping), daemon=True, name=task.__name__)
    thread.start()
    return thread


def _stop_on_signals() -> threading.Event:
    stopping = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_args: stopping.set())
    return stopping


def _interrupt(*_args: Any) -> None:
    raise KeyboardInterrupt


def _log_to_stderr() -> None:
    logging.basicConfig(level=logging.INFO, stream=sys.stderr, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
