"""Decides the small world of the state machine: rows of every kind, born by the rules, and who may act on them."""

from datetime import UTC, datetime, time, timedelta
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import literal, union_all
from sqlmodel import Session, col, select

from employers.models import Agreement, Company, Opening
from placement import moving, retention
from placement.access import PERMISSIONS, office_actor
from placement.consents import load_consent_documents, record_collect_consent
from placement.enums import Channel, RetentionEvidence, Role, Side
from placement.internship_agreements import draft_agreement
from placement.models import (
    AgreementDocument,
    Cohort,
    Conversion,
    Event,
    Graduate,
    Guidance,
    InternshipAgreement,
    MatchRun,
    Outcome,
    Placement,
    Program,
    Referral,
    Suggestion,
)
from placement.referrals import create_referral
from placement.states import MACHINES, Actor, record_birth
from placement.ticking import run_due
from tests.machines.office import given_to, open_office
from tests.machines.papers import draft_papers, given_to_paper, internships, sign_first
from tests.placement.cast import DAY, add_company, keep

OFFICE = office_actor("office")
ACTORS = {
    "counselor": Actor("counselor", PERMISSIONS[Role.COUNSELOR]),
    "colleague": Actor("colleague", PERMISSIONS[Role.COUNSELOR]),
    "company": Actor("company", PERMISSIONS[Role.PARTNER]),
    "graduate": Actor("counselor", frozenset({"referral:decide", "assessment:reply"}), on_behalf_of="graduate"),
    "manager": Actor("manager", PERMISSIONS[Role.MANAGER]),
}
REASONS = {"suggestion": "skill_gap"}
TO_COMPANY = ("ask_consent", "consent")
Choice = tuple[str, str, str]


class Row(NamedTuple):
    """One row of one machine as it stands in its table."""

    entity: str
    id: int
    state: str


@cache
def every_row() -> Any:
    tables = [(name, col(machine.table.id), col(machine.table.state)) for name, machine in MACHINES.items()]
    return union_all(*(select(literal(name), row_id, state) for name, row_id, state in tables))


class World:
    """Rows of all machines in one session; `today` only goes forward. A life begins and ends where the world was made.

    In an old world two interns and an employee are at work, seats are short, two people hold several offers, and there
    is a row of every machine.
    """

    def __init__(self, session: Session, *, is_old: bool) -> None:
        self.session, self.today = session, DAY
        load_consent_documents(session)
        self.graduates = [
            self.born(Graduate(key=f"G-{n}", state="in_training", cohort_id=self.cohort())) for n in "12345"
        ]
        self.openings = [*self.openings_of(add_company(session), 1, 3), *self.openings_of(add_company(session), 2, 1)]
        run = keep(session, MatchRun())
        for graduate, opening in zip(self.graduates, self.openings, strict=False):
            self.born(Suggestion(run_id=run.id, score=50, graduate_id=graduate.id, opening_id=opening.id))
        self.born(Outcome(graduate_id=self.graduates[0].id, kind="freelance", happened_on=DAY))
        said = {"channel": Channel.PAPER, "note": "서명", "on": DAY}
        record_collect_consent(session, self.graduates[4], OFFICE, **said)
        self.tell_of_an_external_opening()
        open_office(session, OFFICE)
        if is_old:
            self.grow_old()
        self.made_on = self.today

    def grow_old(self) -> None:
        one, two, three, four, five = self.graduates
        few, regular, more, other = self.openings
        to_offered = (*TO_COMPANY, "show_interest", "offer")
        for graduate, opening in ((one, few), (two, regular), (three, more)):
            self.act(self.refer(graduate, opening), *to_offered, "accept")
        self.wait(80)
        paper, *_others = draft_papers(self.session, OFFICE, self.today)
        sign_first(self.session, self.act(paper, "issue"), self.today)
        assessment = next(row for row in self.rows() if row.entity == "assessment")
        self.act(self.fetched(assessment), "answer")
        conversion = next(row for row in self.rows() if row.entity == "conversion")
        self.act(self.fetched(conversion), "offer", "accept")
        self.begin_by_mistake(self.fetched(conversion))
        for check in [row for row in self.rows() if row.entity == "retention_check" and row.state == "due"]:
            self.act(self.fetched(check), *["try_reach"] * 3)
        self.act(self.refer(four, more), *TO_COMPANY, "show_interest", "plan_interview")
        for graduate, opening in ((one, regular), (four, other), (four, regular)):
            self.act(self.refer(graduate, opening), *to_offered)
        self.act(self.refer(five, other), *TO_COMPANY, "show_interest")
        self.act(self.refer(five, regular), *TO_COMPANY)

    def tell_of_an_external_opening(self) -> None:
        posted = {"source": "external", "posting_url": "https://jobs.example.com/1", "until_filled": True}
        owner = self.openings[0].company_id
        opening = self.act(self.born(Opening(key="X-1", title="외부", company_id=owner, **posted)), "publish")
        told = {"graduate_id": self.graduates[1].id, "told_on": DAY, "channel": Channel.PHONE}
        self.born(Guidance(opening_id=opening.id, **told))

    def begin_by_mistake(self, conversion: Conversion) -> None:
        """A contract that was said to have begun, and had not: its checks fell away with it, at days that were wrong."""
        given = {"effective_on": self.today, "contract_starts_on": self.today - timedelta(days=5)}
        moving.advance(self.session, conversion, "start", OFFICE, **given)
        retention.open_checks(self.session, OFFICE, today=self.today)
        self.undo(conversion)

    def begin(self) -> None:
        """A life begins: whatever happens from here on, `end` makes it unhappened."""
        self.today = self.made_on
        self.life = self.session.begin_nested()

    def end(self) -> None:
        self.life.rollback()
        self.session.expire_all()  # rows read meanwhile tell what is unhappened now

    def trail(self, row: Row) -> list[str]:
        """The names of a row's moves, in the order of typing."""
        mine = select(Event.move).where(Event.entity == row.entity, Event.entity_id == row.id)
        return list(self.session.exec(mine.order_by(col(Event.id))))

    def cohort(self) -> int:
        known = self.session.exec(select(Cohort.id)).first()
        if known is not None:
            return known
        program = keep(self.session, Program(key="college", name="college"))
        return keep(self.session, Cohort(key="college-1", program_id=program.id, number=1)).id

    def openings_of(self, company: Company, few: int, more: int) -> list[Opening]:
        """An agreement in force and one in draft; an internship with `few` seats and regular jobs with `more`."""
        for edition, moves in ((1, ["enter_into_force"]), (2, [])):
            given = {"kind": "employment", "edition": edition, "signed_on": DAY}
            self.act(
                self.with_document(
                    Agreement(company_id=company.id, valid_until=DAY + timedelta(days=150 * few), **given)
                ),
                *moves,
            )
        common = {"company_id": company.id, "closes_on": DAY + timedelta(days=110 * few)}
        rows = [
            Opening(key=f"I-{few}", title="인턴", employment_type="intern", seats=few, **common),
            Opening(
                key=f"R-{more}",
                title="정규직",
                employment_type="regular",
                seats=more,
                is_approved=True,
                until_filled=True,
                **common,
            ),
        ]
        return [self.act(self.born(row), "publish") for row in rows]

    def with_document(self, agreement: Agreement) -> Agreement:
        self.born(agreement)
        given = {"name": "협약서.pdf", "media_type": "application/pdf", "size": 1, "uploaded_by": "-"}
        self.born(AgreementDocument(agreement_id=agreement.id, digest="0" * 64, **given))
        return agreement

    def born(self, row: Any) -> Any:
        record_birth(self.session, row, OFFICE, effective_on=self.today)
        return row

    def act(self, row: Any, *names: str, actor: Actor = OFFICE, to: str | None = None) -> Any:
        """Run moves by the one door, each with what it needs."""
        for name in names:
            usual = {"reason": REASONS.get(row.__tablename__, "other"), "note": "전화", "to": to}
            given = usual | self.given(row, name, actor, to)
            moving.advance(self.session, row, name, actor, effective_on=self.today, **given)
        return row

    def given(self, row: Any, name: str, actor: Actor, to: str | None) -> dict[str, Any]:
        if row.__tablename__ == "account":
            return given_to(row, name)
        if row.__tablename__ in ("internship_agreement", "assessment"):
            return given_to_paper(row, name, self.today)
        later = self.today + timedelta(days=10)
        at = {"at": datetime.combine(later, time(5), UTC)}
        return {
            "consent": {"channel": Channel.LINK if actor.on_behalf_of else Channel.PHONE, "note": "전화"},
            "withdraw": {"channel": Channel.PHONE},
            "hold": {"until": later},
            "snooze": {"until": later},
            "plan_interview": at,
            "record_interview": {"interested": {"no_show": Side.COMPANY}, "interview_planned": at}.get(str(to), {}),
            "offer": {"starts_on": self.today + timedelta(days=15)} if row.__tablename__ == "referral" else {},
            "extend": {"ends_on": (getattr(row, "ends_on", None) or self.today) + timedelta(days=30)},
            "end_early": {"ended_by": Side.COMPANY, "last_day": self.today},
            "change_days": {"ends_on": self.today + timedelta(days=40)},
            "confirm": {"note": "고용보험"},
            "record_leaving": {"left_on": self.today, "left_by": Side.GRADUATE, "note": "고용보험"},
            "try_reach": {"channel": Channel.MESSAGE if len(getattr(row, "attempts", ())) % 2 else Channel.PHONE},
            "prove": {"evidence": RetentionEvidence.DOCUMENT},
            "recognise": {"evidence": "근로계약서"},
        }.get(name, {})

    def refer(self, graduate: Graduate, opening: Opening) -> Referral:
        return create_referral(self.session, graduate, opening, OFFICE, today=self.today)

    def draft(self, placement: Placement) -> InternshipAgreement:
        return draft_agreement(self.session, placement, OFFICE, today=self.today)

    def internships(self) -> list[Placement]:
        return internships(self.session)

    def undo(self, row: Any) -> None:
        moving.take_back(self.session, row, OFFICE, effective_on=self.today)

    def answer(self, check: Any, side: Side, is_employed: bool) -> None:
        left = {} if is_employed else {"left_on": self.today, "left_by": side, "reason": "other"}
        with self.session.begin_nested():
            retention.answer(self.session, check, side, retention.Answer(is_employed, **left), OFFICE, today=self.today)

    def wait(self, days: int) -> None:
        self.today += timedelta(days=days)
        run_due(self.session, today=self.today)

    def rows(self) -> list[Row]:
        """Every row of every machine as the tables hold it, in a fixed order."""
        self.session.flush()
        return sorted(Row(*line) for line in self.session.connection().execute(every_row()))

    def fetched(self, row: Row) -> Any:
        """The row as a door reads it."""
        return self.session.get_one(MACHINES[row.entity].table, row.id, populate_existing=True)

    def choices(self, actor: Actor, rows: list[Row]) -> dict[Choice, list[Row]]:
        """The rows on which the actor may make each move, by entity, name and target."""
        found: dict[Choice, list[Row]] = {}
        for row in rows:
            for move in MACHINES[row.entity].moves:
                if row.state in move.sources and move.permission in actor.permissions:
                    found.setdefault((row.entity, move.name, str(move.target)), []).append(row)
        return found
