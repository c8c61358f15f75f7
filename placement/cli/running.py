"""Decides how the processes are started: web, worker, clock, each alone or all on one machine."""

import errno
import logging
import signal
import sys
import threading
from typing import Any

import click
from flask import current_app
from waitress.server import create_server

from placement.cli.data import is_empty, load_demo, prepare_database
from placement.cli.group import command, database, database_to_prepare, fail, settings
from placement.cli.matches import run_matching
from placement.cli.summary import print_summary
from placement.jobs.handlers import HANDLERS, LIMITS
from placement.jobs.schedule import run_clock
from placement.jobs.worker import Worker
from placement.texts import _

THREADS = 8


@command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="들을 주소 / address to listen on")
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="포트, 0은 빈 것 / 0: any free one"
)
@click.option(
    "--all", "everything", is_flag=True, help="웹, 작업, 시계를 함께 실행합니다. / web, worker and clock together"
)
def serve(host: str, port: int, everything: bool) -> None:
    """웹 서비스를 실행합니다. / Run the web service."""
    _log_to_stderr()
    database()  # refused here rather than at every request
    serve_web(host, port, everything)


@command("worker")
def worker() -> None:
    """대기열의 작업을 처리합니다. / Work the queue."""
    _log_to_stderr()
    stopping = _stop_on_signals()
    Worker(database(), HANDLERS, settings().today, LIMITS).run(stopping)


@command("clock")
def clock() -> None:
    """때가 된 작업을 대기열에 넣습니다. / Put due work into the queue."""
    _log_to_stderr()
    run_clock(database(), _stop_on_signals())


@command("start")
@click.option("--host", default="127.0.0.1", show_default=True, help="들을 주소 / address to listen on")
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="포트, 0은 빈 것 / 0: any free one"
)
def start(host: str, port: int) -> None:
    """처음이면 시연 자료를 올리고, 요약을 보여 준 뒤 모두 함께 실행합니다. / First start: demo, run, summary; then serve."""
    _log_to_stderr()
    click.echo(_("데이터베이스: %(url)s", url=database_to_prepare().url.render_as_string(hide_password=True)))
    prepare_database()
    if is_empty():
        load_demo()
        run_matching()
    print_summary()
    serve_web(host, port, everything=True)


def serve_web(host: str, port: int, everything: bool) -> None:
    """Serve until a signal comes; with `everything` worker and clock run as threads of this process."""
    # The app behind the proxy, as Flask's manual has it: threads have no context. Its type is not told.
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    try:
        server = create_server(app, host=host, port=port, threads=THREADS, ident=None)
    except (OSError, ValueError) as error:
        fail(describe_closed_door(error, host, port))
    stopping = threading.Event()
    base, fixed, shown = database(), settings().today, getattr(server, "effective_port", port)  # --port 0: any free one
    tasks = (lambda: Worker(base, HANDLERS, fixed, LIMITS).run(stopping), lambda: run_clock(base, stopping))
    helpers = [threading.Thread(target=task, daemon=True) for task in tasks] if everything else []
    for helper in helpers:
        helper.start()
    click.echo(
        _("http://%(host)s:%(port)s 에서 실행 중입니다. 멈추려면 Ctrl-C를 누르십시오.", host=host, port=shown), err=True
    )
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


def describe_closed_door(error: Exception, host: str, port: int) -> str:
    """Why the service cannot listen there, in one sentence."""
    if getattr(error, "errno", None) == errno.EADDRINUSE:
        return _("%(host)s:%(port)s 주소를 이미 다른 프로그램이 쓰고 있습니다.", host=host, port=port)
    if getattr(error, "errno", None) == errno.EACCES:
        return _("%(host)s:%(port)s 주소를 열 권한이 없습니다. 1024 이상의 포트를 적어 주십시오.", host=host, port=port)
    return _("%(host)s:%(port)s 주소를 열 수 없습니다. --host와 --port를 확인해 주십시오.", host=host, port=port)


def _stop_on_signals() -> threading.Event:
    stopping = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_args: stopping.set())
    return stopping


def _interrupt(*_args: Any) -> None:
    raise KeyboardInterrupt


def _log_to_stderr() -> None:
    logging.basicConfig(level=logging.INFO, stream=sys.stderr, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    for chatty in ("apscheduler", "alembic"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
