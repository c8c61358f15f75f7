"""A link opens for its own side, once and for fourteen days; looking changes nothing, and nobody learns more than they may."""

import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest
from flask import Flask
from sqlmodel import Session, select

from employers.models import Opening
from placement import demo, links
from placement.blind import profile_of
from placement.calendars import demo_today
from placement.consents import load_consent_documents
from placement.enums import LinkPurpose, Side
from placement.links import LINK_DAYS, SCOPES
from placement.models import AnswerLink, Graduate, Referral
from placement.moving import advance
from placement.referrals import create_referral
from placement.states import MoveRefused
from placement.web.forms.answers import READERS
from tests.web.answers.cast import CLERK, NAME, Case
from tests.web.cast import TODAY


def dump(case: Case) -> list[str]:
    with closing(sqlite3.connect(case.database.url.database or "")) as connection:
        return list(connection.iterdump())


def paths(case: Case) -> dict[str, str]:
    """An open link of every purpose that asks something."""
    other = case.office.graduate("배나래", "엑셀")
    third = case.office.graduate("신다온", "엑셀")
    conversion, paper = case.conversion(), case.agreement(cosigner="한대표")
    return {
        LinkPurpose.CONSENT: case.link(
            LinkPurpose.CONSENT, case.referral("awaiting_consent", graduate_id=other), Side.GRADUATE
        ),
        LinkPurpose.COMPANY_ANSWER: case.company_link(),
        LinkPurpose.OFFER_ANSWER: case.link(
            LinkPurpose.OFFER_ANSWER, case.referral("offered", graduate_id=third), Side.GRADUATE
        ),
        LinkPurpose.CONVERSION_ANSWER: case.link(LinkPurpose.CONVERSION_ANSWER, conversion, Side.GRADUATE),
        LinkPurpose.CONVERSION_OFFER: case.link(
            LinkPurpose.CONVERSION_OFFER, case.pending_conversion("pending"), Side.COMPANY
        ),
        LinkPurpose.RETENTION: case.link(LinkPurpose.RETENTION, case.check(), Side.COMPANY),
        LinkPurpose.SIGNING: case.link(LinkPurpose.SIGNING, paper, Side.GRADUATE),
        LinkPurpose.COSIGNING: case.link(LinkPurpose.COSIGNING, paper, Side.COMPANY),
        LinkPurpose.ASSESSMENT: case.link(LinkPurpose.ASSESSMENT, case.assessment(), Side.COMPANY),
        LinkPurpose.ASSESSMENT_REPLY: case.link(
            LinkPurpose.ASSESSMENT_REPLY, case.assessment(is_answered=True), Side.GRADUATE
        ),
    }


def test_opening_a_link_a_hundred_times_spends_and_sets_nothing(case: Case):
    all_paths = paths(case)
    before = dump(case)
    for path in all_paths.values():
        for _time in range(20):
            assert case.guest().client.get(path).status_code == 200
        assert case.guest().client.head(path).status_code == 200
    assert dump(case) == before


def test_the_pages_are_kept_by_nobody_and_found_by_nobody(case: Case):
    for path in paths(case).values():
        answer = case.guest().client.get(path)
        assert answer.headers["Cache-Control"] == "no-store"
        assert "noindex" in answer.headers["X-Robots-Tag"]
        assert '<meta name="robots" content="noindex, nofollow">' in answer.text


def test_a_used_link_says_whom_to_call(case: Case):
    path = case.company_link()
    guest = case.guest()
    guest.open(path)
    guest.submit("기타")
    gone = case.guest().open(path, status=410).text_of("main")
    assert "이미 답하신 링크" in gone
    assert "counselor 담당" in gone
    assert "02-0000-0001" in gone


def test_the_second_of_two_taps_is_told_that_the_first_one_counts(case: Case):
    guest = case.guest()
    page, path = guest.open(case.company_link()), guest.path
    guest.submit("기타")
    events = len(case.office.log("referral", 1))
    guest.markup, guest.path = page, path
    assert "이미 답하신 링크" in guest.submit("필요한 기술이 부족함", status=410).text_of("main")
    assert len(case.office.log("referral", 1)) == events


@pytest.mark.parametrize(("age", "status"), [(LINK_DAYS, 200), (LINK_DAYS + 1, 410)])
def test_a_link_lives_fourteen_days(case: Case, age: int, status: int):
    path = case.link(
        LinkPurpose.COMPANY_ANSWER, case.referral("sent"), Side.COMPANY, made_on=TODAY - timedelta(days=age)
    )
    page = case.guest().open(path, status=status).text_of("main")
    assert ("기한이 지난 링크" in page) == (status == 410)


def test_a_forged_link_is_nobodys_and_names_the_office(case: Case):
    path = case.company_link()
    for forged in (path[:-1] + ("A" if path[-1] != "A" else "B"), "/answer/1", "/answer/" + "가" * 20):
        page = case.guest().open(forged, status=404).text_of("main")
        assert "없는 링크" in page
        assert "02-0000-0002" in page


def test_only_the_hash_of_a_token_is_stored(case: Case):
    token = case.company_link().rsplit("/", 1)[-1]
    assert len(token) >= 43
    assert not any(token in line for line in dump(case))


ALL_WORDS = sorted(
    {word for words in READERS.values() for word in words} | {"offer", "withdraw", "start", "undo", "reopen"}
)


@pytest.mark.parametrize("purpose", READERS)
def test_a_link_says_only_what_belongs_to_its_purpose(case: Case, app: Flask, purpose: str):
    app.config["WTF_CSRF_ENABLED"] = False
    path = paths(case)[purpose]
    before = dump(case)
    for word in ALL_WORDS:
        if word not in READERS[purpose]:
            said = case.guest().client.post(path, data={"answer": word, "reason": "other", "until": "2020-12-24"})
            assert said.status_code == 403, word
    assert dump(case) == before


def test_a_look_at_a_profile_answers_nothing(case: Case, app: Flask):
    app.config["WTF_CSRF_ENABLED"] = False
    guest = case.guest()
    guest.open(case.company_link())
    guest.submit("관심 있음")
    shown, before = guest.path, dump(case)
    for word in ALL_WORDS:
        assert case.guest().client.post(shown, data={"answer": word}).status_code == 403
    assert dump(case) == before


def test_an_answer_without_the_forms_token_is_refused(case: Case):
    path = case.company_link()
    before = dump(case)
    assert case.guest().client.post(path, data={"answer": "show_interest"}).status_code == 400
    assert dump(case) == before


def test_what_was_settled_meanwhile_is_one_sentence_and_leaves_the_link(case: Case):
    number = case.referral("sent")
    path = case.link(LinkPurpose.COMPANY_ANSWER, number, Side.COMPANY)
    guest = case.guest()
    guest.open(path)
    case.withdraw_consent(number)
    assert "더 답하실 것이 없습니다" in guest.submit("관심 있음", status=410).text_of("main")
    assert case.unspent() == 1
    assert "더 답하실 것이 없습니다" in case.guest().open(path, status=410).text_of("main")


def test_a_consent_taken_back_closes_the_name_at_once(case: Case):
    guest = case.guest()
    guest.open(case.company_link())
    guest.submit("관심 있음")
    shown = guest.path
    case.withdraw_consent(1)
    assert NAME not in case.guest().open(shown, status=410).text_of("html")


def test_a_company_that_has_interest_does_not_get_the_name_from_a_second_answer_link(case: Case):
    number, guest = case.referral("sent"), case.guest()
    guest.open(case.link(LinkPurpose.COMPANY_ANSWER, number, Side.COMPANY))
    guest.submit("관심 있음")
    page = guest.open(case.link(LinkPurpose.COMPANY_ANSWER, number, Side.COMPANY))
    assert NAME not in page.text_of("html")


def test_a_second_link_for_the_same_answer_replaces_the_first_and_says_so(case: Case):
    number = case.referral("sent")
    first, second = (case.link(LinkPurpose.COMPANY_ANSWER, number, Side.COMPANY) for _ in range(2))
    gone = case.guest().open(first, status=410).text_of("main")
    assert "새 링크로 바뀐 링크" in gone
    assert "02-0000-0001" in gone
    case.guest().open(second)


def test_an_offers_link_ends_with_the_offer_before_anything_was_tidied_up(case: Case):
    number = case.referral("offered")
    path = case.link(LinkPurpose.OFFER_ANSWER, number, Side.GRADUATE)
    case.office.change(Referral, number, offer_expires_on=TODAY)
    case.guest().open(path)
    case.office.change(Referral, number, offer_expires_on=TODAY - timedelta(days=1))
    assert case.state(Referral, number) == "offered"
    assert "기한이 지난 링크" in case.guest().open(path, status=410).text_of("main")


def test_a_blind_profile_tells_no_name_number_or_address_of_anybody(app: Flask):
    database = app.extensions["ieum_database"]
    with database.transaction() as session:
        demo.load(session, seed=2020, scenario="article")
        load_consent_documents(session)
        graduates = [g for g in session.exec(select(Graduate)) if g.state == "ready"][:25]
        people = list(session.exec(select(Graduate)))
        secrets = {word for g in people for word in (g.name, g.phone, g.email, g.key) if word} | {
            f"{g.phone[:3]}-{g.phone[3:7]}-{g.phone[7:]}" for g in people if g.phone
        }
        tokens = [blind_link(session, graduate) for graduate in graduates]
    leaks = []
    for token in filter(None, tokens):
        html = app.test_client().get(f"/answer/{token}").text
        assert "보유 기술" in html
        leaks += [(token, secret) for secret in secrets if secret in html]
    assert sum(map(bool, tokens)) >= 20
    assert leaks == []


def blind_link(session: Session, graduate: Graduate) -> str | None:
    """The token of a company's link about one more person of the demo."""
    today = demo_today(session)
    opening = session.exec(select(Opening).where(Opening.state == "open")).first()
    opening.is_approved = True
    try:
        row = create_referral(session, graduate, opening, CLERK, today=today)
    except MoveRefused:
        return None
    advance(session, row, "ask_consent", CLERK, effective_on=today)
    advance(session, row, "consent", CLERK, effective_on=today, note="전화", channel="phone")
    assert profile_of(session, row).person is None
    return links.make_link(session, LinkPurpose.COMPANY_ANSWER, row, Side.COMPANY, CLERK, today=today)[1]


@pytest.mark.parametrize("purpose", SCOPES)
def test_the_office_gets_the_words_to_send_and_a_partner_gets_no_link(case: Case, app: Flask, purpose: str):
    rows = {
        LinkPurpose.CONSENT: lambda: case.referral("awaiting_consent"),
        LinkPurpose.COMPANY_ANSWER: lambda: case.referral("sent"),
        LinkPurpose.OFFER_ANSWER: lambda: case.referral("offered"),
        LinkPurpose.CONVERSION_ANSWER: case.conversion,
        LinkPurpose.CONVERSION_OFFER: lambda: case.pending_conversion("unknown"),
        LinkPurpose.RETENTION: case.check,
        LinkPurpose.PROFILE: lambda: case.referral("interested"),
        LinkPurpose.SIGNING: case.agreement,
        LinkPurpose.COSIGNING: lambda: case.agreement(cosigner="한대표"),
        LinkPurpose.ASSESSMENT: case.assessment,
        LinkPurpose.ASSESSMENT_REPLY: lambda: case.assessment(is_answered=True),
    }
    app.config["WTF_CSRF_ENABLED"] = False
    side = SCOPES[purpose].sides[-1]
    asked = {"purpose": purpose, "subject": rows[purpose](), "side": side}
    for who in ("partner", "rival"):
        assert case.office.visitor(who).client.post("/links", data=asked).status_code == 403
    answer = case.office.visitor("counselor").client.post("/links", data=asked)
    if purpose == LinkPurpose.PROFILE:
        assert answer.status_code == 400
        return
    assert answer.status_code == 200
    assert "https://ieum.example/answer/" in answer.text
    assert "sms:010000000" in answer.text
    made = case.office.newest(AnswerLink)
    assert (made.purpose, made.side, made.created_by) == (purpose, side, "counselor@example.com")


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"purpose": "consent", "side": "company"}, 403),
        ({"purpose": "offer_answer", "side": "graduate"}, 409),
        ({"purpose": "moon", "side": "graduate"}, 400),
        ({"purpose": "consent", "side": "moon"}, 400),
        ({"purpose": "consent", "side": "graduate", "subject": "999"}, 404),
    ],
)
def test_a_link_that_would_open_nothing_is_not_made(case: Case, app: Flask, asked: dict[str, str], status: int):
    app.config["WTF_CSRF_ENABLED"] = False
    number = case.referral("awaiting_consent")
    answer = case.office.visitor("counselor").client.post("/links", data={"subject": number, **asked})
    assert answer.status_code == status
    assert case.office.newest(AnswerLink) is None


@pytest.mark.parametrize(
    ("state", "shown", "hidden"),
    [
        ("sent", ("관심 있음", "보류", "거절"), ()),
        ("interested", ("보류", "거절"), ("관심 있음", "면접 가능한 시간 제안")),
        ("no_response", ("관심 있음", "거절"), ("보류",)),
    ],
)
def test_a_page_offers_only_what_is_possible_now(case: Case, state: str, shown, hidden):
    number = case.referral("interested" if state == "interested" else "sent")
    path = case.link(LinkPurpose.COMPANY_ANSWER, number, Side.COMPANY)
    if state == "no_response":
        case.office.change(Referral, number, state=state)
    page = case.guest().open(path)
    words = {element.text for kind in ("button", "summary") for element in page.all(kind)}
    assert set(shown) <= words
    assert not set(hidden) & words
