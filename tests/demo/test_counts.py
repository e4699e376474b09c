"""What a page of the demonstration counts is what the list that it leads to holds."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.test import Client

from werkplaats.demo.load import load
from werkplaats.network.models import Werkplaats

_CARD = re.compile(r'href="(/zoeken/[^"]+)".*?(\d+) vermelding(?:en)? uit deze regio', re.DOTALL)
_FOUND = re.compile(r"<h2>(\d+) result")


@pytest.mark.django_db
def test_each_theme_of_a_werkplaats_counts_what_its_list_holds(client: Client, settings: Any) -> None:
    settings.IS_DEMO = True
    load(say=lambda _line: None)
    told = {}
    for werkplaats in Werkplaats.objects.all():
        page = client.get(f"{werkplaats.get_absolute_url()}themas/").content.decode()
        for card in page.split("<article")[1:]:
            if found := _CARD.search(card):
                told[html.unescape(found[1])] = int(found[2])

    held = {address: _FOUND.search(client.get(address).content.decode()) for address in told}

    assert len(told) > 10
    assert {address: int(found[1]) if found else 0 for address, found in held.items()} == told
