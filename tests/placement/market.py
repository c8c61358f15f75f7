"""Decides the made-up market of the suggestion tests: a few dozen people and openings, drawn by a seed."""

from datetime import date, timedelta
from random import Random
from typing import Any

from sqlmodel import Session, select

from employers.models import Opening, OpeningRequirement
from placement.models import Graduate, GraduateSkill, MatchRun, Suggestion
from placement.pairs import Pair
from placement.relisting import best
from placement.skills import SkillEntry, store_skills
from placement.states import move
from placement.storing import store
from placement.suggesting import explain_pairs, propose_all, propose_graduate, propose_opening
from tests.placement.cast import DAY, OFFICE, add_company, add_graduate, add_opening, keep

K = 3
SKILLS = ["python", "SQL", "엑셀", "데이터 라벨링", "폴리곤 라벨링", "리액트", "사진 보정", "문서 작성"]
TITLES = ["데이터 라벨러", "백엔드 개발자", "데이터 분석가", "사무 보조"]
REGIONS = ["서울 동작구", "서울 관악구", "서울 영등포구"]
VOCABULARY = [
    SkillEntry(key="python", name_ko="파이썬", name_en="Python"),
    SkillEntry(key="sql", name_en="SQL", related=["python"]),
    SkillEntry(key="polygon", name_ko="폴리곤 라벨링", broader=["labeling"]),
    SkillEntry(key="labeling", name_ko="데이터 라벨링"),
]


class Market:
    """Graduates and openings of one session; `graduates` and `openings` are by row id."""

    def __init__(self, session: Session, *, seed: int = 1, people: int = 24, offers: int = 18) -> None:
        self.session, self.random = session, Random(seed)
        store_skills(session, VOCABULARY)
        self.company = add_company(session)
        self.graduates = [self.graduate() for _ in range(people)]
        self.openings = [self.opening() for _ in range(offers)]

    def graduate(self, **values: Any) -> Graduate:
        wishes = {
            "wanted_titles": self.some(TITLES, 2),
            "regions": self.some(REGIONS, 2),
            "remote": self.random.choice(["any", "any", "remote", "hybrid", "office"]),
            "pay_min": self.random.choice([None, None, 1_800_000, 2_200_000]),
        }
        graduate = add_graduate(self.session, **{**wishes, **values})
        self.teach(graduate)
        return graduate

    def opening(self, **values: Any) -> Opening:
        terms = {
            "title": self.random.choice(TITLES),
            "region": self.random.choice([None, *REGIONS]),
            "remote": self.random.choice(["office", "office", "hybrid", "remote"]),
            "pay_max": self.random.choice([None, 1_900_000, 2_500_000]),
            "closes_on": self.random.choice([None, DAY, DAY + timedelta(days=9)]),
            "seats": 2,
        }
        opening = add_opening(self.session, company=self.company, **{**terms, **values})
        self.ask(opening)
        return opening

    def teach(self, graduate: Graduate) -> None:
        """The graduate's skills, drawn anew."""
        self._renew(GraduateSkill, "graduate_id", graduate.id, lambda: {"level": self.level()})

    def ask(self, opening: Opening) -> None:
        """The opening's requirements, drawn anew."""
        self._renew(
            OpeningRequirement,
            "opening_id",
            opening.id,
            lambda: {"level": self.level(), "must": self.random.random() < 0.3, "weight": 1.0},
        )

    def require(self, opening: Opening, skill: str) -> None:
        """One more requirement, as a must of the highest level."""
        values = {"opening_id": opening.id, "position": 99, "skill": skill, "level": 4, "must": True}
        keep(self.session, OpeningRequirement(**values))

    def level(self) -> int | None:
        return self.random.choice([None, 1, 2, 3, 4])

    def some(self, values: list[str], most: int) -> list[str]:
        return self.random.sample(values, self.random.randint(0, most))

    def run(self, today: date = DAY, **given: Any) -> MatchRun:
        """A whole run."""
        return store(self.session, propose_all(self.session, today=today, k=K, **given))

    def stored(self) -> dict[Pair, tuple[float, bool, str]]:
        """Every suggestion: score, whether every limit holds, state."""
        self.session.flush()
        self.session.expire_all()
        rows = self.session.exec(select(Suggestion))
        return {(s.graduate_id, s.opening_id): (s.score, s.is_eligible, s.state) for s in rows}

    def suggestion(self, pair: Pair) -> Suggestion:
        same = (Suggestion.graduate_id == pair[0], Suggestion.opening_id == pair[1])
        return self.session.exec(select(Suggestion).where(*same)).one()

    def best_pair(self) -> Pair:
        """The pair of the highest score."""
        stored = self.stored()
        return max(stored, key=lambda pair: (stored[pair][0], pair))

    def lists_by_hand(self, graduates: list[Graduate], openings: list[Opening]) -> dict[Pair, float]:
        """The pairs on the K-best list of either side, from the explanations of all pairs."""
        pairs = [(g.id, o.id) for g in graduates for o in openings]
        explained = explain_pairs(self.session, pairs)
        scores = {pair: why.score for pair, why in explained.items() if why.eligible}
        listed: dict[Pair, float] = {}
        for g in graduates:
            row = {o: score for (who, o), score in scores.items() if who == g.id}
            listed |= {(g.id, o): row[o] for o in best(row, K)}
        for o in openings:
            column = {g: score for (g, which), score in scores.items() if which == o.id}
            listed |= {(g, o.id): column[g] for g in best(column, K)}
        return listed

    def graduate_of(self, pair: Pair) -> Graduate:
        return next(graduate for graduate in self.graduates if graduate.id == pair[0])

    def opening_of(self, pair: Pair) -> Opening:
        return next(opening for opening in self.openings if opening.id == pair[1])

    def decide(self, pair: Pair, name: str) -> None:
        """A counselor's word on a suggestion."""
        move(self.session, self.suggestion(pair), name, OFFICE, effective_on=DAY, reason="other")

    def leave(self, graduate: Graduate) -> None:
        move(self.session, graduate, "leave", OFFICE, effective_on=DAY, reason="other")

    def close(self, opening: Opening) -> None:
        move(self.session, opening, "cancel", OFFICE, effective_on=DAY, reason="other")

    def rematch_graduate(self, graduate: Graduate) -> MatchRun:
        return store(self.session, propose_graduate(self.session, graduate.id, today=DAY, k=K))

    def rematch_opening(self, opening: Opening) -> MatchRun:
        return store(self.session, propose_opening(self.session, opening.id, today=DAY, k=K))

    def assert_a_whole_run_would_change_nothing(self) -> None:
        before = self.stored()
        run = self.run()
        assert self.stored() == before
        assert run.changed == 0

    def _renew(self, table: Any, owner: str, owner_id: int | None, more: Any) -> None:
        for row in self.session.exec(select(table).where(getattr(table, owner) == owner_id)):
            self.session.delete(row)
        self.session.flush()
        for position, skill in enumerate(self.some(SKILLS, 3)):
            keep(self.session, table(**{owner: owner_id, "position": position, "skill": skill}, **more()))
