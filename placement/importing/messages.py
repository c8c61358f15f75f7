"""Decides how each problem of an import is said: what is wrong, and what would be right."""

from typing import Any

from placement.importing.problems import ImportReport, Problem
from placement.texts import N_, _

SENTENCES = {
    # the file
    "file_missing": N_("파일을 찾을 수 없습니다: %(file)s"),
    "file_closed_to_us": N_("파일을 열 권한이 없습니다: %(file)s"),
    "file_empty": N_("파일에 자료가 없습니다. 제목 행 아래에 한 줄 이상 적어 주십시오."),
    "file_too_big": N_("파일이 너무 큽니다. %(limit)sMB 이하로 나누어 주십시오."),
    "file_too_big_unpacked": N_("압축을 풀면 너무 큰 파일입니다. %(limit)sMB 이하여야 합니다."),
    "file_too_dense": N_("비정상적으로 압축된 파일이라 열지 않았습니다. 엑셀에서 다시 저장해 주십시오."),
    "file_old_or_locked": N_("예전 엑셀 파일(.xls)이거나 암호가 걸린 파일입니다. 암호 없이 .xlsx로 저장해 주십시오."),
    "format_unknown": N_("읽을 수 없는 파일 형식입니다. 쓸 수 있는 형식: %(formats)s (.gz로 압축 가능)"),
    "encoding_unknown": N_("글자 인코딩을 알 수 없습니다. UTF-8 또는 CP949(엑셀 CSV)로 저장해 주십시오."),
    "gzip_broken": N_("압축 파일(.gz)이 손상되었습니다."),
    "workbook_broken": N_("엑셀 파일이 손상되었거나 .xlsx 파일이 아닙니다."),
    "csv_broken": N_("%(row)s행 근처에서 따옴표가 맞지 않아 읽을 수 없습니다."),
    "too_many_rows": N_("행이 너무 많습니다. %(limit)s행 이하로 나누어 주십시오."),
    "too_many_columns": N_("열이 너무 많습니다. %(limit)s열 이하여야 합니다."),
    "too_many_cells": N_("칸이 너무 많습니다. %(limit)s칸 이하로 나누어 주십시오."),
    "header_missing": N_("제목 행을 찾을 수 없습니다. 필요한 열: %(wanted)s. 찾은 내용: %(found)s"),
    "kind_unknown": N_("알 수 없는 종류입니다: %(given)s. 쓸 수 있는 종류: %(kinds)s"),
    "demo_present": N_("시연 자료가 들어 있어 가져올 수 없습니다. 먼저 ieum demo --remove로 지워 주십시오."),
    # any cell
    "resident_number": N_(
        "주민등록번호로 보이는 내용이 있습니다. 주민등록번호는 저장하지 않으니 지우고 다시 올려 주십시오."
    ),
    "json_line_broken": N_("한 줄에 JSON 객체 하나여야 합니다."),
    "value_missing": N_("필수 항목입니다. 값을 적어 주십시오."),
    "text_expected": N_("글자로 적어 주십시오."),
    "formula": N_("수식이 글자로 들어 있습니다. 수식 대신 값을 적어 주십시오."),
    "too_long": N_("너무 깁니다. %(limit)s자 이하로 적어 주십시오."),
    "list_too_long": N_("개수가 너무 많습니다. %(limit)s개 이하로 적어 주십시오."),
    "date_shape": N_("날짜로 읽을 수 없습니다: %(given)s. 2020-10-08과 같이 적어 주십시오."),
    "date_impossible": N_("달력에 없는 날짜입니다: %(given)s. 2020-10-08과 같이 적어 주십시오."),
    "date_out_of_range": N_("1950년부터 2100년 사이의 날짜를 적어 주십시오."),
    "days_out_of_order": N_("앞선 날짜보다 빠릅니다. 날짜의 순서를 확인해 주십시오."),
    "number_shape": N_("숫자로 읽을 수 없습니다: %(given)s. 3 또는 3명과 같이 적어 주십시오."),
    "number_too_small": N_("%(limit)s 이상의 숫자를 적어 주십시오."),
    "number_too_big": N_("%(limit)s 이하의 숫자를 적어 주십시오."),
    "money_shape": N_("금액으로 읽을 수 없습니다: %(given)s. 월 250만원 또는 2,500,000원과 같이 적어 주십시오."),
    "pay_per_month_expected": N_("시급이나 건당이 아니라 월 급여를 적어 주십시오."),
    "pay_out_of_order": N_("최고 급여가 최저 급여보다 적습니다."),
    "yes_or_no_expected": N_("예 또는 아니오로 적어 주십시오: %(given)s"),
    "choice_unknown": N_("쓸 수 없는 값입니다: %(given)s. 쓸 수 있는 값: %(choices)s"),
    "field_unknown": N_("알 수 없는 항목입니다: %(given)s"),
    "value_odd": N_("쓸 수 없는 값입니다: %(given)s"),
    "level_out_of_range": N_(
        "숙련도 %(given)s은(는) 쓸 수 없습니다. 1(입문), 2(초급), 3(중급), 4(고급) 중에서 적어 주십시오."
    ),
    "phone_shape": N_("전화번호로 읽을 수 없습니다: %(given)s. 010-0000-0000과 같이 적어 주십시오."),
    "email_shape": N_("이메일 주소로 읽을 수 없습니다: %(given)s. name@example.com과 같이 적어 주십시오."),
    "web_address_shape": N_("누리집 주소는 http:// 또는 https://로 시작해야 합니다: %(given)s"),
    "business_number_shape": N_("사업자등록번호는 숫자 10자리입니다: %(given)s. 999-81-00015와 같이 적어 주십시오."),
    "business_number_zero": N_("0으로만 된 사업자등록번호는 쓸 수 없습니다."),
    "business_number_check_digit": N_(
        "사업자등록번호의 마지막 자리가 맞지 않습니다: %(given)s. 번호를 다시 확인해 주십시오."
    ),
    "business_number_taken": N_("다른 기업(%(company)s)이 쓰고 있는 사업자등록번호입니다."),
    # who and which
    "id_twice": N_("같은 ID(%(given)s)가 %(other)s행에도 있습니다. 한 행만 남겨 주십시오."),
    "person_twice": N_("같은 사람(성명과 연락처)이 %(other)s행에도 있습니다. 한 행만 남겨 주십시오."),
    "company_twice": N_("같은 기업이 %(other)s행에도 있습니다. 한 행만 남겨 주십시오."),
    "opening_twice": N_(
        "같은 기업의 같은 공고(%(given)s)가 %(other)s행에도 있습니다. 다른 공고라면 공고번호 열을 적어 주십시오."
    ),
    "agreement_twice": N_("같은 기업(%(company)s)의 같은 협약이 %(other)s행에도 있습니다. 한 행만 남겨 주십시오."),
    "enrolment_twice": N_("같은 사람의 같은 회차가 %(other)s행에도 있습니다. 한 행만 남겨 주십시오."),
    "outcome_twice": N_("같은 사람과 기업의 결과가 %(other)s행에도 있습니다. 한 행에 모아 주십시오."),
    "outcome_told_twice": N_("%(other)s행과 다른 내용입니다. 어느 쪽이 맞는지 확인해 주십시오."),
    "outcome_differs_from_log": N_(
        "이미 %(day)s에 다른 내용(%(move)s)으로 기록되어 있습니다. 기록을 먼저 되돌린 뒤 다시 가져와 주십시오."
    ),
    "offer_contradicts_decision": N_("제의일이 있는데 결과가 ‘미제의’입니다. 둘 중 하나를 고쳐 주십시오."),
    "graduate_id_unknown": N_("등록되지 않은 수료생 ID입니다: %(given)s. 수료생을 먼저 가져와 주십시오."),
    "graduate_unknown": N_("등록되지 않은 수료생입니다. 수료생을 먼저 가져오거나 성명과 연락처를 확인해 주십시오."),
    "graduate_ambiguous": N_("이름이 같은 수료생이 %(count)s명입니다. 연락처나 수료생 ID를 적어 주십시오."),
    "company_id_unknown": N_("등록되지 않은 기업 ID입니다: %(given)s. 기업을 먼저 가져와 주십시오."),
    "company_unknown": N_(
        "등록되지 않은 기업입니다: %(given)s. 기업을 먼저 가져오거나 기업명과 사업자등록번호를 함께 적어 주십시오."
    ),
    "company_alike": N_("등록되지 않은 기업입니다: %(given)s. 혹시 ‘%(alike)s’입니까? 등록된 이름으로 적어 주십시오."),
    "company_ambiguous": N_(
        "이름이 같은 기업이 %(count)s곳입니다: %(company)s. 사업자등록번호나 기업 ID를 적어 주십시오."
    ),
    "program_alike": N_(
        "등록되지 않은 과정입니다: %(given)s. 혹시 ‘%(alike)s’입니까? 등록된 이름으로 적거나, 새 과정이면 과정을 먼저 등록해 주십시오."
    ),
    "program_name_taken": N_("같은 이름의 과정이 다른 ID(%(other)s)로 이미 있습니다."),
    "cohort_number_taken": N_("같은 과정의 %(given)s기가 다른 ID(%(other)s)로 이미 있습니다."),
    "cohort_missing": N_("과정 ‘%(program)s’에는 기수가 여럿입니다. 기수를 적어 주십시오."),
    "cohort_shape": N_("기수로 읽을 수 없습니다: %(given)s. 1기 또는 1차와 같이 적어 주십시오."),
    "cohort_without_program": N_("어느 과정의 기수인지 알 수 없습니다. 과정을 함께 적어 주십시오."),
    "opening_ambiguous": N_("같은 이름의 공고가 %(count)s건입니다. 공고번호나 근무지를 적어 주십시오."),
    "opening_has_referrals": N_("진행 중인 알선이 있는 공고는 외부 공고로 바꿀 수 없습니다."),
    "url_shape": N_("%(given)s: http:// 또는 https://로 시작하는 공고 주소를 적어 주십시오."),
    "opening_of_other_company": N_("공고 %(given)s은(는) 다른 기업의 공고입니다. 기업명을 확인해 주십시오."),
    "seats_below_taken": N_("이미 %(taken)s명이 채용되어 그보다 적게 적을 수 없습니다."),
    "conversion_seats_above_seats": N_("전환 예정 인원이 모집인원(%(seats)s명)보다 많습니다."),
    "skill_name_missing": N_("기술 이름을 한국어나 영어로 적어 주십시오."),
    "consent_to_come": N_("%(day)s은(는) 아직 오지 않은 날입니다. 동의서를 받은 날을 적어 주십시오."),
    "consent_document_missing": N_("동의서 문안이 등록되어 있지 않습니다."),
    "edition_unknown": N_("동의서 %(given)s판은 등록된 문안이 아닙니다. 등록된 판: %(editions)s"),
    # warnings
    "column_dropped": N_("알 수 없는 열이라 저장하지 않았습니다."),
    "program_created": N_("새 과정: ‘%(program)s’"),
    "cohort_created": N_("새 기수: ‘%(program)s’ %(number)s기"),
    "consent_stands": N_("이미 %(day)s에 받은 동의가 기록되어 있어 그대로 두었습니다."),
    "consent_withdrawn": N_("%(day)s에 동의를 철회한 사람이라 그 전의 동의서는 기록하지 않았습니다."),
    "counselor_unknown": N_("상담사 ‘%(given)s’의 계정이 없어 담당 상담사를 비워 두었습니다."),
    "possible_duplicate_person": N_(
        "같은 사람일 수 있습니다: 성명과 연락처가 %(other)s와(과) 같습니다. 합치지 않았습니다."
    ),
    "possible_duplicate_company": N_(
        "같은 기업일 수 있습니다: 이름이 %(other)s(%(company)s)와(과) 같습니다. 합치지 않았습니다."
    ),
    "possible_duplicate_number": N_(
        "같은 기업일 수 있습니다: 사업자등록번호가 %(other)s(%(company)s)와(과) 같습니다. 합치지 않았고, 번호는 먼저 등록된 기업에 남겼습니다."
    ),
    "name_owned_elsewhere": N_("이름 ‘%(given)s’은(는) 이미 %(owner)s의 이름이라 그대로 두었습니다."),
    "seats_unsaid": N_("모집인원 ‘%(given)s’은(는) 정해지지 않은 것으로 보았습니다."),
    "opening_closed_before": N_("마감일(%(day)s)이 지났습니다."),
    "offer_day_assumed": N_("전환 제의일이 없어 %(day)s로 보았습니다."),
    "contract_day_assumed": N_("정규직 시작일이 없어 %(day)s로 보았습니다."),
    "not_converted_read_as": N_("‘미전환’은 제의일이 있으면 기한이 지난 제의로, 없으면 미제의로 보았습니다."),
}
_PLACED = {
    (True, True): N_("%(row)s행 [%(column)s] %(text)s"),
    (True, False): N_("%(row)s행 %(text)s"),
    (False, True): N_("[%(column)s] %(text)s"),
}
_RESULT = N_("읽음 %(read)s · 새로 등록 %(created)s · 변경 %(changed)s · 변경 없음 %(unchanged)s · 오류 %(refused)s")
_BESIDE = {
    "company": N_("함께 등록한 기업 %(count)s"),
    "program": N_("함께 등록한 과정 %(count)s"),
    "cohort": N_("함께 등록한 기수 %(count)s"),
    "session": N_("함께 등록한 회차 %(count)s"),
    "consent": N_("함께 기록한 동의 %(count)s"),
}
_NOT_STORED = {True: N_("오류가 있어 아무것도 저장하지 않았습니다."), False: N_("확인만 했고 저장하지 않았습니다.")}


def describe_code(code: str, values: dict[str, Any]) -> str:
    """The sentence of a code; a code without one says that the value cannot be used."""
    sentence = SENTENCES.get(code, SENTENCES["value_odd"])
    known = {"given": "-", "choices": values.get("expected", values.get("limit", "-")), "limit": "-", **values}
    return _(sentence, **known)


def describe_problem(problem: Problem) -> str:
    """One line: row, column, what is wrong and what would be right."""
    text = describe_code(problem.code, problem.values)
    place = _PLACED.get((problem.row is not None, bool(problem.column)))
    return _(place, row=problem.row, column=problem.column, text=text) if place else text


def describe_report(report: ImportReport) -> list[str]:
    """What was done, in lines for a person: counts, what was made beside, and whether it was kept."""
    counts = {name: f"{getattr(report, name):,}" for name in ("read", "created", "changed", "unchanged", "refused")}
    lines = [_(_RESULT, **counts)]
    lines += [_(_BESIDE[what], count=f"{count:,}") for what, count in report.beside.items()]
    return lines if report.stored else [*lines, _(_NOT_STORED[bool(report.errors)])]


def report_as_json(report: ImportReport) -> dict[str, Any]:
    """The report as plain values, each problem with its sentence."""
    counts = {
        name: getattr(report, name) for name in ("kind", "read", "created", "changed", "unchanged", "refused", "stored")
    }
    return {
        **counts,
        "beside": report.beside,
        "errors": [_plain(problem) for problem in report.errors],
        "warnings": [_plain(problem) for problem in report.warnings],
    }


def _plain(problem: Problem) -> dict[str, Any]:
    return {
        "row": problem.row,
        "column": problem.column,
        "code": problem.code,
        "text": describe_code(problem.code, problem.values),
    }
