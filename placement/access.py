"""Decides who may do what, and which rows a person may see: every query of a door starts here."""

from typing import Any

from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from employers.models import Company, Opening
from placement.enums import ReferralState, Role
from placement.models import Account, Conversion, Graduate, Outcome, Placement, Referral, RetentionCheck, Suggestion
from placement.states import MACHINES, Actor

ANYONE = "anyone"
SIGNED_IN = "signed_in"

PERMISSIONS: dict[str, frozenset[str]] = {
    Role.COUNSELOR: frozenset(
        {
            "graduate:see",
            "graduate:change",
            "opening:see",
            "opening:change",
            "company:see",
            "company:speak_for",
            "suggestion:see",
            "suggestion:decide",
            "placement:change",
            "conversion:change",
            "referral:see",
            "referral:change",
            "referral:answer",
            "referral:decide",
            "referral:reopen",
            "referral:cancel",
            "retention:change",
            "outcome:change",
            "contact_log:see",
            "sheet:import",
        }
    ),
    Role.PARTNER: frozenset(
        {"own_opening:see", "opening:change", "own_referral:see", "referral:answer", "referral:reopen"}
    ),
    Role.MANAGER: frozenset(
        {
            "graduate:see",
            "opening:see",
            "company:see",
            "company:speak_for",
            "suggestion:see",
            "figures:see",
            "agreement:change",
            "graduate:change",
            "opening:change",
            "placement:change",
            "conversion:change",
            "referral:see",
            "referral:cancel",
            "opening:approve",
            "retention:change",
            "outcome:change",
            "contact_log:see",
            "sheet:import",
            "account:make",
        }
    ),
}
EVERY_PERMISSION = frozenset().union(*PERMISSIONS.values(), {m.permission for x in MACHINES.values() for m in x.moves})


def actor_for(account: Account, on_behalf_of: str | None = None) -> Actor:
    """The account as one who moves things."""
    return Actor(account.email, PERMISSIONS[account.role], on_behalf_of)


def office_actor(name: str) -> Actor:
    """The office itself at its own machine (import, demo, clock): may make every move."""
    return Actor(name, EVERY_PERMISSION)


def may(account: Account, permission: str) -> bool:
    """Whether the account's role holds the permission."""
    return permission == SIGNED_IN or permission in PERMISSIONS[account.role]


def visible_openings(account: Account) -> SelectOfScalar[Opening]:
    """A partner's own company's openings; everyone's for the office."""
    everyone = select(Opening)
    return everyone if may(account, "opening:see") else everyone.where(Opening.company_id == account.company_id)


def visible_companies(account: Account) -> SelectOfScalar[Company]:
    """A partner's own company; every company for the office."""
    everyone = select(Company)
    return everyone if may(account, "company:see") else everyone.where(Company.id == account.company_id)


def visible_graduates(account: Account) -> SelectOfScalar[Graduate]:
    """Graduates for the office; nobody for a partner (blind profiles come with referrals)."""
    return _office_only(account, "graduate:see", select(Graduate), Graduate)


def visible_suggestions(account: Account) -> SelectOfScalar[Suggestion]:
    """Suggestions for the office; none for a partner."""
    return _office_only(account, "suggestion:see", select(Suggestion), Suggestion)


def visible_referrals(account: Account) -> SelectOfScalar[Referral]:
    """Every referral for the office; for a partner those that were sent to the own company, from that day on."""
    everyone = select(Referral)
    if may(account, "referral:see"):
        return everyone
    own = select(Opening.id).where(Opening.company_id == account.company_id)
    before = (ReferralState.DRAFT, ReferralState.AWAITING_CONSENT)
    was_sent = col(Referral.sent_on).is_not(None) & col(Referral.state).not_in(before)
    return everyone.where(col(Referral.opening_id).in_(own), was_sent)


def visible_placements(account: Account) -> SelectOfScalar[Placement]:
    """Placements for the office."""
    return _office_only(account, "placement:change", select(Placement), Placement)


def visible_conversions(account: Account) -> SelectOfScalar[Conversion]:
    """Conversions for the office."""
    return _office_only(account, "conversion:change", select(Conversion), Conversion)


def visible_checks(account: Account) -> SelectOfScalar[RetentionCheck]:
    """Retention checks for the office."""
    return _office_only(account, "retention:change", select(RetentionCheck), RetentionCheck)


def visible_outcomes(account: Account) -> SelectOfScalar[Outcome]:
    """Outcomes outside a referral for the office."""
    return _office_only(account, "outcome:change", select(Outcome), Outcome)


def _office_only(account: Account, permission: str, everyone: SelectOfScalar[Any], table: Any) -> SelectOfScalar[Any]:
    return everyone if may(account, permission) else everyone.where(col(table.id).is_(None))
