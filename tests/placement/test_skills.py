"""The engine's vocabulary follows the stored one at once, and is not built anew where nothing has changed."""

from sqlmodel import Session

from placement.skills import SkillEntry, store_skills, vocabulary_of

PYTHON = SkillEntry(key="python-of-the-tests", name_ko="파이썬")


def names_of(session: Session) -> tuple[str, ...]:
    return vocabulary_of(session).skills[PYTHON.key].names


def test_a_renamed_skill_is_noticed(session: Session):
    store_skills(session, [PYTHON])
    assert names_of(session) == ("파이썬",)
    store_skills(session, [PYTHON.model_copy(update={"name_ko": "파이선"})])
    store_skills(session, [PYTHON])  # back again: the tables are as large as before, and so is the number of changes
    assert names_of(session) == ("파이썬",)
    store_skills(session, [PYTHON.model_copy(update={"name_ko": "파이선"})])
    assert names_of(session) == ("파이선",)


def test_what_was_taken_back_is_not_remembered(session: Session):
    store_skills(session, [PYTHON])
    with session.begin_nested() as savepoint:
        store_skills(session, [PYTHON.model_copy(update={"name_ko": "파이선"})])
        assert names_of(session) == ("파이선",)
        savepoint.rollback()
    assert names_of(session) == ("파이썬",)


def test_nothing_new_builds_nothing(session: Session):
    store_skills(session, [PYTHON])
    built = vocabulary_of(session)
    store_skills(session, [PYTHON])
    assert vocabulary_of(session) is built
