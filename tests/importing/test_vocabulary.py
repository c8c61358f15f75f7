"""The vocabulary only grows: entries are added by id, names have one owner, and the shipped one comes in once."""

import sqlite3
from contextlib import closing
from pathlib import Path

from placement.db import Database
from placement.models import SkillName
from placement.skills import SkillEntry, load_shipped_vocabulary, store_skills, vocabulary_of
from tests.fixtures.databases import SqliteFiles, borrowed
from tests.importing.sheets import bring, csv_text, everything, row_counts

HEADER = "skill_id,name_ko,name_en,aliases,broader,related,track,never"
LABELING = "lbl,데이터 라벨링,Data labeling,라벨링|annotation,,,labeling,"
POLYGON = "lbl-polygon,폴리곤 라벨링,Polygon annotation,폴리곤,lbl,,labeling,lbl-polyline"


def test_the_shipped_vocabulary_comes_in_once_and_reads_texts(database: Database):
    with database.transaction() as session:
        first = load_shipped_vocabulary(session)
        again = load_shipped_vocabulary(session)
        vocabulary = vocabulary_of(session)
    assert first.created > 0 and first.owned_elsewhere == []
    assert (again.created, again.changed, again.unchanged, again.owned_elsewhere) == (0, 0, first.created, [])
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


ONET = "soc\ttitle\ttechnology\tcommodity\thot"
TECHNOLOGIES = (
    "11-1011.00\tChief Executives\tTableau\tBusiness intelligence software\tY",
    "13-2011.00\tAccountants\tTableau\tBusiness intelligence software\tY",
    "13-2011.00\tAccountants\tAnnotation\tGraphics software\tN",
)
TITLES = (
    "soc\ttitle\talternate_title\tshort_title",
    "13-2011.00\tAccountants\tCertified Public Accountant\tCPA",
    "13-2011.00\tAccountants\tCost Accountant\t",
)


def test_esco_comes_in_as_it_is(tmp_path: Path, database: Database):
    line = (
        '{"id":"e-1","label":"manage musical staff","alt":["manage music staff"],"type":"skill","reuse":"cross-sector"}'
    )
    report = bring(database, tmp_path, "skills", "esco.jsonl", (line + "\n").encode())
    assert (report.created, report.errors) == (1, [])
    with database.reading() as session:
        assert vocabulary_of(session).lookup("Manage music staff") == "e-1"


def test_a_technology_of_onet_is_one_entry_under_its_group_however_many_occupations_use_it(tmp_path, database):
    bring(database, tmp_path, "skills", "ours.csv", csv_text(HEADER, LABELING))
    report = bring(database, tmp_path, "skills", "onet.tsv", "\n".join((ONET, *TECHNOLOGIES)).encode())
    assert (report.created, report.unchanged, report.errors) == (1, 2, [])
    with database.reading() as session:
        vocabulary = vocabulary_of(session)
    key = vocabulary.lookup("Tableau")
    assert vocabulary.skills[key].parents == (vocabulary.lookup("business intelligence software"),)
    assert vocabulary.lookup("annotation") == "lbl"


def test_the_titles_of_an_onet_occupation_are_names_of_one_entry(tmp_path: Path, database: Database):
    bring(database, tmp_path, "skills", "titles.tsv", "\n".join(TITLES).encode())
    with database.reading() as session:
        vocabulary = vocabulary_of(session)
    assert {vocabulary.lookup(n) for n in ("Accountants", "CPA", "cost accountant")} == {"onet-13-2011.00"}


def test_onet_twice_changes_nothing(tmp_path: Path, database: Database):
    counts = []
    for time in ("first", "second"):
        bring(database, tmp_path, "skills", f"{time}.tsv", "\n".join((ONET, *TECHNOLOGIES)).encode())
        bring(database, tmp_path, "skills", f"{time}-titles.tsv", "\n".join(TITLES).encode())
        counts.append(row_counts(database))
    assert counts[0] == counts[1]


def test_a_copy_of_a_database_shares_the_vocabulary_until_one_of_them_changes(sqlite_files: SqliteFiles):
    with borrowed(sqlite_files) as url, borrowed(sqlite_files) as copied:
        first = Database(url)
        with first.transaction() as session:
            store_skills(session, [SkillEntry(key="lbl", name_ko="라벨링")])
        with (
            closing(sqlite3.connect(first.engine.url.database)) as source,
            closing(sqlite3.connect(copied.removeprefix("sqlite:///"))) as target,
        ):
            source.backup(target)
        copy = Database(copied)
        with first.reading() as session, copy.reading() as other:
            assert vocabulary_of(session) is vocabulary_of(other)
        with copy.transaction() as session:
            store_skills(session, [SkillEntry(key="box", name_ko="바운딩박스")])
            assert vocabulary_of(session).lookup("바운딩박스") == "box"
        with first.reading() as session:
            assert vocabulary_of(session).lookup("바운딩박스") is None
        first.close()
        copy.close()
