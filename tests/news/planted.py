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


def act(said: str) -> pikepdf.Dictionary:
    """A script that would run when something is opened, seen or pressed."""
    return pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String(f"app.alert('{said}')"))


def _mark(made: pikepdf.Pdf, kind: str, **more: object) -> pikepdf.Object:
    common = {"Type": pikepdf.Name.Annot, "Subtype": pikepdf.Name(f"/{kind}"), "Rect": [0, 0, 9, 9]}
    return made.make_indirect(pikepdf.Dictionary(**common, **more))


def _marks(made: pikepdf.Pdf, file: pikepdf.Object) -> list[pikepdf.Object]:
    """A link and a note that may stay, and all that plays, opens or carries something."""
    address = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String("https://example.org/"), Next=act("daarna"))
    foreign = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String("javascript:app.alert('adres')"))
    attached = _mark(made, "FileAttachment", FS=file)
    kinds = ("RichMedia", "Movie", "Sound", "Screen", "3D")
    return [
        _mark(made, "Link", A=address),
        _mark(made, "Link", A=foreign),
        _mark(made, "Text", Contents=pikepdf.String("een gewone opmerking"), AA=pikepdf.Dictionary(E=act("over"))),
        attached,
        _mark(made, "Popup", Parent=attached),
        *(_mark(made, kind, A=act(kind), RichMediaContent=pikepdf.Dictionary(Assets=file)) for kind in kinds),
    ]


def armed_pdf() -> bytes:
    """A PDF of one page with something in every place where a program might find something to run or to open."""
    made = pikepdf.new()
    page = made.add_blank_page()
    stream = pikepdf.Stream(made, SCRIPT)
    stream.Type = pikepdf.Name.EmbeddedFile
    paper = pikepdf.Dictionary(F=stream)
    file = made.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Filespec, F="geheim.html", EF=paper, AF=[]))
    made.Root.OpenAction = act("openen")
    made.Root.AA = pikepdf.Dictionary(WC=act("sluiten"))
    made.Root.AF = pikepdf.Array([file])
    made.Root.Names = pikepdf.Dictionary(
        JavaScript=pikepdf.Dictionary(Names=["a", act("namen")]),
        EmbeddedFiles=pikepdf.Dictionary(Names=["geheim.html", file]),
    )
    page.obj.AA = pikepdf.Dictionary(O=act("bladzijde"))
    page.obj.Annots = pikepdf.Array(_marks(made, file))
    # Bookmarks: the second hangs below the first.
    below = made.make_indirect(pikepdf.Dictionary(Title="Onder", A=act("onder")))
    launch = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="kwaad.exe")
    first = made.make_indirect(pikepdf.Dictionary(Title="Boven", A=launch, First=below, Last=below, Count=1))
    below.Parent = first
    made.Root.Outlines = made.make_indirect(pikepdf.Dictionary(First=first, Last=first, Count=1))
    # A field whose script stands above it.
    above = made.make_indirect(pikepdf.Dictionary(T="boven", FT=pikepdf.Name.Tx, AA=pikepdf.Dictionary(K=act("toets"))))
    field = _mark(made, "Widget", Parent=above, AA=pikepdf.Dictionary(Bl=act("weg")))
    above.Kids = pikepdf.Array([field])
    page.obj.Annots.append(field)
    made.Root.AcroForm = pikepdf.Dictionary(Fields=[above], XFA=pikepdf.Stream(made, b"<xdp>" + SCRIPT + b"</xdp>"))
    # A font may be called anything; that is no reason to take it away.
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary({"/AA": font, "/JS": font}))
    page.obj.Contents = pikepdf.Stream(made, b"BT /AA 9 Tf (hallo) Tj /JS 9 Tf (daar) Tj ET")
    out = io.BytesIO()
    made.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable, compress_streams=False)
    return out.getvalue()


def upload(data: bytes, name: str) -> SimpleUploadedFile:
    """As a browser sends it."""
    return SimpleUploadedFile(name, data)
