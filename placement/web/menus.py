"""Decides what every page shows around its content: the reader's menu, who is signed in, the demo's today."""

from typing import Any

from flask import Flask, g, request, url_for
from flask_login import current_user

from placement.calendars import demo_today
from placement.enums import Role
from placement.models import Account
from placement.texts import N_, _, describe_day, label_of, language
from placement.web.doors import reading

# The first line of a reader's menu is the first page.
MENUS: dict[str, tuple[tuple[str, str], ...]] = {
    Role.COUNSELOR: (
        (N_("오늘 할 일"), "counselors.show_today"),
        (N_("수료생"), "counselors.list_graduates"),
        (N_("채용공고"), "counselors.list_openings"),
        (N_("알선 현황"), "referrals.list_referrals"),
        (N_("인턴·취업"), "placements.list_placements"),
        (N_("사후관리"), "aftercare.list_checks"),
        (N_("협약기업"), "companies.list_companies"),
        (N_("자료 올리기"), "sheets.upload"),
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
        (N_("자료 올리기"), "sheets.upload"),
        (N_("계정"), "accounts.list_accounts"),
    ),
}


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
    """The lines of the account's menu: label, url, whether this is the page."""
    return [
        {"label": _(words), "url": url_for(endpoint), "current": request.endpoint == endpoint}
        for words, endpoint in MENUS[account.role]
    ]
