"""The demonstration as a visitor meets it: no link leads nowhere, and everything published is a few clicks away."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.demo.crawl import walk
from werkplaats.catalogue.models import Entry
from werkplaats.core.models import Visibility
from werkplaats.demo.load import load
from werkplaats.places.models import Municipality

CLICKS = 4


@pytest.mark.django_db
def test_every_link_leads_somewhere_and_every_entry_is_near(
    client: Client, settings: Any, indexed: Callable[[], int]
) -> None:
    settings.IS_DEMO = True
    load(say=lambda _line: None)
    indexed()

    found = walk(client, known=frozenset(one.get_absolute_url() for one in Municipality.objects.all()))

    assert found.faults == []
    entries = Entry.objects.filter(removed_at=None, visibility=Visibility.PUBLIC)
    far = {entry.title: found.clicks.get(entry.url) for entry in entries if found.clicks.get(entry.url, 99) > CLICKS}
    assert far == {}


def test_a_link_to_nowhere_is_noticed(client: Client, db: None) -> None:
    found = walk(client, "/bestaat-niet/")
    assert found.faults == ["/bestaat-niet/: 404"]
