"""Decides how stored values look in a template: codes as words, money by language, days and moments as text."""

import re
from datetime import datetime

from flask import Flask

from employers import enums as employer_codes
from employers.models import Opening
from placement import enums as codes
from placement.calendars import SEOUL, day_of
from placement.retention import may_be_asked
from placement.texts import (
    N_,
    _,
    describe_actor,
    describe_day,
    describe_level,
    describe_money,
    describe_move,
    describe_reason,
    describe_refusal,
    describe_scale,
    describe_waiting,
    describe_won,
    label,
    label_of,
)

PHONE = re.compile(r"(02|0\d{2})(\d{3,4})(\d{4})")


def describe_moment(moment: datetime | None) -> str:
    """A UTC moment as day and minute in Seoul; None is "-"."""
    return "-" if moment is None else moment.astimezone(SEOUL).strftime("%Y-%m-%d %H:%M")


def describe_day_of(moment: datetime | None) -> str:
    """The day of a moment in Seoul; None is "-"."""
    return describe_day(day_of(moment) if moment else None)


PAY_OF_A_PERIOD = {
    employer_codes.PayPeriod.MONTH: N_("월급 %(pay)s"),
    employer_codes.PayPeriod.YEAR: N_("연봉 %(pay)s"),
    employer_codes.PayPeriod.HOUR: N_("시급 %(pay)s"),
    employer_codes.PayPeriod.PIECE: N_("건당 %(pay)s"),
}


def describe_pay(opening: Opening) -> str:
    """월급 200만원 ~ 230만원, 시급 8,720원, 건당 50원 (English: ₩8,720 an hour); 급여 협의 where none is stated."""
    period = employer_codes.PayPeriod(opening.pay_period)
    is_long = period in (employer_codes.PayPeriod.MONTH, employer_codes.PayPeriod.YEAR)
    describe = describe_money if is_long else describe_won
    said = list(dict.fromkeys(describe(won) for won in (opening.pay_min, opening.pay_max) if won is not None))
    if not said:
        return _("급여 협의")
    pay = said[0] if len(said) == 1 else _("%(least)s ~ %(most)s", least=said[0], most=said[1])
    return _(PAY_OF_A_PERIOD[period], pay=pay)


def describe_place(opening: Opening) -> str:
    """서울 서초구 (출근·재택 혼합); 재택 for a remote opening."""
    mode = label_of(employer_codes.RemoteMode, opening.remote)
    if opening.remote == employer_codes.RemoteMode.REMOTE or not opening.region:
        return mode
    return f"{opening.region} ({mode})"


def describe_closing(opening: Opening) -> str:
    """마감 2020-12-11, 채용시까지, or nothing."""
    if opening.until_filled:
        return _("채용시까지")
    return _("마감 %(day)s", day=describe_day(opening.closes_on)) if opening.closes_on else ""


def describe_phone(phone: str | None) -> str:
    """01000000001 → 010-0000-0001, 0200000000 → 02-0000-0000; other forms as they are, None is "-"."""
    match = PHONE.fullmatch(phone or "")
    return "-".join(match.groups()) if match else phone or "-"


def teach_filters(app: Flask) -> None:
    """Name the filters and functions that templates may use."""
    app.add_template_filter(describe_day, "day")
    app.add_template_filter(describe_moment, "moment")
    app.add_template_filter(describe_day_of, "day_of")
    app.add_template_filter(describe_money, "money")
    app.add_template_filter(describe_phone, "phone")
    app.add_template_filter(describe_level, "level")
    app.add_template_filter(label, "label")
    app.add_template_filter(describe_pay, "pay")
    app.add_template_filter(describe_place, "place")
    app.add_template_filter(describe_closing, "closing")
    for describe in (
        *(describe_actor, describe_move, describe_reason),
        *(describe_refusal, describe_scale, describe_waiting),
        may_be_asked,
    ):
        app.add_template_global(describe)
    app.add_template_global(label_of)
    app.jinja_env.globals.update(codes=codes, employer_codes=employer_codes)
