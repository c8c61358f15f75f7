"""Decides how matching is asked for at the terminal: a run, a list, one pair, one skill."""

import sys
import time
from typing import Any

import click
from sqlmodel import Session, col, select

import matching
from employers.models import Opening
from placement import suggesting
from placement.calendars import today_of
from placement.cli.group import LANG, command, database, fail, say_json, settings
from placement.explanations import describe_explanation, explanation_json
from placement.models import Cohort, Graduate
from placement.skills import vocabulary_of
from placement.texts import _


@command("match")
@click.option("--cohort", help="기수 번호 / a cohort's key")
@click.option("--runner", type=click.Choice(["local"]), default="local", show_default=True)
@click.option("--top", default=suggesting.K, show_default=True, type=click.IntRange(1, 1000))
@click.option("--json", "as_json", is_flag=True)
def match(cohort: str | None, runner: str, top: int, as_json: bool) -> None:
    """수료생과 채용공고를 모두 견주어 추천을 만듭니다. / One matching run."""
    report = run_matching(top, cohort, runner)
    if as_json:
        say_json(report)
        return
    click.echo(
        _(
            "수료생 %(candidates)s명 × 채용공고 %(openings)s건 = %(pairs)s쌍에서 추천 %(suggestions)s건, %(seconds).1f초",
            **{**report, "pairs": f"{report['pairs']:,}", "seconds": report["seconds"]["total"]},
        )
    )


def run_matching(top: int = suggesting.K, cohort: str | None = None, runner: str = "local") -> dict[str, Any]:
    """Read, match, write; what `ieum match --json` prints."""
    started = time.perf_counter()
    with database().reading() as session:
        cohort_id = (
            None if cohort is None else _one(session, Cohort, cohort, _("그런 기수가 없습니다: %(key)s", key=cohort)).id
        )
        proposal = suggesting.propose_all(
            session, today=today_of(session, settings().today), k=top, cohort_id=cohort_id
        )
    with database().transaction() as session:
        run = suggesting.store(session, proposal)
    total = time.perf_counter() - started
    seconds = {name: round(value, 3) for name, value in {**run.seconds, "total": total}.items()}
    return {
        "run": run.id,
        "candidates": run.candidates,
        "openings": run.openings,
        "pairs": run.pairs,
        "suggestions": run.suggestions,
        "seconds": seconds,
        "pairs_per_second": round(run.pairs / max(run.seconds["match"], 1e-9)),
        "runner": runner,
        "engine": run.engine,
    }


@command("suggest")
@click.option("--graduate", help="수료생 번호 / a graduate's id")
@click.option("--opening", help="채용공고 번호 / an opening's id")
@click.option("--json", "as_json", is_flag=True)
def suggest(graduate: str | None, opening: str | None, as_json: bool) -> None:
    """한 사람 또는 한 공고의 추천을 순서대로 보여 줍니다. / Ranked suggestions with the explanation."""
    if (graduate is None) == (opening is None):
        raise click.UsageError(_("--graduate와 --opening 가운데 하나만 주십시오."))
    with database().reading() as session:
        if graduate is not None:
            asked: dict[str, Any] = {"graduate": graduate}
            ranked = suggesting.ranked_for_graduate(session, find_graduate(session, graduate))
        else:
            asked = {"opening": opening}
            ranked = suggesting.ranked_for_opening(session, find_opening(session, opening or ""))
        reasons = suggesting.explain_pairs(session, [pair_of(row) for row in ranked])
        vocabulary = vocabulary_of(session)
    listed = [_listed(row, reasons[pair_of(row)], vocabulary, for_graduate=graduate is not None) for row in ranked]
    if as_json:
        say_json({**asked, "suggestions": listed})
        return
    for row in ranked:
        name = row.opening.title if graduate is not None else row.graduate.name or row.graduate.key
        click.echo(f"{row.rank:>3}  {row.suggestion.score:5.1f}  {name}  ({row.company.name})")
    if not ranked:
        click.echo(_("추천이 없습니다. 먼저 ieum match를 실행해 주십시오."))


def pair_of(row: suggesting.Ranked) -> suggesting.Pair:
    """The pair of row ids on a ranked line."""
    return row.suggestion.graduate_id, row.suggestion.opening_id


def _listed(
    row: suggesting.Ranked, why: matching.Explanation, vocabulary: matching.Vocabulary, *, for_graduate: bool
) -> dict[str, Any]:
    about = (
        {"opening": row.opening.key, "title": row.opening.title, "company": row.company.name}
        if for_graduate
        else {"graduate": row.graduate.key, "name": row.graduate.name}
    )
    explanation = explanation_json(why, vocabulary)
    return {**about, "score": row.suggestion.score, "rank": row.rank, "explanation": explanation}


@command("why")
@click.argument("graduate")
@click.argument("opening")
@click.option("--json", "as_json", is_flag=True)
def why(graduate: str, opening: str, as_json: bool) -> None:
    """이 사람과 이 공고가 왜 맞는지, 왜 안 맞는지 보여 줍니다. / Why (or why not) this pair."""
    with database().reading() as session:
        person, offer = find_graduate(session, graduate), find_opening(session, opening)
        assert person.id is not None and offer.id is not None
        explanation = suggesting.explain_pairs(session, [(person.id, offer.id)])[person.id, offer.id]
        vocabulary = vocabulary_of(session)
    if as_json:
        say_json({"graduate": person.key, "opening": offer.key, **explanation_json(explanation, vocabulary)})
        return
    _print_view(describe_explanation(explanation, vocabulary), explanation.score)


def _print_view(view: dict[str, Any], score: float) -> None:
    click.echo(_("적합도 %(score).1f", score=score))
    for row in view["limits"]:
        click.echo(f"  {row['label']}: {row['value']}")
    for row in view["requirements"]:
        must = _("필수") if row["must"] else _("우대")
        click.echo(f"  [{must}] {row['label']}: {row['said']}")
    if view["nearest_change"]:
        click.echo("  " + view["nearest_change"])


@click.group("skills", params=[LANG])
def skills() -> None:
    """기술 어휘를 다룹니다. / The skill vocabulary."""


@command("resolve")
@click.option("--top", default=5, show_default=True, type=click.IntRange(1, 100))
@click.option("--json", "as_json", is_flag=True)
def resolve(top: int, as_json: bool) -> None:
    """한 줄에 기술 하나씩 읽어 어휘에서 가장 가까운 것을 찾습니다. / Best vocabulary entries, a skill a line."""
    lines = [line.strip() for line in sys.stdin if line.strip()]
    with database().reading() as session:
        vocabulary = vocabulary_of(session)
    for line in lines:
        hits = [_spoken(hit, vocabulary) for hit in vocabulary.resolve(line, top)]
        if as_json:
            say_json({"query": line, "hits": hits})
        else:
            click.echo(f"{line}\t" + "\t".join(f"{h['name']} ({h['how']} {h['similarity']})" for h in hits))


skills.add_command(resolve)


def _spoken(hit: matching.Hit, vocabulary: matching.Vocabulary) -> dict[str, Any]:
    name = vocabulary.name_of(hit.key)
    return {"key": hit.key, "name": name, "similarity": round(hit.similarity, 1), "how": hit.how}


def find_graduate(session: Session, key: str) -> Graduate:
    """The graduate with this id, or a refusal in one sentence."""
    return _one(session, Graduate, key, _("그런 수료생이 없습니다: %(key)s", key=key))


def find_opening(session: Session, key: str) -> Opening:
    """The opening with this id, or a refusal in one sentence."""
    return _one(session, Opening, key, _("그런 채용공고가 없습니다: %(key)s", key=key))


def _one(session: Session, table: Any, key: str, sentence: str) -> Any:
    row = session.exec(select(table).where(col(table.key) == key)).first()
    return row if row is not None else fail(sentence)
