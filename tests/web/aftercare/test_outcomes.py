"""What became of somebody outside our referrals is decided on the page, with its grounds, and taken back there."""

from placement.models import Outcome
from tests.fixtures.pages import PageVisitor
from tests.web.aftercare.conftest import After


def test_recognition_needs_evidence_and_its_refusal_a_reason(office: After, counselor: PageVisitor):
    path = f"/graduates/{office.person}/outcomes"
    given = {"kind": "self_found_job", "happened_on": "2020-11-30"}
    for recognised in ("yes", "no"):
        counselor.open(path)
        page = counselor.submit("기록", status=422, **given, recognised=recognised)
        assert "필수 항목입니다." in page.text_of("main")
    counselor.open(path)
    counselor.submit("기록", **given, recognised="")
    assert office.newest(Outcome).is_recognised is None


def test_it_is_decided_later_and_the_decision_taken_back(office: After, counselor: PageVisitor):
    path = f"/graduates/{office.person}/outcomes"
    counselor.open(path)
    counselor.submit("기록", kind="self_found_job", happened_on="2020-11-30")
    row = office.newest(Outcome).id
    counselor.submit("성과 인정", status=422)
    counselor.submit("성과 인정", **{f"outcome-{row}-recognise-evidence": "근로계약서"})
    assert office.newest(Outcome).is_recognised is True
    counselor.submit("성과 불인정", **{f"outcome-{row}-reject-reason": "주 15시간 미만"})
    assert office.newest(Outcome).recognition_reason == "주 15시간 미만"
    counselor.submit("마지막 처리 되돌리기")
    assert office.newest(Outcome).is_recognised is True


def test_two_records_on_one_page_do_not_mix(office: After, counselor: PageVisitor):
    path = f"/graduates/{office.person}/outcomes"
    for kind in ("further_study", "military"):
        counselor.open(path)
        counselor.submit("기록", kind=kind, happened_on="2020-11-30")
    assert counselor.open(path).text_of("main").count("인정 미정") == 2
