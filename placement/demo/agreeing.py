"""Decides what the demo's people have agreed to: each signed the consent to collecting and using with the application."""

from typing import Any

from sqlmodel import Session

from placement.consents import document_of, load_consent_documents
from placement.demo.courses import Courses
from placement.demo.postings import TODAY
from placement.demo.rows import id_of
from placement.enums import Channel, ConsentKind
from placement.models import Consent, Graduate
from placement.states import Actor, Step, record_lives

NOTE = "교육 신청서에 서명"


def sign_consents(session: Session, courses: Courses, people: dict[str, list[Graduate]], actor: Actor) -> None:
    """One consent a person, given on the first day of the course."""
    load_consent_documents(session)
    text: dict[str, Any] = {
        "document_id": id_of(document_of(session, ConsentKind.COLLECT_USE)),
        "kind": ConsentKind.COLLECT_USE,
    }
    said = {"channel": Channel.PAPER, "note": NOTE, "recorded_by": actor.name, **text}
    for course in courses:
        day = course.cohort.started_on or TODAY
        rows = [Consent(graduate_id=id_of(person), given_on=day, **said) for person in people[course.cohort.key]]
        record_lives(session, rows, [[Step("create", day, note=NOTE)]] * len(rows), actor)
