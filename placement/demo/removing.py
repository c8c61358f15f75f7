"""Decides what goes with the demo: everything but the vocabulary, the consent texts and the office's own accounts."""

from sqlalchemy import delete, or_
from sqlmodel import Session, col

from placement.calendars import DEMO
from placement.db import metadata
from placement.demo.loading import DemoRefusedError
from placement.models import Account, Setting

KEPT = {"consent_document", "skill", "skill_name", "skill_relation", "heartbeat", "account", "setting"}


def remove(session: Session) -> None:
    """Delete every row that the demo brought, and whatever was done with it since; nobody can tell afterwards.

    A partner's account cannot outlive its company and goes too. Raises DemoRefusedError (no_demo) where the data is
    the office's own. The caller commits.
    """
    demo = session.get(Setting, DEMO)
    if demo is None:
        raise DemoRefusedError("no_demo")
    session.flush()
    run = session.connection().execute
    for table in reversed(metadata.sorted_tables):
        if table.name == Account.__tablename__:
            run(delete(Account).where(or_(col(Account.is_demo), col(Account.company_id).is_not(None))))
        elif table.name not in KEPT:
            run(delete(table))
    session.delete(demo)
    session.flush()
    session.expire_all()
