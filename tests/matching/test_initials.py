"""Abbreviations and the names they stand for."""

import pytest

from matching.initials import InitialIndex
from matching.normalise import form_of
from matching.similarities import NEAR_CUT

NAMES = [
    "relational database",
    "internet of things",
    "Command Query Responsibility Segregation",
    "컴퓨터활용능력 1급",
    "Go",
]
INDEX = InitialIndex([form_of(name) for name in NAMES])


def meant_by(text):
    return {NAMES[place]: likeness for place, likeness in INDEX.meant_by(form_of(text))}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("RDB", "relational database"),
        ("IoT", "internet of things"),
        ("CQRS", "Command Query Responsibility Segregation"),
        ("컴활", "컴퓨터활용능력 1급"),
    ],
)
def test_initials_propose_the_name(text, name):
    assert list(meant_by(text)) == [name]


def test_only_four_initials_of_one_name_say_that_it_is_meant():
    assert meant_by("CQRS")["Command Query Responsibility Segregation"] >= NEAR_CUT
    assert meant_by("IoT")["internet of things"] < NEAR_CUT
    two = InitialIndex([form_of("Command Query Responsibility Segregation"), form_of("cool quiet rooms (small)")])
    assert all(likeness < NEAR_CUT for _, likeness in two.meant_by(form_of("CQRS")))


@pytest.mark.parametrize("text", ["r", "go", "database", "컴", "활용능력", "c++", ""])
def test_other_texts_are_no_initials_of_these(text):
    assert meant_by(text) == {}
