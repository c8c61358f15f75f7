"""A caseload goes from one counselor to another as one act, with what hangs on its people, and comes back as one."""

from datetime import timedelta
from functools import partial

import pytest
from sqlmodel import Session, select

from placement import hand_overs, moving
from placement.access import actor_for
from placement.due import due_today
from placement.enums import Role
from placement.hand_overs import caseload_of, count_received_lately, hand_over, handed_rows
from placement.models import Account, ContactNote, Graduate, HandedRow, HandOver, Referral
from placement.states import MoveRefused
from tests.placement.cast import DAY, OFFICE, add_account, add_graduate, add_referral, count_rows, keep, trail

TOMORROW = DAY + timedelta(days=1)


class Caseload:
    """Two people of one counselor: an open and a finished referral, a next action; and a colleague."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.giver, self.receiver = add_account(session), add_account(session)
        self.one, self.two = (add_graduate(session, counselor_id=self.giver.id, name=name) for name in ("가", "나"))
        self.open = self.refer("sent")
        self.finished = self.refer("declined")
        self.note = self.write(self.one, self.giver, TOMORROW)

    def refer(self, state: str) -> Referral:
        referral = add_referral(self.session, state=state, counselor_id=self.giver.id)
        referral.graduate_id = self.one.id
        self.session.flush()
        return referral

    def write(self, graduate: Graduate, author: Account, next_on=None) -> ContactNote:
        said = {"channel": "phone", "on_day": DAY, "content": "통화", "next_on": next_on, "next_action": "전화"}
        return keep(self.session, ContactNote(graduate_id=graduate.id, author_id=author.id, **said))

    def give(self, *people: Graduate, by=OFFICE, **given) -> HandOver:
        ids = [row.id for row in people or (self.one, self.two)]
        return hand_over(self.session, self.giver, self.receiver, ids, by, today=DAY, **given)

    def owners(self) -> list[int | None]:
        """Who has the two people, the open and the finished referral, and the next action."""
        for row in (self.one, self.two, self.open, self.finished, self.note):
            self.session.refresh(row)
        rows = (self.one, self.two, self.open, self.finished)
        return [*(row.counselor_id for row in rows), self.note.next_by_id or self.note.author_id]


@pytest.fixture
def load(session: Session) -> Caseload:
    return Caseload(session)


def refusal(action, *arguments, **given) -> str:
    with pytest.raises(MoveRefused) as caught:
        action(*arguments, **given)
    return caught.value.refusal.code


def test_people_open_referrals_and_next_actions_go_and_what_is_finished_stays(load: Caseload):
    act = load.give(note="휴직")
    theirs, mine = load.receiver.id, load.giver.id
    assert load.owners() == [theirs, theirs, theirs, mine, theirs]
    assert load.note.author_id == mine
    (line,) = trail(load.session, act)
    assert (line.move, line.note, line.effective_on) == ("create", "휴직", DAY)
    assert [len(ids) for ids in handed_rows(load.session, act).values()] == [2, 1, 1]


def test_a_part_goes_and_the_rest_stays(load: Caseload):
    load.give(load.two)
    mine, theirs = load.giver.id, load.receiver.id
    assert load.owners() == [mine, theirs, mine, mine, mine]


def test_it_comes_back_as_one_and_goes_again(load: Caseload):
    act, mine, theirs = load.give(), load.giver.id, load.receiver.id
    moving.advance(load.session, act, "take_back", OFFICE, effective_on=DAY)
    assert load.owners() == [mine] * 5
    moving.take_back(load.session, act, OFFICE, effective_on=DAY)
    assert load.owners() == [theirs, theirs, theirs, mine, theirs]
    assert [line.move for line in trail(load.session, act)] == ["create", "take_back", "undo"]


def test_who_has_gone_on_to_a_third_one_stays_there(load: Caseload):
    act, third = load.give(), add_account(load.session)
    load.session.refresh(load.one)
    load.one.counselor_id = third.id
    load.session.flush()
    moving.advance(load.session, act, "take_back", OFFICE, effective_on=DAY)
    assert load.owners()[:2] == [third.id, load.giver.id]


def test_a_colleagues_person_with_my_open_referral_is_in_my_caseload_and_stays_the_colleagues(load: Caseload):
    load.one.counselor_id = load.receiver.id
    load.session.flush()
    (first, _) = caseload_of(load.session, load.giver)
    assert (first.graduate.id, first.is_own, first.referrals) == (load.one.id, False, [load.open.id])
    act = load.give(load.one)
    assert [len(ids) for ids in handed_rows(load.session, act).values()] == [0, 1, 1]


def test_a_later_note_about_the_person_ends_the_next_action(load: Caseload):
    load.write(load.one, load.receiver)
    assert [one.next_actions for one in caseload_of(load.session, load.giver)] == [[], []]


def test_the_next_action_comes_up_with_whoever_has_it_now(load: Caseload):
    load.give()

    def comes_up(account: Account) -> bool:
        return "next_action" in {due.kind for due in due_today(load.session, account, TOMORROW)}

    assert (comes_up(load.giver), comes_up(load.receiver)) == (False, True)


def test_the_receiver_is_told_for_two_weeks_of_those_still_there(load: Caseload):
    load.give()
    counts = [count_received_lately(load.session, load.receiver, DAY + timedelta(days=n)) for n in (0, 13, 14)]
    assert counts == [2, 2, 0]
    load.session.refresh(load.one)
    load.one.counselor_id = load.giver.id
    load.session.flush()
    assert count_received_lately(load.session, load.receiver, DAY) == 1
    assert count_received_lately(load.session, load.giver, DAY) == 0


def test_a_counselor_gives_the_own_caseload_and_a_manager_anybodys(load: Caseload):
    assert refusal(load.give, by=actor_for(load.receiver)) == "not_allowed"
    boss = add_account(load.session, role=Role.MANAGER)
    act = load.give(load.one, by=actor_for(boss))
    load.give(load.two, by=actor_for(load.giver))
    back = refusal(moving.advance, load.session, act, "take_back", actor_for(load.receiver), effective_on=DAY)
    assert back == "not_allowed"
    moving.advance(load.session, act, "take_back", actor_for(load.giver), effective_on=DAY)


@pytest.mark.parametrize("values", [{"state": "inactive"}, {"role": "manager"}])
def test_only_a_counselor_who_may_come_in_receives(load: Caseload, values: dict[str, str]):
    load.receiver.sqlmodel_update(values)
    assert refusal(load.give) == "counselor_not_active"


def test_nothing_comes_back_to_a_stopped_account(load: Caseload):
    act = load.give()
    load.session.get_one(Account, load.giver.id).state = "inactive"
    load.session.flush()
    back = refusal(moving.advance, load.session, act, "take_back", OFFICE, effective_on=DAY)
    assert back == "counselor_not_active"
    assert act.state == "done"


def test_whose_caseload_it_is_takes_the_return_back_and_no_colleague(load: Caseload):
    act = load.give()
    moving.advance(load.session, act, "take_back", actor_for(load.giver), effective_on=DAY)
    for colleague in (load.receiver, add_account(load.session)):
        undone = refusal(moving.take_back, load.session, act, actor_for(colleague), effective_on=DAY)
        assert (undone, act.state) == ("not_allowed", "taken_back")
    moving.take_back(load.session, act, actor_for(load.giver), effective_on=DAY)
    assert act.state == "done"


@pytest.mark.parametrize("way", ["undo", "hand_again"])
def test_nor_does_anything_go_again_to_a_stopped_account(load: Caseload, way: str):
    act = load.give()
    moving.advance(load.session, act, "take_back", OFFICE, effective_on=DAY)
    load.receiver.state = "inactive"
    load.session.flush()
    again = moving.take_back if way == "undo" else partial(moving.advance, name=way)
    assert refusal(again, load.session, act, actor=OFFICE, effective_on=DAY) == "counselor_not_active"
    assert (act.state, load.owners()) == ("taken_back", [load.giver.id] * 5)


def test_nobody_chosen_and_somebody_elses_people_are_refused_whole(load: Caseload):
    stranger = add_graduate(load.session)
    assert refusal(hand_over, load.session, load.giver, load.receiver, [], OFFICE, today=DAY) == "nobody_chosen"
    assert refusal(load.give, load.one, stranger) == "changed_meanwhile"
    assert load.owners() == [load.giver.id] * 5
    assert count_rows(load.session, HandOver) == count_rows(load.session, HandedRow) == 0


def test_somebody_who_was_quicker_is_noticed(load: Caseload, monkeypatch: pytest.MonkeyPatch):
    known = caseload_of(load.session, load.giver)
    monkeypatch.setattr(hand_overs, "caseload_of", lambda *_: known)  # as read before a colleague took one over
    load.one.counselor_id = load.receiver.id
    load.session.flush()
    assert refusal(load.give) == "changed_meanwhile"


def test_an_open_form_of_a_handed_person_is_stale(load: Caseload):
    before = load.one.version
    load.give()
    load.session.refresh(load.one)
    assert load.one.version == before + 1


def test_every_next_action_is_somebodys(session: Session, load: Caseload):
    assert session.exec(select(ContactNote.next_by_id)).all() == [None]
