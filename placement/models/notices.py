"""Decides how what must be told is stored: reminders and notices, written by time, and the documents of an agreement."""

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from employers.columns import check, now, one_of, whole_numbers
from placement.enums import DocumentState, MediaType, NoticeChannel, NoticeKind, Side

LARGEST_DOCUMENT = 10 * 1024 * 1024


class Notice(SQLModel, table=True):
    """독촉·알림: something about a row that one side should be told; `about_on` is the day since which the row waits
    or on which it ends, so that a row that waits anew is reminded anew. `told_…` once somebody has sent it."""

    __tablename__ = "notice"
    __table_args__ = (
        UniqueConstraint("kind", "entity_id", "side", "about_on", "number"),
        Index("ix_notice_entity_entity_id", "entity", "entity_id"),
        one_of("kind", NoticeKind),
        one_of("side", Side),
        one_of("channel", NoticeChannel),
        *whole_numbers("entity_id", "number", least=1),
        check("told_together", "(told_at IS NULL) = (channel IS NULL) AND (told_at IS NULL) = (told_by IS NULL)"),
    )

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    entity: str = Field(max_length=30)
    entity_id: int
    side: str
    about_on: date
    number: int
    written_on: date
    channel: str | None = None
    told_at: datetime | None = None
    told_by: str | None = Field(default=None, max_length=254)


class AgreementDocument(SQLModel, table=True):
    """협약 서류: the name it came with, cleaned; its content lies in a folder of its own, under its SHA-256 in hex."""

    __tablename__ = "agreement_document"
    __table_args__ = (
        UniqueConstraint("agreement_id", "digest"),
        one_of("media_type", MediaType),
        one_of("state", DocumentState),
        check("name_given", "length(name) BETWEEN 1 AND 200"),
        check("size_fits", f"size BETWEEN 1 AND {LARGEST_DOCUMENT}"),
        check("digest_length", "length(digest) = 64"),
        *whole_numbers("version", least=1),
    )

    id: int | None = Field(default=None, primary_key=True)
    agreement_id: int = Field(foreign_key="agreement.id", index=True)
    name: str = Field(max_length=200)
    media_type: str
    size: int
    digest: str = Field(max_length=64)
    uploaded_by: str = Field(max_length=254)
    uploaded_at: datetime = Field(default_factory=now)
    state: str = DocumentState.KEPT
    version: int = 1
