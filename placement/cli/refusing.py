"""Decides how a command says no: one sentence on standard error, and the exit status that belongs to it."""

import errno
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import IO, Any

import click
from alembic.util import CommandError
from sqlalchemy.exc import DBAPIError

from placement.cli.wording import choices_of, range_of
from placement.db import DatabaseUnavailableError
from placement.runners import RunnerError, Trouble
from placement.settings import SettingsError
from placement.texts import N_, _


class Refused(click.ClickException):
    """Understood but refused: one sentence, exit status 1."""

    def show(self, file: IO[Any] | None = None) -> None:
        click.echo(self.message, file=file, err=file is None)


class Misused(click.UsageError):
    """Wrong usage: one sentence and where to read more, exit status 2."""

    def show(self, file: IO[Any] | None = None) -> None:
        command = self.ctx.command_path if self.ctx else "ieum"
        hint = _("사용법: %(command)s --help", command=command)
        click.echo(f"{self.message}\n{hint}", file=file, err=file is None)


@contextmanager
def said_plainly(context: click.Context | None = None) -> Iterator[None]:
    """Turn whatever a person can mend into one sentence; a fault of ours keeps its trace."""
    try:
        yield
    except (Refused, click.exceptions.NoArgsIsHelpError):
        raise
    except Misused as error:
        error.ctx = error.ctx or context
        raise
    except click.UsageError as error:
        place = error.ctx or context
        raise Misused(describe_misuse(error, place), place) from error
    except (SettingsError, DatabaseUnavailableError) as error:
        raise Refused(str(error)) from error
    except RunnerError as error:
        raise Refused(_(RUN_FAILURES[error.trouble], **error.values)) from error
    except CommandError as error:
        raise Refused(_("이 프로그램이 모르는 데이터베이스입니다. 프로그램을 최신으로 올려 주십시오.")) from error
    except DBAPIError as error:
        raise Refused(describe_failure(error)) from error
    except UnicodeEncodeError as error:
        raise Refused(_("읽거나 쓸 수 없는 글자가 있습니다. UTF-8로 적어 주십시오.")) from error
    except OSError as error:
        if error.errno == errno.EPIPE:  # whoever read us has gone: click ends quietly
            raise
        raise Refused(_("파일을 읽거나 쓸 수 없습니다: %(why)s", why=_reason(error))) from error
    except (KeyboardInterrupt, click.Abort) as error:
        raise Refused(_("중단했습니다.")) from error


def asked_language(words: Sequence[str]) -> str | None:
    """The language that a command line asks for, before anything else of it is understood."""
    for before, word in zip(("", *words), words, strict=False):
        if before == "--lang" or word.startswith("--lang="):
            return word.removeprefix("--lang=")
    return None


# What a driver says, and what to do about it; the first that fits counts.
FAILURES = {
    "connection": N_("데이터베이스에 연결할 수 없습니다. IEUM_DATABASE_URL을 확인해 주십시오. (%(why)s)"),
    "unable to open": N_("데이터베이스에 연결할 수 없습니다. IEUM_DATABASE_URL을 확인해 주십시오. (%(why)s)"),
    "not a database": N_("데이터베이스 파일이 아닙니다. IEUM_DATABASE_URL을 확인해 주십시오. (%(why)s)"),
    "readonly": N_("데이터베이스에 쓸 권한이 없습니다. (%(why)s)"),
    "permission denied": N_("데이터베이스에 쓸 권한이 없습니다. (%(why)s)"),
    "locked": N_("다른 프로그램이 데이터베이스를 쓰고 있습니다. 잠시 뒤에 다시 해 주십시오. (%(why)s)"),
    "": N_("데이터베이스가 받아들이지 않았습니다. 저장한 것은 없습니다. (%(why)s)"),
}

# Why a run is not computed where it was asked to be, and what to do about it.
RUN_FAILURES = {
    Trouble.NOT_INSTALLED: N_(
        "Dask가 설치되어 있지 않습니다. 이음을 [dask]와 함께 설치하거나 다른 --runner를 적어 주십시오."
    ),
    Trouble.UNREACHABLE: N_("Dask 스케줄러에 연결할 수 없습니다: %(address)s. IEUM_DASK_ADDRESS를 확인해 주십시오."),
    Trouble.NO_WORKERS: N_("Dask 스케줄러에 작업자가 없습니다. 작업자를 먼저 실행해 주십시오."),
    Trouble.OTHER_ENGINE: N_(
        "Dask 작업자의 매칭 엔진(%(theirs)s)이 이곳의 엔진(%(ours)s)과 다릅니다. 양쪽에 같은 이음을 설치해 주십시오."
    ),
    Trouble.LOST: N_("Dask에서 계산을 끝내지 못했습니다. 저장한 것은 없습니다. (%(why)s)"),
}


def describe_failure(error: Exception) -> str:
    """What the database did not do, and what would help, in one sentence."""
    why = _reason(getattr(error, "orig", error))
    return next(_(sentence, why=why) for sign, sentence in FAILURES.items() if sign in why)


def describe_misuse(error: click.UsageError, context: click.Context | None = None) -> str:
    """What is wrong with the words of a command, in one sentence."""
    param = getattr(error, "param", None)
    name = getattr(error, "option_name", None) or getattr(error, "command_name", None) or name_of(param)
    near = ", ".join(near_names(name, getattr(error, "possibilities", None) or ()))
    match error:
        case click.NoSuchCommand():
            return _with(_("그런 명령이 없습니다: %(name)s", name=name), _(NEAR, names=near) if near else "")
        case click.NoSuchOption():
            return _with(_("그런 선택 항목이 없습니다: %(name)s", name=name), _(NEAR, names=near) if near else "")
        case click.MissingParameter():
            return _with(_("꼭 적어야 하는 값이 빠졌습니다: %(name)s", name=name), expected_of(param))
        case click.BadParameter():
            return _("%(name)s에 쓸 수 없는 값입니다.", name=name) + f" {expected_of(param)}".rstrip()
        case click.BadOptionUsage():
            return _(NO_VALUE if _is_flag(name, context) else VALUE_MISSING, name=name)
    if isinstance(context and context.command, click.Group):
        return _("명령을 하나 적어 주십시오.")
    return _("명령을 이해하지 못했습니다.")


NEAR = N_("비슷한 것: %(names)s")
NO_VALUE = N_("%(name)s에는 값을 적지 않습니다.")
VALUE_MISSING = N_("%(name)s 뒤에 값을 적어 주십시오.")


def name_of(param: click.Parameter | None) -> str:
    """How a value is called on the command line: --top, KIND."""
    return "" if param is None else param.opts[0] if isinstance(param, click.Option) else param.human_readable_name


def near_names(name: str, known: Iterable[str]) -> list[str]:
    """Those that begin alike: what click takes for near is often far."""
    return sorted(other for other in known if other.lstrip("-")[:2] == name.lstrip("-")[:2])


def expected_of(param: click.Parameter | None) -> str:
    """What may stand there, as a sentence; nothing where anything may."""
    kind = param.type if param else click.STRING
    allowed = choices_of(kind) or range_of(kind)
    if allowed:
        return _("쓸 수 있는 값: %(values)s", values=allowed)
    return _("정수를 적어 주십시오.") if isinstance(kind, click.types.IntParamType) else ""


def _with(sentence: str, more: str) -> str:
    return f"{sentence} ({more})" if more else sentence


def _is_flag(name: str, context: click.Context | None) -> bool:
    params = context.command.params if context else []
    return any(isinstance(param, click.Option) and name in param.opts and param.is_flag for param in params)


def _reason(error: Any) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]
