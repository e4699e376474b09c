"""Files to upload."""

from __future__ import annotations

import io

import pikepdf
import pytest
from django.core.files.base import ContentFile


@pytest.fixture
def pdf():
    """A document of one page."""
    made = pikepdf.new()
    made.add_blank_page()
    out = io.BytesIO()
    made.save(out)
    return ContentFile(out.getvalue(), name="verslag.pdf")
