"""Decides how an interview becomes a calendar file that Outlook, Google and Apple read (RFC 5545, in UTC)."""

from datetime import timedelta

from flask import make_response
from icalendar import Calendar, Event, vText
from werkzeug.wrappers import Response

from employers.columns import now
from placement.cases import Case
from placement.models import Interview
from placement.texts import _

PRODUCT = "-//Ieum//Interviews//KO"


def calendar_of(case: Case, interview: Interview, person: str) -> bytes:
    """One event; its UID stays the same however often it is fetched. `person` is who comes, as the reader may know."""
    event = Event()
    event.add("uid", f"interview-{interview.id}@ieum")
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
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def calendar_answer(case: Case, interview: Interview, person: str) -> Response:
    """The file to save."""
    answer = make_response(calendar_of(case, interview, person))
    answer.headers["Content-Type"] = "text/calendar; charset=utf-8"
    answer.headers["Content-Disposition"] = f'attachment; filename="interview-{interview.id}.ics"'
    return answer
