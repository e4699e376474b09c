"""Pictures as they may be kept: looked at by content, drawn anew, without what a camera or a prankster put in them."""

from __future__ import annotations

import io
import warnings
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms, ImageOps

MOST_BYTES = 15_000_000
MOST_PIXELS = 50_000_000
# Larger than any screen shows; what is wider or higher is made smaller.
LONGEST = 3200
# What may come in, and as what it is kept: an animation is kept as its first picture.
KEPT_AS = {"JPEG": ("JPEG", ".jpg"), "PNG": ("PNG", ".png"), "WEBP": ("WEBP", ".webp"), "GIF": ("PNG", ".png")}
EXTENSIONS = ("jpg", "jpeg", "png", "webp", "gif")
_NO_PICTURE = _("Dit is geen JPEG, PNG, WebP of GIF die wij kunnen lezen. Bewaar het bestand als JPEG of PNG.")
_TOO_MANY_DOTS = _("Deze afbeelding heeft te veel beeldpunten (meer dan 50 miljoen). Maak haar kleiner.")


class CleanPicture(ContentFile):
    """A picture that was drawn anew here."""


def cleaned(file: Any) -> CleanPicture:
    """The picture in a file, drawn anew: nothing but its dots is kept, upright and in the colours of screens.

    Raises ValidationError, with a sentence for who uploads, for anything that is no JPEG, PNG, WebP or GIF.
    """
    if file.size > MOST_BYTES:
        raise ValidationError(_t("Deze afbeelding is groter dan 15 MB. Maak haar kleiner en probeer het opnieuw."))
    file.seek(0)
    data = file.read()
    with warnings.catch_warnings():
        # The size is judged here, in our own words.
        warnings.simplefilter("ignore")
        try:
            picture, kind = _drawn(data)
        except Image.DecompressionBombError:
            raise ValidationError(_TOO_MANY_DOTS) from None
        except (OSError, SyntaxError, ValueError, EOFError, OverflowError, MemoryError):
            raise ValidationError(_NO_PICTURE) from None
    kept, extension = KEPT_AS[kind]
    out = io.BytesIO()
    picture.save(out, kept, **({"quality": 90, "optimize": True} if kept == "JPEG" else {"quality": 90}))
    name = f"{(file.name or 'afbeelding').rpartition('/')[2].rpartition('.')[0] or 'afbeelding'}{extension}"
    return CleanPicture(out.getvalue(), name=name)


def _drawn(data: bytes) -> tuple[Image.Image, str]:
    """The first picture in the data and its kind; the size is judged before anything is unpacked."""
    with Image.open(io.BytesIO(data), formats=list(KEPT_AS)) as opened:
        kind = opened.format or ""
        if opened.width * opened.height > MOST_PIXELS:
            raise ValidationError(
                _t("Deze afbeelding heeft te veel beeldpunten (meer dan 50 miljoen). Maak haar kleiner.")
            )
        opened.load()
        upright = ImageOps.exif_transpose(opened)
    whole = _in_screen_colours(upright)
    whole.thumbnail((LONGEST, LONGEST))
    plain = Image.new(whole.mode, whole.size)
    plain.paste(whole)
    return plain, kind


def _in_screen_colours(picture: Image.Image) -> Image.Image:
    """Red, green and blue, with transparency where there was some, in the colours every screen knows."""
    see_through = "A" in picture.getbands() or "transparency" in picture.info
    profile = picture.info.get("icc_profile")
    if profile and picture.mode in {"RGB", "CMYK"}:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            done = ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
            picture = done or picture
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass
    wanted = "RGBA" if see_through and picture.format != "JPEG" else "RGB"
    return picture.convert(wanted)
