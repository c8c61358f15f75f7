"""Decides which row a word at the terminal names: a row number, an imported id, a name, or two of them with a slash."""

from collections.abc import Callable
from typing import Any

from sqlmodel import Session, col, or_, select

from employers.companies import name_key
from employers.models import Agreement, Company, Opening
from placement import access
from placement.cli.group import fail
from placement.enums import ConsentKind
from placement.internship_agreements import newest_of
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
    Outcome,
    Placement,
    Referral,
    RetentionCheck,
    Suggestion,
)
from placement.people import find_account
from placement.states import MACHINES
from placement.texts import _

VISIBLE: dict[str, Callable[[Account], Any]] = {
    "graduate": access.visible_graduates,
    "opening": access.visible_openings,
    "suggestion": access.visible_suggestions,
    "referral": access.visible_referrals,
    "consent": access.visible_consents,
    "placement": access.visible_placements,
    "conversion": access.visible_conversions,
    "retention_check": access.visible_checks,
    "outcome": access.visible_outcomes,
    "guidance": access.visible_guidances,
    "internship_agreement": access.visible_internship_agreements,
    "assessment": access.visible_assessments,
    "account": access.visible_accounts,
    "hand_over": access.visible_hand_overs,
    "agreement_document": access.visible_documents,
}


def find_row(session: Session, entity: str, word: str, account: Account | None = None) -> Any:
    """The row of one kind that the word names, among those the account may see; else a refusal in one sentence."""
    table = MACHINES[entity].table
    found = numbered(session, table, word) if table not in KEYED else []
    found = found or NAMED[entity](session, word)
    if account is not None and entity in VISIBLE:
        ids = [row.id for row in found]
        found = list(session.exec(VISIBLE[entity](account).where(col(table.id).in_(ids))))
    return the_one(found, word)


def find_person(session: Session, word: str) -> Graduate:
    """The graduate of this id, name or row number; else a refusal in one sentence."""
    return the_one(graduates(session, word), word)


def find_company(session: Session, word: str) -> Company:
    """The company of this id, name or row number; else a refusal in one sentence."""
    return the_one(companies(session, word), word)


def find_opening(session: Session, word: str) -> Opening:
    """The opening of this id or row number; else a refusal in one sentence."""
    return the_one(keyed(session, Opening, word), word)


def the_one(found: list[Any], word: str) -> Any:
    """The only row; else a refusal that says which numbers there are to choose from."""
    if not found:
        fail(_("그런 자료가 없습니다: %(word)s", word=word))
    if len(found) > 1:
        numbers = ", ".join(str(row.id) for row in found)
        fail(_("‘%(word)s’에 맞는 것이 여럿입니다. 번호로 골라 주십시오: %(numbers)s", word=word, numbers=numbers))
    return found[0]


def numbered(session: Session, table: Any, word: str) -> list[Any]:
    """The row of this number, as a list of one or none."""
    row = session.get(table, int(word)) if word.isdecimal() and len(word) < 19 else None
    return [] if row is None else [row]


def keyed(session: Session, table: Any, word: str) -> list[Any]:
    """The row of this imported id; where there is none, the row of this number."""
    return list(session.exec(select(table).where(table.key == word))) or numbered(session, table, word)


def graduates(session: Session, word: str) -> list[Graduate]:
    """By id or row number, else everybody of this name."""
    return keyed(session, Graduate, word) or list(session.exec(select(Graduate).where(Graduate.name == word)))


def companies(session: Session, word: str) -> list[Company]:
    """By id or row number, else every company of this name, whatever its legal form."""
    alike = or_(col(Company.name) == word, col(Company.name_key) == name_key(word))
    return keyed(session, Company, word) or list(session.exec(select(Company).where(alike)))


def agreements(session: Session, word: str) -> list[Agreement]:
    """The agreements of a company."""
    ids = [company.id for company in companies(session, word)]
    return list(session.exec(select(Agreement).where(col(Agreement.company_id).in_(ids)).order_by(col(Agreement.id))))


def pairs(table: Any) -> Callable[[Session, str], list[Any]]:
    """GRADUATE/OPENING: the newest row of the pair, for only the newest can be open."""

    def find(session: Session, word: str) -> list[Any]:
        person, _slash, opening = word.partition("/")
        people = [row.id for row in graduates(session, person)]
        openings = [row.id for row in keyed(session, Opening, opening)]
        chosen = select(table).where(table.graduate_id.in_(people), table.opening_id.in_(openings))
        return list(session.exec(chosen.order_by(table.id.desc()).limit(1)))

    return find


def consents(session: Session, word: str) -> list[Consent]:
    """GRADUATE: the one to collecting and using; GRADUATE/OPENING: the one of that referral. The newest of each."""
    chosen = select(Consent).where(Consent.kind == ConsentKind.COLLECT_USE)
    chosen = chosen.where(col(Consent.graduate_id).in_([row.id for row in graduates(session, word)]))
    if "/" in word:
        chosen = select(Consent).where(col(Consent.referral_id).in_([row.id for row in pairs(Referral)(session, word)]))
    return list(session.exec(chosen.order_by(col(Consent.id).desc()).limit(1)))


def placements(session: Session, word: str) -> list[Placement]:
    """GRADUATE, or GRADUATE/COMPANY."""
    person, slash, company = word.partition("/")
    chosen = select(Placement).where(col(Placement.graduate_id).in_([row.id for row in graduates(session, person)]))
    if slash:
        chosen = chosen.where(col(Placement.company_id).in_([row.id for row in companies(session, company)]))
    return list(session.exec(chosen.order_by(col(Placement.id))))


def conversions(session: Session, word: str) -> list[Conversion]:
    """By the internship: GRADUATE, or GRADUATE/COMPANY."""
    ids = [row.id for row in placements(session, word)]
    chosen = select(Conversion).where(col(Conversion.placement_id).in_(ids))
    return list(session.exec(chosen.order_by(col(Conversion.id))))


def checks(session: Session, word: str) -> list[RetentionCheck]:
    """GRADUATE/MONTHS, e.g. A-1/3."""
    person, _slash, months = word.partition("/")
    ids = [row.id for row in placements(session, person)]
    chosen = select(RetentionCheck).where(col(RetentionCheck.placement_id).in_(ids))
    if months.isdecimal():
        chosen = chosen.where(RetentionCheck.months == int(months))
    return list(session.exec(chosen.order_by(col(RetentionCheck.id))))


def internship_agreements(session: Session, word: str) -> list[InternshipAgreement]:
    """By the internship: GRADUATE, or GRADUATE/COMPANY: its newest edition, for only that can stand."""
    newest = (newest_of(session, row) for row in placements(session, word))
    return [row for row in newest if row is not None]


def assessments(session: Session, word: str) -> list[Assessment]:
    """GRADUATE/KIND, e.g. A-1/midterm."""
    person, _slash, kind = word.partition("/")
    ids = [row.id for row in placements(session, person)]
    chosen = select(Assessment).where(col(Assessment.placement_id).in_(ids))
    if kind:
        chosen = chosen.where(Assessment.kind == kind)
    return list(session.exec(chosen.order_by(col(Assessment.id))))


def outcomes(session: Session, word: str) -> list[Outcome]:
    """The outcomes of a graduate."""
    ids = [row.id for row in graduates(session, word)]
    return list(session.exec(select(Outcome).where(col(Outcome.graduate_id).in_(ids)).order_by(col(Outcome.id))))


def documents(session: Session, word: str) -> list[AgreementDocument]:
    """The documents of a company's agreements."""
    ids = [row.id for row in agreements(session, word)]
    mine = select(AgreementDocument).where(col(AgreementDocument.agreement_id).in_(ids))
    return list(session.exec(mine.order_by(col(AgreementDocument.id))))


def accounts(session: Session, word: str) -> list[Account]:
    """By e-mail address."""
    found = find_account(session, word)
    return [] if found is None else [found]


def hand_overs(session: Session, word: str) -> list[HandOver]:
    """GIVER/RECEIVER, by e-mail address: the newest one between the two."""
    ends = [accounts(session, email) for email in word.partition("/")[::2]]
    ids = [row.id for end in ends for row in end]
    chosen = select(HandOver).where(col(HandOver.giver_id).in_(ids[:1]), col(HandOver.receiver_id).in_(ids[1:]))
    return list(session.exec(chosen.order_by(col(HandOver.id).desc()).limit(1)))


KEYED = (Graduate, Opening)
NAMED: dict[str, Callable[[Session, str], list[Any]]] = {
    "agreement": agreements,
    "opening": lambda session, word: keyed(session, Opening, word),
    "graduate": graduates,
    "suggestion": pairs(Suggestion),
    "referral": pairs(Referral),
    "consent": consents,
    "placement": placements,
    "conversion": conversions,
    "retention_check": checks,
    "outcome": outcomes,
    "guidance": pairs(Guidance),
    "internship_agreement": internship_agreements,
    "assessment": assessments,
    "account": accounts,
    "hand_over": hand_overs,
    "agreement_document": documents,
}
