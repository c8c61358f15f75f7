"""Decides which files an agreement may hold, under what name, and where their content lies: by digest, out of the web."""

import hashlib
import os
import re
import secrets
from datetime import date
from pathlib import Path

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from employers.checking import has_resident_number, one_line
from employers.models import Agreement
from employers.moves import Refusal
from placement.enums import MediaType
from placement.file_kinds import ENDINGS, kind_of
from placement.models import AgreementDocument
from placement.models.notices import LARGEST_DOCUMENT
from placement.states import Actor, MoveRefused, record_birth
from placement.texts import N_

LONGEST_NAME, LONGEST_ENDING = 120, 5
UNNAMED = "협약서"
# What a name may not hold anywhere: signs of paths and shells, and those that turn the reading direction.
_ODD = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]')
PROBLEMS = {
    "empty": N_("빈 파일입니다. 다른 파일을 골라 주십시오."),
    "too_large": N_("10MB보다 큰 파일은 올릴 수 없습니다."),
    "unknown": N_("PDF, HWP, HWPX, PNG, JPEG 파일만 올릴 수 있습니다."),
    "lies": N_("파일 이름과 내용의 종류가 다릅니다. 원래 파일을 다시 골라 주십시오."),
    "resident_number": N_("파일 이름에 주민등록번호로 보이는 숫자가 있습니다. 이름을 바꾸어 다시 올려 주십시오."),
}


class FileRefused(Exception):
    """The file is not taken; `problem` is a key of PROBLEMS."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


def check_file(typed_name: str, content: bytes) -> tuple[str, MediaType]:
    """The cleaned name and the kind of a file. Raises FileRefused."""
    if not content:
        raise FileRefused("empty")
    if len(content) > LARGEST_DOCUMENT:
        raise FileRefused("too_large")
    kind = kind_of(content)
    if kind is None:
        raise FileRefused("unknown")
    name = clean_name(typed_name)
    if has_resident_number(name):
        raise FileRefused("resident_number")
    _stem, ending = _split(name)
    if ending and ending.lower() not in ENDINGS[kind]:
        raise FileRefused("lies")
    return name if ending else name + ENDINGS[kind][0], kind


def clean_name(typed: str) -> str:
    """The last part of a path, composed (a Mac sends 한글 in pieces), on one line, without odd signs, its ending kept."""
    name = one_line(_ODD.sub(" ", one_line(typed.replace("\\", "/").rsplit("/", 1)[-1])))
    stem, ending = _split(name.rstrip(". "))
    return (stem.strip(". ")[: LONGEST_NAME - len(ending)] or UNNAMED) + ending


def _split(name: str) -> tuple[str, str]:
    """What stands before the ending, and the ending with its dot; 2020. 12. 협약 has none."""
    stem, dot, ending = name.rpartition(".")
    is_one = bool(dot) and ending.isascii() and ending.isalnum() and len(ending) <= LONGEST_ENDING
    return (stem, dot + ending) if is_one else (name, "")


def keep_document(
    session: Session, agreement: Agreement, typed_name: str, content: bytes, actor: Actor, *, folder: Path, today: date
) -> AgreementDocument:
    """Store the content, then its row. Raises FileRefused, and MoveRefused (document_is_there) for the same file again.

    The content is there before its row is: a transaction that fails leaves a file that nothing names.
    """
    name, kind = check_file(typed_name, content)
    digest = hashlib.sha256(content).hexdigest()
    _write(place_of(folder, digest), content)
    document = AgreementDocument(
        agreement_id=agreement.id or 0,
        name=name,
        media_type=kind,
        size=len(content),
        digest=digest,
        uploaded_by=actor.name,
    )
    try:
        with session.begin_nested():
            record_birth(session, document, actor, effective_on=today)
    except IntegrityError:
        raise MoveRefused(Refusal("document_is_there")) from None
    return document


def place_of(folder: Path, digest: str) -> Path:
    """Where the content of this digest lies."""
    return folder / digest[:2] / digest


def _write(place: Path, content: bytes) -> None:
    """Whole or not at all, readable by the service alone; the same content twice is one file."""
    if place.exists() and place.stat().st_size == len(content):
        return
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    half = place.with_name(f".{place.name}.{secrets.token_hex(4)}")
    try:
        with open(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        half.replace(place)
    finally:
        half.unlink(missing_ok=True)


class DocumentLost(Exception):
    """The content is not there any more, or is not what was stored."""


def read_document(folder: Path, document: AgreementDocument) -> bytes:
    """The content as it came. Raises DocumentLost."""
    try:
        content = place_of(folder, document.digest).read_bytes()
    except OSError as error:
        raise DocumentLost(document.name) from error
    if hashlib.sha256(content).hexdigest() != document.digest:
        raise DocumentLost(document.name)
    return content
