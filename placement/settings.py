"""Decides what the environment means: read once, typed, and refused with one clear line where it is odd."""

import os
import secrets
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

DEVELOPMENT = "development"
PRODUCTION = "production"
MEGABYTE = 1024 * 1024
CHECKOUT = Path(__file__).resolve().parent.parent
STATIC = Path(__file__).resolve().parent / "static"


class SettingsError(Exception):
    """A setting is odd; the message is one line in Korean and English."""


@dataclass(frozen=True)
class Settings:
    """How this process runs. `today` fixes the calendar (development only); `documents` is the folder of papers,
    `dask_address` the scheduler of runs on Dask."""

    database_url: str = field(repr=False)
    secret_key: str = field(repr=False)
    environment: str = DEVELOPMENT
    public_url: str = "http://127.0.0.1:8000"
    today: date | None = None
    documents: Path = Path("var/documents")
    dask_address: str | None = None
    upload_limit: int = 16 * MEGABYTE

    @property
    def is_production(self) -> bool:
        return self.environment == PRODUCTION

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None, home: Path | None = None) -> "Settings":
        """Read IEUM_… names. `home` is where var/ lies (default: what `home_of` says).

        Raises SettingsError on an unknown environment, an unreadable date, a fixed today or a weak key in production,
        on a folder of documents that is none or that a browser could read, and on an odd address of a Dask scheduler.
        """
        given = os.environ if environ is None else environ
        var = (home or home_of(given)) / "var"
        environment = given.get("IEUM_ENV") or DEVELOPMENT
        if environment not in (DEVELOPMENT, PRODUCTION):
            raise SettingsError(
                f"IEUM_ENV는 development 또는 production이어야 합니다. / unknown IEUM_ENV: {environment}"
            )
        return cls(
            database_url=given.get("IEUM_DATABASE_URL") or f"sqlite:///{_made(var) / 'ieum.sqlite3'}",
            secret_key=_secret_key(given.get("IEUM_SECRET_KEY"), environment, var),
            environment=environment,
            public_url=given.get("IEUM_PUBLIC_URL") or cls.public_url,
            today=_fixed_today(given.get("IEUM_TODAY"), environment),
            documents=_folder("IEUM_DOCUMENTS", given.get("IEUM_DOCUMENTS"), var / "documents"),
            dask_address=_dask_address(given.get("IEUM_DASK_ADDRESS")),
        )


def home_of(environ: Mapping[str, str], prefix: str = sys.prefix, here: Path | None = None) -> Path:
    """Where var/ lies: IEUM_HOME; else the checkout whose own .venv runs us, wherever from; else the working directory.

    `prefix` is the environment that runs us, `here` the working directory.
    """
    if environ.get("IEUM_HOME"):
        return _folder("IEUM_HOME", environ["IEUM_HOME"], CHECKOUT)
    return CHECKOUT if Path(prefix).resolve() == CHECKOUT / ".venv" else here or Path.cwd()


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _folder(name: str, given: str | None, otherwise: Path) -> Path:
    """An absolute folder, made when the first file comes; never among the files that everybody may fetch."""
    folder = Path(given or otherwise).expanduser().absolute()
    if folder.exists() and not folder.is_dir():
        raise SettingsError(f"{name}: 폴더여야 합니다. / {name} is no folder: {folder}")
    if folder.resolve().is_relative_to(STATIC):
        raise SettingsError(f"{name}: 누구나 볼 수 있는 폴더 밖이어야 합니다. / {name} lies in the web root: {folder}")
    return folder


def _dask_address(text: str | None) -> str | None:
    if not text:
        return None
    try:
        address = urlsplit(text)
        is_one = address.scheme in ("tcp", "tls") and bool(address.hostname and address.port)
    except ValueError:  # a port that is none
        is_one = False
    if not is_one or text != f"{address.scheme}://{address.netloc}" or "@" in text:
        raise SettingsError(
            "IEUM_DASK_ADDRESS는 tcp://127.0.0.1:8786과 같은 주소여야 합니다."
            f" / IEUM_DASK_ADDRESS is not the address of a scheduler: {text}"
        )
    return text


def _fixed_today(text: str | None, environment: str) -> date | None:
    if not text:
        return None
    if environment == PRODUCTION:
        raise SettingsError("운영 환경에서는 IEUM_TODAY를 쓸 수 없습니다. / IEUM_TODAY is refused in production.")
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise SettingsError(
            f"IEUM_TODAY는 2020-12-01과 같은 날짜여야 합니다. / IEUM_TODAY is not a date: {text}"
        ) from error


def _secret_key(given: str | None, environment: str, var: Path) -> str:
    if given and (environment == DEVELOPMENT or len(given) >= 32):
        return given
    if environment == PRODUCTION:
        raise SettingsError(
            "운영 환경에서는 32자 이상의 IEUM_SECRET_KEY가 필요합니다. / IEUM_SECRET_KEY of 32 characters or more is needed."
        )
    kept = _made(var) / "secret-key"
    if not kept.exists() or not kept.stat().st_size:
        kept.touch(mode=0o600)  # closed to others before the key is in it
        kept.write_text(secrets.token_urlsafe(48), encoding="ascii")
    return kept.read_text(encoding="ascii")
