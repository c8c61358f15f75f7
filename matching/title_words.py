"""Decides which words of job titles mean the same work, say only the role, or say nothing about the work."""

# One group of words a line; the first stands for all.
_GROUPS = """
프론트엔드 프런트엔드 프론트 frontend fe
백엔드 backend be
풀스택 fullstack
개발자 개발 developer engineer 엔지니어 프로그래머 programmer development engineering
디자이너 디자인 designer design
기획자 기획 planner planning
마케터 마케팅 marketer marketing
분석가 분석 애널리스트 analyst analysis analytics
데이터 data 데이타
라벨러 라벨링 레이블링 어노테이터 어노테이션 annotator annotation labeler labeling labeller labelling
검수자 검수 검수원 인스펙터 reviewer inspector
품질관리자 품질관리 품질 quality qa qc
사무 사무직 사무원 office clerk
행정 행정직 administration administrative
보조 보조원 보조직 어시스턴트 assistant
관리자 관리 매니저 manager management
연구원 연구 리서처 researcher research
강사 강의 튜터 instructor tutor
상담사 상담원 상담 counselor
웹 web
앱 app 모바일 mobile
서버 server
블록체인 blockchain
인공지능 ai
머신러닝 ml
클라우드 cloud
게임 game
보안 security
회계 경리 accounting accountant
총무 서무
번역가 번역 translator translation
편집자 편집 editor editing
운영자 운영 operator operation operations
컨설턴트 컨설팅 consultant consulting
테스터 테스트 tester testing
이미지 image 사진
영상 video 비디오 동영상
음성 audio speech 오디오
텍스트 text
"""
_ROLES = """
개발자 관리자 담당자 담당 작업자 전문가 운영자 연구원 보조 컨설턴트 직원 사원 요원 팀원 리더 팀장 lead leader specialist worker
"""
_NOISE = """
채용 모집 공고 신입 경력 경력직 신입경력 인턴 인턴십 정규직 계약직 재택 재택근무 재택가능 프리랜서 아르바이트 알바 시간제 전환형 채용연계형 체험형 급구 우대 가능 및
    주니어 시니어 미들급 junior senior jr sr mid middle intern internship remote the of and for in 각 부문 분야 팀
    본부 수습 상시 초급 중급 고급 년차 이상 무관 신입가능
"""

CANONICAL = {word: group.split()[0] for group in _GROUPS.strip().splitlines() for word in group.split()}
# Where work of one kind leads, step by step; the words are the first of their groups.
LADDERS = (("라벨러", "검수자", "품질관리자"), ("테스터", "품질관리자"))
# Words that say what kind of post it is, not what is done in it.
ROLES = frozenset(_ROLES.split())
# Words of job ads that say nothing about the work.
NOISE = frozenset(_NOISE.split())
# 검수자 is whoever does 검수: without its ending the vocabulary may know the word.
ROLE_ENDINGS = ("담당자", "작업자", "개발자", "전문가", "자", "원", "가")
# Roles that are often written without a space after the work.
ATTACHED_ROLES = (
    "개발자", "디자이너", "엔지니어", "기획자", "마케터", "분석가", "담당자", "검수자", "라벨러", "매니저", "개발",
)  # fmt: skip
