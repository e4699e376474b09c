"""What is uploaded is kept clean or not at all: S5 of the bars."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from tests import factories
from tests.news import planted
from werkplaats.core import papers, pictures
from werkplaats.core.actors import SYSTEM
from werkplaats.core.models import LogEntry
from werkplaats.news.actions import add_document, add_picture
from werkplaats.news.models import Paper, Picture

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_files(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


def drawn(data: bytes, name: str = "foto.jpg") -> tuple[bytes, Any]:
    """What is kept of a picture, as data and opened."""
    kept = pictures.cleaned(planted.upload(data, name)).read()
    return kept, Image.open(io.BytesIO(kept))


def refused(clean: Any, data: bytes, name: str) -> str:
    with pytest.raises(ValidationError) as error:
        clean(planted.upload(data, name))
    return str(error.value.messages[0])


def test_place_and_camera_are_gone_and_the_photo_stands_upright():
    kept, opened = drawn(planted.with_place())

    assert (opened.size, dict(opened.getexif()), opened.info.get("comment")) == ((48, 64), {}, None)
    assert not any(words in kept for words in (b"Exif", b"Geheime", b"Jansen", b"GPS"))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_the_dots_of_every_kind_stay_the_same(kind: str):
    _kept, opened = drawn(planted.picture(kind), f"foto.{kind.lower()}")

    left, right = opened.convert("RGB").getpixel((10, 24)), opened.convert("RGB").getpixel((54, 24))
    assert left[0] > 240 > 20 > left[2], left
    assert right[2] > 240 > 20 > right[0], right
    assert opened.format == {"GIF": "PNG"}.get(kind, kind)


def test_what_hangs_behind_a_picture_is_not_kept():
    kept, _opened = drawn(planted.polyglot())

    assert b"script" not in kept and b"<html" not in kept


def test_comments_and_profiles_in_a_png_are_not_kept():
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    info.add_text("Author", "mevrouw Jansen")
    kept, opened = drawn(planted.picture("PNG", pnginfo=info, icc_profile=b"geen profiel " + planted.SCRIPT), "a.png")

    assert b"Jansen" not in kept and b"script" not in kept and opened.info == {}


def test_transparency_stays():
    out = io.BytesIO()
    Image.new("RGBA", (8, 8), (255, 0, 0, 0)).save(out, "PNG")

    assert drawn(out.getvalue(), "a.png")[1].getpixel((0, 0))[3] == 0


def test_a_wrong_extension_is_corrected():
    assert pictures.cleaned(planted.upload(planted.picture("PNG"), "../../foto.jpg.exe")).name == "foto.jpg.png"


def test_a_huge_picture_becomes_one_that_a_screen_can_show():
    assert drawn(planted.picture(size=(6000, 1000)))[1].size == (3200, 533)


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (planted.svg(), "tekening.svg", "geen JPEG"),
        (planted.svg(), "foto.jpg", "geen JPEG"),
        (planted.pdf(), "foto.jpg", "geen JPEG"),
        (b"GIF89a" + planted.SCRIPT, "foto.gif", "geen JPEG"),
        (planted.picture()[:200], "foto.jpg", "geen JPEG"),
        (b"", "foto.jpg", "geen JPEG"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 400, "foto.heic", "geen JPEG"),
        (planted.bomb(), "foto.png", "beeldpunten"),
    ],
)
def test_what_is_no_safe_picture_is_refused_in_words(data: bytes, name: str, words: str):
    assert words in refused(pictures.cleaned, data, name)


def test_a_picture_that_is_too_heavy_is_refused_unread():
    assert "15 MB" in refused(pictures.cleaned, b"\xff\xd8" + b"0" * 15_000_001, "foto.jpg")


def test_a_pdf_is_written_anew_without_what_runs_or_hides_in_it():
    data = planted.pdf(script=True, attached=True)
    assert b"app.alert" in data

    kept = papers.cleaned(planted.upload(data, "verslag.pdf"))
    with pikepdf.open(io.BytesIO(kept.read())) as opened:
        assert (len(opened.pages), "/OpenAction" in opened.Root, len(opened.attachments)) == (1, False, 0)
        assert "JavaScript" not in str(opened.Root)
    kept.seek(0)
    assert b"app.alert" not in kept.read()


def everywhere(pdf: Any) -> str:
    """All that a reader finds in a PDF: every object, and what every stream says."""
    found = []
    for one in pdf.objects:
        found.append(repr(one))
        if isinstance(one, pikepdf.Stream):
            found.append(one.read_bytes().decode("latin-1"))
    return "\n".join(found)


def test_nothing_is_left_of_what_hides_in_bookmarks_fields_marks_and_names():
    data = planted.armed_pdf()
    words = ("app.alert", "JavaScript", "kwaad.exe", "geheim.html", "EmbeddedFile", "javascript:", "xdp", "script>")
    with pikepdf.open(io.BytesIO(data)) as opened:
        before = everywhere(opened)
    assert [word for word in words if word not in before] == [], "the file is as bad as it should be"

    kept = papers.cleaned(planted.upload(data, "contract.pdf")).read()
    with pikepdf.open(io.BytesIO(kept)) as opened:
        after = everywhere(opened)
        page = opened.pages[0].obj
        marks = [str(mark.Subtype) for mark in page.Annots]
        titles = [item.title for item in opened.open_outline().root[0].children]
        fonts = set(page.Resources.Font.keys())
        address = str(page.Annots[0].A.URI)
    assert [word for word in words if word in after] == []
    assert [name for name in ("/OpenAction", "/AA", "/XFA", "/EmbeddedFiles", "/AF", "/Launch") if name in after] == [
        "/AA"
    ], "the font of that name"
    # What one reads is still there.
    assert (marks, titles) == (["/Link", "/Link", "/Text", "/Widget"], ["Onder"])
    assert (fonts, address) == ({"/AA", "/JS"}, "https://example.org/") and "een gewone opmerking" in after


def test_a_document_of_many_objects_is_read_in_time():
    made = pikepdf.new()
    page = made.add_blank_page()
    rows = [made.make_indirect(pikepdf.Dictionary(S=pikepdf.Name.P, K=number)) for number in range(60_000)]
    made.Root.StructTreeRoot = made.make_indirect(pikepdf.Dictionary(K=pikepdf.Array(rows)))
    assert page is not None
    out = io.BytesIO()
    made.save(out)

    assert papers.cleaned(planted.upload(out.getvalue(), "lang.pdf")).size > 1000


def test_a_zip_or_page_behind_a_pdf_is_not_kept():
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.writestr("a.html", planted.SCRIPT)

    for tail in (zipped.getvalue(), b"\n<html>" + planted.SCRIPT):
        kept = papers.cleaned(planted.upload(planted.pdf() + tail, "a.pdf")).read()
        assert b"script" not in kept and not zipfile.is_zipfile(io.BytesIO(kept))


def docx() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<x/>")
        archive.writestr("bom.bin", b"\0" * 20_000_000)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (docx(), "geen PDF"),
        (b"<html>" + planted.SCRIPT + b"%PDF-1.7", "geen PDF"),
        (b"\n" + planted.pdf(), "geen PDF"),
        (b"%PDF-1.7\n" + b"niets " * 50, "geen PDF"),
        (planted.picture(), "geen PDF"),
        (planted.pdf(password="geheim"), "wachtwoord"),
        (b"", "geen PDF"),
    ],
)
def test_what_is_no_readable_pdf_is_refused_in_words(data: bytes, words: str):
    assert words in refused(papers.cleaned, data, "verslag.pdf")


def test_a_pdf_made_to_choke_its_reader_is_refused_and_harms_nobody(monkeypatch: Any):
    """A reader that never ends is ended."""
    monkeypatch.setattr(papers, "_SECONDS", 0.001)

    assert "geen PDF" in refused(papers.cleaned, planted.pdf(), "verslag.pdf")


def test_files_are_kept_under_a_name_that_says_nothing_with_a_line_in_the_logbook():
    section = factories.make_sections()[0]
    shown = add_picture(
        title="Jansen", file=planted.upload(planted.with_place(), "mevrouw jansen.jpeg"), description="",
        section=section, by=SYSTEM,
    )  # fmt: skip
    paper = add_document(title="Verslag 2026", file=planted.upload(planted.pdf(), "v.pdf"), section=section, by=SYSTEM)

    assert shown.file.name == f"original_images/{shown.uid}.jpg"
    assert paper.file.name == f"documents/{paper.uid}.pdf"
    assert shown.get_rendition("width-20").file.name.startswith(f"renditions/{shown.uid}-")
    with shown.file.open("rb") as file:
        assert b"Jansen" not in file.read()
    uids = (shown.uid, paper.uid)
    shown.delete()
    paper.delete()
    assert [(row.verb, row.target) for row in LogEntry.objects.filter(target__in=uids).order_by("number")] == [
        ("news.picture.uploaded", uids[0]),
        ("news.paper.uploaded", uids[1]),
        ("news.picture.removed", uids[0]),
        ("news.paper.removed", uids[1]),
    ]


@pytest.mark.parametrize("model", [Picture, Paper])
def test_a_file_that_comes_past_the_forms_is_cleaned_all_the_same(model: Any):
    section = factories.make_sections()[0]

    with pytest.raises(ValidationError):
        model.objects.create(title="x", file=planted.upload(planted.svg(), "x.svg"), collection=section.collection)
    assert model.objects.count() == 0
