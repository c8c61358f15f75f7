"""A file that cannot be right is refused as a whole, in one sentence, before it can do harm."""

import gzip
import io
import unicodedata
import zipfile
from pathlib import Path

import pytest

from placement.db import Database
from placement.importing import FileRefused, describe_problem, read_bytes
from placement.importing import files as files_module
from placement.importing.text_files import decode
from placement.models import Graduate, Setting
from tests.importing.sheets import bring, csv_text, everything, row_counts, workbook

PEOPLE = csv_text("성명,연락처", "가온,010-0000-0001")


def refused(name: str, data: bytes) -> str:
    with pytest.raises(FileRefused) as error:
        read_bytes(name, data)
    assert describe_problem(error.value.problem)
    return error.value.problem.code


def zipped(entries: dict[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return data.getvalue()


def with_sheet(content: bytes) -> bytes:
    """A real workbook whose sheet is replaced."""
    data = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook([["성명"], ["가"]]))) as old,
        zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.namelist():
            new.writestr(entry, content if entry == "xl/worksheets/sheet1.xml" else old.read(entry))
    return data.getvalue()


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx", "a.jsonl", "a.tsv"])
@pytest.mark.parametrize("data", [b"", b" \r\n\r\n", gzip.compress(b"", mtime=0)])
def test_an_empty_file_is_refused(name: str, data: bytes):
    assert refused(name, data) == "file_empty"


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.pdf", b"%PDF-1.4", "format_unknown"),
        ("a.xlsx", b"not a workbook", "workbook_broken"),
        ("a.xlsx", b"PK\x03\x04 cut off", "workbook_broken"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "file_old_or_locked"),
        ("a.csv.gz", gzip.compress(b"a,b", mtime=0)[:-6], "gzip_broken"),
        ("a.csv", b'"open,1\r\n', "csv_broken"),
        ("a.csv", b"\x81\xff\xff\xfe,\xa0", "encoding_unknown"),
        ("a.csv", "성명".encode("utf-16-le"), "encoding_unknown"),
        ("a.jsonl", b"[1, 2]", "json_line_broken"),
        ("a.jsonl", b"[" * 100_000, "json_line_broken"),
        ("a.csv", b"a" + b"," * 400, "too_many_columns"),
    ],
)
def test_a_broken_or_foreign_file_is_refused(name: str, data: bytes, code: str):
    assert refused(name, data) == code


def test_a_zip_bomb_is_refused_from_its_directory():
    assert refused("a.xlsx", zipped({"xl/worksheets/sheet1.xml": bytes(30 * 1024 * 1024)})) == "file_too_dense"
    assert refused("a.xlsx", zipped({"[Content_Types].xml": bytes(201 * 1024 * 1024)})) == "file_too_big_unpacked"


def test_a_packed_text_beyond_the_limit_is_refused_while_it_is_unpacked(monkeypatch):
    monkeypatch.setattr(files_module, "MOST_UNPACKED_BYTES", 1000)
    assert (
        refused("a.csv.gz", gzip.compress(b"a" * 600, mtime=0) + gzip.compress(b"b" * 600, mtime=0))
        == "file_too_big_unpacked"
    )


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (b'<row r="200001"><c r="A200001"/></row>', "too_many_rows"),
        (b'<row r="1"><c r="XFD1"/></row>', "too_many_columns"),
        (b"<row r='9'><c  r = 'XFD1'/></row>", "too_many_columns"),
        (b"<x:row><x:c/>" + b"<x:c/>" * 400 + b"</x:row>", "too_many_columns"),
        (b'<row r="190000"><c r="A190000"/><c r="AZ1"/></row>', "too_many_cells"),
    ],
)
def test_one_cell_in_a_far_corner_does_not_fill_the_memory(cell: bytes, code: str):
    assert refused("a.xlsx", with_sheet(b"<worksheet><sheetData>" + cell + b"</sheetData></worksheet>")) == code


def test_a_missing_file_and_a_folder_are_said(tmp_path: Path, database: Database):
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(FileRefused) as error:
            files_module.read_file(path)
        assert error.value.problem.code == "file_missing"


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [("utf-8", b""), ("utf-8", b"\xef\xbb\xbf"), ("cp949", b""), ("utf-16", b""), ("utf-16-be", b"\xfe\xff")],
)
def test_every_encoding_of_an_office_is_read(encoding: str, mark: bytes):
    assert decode(mark + "성명,뷁".encode(encoding)) == "성명,뷁"


@pytest.mark.parametrize("name", ["a.csv", "a.tsv", "a.csv.gz", "a.xlsx.gz", "a.jsonl"])
def test_every_format_brings_the_same_person(tmp_path: Path, database: Database, name: str):
    contents = {
        "a.csv": PEOPLE.encode("cp949"),
        "a.tsv": PEOPLE.replace(",", "\t").encode("utf-16"),
        "a.csv.gz": gzip.compress(PEOPLE.encode("utf-8-sig"), mtime=0),
        "a.xlsx.gz": gzip.compress(workbook([["성명", "연락처"], ["가온", "010-0000-0001"]]), mtime=0),
        "a.jsonl": '{"성명": "가온", "연락처": "010-0000-0001"}\n'.encode(),
    }
    report = bring(database, tmp_path, "graduates", name, contents[name])
    assert (report.created, report.errors, report.stored) == (1, [], True)
    with database.reading() as session:
        assert [(g.name, g.phone, g.state) for g in everything(session, Graduate)] == [("가온", "01000000001", "ready")]


def test_decomposed_letters_are_the_same_letters(tmp_path: Path, database: Database):
    bring(database, tmp_path, "graduates", "a.csv", PEOPLE)
    again = bring(database, tmp_path, "graduates", "a.csv", unicodedata.normalize("NFD", PEOPLE))
    assert (again.unchanged, again.created, again.errors) == (1, 0, [])


@pytest.mark.parametrize("content", ["제목,설명\r\n가,나\r\n", "성명\r\n"])
def test_a_sheet_without_its_header_or_without_rows_changes_nothing(tmp_path: Path, database: Database, content: str):
    before = row_counts(database)
    with pytest.raises(FileRefused) as error:
        bring(database, tmp_path, "companies" if "제목" in content else "graduates", "a.csv", content)
    assert error.value.problem.code == ("header_missing" if "제목" in content else "file_empty")
    assert row_counts(database) == before


def test_a_workbook_without_a_fitting_sheet_names_what_is_needed(tmp_path: Path, database: Database):
    with pytest.raises(FileRefused) as error:
        bring(database, tmp_path, "openings", "a.xlsx", workbook([["성명", "연락처"], ["가", "나"]]))
    assert describe_problem(error.value.problem) == (
        "제목 행을 찾을 수 없습니다. 필요한 열: 채용공고명, 기업명/기업 id/사업자등록번호. 찾은 내용: 성명, 연락처"
    )


def test_an_unknown_kind_is_refused(tmp_path: Path, database: Database):
    with pytest.raises(FileRefused, match="kind_unknown"):
        bring(database, tmp_path, "people", "a.csv", PEOPLE)


def test_nothing_is_imported_into_demo_data(tmp_path: Path, database: Database):
    with database.transaction() as session:
        session.add(Setting(name="demo", value={"scenario": "article"}))
    before = row_counts(database)
    with pytest.raises(FileRefused, match="demo_present"):
        bring(database, tmp_path, "graduates", "a.csv", PEOPLE)
    assert row_counts(database) == before


def test_a_broken_line_among_good_ones_is_named(tmp_path: Path, database: Database):
    report = bring(database, tmp_path, "graduates", "a.jsonl", '{"id": "A1"}\n{"id": NaN}\n{"id": "A3"}\n')
    assert [(problem.code, problem.row) for problem in report.errors] == [("json_line_broken", 2)]
    assert (report.read, report.refused, report.stored) == (3, 1, False)
