"""Documents as they may be kept: PDF by content, written anew, without what runs by itself or hides in it.

The file is read by a process of its own (``pdf_reader.py``), with little memory and time: one that is made to choke its
reader chokes only that.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

MOST_BYTES = 25_000_000
_READER = Path(__file__).with_name("pdf_reader.py")
_SECONDS = 15
_SAID = {
    3: _("Dit document is met een wachtwoord beveiligd. Bewaar het zonder wachtwoord en probeer het opnieuw."),
    4: _("Dit document heeft geen bladzijden, of veel te veel."),
}
_NO_PDF = _(
    "Dit is geen PDF die wij kunnen lezen. Bewaar het document opnieuw als PDF; andere soorten nemen we niet aan."
)


class CleanPaper(ContentFile):
    """A PDF that was written anew here."""


def cleaned(file: Any) -> CleanPaper:
    """The PDF in a file, written anew. Raises ValidationError, with a sentence for who uploads, for anything else."""
    if file.size > MOST_BYTES:
        raise ValidationError(_t("Dit document is groter dan 25 MB. Maak het kleiner en probeer het opnieuw."))
    file.seek(0)
    data = file.read()
    # From the first byte: what begins as something else may also be read as that.
    if not data.startswith(b"%PDF-"):
        raise ValidationError(_NO_PDF)
    try:
        done = subprocess.run([sys.executable, "-I", _READER], input=data, capture_output=True, timeout=_SECONDS)
    except subprocess.TimeoutExpired:
        raise ValidationError(_NO_PDF) from None
    if done.returncode or not done.stdout.startswith(b"%PDF-"):
        raise ValidationError(_SAID.get(done.returncode, _NO_PDF))
    return CleanPaper(done.stdout, name=f"{(file.name or '').rpartition('/')[2].rpartition('.')[0] or 'document'}.pdf")
