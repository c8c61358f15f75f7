"""Decides which names of Korean places the engine knows: provinces, cities and districts, well-known quarters."""

# Every province under its names; the value is the unit that all comparisons use.
_PROVINCE_NAMES = {
    "서울": "서울시 서울특별시 seoul",
    "부산": "부산시 부산광역시 busan",
    "대구": "대구시 대구광역시 daegu",
    "인천": "인천시 인천광역시 incheon",
    "광주": "광주시 광주광역시 gwangju",
    "대전": "대전시 대전광역시 daejeon",
    "울산": "울산시 울산광역시 ulsan",
    "세종": "세종시 세종특별자치시 sejong",
    "경기": "경기도 gyeonggi gyeonggi-do",
    "강원": "강원도 강원특별자치도 gangwon",
    "충북": "충청북도 chungbuk",
    "충남": "충청남도 chungnam",
    "전북": "전라북도 전북특별자치도 jeonbuk",
    "전남": "전라남도 jeonnam",
    "경북": "경상북도 gyeongbuk",
    "경남": "경상남도 gyeongnam",
    "제주": "제주도 제주특별자치도 jeju",
}
PROVINCES = {name: unit for unit, names in _PROVINCE_NAMES.items() for name in (unit, *names.split())}

# Words for several provinces at once.
AREAS = {
    "수도권": ("서울", "경기", "인천"),
    "서울경기": ("서울", "경기"),
    "충청": ("충북", "충남", "대전", "세종"),
    "충청권": ("충북", "충남", "대전", "세종"),
    "전라": ("전북", "전남", "광주"),
    "호남": ("전북", "전남", "광주"),
    "호남권": ("전북", "전남", "광주"),
    "경상": ("경북", "경남", "부산", "대구", "울산"),
    "영남": ("경북", "경남", "부산", "대구", "울산"),
    "영남권": ("경북", "경남", "부산", "대구", "울산"),
}

_DISTRICTS = {
    "서울": "종로구 중구 용산구 성동구 광진구 동대문구 중랑구 성북구 강북구 도봉구 노원구 은평구 서대문구 마포구 양천구 강서구 "
    "구로구 금천구 영등포구 동작구 관악구 서초구 강남구 송파구 강동구",
    "부산": "중구 서구 동구 영도구 부산진구 동래구 남구 북구 해운대구 사하구 금정구 강서구 연제구 수영구 사상구 기장군",
    "대구": "중구 동구 서구 남구 북구 수성구 달서구 달성군 군위군",
    "인천": "중구 동구 미추홀구 연수구 남동구 부평구 계양구 서구 강화군 옹진군",
    "광주": "동구 서구 남구 북구 광산구",
    "대전": "동구 중구 서구 유성구 대덕구",
    "울산": "중구 남구 동구 북구 울주군",
    "경기": "수원시 성남시 의정부시 안양시 부천시 광명시 평택시 동두천시 안산시 고양시 과천시 구리시 남양주시 오산시 시흥시 군포시 "
    "의왕시 하남시 용인시 파주시 이천시 안성시 김포시 화성시 광주시 양주시 포천시 여주시 연천군 가평군 양평군",
    "강원": "춘천시 원주시 강릉시 동해시 태백시 속초시 삼척시 홍천군 횡성군 영월군 평창군 정선군 철원군 화천군 양구군 인제군 고성군 양양군",
    "충북": "청주시 충주시 제천시 보은군 옥천군 영동군 증평군 진천군 괴산군 음성군 단양군",
    "충남": "천안시 공주시 보령시 아산시 서산시 논산시 계룡시 당진시 금산군 부여군 서천군 청양군 홍성군 예산군 태안군",
    "전북": "전주시 군산시 익산시 정읍시 남원시 김제시 완주군 진안군 무주군 장수군 임실군 순창군 고창군 부안군",
    "전남": "목포시 여수시 순천시 나주시 광양시 담양군 곡성군 구례군 고흥군 보성군 화순군 장흥군 강진군 해남군 영암군 무안군 함평군 "
    "영광군 장성군 완도군 진도군 신안군",
    "경북": "포항시 경주시 김천시 안동시 구미시 영주시 영천시 상주시 문경시 경산시 의성군 청송군 영양군 영덕군 청도군 고령군 성주군 "
    "칠곡군 예천군 봉화군 울진군 울릉군",
    "경남": "창원시 진주시 통영시 사천시 김해시 밀양시 거제시 양산시 의령군 함안군 창녕군 고성군 남해군 하동군 산청군 함양군 거창군 합천군",
    "제주": "제주시 서귀포시",
}
_CITY_DISTRICTS = {
    ("경기", "수원시"): "장안구 권선구 팔달구 영통구",
    ("경기", "성남시"): "수정구 중원구 분당구",
    ("경기", "안양시"): "만안구 동안구",
    ("경기", "부천시"): "원미구 소사구 오정구",
    ("경기", "안산시"): "상록구 단원구",
    ("경기", "고양시"): "덕양구 일산동구 일산서구",
    ("경기", "용인시"): "처인구 기흥구 수지구",
    ("충북", "청주시"): "상당구 서원구 흥덕구 청원구",
    ("충남", "천안시"): "동남구 서북구",
    ("전북", "전주시"): "완산구 덕진구",
    ("경북", "포항시"): "남구 북구",
    ("경남", "창원시"): "의창구 성산구 마산합포구 마산회원구 진해구",
}
# Quarters, stations and everyday names; where a name is used in several cities, the one that job ads mean.
_QUARTERS = {
    ("서울", "서초구"): "양재동 서초동 반포동 방배동 잠원동 내곡동 우면동 신원동 원지동 염곡동",
    (
        "서울",
        "강남구",
    ): "역삼동 삼성동 대치동 논현동 신사동 압구정동 청담동 도곡동 개포동 일원동 수서동 세곡동 자곡동 율현동",
    ("서울", "송파구"): "잠실동 문정동 가락동 방이동 장지동 거여동 마천동",
    ("서울", "성동구"): "성수동 왕십리동 옥수동 금호동",
    ("서울", "마포구"): "상암동 공덕동 합정동 서교동 연남동 망원동",
    ("서울", "영등포구"): "여의도동 당산동 문래동 영등포동",
    ("서울", "금천구"): "가산동 독산동",
    ("서울", "구로구"): "구로동 신도림동",
    ("서울", "강서구"): "마곡동 등촌동 화곡동",
    ("서울", "중구"): "을지로동 명동 충무로",
    ("서울", "종로구"): "광화문 혜화동",
    ("경기", "성남시", "분당구"): "정자동 서현동 야탑동 수내동 구미동",
    ("경기", "성남시", "분당구", "판교"): "삼평동 백현동 운중동",
    ("경기", "수원시", "영통구"): "광교동 이의동",
    ("경기", "화성시"): "동탄동",
    ("인천", "연수구"): "송도동",
}
_EVERYDAY = {
    "판교": ("경기", "성남시", "분당구", "판교"),
    "판교동": ("경기", "성남시", "분당구", "판교"),
    "판교테크노밸리": ("경기", "성남시", "분당구", "판교"),
    "판교로": ("경기", "성남시", "분당구", "판교"),
    "판교역로": ("경기", "성남시", "분당구", "판교"),
    "대왕판교로": ("경기", "성남시", "분당구", "판교"),
    "pangyo": ("경기", "성남시", "분당구", "판교"),
    "bundang": ("경기", "성남시", "분당구"),
    "gangnam": ("서울", "강남구"),
    "gangnam-gu": ("서울", "강남구"),
    "seocho": ("서울", "서초구"),
    "seocho-gu": ("서울", "서초구"),
    "yangjae": ("서울", "서초구", "양재동"),
    "강서구": ("서울", "강서구"),
    "여의도": ("서울", "영등포구", "여의도동"),
    "테헤란로": ("서울", "강남구", "테헤란로"),
    "가산디지털단지": ("서울", "금천구", "가산동"),
    "구로디지털단지": ("서울", "구로구", "구로동"),
    "일산": ("경기", "고양시"),
    "홍대": ("서울", "마포구", "서교동"),
    "홍대입구": ("서울", "마포구", "서교동"),
    "을지로입구": ("서울", "중구", "을지로동"),
    "신촌": ("서울", "서대문구", "신촌동"),
}


def _quarter_names() -> dict[str, tuple[str, ...]]:
    """양재동, 양재 and 양재역 name the same quarter; a name that is also a district's is left to the district."""
    names: dict[str, tuple[str, ...]] = {}
    taken = {path[-1][:-1] for paths in CITIES.values() for path in paths}
    for wider, quarters in _QUARTERS.items():
        for quarter in quarters.split():
            short = quarter.removesuffix("동")
            for name in {quarter} | ({short, short + "역"} if len(short) > 1 and short not in taken else set()):
                names[name] = (*wider, quarter)
    return names


def _district_paths() -> dict[str, list[tuple[str, ...]]]:
    paths = [(province, unit) for province, units in _DISTRICTS.items() for unit in units.split()]
    deeper = [(*city, unit) for city, units in _CITY_DISTRICTS.items() for unit in units.split()]
    table: dict[str, list[tuple[str, ...]]] = {}
    for path in (*paths, *deeper):
        table.setdefault(stem_of(path[-1]), []).append(path)
    return table


def stem_of(unit: str) -> str:
    """The name without its unit: 서초구 and 서초 are one; names of two letters (중구, 동구) keep theirs."""
    return unit[:-1] if len(unit) > 2 and unit[-1] in "시군구역" else unit


# Stem of a district → the paths, widest unit first, of every district of that name.
CITIES = _district_paths()
NICKNAMES = {**_quarter_names(), **_EVERYDAY}
