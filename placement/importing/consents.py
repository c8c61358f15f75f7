"""Decides which paper consents a graduates sheet brings: a new one is recorded, one that is known or withdrawn stays as it is."""

from collections import defaultdict
from datetime import date
from typing import Annotated, NamedTuple

from pydantic import Field
from sqlmodel import col, func, select

from employers.checking import Day, InputModel
from placement.enums import Channel, ConsentKind, ConsentState
from placement.importing.desk import Desk, checked
from placement.importing.sheets import Row
from placement.models import Consent, ConsentDocument, Event, Graduate
from placement.states import Step, record_lives
from placement.texts import N_

NOTE = N_("수료생 명단으로 등록한 서면 동의서")


class PaperInput(InputModel):
    """What a row says of the signed paper; without an edition it is of the newest text."""

    given_on: Day
    edition: Annotated[int | None, Field(ge=1)] = None


class Paper(NamedTuple):
    """A signed paper that is to be recorded."""

    given_on: date
    document_id: int


class Known(NamedTuple):
    """A consent that is recorded already, and the day on which it was withdrawn (None: it stands)."""

    given_on: date
    edition: int
    withdrawn_on: date | None


class ConsentBook:
    """Every consent to collecting and using, by person."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        texts = select(ConsentDocument).where(ConsentDocument.kind == ConsentKind.COLLECT_USE)
        self.documents = {text.edition: text.id or 0 for text in desk.session.exec(texts)}
        self.known = _known(desk)
        self.planned: list[tuple[Graduate, Paper]] = []

    def read(self, row: Row, person: Graduate | None) -> Paper | None:
        """The paper that the row brings, unless it is recorded already or the person has withdrawn since.

        Raises RowRefused: value_missing, date_out_of_range, consent_to_come, consent_document_missing, edition_unknown.
        """
        if "consent_on" not in row.values:
            if "consent_edition" in row.values:
                raise row.refuse("value_missing", "consent_on")
            return None
        columns = {"given_on": "consent_on", "edition": "consent_edition"}
        typed = checked(PaperInput, row, {name: row.get(column) for name, column in columns.items()}, columns)
        if typed.given_on > self.desk.today:
            raise row.refuse("consent_to_come", "consent_on", day=typed.given_on)
        edition = self._edition(row, typed)
        known = self.known.get(person.id or 0, []) if person else []
        return None if self._is_settled(row, typed, edition, known) else Paper(typed.given_on, self.documents[edition])

    def plan(self, person: Graduate, paper: Paper) -> None:
        """A paper to be recorded later, once the person is stored."""
        self.planned.append((person, paper))
        self.desk.beside("consent")

    def store(self) -> None:
        actor = self.desk.actor
        rows = [
            Consent(
                graduate_id=person.id or 0,
                document_id=paper.document_id,
                kind=ConsentKind.COLLECT_USE,
                channel=Channel.PAPER,
                given_on=paper.given_on,
                recorded_by=actor.name,
                note=NOTE,
            )
            for person, paper in self.planned
        ]
        lives = [[Step("create", paper.given_on, note=NOTE)] for _, paper in self.planned]
        record_lives(self.desk.session, rows, lives, actor)

    def _edition(self, row: Row, typed: PaperInput) -> int:
        if not self.documents:
            raise row.refuse("consent_document_missing", "consent_on")
        edition = typed.edition or max(self.documents)
        if edition not in self.documents:
            known = ", ".join(map(str, sorted(self.documents)))
            raise row.refuse("edition_unknown", "consent_edition", given=edition, editions=known)
        return edition

    def _is_settled(self, row: Row, typed: PaperInput, edition: int, known: list[Known]) -> bool:
        """Whether nothing is to be recorded; said wherever the sheet and what is recorded differ."""
        standing = [one for one in known if one.withdrawn_on is None]
        same = [one for one in known if one.given_on == typed.given_on and typed.edition in (None, one.edition)]
        if any(one in standing for one in same):
            return True
        withdrawn_on = max((one.withdrawn_on for one in known if one.withdrawn_on is not None), default=None)
        if same or (withdrawn_on is not None and typed.given_on <= withdrawn_on):
            self.desk.warn(row, "consent_withdrawn", "consent_on", day=withdrawn_on)
            return True
        as_new = next((one for one in standing if one.edition >= edition), None)
        if as_new:
            self.desk.warn(row, "consent_stands", "consent_on", day=as_new.given_on)
        return as_new is not None


def _known(desk: Desk) -> dict[int, list[Known]]:
    e = Event
    ends = select(e.entity_id, func.max(e.effective_on)).where(e.entity == "consent", e.move == "withdraw")
    withdrawn_on = dict(desk.session.exec(ends.group_by(col(e.entity_id))).all())
    rows = select(Consent, ConsentDocument.edition).where(Consent.kind == ConsentKind.COLLECT_USE)
    known: dict[int, list[Known]] = defaultdict(list)
    for one, edition in desk.session.exec(rows.join(ConsentDocument, col(ConsentDocument.id) == Consent.document_id)):
        end = withdrawn_on.get(one.id or 0) if one.state == ConsentState.WITHDRAWN else None
        known[one.graduate_id].append(Known(one.given_on, edition, end))
    return known
