"""Decides which language a reader is spoken to in: the chosen one, else the browser's wish, else Korean."""

from flask import Flask, request
from flask_babel import Babel

from placement.texts import LANGUAGES, language, speak

COOKIE = "lang"


def learn_languages(app: Flask) -> None:
    """Let templates, forms and sentences all speak the reader's language."""
    Babel(app, default_locale=LANGUAGES[0], locale_selector=language)
    app.before_request(listen)


def listen() -> None:
    """Choose the language of this answer."""
    chosen = request.cookies.get(COOKIE)
    if chosen not in LANGUAGES:
        chosen = request.accept_languages.best_match(LANGUAGES, default=LANGUAGES[0])
    speak(chosen or LANGUAGES[0])
