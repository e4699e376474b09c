"""Files as they may be kept: known by what is in them, not by their name, and cleaned where that can be done."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.formats import number_format
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from werkplaats.core import papers, pictures

_MB = 1_000_000
# What a packed document may become when it is unpacked, and of how many parts it may consist.
_MOST_UNPACKED = 500 * _MB
_MOST_PARTS = 5_000
_OFFICE = "application/vnd.openxmlformats-officedocument"
_OPEN = "application/vnd.oasis.opendocument"


@dataclass(frozen=True)
class FileKind:
    """A kind of file: what it is called, as what it is given, and how large it may be."""

    label: Any
    media_type: str
    most: int


KINDS: dict[str, FileKind] = {
    "pdf": FileKind("PDF", "application/pdf", papers.MOST_BYTES),
    "docx": FileKind("Word", f"{_OFFICE}.wordprocessingml.document", 25 * _MB),
    "xlsx": FileKind("Excel", f"{_OFFICE}.spreadsheetml.sheet", 25 * _MB),
    "pptx": FileKind("PowerPoint", f"{_OFFICE}.presentationml.presentation", 50 * _MB),
    "odt": FileKind("OpenDocument-tekst", f"{_OPEN}.text", 25 * _MB),
    "ods": FileKind("OpenDocument-rekenblad", f"{_OPEN}.spreadsheet", 25 * _MB),
    "odp": FileKind("OpenDocument-presentatie", f"{_OPEN}.presentation", 50 * _MB),
    "epub": FileKind("EPUB", "application/epub+zip", 50 * _MB),
    "mp3": FileKind(_("MP3-geluid"), "audio/mpeg", 100 * _MB),
    "mp4": FileKind(_("MP4-film"), "video/mp4", 100 * _MB),
    "jpg": FileKind(_("JPEG-afbeelding"), "image/jpeg", pictures.MOST_BYTES),
    "png": FileKind(_("PNG-afbeelding"), "image/png", pictures.MOST_BYTES),
    "webp": FileKind(_("WebP-afbeelding"), "image/webp", pictures.MOST_BYTES),
}
MOST_BYTES = max(kind.most for kind in KINDS.values())
_TAKEN = _("Wij nemen PDF, Word, Excel, PowerPoint, OpenDocument, EPUB, MP3, MP4, JPEG, PNG en WebP aan.")


class CleanFile(File):
    """A file that was looked at here, and cleaned where its kind allows; ``kind`` is a key of KINDS.

    What is kept as it is stays where it was uploaded and is read in pieces: a film never stands in memory whole.
    """

    def __init__(self, content: bytes | File, name: str, kind: str) -> None:
        super().__init__(io.BytesIO(content) if isinstance(content, bytes) else content, name=name)
        self.kind = kind


def size_in_words(size: int) -> str:
    """ "850 kB", "1,2 MB": a thousand bytes is a kB, and nothing is 0 kB."""
    if size < _MB:
        return f"{max(1, round(size / 1000))} kB"
    return f"{number_format(size / _MB, 1)} MB"


def cleaned(file: Any) -> CleanFile:
    """The file as it may be kept. Raises ValidationError, with a sentence for who uploads.

    PDFs are written anew (``core.papers``) and pictures drawn anew (``core.pictures``). Other kinds are kept as they
    are when they are what they seem, hold no programs and are not locked.
    """
    if not file.size:
        raise ValidationError(_t("Dit bestand is leeg. Kijk of het goed bewaard is en probeer het opnieuw."))
    if file.size > MOST_BYTES:
        raise ValidationError(_too_large(MOST_BYTES))
    file.seek(0)
    head = file.read(4096)
    name = (file.name or "bestand").rpartition("/")[2]
    if head.startswith(b"%PDF-"):
        return CleanFile(papers.cleaned(file).read(), name, "pdf")
    if _is_picture(head):
        drawn = pictures.cleaned(file)
        return CleanFile(drawn.read(), name, drawn.name.rpartition(".")[2])
    kind = _kind(head, file)
    if kind is None:
        raise ValidationError(
            _t("Dit is geen soort bestand dat wij kennen, of het is beschadigd. %(taken)s") % {"taken": _TAKEN}
        )
    if file.size > KINDS[kind].most:
        raise ValidationError(_too_large(KINDS[kind].most))
    file.seek(0)
    return CleanFile(file, name, kind)


def _too_large(most: int) -> str:
    return _t("Dit bestand is groter dan %(most)s. Maak het kleiner en probeer het opnieuw.") % {
        "most": size_in_words(most).replace(",0 ", " ")
    }


def _is_picture(head: bytes) -> bool:
    return head.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8")) or (
        head[:4] == b"RIFF" and head[8:12] == b"WEBP"
    )


def _kind(head: bytes, file: Any) -> str | None:
    if head.startswith(b"PK\x03\x04"):
        return _packed(file)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise ValidationError(
            _t("Dit is een oud of beveiligd Office-bestand. Bewaar het zonder wachtwoord als .docx, .xlsx of .pptx.")
        )
    if head[4:8] == b"ftyp" and head[8:12] in _FILM:
        return "mp4"
    return "mp3" if _is_sound(head) else None


_FILM = {b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"MSNV", b"dash"}


def _is_sound(head: bytes) -> bool:
    """An MP3: a label in front, or the first frame of layer III."""
    if head.startswith(b"ID3"):
        return True
    # Eleven ones, a version and layer that exist, a rate that exists.
    return (
        len(head) > 3 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2 and head[2] >> 4 not in (0, 15)
        and head[1] & 0x18 != 0x08
    )  # fmt: skip


def _packed(file: Any) -> str | None:
    """The kind of a packed document by what it says of itself inside; None when it says nothing we know."""
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as packed:
            parts = packed.infolist()
            if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _MOST_UNPACKED:
                raise ValidationError(_t("Dit bestand is veel te groot als het wordt uitgepakt. Maak het kleiner."))
            names = {part.filename for part in parts}
            if any(part.flag_bits & 0x1 for part in parts):
                raise ValidationError(_LOCKED)
            if packed.testzip() is not None:
                return None
            kind = _said_inside(packed, names)
            if kind and _has_programs(names):
                raise ValidationError(_PROGRAMS)
            return kind
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError, EOFError, KeyError):
        return None


_LOCKED = _("Dit bestand is met een wachtwoord beveiligd. Bewaar het zonder wachtwoord en probeer het opnieuw.")
_PROGRAMS = _("In dit bestand zitten macro's. Bewaar het zonder macro's (bijvoorbeeld als .docx) of als PDF.")


def _said_inside(packed: zipfile.ZipFile, names: set[str]) -> str | None:
    if "mimetype" in names and packed.getinfo("mimetype").file_size < 200:
        told = packed.read("mimetype").decode("ascii", "replace").strip()
        found = {kind.media_type: key for key, kind in KINDS.items()}.get(told)
        return found if found in {"odt", "ods", "odp", "epub"} else None
    if "[Content_Types].xml" in names and packed.getinfo("[Content_Types].xml").file_size < _MB:
        told = packed.read("[Content_Types].xml").decode("utf-8", "replace")
        if "macroEnabled" in told:
            raise ValidationError(_PROGRAMS)
        wanted: dict[str, Callable[[str], bool]] = {
            "docx": lambda part: part == "word/document.xml",
            "xlsx": lambda part: part == "xl/workbook.xml",
            "pptx": lambda part: part == "ppt/presentation.xml",
        }
        return next((key for key, is_it in wanted.items() if any(map(is_it, names))), None)
    return None


def _has_programs(names: set[str]) -> bool:
    return any(name.lower().endswith("vbaproject.bin") or name.startswith(("Basic/", "Scripts/")) for name in names)
