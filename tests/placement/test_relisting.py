"""After one row has changed, the lists are what a whole recomputation would make of them; ties go to the lower id."""

from hypothesis import given, settings
from hypothesis import strategies as st

from placement.relisting import Listed, best, relist

Scores = dict[tuple[int, int], float]
SIDE = 5
STEPS = st.sampled_from([0.0, 10.0, 20.0, 30.0, 40.0])
ROW = st.dictionaries(st.integers(1, SIDE), STEPS, max_size=SIDE)
TABLE = st.dictionaries(st.integers(1, SIDE), ROW, max_size=SIDE)
CHANGE = st.tuples(st.integers(1, SIDE), ROW)
quickly = settings(max_examples=120, deadline=None)


def flat(table: dict[int, dict[int, float]]) -> Scores:
    """Scores by (mine, theirs); a pair that is not there is not eligible."""
    return {(mine, theirs): score for mine, row in table.items() for theirs, score in row.items()}


def list_of_theirs(scores: Scores, theirs: int, k: int) -> Scores:
    column = {mine: score for (mine, other), score in scores.items() if other == theirs}
    return {(mine, theirs): column[mine] for mine in best(column, k)}


def list_of_mine(scores: Scores, mine: int, k: int) -> Scores:
    row = {theirs: score for (other, theirs), score in scores.items() if other == mine}
    return {(mine, theirs): row[theirs] for theirs in best(row, k)}


def all_lists(scores: Scores, k: int) -> Scores:
    """By brute force: every pair on the list of one of its sides."""
    listed: Scores = {}
    for mine, theirs in scores:
        listed |= list_of_theirs(scores, theirs, k) | list_of_mine(scores, mine, k)
    return listed


def changed(scores: Scores, mine: int, row: dict[int, float]) -> Scores:
    others = {pair: score for pair, score in scores.items() if pair[0] != mine}
    return others | {(mine, theirs): score for theirs, score in row.items()}


def relisted(stored: Scores, scores: Scores, mine: int, k: int) -> Scores:
    """What is stored after the change, with refills by brute force from today's `scores`."""
    new = {theirs: score for (other, theirs), score in scores.items() if other == mine}
    outcome = relist(mine, new, [Listed(m, t, score) for (m, t), score in stored.items()], k)
    kept = {pair: score for pair, score in stored.items() if pair[0] != mine and pair not in outcome.pushed_out}
    kept |= {(mine, theirs): score for theirs, score in outcome.mine.items()}
    for theirs in outcome.refill:
        kept |= list_of_theirs(scores, theirs, k)
    return kept


@quickly
@given(table=TABLE, change=CHANGE, k=st.integers(1, 4))
def test_one_change_ends_where_a_whole_run_would(table, change, k: int):
    before = flat(table)
    after = changed(before, *change)
    assert relisted(all_lists(before, k), after, change[0], k) == all_lists(after, k)


@quickly
@given(table=TABLE, changes=st.lists(CHANGE, max_size=6), k=st.integers(1, 3))
def test_many_changes_one_after_the_other_end_there_too(table, changes, k: int):
    scores = flat(table)
    stored = all_lists(scores, k)
    for change in changes:
        scores = changed(scores, *change)
        stored = relisted(stored, scores, change[0], k)
    assert stored == all_lists(scores, k)


@quickly
@given(table=TABLE, first=CHANGE, second=CHANGE, k=st.integers(1, 3))
def test_two_edits_before_either_was_compared_anew_end_there_too(table, first, second, k: int):
    before = flat(table)
    after = changed(changed(before, *first), *second)
    stored = all_lists(before, k)
    for mine in (first[0], second[0]):
        stored = relisted(stored, after, mine, k)
    assert stored == all_lists(after, k)


def turned(scores: Scores) -> Scores:
    """The same table seen from the other side."""
    return {(theirs, mine): score for (mine, theirs), score in scores.items()}


@quickly
@given(table=TABLE, mine=CHANGE, theirs=CHANGE, k=st.integers(1, 3), is_theirs_first=st.booleans())
def test_so_do_an_edit_of_either_side(table, mine, theirs, k: int, is_theirs_first: bool):
    before = flat(table)
    after = turned(changed(turned(changed(before, *mine)), *theirs))
    stored = all_lists(before, k)
    for is_theirs in (is_theirs_first, not is_theirs_first):
        if is_theirs:
            stored = turned(relisted(turned(stored), turned(after), theirs[0], k))
        else:
            stored = relisted(stored, after, mine[0], k)
    assert stored == all_lists(after, k)


@quickly
@given(table=TABLE, change=CHANGE, extra=ROW, k=st.integers(1, 3))
def test_pairs_that_a_person_keeps_off_the_lists_disturb_nothing(table, change, extra, k: int):
    before = flat(table)
    off_list = {(6, theirs): score for theirs, score in extra.items()}
    scores = before | off_list
    stored = all_lists(scores, k) | off_list
    after = changed(scores, *change)
    outcome = relisted(stored, after, change[0], k)
    assert {pair: score for pair, score in outcome.items() if pair not in off_list} == {
        pair: score for pair, score in all_lists(after, k).items() if pair not in off_list
    }


def test_of_equal_scores_the_lower_id_is_the_better():
    assert best({3: 50.0, 1: 50.0, 2: 60.0}, 2) == [2, 1]


def test_a_newcomer_with_a_lower_id_wins_a_tie_and_pushes_the_last_one_out():
    stored = [Listed(2, 9, 50.0), Listed(3, 9, 50.0), Listed(3, 7, 80.0), Listed(3, 8, 80.0)]
    assert relist(1, {9: 50.0}, stored, 2) == ({9: 50.0}, {(3, 9)}, set())


def test_who_is_pushed_off_one_list_stays_where_its_own_list_names_it():
    stored = [Listed(2, 9, 50.0), Listed(3, 9, 50.0), Listed(3, 7, 80.0)]
    assert relist(1, {9: 50.0}, stored, 2) == ({9: 50.0}, set(), set())


def test_a_full_list_is_refilled_only_where_its_member_fell():
    stored = [Listed(1, 9, 50.0), Listed(2, 9, 40.0)]
    assert relist(1, {9: 60.0}, stored, 2).refill == set()
    assert relist(1, {9: 50.0}, stored, 2).refill == set()
    assert relist(1, {9: 45.0}, stored, 2).refill == {9}
    assert relist(1, {}, stored, 2).refill == {9}
    assert relist(1, {}, stored, 3).refill == set()
