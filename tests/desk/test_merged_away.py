"""What somebody adds at an organisation while that goes up in another is not lost, and is no error of the machine."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db.models.signals import pre_save

from tests import factories
from tests.around import Around, make_around
from werkplaats.network.models import Contact, Organisation

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def around() -> Around:
    """People at the desk."""
    return make_around()


@pytest.fixture
def meanwhile(around: Around) -> Iterator[None]:
    """Just before a moment of contact is written, its organisation is gone."""

    def gone(instance: Contact, **_rest: Any) -> None:
        Organisation.objects.filter(pk=instance.organisation_id).delete()

    pre_save.connect(gone, sender=Contact)
    yield
    pre_save.disconnect(gone, sender=Contact)


def test_it_is_told_and_what_was_typed_stands(around: Around, meanwhile: None) -> None:
    there = factories.make_organisation("Stichting Weg")
    sent = {"version": "0", "organisation": there.name, "day": "2026-11-20", "said": "Zij twijfelen nog"}
    client = around.client("coordinator")
    answer = client.post(f"/beheer/contactmomenten/nieuw/?organisatie={there.uid}", sent)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "ging op in een ander" in page and "Zij twijfelen nog" in page
    assert not Contact.objects.exists()
    # All or nothing: that it is gone was part of the same act here.
    assert Organisation.objects.filter(pk=there.pk).exists()
