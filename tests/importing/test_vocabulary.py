"""The vocabulary only grows: entries are added by id, names have one owner, and the shipped one comes in once."""

from pathlib import Path

from placement.db import Database
from placement.models import SkillName
from placement.skills import load_shipped_vocabulary, vocabulary_of
from tests.importing.sheets import bring, csv_text, everything, row_counts

HEADER = "skill_id,name_ko,name_en,aliases,broader,related,track,never"
LABELING = "lbl,데이터 라벨링,Data labeling,라벨링|annotation,,,labeling,"
POLYGON = "lbl-polygon,폴리곤 라벨링,Polygon annotation,폴리곤,lbl,,labeling,lbl-polyline"


def test_the_shipped_vocabulary_comes_in_once_and_reads_texts(database: Database):
    with database.transaction() as session:
        assert load_shipped_vocabulary(session).created == 274
        again = load_shipped_vocabulary(session)
        vocabulary = vocabulary_of(session)
    assert (again.created, again.changed, again.unchanged, again.owned_elsewhere) == (0, 0, 274, [])
    assert vocabulary.lookup("폴리곤라벨링") == vocabulary.lookup("Polygon annotation")


def test_names_are_added_and_never_removed(tmp_path: Path, database: Database):
    bring(database, tmp_path, "skills", "a.csv", csv_text(HEADER, LABELING, POLYGON))
    report = bring(database, tmp_path, "skills", "b.csv", csv_text(HEADER, "lbl,데이터 라벨링,,어노테이션,,,,"))
    assert (report.changed, report.created) == (1, 0)
    with database.reading() as session:
        vocabulary = vocabulary_of(session)
    assert {vocabulary.lookup(name) for name in ("라벨링", "annotation", "어노테이션", "Data labeling")} == {"lbl"}
    assert vocabulary.skills["lbl-polygon"].parents == ("lbl",)
    assert vocabulary.is_never("lbl-polygon", "lbl-polygon") is False
    assert vocabulary.skills["lbl-polygon"].never == ("lbl-polyline",)


def test_a_name_owned_elsewhere_is_a_warning_and_stays_with_its_first_owner(tmp_path: Path, database: Database):
    report = bring(database, tmp_path, "skills", "a.csv", csv_text(HEADER, LABELING, "other,주석,,Annotation,,,,"))
    assert [(p.code, p.row, p.values["owner"]) for p in report.warnings] == [("name_owned_elsewhere", 3, "lbl")]
    with database.reading() as session:
        assert vocabulary_of(session).lookup("annotation") == "lbl"
        assert len(everything(session, SkillName)) == 5


def test_the_second_identical_import_changes_nothing(tmp_path: Path, database: Database):
    bring(database, tmp_path, "skills", "a.csv", csv_text(HEADER, LABELING, POLYGON))
    before = row_counts(database)
    assert bring(database, tmp_path, "skills", "a.csv", csv_text(HEADER, LABELING, POLYGON)).unchanged == 2
    assert row_counts(database) == before


def test_a_changed_vocabulary_is_read_anew(tmp_path: Path, database: Database):
    bring(database, tmp_path, "skills", "a.csv", csv_text(HEADER, LABELING))
    with database.reading() as session:
        first, same = vocabulary_of(session), vocabulary_of(session)
    bring(database, tmp_path, "skills", "b.csv", csv_text(HEADER, POLYGON))
    with database.reading() as session:
        later = vocabulary_of(session)
    assert first is same
    assert (first.lookup("폴리곤"), later.lookup("폴리곤")) == (None, "lbl-polygon")


def test_an_id_twice_and_an_entry_without_name_are_errors(tmp_path: Path, database: Database):
    report = bring(database, tmp_path, "skills", "a.csv", csv_text(HEADER, LABELING, LABELING, "x,,,,,,,"))
    assert [(p.code, p.row) for p in report.errors] == [("id_twice", 3), ("skill_name_missing", 4)]
