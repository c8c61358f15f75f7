"""Decides how an interview becomes a calendar file that Outlook, Google and Apple read (RFC 5545, in UTC)."""

from datetime import timedelta

from flask import abort, make_response
from icalendar import Calendar, Event, vText
from sqlmodel import Session
from werkzeug.wrappers import Response

from employers.columns import now
from placement.blind import SHOWN_SIGNS
from placement.cases import Case
from placement.enums import InterviewState
from placement.interviews import appointment_number, cancelled_interview, planned_interview
from placement.models import Interview
from placement.texts import _

PRODUCT = "-//Ieum//Interviews//KO"


def calendar_of(case: Case, interview: Interview, person: str, number: int) -> bytes:
    """One event; its UID stays the same however often it is fetched, moved or cancelled.

    `person` is who comes, as the reader may know; `number` which appointment of the referral it is.
    """
    is_off = interview.state == InterviewState.CANCELLED
    event = Event()
    event.add("uid", f"{case.referral.code}-{number}@ieum")
    event.add("sequence", case.referral.version)  # whatever moves or cancels it moves the referral
    event.add("status", "CANCELLED" if is_off else "CONFIRMED")
    event.add("dtstamp", now())
    event.add("dtstart", interview.at)
    event.add("dtend", interview.at + timedelta(minutes=interview.minutes))
    event.add("summary", _("면접: %(person)s, %(company)s", person=person, company=case.company.name))
    event.add("description", "\n".join(filter(None, (case.opening.title, interview.link))))
    if interview.place or interview.link:
        event["location"] = vText(interview.place or interview.link or "")
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if is_off else "PUBLISH")
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def calendar_answer(session: Session, case: Case, person: str) -> Response:
    """The file to save: the interview that is to come, or the last one where it was cancelled; else 404."""
    interview = planned_interview(session, case.referral) or cancelled_interview(session, case.referral) or abort(404)
    number = appointment_number(session, interview)
    answer = make_response(calendar_of(case, interview, person, number))
    answer.headers["Content-Type"] = "text/calendar; charset=utf-8"
    answer.headers["Content-Disposition"] = (
        f'attachment; filename="interview-{case.referral.code[:SHOWN_SIGNS]}-{number}.ics"'
    )
    return answer
