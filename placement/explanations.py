"""Decides how the engine's reasons are said: its codes and values become sentences, the same for both sides."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import matching
from employers.enums import EmploymentType, RemoteMode
from placement.enums import RemoteWish
from placement.texts import N_, _, describe_day, describe_level, describe_money, label_of

LIMITS = {
    "must": N_("필수 기술"),
    "region": N_("근무지"),
    "remote": N_("근무 방식"),
    "employment_type": N_("고용형태"),
    "pay": N_("급여"),
    "date": N_("시작일"),
}

PARTS = {"skills": N_("기술"), "title": N_("희망 직종"), "remote": N_("근무 방식")}

SENTENCES = {
    "must_absent": N_("필수 기술이 정해져 있지 않습니다."),
    "must_met": N_("필수 기술을 모두 갖추었습니다: %(skills)s"),
    "must_missing": N_("필수 기술이 없습니다: %(missing)s"),
    "must_too_low": N_("필수 기술의 수준이 두 단계 이상 낮습니다: %(too_low)s"),
    "must_missing_and_too_low": N_("필수 기술이 없거나(%(missing)s) 수준이 두 단계 이상 낮습니다(%(too_low)s)."),
    "region_remote": N_("재택 근무이므로 지역 제한이 없습니다."),
    "region_absent": N_("희망 지역 또는 근무지가 적혀 있지 않아 제한하지 않습니다."),
    "region_covered": N_("%(offered)s: 희망 지역 안에 있습니다."),
    "region_outside": N_("%(offered)s: 희망 지역(%(wished)s) 밖에 있습니다."),
    "remote_any": N_("근무 방식에 상관이 없습니다."),
    "remote_met": N_("희망하는 근무 방식과 맞습니다: %(offered)s"),
    "remote_differs": N_("희망은 %(wished)s, 공고는 %(offered)s입니다. 점수만 낮아집니다."),
    "remote_refused": N_("재택만 희망하지만 공고는 %(offered)s입니다."),
    "employment_absent": N_("희망 또는 공고의 고용형태가 적혀 있지 않아 제한하지 않습니다."),
    "employment_met": N_("희망하는 고용형태입니다: %(offered)s"),
    "employment_differs": N_("공고는 %(offered)s, 희망은 %(wished)s입니다."),
    "pay_absent": N_("희망 급여 또는 공고의 급여가 적혀 있지 않아 제한하지 않습니다."),
    "pay_met": N_("희망 급여를 충족합니다: 월 최대 %(offered)s, 희망 월 %(wished)s"),
    "pay_short": N_("희망 급여에 못 미칩니다: 월 최대 %(offered)s, 희망 월 %(wished)s"),
    "date_absent": N_("시작일 또는 근무 가능일이 적혀 있지 않아 제한하지 않습니다."),
    "date_met": N_("근무 가능일(%(wished)s) 뒤에 시작합니다: %(offered)s"),
    "date_early": N_("근무 가능일(%(wished)s)보다 먼저 시작합니다: %(offered)s"),
}

CHANGES = {
    "gain_skill": N_("기술을 더하면 가장 크게 오릅니다: %(skill)s (+%(points).1f점)"),
    "raise_level": N_("수준을 확인하거나 올리면 가장 크게 오릅니다: %(skill)s %(level)s (+%(points).1f점)"),
    "must_missing": N_("이 필수 기술을 갖추거나 우대로 바꾸면 추천될 수 있습니다: %(missing)s"),
    "must_too_low": N_("이 필수 기술의 수준을 올리면 추천될 수 있습니다: %(too_low)s"),
    "must_missing_and_too_low": N_("필수 기술(%(missing)s, %(too_low)s)을 갖추면 추천될 수 있습니다."),
    "region_outside": N_("희망 지역에 근무지를 더하면 추천될 수 있습니다: %(offered)s"),
    "remote_refused": N_("재택 근무가 되면 추천될 수 있습니다."),
    "employment_differs": N_("희망 고용형태를 더하면 추천될 수 있습니다: %(offered)s"),
    "pay_short": N_("희망 급여를 낮추거나 공고의 급여를 올리면 추천될 수 있습니다: %(wished)s → %(offered)s"),
    "date_early": N_("시작일을 늦추거나 근무 가능일을 당기면 추천될 수 있습니다: %(offered)s → %(wished)s"),
    "several_limits": N_("조건 여럿이 함께 바뀌어야 추천될 수 있습니다: %(limits)s"),
}

HOW = {
    "narrower": N_("하위 기술"),
    "exact": N_("같은 이름"),
    "alias": N_("다른 이름"),
    "near": N_("비슷한 말"),
    "related": N_("관련 기술"),
    "missing": N_("없음"),
}


def describe_explanation(why: matching.Explanation, vocabulary: matching.Vocabulary) -> dict[str, Any]:
    """An explanation as plain rows for a page: parts, requirements, limits, and the nearest change as a sentence."""
    return {
        "parts": [{"label": _(PARTS[part.name]), "weight": part.weight, "score": part.score} for part in why.parts],
        "requirements": [_requirement_row(met, vocabulary) for met in why.requirements],
        "limits": [_limit_row(limit, vocabulary) for limit in why.limits],
        "nearest_change": describe_change(why.nearest_change, vocabulary),
    }


def explanation_json(why: matching.Explanation, vocabulary: matching.Vocabulary) -> dict[str, Any]:
    """An explanation in the fields that programs read (`ieum why --json`)."""
    return {
        "score": why.score,
        "eligible": why.eligible,
        "limits": [
            {"name": limit.name, "ok": limit.ok, "text": _say(SENTENCES, limit, vocabulary)} for limit in why.limits
        ],
        "requirements": [_requirement_json(met, vocabulary) for met in why.requirements],
        "parts": [{"name": part.name, "weight": part.weight, "score": part.score} for part in why.parts],
        "nearest_change": describe_change(why.nearest_change, vocabulary),
    }


BRIEF = {
    "met": N_("갖춤 %(skills)s"),
    "unknown": N_("수준 모름 %(skills)s"),
    "partial": N_("일부 %(skills)s"),
    "missing": N_("없음 %(skills)s"),
}
BRIEF_SKILLS = 3


def describe_briefly(why: matching.Explanation, vocabulary: matching.Vocabulary) -> str:
    """An explanation in one line: failing limits, the parts' scores, and which skills are met, partly met or missing."""
    said = [_say(SENTENCES, limit, vocabulary) for limit in why.limits if not limit.ok]
    said += [_("%(part)s %(score).0f점", part=_(PARTS[part.name]), score=part.score) for part in why.parts]
    for status, sentence in BRIEF.items():
        names = [name_of(met.skill, vocabulary) for met in why.requirements if status_of(met) == status]
        if names:
            said.append(_(sentence, skills=_shortened(names)))
    return " · ".join(said) or _("견줄 조건이 없습니다.")


def _shortened(names: list[str]) -> str:
    shown, more = ", ".join(names[:BRIEF_SKILLS]), len(names) - BRIEF_SKILLS
    return _("%(names)s 외 %(count)s개", names=shown, count=more) if more > 0 else shown


def describe_change(change: matching.Change | None, vocabulary: matching.Vocabulary) -> str:
    """The nearest change as one sentence; empty where nothing is left to gain."""
    return "" if change is None else _say(CHANGES, change, vocabulary)


def status_of(met: matching.Met) -> str:
    """met, partial, missing or unknown (the level is)."""
    if met.how == "missing" or not met.ok:
        return "missing"
    if met.how == "related" or met.level.state == "short":
        return "partial"
    return "unknown" if met.level.state == "unknown" else "met"


def name_of(skill: str, vocabulary: matching.Vocabulary) -> str:
    """A skill's shown name: the vocabulary's where it is a key, else the words as typed."""
    return vocabulary.name_of(skill) if skill in vocabulary.skills else skill


def _requirement_row(met: matching.Met, vocabulary: matching.Vocabulary) -> dict[str, Any]:
    met_by = name_of(met.met_by, vocabulary) if met.met_by else ""
    how = "narrower" if met.relation == "narrower" else met.how
    if how == "near":
        # Both words stand on the page, so that a person can say whether they are one.
        met_by = _("%(name)s(%(number)s%% 닮음)", name=met_by, number=round(met.similarity))
    return {
        "label": name_of(met.skill, vocabulary),
        "must": met.must,
        "status": status_of(met),
        "how": how,
        "met_by": met_by,
        "level": _level_text(met.level),
        "said": f"{_(HOW[how])}: {met_by}" if met_by else _(HOW[how]),
    }


def _requirement_json(met: matching.Met, vocabulary: matching.Vocabulary) -> dict[str, Any]:
    return {
        "skill": name_of(met.skill, vocabulary),
        "must": met.must,
        "how": met.how,
        "relation": met.relation,
        "met_by": name_of(met.met_by, vocabulary) if met.met_by else None,
        "similarity": met.similarity,
        "level": {"has": met.level.has, "needs": met.level.needs},
        "points": met.points,
        "possible": met.possible,
        "ok": met.ok,
    }


def _level_text(level: matching.Level) -> str:
    if level.needs is None:
        return describe_level(level.has) if level.has else ""
    has = "-" if level.state == "missing" else describe_level(level.has)
    return _("%(has)s (요구 %(needs)s)", has=has, needs=describe_level(level.needs))


def _limit_row(limit: matching.Limit, vocabulary: matching.Vocabulary) -> dict[str, Any]:
    silent = limit.code.endswith(("_absent", "_any", "_remote"))
    tone = "bad" if not limit.ok else "neutral" if silent else "warn" if limit.code == "remote_differs" else "good"
    return {"label": _(LIMITS[limit.name]), "value": _say(SENTENCES, limit, vocabulary), "tone": tone}


def _say(table: dict[str, str], said: matching.Limit | matching.Change, vocabulary: matching.Vocabulary) -> str:
    return _(
        table[said.code], **{name: _value(said.code, name, value, vocabulary) for name, value in said.values.items()}
    )


def _value(code: str, name: str, value: Any, vocabulary: matching.Vocabulary) -> Any:
    """A value in words, by the limit it belongs to and its place in the sentence."""
    if name == "points":
        return value
    if name == "level":
        return describe_level(value) if value else ""
    if name == "limits":
        return ", ".join(_(LIMITS[limit]) for limit in value)
    if isinstance(value, date):
        return describe_day(value)
    if code.startswith("pay_"):
        return describe_money(value)
    if code.startswith("remote_"):
        return label_of(RemoteWish if name == "wished" else RemoteMode, value)
    if code.startswith("employment_"):
        return ", ".join(label_of(EmploymentType, one) for one in _each(value))
    return ", ".join(name_of(str(one), vocabulary) for one in _each(value)) or "-"


def _each(value: Any) -> Iterable[Any]:
    if value is None:
        return ()
    return value if isinstance(value, tuple | list) else (value,)
