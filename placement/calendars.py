"""Decides which day it is: the demo's own, a fixed one in development, or the day in Seoul."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from sqlmodel import Session

from employers.columns import now
from placement.models import Setting

SEOUL = ZoneInfo("Asia/Seoul")
DEMO = "demo"


def today_of(session: Session, fixed: date | None = None) -> date:
    """The service's today: the demo's where one is loaded, else `fixed` (IEUM_TODAY), else today in Seoul."""
    return demo_today(session) or fixed or datetime.now(SEOUL).date()


def demo_today(session: Session) -> date | None:
    """The demo's own today, or None where no demo is loaded."""
    demo = session.get(Setting, DEMO)
    return date.fromisoformat(demo.value["today"]) if demo else None


def day_of(moment: datetime) -> date:
    """The day of a moment in Seoul."""
    return moment.astimezone(SEOUL).date()


def moment_on(day: date) -> datetime:
    """The moment that stands for what happened on a day: this one on the present day in Seoul, else that midnight."""
    moment = now()
    return moment if day_of(moment) == day else datetime.combine(day, time(), SEOUL)
