"""An agreement on its page: entered for a later day, renewed, with its documents, and told of before its end."""

from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from sqlmodel import col, select

from employers.models import Agreement, Contact
from placement import documents
from placement.models import AgreementDocument, AgreementProgram, Event, Notice, Program
from placement.settings import Settings
from placement.ticking import run_due
from placement.web import documents as web_documents
from tests.fixtures.pages import PageVisitor
from tests.fixtures.service import TEST_KEY
from tests.placement.papers_of_agreements import HTML, HWP, PDF
from tests.web.partners.cast import TODAY, Town

NAME = "협약서 누리솔.hwp"


@pytest.fixture
def settings(sqlite_url: str, tmp_path: Path) -> Settings:
    return Settings(database_url=sqlite_url, secret_key=TEST_KEY, today=TODAY, documents=tmp_path / "documents")


@pytest.fixture
def agreement_id(town: Town) -> int:
    """In force, 50 days to go."""
    with town.database.transaction() as session:
        end = TODAY + timedelta(days=50)
        row = Agreement(
            company_id=town.own.id,
            kind="employment",
            state="in_force",
            signed_on=end - timedelta(days=365),
            valid_until=end,
            headcount_pledged=5,
        )
        program = Program(key="college", name="AI 칼리지")
        session.add_all([row, program, Contact(company_id=town.own.id, name="한담당", email="hr@example.com")])
        session.flush()
        session.add(AgreementProgram(agreement_id=row.id, program_id=program.id))
        return row.id


def newest(town: Town, table):
    with town.database.reading() as session:
        return session.exec(select(table).order_by(col(table.id).desc())).first()


def send(visitor: PageVisitor, agreement_id: int, name: str, content: bytes, status: int = 200):
    """The file by the form of the agreement's page."""
    visitor.open(f"/agreements/{agreement_id}")
    return visitor.submit("서류 올리기", status=status, file=(BytesIO(content), name))


def test_an_agreement_for_a_later_day_is_planned_and_begins_by_itself(town: Town, manager: PageVisitor):
    manager.open(f"/companies/{town.own.id}/agreements/new")
    later = TODAY + timedelta(days=10)
    page = manager.submit("협약 등록", signed_on=later.isoformat(), kind="employment")
    assert "체결 예정" in page.text_of("main")
    assert newest(town, Agreement).state == "draft"
    answer = manager.client.post(
        f"/agreements/{newest(town, Agreement).id}/moves",
        data={"move": "enter_into_force", "csrf_token": token_of(manager)},
    )
    assert answer.status_code == 409
    assert later.isoformat() in answer.text
    with town.database.transaction() as session:
        run_due(session, today=later)
    assert (newest(town, Agreement).state, newest(town, Agreement).signed_on) == ("in_force", later)


@pytest.fixture
def unsigned(town: Town, manager: PageVisitor) -> PageVisitor:
    """At the page of an agreement that was typed before both had signed it, as the list of the company leads there."""
    manager.open(f"/companies/{town.own.id}/agreements/new")
    end = (TODAY + timedelta(days=100)).isoformat()
    manager.submit("협약 등록", kind="employment", signed_on="", valid_until=end)
    assert newest(town, Agreement).state == "draft"
    links = manager.open(f"/companies/{town.own.id}").all("a")
    manager.open(next(link.get("href") for link in links if link.text.startswith("협약 체결")))
    return manager


@pytest.mark.parametrize("typed", [{}, {"signed_on": "2020-11-20"}])
def test_what_was_typed_before_it_was_signed_enters_into_force_with_its_day(
    town: Town, unsigned: PageVisitor, typed: dict
):
    unsigned.submit("협약 체결", **typed)
    agreement, signed_on = newest(town, Agreement), date.fromisoformat(typed.get("signed_on", TODAY.isoformat()))
    assert (agreement.state, agreement.signed_on) == ("in_force", signed_on)
    assert newest(town, Event).effective_on == signed_on
    unsigned.submit("마지막 처리 되돌리기")
    assert (newest(town, Agreement).state, newest(town, Agreement).signed_on) == ("draft", None)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "필수 항목입니다."),
        ("어제", "2020-12-01과 같은 날짜로 적어 주십시오."),
        ("2020-12-02", "아직 오지 않은 날짜입니다."),
    ],
)
def test_an_odd_day_of_signing_is_put_right_on_the_same_page(
    town: Town, unsigned: PageVisitor, typed: str, sentence: str
):
    assert sentence in unsigned.submit("협약 체결", 422, signed_on=typed).text_of("main")
    assert newest(town, Agreement).state == "draft"
    unsigned.submit("협약 체결", signed_on="2020-11-30")
    assert newest(town, Agreement).signed_on == date(2020, 11, 30)


def token_of(visitor: PageVisitor) -> str:
    return next(each.get("value") for each in visitor.markup.all("input") if each.get("name") == "csrf_token")


def test_a_renewal_begins_with_the_old_terms_and_both_editions_stay(
    town: Town, manager: PageVisitor, agreement_id: int
):
    manager.open(f"/agreements/{agreement_id}/renewal")
    page = manager.submit("협약 갱신", headcount_pledged="7")
    new = newest(town, Agreement)
    begins = TODAY + timedelta(days=51)
    assert (new.edition, new.kind, new.signed_on, new.state) == (2, "employment", begins, "draft")
    assert (new.valid_until - new.signed_on, new.headcount_pledged) == (timedelta(days=365), 7)
    for words in ("취업협약 2차", "체결 예정", "AI 칼리지", "약정 7명 · 공고 0명 · 채용 0명", "약정 5명"):
        assert words in page.text_of("main")


def test_a_document_is_brought_given_out_taken_away_and_brought_back(
    town: Town, manager: PageVisitor, agreement_id: int
):
    send(manager, agreement_id, NAME, HWP)
    number = newest(town, AgreementDocument).id
    answer = town.visitor("partner").client.get(f"/documents/{number}")
    assert (answer.status_code, answer.data, answer.mimetype) == (200, HWP, "application/x-hwp")
    said = answer.headers["Content-Disposition"]
    assert said.startswith("attachment;")
    assert "filename*=UTF-8''%ED%98%91%EC%95%BD%EC%84%9C%20%EB%88%84%EB%A6%AC%EC%86%94.hwp" in said
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    manager.open(f"/agreements/{agreement_id}")
    assert "삭제함" in manager.submit(f"삭제 {NAME}").text_of("main")
    assert town.visitor("partner").client.get(f"/documents/{number}").status_code == 404
    assert NAME not in town.visitor("partner").open(f"/agreements/{agreement_id}").text_of("main")
    manager.submit(f"되살리기 {NAME}")
    assert town.visitor("partner").client.get(f"/documents/{number}").status_code == 200


def test_a_rival_and_a_stranger_see_neither_agreement_nor_document(town: Town, manager: PageVisitor, agreement_id: int):
    send(manager, agreement_id, NAME, HWP)
    number = newest(town, AgreementDocument).id
    for address in (f"/agreements/{agreement_id}", f"/documents/{number}"):
        town.visitor("rival").open(address, status=404)
        town.visitor("counselor").client.get(address).close()
        assert town.app.test_client().get(address).status_code == 303
    assert "맺은 협약이 없습니다" in town.visitor("rival").open("/my-agreements").text_of("main")
    assert "취업협약" in town.visitor("partner").open("/my-agreements").text_of("main")
    words = town.visitor("partner").open(f"/agreements/{agreement_id}").text_of("main")
    assert "manager@example.com" not in words
    assert "처리 기록" not in words


@pytest.mark.parametrize(
    ("name", "content", "status", "sentence"),
    [
        ("협약서.pdf", HTML, 422, "PDF, HWP, HWPX, PNG, JPEG 파일만"),
        ("협약서.pdf", HWP, 422, "이름과 내용의 종류가 다릅니다"),
        ("협약서.pdf", b"", 422, "빈 파일입니다"),
        ("협약서.pdf", PDF + bytes(10_000), 413, "10MB보다 큰 파일"),
    ],
)
def test_a_file_that_is_not_taken_says_why_and_leaves_nothing(
    town: Town,
    manager: PageVisitor,
    agreement_id: int,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    content: bytes,
    status: int,
    sentence: str,
):
    for room in (documents, web_documents):
        monkeypatch.setattr(room, "LARGEST_DOCUMENT", 9_999)  # the real bound is met in the rule's own tests
    assert sentence in send(manager, agreement_id, name, content, status).text_of("main")
    assert newest(town, AgreementDocument) is None


def test_no_file_at_all_and_one_beyond_every_limit_are_refused(town: Town, manager: PageVisitor, agreement_id: int):
    manager.open(f"/agreements/{agreement_id}")
    assert "파일을 선택해 주십시오" in manager.submit("서류 올리기", status=422).text_of("main")
    town.app.config["MAX_CONTENT_LENGTH"] = 10_000
    send(manager, agreement_id, "a.pdf", PDF + bytes(10_001), 413)


def test_an_agreement_that_ends_is_told_of_from_the_first_page_by_mail(
    town: Town, manager: PageVisitor, agreement_id: int
):
    with town.database.transaction() as session:
        run_due(session, today=TODAY)
    assert "알릴 차례" in manager.open("/overview").text_of("main")
    manager.open("/duties")
    page = manager.submit("보낼 글 만들기 누리솔데이터")
    end = (TODAY + timedelta(days=50)).isoformat()
    assert end in page.text_of("textarea")
    assert "manager 담당" in page.text_of("textarea")
    assert any(link.get("href").startswith("mailto:hr@example.com?subject=") for link in page.all("a"))
    page = manager.submit("보냈습니다", channel="email")
    assert "마지막 안내: 2020-12-01 (1차)" in page.text_of("main")
    assert "알릴 차례" not in manager.open("/overview").text_of("main")
    assert "마지막 안내: 2020-12-01 (1차)" in manager.open(f"/companies/{town.own.id}").text_of("main")
    notice = newest(town, Notice)
    assert (notice.channel, notice.told_by) == ("email", "manager@example.com")


def test_what_was_pledged_offered_and_brought_stands_in_the_list(town: Town, manager: PageVisitor, agreement_id: int):
    town.opening(seats=3)
    town.opening(seats=2, employment_type="intern")
    assert "약정 5명 · 공고 3명 · 채용 0명" in manager.open("/companies").text_of("tbody")


@pytest.mark.parametrize("reader", ["counselor", "partner"])
def test_only_the_program_manager_brings_and_takes_documents(
    town: Town, manager: PageVisitor, agreement_id: int, reader: str
):
    send(manager, agreement_id, NAME, HWP)
    page = town.visitor(reader).open(f"/agreements/{agreement_id}")
    assert NAME in page.text_of("main")
    assert "서류 올리기" not in page.text_of("main")
