"""Decides how days and moments are typed at the terminal."""

from datetime import UTC, date, datetime
from typing import Any

import click

from placement.calendars import SEOUL
from placement.cli.refusing import Misused
from placement.texts import _


class Day(click.ParamType[date]):
    """A day, 2020-12-01."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Raises Misused."""
        try:
            return date.fromisoformat(value)
        except ValueError as error:
            raise Misused(
                _("날짜로 읽을 수 없습니다: %(given)s. 2020-12-01과 같이 적어 주십시오.", given=value), ctx
            ) from error


class Moment(click.ParamType[datetime]):
    """A moment, 2020-12-01T09:00 or with an offset; without one it is Seoul's."""

    name = "moment"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Raises Misused."""
        try:
            read = datetime.fromisoformat(value)
            return (read if read.tzinfo else read.replace(tzinfo=SEOUL)).astimezone(UTC)
        except (ValueError, OverflowError) as error:
            raise Misused(
                _("시각으로 읽을 수 없습니다: %(given)s. 2020-12-01T09:00과 같이 적어 주십시오.", given=value), ctx
            ) from error
