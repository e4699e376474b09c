"""Files are known by what is in them; what may not be kept is refused in words."""

from __future__ import annotations

import hashlib
import io
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.factories import make_publication
from tests.news import planted
from werkplaats.core.actors import SYSTEM
from werkplaats.library import actions
from werkplaats.library.models import File
from werkplaats.library.rules.files import KINDS, cleaned, size_in_words

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def packed(parts: dict[str, str | bytes]) -> bytes:
    """Parts in a box, as documents are."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as box:
        for name, content in parts.items():
            box.writestr(name, content)
    return out.getvalue()


def word(**more: str) -> bytes:
    types = f'<Types><Override PartName="/word/document.xml" ContentType="{WORD}"/></Types>'
    return packed({"[Content_Types].xml": types, "word/document.xml": "<w/>", **more})


def opened(kind: str) -> bytes:
    return packed({"mimetype": KINDS[kind].media_type, "content.xml": "<x/>"})


MP3 = b"\xff\xfb\x90\x64" + b"\0" * 400
MP4 = b"\0\0\0\x18ftypisom\0\0\x02\0isomiso2" + b"\0" * 64


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (planted.pdf(), "pdf"), (word(), "docx"), (opened("odt"), "odt"), (opened("epub"), "epub"),
        (packed({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<x/>"}), "xlsx"),
        (packed({"[Content_Types].xml": "<Types/>", "ppt/presentation.xml": "<x/>"}), "pptx"),
        (MP3, "mp3"), (b"ID3\x04" + MP3, "mp3"), (MP4, "mp4"), (planted.picture(), "jpg"),
        (planted.picture("PNG"), "png"), (planted.picture("WEBP"), "webp"), (planted.picture("GIF"), "png"),
    ],
)  # fmt: skip
def test_a_kind_is_seen_whatever_the_file_is_called(data, kind):
    kept = cleaned(ContentFile(data, name="vakantie.exe"))

    assert (kept.kind, kept.size > 0) == (kind, True)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "Dit bestand is leeg"),
        (b"<html><script>alert(1)</script>", "geen soort bestand dat wij kennen"),
        (b"MZ" + b"\0" * 100, "geen soort bestand dat wij kennen"),
        (b"%PDF-1.7 en dan niets", "geen PDF die wij kunnen lezen"),
        (planted.pdf()[:200], "geen PDF die wij kunnen lezen"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 100, "oud of beveiligd Office-bestand"),
        (word(**{"word/vbaProject.bin": "macro"}), "macro's"),
        (packed({"mimetype": KINDS["odt"].media_type, "Basic/script-lc.xml": "<x/>"}), "macro's"),
        (packed({"[Content_Types].xml": "application/vnd.ms-word.document.macroEnabled"}), "macro's"),
        (packed({"lees.txt": "zomaar een zip"}), "geen soort bestand dat wij kennen"),
        (word()[:-30], "geen soort bestand dat wij kennen"),
        (packed({"mimetype": KINDS["odt"].media_type, "bom": b"\0" * 501_000_000}), "veel te groot"),
        (planted.picture()[:60], "geen JPEG, PNG, WebP of GIF"),
        (b"\0\0\0\x18ftypqt  " + b"\0" * 64, "geen soort bestand dat wij kennen"),
    ],
)
def test_what_cannot_be_kept_is_told(data, said):
    with pytest.raises(ValidationError, match=said):
        cleaned(ContentFile(data, name="verslag.pdf"))


def test_what_is_too_large_is_told_with_how_large_it_may_be():
    for data, name in ((word(), "a.docx"), (planted.pdf(), "a.pdf")):
        huge = ContentFile(data, name=name)
        huge.size = 26_000_000
        with pytest.raises(ValidationError, match="groter dan 25 MB"):
            cleaned(huge)


def test_a_locked_document_is_told():
    data = bytearray(word())
    # The mark that a part is locked, in its own head and in the list at the end.
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.index(mark) + place
        data[at] |= 1

    with pytest.raises(ValidationError, match="met een wachtwoord"):
        cleaned(ContentFile(bytes(data), name="a.docx"))


@settings(max_examples=200, deadline=None)
@given(st.sampled_from([b"", b"PK\x03\x04", b"ID3", b"\xff\xfb", b"\0\0\0\x18ftyp", b"RIFF"]), st.binary(max_size=300))
def test_whatever_comes_is_kept_or_told(start, rest):
    try:
        kept = cleaned(ContentFile(start + rest, name="x"))
    except ValidationError as error:
        assert error.messages[0]
    else:
        assert kept.kind in KINDS


@pytest.mark.parametrize(
    ("size", "words"),
    [(1, "1 kB"), (1499, "1 kB"), (850_000, "850 kB"), (1_240_000, "1,2 MB"), (25_000_000, "25,0 MB")],
)
def test_sizes_in_words(size, words):
    assert size_in_words(size) == words


@pytest.mark.django_db
def test_a_file_is_kept_by_its_identifier_with_its_fingerprint(pdf):
    made = make_publication(published=False)

    kept = actions.add_file(
        edition=made.versions.get(), file=pdf, values={"name": "Hele tekst"}, version=made.version, by=SYSTEM
    )

    stored = File.objects.get()
    with stored.file.open() as content:
        data = content.read()
    assert stored.file.name == f"bibliotheek/{kept.uid}.pdf"
    assert stored.sha256 == hashlib.sha256(data).hexdigest() and stored.size == len(data)
    assert (stored.filename, stored.in_words) == ("samen-in-de-wijk-hele-tekst.pdf", "PDF, 1 kB")


class Uploaded(ContentFile):
    """A file that remembers the most that was read of it at once."""

    most = 0

    def read(self, size=-1):
        piece = super().read(size)
        self.most = max(self.most, len(piece))
        return piece


@pytest.mark.parametrize("head", [MP3, MP4])
def test_what_is_kept_as_it_is_never_stands_in_memory_whole(head, tmp_path, settings, db):
    settings.MEDIA_ROOT = tmp_path
    data = head + b"\0" * 400_000
    given_file = Uploaded(data, name="film")
    edition = make_publication(published=False).versions.get()

    made = File(version=edition, name="film", file=given_file)
    made.save()

    assert given_file.most <= ContentFile.DEFAULT_CHUNK_SIZE < len(data)
    assert (made.size, made.sha256) == (len(data), hashlib.sha256(data).hexdigest())
    with made.file.open("rb") as kept:
        assert kept.read() == data


def test_a_packed_document_is_looked_at_in_pieces(tmp_path):
    data = packed({"mimetype": KINDS["epub"].media_type, "a.bin": bytes(range(256)) * 8000})
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w", zipfile.ZIP_STORED) as box, zipfile.ZipFile(io.BytesIO(data)) as parts:
        for name in parts.namelist():
            box.writestr(name, parts.read(name))
    given_file = Uploaded(stored.getvalue(), name="boek.epub")

    assert cleaned(given_file).kind == "epub"
    assert given_file.most < len(stored.getvalue()) / 1.5
