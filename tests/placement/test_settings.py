"""What the environment says is read once; what is odd is refused in one line, and production is stricter."""

from datetime import date
from pathlib import Path

import pytest

from placement.settings import CHECKOUT, STATIC, Settings, SettingsError, home_of

STRONG = "k" * 32


def read(home: Path, **environ: str) -> Settings:
    return Settings.from_environment(environ, home)


def refusal_of(home: Path, **environ: str) -> str:
    with pytest.raises(SettingsError) as caught:
        read(home, **environ)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_with_nothing_said_it_is_development_on_a_file_under_var(tmp_path: Path):
    settings = read(tmp_path)
    assert settings.database_url == f"sqlite:///{tmp_path / 'var' / 'ieum.sqlite3'}"
    assert (tmp_path / "var").is_dir()
    assert not settings.is_production
    assert settings.today is None


def test_a_key_is_made_once_for_its_owner_alone(tmp_path: Path):
    first = read(tmp_path).secret_key
    assert len(first) >= 48
    assert read(tmp_path).secret_key == first
    assert (tmp_path / "var" / "secret-key").stat().st_mode & 0o077 == 0


def test_an_empty_file_is_no_key(tmp_path: Path):
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "secret-key").touch()
    assert len(read(tmp_path).secret_key) >= 48


def test_what_is_said_counts(tmp_path: Path):
    said = {
        "IEUM_ENV": "production",
        "IEUM_SECRET_KEY": STRONG,
        "IEUM_DATABASE_URL": "postgresql://here/ieum",
        "IEUM_PUBLIC_URL": "https://ieum.example",
    }
    settings = read(tmp_path, **said)
    assert settings.is_production
    assert (settings.secret_key, settings.database_url) == (STRONG, "postgresql://here/ieum")
    assert settings.public_url == "https://ieum.example"


@pytest.mark.parametrize("environment", ["prod", "PRODUCTION", "test"])
def test_an_unknown_environment_is_refused(tmp_path: Path, environment: str):
    assert environment in refusal_of(tmp_path, IEUM_ENV=environment)


def test_a_fixed_today_is_for_development_only(tmp_path: Path):
    assert read(tmp_path, IEUM_TODAY="2020-12-01").today == date(2020, 12, 1)
    said = refusal_of(tmp_path, IEUM_ENV="production", IEUM_SECRET_KEY=STRONG, IEUM_TODAY="2020-12-01")
    assert "IEUM_TODAY" in said


@pytest.mark.parametrize("day", ["yesterday", "2020-13-01", "2020-02-30", "01.12.2020"])
def test_a_day_that_is_none_is_refused(tmp_path: Path, day: str):
    assert day in refusal_of(tmp_path, IEUM_TODAY=day)


@pytest.mark.parametrize("key", [None, "", "k" * 31])
def test_production_wants_a_key_of_32_characters(tmp_path: Path, key: str | None):
    given = {} if key is None else {"IEUM_SECRET_KEY": key}
    assert "IEUM_SECRET_KEY" in refusal_of(tmp_path, IEUM_ENV="production", **given)
    assert not (tmp_path / "var" / "secret-key").exists()


def test_a_refused_key_is_not_repeated(tmp_path: Path):
    assert "hush-hush" not in refusal_of(tmp_path, IEUM_ENV="production", IEUM_SECRET_KEY="hush-hush")


def test_development_takes_a_short_key(tmp_path: Path):
    assert read(tmp_path, IEUM_SECRET_KEY="short").secret_key == "short"


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:8786", "tls://scheduler.ieum.example:8786", "tcp://[::1]:8786"])
def test_a_scheduler_is_named_by_its_address(tmp_path: Path, address: str):
    assert read(tmp_path).dask_address is None
    assert read(tmp_path, IEUM_DASK_ADDRESS=address).dask_address == address


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1:8786", "http://127.0.0.1:8786", "inproc://1/2/3", "tcp://127.0.0.1", "tcp://:8786", "tcp://a:0"),
        *("tcp://a:99999", "tcp://a:port", "tcp://[a:8786", "tcp://me@a:8786", "tcp://a:8786/", "tcp://a:8786 "),
    ],
)
def test_an_odd_address_of_a_scheduler_is_refused(tmp_path: Path, address: str):
    assert address in refusal_of(tmp_path, IEUM_DASK_ADDRESS=address)


@pytest.mark.parametrize(
    "name",
    ["IEUM_ENV", "IEUM_TODAY", "IEUM_DATABASE_URL", "IEUM_PUBLIC_URL", "IEUM_SECRET_KEY", "IEUM_DASK_ADDRESS"],
)
def test_an_empty_value_means_nothing_was_said(tmp_path: Path, name: str):
    assert read(tmp_path, **{name: ""}) == read(tmp_path)


def test_neither_the_key_nor_a_password_is_shown_by_accident(tmp_path: Path):
    settings = read(tmp_path, IEUM_SECRET_KEY="hush-hush", IEUM_DATABASE_URL="postgresql://ieum:hush-hush@here/ieum")
    assert "hush-hush" not in repr(settings)


def test_documents_lie_beside_the_database_unless_said_otherwise(tmp_path: Path):
    assert read(tmp_path).documents == tmp_path / "var" / "documents"
    assert read(tmp_path, IEUM_DOCUMENTS=str(tmp_path / "papers")).documents == tmp_path / "papers"
    assert not (tmp_path / "papers").exists(), "the folder is made with the first document"


def test_documents_lie_in_a_folder_that_no_browser_reads(tmp_path: Path):
    (tmp_path / "file").touch()
    assert "IEUM_DOCUMENTS" in refusal_of(tmp_path, IEUM_DOCUMENTS=str(tmp_path / "file"))
    (tmp_path / "way").symlink_to(STATIC, target_is_directory=True)
    for inside in (STATIC, STATIC / "documents", tmp_path / "way" / "documents"):
        assert "IEUM_DOCUMENTS" in refusal_of(tmp_path, IEUM_DOCUMENTS=str(inside))


def test_started_from_anywhere_the_checkouts_own_environment_finds_the_checkouts_data(tmp_path: Path):
    own, other = str(CHECKOUT / ".venv"), str(tmp_path / "elsewhere" / ".venv")
    assert home_of({}, own, tmp_path) == CHECKOUT
    assert home_of({}, other, tmp_path) == tmp_path
    assert home_of({"IEUM_HOME": str(tmp_path)}, own, CHECKOUT) == tmp_path


def test_a_database_that_is_named_counts_more_than_any_home(tmp_path: Path):
    named = Settings.from_environment({"IEUM_HOME": str(tmp_path), "IEUM_DATABASE_URL": "sqlite:////there.db"})
    assert named.database_url == "sqlite:////there.db"
    assert Settings.from_environment({"IEUM_HOME": str(tmp_path)}).database_url.startswith(f"sqlite:///{tmp_path}/var/")


def test_a_home_that_is_a_file_is_refused(tmp_path: Path):
    file = tmp_path / "file"
    file.touch()
    with pytest.raises(SettingsError, match="IEUM_HOME"):
        Settings.from_environment({"IEUM_HOME": str(file)})
