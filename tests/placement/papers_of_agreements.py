"""Decides the small files of the tests about documents: real ones of every kind, and those that only pretend."""

import struct
import zipfile
from io import BytesIO

PDF = b"%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00" * 17
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"\x00" * 20 + b"\xff\xd9 and what a telephone writes on"
HTML = b"<!doctype html><script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
PROGRAM = b"MZ" + b"\x00" * 600

_SECTOR, _FREE, _END, _FAT = 512, 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def ole(stream: str, content: bytes) -> bytes:
    """A compound file ([MS-CFB], version 3) that holds one stream, padded beyond the size of small streams."""
    content = content.ljust(4096, b"\0")
    sectors = len(content) // _SECTOR
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    header += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, _END, 0, _END, 0)
    header += struct.pack("<109I", 0, *[_FREE] * 108)
    fat = [_FAT, _END, *range(3, 2 + sectors), _END]
    table = struct.pack("<128I", *fat, *[_FREE] * (128 - len(fat)))
    root = _entry("Root Entry", 5, child=1, start=_END, size=0)
    directory = root + _entry(stream, 2, child=_FREE, start=2, size=len(content)) + b"\0" * 256
    return header + table + directory + content


def _entry(name: str, kind: int, *, child: int, start: int, size: int) -> bytes:
    typed = (name + "\0").encode("utf-16-le")
    line = typed.ljust(64, b"\0") + struct.pack("<HBB", len(typed), kind, 1)
    return line + struct.pack("<III", _FREE, _FREE, child) + b"\0" * 36 + struct.pack("<IQ", start, size)


def archive(*entries: tuple[str, bytes], compression: int = zipfile.ZIP_STORED) -> bytes:
    """A zip with these entries in this order."""
    held = BytesIO()
    with zipfile.ZipFile(held, "w", compression) as packed:
        for name, content in entries:
            packed.writestr(name, content)
    return held.getvalue()


MIMETYPE = ("mimetype", b"application/hwp+zip")
HWP = ole("FileHeader", b"HWP Document File".ljust(256, b"\0"))
HWPX = archive(MIMETYPE, ("Contents/section0.xml", b"<sec/>"))
