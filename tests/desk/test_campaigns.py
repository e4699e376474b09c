"""Campaigns at the desk: who keeps them, what they brought, and who leads a werkplaats."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests import factories
from tests.around import Around
from werkplaats.network.models import Campaign, Consultation, Leadership, Partnership, Werkplaats
from werkplaats.network.rules import LeadRole, OrganisationKind, Stage

pytestmark = pytest.mark.django_db
FIELDS = {
    "version": "0", "name": "Kwartiermaken welzijn", "organisation": "Welzijn Utrecht", "lead_role": "projectleider",
    "goal": "Welzijn doet mee", "target": "12", "story": "", "start": "2013-09", "end": "2014-03", "basis": "bekend",
}  # fmt: skip


def made(werkplaats: Werkplaats | None, name: str = "Kwartiermaken welzijn", **fields: Any) -> Campaign:
    """A campaign of a region, or of the network."""
    organisation = factories.make_organisation(f"Leider van {name}")
    period = {"valid_from": date(2013, 9, 1), "valid_to": date(2014, 4, 1)}
    return Campaign.objects.create(name=name, werkplaats=werkplaats, organisation=organisation, **period, **fields)


def page(around: Around, name: str, address: str) -> str:
    """What a page says; nothing when it is not for this account."""
    answer = around.client(name).get(address)
    return answer.content.decode() if answer.status_code == 200 else ""


WHOSE = {
    "coordinator": "Utrecht",
    "noord": "Noord",
    "landelijk": "",
    "lector": None,
    "partner": None,
    "beheerder": None,
}


@pytest.mark.parametrize(("name", "whose"), WHOSE.items())
def test_a_campaign_is_made_for_the_own_region_or_for_the_network(around: Around, name: str, whose: str | None) -> None:
    around.client(name).post("/beheer/kwartiermaken/nieuw/", FIELDS)
    found = Campaign.objects.first()
    assert (None if found is None else found.werkplaats.name if found.werkplaats else "") == whose


@pytest.mark.parametrize(
    ("name", "sees", "changes"),
    [
        ("coordinator", {"Ons", "Landelijk"}, {"Ons"}),
        ("lector", {"Ons", "Landelijk"}, set()),
        ("noord", {"Hun", "Landelijk"}, {"Hun"}),
        ("landelijk", {"Ons", "Hun", "Landelijk"}, {"Landelijk"}),
        ("partner", set(), set()),
        ("beheerder", set(), set()),
    ],
)
def test_who_sees_and_who_changes_a_campaign_and_its_consultations(
    around: Around, name: str, sees: set[str], changes: set[str]
) -> None:
    whose = {"Ons": around.utrecht, "Hun": around.noord, "Landelijk": None}
    for said, werkplaats in whose.items():
        one = made(werkplaats, f"{said} project")
        talk = one.consultations.create(name=f"{said} overleg", brought="geheim")
        client = around.client(name)
        client.post(f"/beheer/kwartiermaken/{one.uid}/", FIELDS | {"version": "1", "name": f"{said} anders"})
        sent = {"version": "1", "name": f"{said} veranderd", "basis": "bekend"}
        client.post(f"/beheer/overleggen/{talk.uid}/", sent)
        client.post(f"/beheer/overleggen/nieuw/?project={one.uid}", sent | {"name": f"{said} erbij"})
    everywhere = page(around, name, "/beheer/kwartiermaken/") + page(around, name, "/beheer/overleggen/")
    assert {said for said in whose if f"{said} project" in everywhere or f"{said} anders" in everywhere} == sees
    assert {said for said in whose if f"{said} overleg" in everywhere or f"{said} veranderd" in everywhere} == sees
    assert {one.name.split()[0] for one in Campaign.objects.filter(name__endswith="anders")} == changes
    assert {one.name.split()[0] for one in Consultation.objects.filter(name__endswith="veranderd")} == changes
    assert {one.name.split()[0] for one in Consultation.objects.filter(name__endswith="erbij")} == changes


def test_a_campaign_tells_what_it_brought_and_how_it_went(around: Around) -> None:
    one = made(None, target=5)
    talk = one.consultations.create(
        name="Directieoverleg", on=date(2013, 10, 1), precision="maand", brought="Twee namen"
    )
    fields = {"version": "1", "role": "partner", "campaign": str(one.pk), "consultation": str(talk.pk), "source": ""}
    around.client("coordinator").post(f"/beheer/samenwerkingen/{around.our_partnership.uid}/", fields)
    first = around.our_partnership.steps.get()
    first.on, first.stage = date(2013, 11, 5), Stage.TALKING
    first.save()
    around.our_partnership.steps.create(stage=Stage.SIGNED, on=date(2014, 2, 1))
    shown = page(around, "landelijk", f"/beheer/kwartiermaken/{one.uid}/")
    assert "1 getekend of actief, van de 5 die het doel waren" in shown
    assert "Directieoverleg" in shown and "oktober 2013" in shown and "Twee namen" in shown
    assert "1 samenwerking kwam hieruit" in shown and "Welzijn Utrecht" in shown
    row = "".join(shown.partition("jan 2014</th>")[2].partition("</tr>")[0].split())
    assert row == "".join(f"<td>{number}</td>" for number in (0, 0, 0, 1, 0, 0, 0))
    assert "<rect" in shown and "style=" not in shown.partition("desk-chart")[2].partition("</figure>")[0]
    # Another region sees the campaign of the network, and not whom Utrecht spoke with.
    elsewhere = page(around, "noord", f"/beheer/kwartiermaken/{one.uid}/")
    assert "Directieoverleg" in elsewhere and "Welzijn Utrecht" not in elsewhere and "<rect" not in elsewhere


def test_a_partnership_names_no_campaign_or_consultation_of_another(around: Around) -> None:
    theirs, ours = made(around.noord, "Hun"), made(around.utrecht, "Ons")
    talk = made(None, "Landelijk").consultations.create(name="Overleg")
    address = f"/beheer/samenwerkingen/{around.our_partnership.uid}/"
    for sent in ({"campaign": theirs.pk}, {"campaign": ours.pk, "consultation": talk.pk}):
        around.client("coordinator").post(address, {"version": "1", "role": "partner", **sent})
        assert Partnership.objects.get(pk=around.our_partnership.pk).campaign is None
    around.client("coordinator").post(address, {"version": "1", "role": "partner", "consultation": talk.pk})
    assert Partnership.objects.get(pk=around.our_partnership.pk).campaign == talk.campaign


# Who leads


def led(around: Around, kind: str, role: str, *, lectorate: str = "", people: int | None = None) -> None:
    """Someone else leads Utrecht too."""
    name = f"{kind} {role} {people}"
    place = factories.make_municipality(name, population=people) if people else None
    organisation = factories.make_organisation(name, kind=kind, municipality=place)
    Leadership.objects.create(
        werkplaats=around.utrecht, organisation=organisation, role=role, lectorate=lectorate,
        valid_from=factories.LONG_AGO,
    )  # fmt: skip


def test_a_werkplaats_without_lectorate_or_larger_municipality_hears_so_and_is_not_stopped(around: Around) -> None:
    def said() -> set[str]:
        shown = page(around, "coordinator", f"/beheer/werkplaatsen/{around.utrecht.uid}/")
        return {word for word in ("geen lectoraat", "geen gemeente als", "geen grotere gemeente") if word in shown}

    assert said() == {"geen lectoraat", "geen gemeente als"}
    led(around, OrganisationKind.HOGESCHOOL, LeadRole.LEAD, lectorate="Participatie")
    led(around, OrganisationKind.MUNICIPALITY, LeadRole.CO_LEAD, people=20_000)
    assert said() == {"geen grotere gemeente"}
    led(around, OrganisationKind.MUNICIPALITY, LeadRole.CO_LEAD, people=360_000)
    assert said() == set()
    around.utrecht.leads.update(valid_to=date(2025, 1, 1))
    assert said() == {"geen lectoraat", "geen gemeente als"}
    around.utrecht.status = "kandidaat"
    around.utrecht.save()
    assert said() == set()
