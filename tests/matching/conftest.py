"""Decides what the engine's tests share: a small vocabulary, and rules for random people and openings."""

from pathlib import Path

import pytest

from matching import Vocabulary

DATA = Path(__file__).parent / "data"


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    return Vocabulary.from_csv(DATA / "skills.csv")
