"""Decides what a file is by its content alone: PDF, HWP, HWPX, PNG, JPEG, or nothing that is taken."""

from io import BytesIO
from zipfile import ZIP_STORED, BadZipFile, ZipFile

from olefile import OleFileIO, isOleFile

from placement.enums import MediaType

PNG_HEAD, JPEG_HEAD, JPEG_END = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"\xff\xd9"
HWP_STREAM, HWP_HEAD = "FileHeader", b"HWP Document File"
HWPX_ENTRY, HWPX_TYPE = "mimetype", b"application/hwp+zip"
PDF_TAIL = 2048
MOST_ENTRIES, MOST_UNPACKED = 2000, 200 * 1024 * 1024
ENDINGS = {
    MediaType.PDF: (".pdf",),
    MediaType.HWP: (".hwp",),
    MediaType.HWPX: (".hwpx",),
    MediaType.PNG: (".png",),
    MediaType.JPEG: (".jpg", ".jpeg"),
}


def kind_of(content: bytes) -> MediaType | None:
    """The kind that the content proves, or None: HTML, SVG, another archive, a program, a damaged file."""
    if content.startswith(b"%PDF-") and b"%%EOF" in content[-PDF_TAIL:]:
        return MediaType.PDF
    if content.startswith(PNG_HEAD) and content[12:16] == b"IHDR":
        return MediaType.PNG
    if content.startswith(JPEG_HEAD) and JPEG_END in content:  # telephones write on after the end
        return MediaType.JPEG
    if _is_hwp(content):
        return MediaType.HWP
    return MediaType.HWPX if _is_hwpx(content) else None


def _is_hwp(content: bytes) -> bool:
    """An OLE compound file whose header stream says so (한글 문서 파일 형식 5.0, 3.2.1). Never raises."""
    try:
        if not isOleFile(data=content):
            return False
        with OleFileIO(BytesIO(content)) as parts, parts.openstream(HWP_STREAM) as header:
            return bool(header.read(len(HWP_HEAD)) == HWP_HEAD)
    except Exception:  # a damaged file breaks olefile in many ways, and all mean the same
        return False


def _is_hwpx(content: bytes) -> bool:
    """A zip whose first entry says so, plainly (KS X 6101), and that no reader would choke on. Unpacks nothing else."""
    if not content.startswith(b"PK\x03\x04"):
        return False
    try:
        with ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
            first = entries[0]
            if (first.filename, first.compress_type, first.file_size) != (HWPX_ENTRY, ZIP_STORED, len(HWPX_TYPE)):
                return False
            is_small = len(entries) <= MOST_ENTRIES and sum(entry.file_size for entry in entries) <= MOST_UNPACKED
            return is_small and archive.read(first) == HWPX_TYPE
    except (BadZipFile, IndexError, NotImplementedError, RuntimeError, OSError, ValueError):
        return False
