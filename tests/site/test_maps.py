"""The map says in whose area each municipality lies, and so does the list beside it."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from typing import Any

import pytest
from django.template import Context, Template
from django.test import Client

from tests import factories
from werkplaats.core import components
from werkplaats.network.rules import Status
from werkplaats.places.models import Municipality
from werkplaats.places.queries import hexagons
from werkplaats.site.components.maps import PATTERNS

pytestmark = pytest.mark.django_db

SVG = "{http://www.w3.org/2000/svg}"


def town(name: str, code: str) -> Municipality:
    return factories.make_municipality(name, code=code)


@pytest.fixture
def country() -> dict[str, Municipality]:
    """Assen has a werkplaats, Middelburg one that is being formed, Utrecht none, and Nieuwland has no tile."""
    names = {"Assen": "GM0106", "Middelburg": "GM0687", "Utrecht": "GM0344", "Nieuwland": "GM9999"}
    towns = {name: town(name, code) for name, code in names.items()}
    factories.make_werkplaats("Noord", areas=[towns["Assen"], towns["Nieuwland"]])
    factories.make_werkplaats("Zeeland", areas=[towns["Middelburg"]], status=Status.CANDIDATE)
    return towns


def drawn(page: str) -> dict[str, str]:
    """Of each municipality on a map: how it is drawn. Its name and what is said of it -> pattern."""
    svg = page[page.index('<svg class="map-drawing"') :]
    root = ElementTree.fromstring(svg[: svg.index("</svg>") + 6])
    return {
        title.text or "": group.attrib["class"].removeprefix("map-")
        for group in root.iter(f"{SVG}g")
        for title in group.iter(f"{SVG}title")
    }


def listed(page: str) -> dict[str, list[str]]:
    """The list beside the map: heading -> names, each a link."""
    found = {}
    for block in re.findall(r'<details class="unfold".*?</details>', page, re.DOTALL):
        heading = re.sub(r"<span.*?</span>|<[^>]*>", "", block.partition("</summary>")[0])
        found[" ".join(heading.split())] = re.findall(r'<li><a href="[^"]+">([^<]+)</a>', block)
    return found


def test_who_is_in_no_area_is_blank_on_the_map_and_in_the_list(client: Client, country: Any) -> None:
    page = client.get("/werkplaatsen/").content.decode()
    assert drawn(page) == {
        "Assen: Noord": "solid", "Middelburg: Zeeland": "hatch", "Utrecht: in geen werkgebied": "blank",
    }  # fmt: skip
    assert listed(page) == {
        "Noord": ["Assen", "Nieuwland"], "Zeeland (in opbouw)": ["Middelburg"], "In geen werkgebied": ["Utrecht"],
    }  # fmt: skip
    assert "2 gemeenten liggen in het werkgebied van een werkplaats" in page


def test_one_without_a_tile_stands_beside_the_map(client: Client, country: Any) -> None:
    page = client.get("/werkplaatsen/").content.decode()
    said = re.search(r'<p class="map-missing">.*?</p>', page)
    assert said and "Nog niet op de kaart" in said.group() and 'href="/gemeenten/nieuwland/"' in said.group()


def test_an_area_that_ended_leaves_a_blank(client: Client, country: Any) -> None:
    from datetime import date

    country["Assen"].areas.update(valid_to=date(2021, 1, 1))
    page = client.get("/werkplaatsen/").content.decode()
    assert drawn(page)["Assen: in geen werkgebied"] == "blank"
    assert "Assen" in listed(page)["In geen werkgebied"]


def test_a_werkplaats_shows_its_own_area_within_the_country(client: Client, country: Any) -> None:
    page = client.get("/werkplaatsen/noord/").content.decode()
    assert drawn(page) == {
        "Assen: Noord": "strong", "Middelburg: Zeeland": "solid", "Utrecht: in geen werkgebied": "blank",
    }  # fmt: skip
    assert 'href="/werkplaatsen/noord/kaart.svg" download' in page


@pytest.mark.parametrize(
    ("address", "states"),
    [("/werkplaatsen/kaart.svg", 3), ("/werkplaatsen/noord/kaart.svg", 3), ("/en/werkplaatsen/kaart.svg", 3)],
)
def test_it_can_be_taken_along_as_a_file_that_needs_no_style_sheet(
    client: Client, country: Any, address: str, states: int
) -> None:
    answer = client.get(address)
    assert answer["Content-Disposition"].startswith("attachment; filename=")
    assert answer["Content-Type"].startswith("image/svg+xml")
    root = ElementTree.fromstring(answer.content)
    assert root.find(f"{SVG}title") is not None and root.find(f"{SVG}desc") is not None
    groups = [one for one in root.iter(f"{SVG}g") if one.attrib.get("class", "").startswith("map-")]
    assert len({one.attrib["fill"] for one in groups}) == states
    # What a fill points at is in the file itself.
    ids = {one.attrib["id"] for one in root.iter() if "id" in one.attrib}
    assert {fill[5:-1] for one in root.iter() if (fill := one.attrib.get("fill", "")).startswith("url(#")} <= ids
    assert not [one for one in root.iter() if "style" in one.attrib or one.tag == f"{SVG}style"]


def test_what_people_call_a_place_cannot_break_out_of_the_drawing() -> None:
    tile = ("GM0106", "<script>\"&'", "x", "</title><g>", "#")
    props = {"tiles": [tile], "legend": [("x", "<b>", "solid")], "summary": '">', "name": "kaart"}
    assert drawn(str(components.render("map", **props))) == {"<script>\"&': </title><g>": "solid"}


def test_all_looks_differ_without_colour() -> None:
    def grey(look: Any) -> Any:
        shade = look.fill and round(sum(int(look.fill[n : n + 2], 16) * w for n, w in ((1, 0.3), (3, 0.59), (5, 0.11))))
        return shade, look.dashes, look.line

    looks = {name: grey(look) if look.fill else name for name, look in PATTERNS.items()}
    assert len(set(looks.values())) == len(looks)


def test_a_map_of_all_asks_the_database_as_much_as_a_map_of_three(
    client: Client, country: Any, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(12) as few:
        client.get("/werkplaatsen/")
    werkplaats = factories.make_werkplaats("Overal")
    for code in sorted(hexagons().pieces)[:40]:
        if not Municipality.objects.filter(code=code).exists():
            werkplaats.areas.create(municipality=town(code, code), valid_from=factories.LONG_AGO)
    with django_assert_num_queries(len(few)):
        client.get("/werkplaatsen/")


def test_a_template_that_gives_too_little_is_told() -> None:
    with pytest.raises(TypeError):
        Template('{% load components %}{% component "map" tiles=tiles %}').render(Context({"tiles": []}))
