"""Decides what every page shows around its content: the reader's menu, who is signed in, the demo's today."""

from typing import Any

from flask import Flask, g, request, url_for
from flask_login import current_user

from placement.calendars import demo_today
from placement.enums import Role
from placement.models import Account
from placement.texts import N_, _, describe_day, label_of, language
from placement.web.doors import reading

# The first line of a reader's menu is the first page; what stands in MORE is rarer and folded under 더 보기.
MENUS: dict[str, tuple[tuple[str, str], ...]] = {
    Role.COUNSELOR: (
        (N_("오늘 할 일"), "counselors.show_today"),
        (N_("수료생"), "counselors.list_graduates"),
        (N_("채용공고"), "counselors.list_openings"),
        (N_("알선 현황"), "referrals.list_referrals"),
        (N_("인턴·취업"), "placements.list_placements"),
        (N_("사후관리"), "aftercare.list_checks"),
        (N_("협약기업"), "companies.list_companies"),
        (N_("배정안"), "allocations.show_slate"),
        (N_("자료 올리기"), "sheets.upload"),
        (N_("기술 이름 확인"), "naming.list_names"),
        (N_("외부 공고 안내"), "guidances.list_guidances"),
        (N_("인수인계"), "hand_overs.choose"),
    ),
    Role.PARTNER: (
        (N_("추천받은 인재"), "candidates.list_candidates"),
        (N_("인턴·전환"), "interns.list_works"),
        (N_("채용공고"), "partners.list_openings"),
        (N_("공고 등록"), "partners.post_opening"),
        (N_("협약"), "agreements.list_own"),
    ),
    Role.MANAGER: (
        (N_("사업 현황"), "managers.show_overview"),
        (N_("수료생"), "counselors.list_graduates"),
        (N_("채용공고"), "counselors.list_openings"),
        (N_("협약기업"), "companies.list_companies"),
        (N_("알선 현황"), "referrals.list_referrals"),
        (N_("인턴·취업"), "placements.list_placements"),
        (N_("사후관리"), "aftercare.list_checks"),
        (N_("배정안"), "allocations.show_slate"),
        (N_("자료 올리기"), "sheets.upload"),
        (N_("기술 이름 확인"), "naming.list_names"),
        (N_("외부 공고 안내"), "guidances.list_guidances"),
        (N_("계정"), "accounts.list_accounts"),
        (N_("인수인계"), "hand_overs.choose"),
    ),
}
MORE = {
    "allocations.show_slate",
    "sheets.upload",
    "naming.list_names",
    "guidances.list_guidances",
    "hand_overs.choose",
    "accounts.list_accounts",
}
# Pages that lie below a line of the menu: views, or whole blueprints.
PAGES_BELOW = {
    "counselors.list_graduates": (
        *("counselors.show_graduate", "courses.show_course", "profiles", "consents"),
        *("aftercare.keep_log", "aftercare.list_outcomes", "guidances.tell_of"),
    ),
    "counselors.list_openings": ("counselors.show_opening", "posting", "guidances.say_external"),
    "referrals.list_referrals": ("referrals", "proposals"),
    "placements.list_placements": ("placements", "papers"),
    "aftercare.list_checks": ("aftercare",),
    "companies.list_companies": ("companies", "agreements"),
    "guidances.list_guidances": ("guidances",),
    "hand_overs.choose": ("hand_overs",),
    "managers.show_overview": ("managers", "courses"),
    "accounts.list_accounts": ("accounts",),
    "candidates.list_candidates": ("candidates",),
    "interns.list_works": ("interns", "papers.list_interns"),
    "partners.list_openings": ("partners",),
}
LINE_ABOVE = {page: line for line, pages in PAGES_BELOW.items() for page in pages}
PARTNERS_OWN = {"agreements.show": "agreements.list_own", "papers.show_assessment": "interns.list_works"}


def frame_pages(app: Flask) -> None:
    """Hand the frame to every template."""
    app.context_processor(frame)


def first_page_of(account: Account) -> str:
    """The address of the page that answers: what must I do today?"""
    return url_for(MENUS[account.role][0][1])


def frame() -> dict[str, Any]:
    """What layouts/base.html asks for; on the page of a broken database only the language."""
    if g.get("is_bare"):
        return {"lang": language(), "menu": [], "signed_in": None, "demo_today": None}
    with reading() as session:
        fixed = demo_today(session)
    account = current_user.account if current_user.is_authenticated else None
    return {
        "lang": language(),
        "menu": menu_of(account) if account else [],
        "signed_in": {"name": account.name, "role_label": label_of(Role, account.role)} if account else None,
        "demo_today": describe_day(fixed) if fixed else None,
    }


def menu_of(account: Account) -> list[dict[str, Any]]:
    """The lines of the account's menu: label, url, whether this is the page ("page") or lies below it, whether it is rarer."""
    lines = MENUS[account.role]
    here = request.endpoint or ""
    above = "" if here in {endpoint for _words, endpoint in lines} else line_above(here, account)
    return [
        {
            "label": _(words),
            "url": url_for(endpoint),
            "current": "page" if here == endpoint else "true" if above == endpoint else "",
            "is_more": endpoint in MORE,
        }
        for words, endpoint in lines
    ]


def line_above(here: str, account: Account) -> str:
    """The line under which a page without a line of its own lies; "" for pages of nobody's, such as the help."""
    own = PARTNERS_OWN if account.company_id else {}
    return own.get(here) or LINE_ABOVE.get(here) or LINE_ABOVE.get(here.split(".")[0], "")
