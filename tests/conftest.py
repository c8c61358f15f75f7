"""Decides what every test may stand on, and what happens where there is no Chromium."""

import pytest

from tests.fixtures.chromium import find_chromium, must_have_browser

pytest_plugins = ["tests.fixtures.browser", "tests.fixtures.databases", "tests.fixtures.service"]

NO_BROWSER = "browser tests: left out, no Chromium was found (apt-get install chromium, or set CHROMIUM)"


def pytest_configure(config: pytest.Config) -> None:
    if must_have_browser() and find_chromium() is None:
        raise pytest.UsageError("the browser tests are demanded here, and no Chromium was found")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Marks what needs the browser or PostgreSQL by the fixtures it asks for."""
    for item in items:
        fixtures = getattr(item, "fixturenames", ())
        if "browser" in fixtures:
            item.add_marker(pytest.mark.browser)
        if "postgres_server_url" in fixtures:
            item.add_marker(pytest.mark.postgres)
    if find_chromium() is None:
        walks = [item for item in items if item.get_closest_marker("browser")]
        config.hook.pytest_deselected(items=walks)
        items[:] = [item for item in items if item not in walks]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if find_chromium() is None:
        terminalreporter.write_line(NO_BROWSER)
