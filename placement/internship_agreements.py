"""Decides how an internship agreement (인턴 협약서) is written, issued, signed, confirmed and voided."""

from datetime import date
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from employers.columns import now
from employers.models import Company, Opening
from employers.moves import Refusal
from placement.enums import (
    Channel,
    InternshipAgreementState,
    PlacementKind,
    PlacementState,
    Side,
    SignerSeat,
    VoidReason,
)
from placement.events import last_move_of, no_earlier
from placement.models import (
    AgreementSignature,
    Cohort,
    Event,
    Graduate,
    InternshipAgreement,
    Organisation,
    Placement,
    Program,
    Referral,
)
from placement.models.papers import FREE, LONGEST
from placement.paper_texts import Terms, digest_of, render
from placement.states import SYSTEM, Actor, MoveRefused, flags_of, move, record_birth, undo

ENTITY = "internship_agreement"
CHANGE = "internship_agreement:change"
SIDES = {SignerSeat.GRADUATE: Side.GRADUATE, SignerSeat.COMPANY: Side.COMPANY, SignerSeat.COSIGNER: Side.COMPANY}
KIND, NOBODYS_OFFICE = "인턴", "사업 운영기관"


def draft_agreement(session: Session, placement: Placement, actor: Actor, *, today: date) -> InternshipAgreement:
    """A new edition, filled from the edition before or else from the record. The edition before is voided by it.

    Raises MoveRefused: not_allowed; internship_only; work_is_over; draft_stands where one is being written.
    """
    if CHANGE not in actor.permissions:
        raise MoveRefused(Refusal("not_allowed"))
    if placement.kind != PlacementKind.INTERNSHIP:
        raise MoveRefused(Refusal("internship_only"))
    if not flags_of(placement).open:
        raise MoveRefused(Refusal("work_is_over"))
    before = newest_of(session, placement)
    if before is not None and before.state == InternshipAgreementState.DRAFT:
        raise MoveRefused(Refusal("draft_stands"))
    if before is not None and before.state != InternshipAgreementState.VOIDED:
        day = no_earlier(session, ENTITY, before.id or 0, today)
        move(session, before, "void", actor, effective_on=day, reason=VoidReason.NEW_EDITION)
    values = {name: getattr(before, name) for name in FREE} if before else _values_on_record(session, placement)
    edition = before.edition + 1 if before else 1
    agreement = InternshipAgreement(placement_id=placement.id or 0, edition=edition, **values)
    try:
        with session.begin_nested():
            record_birth(session, agreement, actor, effective_on=today)
    except IntegrityError:
        raise MoveRefused(Refusal("changed_meanwhile")) from None
    return agreement


def _values_on_record(session: Session, placement: Placement) -> dict[str, str | None]:
    """What the opening and the offer say already."""
    opening = session.get(Opening, placement.opening_id or 0)
    referral = session.get(Referral, placement.referral_id or 0)
    pay = referral.offer_pay if referral else None
    return {
        "duties": opening.title if opening else None,
        "workplace": opening.region if opening else None,
        "allowance": f"월 {pay:,}원" if pay else None,
    }


def newest_of(session: Session, placement: Placement) -> InternshipAgreement | None:
    """The last edition for a placement, standing or voided."""
    return next(iter(editions_of(session, placement)), None)


def editions_of(session: Session, placement: Placement) -> list[InternshipAgreement]:
    """Every edition for a placement, the newest first."""
    mine = select(InternshipAgreement).where(InternshipAgreement.placement_id == placement.id)
    return list(session.exec(mine.order_by(col(InternshipAgreement.edition).desc())))


def text_now(session: Session, agreement: InternshipAgreement) -> str:
    """The text of this edition as the record would give it now."""
    placement = session.get_one(Placement, agreement.placement_id)
    graduate = session.get_one(Graduate, placement.graduate_id)
    cohort = session.get(Cohort, placement.cohort_id or 0)
    program = session.get(Program, cohort.program_id) if cohort else None
    office = session.get(Organisation, program.operator_id or 0) if program else None
    return render(
        Terms(
            edition=agreement.edition,
            district=office.name if office else NOBODYS_OFFICE,
            company=session.get_one(Company, placement.company_id).name,
            graduate=graduate.name or graduate.key,
            course=f"{program.name} {cohort.number}기" if program and cohort else "교육 과정",
            kind=KIND,
            starts_on=placement.starts_on,
            ends_on=placement.ends_on,
            **{name: getattr(agreement, name) for name in FREE},
        )
    )


def is_true(agreement: InternshipAgreement) -> bool:
    """Whether the stored text still is the one that was issued: its digest is taken anew."""
    return agreement.text is not None and digest_of(agreement.text) == agreement.digest


def is_outdated(session: Session, agreement: InternshipAgreement) -> bool:
    """Whether an issued edition says something else than the record does now."""
    return agreement.text is not None and agreement.text != text_now(session, agreement)


def signatures_of(session: Session, agreement: InternshipAgreement) -> list[AgreementSignature]:
    """The signatures that stand on an edition, in the order of signing; those undone are left out."""
    s = AgreementSignature
    standing = select(s).where(s.agreement_id == agreement.id, col(s.voided_at).is_(None))
    return list(session.exec(standing.order_by(col(s.id))))


def advance(
    session: Session,
    agreement: InternshipAgreement,
    name: str,
    actor: Actor,
    *,
    effective_on: date,
    reason: str | None = None,
    note: str | None = None,
    to: str | None = None,
    **given: Any,
) -> Event:
    """Run one move. Raises MoveRefused.

    `given`: the free fields (fill); seat, signer, position, channel and `shown`, the digest of the text that the signer
    has read (sign).
    """
    changes: dict[str, Any] = {}
    if name == "fill":
        changes = {field: _written(field, given[field]) for field in FREE if field in given}
    if name == "issue":
        changes = _frozen(session, agreement, effective_on)
    if name == "sign":
        return _sign(session, agreement, actor, effective_on, note, to, given)
    if name == "confirm" and agreement.state == InternshipAgreementState.SIGNED:
        _ask_current(session, agreement)
    return move(session, agreement, name, actor, effective_on=effective_on, reason=reason, note=note, to=to, **changes)


def _written(field: str, text: str | None) -> str | None:
    words = (text or "").strip()
    if len(words) > LONGEST[field]:
        raise MoveRefused(Refusal("words_too_long"))
    return words or None


def _frozen(session: Session, agreement: InternshipAgreement, today: date) -> dict[str, Any]:
    text = text_now(session, agreement)
    seats = [seat.value for seat in SignerSeat if seat != SignerSeat.COSIGNER or agreement.cosigner]
    return {"text": text, "digest": digest_of(text), "awaits": seats, "issued_on": today}


def _sign(
    session: Session,
    agreement: InternshipAgreement,
    actor: Actor,
    today: date,
    note: str | None,
    to: str | None,
    given: dict[str, Any],
) -> Event:
    session.refresh(agreement, with_for_update=True)  # of two last signatures, the second must see the first
    line: dict[str, Any] = {"effective_on": today, "note": note}
    if agreement.state != InternshipAgreementState.ISSUED:
        return move(session, agreement, "sign", actor, to=to, **line)  # which refuses it
    signature = _signature(session, agreement, actor, note, given)
    left = [seat for seat in agreement.awaits if seat != signature.seat]
    target = InternshipAgreementState.ISSUED if left else InternshipAgreementState.SIGNED
    if to not in (None, target):
        raise MoveRefused(Refusal("wrong_state", {"state": agreement.state}))
    event = move(session, agreement, "sign", actor, to=target, awaits=left, **line)
    session.add(signature)
    session.flush()
    return event


def _signature(
    session: Session, agreement: InternshipAgreement, actor: Actor, note: str | None, given: dict[str, Any]
) -> AgreementSignature:
    seat, signer = given.get("seat"), " ".join((given.get("signer") or "").split())
    channel = given.get("channel") or Channel.PAPER
    if seat not in list(SignerSeat) or not signer:
        raise MoveRefused(Refusal("signer_missing"))
    if seat not in agreement.awaits:
        raise MoveRefused(Refusal("seat_not_awaited"))
    if channel != Channel.LINK and not note:
        raise MoveRefused(Refusal("note_missing"))
    named = _named_signer(session, agreement, seat)
    if named and "".join(named.split()) != signer.replace(" ", ""):
        raise MoveRefused(Refusal("signer_differs"))
    is_written_down = channel != Channel.LINK and given.get("shown") is None  # signed before somebody of the office
    if not is_written_down and given.get("shown") != agreement.digest:
        raise MoveRefused(Refusal("paper_outdated"))
    _ask_current(session, agreement)
    return AgreementSignature(
        agreement_id=agreement.id or 0,
        seat=seat,
        side=SIDES[SignerSeat(seat)],
        signer=signer,
        position=(given.get("position") or "").strip() or None,
        channel=channel,
        digest=agreement.digest or "",
        note=note,
        recorded_by=actor.name,
    )


def _named_signer(session: Session, agreement: InternshipAgreement, seat: str) -> str | None:
    """Whose name the text gives for a seat; the company's first signer is not named there."""
    if seat == SignerSeat.COSIGNER:
        return agreement.cosigner
    placement = session.get_one(Placement, agreement.placement_id)
    return session.get_one(Graduate, placement.graduate_id).name if seat == SignerSeat.GRADUATE else None


def _ask_current(session: Session, agreement: InternshipAgreement) -> None:
    if is_true(agreement) and is_outdated(session, agreement):
        raise MoveRefused(Refusal("paper_outdated"))


def take_back(
    session: Session, agreement: InternshipAgreement, actor: Actor, *, effective_on: date, note: str | None = None
) -> Event:
    """Undo the last move. A signature that is undone is struck; a voided edition comes back only while it is still true.

    Raises MoveRefused: newer_edition_stands, paper_outdated.
    """
    last = last_move_of(session, ENTITY, agreement.id or 0)
    if last is not None and last.move == "void":
        _ask_current(session, agreement)
    try:
        with session.begin_nested():
            event = undo(session, agreement, actor, effective_on=effective_on, note=note)
    except IntegrityError:
        raise MoveRefused(Refusal("newer_edition_stands")) from None
    if last is not None and last.move == "sign":
        signatures_of(session, agreement)[-1].voided_at = now()
        session.flush()
    return event


def follow_terms(session: Session, placement: Placement, because: Event) -> None:
    """Let the newest edition follow `because`, the last line in the log of its placement.

    An issued edition that says something else than the record, or whose work never began, is void, and its signatures
    with it. When the very words hold again, an edition that only followed the placement comes back as it was signed.
    """
    agreement = newest_of(session, placement)
    if agreement is None or agreement.text is None:
        return
    is_right = placement.state != PlacementState.DID_NOT_START and not is_outdated(session, agreement)
    day = no_earlier(session, ENTITY, agreement.id or 0, because.effective_on)
    clock, line = Actor(SYSTEM, frozenset({CHANGE})), because.id
    if agreement.state != InternshipAgreementState.VOIDED:
        if not is_right:
            never_began = placement.state == PlacementState.DID_NOT_START
            reason = VoidReason.NOT_STARTED if never_began else VoidReason.TERMS_CHANGED
            move(session, agreement, "void", clock, effective_on=day, reason=reason, because_of=line)
    elif is_right and _fell_with(session, agreement, placement):
        undo(session, agreement, clock, effective_on=day, because_of=line)


def _fell_with(session: Session, agreement: InternshipAgreement, placement: Placement) -> bool:
    last = last_move_of(session, ENTITY, agreement.id or 0)
    cause = session.get(Event, last.because_of) if last and last.because_of else None
    return cause is not None and (cause.entity, cause.entity_id) == ("placement", placement.id)
