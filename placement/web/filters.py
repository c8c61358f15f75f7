"""Decides how stored values look in a template: codes as words, money in 만원, days and moments as text."""

from datetime import datetime

from flask import Flask

from employers import enums as employer_codes
from placement import enums as codes
from placement.calendars import SEOUL
from placement.texts import describe_day, describe_level, describe_money, describe_move, label, label_of


def describe_moment(moment: datetime | None) -> str:
    """A UTC moment as day and minute in Seoul; None is "-"."""
    return "-" if moment is None else moment.astimezone(SEOUL).strftime("%Y-%m-%d %H:%M")


def teach_filters(app: Flask) -> None:
    """Name the filters and functions that templates may use."""
    app.add_template_filter(describe_day, "day")
    app.add_template_filter(describe_moment, "moment")
    app.add_template_filter(describe_money, "money")
    app.add_template_filter(describe_level, "level")
    app.add_template_filter(label, "label")
    app.add_template_global(describe_move)
    app.add_template_global(label_of)
    app.jinja_env.globals.update(codes=codes, employer_codes=employer_codes)
