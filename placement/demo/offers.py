"""Decides what the demo's companies look for: titles, skills with levels, and pay of the year 2020."""

from typing import NamedTuple

from employers.enums import EmploymentType, RemoteMode


class Offer(NamedTuple):
    """A kind of opening: asked skills with their level (None: none is named), monthly pay in units of 10,000 won."""

    title: str
    must: dict[str, int | None]
    preferred: dict[str, int | None]
    pay: tuple[int, int]
    most_seats: int = 3


TYPES = {
    "labeling": {
        EmploymentType.CONTRACT: 45,
        EmploymentType.FREELANCE: 25,
        EmploymentType.INTERN: 10,
        EmploymentType.REGULAR: 20,
    },
    "blockchain": {EmploymentType.REGULAR: 60, EmploymentType.INTERN: 25, EmploymentType.CONTRACT: 15},
    "ai": {EmploymentType.REGULAR: 55, EmploymentType.INTERN: 30, EmploymentType.CONTRACT: 15},
}
REMOTE = {
    "labeling": {RemoteMode.REMOTE: 40, RemoteMode.HYBRID: 30, RemoteMode.OFFICE: 30},
    "blockchain": {RemoteMode.REMOTE: 10, RemoteMode.HYBRID: 40, RemoteMode.OFFICE: 50},
    "ai": {RemoteMode.REMOTE: 10, RemoteMode.HYBRID: 40, RemoteMode.OFFICE: 50},
}

LABELING = (
    Offer(
        "이미지 라벨링 작업자(바운딩박스·폴리곤)", {"바운딩박스": 2}, {"폴리곤 라벨링": 2, "CVAT": None}, (184, 205), 20
    ),
    Offer(
        "텍스트 데이터 라벨러(개체명 태깅)",
        {"개체명 태깅": 2},
        {"텍스트 라벨링": 2, "한국어 맞춤법": None},
        (184, 210),
        10,
    ),
    Offer("음성 전사 작업자", {"음성 전사": 2}, {"한국어 맞춤법": None, "타자 능력": None}, (183, 200), 12),
    Offer("데이터 라벨링 검수자", {"라벨링 검수": 3}, {"데이터 라벨링": 3, "꼼꼼함과 집중력": None}, (205, 230)),
    Offer("AI 학습데이터 품질관리 사원", {"라벨링 검수": 2}, {"데이터 품질관리": 2, "엑셀": 3}, (210, 235)),
    Offer("자율주행 영상 라벨러", {"바운딩박스": 2}, {"자율주행 데이터 라벨링": 2, "세그멘테이션": 1}, (190, 215), 15),
    Offer("의료 영상 라벨링 보조", {"이미지 라벨링": 2}, {"의료 영상 라벨링": 1, "의학 용어": 1}, (195, 220)),
    Offer("OCR 데이터 가공 및 자료 입력", {"자료 입력": 2}, {"OCR 라벨링": 2, "엑셀": 2}, (183, 198), 5),
    Offer("상품 이미지 분류 태깅 작업자", {"이미지 라벨링": 1}, {"상품 이미지 라벨링": 1, "엑셀": None}, (183, 198), 8),
    Offer("데이터 수집·정제 담당", {"데이터 수집": 2}, {"데이터 정제": 2, "엑셀 함수": 2}, (190, 215)),
    Offer("챗봇 대화 데이터 작성자", {"대화 데이터 구축": 1}, {"글쓰기": None, "한국어 맞춤법": None}, (184, 200), 6),
    Offer("데이터 구축 프로젝트 사무 보조", {"엑셀": 2}, {"문서 작성": 2, "일정·마감 관리": None}, (185, 205)),
)
BLOCKCHAIN = (
    Offer(
        "하이퍼레저 패브릭 체인코드 개발자(신입)",
        {"체인코드 개발": 2},
        {"하이퍼레저 패브릭": 2, "Go 언어": 1},
        (250, 310),
    ),
    Offer("스마트컨트랙트 개발자(신입)", {"솔리디티": 2}, {"스마트컨트랙트 개발": 2, "이더리움": 2}, (255, 320)),
    Offer("블록체인 백엔드 개발자", {"자바": 2}, {"스프링 프레임워크": 2, "블록체인 이해": 2, "SQL": None}, (250, 300)),
    Offer("디앱 프론트엔드 개발자", {"자바스크립트": 2}, {"리액트": 2, "디앱 개발": 1}, (245, 290)),
    Offer("블록체인 서비스 기획자", {"블록체인 이해": 3}, {"블록체인 서비스 기획": 2, "문서 작성": 2}, (240, 280)),
    Offer("블록체인 노드 운영 담당", {"리눅스": 2}, {"도커": 1, "블록체인 이해": 2}, (240, 285)),
    Offer("분산신원증명 서비스 개발 보조", {"블록체인 이해": 2}, {"분산신원증명": 1, "암호학": 2}, (235, 260)),
    Offer("암호 모듈 개발 보조", {"암호학": 2}, {"C++": 1, "파이썬": 2}, (240, 280)),
    Offer("블록체인 플랫폼 테스트 담당", {"블록체인 이해": 1}, {"소프트웨어 테스트": None, "깃": 1}, (235, 265)),
)
AI = (
    Offer("데이터 분석가(신입)", {"파이썬": 2, "SQL": 2}, {"데이터 시각화": 2, "통계 기초": 2}, (235, 280)),
    Offer("머신러닝 모델 개발자", {"머신러닝": 2}, {"파이썬": 3, "파이토치": 1}, (250, 300)),
    Offer("컴퓨터 비전 개발 보조", {"파이썬": 2}, {"컴퓨터 비전": 2, "오픈CV": 1}, (235, 275)),
    Offer("챗봇 개발자(신입)", {"파이썬": 2}, {"챗봇 개발": 2, "자연어 처리": 2}, (235, 280)),
    Offer("데이터 전처리 담당", {"데이터 전처리": 2}, {"판다스": 2, "SQL": 2}, (220, 260)),
    Offer("AI 서비스 기획 보조", {"인공지능 이해": 2}, {"AI 서비스 기획": None, "파워포인트": 2}, (220, 250)),
)
OFFERS = {"labeling": LABELING, "blockchain": BLOCKCHAIN, "ai": AI}
