"""Decides what fills a database from the terminal: set-up, demo, files, accounts."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from sqlmodel import Session, col, select

from employers.models import Company
from placement import demo as demo_cast
from placement import importing, moving
from placement.access import office_actor
from placement.accounts import create_account
from placement.calendars import DEMO, today_of
from placement.cli.group import AS_JSON, command, database, database_to_prepare, fail, group, say_json, settings
from placement.cli.refusing import Misused
from placement.cli.wording import AskedTwice
from placement.consents import load_consent_documents
from placement.enums import Role
from placement.importing import KINDS
from placement.models import Graduate, Program, Setting
from placement.people import AccountRefusedError, find_account, hash_password
from placement.skills import load_shipped_vocabulary
from placement.states import MoveRefused
from placement.texts import N_, _, describe_refusal


@command("init")
def init() -> None:
    """데이터베이스를 만들거나 최신으로 올립니다. / Create or migrate the database."""
    prepare_database()
    shown = database_to_prepare().url.render_as_string(hide_password=True)
    click.echo(_("데이터베이스를 준비했습니다: %(url)s", url=shown))


def prepare_database() -> None:
    """Bring the schema up to date, load the shipped vocabulary and consent texts; doing it twice changes nothing."""
    base = database_to_prepare()
    base.migrate()
    with base.transaction() as session:
        load_shipped_vocabulary(session)
        load_consent_documents(session)


def is_empty() -> bool:
    """Whether nobody has put people, companies or a demo in yet."""
    with database().reading() as session:
        found = [session.exec(select(col(table.id)).limit(1)).first() for table in (Graduate, Company, Program)]
        return not any(found) and session.get(Setting, DEMO) is None


@command("import")
@click.argument("kind", type=click.Choice(KINDS))
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="검증만 하고 저장하지 않습니다. / check only, write nothing")
@click.option("--keep-good", is_flag=True, help="틀린 행은 빼고 저장합니다. / store the good rows")
@AS_JSON
def import_file(kind: str, file: Path, dry_run: bool, keep_good: bool, as_json: bool) -> None:
    """사무실의 표를 읽어 저장합니다. / Read a sheet of the office."""
    with database().reading() as session:
        today = today_of(session, settings().today)
    try:
        report = importing.import_file(
            database(),
            kind,
            file,
            today=today,
            dry_run=dry_run,
            keep_good=keep_good,
            progress=importing.bar_on_terminal,
        )
    except importing.FileRefused as refused:
        fail(importing.describe_problem(refused.problem))
    for problem in (*report.warnings, *report.errors):
        click.echo(importing.describe_problem(problem), err=True)
    if as_json:
        say_json(importing.report_as_json(report))
    else:
        click.echo("\n".join(importing.describe_report(report)))
    if report.errors:
        click.get_current_context().exit(1)


@command("demo")
@click.option("--seed", default=2020, show_default=True, help="꾸며 낼 사람들을 정하는 수 / draws the people")
@click.option("--scenario", default="article", show_default=True, help="시나리오 / which demo")
@click.option("--remove", "remove", is_flag=True, help="시연 자료를 모두 지웁니다. / take the demo away")
def demo(seed: int, scenario: str, remove: bool) -> None:
    """시연 자료를 올리거나 지웁니다. / Load the demo, or take it away."""
    if remove:
        with _demo_refusals(), database().transaction() as session:
            demo_cast.remove(session)
        click.echo(_("시연 자료를 모두 지웠습니다."))
        return
    load_demo(seed, scenario)


def load_demo(seed: int = 2020, scenario: str = "article") -> None:
    """Load the demo and say what came."""
    with _demo_refusals(), database().transaction() as session:
        made = demo_cast.load(session, seed=seed, scenario=scenario)
    click.echo(
        _(
            "시연 자료를 올렸습니다: 과정 %(programs)s개, 사람 %(people)s명, 기업 %(companies)s곳, 모집 중 공고 %(openings)s건. "
            "시연용 오늘은 %(today)s입니다.",
            programs=made.programs,
            people=made.people,
            companies=made.companies,
            openings=made.openings,
            today=made.today,
        )
    )


DEMO_REFUSALS = {
    "unknown_scenario": N_("그런 시연 시나리오가 없습니다. 쓸 수 있는 시나리오: article"),
    "demo_exists": N_("시연 자료가 이미 있습니다. 지우려면 ieum demo --remove를 실행해 주십시오."),
    "data_exists": N_("사람, 기업 또는 과정이 이미 있는 데이터베이스에는 시연 자료를 올리지 않습니다."),
    "address_taken": N_("시연 계정과 같은 주소를 쓰는 계정이 이미 있습니다."),
    "no_demo": N_("지울 시연 자료가 없습니다."),
}


@contextmanager
def _demo_refusals() -> Iterator[None]:
    try:
        yield
    except demo_cast.DemoRefusedError as error:
        fail(_(DEMO_REFUSALS[error.code]))


@group("user")
def user() -> None:
    """계정을 다룹니다. / Accounts."""


TERMINAL = "office"
ACCOUNT_REFUSALS = {
    "address_taken": N_("이미 있는 주소입니다."),
    "address_odd": N_("전자우편 주소의 모양이 아닙니다."),
    "password_short": N_("비밀번호는 12자 이상이어야 합니다."),
    "password_long": N_("비밀번호는 200자 이하여야 합니다."),
}


@command("create")
@click.option("--email", required=True, help="로그인할 주소 / the address to sign in with")
@click.option("--name", required=True, help="이름 / name")
@click.option("--role", required=True, type=click.Choice([role.value for role in Role]), help="역할 / role")
@click.option("--company", help="협약기업 담당자의 기업 번호 / a partner's company key")
@click.option("--password", cls=AskedTwice, prompt=True, help="적지 않으면 묻습니다. / asked for when absent")
def create_user(email: str, name: str, role: str, company: str | None, password: str) -> None:
    """계정을 하나 만듭니다. / Make an account."""
    if (role == Role.PARTNER) != (company is not None):
        raise Misused(_("--company는 협약기업 계정에만, 그리고 반드시 적어 주십시오."), click.get_current_context())
    with _account_refusals():
        password_hash = hash_password(password)
        with database().transaction() as session:
            create_account(
                session,
                office_actor(TERMINAL),
                email=email,
                name=name,
                role=role,
                password_hash=password_hash,
                company_id=_company_id(session, company) if company else None,
                today=today_of(session, settings().today),
            )
    click.echo(_("계정을 만들었습니다: %(email)s", email=email))


@command("password")
@click.argument("email")
@click.option("--password", cls=AskedTwice, prompt=True, help="적지 않으면 묻습니다. / asked for when absent")
def set_password(email: str, password: str) -> None:
    """새 비밀번호를 정하고 모든 기기에서 로그아웃합니다. / A new password; signs the account out everywhere."""
    with _account_refusals():
        password_hash = hash_password(password)
        with database().transaction() as session:
            account = find_account(session, email)
            if account is None:
                fail(_("그런 계정이 없습니다: %(email)s", email=email))
            actor, day = office_actor(TERMINAL), today_of(session, settings().today)
            moving.advance(session, account, "new_password", actor, effective_on=day, password_hash=password_hash)
    click.echo(_("새 비밀번호를 정했습니다: %(email)s", email=email))


@contextmanager
def _account_refusals() -> Iterator[None]:
    try:
        yield
    except AccountRefusedError as error:
        fail(_(ACCOUNT_REFUSALS[str(error)]))
    except MoveRefused as refused:
        fail(describe_refusal(refused.refusal))


user.add_command(create_user)
user.add_command(set_password)


def _company_id(session: Session, key: str) -> int:
    found = session.exec(select(Company.id).where(Company.key == key)).first()
    return found if found is not None else fail(_("그런 기업이 없습니다: %(key)s", key=key))
