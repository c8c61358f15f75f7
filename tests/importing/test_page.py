"""The page about importing tells the truth: every column is on it, and every example can be imported."""

import re
from pathlib import Path

import pytest

from placement.consents import load_consent_documents
from placement.db import Database
from placement.importing.kinds import INTAKES
from tests.importing.sheets import bring

PAGE = (Path(__file__).parents[2] / "docs" / "importing.md").read_text(encoding="utf-8")
EXAMPLES = dict(re.findall(r"^## [^\n]*`(\w+)`$.*?^```\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL))


@pytest.mark.parametrize("kind", INTAKES)
def test_every_heading_is_on_the_page(kind: str):
    part = PAGE.split(f"`{kind}`\n", 1)[1].split("\n## ")[0]
    missing = {
        word
        for column in INTAKES[kind][0].columns
        for word in (f"`{column.name}`", *column.headings)
        if word not in part
    }
    assert missing == set()


def test_the_examples_can_be_imported_one_after_the_other_and_again(tmp_path: Path, database: Database):
    assert list(EXAMPLES) == list(INTAKES)
    with database.transaction() as session:
        load_consent_documents(session)
    for kind, lines in EXAMPLES.items():
        report = bring(database, tmp_path, kind, "example.csv", lines)
        assert (kind, report.errors, report.stored) == (kind, [], True)
    for kind, lines in EXAMPLES.items():
        assert (kind, bring(database, tmp_path, kind, "example.csv", lines).unchanged) == (kind, 1)
