"""The office's papers come in on screen: sheets with their faulty rows, accounts, agreements, an approved opening."""

import io

from placement.models import Account, Agreement, Graduate, Opening
from placement.referrals import may_be_shown_people
from tests.fixtures.pages import PageVisitor
from tests.web.cast import TODAY
from tests.web.referrals.conftest import Case


def sheet(*lines: str) -> tuple[io.BytesIO, str]:
    return io.BytesIO("\n".join(lines).encode()), "명단.csv"


def test_a_faulty_row_is_named_and_nothing_is_stored(office: Case, counselor: PageVisitor):
    counselor.open("/sheets")
    page = counselor.submit(
        "저장", 422, kind="graduates", file=sheet("성명,연락처,수료일", "가온누리,010-0000-0002,언젠가")
    )
    assert "2행 [수료일]" in page.text_of("main")
    assert office.newest(Graduate).name == "황보라온"


def test_a_check_stores_nothing_and_a_store_asks_for_a_new_comparison(office: Case, counselor: PageVisitor):
    for button, name, jobs in (("검증만", "황보라온", 0), ("저장", "가온누리", 1)):
        counselor.open("/sheets")
        counselor.submit(button, kind="graduates", file=sheet("성명,연락처", "가온누리,010-0000-0002"))
        assert office.newest(Graduate).name == name
        assert [kind for kind, _subject in office.jobs()].count("nightly_run") == jobs


def test_what_is_no_sheet_is_said_beside_the_field(counselor: PageVisitor):
    counselor.open("/sheets")
    page = counselor.submit("저장", 422, kind="graduates", file=(io.BytesIO(b"x"), "사진.png"))
    assert "읽을 수 없는 파일 형식입니다." in page.text_of("main")


def test_a_manager_makes_a_partner_account_that_belongs_to_a_company(office: Case, manager: PageVisitor):
    given = {"name": "이담당", "email": "hr@example.com", "role": "partner", "password": "long-enough-word"}
    manager.open("/accounts")
    assert "소속 기업을 골라" in manager.submit("계정 만들기", 422, **given).text_of("main")
    manager.submit("계정 만들기", **given, company_id=str(office.company.id))
    assert office.newest(Account).company_id == office.company.id


def test_an_agreement_opens_the_door_and_its_end_closes_it(office: Case, manager: PageVisitor):
    manager.open(f"/companies/{office.company.id}/agreements/new")
    manager.submit(
        "협약 등록", kind="employment", signed_on="2020-12-01", valid_until="2021-12-01", headcount_pledged="3"
    )
    assert (office.newest(Agreement).state, shown(office)) == ("in_force", True)
    manager.submit("협약 해지")
    assert (office.newest(Agreement).state, shown(office)) == ("ended", False)


def test_an_approved_opening_needs_no_agreement(office: Case, manager: PageVisitor):
    manager.open(f"/openings/{office.seat}")
    manager.submit("공고 승인")
    assert shown(office)
    manager.submit("공고 승인 취소")
    assert not shown(office)


def shown(office: Case) -> bool:
    with office.database.reading() as session:
        return may_be_shown_people(session, session.get_one(Opening, office.seat), TODAY)


def test_an_agreement_entered_by_mistake_is_taken_back(office: Case, manager: PageVisitor):
    office.agree()
    manager.open(f"/companies/{office.company.id}")
    manager.submit("협약 해지", move="undo")
    assert (office.newest(Agreement).state, shown(office)) == ("draft", False)


def test_a_reason_in_free_words_holds_no_resident_number(office: Case, manager: PageVisitor):
    office.agree()
    manager.open(f"/companies/{office.company.id}")
    manager.submit("협약 해지", 422, reason="900101-1234567")
    assert office.newest(Agreement).state == "in_force"
