"""Decides what the words of an outcomes sheet mean: what was offered, how it ended, and what a dated line tells."""

from datetime import date
from enum import StrEnum

from matching.normalise import fold
from placement.importing.cells import one_of, read_day, read_text, read_yes
from placement.importing.grids import Cell
from placement.importing.problems import CellRefused


class Decision(StrEnum):
    """How an offer of conversion ended."""

    STARTED = "started"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    NOT_OFFERED = "not_offered"
    NOT_CONVERTED = "not_converted"
    PENDING = "pending"


class Fact(StrEnum):
    """What one dated line tells."""

    INTERNSHIP = "internship"
    INTERNSHIP_END = "internship_end"
    EARLY_END = "early_end"
    OFFER = "offer"
    ACCEPT = "accept"
    DECLINE = "decline"
    NOT_OFFERED = "not_offered"
    WITHDRAW = "withdraw"
    CONVERSION = "conversion"
    HIRE = "hire"
    LEAVE = "leave"


_DECISIONS = {
    "전환": Decision.STARTED,
    "전환 완료": Decision.STARTED,
    "정규직 전환": Decision.STARTED,
    "정규직": Decision.STARTED,
    "converted": Decision.STARTED,
    "예": Decision.STARTED,
    "Y": Decision.STARTED,
    "O": Decision.STARTED,
    "수락": Decision.ACCEPTED,
    "승낙": Decision.ACCEPTED,
    "동의": Decision.ACCEPTED,
    "거절": Decision.DECLINED,
    "본인 거절": Decision.DECLINED,
    "고사": Decision.DECLINED,
    "포기": Decision.DECLINED,
    "본인 포기": Decision.DECLINED,
    "철회": Decision.WITHDRAWN,
    "기업 철회": Decision.WITHDRAWN,
    "취소": Decision.WITHDRAWN,
    "withdrawn_by_employer": Decision.WITHDRAWN,
    "기한 만료": Decision.EXPIRED,
    "만료": Decision.EXPIRED,
    "무응답": Decision.EXPIRED,
    "미제의": Decision.NOT_OFFERED,
    "제의 없음": Decision.NOT_OFFERED,
    "제의 안함": Decision.NOT_OFFERED,
    "해당 없음": Decision.NOT_OFFERED,
    "no offer": Decision.NOT_OFFERED,
    "none": Decision.NOT_OFFERED,
    "미전환": Decision.NOT_CONVERTED,
    "전환 불가": Decision.NOT_CONVERTED,
    "전환 안됨": Decision.NOT_CONVERTED,
    "아니오": Decision.NOT_CONVERTED,
    "N": Decision.NOT_CONVERTED,
    "X": Decision.NOT_CONVERTED,
    "미정": Decision.PENDING,
    "결정 전": Decision.PENDING,
    "검토 중": Decision.PENDING,
    "진행 중": Decision.PENDING,
    "대기": Decision.PENDING,
}
_FACTS = {
    "인턴": Fact.INTERNSHIP,
    "인턴 시작": Fact.INTERNSHIP,
    "인턴십": Fact.INTERNSHIP,
    "intern": Fact.INTERNSHIP,
    "인턴 종료": Fact.INTERNSHIP_END,
    "인턴 수료": Fact.INTERNSHIP_END,
    "인턴 중도종료": Fact.EARLY_END,
    "중도종료": Fact.EARLY_END,
    "중도퇴사": Fact.EARLY_END,
    "전환 제의": Fact.OFFER,
    "정규직 전환 제의": Fact.OFFER,
    "제의": Fact.OFFER,
    "전환 제안": Fact.OFFER,
    "수락": Fact.ACCEPT,
    "전환 수락": Fact.ACCEPT,
    "거절": Fact.DECLINE,
    "전환 거절": Fact.DECLINE,
    "미제의": Fact.NOT_OFFERED,
    "제의 없음": Fact.NOT_OFFERED,
    "철회": Fact.WITHDRAW,
    "제의 철회": Fact.WITHDRAW,
    "전환": Fact.CONVERSION,
    "정규직 전환": Fact.CONVERSION,
    "전환 완료": Fact.CONVERSION,
    "취업": Fact.HIRE,
    "입사": Fact.HIRE,
    "employment": Fact.HIRE,
    "퇴사": Fact.LEAVE,
    "퇴직": Fact.LEAVE,
}

_decision_of = one_of(_DECISIONS)
_fact_of = one_of(_FACTS)


def read_decision(cell: Cell) -> Decision:
    """수락, 거절, 전환, 미제의 …"""
    return Decision(str(_decision_of(cell)))


def read_fact(cell: Cell) -> Fact:
    """인턴, 전환 제의, 전환, 취업 …"""
    return Fact(str(_fact_of(cell)))


def read_offer(cell: Cell) -> date | bool:
    """The day of the offer, or whether there was one where the sheet says only that."""
    if isinstance(cell, bool) or (isinstance(cell, str) and fold(cell) in ("제의", "제의함", "미제의")):
        return cell if isinstance(cell, bool) else fold(cell) != "미제의"
    try:
        return read_day(cell)
    except CellRefused as refused:
        try:
            return read_yes(read_text(cell))
        except CellRefused:
            raise refused from None
