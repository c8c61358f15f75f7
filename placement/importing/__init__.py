"""Reads the sheets of the office: a file becomes rows, rows become people, companies and openings, or errors."""

from placement.importing.files import FORMATS, read_bytes, read_file
from placement.importing.kinds import KINDS
from placement.importing.messages import describe_problem, describe_report, report_as_json
from placement.importing.problems import FileRefused, ImportReport, Problem
from placement.importing.running import bar_on_terminal, import_file, import_sheet, read_sheet

__all__ = [
    "FORMATS",
    "KINDS",
    "FileRefused",
    "ImportReport",
    "Problem",
    "bar_on_terminal",
    "describe_problem",
    "describe_report",
    "import_file",
    "import_sheet",
    "read_bytes",
    "read_file",
    "read_sheet",
    "report_as_json",
]
