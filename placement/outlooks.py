"""Decides what comes next in a referral for a company to read: whose turn it is, and on which day it lapses."""

from datetime import date
from typing import NamedTuple

from sqlmodel import Session

from placement.calendars import day_of
from placement.enums import ReferralState as R
from placement.interviews import planned_interview
from placement.models import Referral
from placement.states import flags_of
from placement.ticking import SILENT_WORKDAYS
from placement.workdays import workday_after

OVER = "over"


class Outlook(NamedTuple):
    """A state's name (`over` for whatever is finished), for whom it waits, and the day that counts for it, or None."""

    kind: str
    waits_for: str
    day: date | None


def outlook_of(session: Session, referral: Referral) -> Outlook:
    """What comes next: the day is the last one to answer, of a hold, of the interview or of the offer."""
    flags = flags_of(referral)
    can_still_answer = referral.state == R.NO_RESPONSE
    kind = OVER if flags.closed and not can_still_answer else referral.state
    return Outlook(kind, flags.waits_for, _day_of(session, referral))


def _day_of(session: Session, referral: Referral) -> date | None:
    if referral.state == R.SENT:
        return workday_after(day_of(referral.waiting_since), SILENT_WORKDAYS)
    if referral.state == R.ON_HOLD:
        return referral.on_hold_until
    if referral.state == R.OFFERED:
        return referral.offer_expires_on
    interview = planned_interview(session, referral) if referral.state == R.INTERVIEW_PLANNED else None
    return day_of(interview.at) if interview else None
