"""Decides the words of an internship agreement: from its values to the exact Korean text, and from the text to its digest."""

import hashlib
from datetime import date
from typing import NamedTuple

UNSAID = "따로 정함"
HEAD = """인턴 협약서 (제{edition}판)

{district}(이하 ‘운영기관’), {company}(이하 ‘기업’), {graduate}(이하 ‘인턴’)은 {course} 수료생의 인턴 근무에 관하여 다음과 같이 협약한다.
"""
CLAUSES = """
제1조 (인턴) 성명은 {graduate}, 이수 과정은 {course}이다.
제2조 (근무 형태와 기간) {kind}으로 {starts_on}부터 {ends_on}까지 근무한다.
제3조 (근무 장소) {workplace}
제4조 (근무 시간) {hours}
제5조 (업무 내용) {duties}
제6조 (수당) {allowance}
제7조 (담당 멘토) {mentor}
제8조 (기업) 기업은 인턴에게 제5조의 업무를 맡기고 멘토를 두어 지도하며, 근로기준법 등 관계 법령에 따른 근로계약은 따로 맺는다. 근무 기간의 절반이 지난 때 중간점검을, 끝나기 2주 전부터 종료 평가를 작성한다.
제9조 (인턴) 인턴은 기업의 규정과 업무상 비밀을 지키며, 평가를 열람하고 다른 의견을 낼 수 있다.
제10조 (운영기관) 운영기관은 근무 중의 어려움을 상담하고 정규직 전환 절차를 돕는다.
제11조 (변경과 종료) 위 내용이 하나라도 바뀌면 새 판을 작성하며 앞 판의 서명은 효력을 잃는다. 정해진 날보다 일찍 끝낼 때에는 사유와 마지막 근무일을 운영기관에 알린다.
"""
FOOT = """
서명할 사람: {signers}
확인: {district}
"""


class Terms(NamedTuple):
    """All that an edition says; empty fields are said to be agreed on elsewhere."""

    edition: int
    district: str
    company: str
    graduate: str
    course: str
    kind: str
    starts_on: date
    ends_on: date | None
    workplace: str | None = None
    hours: str | None = None
    duties: str | None = None
    allowance: str | None = None
    mentor: str | None = None
    cosigner: str | None = None


def render(terms: Terms) -> str:
    """The exact text; the same terms always give the same text, and any other term another one."""
    said = {name: describe(value) for name, value in terms._asdict().items()}
    signers = [f"인턴 {terms.graduate}", f"기업 {terms.company}"]
    if terms.cosigner:
        signers.append(f"기업 둘째 서명자 {terms.cosigner}")
    return (HEAD + CLAUSES + FOOT).format(**said, signers=", ".join(signers))


def describe(value: object) -> str:
    """A value as the text says it: 2020년 12월 1일 for a day."""
    if isinstance(value, date):
        return f"{value.year}년 {value.month}월 {value.day}일"
    return UNSAID if value in (None, "") else str(value)


def digest_of(text: str) -> str:
    """SHA-256 of the text in UTF-8, as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()
