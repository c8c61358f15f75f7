"""Decides what goes with the demo: everything but the vocabulary, the consent texts and the office's own accounts."""

from sqlalchemy import delete, or_
from sqlmodel import Session, col, select

from placement.calendars import DEMO
from placement.db import metadata
from placement.demo.loading import DemoRefusedError
from placement.models import Account, Event, Setting

KEPT = {"consent_document", "skill", "skill_name", "skill_relation", "heartbeat", "account", "setting"}


def remove(session: Session) -> None:
    """Delete every row that the demo brought, and whatever was done with it since; nobody can tell afterwards.

    A partner's account cannot outlive its company and goes too; the log of an account that stays stays with it. Raises DemoRefusedError (no_demo) where the data is
    the office's own. The caller commits.
    """
    demo = session.get(Setting, DEMO)
    if demo is None:
        raise DemoRefusedError("no_demo")
    session.flush()
    run = session.connection().execute
    goes = or_(col(Account.is_demo), col(Account.company_id).is_not(None))
    staying = select(Account.id).where(~goes)
    is_kept = (col(Event.entity) == Account.__tablename__) & col(Event.entity_id).in_(staying)
    for table in reversed(metadata.sorted_tables):
        if table.name == Account.__tablename__:
            run(delete(Account).where(goes))
        elif table.name == Event.__tablename__:
            run(delete(Event).where(~is_kept))
        elif table.name not in KEPT:
            run(delete(table))
    session.delete(demo)
    session.flush()
    session.expire_all()
