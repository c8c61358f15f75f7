"""Decides how random people and openings look: few values, so that they meet, tie and clash often."""

from datetime import date, timedelta

from hypothesis import strategies as st

from matching import CandidateProfile, CandidateSkill, OpeningProfile, Requirement, Skill, Vocabulary

VOCABULARY = Vocabulary(
    [
        Skill("label", ("데이터 라벨링", "Data labeling")),
        Skill("box", ("바운딩박스", "Bounding box"), broader="label", related=("poly",)),
        Skill("poly", ("폴리곤 라벨링", "Polygon annotation"), broader="label"),
        Skill("js", ("자바스크립트", "JavaScript")),
        Skill("react", ("리액트", "React"), broader="js"),
        Skill("excel", ("엑셀", "Excel"), everyday=True),
        Skill("cert1", ("컴활 1급",)),
        Skill("cert2", ("컴활 2급",)),
    ]
)
SKILLS = [
    *("label", "바운딩박스", "Bounding box", "폴리곤 라밸링", "폴리곤", "JavaScript", "React", "엑셀 중급", "컴활 1급", "컴활 2급"),
    *("콘텐츠 편집기", "콘텐츠 편집", "HTML/CSS", "C++", "Kubernetes", "Kubernets"),
]  # fmt: skip
TITLES = ["데이터 라벨러", "라벨링 검수자 (재택)", "프론트엔드 개발자", "Backend Developer", "엑셀 사무보조"]
REGIONS = ["서울", "서초구", "서울 서초구 양재동", "판교", "경기", "재택"]
TYPES = ["정규직", "인턴", "freelance"]
levels = st.none() | st.integers(1, 4)
days = st.none() | st.integers(0, 3).map(lambda n: date(2020, 12, 1) + timedelta(days=n))
pays = st.none() | st.integers(0, 3).map(lambda n: n * 1_000_000)


def some(values: list[str], most: int = 3) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(values), max_size=most, unique=True)


@st.composite
def candidates(draw: st.DrawFn, key: str = "c") -> CandidateProfile:
    skills = [CandidateSkill(s, draw(levels)) for s in draw(some(SKILLS, 6))]
    return CandidateProfile(
        key,
        skills,
        wanted_titles=draw(some(TITLES, 2)),
        regions=draw(some(REGIONS, 2)),
        remote=draw(st.sampled_from(["any", "any", "remote", "hybrid", "office"])),
        available_on=draw(days),
        employment_types=draw(some(TYPES, 2)),
        pay_min=draw(pays),
    )


@st.composite
def openings(draw: st.DrawFn, key: str = "o") -> OpeningProfile:
    requirements = [
        Requirement(s, draw(levels), draw(st.integers(0, 4)) == 0, draw(st.sampled_from([1.0, 2.0, 0.3])))
        for s in draw(some(SKILLS, 5))
    ]
    return OpeningProfile(
        key,
        draw(st.sampled_from(["", *TITLES])),
        requirements,
        region=draw(st.none() | st.sampled_from(REGIONS)),
        remote=draw(st.sampled_from(["office", "hybrid", "remote"])),
        starts_on=draw(days),
        employment_type=draw(st.none() | st.sampled_from(TYPES)),
        pay_max=draw(pays),
        seats=draw(st.integers(0, 2)),
    )


@st.composite
def cohorts(draw: st.DrawFn, people: int = 6, posts: int = 5) -> tuple[list[CandidateProfile], list[OpeningProfile]]:
    some_people = [draw(candidates(f"c{n}")) for n in range(draw(st.integers(1, people)))]
    return some_people, [draw(openings(f"o{n}")) for n in range(draw(st.integers(1, posts)))]
