"""Decides how the office's sheets come in through the browser: checked or stored, with every faulty row named."""

from functools import partial

from flask import Blueprint, render_template, request
from werkzeug.datastructures import FileStorage

from placement.importing import (
    FileRefused,
    ImportReport,
    describe_problem,
    describe_report,
    import_sheet,
    read_bytes,
    read_sheet,
)
from placement.queue import enqueue
from placement.web.doors import database, door, reading, today
from placement.web.forms.office import SheetForm

blueprint = Blueprint("sheets", __name__, url_prefix="/sheets")
Page = tuple[str, int]
MOST_LINES = 200
MATCHED = frozenset({"graduates", "openings", "companies", "skills", "enrolments", "outcomes"})


@blueprint.route("", methods=["GET", "POST"])
@door("sheet:import")
def upload() -> Page:
    """The button `check` only checks, `store` stores."""
    form = SheetForm()
    if request.method != "POST" or not form.validate():
        return upload_page(form), 422 if form.errors else 200
    try:
        report = take_in(form, form.file.data, is_check=request.form.get("then") != "store")
    except FileRefused as refused:
        form.file.errors = [describe_problem(refused.problem)]
        return upload_page(form), 422
    return upload_page(form, report), 422 if report.errors and not report.stored else 200


def take_in(form: SheetForm, file: FileStorage, *, is_check: bool) -> ImportReport:
    """Check the file, and store it and have everybody compared anew."""
    sheet = read_sheet(form.kind.data, read_bytes(file.filename or "", file.read()))
    with reading() as session:
        day = today(session)
    afterwards = partial(enqueue, kind="nightly_run") if sheet.kind in MATCHED else lambda _session: None
    return import_sheet(
        database(), sheet, today=day, dry_run=is_check, keep_good=form.keep_good.data, afterwards=afterwards
    )


def upload_page(form: SheetForm, report: ImportReport | None = None) -> str:
    """The form, and under it what became of the file."""
    view = {
        "lines": describe_report(report) if report else [],
        "errors": [describe_problem(problem) for problem in report.errors[:MOST_LINES]] if report else [],
        "warnings": [describe_problem(problem) for problem in report.warnings[:MOST_LINES]] if report else [],
    }
    return render_template("sheets/upload.html", form=form, report=report, **view)
