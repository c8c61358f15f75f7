"""At the terminal an agreement begins on its day, and its document is taken away and brought back."""

from datetime import date

import pytest
from sqlmodel import select

from employers.models import Agreement
from placement.models import AgreementDocument
from tests.cli.conftest import Terminal
from tests.importing.sheets import csv_text

SHEET = csv_text("기업명,협약유형,협약일,유효기간", "누리솔데이터,취업협약,2020-12-20,2020-12-30")


@pytest.fixture
def initialised_url(initialised_sqlite_url: str) -> str:
    """One kind is enough here: the rules behind the commands have their own tests on both."""
    return initialised_sqlite_url


def state(terminal: Terminal, table) -> str:
    with terminal.database.reading() as session:
        return session.exec(select(table.state)).one()


def test_an_agreement_of_a_sheet_signed_for_a_later_day_waits_for_it(terminal: Terminal):
    terminal.bring("agreements", "agreements.csv", SHEET)
    assert state(terminal, Agreement) == "draft"
    terminal.refused("move", "agreement", "누리솔데이터", "enter_into_force")
    assert terminal.done("tick", "--today", "2020-12-19")["agreements_begun"] == 0
    done = terminal.done("tick", "--today", "2020-12-20")
    assert (done["agreements_begun"], done["notices_written"], state(terminal, Agreement)) == (1, 1, "in_force")
    assert terminal.done("tick", "--today", "2020-12-20")["notices_written"] == 0


def test_it_may_be_signed_earlier_than_was_planned(terminal: Terminal):
    terminal.bring("agreements", "agreements.csv", SHEET)
    terminal.done("move", "agreement", "누리솔데이터", "enter_into_force", "--with", "signed_on=2020-12-01")
    assert state(terminal, Agreement) == "in_force"


def test_one_that_was_typed_before_it_was_signed_is_signed_on_the_day_that_is_said(terminal: Terminal):
    terminal.bring("agreements", "agreements.csv", SHEET)
    with terminal.database.transaction() as session:
        session.exec(select(Agreement)).one().signed_on = None
    enter = ("move", "agreement", "누리솔데이터", "enter_into_force")
    assert "2099-01-01" in terminal.refused(*enter, "--with", "signed_on=2099-01-01")
    terminal.done(*enter, "--with", "signed_on=2020-11-20")
    with terminal.database.reading() as session:
        agreement = session.exec(select(Agreement)).one()
    assert (agreement.state, agreement.signed_on) == ("in_force", date(2020, 11, 20))


def test_a_document_is_moved_by_the_name_of_its_company(terminal: Terminal):
    terminal.bring("agreements", "agreements.csv", SHEET)
    with terminal.database.transaction() as session:
        owner = session.exec(select(Agreement.id)).one()
        given = {"name": "협약서.pdf", "media_type": "application/pdf", "size": 9, "digest": "0" * 64}
        session.add(AgreementDocument(agreement_id=owner, uploaded_by="-", **given))
    assert terminal.done("move", "agreement_document", "누리솔데이터", "remove")["to_state"] == "removed"
    terminal.done("move", "agreement_document", "누리솔데이터", "undo")
    assert state(terminal, AgreementDocument) == "kept"
