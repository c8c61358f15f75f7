"""Decides which columns several kinds of sheet share: who, which company, which course."""

from placement.importing.cells import read_key, read_text
from placement.importing.sheets import Column

NAME = Column(
    "name",
    (
        "성명",
        "이름",
        "수료생",
        "수료생명",
        "수료생 성명",
        "지원자",
        "교육생",
        "교육생명",
        "훈련생",
        "성명(한글)",
        "full name",
    ),
    read_text,
)
PHONE = Column(
    "phone",
    (
        "연락처",
        "휴대폰",
        "휴대전화",
        "휴대폰번호",
        "휴대전화번호",
        "전화번호",
        "전화",
        "핸드폰",
        "mobile",
        "phone number",
        "tel",
        "contact",
    ),
    read_text,
)
EMAIL = Column("email", ("이메일", "이메일주소", "메일", "전자우편", "e-mail", "email address"), read_text)
PROGRAM = Column(
    "program",
    ("과정", "사업", "과정명", "사업명", "교육과정", "훈련과정", "프로그램", "트랙", "course", "programme"),
    read_text,
)
COHORT = Column("cohort", ("기수", "차수", "과정기수", "기", "cohort no"), read_text)
COMPANY = Column(
    "company",
    (
        "기업명",
        "회사명",
        "기업",
        "회사",
        "업체명",
        "구인업체",
        "사업장명",
        "협약기업",
        "협약기업명",
        "참여기업",
        "참여기업명",
        "상호",
        "company name",
        "employer",
    ),
    read_text,
)
BUSINESS_NUMBER = Column(
    "business_number",
    ("사업자등록번호", "사업자번호", "사업자 등록번호", "business registration number", "brn"),
    read_text,
)
COMPANY_KEY = Column("company_id", ("기업 id", "기업번호", "기업코드", "회사 id", "company key"), read_text)
REASON = Column("reason", ("사유", "미전환 사유", "거절 사유", "중도탈락 사유", "탈락사유", "비고(사유)"), read_text)
REGION = ("지역", "소재지", "근무지", "근무지역", "근무 지역", "주소", "location", "place")


def key_column(*headings: str) -> Column:
    return Column("key", (*headings, "id", "아이디", "관리번호", "등록번호", "식별번호"), read_key)


PERSON = (
    Column(
        "graduate_id",
        ("수료생 id", "수료생번호", "graduate", "graduate key", "수료생 관리번호", "교육생번호"),
        read_text,
    ),
    NAME,
    PHONE,
    EMAIL,
)
