"""A document is what its content proves, lies under its digest out of the web, and leaves with a trace."""

import hashlib
import os
import unicodedata
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from sqlmodel import Session

from placement import documents, file_kinds, moving
from placement.access import visible_documents
from placement.db import Database
from placement.documents import (
    PROBLEMS,
    DocumentLost,
    FileRefused,
    check_file,
    clean_name,
    keep_document,
    read_document,
)
from placement.file_kinds import MOST_ENTRIES, kind_of
from placement.models import Account, Agreement, AgreementDocument
from placement.states import MoveRefused
from tests.placement.cast import DAY, OFFICE, STRANGER, add_agreement, count_rows, keep, trail
from tests.placement.papers_of_agreements import (
    HTML,
    HWP,
    HWPX,
    JPEG,
    MIMETYPE,
    PDF,
    PNG,
    PROGRAM,
    SVG,
    archive,
    ole,
)

REAL = {
    "application/pdf": PDF,
    "application/x-hwp": HWP,
    "application/hwp+zip": HWPX,
    "image/png": PNG,
    "image/jpeg": JPEG,
}
PRETENDED = {
    "a page": HTML,
    "a drawing with a script": SVG,
    "a program": PROGRAM,
    "words": "협약서".encode(),
    "a page that says PDF later": HTML + PDF,
    "half a PDF": PDF[:20],
    "a head of PNG alone": PNG[:8],
    "an archive": archive(("a.txt", b"a")),
    "an empty archive": archive(),
    "a Word file": archive(("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<w/>")),
    "an archive that says so second": archive(("a.txt", b"a"), MIMETYPE),
    "another document's mimetype": archive(("mimetype", b"application/epub+zip")),
    "a packed mimetype": archive(MIMETYPE, compression=zipfile.ZIP_DEFLATED),
    "half an archive": HWPX[: len(HWPX) // 2],
    "another compound file": ole("WordDocument", b"HWP Document File"),
    "a compound file with another head": ole("FileHeader", b"HWP Document Fake"),
    "half a compound file": HWP[:700],
    "a compound file's first bytes": HWP[:8],
    "a compound file full of holes": HWP[:512] + b"\xff" * 4000,
}


@pytest.mark.parametrize("kind", REAL)
def test_a_file_is_what_its_content_proves(kind: str):
    assert kind_of(REAL[kind]) == kind


@pytest.mark.parametrize("what", PRETENDED)
def test_what_only_pretends_is_nothing(what: str):
    assert kind_of(PRETENDED[what]) is None


def test_an_archive_that_would_unpack_without_end_is_nothing(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(file_kinds, "MOST_UNPACKED", 1_000_000)
    few, many = ([MIMETYPE, *((f"{n}.xml", b"") for n in range(count))] for count in (9, MOST_ENTRIES))
    bomb = archive(MIMETYPE, ("bomb.xml", bytes(1_000_001)))
    assert [kind_of(archive(*few)), kind_of(archive(*many)), kind_of(bomb)] == ["application/hwp+zip", None, None]


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("협약서.pdf", b"", "empty"),
        ("협약서.pdf", PDF + b"\0" * 10 * 1024 * 1024, "too_large"),
        ("협약서.pdf", HTML, "unknown"),
        ("협약서.zip", archive(("a", b"a")), "unknown"),
        ("협약서.pdf", PNG, "lies"),
        ("협약서.html", PDF, "lies"),
        ("협약서.hwp", HWPX, "lies"),
        ("협약서 900101-1234567.pdf", PDF, "resident_number"),
    ],
)
def test_a_file_is_refused_in_one_sentence(name: str, content: bytes, problem: str):
    with pytest.raises(FileRefused) as caught:
        check_file(name, content)
    assert caught.value.problem == problem
    assert PROBLEMS[problem].endswith(("니다.", "십시오."))


def test_every_problem_of_a_file_has_been_met():
    assert set(PROBLEMS) == {"empty", "too_large", "unknown", "lies", "resident_number"}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("협약서.pdf", "협약서.pdf"),
        (unicodedata.normalize("NFD", "협약서.PDF"), "협약서.PDF"),
        ("C:\\Users\\me\\Desktop\\협약서.pdf", "협약서.pdf"),
        ("../../etc/passwd", "passwd"),
        ("..", "협약서"),
        (".pdf", "협약서.pdf"),
        ("", "협약서"),
        ('협약"서\r\nX-Evil: 1.pdf', "협약 서 X-Evil 1.pdf"),
        ("협약서\u202efdp.exe", "협약서 fdp.exe"),
        ("가" * 300 + ".hwp", "가" * 116 + ".hwp"),
        ("2020. 12. 협약", "2020. 12. 협약"),
    ],
)
def test_a_name_is_one_clean_line_with_its_ending(typed: str, kept: str):
    assert clean_name(typed) == kept


def test_a_name_without_an_ending_gets_that_of_its_content():
    assert check_file("2020. 12. 협약", HWP)[0] == "2020. 12. 협약.hwp"
    assert check_file("", JPEG)[0] == "협약서.jpg"


def store(session: Session, agreement: Agreement, folder: Path, name: str = "../협약서.pdf", content: bytes = PDF):
    return keep_document(session, agreement, name, content, OFFICE, folder=folder, today=DAY)


def test_the_content_lies_under_its_digest_for_the_service_alone(session: Session, tmp_path: Path):
    folder = tmp_path / "documents"
    row = store(session, add_agreement(session), folder)
    digest = hashlib.sha256(PDF).hexdigest()
    assert [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()] == [
        f"{digest[:2]}/{digest}"
    ]
    assert (row.name, row.media_type, row.size, row.digest) == ("협약서.pdf", "application/pdf", len(PDF), digest)
    assert (row.uploaded_by, trail(session, row)[0].move) == (OFFICE.name, "create")
    assert (folder / digest[:2] / digest).stat().st_mode & 0o077 == 0
    assert read_document(folder, row) == PDF


def test_the_same_file_is_one_content_and_stands_once_in_an_agreement(session: Session, tmp_path: Path):
    first, other = add_agreement(session), add_agreement(session)
    store(session, first, tmp_path)
    store(session, other, tmp_path)
    with pytest.raises(MoveRefused) as caught:
        store(session, first, tmp_path, "다른 이름.pdf")
    assert caught.value.refusal.code == "document_is_there"
    assert count_rows(session, AgreementDocument) == 2
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1


def test_a_refused_file_leaves_nothing(session: Session, tmp_path: Path):
    with pytest.raises(FileRefused):
        store(session, add_agreement(session), tmp_path, content=HTML)
    assert (count_rows(session, AgreementDocument), os.listdir(tmp_path)) == (0, [])


@pytest.mark.parametrize("damage", ["gone", "changed"])
def test_a_content_that_is_not_what_was_stored_is_not_given_out(session: Session, tmp_path: Path, damage: str):
    row = store(session, add_agreement(session), tmp_path)
    place = documents.place_of(tmp_path, row.digest)
    place.unlink() if damage == "gone" else place.write_bytes(PDF + b"!")
    with pytest.raises(DocumentLost):
        read_document(tmp_path, row)


def test_taking_away_is_a_move_of_whoever_may_and_comes_back(session: Session, tmp_path: Path):
    row = store(session, add_agreement(session), tmp_path)
    with pytest.raises(MoveRefused):
        moving.advance(session, row, "remove", STRANGER, effective_on=DAY)
    moving.advance(session, row, "remove", OFFICE, effective_on=DAY)
    assert row.state == "removed"
    assert read_document(tmp_path, row) == PDF
    moving.take_back(session, row, OFFICE, effective_on=DAY)
    assert (row.state, [event.move for event in trail(session, row)]) == ("kept", ["create", "remove", "undo"])


def test_a_partner_sees_the_own_agreements_documents_and_no_removed_one(session: Session, tmp_path: Path):
    mine, theirs = add_agreement(session), add_agreement(session)
    row, _other = store(session, mine, tmp_path), store(session, theirs, tmp_path)
    gone = store(session, mine, tmp_path, "그림.png", PNG)
    moving.advance(session, gone, "remove", OFFICE, effective_on=DAY)
    fields = {"name": "가나", "password_hash": "-", "session_stamp": "-"}
    people = {
        role: keep(session, Account(email=f"{role}@ieum.example", role=role, company_id=owner, **fields))
        for role, owner in (("partner", mine.company_id), ("counselor", None), ("manager", None))
    }
    seen = {role: len(session.exec(visible_documents(account)).all()) for role, account in people.items()}
    assert seen == {"partner": 1, "counselor": 2, "manager": 3}
    assert session.exec(visible_documents(people["partner"])).one().id == row.id


def test_of_two_who_bring_the_same_file_at_once_one_does(database: Database, tmp_path: Path):
    with database.transaction() as session:
        agreement_id = add_agreement(session).id
    meeting = Barrier(2)

    def bring(name: str) -> str:
        meeting.wait(10)
        try:
            database.attempt(lambda session: store(session, session.get_one(Agreement, agreement_id), tmp_path, name))
        except MoveRefused as refused:
            return refused.refusal.code
        return "kept"

    with ThreadPoolExecutor(2) as threads:
        ends = sorted(one.result() for one in [threads.submit(bring, name) for name in ("가.pdf", "나.pdf")])
    assert ends == ["document_is_there", "kept"]
