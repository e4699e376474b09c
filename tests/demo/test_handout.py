"""The demonstration shows what a publication with files, versions and a licence looks like."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
import pytest
from django.test import Client

from tests import factories
from werkplaats.core.actors import SYSTEM
from werkplaats.demo.library import load_handout
from werkplaats.library.models import File, Publication

pytestmark = pytest.mark.django_db


def _read(answer: Any) -> str:
    """The words of a PDF."""
    with pikepdf.open(io.BytesIO(b"".join(answer.streaming_content))) as pdf:
        return " ".join(page.Contents.read_bytes().decode("cp1252") for page in pdf.pages)


def test_a_publication_with_two_versions_can_be_downloaded(client: Client, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    factories.make_werkplaats("Noord", slug="noord")
    load_handout(by=SYSTEM)

    made = Publication.objects.get()
    page = client.get(made.get_absolute_url()).content.decode()
    assert "CC BY" in page and "verzonnen voorbeeld" in page
    first, second = File.objects.order_by("version__number")
    read = [_read(client.get(one.address)) for one in (first, second)]
    assert ["45 euro" in read[0], "54 euro" in read[1]] == [True, True]
    assert all("Verzonnen voorbeeld van de demonstratie." in one for one in read)
    older = client.get(first.version.get_absolute_url()).content.decode()
    assert second.version.get_absolute_url() in older
    assert "Zes keer 9 euro is 54 euro." in client.get(second.version.get_absolute_url()).content.decode()
