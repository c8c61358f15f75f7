"""Decides what the demo's people can do and wish for, in the shares of their track."""

from typing import NamedTuple

from employers.enums import EmploymentType
from placement.demo.casting import Dice
from placement.enums import EvidenceKind, RemoteWish
from placement.graduates import SkillInput

Levels = dict[int, float]
UNKNOWN_LEVEL, ODD_SPELLING = 0.08, 0.15


class Trade(NamedTuple):
    """What a track teaches and what its people wish: skills for everyone, skills for some, titles, places of work, pay."""

    core: dict[str, Levels]
    others: tuple[str, ...]
    other_levels: Levels
    titles: tuple[str, ...]
    remote: dict[RemoteWish, float]
    types: tuple[EmploymentType, ...]
    pay: tuple[int, int]


CORE_LABELING: Levels = {1: 15, 2: 50, 3: 30, 4: 5}
OFFICE_WORK: Levels = {1: 10, 2: 40, 3: 40, 4: 10}
CODING: Levels = {1: 20, 2: 45, 3: 28, 4: 7}
LABELING = Trade(
    core={"데이터 라벨링": CORE_LABELING, "바운딩박스": CORE_LABELING, "엑셀": OFFICE_WORK},
    others=(
        "폴리곤 라벨링",
        "이미지 라벨링",
        "텍스트 라벨링",
        "개체명 태깅",
        "감성 태깅",
        "음성 전사",
        "OCR 라벨링",
        "라벨링 검수",
        "데이터 정제",
        "데이터 수집",
        "세그멘테이션",
        "대화 데이터 구축",
        "CVAT",
        "의료 영상 라벨링",
        "자율주행 데이터 라벨링",
        "상품 이미지 라벨링",
        "한글(HWP)",
        "문서 작성",
        "자료 입력",
        "컴퓨터활용능력 2급",
        "타자 능력",
        "한국어 맞춤법",
        "재택근무 수행",
    ),
    other_levels=CORE_LABELING,
    titles=("데이터 라벨러", "라벨링 검수자", "음성 전사 작업자", "자료 입력원", "사무 보조", "데이터 수집 담당"),
    remote={RemoteWish.REMOTE: 30, RemoteWish.HYBRID: 30, RemoteWish.OFFICE: 40},
    types=(EmploymentType.REGULAR, EmploymentType.CONTRACT, EmploymentType.FREELANCE, EmploymentType.PART_TIME),
    pay=(180, 200),
)
BLOCKCHAIN = Trade(
    core={
        "블록체인 이해": {1: 5, 2: 45, 3: 40, 4: 10},
        "체인코드 개발": {1: 30, 2: 50, 3: 18, 4: 2},
        "암호학": {1: 30, 2: 50, 3: 18, 4: 2},
    },
    others=(
        "하이퍼레저 패브릭",
        "솔리디티",
        "스마트컨트랙트 개발",
        "이더리움",
        "합의 알고리즘",
        "디앱 개발",
        "자바",
        "파이썬",
        "자바스크립트",
        "노드JS",
        "리액트",
        "스프링 프레임워크",
        "SQL",
        "깃",
        "리눅스",
        "도커",
        "REST API 개발",
        "정보처리기사",
    ),
    other_levels=CODING,
    titles=("블록체인 개발자", "스마트컨트랙트 개발자", "백엔드 개발자", "프론트엔드 개발자", "블록체인 서비스 기획자"),
    remote={RemoteWish.REMOTE: 10, RemoteWish.HYBRID: 40, RemoteWish.OFFICE: 50},
    types=(EmploymentType.REGULAR, EmploymentType.INTERN, EmploymentType.CONTRACT),
    pay=(220, 260),
)
AI = Trade(
    core={
        "파이썬": {1: 5, 2: 35, 3: 45, 4: 15},
        "머신러닝": {1: 15, 2: 50, 3: 30, 4: 5},
        "SQL": {1: 20, 2: 45, 3: 30, 4: 5},
    },
    others=(
        "딥러닝",
        "판다스",
        "데이터 전처리",
        "데이터 시각화",
        "텐서플로",
        "파이토치",
        "컴퓨터 비전",
        "자연어 처리",
        "챗봇 개발",
        "데이터 분석",
        "통계 기초",
        "인공지능 이해",
        "주피터 노트북",
        "깃",
        "엑셀",
        "파워포인트",
    ),
    other_levels=CODING,
    titles=("데이터 분석가", "머신러닝 엔지니어", "챗봇 개발자", "AI 서비스 기획자"),
    remote={RemoteWish.REMOTE: 10, RemoteWish.HYBRID: 40, RemoteWish.OFFICE: 50},
    types=(EmploymentType.REGULAR, EmploymentType.INTERN, EmploymentType.CONTRACT),
    pay=(220, 250),
)
TRADES = {"L1": LABELING, "L2": LABELING, "B1": BLOCKCHAIN, "A1": AI}

# How people really type: without a space, with a slip, in English, or by a family of spellings.
SPELLINGS = {
    "데이터 라벨링": ("데이타 라벨링", "데이터라벨링", "Data labelling"),
    "바운딩박스": ("바운딩 박스", "bounding box", "바운딩박쓰"),
    "엑셀": ("Excel", "MS 엑셀"),
    "블록체인 이해": ("블럭체인 이해", "블록체인이해"),
    "체인코드 개발": ("체인 코드 개발", "Chaincode"),
    "암호학": ("cryptography",),
    "파이썬": ("Python", "파이선"),
    "머신러닝": ("머신 러닝", "Machine learning"),
    "SQL": ("sql",),
}
REGIONS = {("서울",): 55, ("서초구", "강남구"): 25, ("수도권",): 15, ("전국",): 5}
PROOF = {
    1: (EvidenceKind.COMPLETION,),
    2: (EvidenceKind.COMPLETION, EvidenceKind.COUNSELOR, EvidenceKind.PORTFOLIO),
    3: (EvidenceKind.WORK_RECORD, EvidenceKind.PORTFOLIO),
    4: (EvidenceKind.CAREER,),
}
CERTIFICATES = ("컴퓨터활용능력 2급", "정보처리기사")


def hold_skills(dice: Dice, trade: Trade) -> list[SkillInput]:
    """4 to 14 skills, 8 on average: what everyone learns and a draw of the rest; some are typed oddly."""
    more = dice.sample(trade.others, round(dice.triangular(1, 11, 3)))
    levels = trade.core | dict.fromkeys(more, trade.other_levels)
    held = {skill: _level(dice, shares) for skill, shares in levels.items()}
    odd = dice.choice(list(trade.core)) if dice.is_lucky(ODD_SPELLING) else None
    return [
        SkillInput(
            skill=dice.choice(SPELLINGS[skill]) if skill == odd else skill,
            level=None if skill in CERTIFICATES else level,
            evidence=EvidenceKind.CERTIFICATE if skill in CERTIFICATES else _proof(dice, level),
        )
        for skill, level in held.items()
    ]


def wish(dice: Dice, trade: Trade) -> dict[str, object]:
    """The wishes of one person, as the fields of a graduate."""
    least, regions = dice.randrange(*trade.pay, 5) * 10_000, dice.chosen(REGIONS)
    return {
        "wanted_titles": dice.some(trade.titles, 1, 2),
        "regions": list(regions),
        "remote": dice.chosen(trade.remote),
        "employment_types": [] if dice.is_lucky(0.3) else dice.some(trade.types, 2, len(trade.types)),
        "pay_min": None if dice.is_lucky(0.3) else least,
    }


def _level(dice: Dice, shares: Levels) -> int | None:
    return None if dice.is_lucky(UNKNOWN_LEVEL) else dice.chosen(shares)


def _proof(dice: Dice, level: int | None) -> EvidenceKind | None:
    return dice.choice(PROOF[level]) if level else None
