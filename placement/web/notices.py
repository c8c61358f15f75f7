"""Decides what anyone may read without an account: help, privacy, accessibility, and whether the service lives."""

from flask import Blueprint, current_app, jsonify, redirect, render_template, url_for
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.wrappers import Response

from placement.heartbeats import is_alive
from placement.web.doors import ANYONE, door, reading
from placement.web.pictures import pictures

blueprint = Blueprint("notices", __name__)


@blueprint.get("/healthz")
@door(ANYONE)
def report_health() -> tuple[Response, int]:
    """200 when the database answers and each process that should run was heard within 30 s; else 503."""
    processes = current_app.config["EXPECTED_PROCESSES"]
    try:
        with reading() as session:
            health = {"database": True, **{name: is_alive(session, name) for name in processes}}
    except SQLAlchemyError:
        health = {"database": False, **dict.fromkeys(processes, False)}
    said = {name: "ok" if is_well else "down" for name, is_well in health.items()}
    return jsonify(status="ok" if all(health.values()) else "down", **said), 200 if all(health.values()) else 503


@blueprint.get("/help")
@door(ANYONE)
def show_help() -> str:
    return render_template("account/help.html")


@blueprint.get("/help/workflow")
@door(ANYONE)
def show_workflow() -> str:
    """Every machine, drawn from its table."""
    return render_template("account/workflow.html", pictures=pictures())


@blueprint.get("/privacy")
@door(ANYONE)
def show_privacy() -> str:
    return render_template("account/privacy.html")


@blueprint.get("/accessibility")
@door(ANYONE)
def show_accessibility() -> str:
    return render_template("account/accessibility.html")


@blueprint.get("/robots.txt")
@door(ANYONE)
def answer_robots() -> tuple[str, dict[str, str]]:
    return "User-agent: *\nDisallow: /\n", {"Content-Type": "text/plain; charset=utf-8"}


@blueprint.get("/favicon.ico")
@door(ANYONE)
def show_icon() -> Response:
    return redirect(url_for("static", filename="img/favicon.svg"))
