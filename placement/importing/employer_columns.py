"""Decides which columns the sheets of companies, agreements and openings may have, under which headings."""

from placement.importing.cells import list_of, one_of, read_day, read_paragraph, read_text, read_whole, read_yes
from placement.importing.code_words import (
    AGREEMENT_KINDS,
    EMPLOYMENT_TYPES,
    OFFERED_REMOTE,
    OPENING_SOURCES,
    PAY_PERIODS,
    SIZE_BANDS,
)
from placement.importing.columns import BUSINESS_NUMBER, COMPANY, COMPANY_KEY, EMAIL, PHONE, PROGRAM, REGION, key_column
from placement.importing.grids import Cell
from placement.importing.lists import read_skills, split_titles
from placement.importing.pay import read_pay, read_won
from placement.importing.problems import CellRefused
from placement.importing.sheets import Column, Kind


def _read_size(cell: Cell) -> object:
    """A head count or a band."""
    try:
        return read_whole(cell)
    except CellRefused:
        return one_of(SIZE_BANDS)(cell)


COMPANIES = Kind(
    "companies",
    (
        key_column("company_id", "기업 id", "기업번호", "기업코드", "회사 id", "company key"),
        Column("name", (*COMPANY.headings, "company", "이름"), read_text),
        BUSINESS_NUMBER,
        Column(
            "size_band",
            ("기업규모", "상시근로자수", "상시근로자", "직원수", "종업원수", "사원수", "employees"),
            _read_size,
        ),
        Column("industry_code", ("업종코드", "산업분류코드", "표준산업분류", "ksic"), read_text),
        Column("industry_revision", ("산업분류 차수", "ksic revision"), read_whole),
        Column("region", REGION, read_text),
        Column("website", ("홈페이지", "누리집", "url", "homepage"), read_text),
        Column("contact", ("담당자", "담당자명", "기업담당자", "인사담당자", "contact name"), read_text),
        Column(
            "contact_phone",
            ("담당자 연락처", "담당자 전화번호", "담당자 휴대폰", *PHONE.headings[:-1], "phone"),
            read_text,
        ),
        Column("contact_email", ("담당자 이메일", "담당자 메일", *EMAIL.headings, "email"), read_text),
    ),
    (("name",),),
)

AGREEMENTS = Kind(
    "agreements",
    (
        COMPANY_KEY,
        COMPANY,
        BUSINESS_NUMBER,
        Column("kind", ("협약유형", "협약구분", "협약종류", "구분", "유형", "agreement type"), one_of(AGREEMENT_KINDS)),
        Column("signed_on", ("협약일", "체결일", "협약체결일", "협약일자", "signed"), read_day),
        Column("valid_until", ("협약만료일", "만료일", "유효기간", "협약종료일", "협약기한", "valid to"), read_day),
        Column("headcount_pledged", ("채용예정인원", "채용약정인원", "약정인원", "협약인원", "pledged"), read_whole),
        Column("programs", (*PROGRAM.headings, "program"), list_of(read_text, split_titles)),
        Column("ended_on", ("해지일", "협약해지일", "terminated_on"), read_day),
        Column("reason", ("해지사유", "사유"), read_text),
    ),
    (("company_id", "company", "business_number"),),
)

OPENINGS = Kind(
    "openings",
    (
        key_column("opening_id", "공고 id", "공고번호", "구인인증번호", "채용공고번호", "opening key"),
        COMPANY_KEY,
        COMPANY,
        BUSINESS_NUMBER,
        Column(
            "title",
            (
                "채용공고명",
                "공고명",
                "채용제목",
                "모집직무",
                "모집분야",
                "직무",
                "제목",
                "공고제목",
                "job title",
                "position",
            ),
            read_text,
        ),
        Column("description", ("직무내용", "상세내용", "업무내용", "담당업무"), read_paragraph),
        Column("occupation_code", ("직종코드", "모집직종코드"), read_text),
        Column("employment_type", ("고용형태", "채용형태", "employment"), one_of(EMPLOYMENT_TYPES)),
        Column("region", REGION, read_text),
        Column(
            "remote", ("근무형태", "재택근무", "재택여부", "재택", "근무방식", "remote work"), one_of(OFFERED_REMOTE)
        ),
        Column("pay", ("급여", "임금", "보수", "연봉", "월급", "급여조건", "salary"), read_pay),
        Column("pay_period", ("급여유형", "임금형태", "급여기준"), one_of(PAY_PERIODS)),
        Column("pay_min", ("최저급여", "최소급여", "급여하한"), read_won),
        Column("pay_max", ("최고급여", "최대급여", "급여상한"), read_won),
        Column("starts_on", ("시작일", "근무시작일", "입사예정일", "근무개시일", "채용예정일", "start date"), read_day),
        Column("closes_on", ("마감일", "접수마감일", "모집마감일", "채용마감일", "공고마감일", "deadline"), read_text),
        Column("until_filled", ("채용시까지", "상시채용"), read_yes),
        Column("seats", ("모집인원", "채용인원", "인원", "headcount"), read_text),
        Column(
            "conversion_intended",
            ("정규직 전환", "정규직 전환 여부", "전환 가능", "전환여부", "전환 가능 여부"),
            read_yes,
        ),
        Column("conversion_seats", ("전환 예정 인원", "전환인원"), read_whole),
        Column("confirmed_on", ("확인일", "최종확인일"), read_day),
        Column("source", ("공고 출처", "출처", "공고구분"), one_of(OPENING_SOURCES)),
        Column(
            "posting_url",
            ("외부 공고 주소", "공고 주소", "공고 링크", "채용공고 url", "공고 url", "posting link"),
            read_text,
        ),
        Column(
            "must_skills",
            ("필수기술", "필수역량", "필수", "자격요건", "required_skills", "required skills"),
            read_skills,
        ),
        Column("preferred_skills", ("우대기술", "우대역량", "우대", "우대사항", "preferred skills"), read_skills),
        Column("skills", ("기술", "요구기술", "기술스택", "skill", "스킬"), read_skills),
        Column("level", ("숙련도", "요구수준", "수준", "skill level"), read_text),
    ),
    (("title",), ("company", "company_id", "business_number")),
)
