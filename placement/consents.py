"""Decides who has agreed to what: collecting and using, and giving to one company for one referral, are two consents."""

from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from employers.columns import now
from employers.models import Opening
from employers.moves import Refusal
from placement.access import office_actor
from placement.enums import Channel, ConsentKind, ConsentState, ProvisionStage, ReferralState
from placement.events import followers_of, last_move_of, no_earlier
from placement.models import Consent, ConsentDocument, Event, Graduate, Provision, Referral
from placement.states import SYSTEM, Actor, MoveRefused, move, record_birth, undo
from placement.texts import N_

BLIND_ITEMS = ("skills", "levels", "evidence", "course", "wishes", "available_on")
CONTACT_ITEMS = (*BLIND_ITEMS, "name", "phone", "email")

FIRST_DOCUMENTS: tuple[dict[str, Any], ...] = (
    {
        "kind": ConsentKind.COLLECT_USE,
        "title": N_("개인정보 수집·이용 동의"),
        "purpose": N_("교육 수료생의 취업 지원(추천, 알선, 사후관리)과 사업 실적 관리"),
        "items": [N_("성명"), N_("연락처"), N_("이메일"), N_("과정·수료일"), N_("보유 기술과 근거"), N_("희망 조건")],
        "period": N_("사업 종료 후 3년까지 보관하고 지체 없이 파기합니다."),
        "refusal": N_("동의하지 않을 수 있습니다. 동의하지 않으면 취업 지원을 받을 수 없습니다."),
    },
    {
        "kind": ConsentKind.THIRD_PARTY,
        "title": N_("개인정보 제3자 제공 동의"),
        "purpose": N_("아래 기업의 해당 채용공고에 대한 알선"),
        "items": [
            N_("관심을 밝히기 전: 보유 기술·수준·근거, 과정, 희망 조건, 근무 가능일"),
            N_("기업이 관심을 밝힌 뒤: 성명, 전화번호, 이메일"),
        ],
        "period": N_("채용 절차가 끝난 날부터 180일까지 보관하고 파기합니다."),
        "refusal": N_("동의하지 않을 수 있습니다. 동의하지 않으면 이 기업에는 알리지 않으며 다른 불이익은 없습니다."),
    },
)


def load_consent_documents(session: Session) -> None:
    """Put in the first edition of each text where there is none yet."""
    for document in FIRST_DOCUMENTS:
        if not session.exec(select(ConsentDocument).where(ConsentDocument.kind == document["kind"])).first():
            session.add(ConsentDocument(**document))
    session.flush()


def document_of(session: Session, kind: ConsentKind) -> ConsentDocument:
    """The newest edition of a text; raises MoveRefused where nobody has written one."""
    newest = select(ConsentDocument).where(ConsentDocument.kind == kind).order_by(col(ConsentDocument.edition).desc())
    found = session.exec(newest.limit(1)).first()
    if found is None:
        raise MoveRefused(Refusal("consent_document_missing"))
    return found


def ask_heard(channel: str | None, note: str | None) -> None:
    """What somebody said in another way than by link has its channel and a note. Raises MoveRefused."""
    if not channel:
        raise MoveRefused(Refusal("channel_missing"))
    if channel != Channel.LINK and not (note or "").strip():
        raise MoveRefused(Refusal("note_missing"))


def record_provision_consent(
    session: Session,
    referral: Referral,
    opening: Opening,
    actor: Actor,
    *,
    channel: str | None,
    note: str | None,
    on: date,
) -> Consent:
    """The person's yes to giving the profile to this company for this referral. Said for them, it needs a note."""
    about = {"graduate_id": referral.graduate_id, "company_id": opening.company_id, "referral_id": referral.id}
    return _record(session, ConsentKind.THIRD_PARTY, about, actor, channel, note, on)


def record_collect_consent(
    session: Session, graduate: Graduate, actor: Actor, *, channel: str | None, note: str | None, on: date
) -> Consent:
    """The person's yes to collecting and using. Raises MoveRefused (consent_stands) while one to this text stands."""
    newest = document_of(session, ConsentKind.COLLECT_USE).id
    standing = standing_collect_consent(session, graduate.id or 0)
    if standing is not None and standing.document_id == newest:
        raise MoveRefused(Refusal("consent_stands"))
    return _record(session, ConsentKind.COLLECT_USE, {"graduate_id": graduate.id}, actor, channel, note, on)


def _record(
    session: Session,
    kind: ConsentKind,
    about: dict[str, Any],
    actor: Actor,
    channel: str | None,
    note: str | None,
    on: date,
) -> Consent:
    ask_heard(channel, note)
    document = document_of(session, kind).id or 0
    consent = Consent(
        kind=kind, document_id=document, channel=channel or "", given_on=on, recorded_by=actor.name, note=note, **about
    )
    record_birth(session, consent, actor, effective_on=on, note=note)
    return consent


def standing_consent(session: Session, referral_id: int) -> Consent | None:
    """The consent of a referral that has not been withdrawn, or None."""
    mine = select(Consent).where(Consent.referral_id == referral_id, Consent.state == ConsentState.GIVEN)
    return session.exec(mine.order_by(col(Consent.id).desc()).limit(1)).first()


def standing_collect_consent(session: Session, graduate_id: int) -> Consent | None:
    """The person's consent to collecting and using that has not been withdrawn, or None."""
    mine = select(Consent).where(Consent.graduate_id == graduate_id, Consent.kind == ConsentKind.COLLECT_USE)
    return session.exec(mine.where(Consent.state == ConsentState.GIVEN).order_by(col(Consent.id).desc())).first()


def end_consent(session: Session, consent: Consent, *, today: date, because_of: int | None) -> Event:
    """Withdraw a consent that falls with something else (`because_of`: that line of the log); it acts at once."""
    day = no_earlier(session, "consent", consent.id or 0, today)
    return move(
        session,
        consent,
        "withdraw",
        office_actor(SYSTEM),
        effective_on=day,
        because_of=because_of,
        withdrawn_at=now(),
    )


def restore_consents(session: Session, undone: Event, *, because_of: int | None) -> None:
    """Let the consents stand again that fell with a move that was a mistake, and with nothing else since."""
    for line in followers_of(session, "consent", undone):
        last = last_move_of(session, "consent", line.entity_id)
        if last is not None and last.id == line.id:
            consent = session.get_one(Consent, line.entity_id)
            if is_asked_anew(session, consent):
                continue
            undo(session, consent, office_actor(SYSTEM), effective_on=line.effective_on, because_of=because_of)


def is_asked_anew(session: Session, consent: Consent) -> bool:
    """Whether the consent's referral has begun anew since: the person is asked again, or has answered by now."""
    if consent.referral_id is None:
        return False
    referral = session.get_one(Referral, consent.referral_id, populate_existing=True)
    begins = (ReferralState.DRAFT, ReferralState.AWAITING_CONSENT)
    return referral.state in begins or standing_consent(session, consent.referral_id) is not None


def provide(session: Session, referral: Referral, opening: Opening, actor: Actor, stage: ProvisionStage) -> None:
    """Log that the company was given the blind profile, or name and contact too; once a stage and consent."""
    if not is_provided(session, referral, stage):
        items = CONTACT_ITEMS if stage == ProvisionStage.CONTACT else BLIND_ITEMS
        session.add(
            Provision(
                graduate_id=referral.graduate_id,
                company_id=opening.company_id,
                referral_id=referral.id or 0,
                stage=stage,
                items=list(items),
                by=actor.name,
            )
        )
        session.flush()


def is_provided(session: Session, referral: Referral, stage: ProvisionStage) -> bool:
    """Whether the company was given this under the consent that stands; what an earlier one allowed counts no more."""
    consent = standing_consent(session, referral.id or 0)
    mine = select(Provision.id).where(Provision.referral_id == referral.id, Provision.stage == stage)
    return consent is not None and session.exec(mine.where(Provision.at >= consent.recorded_at)).first() is not None
