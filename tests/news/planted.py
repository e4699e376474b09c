"""Files as someone might plant them, made here so that nothing dangerous is kept."""

from __future__ import annotations

import io
import struct
import zlib

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

SCRIPT = b"<script>alert(document.domain)</script>"


def picture(kind: str = "JPEG", size: tuple[int, int] = (64, 48), **options: object) -> bytes:
    """A small picture with a red left half and a blue right half."""
    made = Image.new("RGB", size, "blue")
    made.paste("red", (0, 0, size[0] // 2, size[1]))
    out = io.BytesIO()
    made.save(out, kind, **options)
    return out.getvalue()


def with_place() -> bytes:
    """A photo that says where it was taken, by which camera, and lies on its side."""
    exif = Image.Exif()
    exif[0x010F] = "Geheime Camera"
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[2] = (52.0, 5.0, 13.0)
    return picture(exif=exif, comment=b"gemaakt bij mevrouw Jansen")


def polyglot() -> bytes:
    """A picture that is also a page with a script, for who reads on."""
    return picture() + b"<html><body>" + SCRIPT + b"</body></html>"


def bomb() -> bytes:
    """A PNG of some kilobytes that unpacks to ten thousand million dots."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", 100_000, 100_000, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 100_000))
        + chunk(b"IEND", b"")
    )


def svg() -> bytes:
    """A drawing with a script in it."""
    return b'<svg xmlns="http://www.w3.org/2000/svg">' + SCRIPT + b"</svg>"


def pdf(*, script: bool = False, attached: bool = False, password: str = "") -> bytes:
    """A PDF of one page."""
    made = pikepdf.new()
    made.add_blank_page()
    if script:
        made.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert('hier')"))
    if attached:
        made.attachments["geheim.html"] = SCRIPT
    out = io.BytesIO()
    made.save(out, encryption=pikepdf.Encryption(owner=password, user=password) if password else False)
    return out.getvalue()


def upload(data: bytes, name: str) -> SimpleUploadedFile:
    """As a browser sends it."""
    return SimpleUploadedFile(name, data)
