"""Publications at the desk: whose, what is asked, what waits for whom, and what two people make of one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tests import factories
from tests.desk.house import House, sign_in
from tests.news import planted
from werkplaats.core import clock
from werkplaats.core.actors import SYSTEM
from werkplaats.core.models import LogEntry
from werkplaats.library import actions
from werkplaats.library.models import File, Publication

pytestmark = pytest.mark.django_db
HOME = "/beheer/publicaties/"


def fields(house: House, **more: Any) -> dict[str, Any]:
    """What the form sends."""
    return {
        "version": "0", "title": "Samen in de wijk", "kind": "rapport", "lang": "nl", "licence": "onbekend",
        "visibility": "openbaar", "basis": "bekend", "werkplaatsen": [house.here.pk], **more,
    }  # fmt: skip


def post(account: Any, address: str, data: dict[str, Any]) -> str:
    return sign_in(account).post(address, data, follow=True).content.decode()


def step(account: Any, record: Publication, what: str, **more: Any) -> str:
    data = {"wat": what, "version": factories.fresh(record).version, **more}
    return post(account, f"{HOME}{record.uid}/stap/", data)


def test_rows_are_kept_in_their_order_and_empty_ones_fall_away(house: House) -> None:
    factories.make_organisation("Movimento")
    rows = {
        "makers-0-name": "", "makers-0-role": "auteur", "makers-1-name": "Plas, Mirjam van der",
        "makers-1-role": "redacteur", "makers-1-orcid": "https://orcid.org/0000-0002-1825-0097",
        "makers-2-name": "movimento", "makers-2-role": "auteur", "makers-2-is_group": "on",
        "numbers-0-scheme": "doi", "numbers-0-value": "https://doi.org/10.1234/ABC", "when": "~2012",
    }  # fmt: skip

    post(house.ann, f"{HOME}nieuw/", fields(house, **rows))

    made = Publication.objects.get()
    assert [(one.name, one.role, one.orcid, str(one.organisation)) for one in made.makers] == [
        ("Plas, Mirjam van der", "redacteur", "0000-0002-1825-0097", "None"),
        ("movimento", "auteur", "", "Movimento"),
    ]
    assert [str(one) for one in made.numbers.all()] == ["DOI 10.1234/abc"]
    assert (made.when, made.changed_by) == ("omstreeks 2012", house.ann.uid)


def test_every_fault_is_told_by_its_row_and_nothing_is_lost(house: House) -> None:
    rows = {
        "makers-0-name": "Anna de Boer", "makers-0-role": "auteur", "makers-0-orcid": "123",
        "numbers-0-scheme": "isbn", "numbers-0-value": "12", "numbers-1-scheme": "doi", "numbers-1-value": "abc",
    }  # fmt: skip

    page = post(house.ann, f"{HOME}nieuw/", fields(house, **rows, when="2012-13"))

    assert not Publication.objects.exists()
    for text in ("Rij 1, ORCID:", "Rij 1, Nummer: Dit ISBN klopt niet", "Rij 2, Nummer: Een DOI begint met 10.",
                 "bestaat niet op de kalender", 'value="Anna de Boer"', 'value="abc"'):  # fmt: skip
        assert text in page, text


def test_what_may_be_there_already_is_asked_once(house: House) -> None:
    there = factories.make_publication("Sámen in de wijk!", werkplaatsen=[house.there])

    page = post(house.ann, f"{HOME}nieuw/", fields(house))
    assert "Deze staat er misschien al." in page and there.get_absolute_url() in page
    assert Publication.objects.count() == 1
    post(house.ann, f"{HOME}nieuw/", fields(house, anyway="on"))

    assert Publication.objects.count() == 2


def test_it_must_stay_with_the_own_werkplaats(house: House) -> None:
    page = post(house.ann, f"{HOME}nieuw/", fields(house, werkplaatsen=[house.there.pk]))

    assert "Kies ten minste uw eigen werkplaats" in page
    assert not Publication.objects.exists()


def test_a_partner_writes_for_the_own_organisation_and_does_not_publish(house: House) -> None:
    common = {"organisations": "Welzijn Utrecht"}
    page = post(house.pim, f"{HOME}nieuw/", fields(house))
    assert "Laat Welzijn Utrecht erbij staan" in page
    post(house.pim, f"{HOME}nieuw/", fields(house, **common))
    made = Publication.objects.get()

    step(house.pim, made, "voordragen")
    step(house.pim, made, "publiceren")

    assert not factories.fresh(made).is_published
    step(house.ann, made, "publiceren")
    assert factories.fresh(made).is_published
    page = post(house.pim, f"{HOME}{made.uid}/", fields(house, **common, version=5, title="Anders"))
    assert factories.fresh(made).title == "Samen in de wijk"


def test_what_waits_stands_on_the_home_of_who_may_read_it(house: House) -> None:
    made = factories.make_publication("Om te lezen", werkplaatsen=[house.here], published=False)
    actions.put_forward(publication=made, version=made.version, by=house.ann)
    told = {
        name for name, account in (("ann", house.ann), ("bob", house.bob), ("nel", house.nel), ("nan", house.nan))
        if "Publicaties om tegen te lezen" in sign_in(account).get("/beheer/").content.decode()
    }  # fmt: skip

    assert told == {"bob", "nan"}
    step(house.bob, made, "terug", reden="De uitgever ontbreekt.")
    page = sign_in(house.ann).get("/beheer/").content.decode()
    assert "Publicaties die terugkwamen" in page and "De uitgever ontbreekt." in page


def test_two_who_decide_at_once(house: House) -> None:
    made = factories.make_publication("Om te lezen", werkplaatsen=[house.here], published=False)
    made = actions.put_forward(publication=made, version=made.version, by=house.ann)
    read = made.version
    step(house.bob, made, "terug", reden="Nog niet.")

    page = post(house.nan, f"{HOME}{made.uid}/stap/", {"wat": "terug", "version": read, "reden": "Mijn lange uitleg"})

    assert factories.fresh(made).sent_back == "Nog niet."
    assert "Iemand anders was u voor" in page and "U typte: Mijn lange uitleg" in page


def test_a_conflict_shows_what_the_other_made_of_the_rows(house: House) -> None:
    made = factories.make_publication("Begin", werkplaatsen=[house.here], makers=["Eerste Maker"], published=False)
    address = f"{HOME}{made.uid}/"
    post(
        house.bob,
        address,
        fields(house, version=made.version, title="Begin", **{"makers-0-name": "Van Bob", "makers-0-role": "auteur"}),
    )

    mine = {"makers-0-name": "Van Ann", "makers-0-role": "auteur"}
    page = post(house.ann, address, fields(house, version=made.version, title="Begin", **mine))

    assert "Iemand anders heeft dit intussen gewijzigd" in page
    assert 'value="Van Ann"' in page and "Van Bob" in page
    assert [one.name for one in Publication.objects.get().makers] == ["Van Bob"]


@pytest.mark.parametrize(
    ("data", "said"),
    [(b"", "Dit bestand is leeg"), (b"MZ zomaar", "geen soort bestand dat wij kennen"),
     (planted.pdf()[:100], "geen PDF die wij kunnen lezen"), (None, "Kies een bestand.")],
)  # fmt: skip
def test_a_file_that_cannot_be_kept_is_told_and_the_words_stay(house: House, data: Any, said: str) -> None:
    made = factories.make_publication(werkplaatsen=[house.here], published=False)
    sent: dict[str, Any] = {"version": made.version, "name": "Hele tekst", "lang": "nl", "accessible": "ja"}
    if data is not None:
        sent["upload"] = planted.upload(data, "a.pdf")

    page = post(house.ann, f"{HOME}{made.uid}/versie/1/bestand/", sent)

    assert said in page and 'value="Hele tekst"' in page
    assert not File.objects.exists()


def test_files_come_and_go_in_a_draft_and_stay_once_published(house: House) -> None:
    made = factories.make_publication(werkplaatsen=[house.here], published=False)
    sent = {"version": made.version, "name": "Hele tekst", "lang": "nl", "accessible": "ja",
            "upload": planted.upload(planted.pdf(), "a.pdf")}  # fmt: skip
    post(house.ann, f"{HOME}{made.uid}/versie/1/bestand/", sent)
    file = File.objects.get()
    actions.bring_in(publication=factories.fresh(made), by=SYSTEM)
    address = f"{HOME}{made.uid}/bestand/{file.uid}/"

    page = post(house.ann, address, {"version": factories.fresh(made).version, "wat": "vervalt"})
    assert "blijft zoals ze was" in page and File.objects.exists()
    page = post(house.ann, address, {"version": factories.fresh(made).version, "wat": "intrekken", "reden": " "})
    assert "Zeg waarom dit bestand niet meer gegeven wordt" in page
    post(house.ann, address, {"version": factories.fresh(made).version, "wat": "intrekken", "reden": "Rechten."})
    assert File.objects.get().withdrawn_reason == "Rechten."


def test_the_history_tells_it_in_words(house: House) -> None:
    made = factories.make_publication(werkplaatsen=[house.here], published=False)
    actions.put_forward(publication=made, version=made.version, by=house.ann)
    step(house.bob, made, "publiceren")
    step(house.bob, made, "intrekken", reden="Een fout op bladzijde 3.")

    page = sign_in(house.ann).get(f"{HOME}{made.uid}/geschiedenis/").content.decode()

    for text in ("Toegevoegd", "Voorgedragen", "Op de site gezet", "Ingetrokken"):
        assert text in page, text


def by_the_partner(house: House, **more: Any) -> Publication:
    """A draft of the partner, to which the national desk added a werkplaats and an organisation."""
    post(house.pim, f"{HOME}nieuw/", fields(house, organisations="Welzijn Utrecht", **more))
    made = Publication.objects.get()
    made.werkplaatsen.add(house.there)
    return made


def test_who_saves_a_draft_takes_away_nothing_that_was_not_offered(house: House) -> None:
    hidden = factories.make_organisation("Nog in gesprek")
    made = by_the_partner(house)
    made.organisations.add(hidden)
    address = f"{HOME}{made.uid}/"
    page = sign_in(house.pim).get(address).content.decode()
    assert "Nog in gesprek" not in page

    sent = fields(house, version=made.version, title="Beter", organisations="Welzijn Utrecht")
    post(house.pim, address, sent)

    made = Publication.objects.get()
    assert made.title == "Beter"
    assert set(made.werkplaatsen.all()) == {house.here, house.there}
    assert set(made.organisations.all()) == {house.organisation, hidden}


def test_names_of_organisations_one_may_not_see_are_as_unknown_as_those_that_are_not_there(house: House) -> None:
    factories.make_organisation("Nog in gesprek")
    factories.make_organisation("Nog in gesprek twee")
    maker = {"makers-0-role": "auteur", "makers-0-is_group": "on"}

    def told(name: str) -> str:
        page = post(house.pim, f"{HOME}nieuw/", fields(house, organisations=f"Welzijn Utrecht\n{name}"))
        said = page.partition(f"Organisatie “{name}”")[2].partition("</")[0]
        assert not Publication.objects.exists() and said
        return said

    assert told("Nog in gesprek") == told("in gesprek") == told("Bestaat niet")
    for name in ("Nog in gesprek", "Bestaat niet"):
        rows = {**maker, "makers-0-name": name}
        post(house.pim, f"{HOME}nieuw/", fields(house, title=name, organisations="Welzijn Utrecht", **rows))
    assert [one.organisation for made in Publication.objects.all() for one in made.makers] == [None, None]
    # The coordinator, who sees all organisations at the desk, may name it.
    post(house.ann, f"{HOME}nieuw/", fields(house, title="Van Ann", organisations="Nog in gesprek"))
    assert [str(one) for one in Publication.objects.get(title="Van Ann").organisations.all()] == ["Nog in gesprek"]


def test_a_maker_that_is_an_organisation_stays_tied_when_another_saves(house: House) -> None:
    hidden = factories.make_organisation("Nog in gesprek")
    maker = {"makers-0-role": "auteur", "makers-0-is_group": "on", "makers-0-name": hidden.name}
    made = by_the_partner(house, **maker)
    made.contributors.update(organisation=hidden)

    sent = fields(house, version=made.version, title="Beter", organisations="Welzijn Utrecht", **maker)
    post(house.pim, f"{HOME}{made.uid}/", sent)

    made = Publication.objects.get()
    assert (made.title, [one.organisation for one in made.makers]) == ("Beter", [hidden])


def test_a_partner_that_takes_part_nowhere_is_told_whom_to_ask(house: House) -> None:
    house.organisation.partnerships.all().delete()
    sent = fields(house, organisations="Welzijn Utrecht")
    del sent["werkplaatsen"]
    assert "Vraag uw coördinator dat na te kijken" in post(house.pim, f"{HOME}nieuw/", sent)
    assert not Publication.objects.exists()


def wider(house: House, made: Publication, account: Any, **more: Any) -> str:
    """Someone saves the form of what is on the site."""
    sent = fields(house, version=factories.fresh(made).version, title=made.title, **more)
    return post(account, f"{HOME}{made.uid}/", sent)


def test_nobody_lets_more_people_in_alone(house: House) -> None:
    later = clock.today() + timedelta(days=60)
    made = factories.make_publication(werkplaatsen=[house.here], visibility="werkplaats", embargo_until=later)
    day = f"{later.day}-{later.month}-{later.year}"

    for more in (
        {"visibility": "netwerk", "embargo_until": day},
        {"visibility": "openbaar", "embargo_until": day},
        {"visibility": "werkplaats"},
        {"visibility": "werkplaats", "embargo_until": "1-1-2020"},
    ):
        page = wider(house, made, house.ann, **more)
        assert "Op de site laten twee mensen samen meer toe." in page, more
    both = {"visibility": "werkplaats", "embargo_until": day, "werkplaatsen": [house.here.pk, house.there.pk]}
    assert "Er een bij zetten laat meer mensen toe." in wider(house, made, house.ann, **both)
    kept = factories.fresh(made)
    assert (kept.visibility, kept.embargo_until, list(kept.werkplaatsen.all())) == ("werkplaats", later, [house.here])

    # Two together do, and what somebody works on meanwhile stays where it is.
    step(house.ann, made, "versie")
    step(house.ann, made, "verruimen", visibility="netwerk", embargo_until="")
    page = sign_in(house.ann).get(f"{HOME}{made.uid}/").content.decode()
    assert "Gevraagd om meer mensen toe te laten:" in page and "bestanden te krijgen vanaf: meteen" in page
    step(house.ann, made, "publiceren")
    assert factories.fresh(made).visibility == "werkplaats"
    step(house.bob, made, "publiceren")
    kept = factories.fresh(made)
    assert (kept.visibility, kept.embargo_until, kept.waits, kept.wider) == ("netwerk", None, False, {})
    assert [one.is_published for one in kept.versions.all()] == [True, False]


def test_one_person_lets_fewer_people_in(house: House) -> None:
    made = factories.make_publication(werkplaatsen=[house.here], visibility="openbaar")
    wider(house, made, house.ann, visibility="werkplaats", embargo_until="31-12-2099")
    kept = factories.fresh(made)
    assert (kept.visibility, str(kept.embargo_until)) == ("werkplaats", "2099-12-31")


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"visibility": "netwerk"}, "Dit is niet ruimer dan het nu is."),
        ({"visibility": "werkplaats"}, "Selecteer een geldige keuze"),
        ({"visibility": "openbaar", "embargo_until": "31-13-2099"}, "bestaat niet op de kalender"),
    ],
)
def test_what_does_not_let_more_people_in_is_told(house: House, sent: dict[str, str], said: str) -> None:
    later = clock.today() + timedelta(days=60)
    made = factories.make_publication(werkplaatsen=[house.here], visibility="netwerk", embargo_until=later)
    page = step(house.ann, made, "verruimen", **{"embargo_until": later.isoformat(), **sent})
    assert said in page
    assert not factories.fresh(made).waits


def test_letting_more_people_in_can_be_taken_back(house: House) -> None:
    made = factories.make_publication(werkplaatsen=[house.here], visibility="netwerk")
    step(house.ann, made, "verruimen", visibility="openbaar")
    step(house.ann, made, "terug")
    kept = factories.fresh(made)
    assert (kept.visibility, kept.waits, kept.wider, kept.is_published) == ("netwerk", False, {}, True)


def withdrawn(house: House, **more: Any) -> tuple[Publication, File]:
    """A publication of the partner and the werkplaats, of which the coordinator withdrew the file."""
    made = factories.make_publication(werkplaatsen=[house.here], organisations=[house.organisation], published=False)
    file = File(version=made.versions.get(), name="Brief van mevrouw X", file=planted.upload(planted.pdf(), "a.pdf"))
    file.save()
    made = actions.bring_in(publication=factories.fresh(made), by=SYSTEM)
    sent = {"version": made.version, "wat": "intrekken", "reden": "Er stond een naam in.", **more}
    post(house.ann, f"{HOME}{made.uid}/bestand/{file.uid}/", sent)
    return made, factories.fresh(file)


def test_a_withdrawn_file_is_opened_only_by_who_withdraws(house: House) -> None:
    made, file = withdrawn(house)
    address = f"{HOME}{made.uid}/bestand/{file.uid}/openen/"
    answers: dict[str, Any] = {
        name: sign_in(getattr(house, name)).get(address) for name in ("ann", "bob", "nan", "pim")
    }
    opened = {name for name, answer in answers.items() if answer.get("Content-Disposition", "").startswith("attach")}
    for name in opened:
        b"".join(answers[name].streaming_content)
    assert opened == {"ann", "bob", "nan"}
    assert address not in sign_in(house.pim).get(f"{HOME}{made.uid}/").content.decode()
    assert address in sign_in(house.ann).get(f"{HOME}{made.uid}/").content.decode()


def test_a_withdrawn_file_can_be_wiped_for_good(
    house: House, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    made, file = withdrawn(house)
    name, hashed = file.file.name, file.sha256
    assert file.file.storage.exists(name)
    address = f"{HOME}{made.uid}/bestand/{file.uid}/"
    assert "Wissen kan niet ongedaan worden gemaakt." in sign_in(house.ann).get(address).content.decode()

    sent = {"version": factories.fresh(made).version, "wat": "intrekken", "reden": "Er stond een naam in."}
    with django_capture_on_commit_callbacks(execute=True):
        post(house.ann, address, {**sent, "wissen": "ja"})

    kept = factories.fresh(file)
    assert not file.file.storage.exists(name)
    assert (kept.name, kept.file.name, kept.sha256, kept.withdrawn_reason) == ("", "", hashed, "Er stond een naam in.")
    line = LogEntry.objects.get(verb="library.publication.file_wiped")
    assert (line.target, line.actor, line.detail["sha256"]) == (made.uid, house.ann.uid, hashed)
    assert "Brief van" not in str(list(LogEntry.objects.values_list("detail", flat=True)))
    # Its address tells it was there; nothing opens it, and nothing changes it.
    site = sign_in(house.ann).get(f"/bibliotheek/{made.uid}/bestand/{file.uid}/")
    assert (site.status_code, "Er stond een naam in." in site.content.decode()) == (410, True)
    assert sign_in(house.ann).get(f"{address}openen/").status_code == 404
    post(house.ann, address, {"version": factories.fresh(made).version, "name": "Terug", "lang": "nl"})
    assert factories.fresh(file).name == ""
    page = sign_in(house.ann).get(f"{HOME}{made.uid}/").content.decode()
    assert "gewist bestand" in page and "Brief van" not in page


def test_another_row_is_asked_without_saving_and_nothing_typed_is_lost(house: House) -> None:
    rows = {
        "makers-0-name": "Anna de Boer", "makers-0-role": "redacteur", "makers-1-name": "Bas Smit",
        "makers-1-role": "auteur", "makers-2-name": "", "makers-2-role": "auteur",
    }  # fmt: skip
    page = post(house.ann, f"{HOME}nieuw/", fields(house, **rows, when="geen datum", meer="makers"))

    assert not Publication.objects.exists()
    for text in ('value="Anna de Boer"', 'value="Bas Smit"', 'name="makers-3-name"', 'value="geen datum"',
                 'value="Samen in de wijk"', "Nog een maker"):  # fmt: skip
        assert text in page, text
    assert "is geen datum" not in page

    # What another kept meanwhile is still noticed.
    made = factories.make_publication("Begin", werkplaatsen=[house.here], published=False)
    read = made.version
    post(house.bob, f"{HOME}{made.uid}/", fields(house, version=read, title="Van Bob"))
    page = post(house.ann, f"{HOME}{made.uid}/", fields(house, version=read, title="Van Ann", meer="makers"))
    assert f'name="version" value="{read}"' in page and 'value="Van Ann"' in page
    page = post(house.ann, f"{HOME}{made.uid}/", fields(house, version=read, title="", kind="rapport"))
    assert f'name="version" value="{read}"' in page
    post(house.ann, f"{HOME}{made.uid}/", fields(house, version=read, title="Van Ann"))
    assert factories.fresh(made).title == "Van Bob"


def test_how_large_a_file_may_be_stands_there_before_it_is_sent(house: House) -> None:
    made = factories.make_publication(werkplaatsen=[house.here], published=False)
    page = sign_in(house.ann).get(f"{HOME}{made.uid}/versie/1/bestand/").content.decode()
    assert "MP3 en MP4 100 MB" in page and 'data-most="100000000"' in page
