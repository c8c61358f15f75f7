"""Decides how matching is asked for at the terminal: a run, a list, one pair, one skill."""

import sys
import time
from collections.abc import Iterator
from typing import Any

import click
from sqlmodel import Session, col, select

import matching
from employers.models import Opening
from placement import rankings, storing, suggesting
from placement.calendars import today_of
from placement.cli.group import AS_JSON, command, database, fail, group, say_json, settings
from placement.cli.refusing import Misused
from placement.explanations import HOW, describe_briefly, describe_explanation, explanation_json
from placement.models import Cohort, Graduate, MatchRun
from placement.pairs import Pair
from placement.runners import LOCAL, RUNNERS, running_on
from placement.skills import vocabulary_of
from placement.texts import _


@command("match")
@click.option("--cohort", help="기수 번호 / a cohort's key")
@click.option(
    "--runner",
    type=click.Choice(RUNNERS),
    default=LOCAL,
    show_default=True,
    help="계산하는 곳 / where it is computed",
)
@click.option(
    "--top",
    default=suggesting.K,
    show_default=True,
    type=click.IntRange(1, 1000),
    help="한 사람, 한 공고에 몇 건 / how many each",
)
@AS_JSON
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


def run_matching(top: int = suggesting.K, cohort: str | None = None, runner: str = LOCAL) -> dict[str, Any]:
    """Read, match, write; what `ieum match --json` prints."""
    started = time.perf_counter()
    with matching.collector_at_rest():
        run = _run_matching(top, cohort, runner)
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


def _run_matching(top: int, cohort: str | None, runner: str) -> MatchRun:
    # Workers are looked for before anything is read: nothing waits for a network with a transaction open.
    with running_on(runner, settings().dask_address) as works, database().reading() as session:
        cohort_id = None if cohort is None else find_cohort(session, cohort).id
        proposal = suggesting.propose_all(
            session, today=today_of(session, settings().today), k=top, cohort_id=cohort_id, runner=works
        )
    proposal.runner = runner
    with database().transaction(knows_references=True) as session:
        return storing.store(session, proposal)


@command("suggest")
@click.option("--graduate", help="수료생 번호 / a graduate's id")
@click.option("--opening", help="채용공고 번호 / an opening's id")
@AS_JSON
def suggest(graduate: str | None, opening: str | None, as_json: bool) -> None:
    """한 사람 또는 한 공고의 추천을 순서대로 보여 줍니다. / Ranked suggestions with the explanation."""
    if (graduate is None) == (opening is None):
        raise Misused(_("--graduate와 --opening 가운데 하나만 적어 주십시오."), click.get_current_context())
    with database().reading() as session:
        if graduate is not None:
            asked: dict[str, Any] = {"graduate": graduate}
            ranked = rankings.ranked_for_graduate(session, find_graduate(session, graduate))
        else:
            asked = {"opening": opening}
            ranked = rankings.ranked_for_opening(session, find_opening(session, opening or ""))
        reasons = suggesting.explain_pairs(session, [pair_of(row) for row in ranked])
        vocabulary = vocabulary_of(session)
    listed = [_listed(row, reasons[pair_of(row)], vocabulary, for_graduate=graduate is not None) for row in ranked]
    if as_json:
        say_json({**asked, "suggestions": listed})
        return
    for row in ranked:
        name = _name_of_offer(row) if graduate is not None else _name_of_person(row.graduate)
        click.echo(_("%(rank)s위 %(score).1f점  %(name)s", rank=row.rank, score=row.suggestion.score, name=name))
        click.echo(f"    {describe_briefly(reasons[pair_of(row)], vocabulary)}")
    if not ranked:
        click.echo(_("추천이 없습니다. 먼저 ieum match를 실행해 주십시오."))


def _name_of_offer(row: rankings.Ranked) -> str:
    return f"{row.opening.title} · {row.company.name} ({row.opening.key})"


def _name_of_person(graduate: Graduate) -> str:
    return f"{graduate.name} ({graduate.key})" if graduate.name else graduate.key


def pair_of(row: rankings.Ranked) -> Pair:
    """The pair of row ids on a ranked line."""
    return row.suggestion.graduate_id, row.suggestion.opening_id


def _listed(
    row: rankings.Ranked, why: matching.Explanation, vocabulary: matching.Vocabulary, *, for_graduate: bool
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
@AS_JSON
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
    print_explanation(explanation, vocabulary)


def print_explanation(why: matching.Explanation, vocabulary: matching.Vocabulary) -> None:
    """The whole explanation in lines: the score, its parts, the limits, each requirement, the nearest change."""
    view = describe_explanation(why, vocabulary)
    click.echo(_("적합도 %(score).1f점", score=why.score) if why.eligible else _("추천할 수 없는 조합입니다. (0점)"))
    for part in view["parts"]:
        share = _("%(score).1f점 × 비중 %(weight).0f%%", score=part["score"], weight=100 * part["weight"])
        click.echo(f"  {part['label']}: {share}")
    for limit in view["limits"]:
        click.echo(f"  {'✗' if limit['tone'] == 'bad' else '✓'} {limit['label']}: {limit['value']}")
    for row, met in zip(view["requirements"], why.requirements, strict=True):
        points = _("%(points).1f/%(possible).1f점", points=met.points, possible=met.possible)
        said = " · ".join(part for part in (row["said"], row["level"], points) if part)
        weight = _("필수") if met.must else _("우대")
        click.echo(f"  [{weight}] {row['label']}: {said}")
    if view["nearest_change"]:
        click.echo(f"  → {view['nearest_change']}")


@group("skills")
def skills() -> None:
    """기술 어휘를 다룹니다. / The skill vocabulary."""


@command("resolve")
@click.option("--top", default=5, show_default=True, type=click.IntRange(1), help="한 줄에 몇 개 / how many a line")
@AS_JSON
def resolve(top: int, as_json: bool) -> None:
    """한 줄에 기술 하나씩 읽어 어휘에서 가장 가까운 것을 찾습니다. / Best vocabulary entries, a skill a line."""
    with database().reading() as session:
        vocabulary = vocabulary_of(session)
    for line in typed_lines():
        hits = [_spoken(hit, vocabulary) for hit in vocabulary.resolve(line, top)] if line else []
        if as_json:
            say_json({"query": line, "hits": hits})
        else:
            click.echo("\t".join((line, *(_in_words(hit) for hit in hits))))


def _in_words(hit: dict[str, Any]) -> str:
    return f"{hit['name']} ({_(HOW[hit['how']])} {hit['similarity']})"


def typed_lines() -> Iterator[str]:
    """The lines of standard input as they come, an answer for each; bytes that are not UTF-8 become marks."""
    if sys.stdin is None:  # closed by whoever started us
        return
    for line in sys.stdin.buffer:
        yield line.decode("utf-8", errors="replace").strip(" \t\r\n\ufeff")


skills.add_command(resolve)


def _spoken(hit: matching.Hit, vocabulary: matching.Vocabulary) -> dict[str, Any]:
    name = vocabulary.name_of(hit.key)
    return {"key": hit.key, "name": name, "similarity": round(hit.similarity, 1), "how": hit.how}


def find_cohort(session: Session, key: str) -> Cohort:
    """The cohort with this id, or a refusal in one sentence."""
    return _one(session, Cohort, key, _("그런 기수가 없습니다: %(key)s", key=key))


def find_graduate(session: Session, key: str) -> Graduate:
    """The graduate with this id, or a refusal in one sentence."""
    return _one(session, Graduate, key, _("그런 수료생이 없습니다: %(key)s", key=key))


def find_opening(session: Session, key: str) -> Opening:
    """The opening with this id, or a refusal in one sentence."""
    return _one(session, Opening, key, _("그런 채용공고가 없습니다: %(key)s", key=key))


def _one(session: Session, table: Any, key: str, sentence: str) -> Any:
    row = session.exec(select(table).where(col(table.key) == key)).first()
    return row if row is not None else fail(sentence)
