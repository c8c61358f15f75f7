"""Decides which columns the sheets of skills, courses, people and their outcomes may have, under which headings."""

from matching.normalise import fold
from placement.importing.cells import list_of, one_of, read_day, read_paragraph, read_text, read_whole
from placement.importing.code_words import EMPLOYMENT_TYPES, ENROLMENT_STATES, SOURCES, WISHED_REMOTE
from placement.importing.columns import (
    BUSINESS_NUMBER,
    COHORT,
    COMPANY,
    COMPANY_KEY,
    EMAIL,
    NAME,
    PERSON,
    PHONE,
    PROGRAM,
    REASON,
    key_column,
)
from placement.importing.grids import Cell
from placement.importing.lists import read_names, read_skills, split_bars, split_places, split_titles
from placement.importing.outcome_words import read_decision, read_fact, read_offer
from placement.importing.pay import read_monthly_won, read_won
from placement.importing.sheets import Column, Kind

NOWHERE = frozenset(fold(word) for word in ("무관", "전국", "지역무관", "상관없음", "전 지역"))
ANY_TYPE = frozenset(fold(word) for word in ("무관", "상관없음", "전체"))


def _read_year_as_months(cell: Cell) -> int | None:
    """A year's pay as won a month."""
    won = read_won(cell)
    return None if won is None else won // 12


SKILLS = Kind(
    "skills",
    (
        Column("key", ("skill_id", "기술 id", "기술코드", "코드", "id", "key"), read_text),
        Column("name_ko", ("기술명", "한국어 이름", "기술", "한글명", "이름", "국문명"), read_text),
        Column("name_en", ("영어 이름", "영문명", "name", "label", "영문"), read_text),
        Column("aliases", ("다른 이름", "별칭", "동의어", "이명", "alias", "alt", "synonyms"), split_bars),
        Column("broader", ("상위 기술", "상위", "parent"), split_bars),
        Column("related", ("관련 기술", "관련", "연관 기술"), split_bars),
        Column("never", ("혼동 금지", "다른 기술"), split_bars),
        Column("track", ("분야", "트랙"), read_text),
        Column("everyday", ("일상 기술", "누구나 하는 기술"), read_whole),
        # O*NET: technologies and titles of an occupation, a row each.
        Column("soc", ("soc", "o*net-soc code"), read_text),
        Column("title", ("title",), read_text),
        Column("technology", ("technology", "example"), read_text),
        Column("commodity", ("commodity", "commodity title"), read_text),
        Column("alternate_title", ("alternate_title", "alternate title"), read_text),
        Column("short_title", ("short_title", "short title"), read_text),
    ),
    (("key", "soc"), ("name_ko", "name_en", "technology", "alternate_title")),
)

PROGRAMS = Kind(
    "programs",
    (
        key_column("program_id", "과정 id", "과정코드", "사업코드", "program key"),
        Column("name", (*PROGRAM.headings, "program", "이름", "program name"), read_text),
        Column("name_en", ("영문명", "영문 과정명", "english name"), read_text),
        Column("track", ("분야", "트랙 코드"), read_text),
        Column("operator", ("운영기관", "주관기관", "주관", "시행기관"), read_text),
        Column("fiscal_year", ("사업연도", "연도", "회계연도", "year"), read_whole),
        Column("starts_on", ("시작일", "사업 시작일", "개시일", "start date"), read_day),
        Column("background", ("추진배경", "배경", "사업배경"), read_paragraph),
        Column("info_url", ("누리집", "홈페이지", "안내 주소", "url"), read_text),
    ),
    (("name",),),
)

COHORTS = Kind(
    "cohorts",
    (
        key_column("cohort_id", "기수 id", "기수코드", "cohort key"),
        PROGRAM,
        Column("number", (*COHORT.headings, "cohort", "회차", "no"), read_whole),
        Column("capacity", ("모집인원", "정원", "인원"), read_whole),
        Column("training_body", ("교육기관", "훈련기관", "운영기관", "협력기관"), read_text),
        Column("apply_until", ("접수마감일", "모집마감일", "신청마감일", "마감일", "접수마감", "deadline"), read_day),
        Column("started_on", ("개강일", "시작일", "교육시작일", "입교일", "start date"), read_day),
        Column("ended_on", ("종료일", "종강일", "수료일", "교육종료일", "수료예정일", "end date"), read_day),
    ),
    (("program",), ("number", "key")),
)

GRADUATES = Kind(
    "graduates",
    (
        key_column("수료생 id", "수료생번호", "graduate_id", "graduate key", "교육생번호"),
        NAME,
        PHONE,
        EMAIL,
        PROGRAM,
        COHORT,
        Column(
            "completion_on",
            ("수료(예정)일", "수료일", "수료예정일", "종료일", "completed_on", "completion date", "graduation date"),
            read_day,
        ),
        Column("counselor", ("담당 상담사", "상담사", "담당자", "담당", "담당상담사명", "counsellor"), read_text),
        Column("skills", ("보유기술", "기술", "보유역량", "보유 스킬", "스킬", "기술스택", "skill"), read_skills),
        Column("level", ("숙련도", "수준", "기술수준", "skill level"), read_text),
        Column("certificates", ("자격증", "보유자격증", "보유 자격", "certificate"), read_names),
        Column(
            "wanted_titles",
            ("희망직종", "희망직무", "희망 직업", "희망분야", "wanted title", "desired job"),
            list_of(read_text, split_titles, ANY_TYPE),
        ),
        Column(
            "regions",
            ("희망지역", "희망근무지", "희망 근무지역", "근무희망지역", "region", "wanted regions"),
            list_of(read_text, split_places, NOWHERE),
        ),
        Column(
            "remote",
            ("재택근무", "재택", "재택 희망", "재택근무 희망", "희망근무형태", "근무형태"),
            one_of(WISHED_REMOTE),
        ),
        Column(
            "employment_types",
            ("희망고용형태", "고용형태", "희망 고용형태", "employment_type"),
            list_of(one_of(EMPLOYMENT_TYPES), split_places, ANY_TYPE),
        ),
        Column("pay_min", ("희망급여", "희망임금", "희망 월급", "최소급여", "desired pay"), read_monthly_won),
        Column("pay_min_a_year", ("희망연봉",), _read_year_as_months),
        Column("available_on", ("근무가능일", "취업가능일", "입사가능일", "available from"), read_day),
        Column("wants", ("배우고 싶은 기술", "희망기술", "wanted skills"), read_names),
        Column(
            "consent_on",
            (
                "동의일",
                "개인정보 동의일",
                "수집·이용 동의일",
                "개인정보 수집·이용 동의일",
                "consented_on",
                "consent date",
            ),
            read_day,
        ),
        Column(
            "consent_edition",
            ("동의서 판", "동의 문안", "동의서 버전", "consent version", "consent edition"),
            read_whole,
        ),
    ),
    (("key", "name"),),
)

ENROLMENTS = Kind(
    "enrolments",
    (
        *PERSON,
        PROGRAM,
        COHORT,
        Column("session", ("회차", "세션", "과정회차", "session no", "session number"), read_whole),
        Column("state", ("상태", "수료여부", "수강상태", "이수여부", "구분", "status"), one_of(ENROLMENT_STATES)),
        Column("ended_on", ("수료일", "종료일", "중도탈락일", "end date"), read_day),
        REASON,
    ),
    (("graduate_id", "name"), ("program", "cohort")),
)

OUTCOMES = Kind(
    "outcomes",
    (
        *PERSON,
        COMPANY_KEY,
        COMPANY,
        BUSINESS_NUMBER,
        PROGRAM,
        COHORT,
        Column(
            "intern_starts_on",
            (
                "인턴 시작일",
                "인턴시작",
                "인턴십 시작일",
                "인턴근무 시작일",
                "인턴 개시일",
                "starts_on",
                "시작일",
                "근무시작일",
                "internship start",
            ),
            read_day,
        ),
        Column(
            "intern_ends_on",
            (
                "인턴 종료일",
                "인턴종료",
                "인턴십 종료일",
                "인턴 만료일",
                "ends_on",
                "종료일",
                "근무종료일",
                "internship end",
            ),
            read_day,
        ),
        Column("ended_early_on", ("중도종료일", "조기종료일", "중도퇴사일", "인턴 중도종료일"), read_day),
        Column(
            "offered_on",
            ("전환 제의일", "전환제의", "제의일", "정규직 전환 제의일", "전환 제안일", "전환 제의 여부", "offer date"),
            read_offer,
        ),
        Column(
            "decision",
            (
                "전환 결과",
                "결과",
                "전환여부",
                "정규직 전환 여부",
                "전환 수락 여부",
                "정규직 전환",
                "수락여부",
                "conversion",
                "result",
            ),
            read_decision,
        ),
        Column("decided_on", ("결정일", "수락일", "거절일", "회신일", "결과일", "decision date"), read_day),
        REASON,
        Column(
            "contract_starts_on",
            (
                "정규직 시작일",
                "전환일",
                "정규직 전환일",
                "정규직 근무시작일",
                "정규직 입사일",
                "전환 시작일",
                "converted_on",
                "conversion date",
            ),
            read_day,
        ),
        Column("hired_on", ("취업일", "입사일", "취업일자", "hire date"), read_day),
        Column("left_on", ("퇴사일", "퇴직일", "이직일"), read_day),
        Column("source", ("취업경로", "취업구분", "취업유형", "경로"), one_of(SOURCES)),
        Column("employment_type", ("고용형태", "채용형태"), one_of(EMPLOYMENT_TYPES)),
        Column("fact", ("구분", "유형", "항목", "event", "type", "kind"), read_fact),
        Column("on", ("일자", "날짜", "발생일", "date", "effective_on"), read_day),
    ),
    (("graduate_id", "name"), ("company", "company_id", "business_number"), ("intern_starts_on", "hired_on", "fact")),
)
