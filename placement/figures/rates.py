"""Decides the three rates of internships that the office reports, each with its denominator and interval."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from sqlmodel import Session, col, select

from placement.figures.internships import Internship, internships
from placement.figures.intervals import percent_text, wilson_interval
from placement.models import Program
from placement.texts import N_

RULE = "SEOCHO_SIMPLE"


class UnknownProgramError(LookupError):
    """No program has this key; `code` names the sentence, `key` what was asked for."""

    code = "unknown_program"

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


@dataclass(frozen=True)
class Rate:
    """One figure. `program` is a program's key, None for all together; `rate`, `low`, `high` are 0..1.

    `unknown` counts those whose answer is not known, inside the denominator or outside; `rate`, `low` and `high` are
    None and `percent` is "-" without a denominator. `low` and `high` carry three decimals.
    """

    name: str
    label: str
    program: str | None
    cohort: str | None
    rule: str
    numerator: int
    denominator: int
    unknown: int
    rate: float | None
    percent: str
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Question:
    """What a rate asks of each internship: whether it concerns it, whether it is answered, and whether with yes."""

    name: str
    label: str
    concerns: Callable[[Internship], bool]
    is_answered: Callable[[Internship], bool]
    is_yes: Callable[[Internship], bool]


QUESTIONS = (
    Question(
        "offer_rate_of_interns",
        N_("전환 제의율"),
        concerns=lambda internship: True,
        is_answered=lambda internship: internship.is_offered or internship.is_decided,
        is_yes=lambda internship: internship.is_offered,
    ),
    Question(
        "acceptance_rate_of_offers",
        N_("제의 대비 전환율"),
        concerns=lambda internship: internship.is_offered,
        is_answered=lambda internship: internship.is_decided,
        is_yes=lambda internship: internship.is_converted,
    ),
    Question(
        "conversion_rate_of_interns",
        N_("정규직 전환율"),
        concerns=lambda internship: True,
        is_answered=lambda internship: internship.is_decided,
        is_yes=lambda internship: internship.is_converted,
    ),
)


def rates(session: Session, *, as_of: date, known_at: datetime | None = None, program: str | None = None) -> list[Rate]:
    """The three rates of all programs together, then of each program; only of `program` when it is given.

    They come out of the event log alone: what had happened by `as_of`, as typed by `known_at` (None: now), without
    the moves that were undone. Sets (rule SEOCHO_SIMPLE: nobody is excluded):

    - *interns*: internships that began and are not "did not start"; *offers*: those of them that were ever offered;
      *converted*: regular contract started and not fallen through.
    - Whether there is an offer is answered by the offer, or by an end without one. Whether it led to a regular job is
      answered by started, fallen through, declined, expired, withdrawn or not offered.
    - An unanswered one stays out of the denominator until 30 days after the internship's end; from that day it is
      inside, as not (yet) a yes. It is counted in `unknown` both times.

    Raises UnknownProgramError.
    """
    keys = list(session.exec(select(Program.key).order_by(col(Program.id))))
    if program is not None and program not in keys:
        raise UnknownProgramError(program)
    everyone = internships(session, as_of=as_of, known_at=known_at)
    groups = [None, *keys] if program is None else [program]
    return [
        _rate(question, key, [one for one in everyone if key is None or one.program == key], as_of)
        for key in groups
        for question in QUESTIONS
    ]


def _rate(question: Question, program: str | None, group: Iterable[Internship], as_of: date) -> Rate:
    concerned = [one for one in group if question.concerns(one)]
    answered = [one for one in concerned if question.is_answered(one)]
    late = [one for one in concerned if not question.is_answered(one) and one.is_late(as_of)]
    numerator, denominator = sum(map(question.is_yes, answered)), len(answered) + len(late)
    low, high = wilson_interval(numerator, denominator) or (None, None)
    return Rate(
        name=question.name,
        label=question.label,
        program=program,
        cohort=None,
        rule=RULE,
        numerator=numerator,
        denominator=denominator,
        unknown=len(concerned) - len(answered),
        rate=numerator / denominator if denominator else None,
        percent=percent_text(numerator, denominator),
        low=_thousandth(low),
        high=_thousandth(high),
    )


def _thousandth(value: float | None) -> float | None:
    return None if value is None else float(Decimal(str(value)).quantize(Decimal("0.001"), ROUND_HALF_UP))
