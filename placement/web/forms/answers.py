"""Decides how an answer through a link is typed: one button, and at most one thing more."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, NamedTuple

from employers.checking import has_resident_number
from employers.moves import Refusal
from placement.enums import (
    CompanyReason,
    ConversionReason,
    ConversionWish,
    GraduateReason,
    LinkPurpose,
    NextStep,
    PlacementReason,
    Side,
)
from placement.links import OFFERS, OpenLink
from placement.models.papers import SCALES
from placement.states import MoveRefused, machine_of
from placement.texts import _, label
from placement.web.forms.fields import RESIDENT_NUMBER_SEEN

Form = Mapping[str, str]
SCORES = ("1", "2", "3", "4", "5")
WEEKS_TO_WAIT = (1, 2, 4)
REFUSING = tuple(r for r in GraduateReason if r not in (GraduateReason.NO_CONSENT, GraduateReason.DROPPED_OUT))


# Whose reasons they are: a graduate does not decline for want of a vacancy, nor a company for studies.
LEAVING = tuple(r for r in ConversionReason if r not in (ConversionReason.PERFORMANCE, ConversionReason.NO_VACANCY))
KEEPING_NOBODY = (
    *(ConversionReason.PERFORMANCE, ConversionReason.NO_VACANCY),
    *(ConversionReason.CONDITIONS_DIFFER, ConversionReason.OTHER),
)


class AnswerOdd(Exception):
    """Something is missing or odd; the message is one sentence for the page."""


class Said(NamedTuple):
    """What was pressed (`word`), the move that it is, and what the move takes."""

    word: str
    name: str
    reason: str | None = None
    note: str | None = None
    given: dict[str, Any] = {}


Reader = Callable[[Form, date], Said]


def pressed(name: str, **given: Any) -> Reader:
    """A button that says it all."""
    return lambda _form, _today: Said(name, name, given=given)


def reasoned(name: str, codes: tuple[StrEnum, ...]) -> Reader:
    """A button a reason."""

    def read(form: Form, _today: date) -> Said:
        if form.get("reason") not in codes:
            raise AnswerOdd(_("사유를 선택해 주십시오."))
        return Said(name, name, reason=form["reason"])

    return read


def read_hold(form: Form, today: date) -> Said:
    """Until a day to come."""
    until = read_day(form.get("until", ""))
    if until is None or until <= today:
        raise AnswerOdd(_("오늘보다 뒤의 날짜를 적어 주십시오."))
    return Said("hold", "hold", given={"until": until})


def read_times(form: Form, today: date) -> Said:
    """Interest, with one or two times (in Seoul) at which an interview would suit."""
    times = [read_time(form.get(name, "")) for name in ("first_time", "second_time") if form.get(name)]
    good = [time for time in times if time is not None and time.date() > today]
    if not good or len(good) != len(times):
        raise AnswerOdd(_("내일부터의 날짜와 시각을 적어 주십시오."))
    told = ", ".join(f"{time:%Y-%m-%d %H:%M}" for time in good)
    return Said("propose_times", "show_interest", note=_("면접 가능 시간: %(times)s", times=told))


def read_left(form: Form, today: date) -> Said:
    """Left on a day that has come, by whose wish and why."""
    left_on, left_by = read_day(form.get("left_on", "")), form.get("left_by", "")
    if left_on is None or left_on > today:
        raise AnswerOdd(_("그만둔 날을 오늘까지의 날짜로 적어 주십시오."))
    if left_by not in list(Side):
        raise AnswerOdd(_("누구의 뜻이었는지 골라 주십시오."))
    if form.get("reason") not in list(PlacementReason):
        raise AnswerOdd(_("사유를 선택해 주십시오."))
    given = {"is_employed": False, "left_on": left_on, "left_by": left_by, "reason": form["reason"]}
    return Said("left", "record_leaving", given=given)


def read_conversion_offer(form: Form, today: date) -> Said:
    """An offer of a regular job with its terms, and until when it stands."""
    terms, expires_on = read_words(form, "terms", 1000), read_day(form.get("expires_on", ""))
    if not terms:
        raise AnswerOdd(_("급여와 근무 시작일 등 정규직 조건을 적어 주십시오."))
    if form.get("expires_on") and (expires_on is None or expires_on <= today):
        raise AnswerOdd(_("답변 기한을 내일부터의 날짜로 적어 주십시오."))
    return Said("offer", "offer", given={"terms": terms, "expires_on": expires_on})


def read_conversion_decline(form: Form, today: date) -> Said:
    """No to a regular job, why, and perhaps what comes next."""
    said = reasoned("decline", REASONS[LinkPurpose.CONVERSION_ANSWER])(form, today)
    next_step = form.get("next_step", "")
    return said._replace(given={"next_step": next_step}) if next_step in list(NextStep) else said


def read_day(text: str) -> date | None:
    """A day as a date field sends it, or None."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def read_time(text: str) -> datetime | None:
    """A day and time as a field sends them, or None."""
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return None


def read_signature(form: Form, _today: date) -> Said:
    """A typed name under the words that were shown, and a tick."""
    signer, position = read_words(form, "signer", 100), read_words(form, "position", 100)
    if not signer:
        raise AnswerOdd(_("성명을 적어 주십시오."))
    if form.get("agreed") != "yes":
        raise AnswerOdd(_("협약서를 읽고 서명한다는 칸에 표시해 주십시오."))
    return Said("sign", "sign", given={"signer": signer, "position": position, "shown": form.get("shown", "")})


def read_assessment(form: Form, _today: date) -> Said:
    """Five scores from 1 to 5, the company's wish, a few words, and who says so."""
    scores = {scale: form.get(scale, "") for scale in SCALES}
    if any(score not in SCORES for score in scores.values()):
        raise AnswerOdd(_("다섯 항목에 모두 1점부터 5점까지의 점수를 골라 주십시오."))
    wish = form.get("conversion_wish", "")
    if wish not in list(ConversionWish):
        raise AnswerOdd(_("정규직 전환 의향을 골라 주십시오."))
    who, comment = read_words(form, "answered_by", 100), read_words(form, "comment", 1000)
    if not who:
        raise AnswerOdd(_("성명을 적어 주십시오."))
    said = {scale: int(score) for scale, score in scores.items()}
    return Said("assess", "answer", given={**said, "comment": comment, "conversion_wish": wish, "answered_by": who})


def read_contradiction(form: Form, _today: date) -> Said:
    """An intern's own words."""
    words = read_words(form, "contradiction", 1000)
    if not words:
        raise AnswerOdd(_("다른 의견의 내용을 적어 주십시오."))
    return Said("contradict", "contradict", given={"contradiction": words})


def read_words(form: Form, name: str, most: int) -> str | None:
    """Free words of at most so many signs, without a resident number."""
    words = form.get(name, "").replace("\r\n", "\n").strip()
    if len(words) > most:
        raise AnswerOdd(_("너무 긴 내용이 있습니다. 줄여서 다시 적어 주십시오."))
    if has_resident_number(words):
        raise AnswerOdd(str(RESIDENT_NUMBER_SEEN))
    return words or None


REASONS: dict[str, tuple[StrEnum, ...]] = {
    LinkPurpose.COMPANY_ANSWER: tuple(CompanyReason),
    LinkPurpose.OFFER_ANSWER: REFUSING,
    LinkPurpose.CONVERSION_ANSWER: LEAVING,
    LinkPurpose.CONVERSION_OFFER: KEEPING_NOBODY,
    LinkPurpose.RETENTION: tuple(PlacementReason),
}
READERS: dict[str, dict[str, Reader]] = {
    LinkPurpose.CONSENT: {"consent": pressed("consent"), "refuse_consent": pressed("refuse_consent")},
    LinkPurpose.COMPANY_ANSWER: {
        "show_interest": pressed("show_interest"),
        "propose_times": read_times,
        "hold": read_hold,
        "decline": reasoned("decline", REASONS[LinkPurpose.COMPANY_ANSWER]),
    },
    LinkPurpose.OFFER_ANSWER: {
        "accept": pressed("accept"),
        "refuse_offer": reasoned("refuse_offer", REASONS[LinkPurpose.OFFER_ANSWER]),
    },
    LinkPurpose.CONVERSION_ANSWER: {
        "accept": pressed("accept"),
        "decline": read_conversion_decline,
    },
    LinkPurpose.CONVERSION_OFFER: {
        "offer": read_conversion_offer,
        "not_offer": reasoned("not_offer", REASONS[LinkPurpose.CONVERSION_OFFER]),
    },
    LinkPurpose.RETENTION: {
        "employed": pressed("employed", is_employed=True, is_same_employer=True),
        "elsewhere": pressed("elsewhere", is_employed=True, is_same_employer=False),
        "left": read_left,
    },
    LinkPurpose.SIGNING: {"sign": read_signature},
    LinkPurpose.COSIGNING: {"sign": read_signature},
    LinkPurpose.ASSESSMENT: {"assess": read_assessment},
    LinkPurpose.ASSESSMENT_REPLY: {
        "seen": lambda _form, _today: Said("seen", "accept"),
        "contradict": read_contradiction,
    },
}


def read_answer(opened: OpenLink, form: Form, today: date) -> Said:
    """What was pressed. Raises AnswerOdd; MoveRefused (not_allowed) for a word that this link does not have."""
    word = form.get("answer", "")
    if not word:
        raise AnswerOdd(_("답을 하나 눌러 주십시오."))
    reader = READERS.get(opened.link.purpose, {}).get(word)
    if reader is None:
        raise MoveRefused(Refusal("not_allowed"))
    said = reader(form, today)
    if opened.link.purpose not in OFFERS:
        return said
    return said._replace(given={**said.given, "shown": form.get("shown", "")})


def choices_of(opened: OpenLink, today: date) -> dict[str, Any]:
    """The moves that are possible now, and the reasons and days that a page offers."""
    row, reasons = opened.subject.row, REASONS.get(opened.link.purpose, ())
    return {
        "moves": {m.name for m in machine_of(row).moves if row.state in m.sources},
        "reasons": [(code.value, label(code)) for code in reasons],
        "waits": [(weeks, today + timedelta(weeks=weeks)) for weeks in WEEKS_TO_WAIT],
    }
