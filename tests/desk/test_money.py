"""Phases, goals and grants at the desk and on the site: announced beside actual, and what is unknown is no zero."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from tests import factories
from tests.around import Around
from werkplaats.network.models import BodyMeeting, Campaign, Grant, NationalBody, Phase, PhaseGoal
from werkplaats.network.rules import added, euro, meter

AMOUNTS = st.lists(st.none() | st.integers(0, 10**7).map(Decimal), max_size=8)


@given(AMOUNTS)
def test_a_sum_counts_what_is_known_and_says_how_many_are_not(amounts: list[Decimal | None]) -> None:
    total = added(amounts)
    known = [amount for amount in amounts if amount is not None]
    assert (total.known, total.unknown, total.count) == (sum(known), amounts.count(None), len(amounts))
    assert ("minstens" in total.words) is bool(known and None in amounts)
    assert ("€" in total.words) is bool(known)


@pytest.mark.parametrize(
    ("amounts", "words"),
    [
        ([], "geen subsidie bekend"),
        ([None, None], "bedrag onbekend"),
        ([Decimal(555000), Decimal(0)], "€ 555.000"),
        ([Decimal("1234.5"), None], "minstens € 1.234,50; van 1 subsidie is het bedrag onbekend"),
        ([Decimal(740000), None, None], "minstens € 740.000; van 2 subsidies is het bedrag onbekend"),
    ],
)
def test_a_sum_in_words(amounts: list[Decimal | None], words: str) -> None:
    assert added(amounts).words == words


def test_an_unknown_amount_is_said_to_be_unknown() -> None:
    assert (euro(None), euro(Decimal(0)), euro(Decimal("0.10"))) == ("bedrag onbekend", "€ 0", "€ 0,10")


def grant(**fields: Any) -> Grant:
    """One that is not kept."""
    return Grant(**{"amount_eur": Decimal(740000), "share": Decimal(10), **fields})


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        (
            {},
            ["10 % is voor landelijke projecten: € 74.000.", "Gepland: bedrag onbekend.", "Besteed: bedrag onbekend."],
        ),
        (
            {"planned_national": Decimal(50000), "spent_national": Decimal(0)},
            [
                "10 % is voor landelijke projecten: € 74.000.",
                "Gepland: € 50.000.",
                "Besteed: € 0.",
                "Nog te plannen: € 24.000.",
            ],
        ),
        (
            {"share": Decimal("2.5"), "planned_national": Decimal(18500)},
            [
                "2,5 % is voor landelijke projecten: € 18.500.",
                "Gepland: € 18.500.",
                "Besteed: bedrag onbekend.",
                "Genoeg gepland.",
            ],
        ),
        (
            {"amount_eur": None, "planned_national": Decimal(10)},
            [
                "10 % is voor landelijke projecten. Hoeveel dat is, weten we niet.",
                "Gepland: € 10.",
                "Besteed: bedrag onbekend.",
            ],
        ),
    ],
)
def test_the_ten_percent_meter_in_words(fields: dict[str, Any], said: list[str]) -> None:
    found = meter(grant(**fields))
    assert found is not None and found.words == said


def test_where_nothing_was_agreed_there_is_no_meter() -> None:
    assert meter(grant(share=None)) is None


# At the desk


@pytest.mark.django_db
class TestDesk:
    """Who keeps it, and what is kept."""

    @pytest.mark.parametrize("name", ["landelijk", "coordinator", "lector", "partner", "beheerder"])
    def test_only_the_national_desk_changes_phases_goals_bodies_and_meetings(self, around: Around, name: str) -> None:
        phase = Phase.objects.get()
        goal = phase.goals.create(text="Een doel")
        body = NationalBody.objects.create(name="Overleg", form="overleg", valid_from=date(2009, 9, 1))
        client = around.client(name)
        client.post(
            f"/beheer/doelen/{goal.uid}/",
            {
                "version": "1",
                "text": "Een doel",
                "status": "bereikt",
                "sentence": "Zo zag je dat.",
                "place": "1",
                "basis": "bekend",
            },
        )
        client.post(
            f"/beheer/doelen/nieuw/?fase={phase.uid}",
            {
                "text": "Nog een",
                "status": "onbekend",
                "sentence": "",
                "place": "2",
                "basis": "bekend",
            },
        )
        client.post(
            f"/beheer/landelijk/{body.uid}/",
            {
                "version": "1",
                "name": "Overleg",
                "form": "overleg",
                "start": "2009-09",
                "end": "2019",
                "basis": "bekend",
            },
        )
        client.post(
            f"/beheer/vergaderingen/nieuw/?verband={body.uid}",
            {
                "when": "2015-06",
                "place": "Utrecht",
                "decided": "Door",
                "basis": "bekend",
            },
        )
        done = name == "landelijk"
        assert (PhaseGoal.objects.get(pk=goal.pk).sentence == "Zo zag je dat.") is done
        assert PhaseGoal.objects.filter(text="Nog een").exists() is done
        assert (NationalBody.objects.get().valid_to == date(2020, 1, 1)) is done
        assert BodyMeeting.objects.filter(place="Utrecht").exists() is done
        reads = client.get(f"/beheer/landelijk/{body.uid}/").status_code == 200
        assert reads is (name in {"landelijk", "coordinator", "lector"})

    def test_what_was_announced_is_kept_beside_what_happened(self, around: Around) -> None:
        phase = Phase.objects.get()
        sent = {
            "version": "1",
            "name": "Fase 3",
            "announced_start": "2016-01",
            "announced_end": "2018-12",
            "announced": "drie jaar",
            "start": "2016-01",
            "end": "2019-12",
            "actual": "2019 erbij",
            "basis": "bekend",
        }
        client = around.client("landelijk")
        wrong = client.post(f"/beheer/fasen/{phase.uid}/", sent | {"announced_end": "2015"}).content.decode()
        assert "ligt vóór het begin" in wrong and Phase.objects.get().announced_to is None
        client.post(f"/beheer/fasen/{phase.uid}/", sent)
        kept = Phase.objects.get()
        assert kept.announced_period == "januari 2016 t/m december 2018"
        assert kept.period == "januari 2016 t/m december 2019"

    def test_a_phase_adds_what_one_may_see_and_a_grant_shows_its_meter(self, around: Around) -> None:
        phase = Phase.objects.get()
        ours = Grant.objects.create(
            phase=phase, werkplaats=around.utrecht, amount_eur=555000, planned_national=20000, spent_national=5000
        )
        Grant.objects.create(phase=phase, werkplaats=around.noord)
        Grant.objects.create(phase=phase, amount_eur=9000000)
        shown = around.client("landelijk").get(f"/beheer/fasen/{phase.uid}/").content.decode()
        assert "minstens € 555.000; van 1 subsidie is het bedrag onbekend" in shown
        own = around.client("coordinator").get(f"/beheer/fasen/{phase.uid}/").content.decode()
        assert "minstens" not in own and "<dd>€ 555.000</dd>" in own
        meter_shown = around.client("coordinator").get(f"/beheer/subsidies/{ours.uid}/").content.decode()
        assert "Nog te plannen: € 35.500." in meter_shown
        assert '<meter id="gepland" class="desk-meter" min="0" max="55500.00" value="20000.00">' in meter_shown


# On the site


@pytest.mark.django_db
class TestSite:
    """What everyone reads."""

    def test_the_page_of_phases_shows_both_and_never_adds_an_unknown_amount(self, client: Client) -> None:
        phase = Phase.objects.create(
            name="Fase 4", valid_from=date(2020, 1, 1), valid_to=date(2023, 1, 1), announced_to=date(2022, 1, 1),
            announced_to_precision="jaar", announced="twee jaar",
        )  # fmt: skip
        phase.goals.create(text="meten", status="niet bereikt", sentence="Er was geen geld voor.")
        one, other = factories.make_werkplaats("Oost"), factories.make_werkplaats("West")
        Grant.objects.create(phase=phase, werkplaats=one, amount_eur=555000, spent_national=123)
        Grant.objects.create(phase=phase, werkplaats=other)
        shown = " ".join(client.get("/over/fasen/").content.decode().split())
        assert "t/m 2021" in shown and "1 januari 2020 t/m 31 december 2022" in shown
        assert "niet bereikt" in shown and "Er was geen geld voor." in shown
        assert "<strong>minstens € 555.000; van 1 subsidie is het bedrag onbekend</strong>" in shown
        assert "<strong>minstens € 55.500; van 1 subsidie is het bedrag onbekend</strong>" in shown
        assert "123" not in shown, "what was spent is between werkplaats and funder"

    def test_a_campaign_is_told_when_it_is_for_the_site_and_only_who_signed_is_counted(self, client: Client) -> None:
        organisation, werkplaats = factories.make_organisation(), factories.make_werkplaats()
        campaign = Campaign.objects.create(
            name="Kwartiermaken Oost", organisation=organisation, valid_from=date(2013, 9, 1), story="Zo ging het."
        )
        campaign.consultations.create(name="Directieoverleg", brought="Wie wat zei")
        one = factories.make_partnership(organisation, werkplaats, stage="benaderd", campaign=campaign)
        assert "Kwartiermaken Oost" not in client.get("/over/fasen/").content.decode()
        campaign.on_site = True
        campaign.save()
        shown = client.get("/over/fasen/").content.decode()
        assert "Zo ging het." in shown and "Directieoverleg" in shown
        assert "Wie wat zei" not in shown and "chart-block" not in shown, "who was only approached is nobody's business"
        one.steps.create(stage="getekend", on=date(2021, 5, 1))
        page = client.get("/over/fasen/").content.decode()
        assert "chart-block" in page and "benaderd" not in page
        assert "<td>1</td>" in page

    def test_the_national_body_is_told_under_each_of_its_names(self, client: Client) -> None:
        period = {"valid_from": date(2009, 9, 1), "valid_to": date(2020, 1, 1)}
        NationalBody.objects.create(name="Overleg", form="overleg", chair_role="onafhankelijk voorzitter", **period)
        now = NationalBody.objects.create(name="Associatie", form="associatie", valid_from=date(2020, 1, 1))
        now.meetings.create(on=date(2026, 3, 5), place="Zwolle", decided="Voor iedereen", on_site=True)
        now.meetings.create(on=date(2026, 4, 5), place="Assen", decided="Onder ons")
        shown = client.get("/over/landelijk/").content.decode()
        assert shown.index("Associatie</h2>") < shown.index("Overleg</h2>")
        assert "onafhankelijk voorzitter" in shown and "Voor iedereen" in shown and "Onder ons" not in shown
