"""Decides who has an account in the walker's world, and the caseload that goes from one counselor to another."""

from typing import Any

from sqlmodel import Session, select

from placement.enums import HandedKind, Role
from placement.hand_overs import hand_over, handed_rows
from placement.models import Account, Event, Graduate, HandOver, Referral
from placement.states import Actor, record_birth
from tests.placement.cast import DAY

SECRETS = {"password_hash", "session_stamp"}
PEOPLE = {"counselor": Role.COUNSELOR, "colleague": Role.COUNSELOR, "manager": Role.MANAGER, "deputy": Role.MANAGER}


def open_office(session: Session, office: Actor) -> None:
    """Two counselors, two managers; the counselor's two people go to the colleague."""
    accounts = [
        Account(email=email, name=email, role=role, password_hash="hash", session_stamp="stamp")
        for email, role in PEOPLE.items()
    ]
    for account in accounts:
        record_birth(session, account, office, effective_on=DAY)
    giver, receiver = accounts[:2]
    people = session.exec(select(Graduate).order_by(Graduate.id).limit(2)).all()
    for graduate in people:
        graduate.counselor_id = giver.id
    session.flush()
    hand_over(session, giver, receiver, [row.id for row in people], office, today=DAY)


def given_to(account: Any, name: str) -> dict[str, Any]:
    """What a move of an account needs: a hash, or the other one of two roles."""
    if name.endswith("_password"):
        return {"password_hash": "another hash"}
    other = {Role.COUNSELOR: Role.MANAGER, Role.MANAGER: Role.COUNSELOR}
    return {"role": other[account.role]} if name == "change_role" else {}


def check_accounts(session: Session) -> None:
    """Somebody is always left who may make accounts, and no secret is in the log."""
    fresh = select(Account).execution_options(populate_existing=True)
    everyone = list(session.exec(fresh))
    managers = [one for one in everyone if one.role == Role.MANAGER and one.state == "active"]
    assert managers or not everyone, "nobody is left who may make accounts"
    changed = session.exec(select(Event.changed).where(Event.entity == "account"))
    assert not any(SECRETS & one.keys() for one in changed), "a secret is in the log"


def check_hand_overs(session: Session) -> None:
    """Whoever was handed over and not taken back is the receiver's, and the other way round."""
    for act in session.exec(select(HandOver).execution_options(populate_existing=True)):
        owner = act.receiver_id if act.state == "done" else act.giver_id
        rows = handed_rows(session, act)
        for table, kind in ((Graduate, HandedKind.GRADUATE), (Referral, HandedKind.REFERRAL)):
            owners = session.exec(select(table.counselor_id).where(table.id.in_(rows[kind])))
            assert set(owners) <= {owner}, "a caseload is torn apart"
