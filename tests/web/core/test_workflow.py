"""The pictures of the help page are those of the tables: every state, every move, and nothing on top of anything."""

from itertools import combinations, pairwise

import pytest

from employers.moves import Machine, Move
from placement.states import MACHINES
from placement.texts import describe_move, label, speaking
from placement.web.pictures import KINDS, Box, Picture, picture_of, pictures
from tests.fixtures.pages import PageVisitor

machines = pytest.mark.parametrize("machine", MACHINES.values(), ids=list(MACHINES))


def boxes_of(picture: Picture) -> list[Box]:
    return [*picture.states, *picture.feet, *(arrow.label for arrow in picture.arrows)]


def overlap(one: Box, other: Box) -> bool:
    apart = one.x + one.width <= other.x or other.x + other.width <= one.x
    return not (apart or one.y + one.height <= other.y or other.y + other.height <= one.y)


@machines
def test_every_state_and_every_move_of_the_table_is_in_the_picture(machine: Machine):
    picture = picture_of(machine)
    assert [box.name for box in picture.states] == list(machine.states)
    assert [arrow.move for arrow in picture.arrows] == list(machine.moves)
    middles = {box.name: box.middle for box in picture.states}
    for arrow in picture.arrows:
        assert set(arrow.sources) == {middles[state] for state in arrow.move.sources}
        assert arrow.target == middles[arrow.move.target]


@machines
@pytest.mark.parametrize("lang", ["ko", "en"])
def test_no_box_lies_on_another_or_beyond_the_edge_in_either_language(machine: Machine, lang: str):
    with speaking(lang):
        picture = picture_of(machine)
    boxes = boxes_of(picture)
    assert [pair for pair in combinations(boxes, 2) if overlap(*pair)] == []
    for box in boxes:
        assert box.x >= 0
        assert box.x + box.width <= picture.width
        assert box.y + box.height <= picture.height
    assert all(above.y < below.label.y for above, below in pairwise(picture.arrows))


def test_boxes_that_overlapped_would_be_seen():
    box = Box("a", "a", "open", 0, 0, 10, 10)
    assert overlap(box, box._replace(x=9, y=9))
    assert not overlap(box, box._replace(x=10))


@machines
def test_every_machine_and_all_its_words_are_korean(machine: Machine):
    words = [KINDS[machine.entity], *(line.target for line in picture_of(machine).lines)]
    assert all(any("가" <= sign <= "힣" for sign in said) for said in words)


def test_a_new_move_draws_itself():
    machine = MACHINES["opening"]
    new = Move("publish", frozenset({"closed"}), "draft", "nobody:may")
    picture = picture_of(machine._replace(moves=(*machine.moves, new)))
    assert picture.arrows[-1].move == new
    assert picture.height > picture_of(machine).height
    assert picture.lines[-1].who == ""


def test_the_table_says_who_may_and_what_time_does_by_itself():
    lines = {line.words: line for line in picture_of(MACHINES["referral"]).lines}
    assert lines["제의 수락"].who == "상담사, 수료생(링크로)"
    assert lines["무응답 종료"].who == "자동 처리"
    assert lines["알선 취소"].needs_reason
    assert not lines["동의 요청"].needs_reason


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_the_page_shows_every_machine_to_anybody_as_picture_and_table(pages: PageVisitor, lang: str):
    pages.client.set_cookie("lang", lang)
    page = pages.open("/help/workflow")
    assert len(page.all("svg")) == len(pictures()) + 1  # the brand in the head
    shown = page.text_of("main")
    with speaking(lang):
        for machine in MACHINES.values():
            assert all(shown.count(label(state)) >= 3 for state in machine.states)
            assert all(shown.count(describe_move(machine.entity, move.name)) >= 2 for move in machine.moves)


def test_the_help_leads_to_it(pages: PageVisitor):
    assert "/help/workflow" in [link.get("href") for link in pages.open("/help").all("a")]
