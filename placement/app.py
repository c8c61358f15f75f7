"""Decides how the web service is put together: wiring only; each room says its own rules."""

from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask
from flask_wtf import CSRFProtect

from placement.db import Database
from placement.settings import MEGABYTE, Settings
from placement.web import (
    account,
    accounts,
    aftercare,
    agreements,
    allocations,
    answers,
    candidates,
    companies,
    consents,
    counselors,
    courses,
    deciding,
    documents,
    guidances,
    hand_overs,
    interns,
    managers,
    naming,
    notices,
    papers,
    partners,
    placements,
    posting,
    profiles,
    proposals,
    referrals,
    reminders,
    sheets,
    skills,
)
from placement.web.doors import ANYONE, check_stamps, door, refuse_strangers, refuse_unstorable
from placement.web.errors import answer_errors
from placement.web.filters import teach_filters
from placement.web.headers import forbid
from placement.web.languages import learn_languages
from placement.web.menus import frame_pages
from placement.web.sessions import LONGEST, remember_visitors

DOORS = (
    answers.blueprint,
    account.blueprint,
    notices.blueprint,
    skills.blueprint,
    naming.blueprint,
    counselors.blueprint,
    deciding.blueprint,
    profiles.blueprint,
    posting.blueprint,
    partners.blueprint,
    managers.blueprint,
    companies.blueprint,
    consents.blueprint,
    allocations.blueprint,
    proposals.blueprint,
    referrals.blueprint,
    placements.blueprint,
    papers.blueprint,
    aftercare.blueprint,
    courses.blueprint,
    guidances.blueprint,
    interns.blueprint,
    candidates.blueprint,
    agreements.blueprint,
    documents.blueprint,
    reminders.blueprint,
    sheets.blueprint,
    accounts.blueprint,
    hand_overs.blueprint,
)
PROCESSES = ("clock", "worker")


def create_app(settings: Settings | None = None, *, expects: Iterable[str] = PROCESSES) -> Flask:
    """The web service over one database; `expects` names the processes that /healthz asks for.

    Settings come from the environment when not given. Raises SettingsError, DatabaseUnavailableError for an odd
    address, and UnstampedDoorError when a view does not say who may enter.
    """
    settings = settings or Settings.from_environment()
    app = Flask("placement", template_folder=str(templates_folder()))
    app.config.update(configuration_of(settings), EXPECTED_PROCESSES=tuple(expects))
    app.extensions.update(ieum_settings=settings, ieum_database=Database(settings.database_url))
    forbid(app, is_production=settings.is_production)
    learn_languages(app)
    remember_visitors(app)
    app.before_request(refuse_strangers)
    app.before_request(refuse_unstorable)
    CSRFProtect(app)
    answer_errors(app)
    frame_pages(app)
    teach_filters(app)
    for blueprint in DOORS:
        app.register_blueprint(blueprint)
    door(ANYONE)(app.view_functions["static"])
    check_stamps(app)
    return app


def configuration_of(settings: Settings) -> dict[str, object]:
    """What Flask and its extensions are told."""
    host = urlsplit(settings.public_url).hostname
    return {
        "SECRET_KEY": settings.secret_key,
        "MAX_CONTENT_LENGTH": settings.upload_limit,
        "MAX_FORM_MEMORY_SIZE": MEGABYTE,
        "TRUSTED_HOSTS": [host] if settings.is_production and host else None,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": settings.is_production,
        "SESSION_COOKIE_NAME": "__Host-ieum" if settings.is_production else "ieum",
        "PERMANENT_SESSION_LIFETIME": LONGEST,
        "WTF_CSRF_TIME_LIMIT": None,  # as long as the session: a form may stay open over lunch
    }


def templates_folder() -> Path:
    """Inside the package where it is installed, beside it in a checkout."""
    package = Path(str(files("placement")))
    installed = package / "templates"
    return installed if installed.is_dir() else package.parent / "templates"
