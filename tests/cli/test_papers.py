"""The papers of an internship are reached from the terminal by the intern's name, with the guards of the screens."""

from tests.cli.conftest import Terminal
from tests.importing.sheets import csv_text

PEOPLE = csv_text("수료생 ID,성명", "A-1,김가람")
OPENINGS = csv_text("공고 ID,기업명,채용공고명,모집인원", "J-1,누리솔데이터,데이터 라벨러,1")
PAPER = ("--with", "channel=paper", "--note", "원본 보관")
SCORES = ("understanding", "skill", "diligence", "cooperation", "overall")


def given(**values: object) -> list[str]:
    return [word for name, value in values.items() for word in ("--with", f"{name}={value}")]


def start(terminal: Terminal) -> None:
    terminal.bring("graduates", "people.csv", PEOPLE)
    terminal.bring("openings", "openings.csv", OPENINGS)
    terminal.done("move", "placement", "A-1/누리솔데이터", "create", *given(kind="internship", starts_on="2020-09-10"))


def test_an_agreement_is_made_signed_confirmed_and_taken_back(terminal: Terminal):
    start(terminal)
    paper = ("move", "internship_agreement", "A-1")
    assert terminal.done(*paper, "create")["to_state"] == "draft"
    terminal.done(*paper, "fill", *given(mentor="박멘토", hours="9시부터 18시"))
    terminal.done(*paper, "issue")
    assert "성명과 다릅니다" in terminal.refused(*paper, "sign", *given(seat="graduate", signer="아무개"), *PAPER)
    terminal.done(*paper, "sign", *given(seat="graduate", signer="김가람"), *PAPER)
    assert terminal.done(*paper, "sign", *given(seat="company", signer="강담당"), *PAPER)["to_state"] == "signed"
    assert terminal.done(*paper, "confirm")["to_state"] == "confirmed"
    assert terminal.done(*paper, "undo")["to_state"] == "signed"
    assert terminal.done(*paper, "void", "--reason", "agreed")["to_state"] == "voided"
    assert terminal.done(*paper, "create")["to_state"] == "draft"
    terminal.refused(*paper, "sign", *given(seat="moon"), status=2)


def test_an_assessment_is_opened_by_the_tick_answered_and_contradicted(terminal: Terminal):
    start(terminal)
    first = terminal.done("tick", "--today", "2020-10-26")
    assert first["assessments_opened"] == 1
    assert terminal.done("tick", "--today", "2020-10-26")["assessments_opened"] == 0
    check = ("move", "assessment", "A-1/midterm")
    on = ("--effective-on", "2020-10-26")
    assert "1점부터 5점까지" in terminal.refused(*check, "answer", *on, *given(skill=3))
    scores = given(**dict.fromkeys(SCORES, 4), conversion_wish="no", answered_by="강담당")
    assert terminal.done(*check, "answer", *on, *scores)["to_state"] == "answered"
    words = given(contradiction="맡은 업무가 달랐습니다.")
    assert terminal.done(*check, "contradict", *on, *words)["to_state"] == "contradicted"
    assert terminal.done("move", "assessment", "A-1", "create", *given(kind="end"))["to_state"] == "due"
    assert terminal.done("move", "assessment", "A-1/end", "drop", "--reason", "other")["to_state"] == "dropped"
