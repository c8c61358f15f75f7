"""Decides who may do what, and which rows a person may see: every query of a door starts here."""

from typing import Any

from sqlmodel import col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from employers.models import Agreement, Company, Opening
from placement.enums import (
    AssessmentState,
    DocumentState,
    InternshipAgreementState,
    NoticeKind,
    PlacementKind,
    PlacementState,
    ReferralState,
    Role,
)
from placement.models import (
    Account,
    AgreementDocument,
    Assessment,
    Consent,
    Conversion,
    Graduate,
    Guidance,
    HandOver,
    InternshipAgreement,
    Notice,
    Outcome,
    Placement,
    Referral,
    RetentionCheck,
    Suggestion,
)
from placement.states import MACHINES, Actor

ANYONE = "anyone"
SIGNED_IN = "signed_in"

PERMISSIONS: dict[str, frozenset[str]] = {
    Role.COUNSELOR: frozenset(
        {
            "graduate:see",
            "graduate:change",
            "consent:change",
            "opening:see",
            "opening:change",
            "company:see",
            "company:speak_for",
            "suggestion:see",
            "suggestion:decide",
            "skill:confirm",
            "placement:change",
            "conversion:change",
            "referral:see",
            "referral:change",
            "referral:answer",
            "referral:decide",
            "referral:reopen",
            "referral:cancel",
            "retention_check:change",
            "outcome:change",
            "guidance:change",
            "conversion:answer",
            "contact_log:see",
            "internship_agreement:see",
            "internship_agreement:change",
            "internship_agreement:sign",
            "internship_agreement:confirm",
            "assessment:answer",
            "assessment:reply",
            "assessment:change",
            "sheet:import",
            "agreement:see",
            "notice:tell",
            "caseload:hand_over",
            "account:own",
        }
    ),
    Role.PARTNER: frozenset(
        {
            "own_opening:see",
            "own_intern:see",
            "internship_agreement:see",
            "assessment:answer",
            "agreement:see",
            "opening:change",
            "own_referral:see",
            "conversion:answer",
            "referral:answer",
            "referral:reopen",
            "account:own",
        }
    ),
    Role.MANAGER: frozenset(
        {
            "graduate:see",
            "opening:see",
            "company:see",
            "company:speak_for",
            "suggestion:see",
            "figures:see",
            "skill:confirm",
            "agreement:change",
            "graduate:change",
            "consent:change",
            "opening:change",
            "placement:change",
            "conversion:change",
            "referral:see",
            "referral:cancel",
            "opening:approve",
            "retention_check:change",
            "outcome:change",
            "guidance:change",
            "conversion:answer",
            "contact_log:see",
            "internship_agreement:see",
            "internship_agreement:change",
            "internship_agreement:sign",
            "internship_agreement:confirm",
            "assessment:answer",
            "assessment:reply",
            "assessment:change",
            "sheet:import",
            "account:make",
            "account:change",
            "account:own",
            "caseload:hand_over",
            "caseload:hand_over_any",
            "agreement:see",
            "notice:tell",
        }
    ),
}
# Who may tell what: whoever may ask for the answer, or change what ends.
TELLERS: dict[str, str] = {
    NoticeKind.CONSENT_REMINDER: "referral:change",
    NoticeKind.COMPANY_REMINDER: "referral:change",
    NoticeKind.HOLD_OVER: "referral:change",
    NoticeKind.OFFER_EXPIRING: "referral:change",
    NoticeKind.CONVERSION_OFFER_EXPIRING: "conversion:change",
    NoticeKind.AGREEMENT_EXPIRING: "agreement:change",
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


def visible_consents(account: Account) -> SelectOfScalar[Consent]:
    """Consents for the office."""
    return _office_only(account, "graduate:see", select(Consent), Consent)


def visible_placements(account: Account) -> SelectOfScalar[Placement]:
    """Placements for the office; for a partner those by which its own company is the employer of record.

    That is work by a referral whose acceptance holds, and an internship that the office has recorded by hand or from a
    file; never work that was called off, and never a job that somebody has found alone. An employer knows whom it
    employs: so name and days stay when the consent to the provision is taken back while the work goes on. What stood on
    that consent does not: profile, contact items and skills come from `blind.profile_of` alone, which asks for it anew.
    """
    everyone = select(Placement)
    if may(account, "placement:change"):
        return everyone
    if not may(account, "own_intern:see"):
        return everyone.where(col(Placement.id).is_(None))
    accepted = select(Referral.id).where(Referral.state == ReferralState.ACCEPTED)
    by_hand = col(Placement.referral_id).is_(None) & (col(Placement.kind) == PlacementKind.INTERNSHIP)
    return everyone.where(
        Placement.company_id == account.company_id,
        Placement.state != PlacementState.DID_NOT_START,
        col(Placement.referral_id).in_(accepted) | by_hand,
    )


def visible_conversions(account: Account) -> SelectOfScalar[Conversion]:
    """Conversions for the office; for a partner those of the placements that it sees."""
    everyone = select(Conversion)
    if may(account, "conversion:change"):
        return everyone
    seen = visible_placements(account).with_only_columns(col(Placement.id))
    return everyone.where(col(Conversion.placement_id).in_(seen))


def visible_checks(account: Account) -> SelectOfScalar[RetentionCheck]:
    """Retention checks for the office."""
    return _office_only(account, "retention_check:change", select(RetentionCheck), RetentionCheck)


def visible_outcomes(account: Account) -> SelectOfScalar[Outcome]:
    """Outcomes outside a referral for the office."""
    return _office_only(account, "outcome:change", select(Outcome), Outcome)


def visible_guidances(account: Account) -> SelectOfScalar[Guidance]:
    """안내 for the office: no company hears of it."""
    return _office_only(account, "guidance:change", select(Guidance), Guidance)


def visible_agreements(account: Account) -> SelectOfScalar[Agreement]:
    """A partner's own company's agreements; everyone's for the office."""
    everyone = select(Agreement)
    return everyone if may(account, "company:see") else everyone.where(Agreement.company_id == account.company_id)


def visible_documents(account: Account) -> SelectOfScalar[AgreementDocument]:
    """The documents of the agreements that the account sees, removed ones for those alone who may bring them back."""
    seen = visible_agreements(account).with_only_columns(col(Agreement.id))
    documents = select(AgreementDocument).where(col(AgreementDocument.agreement_id).in_(seen))
    if may(account, "agreement:change"):
        return documents
    return documents.where(AgreementDocument.state == DocumentState.KEPT)


def visible_notices(account: Account) -> SelectOfScalar[Notice]:
    """What the account may tell; nothing for a partner."""
    kinds = [kind for kind, permission in TELLERS.items() if may(account, permission)]
    return select(Notice).where(col(Notice.kind).in_(kinds))


def visible_accounts(account: Account) -> SelectOfScalar[Account]:
    """Every account for the program manager; for anybody else the own one."""
    everyone = select(Account)
    return everyone if may(account, "account:change") else everyone.where(Account.id == account.id)


def visible_hand_overs(account: Account) -> SelectOfScalar[HandOver]:
    """Every hand-over for the program manager; for a counselor those given or received."""
    everyone = select(HandOver)
    if may(account, "caseload:hand_over_any"):
        return everyone
    return everyone.where(or_(HandOver.giver_id == account.id, HandOver.receiver_id == account.id))


def visible_interns(account: Account) -> SelectOfScalar[Placement]:
    """Placements for the office; for a partner the internships among those it sees, by the same rule: `visible_placements`."""
    seen = visible_placements(account)
    return seen if may(account, "placement:change") else seen.where(Placement.kind == PlacementKind.INTERNSHIP)


def visible_internship_agreements(account: Account) -> SelectOfScalar[InternshipAgreement]:
    """Every edition for the office; for a partner those of its own interns that were issued and stand."""
    everyone = select(InternshipAgreement)
    if may(account, "internship_agreement:change"):
        return everyone
    hidden = (InternshipAgreementState.DRAFT, InternshipAgreementState.VOIDED)
    own = col(InternshipAgreement.placement_id).in_(visible_interns(account).with_only_columns(col(Placement.id)))
    return everyone.where(own, col(InternshipAgreement.state).not_in(hidden))


def visible_assessments(account: Account) -> SelectOfScalar[Assessment]:
    """Every assessment for the office; for a partner those of its own interns that are asked for."""
    everyone = select(Assessment)
    if may(account, "assessment:change"):
        return everyone
    own = col(Assessment.placement_id).in_(visible_interns(account).with_only_columns(col(Placement.id)))
    return everyone.where(own, Assessment.state != AssessmentState.DROPPED)


def _office_only(account: Account, permission: str, everyone: SelectOfScalar[Any], table: Any) -> SelectOfScalar[Any]:
    return everyone if may(account, permission) else everyone.where(col(table.id).is_(None))
