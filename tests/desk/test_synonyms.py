"""Words that mean the same, at the desk: for national editors only, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from tests import factories
from tests.desk.test_questions import sign_in
from werkplaats.catalogue import asked
from werkplaats.core.models import LogEntry
from werkplaats.people.rules import RoleKind
from werkplaats.terms.actions import save_synonyms
from werkplaats.terms.imports import load_synonyms
from werkplaats.terms.models import SynonymGroup

pytestmark = pytest.mark.django_db
LIST, NEW = "/beheer/woorden/", "/beheer/woorden/nieuw/"


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    """Search keeps what it read for some seconds, also after a test took it back."""
    asked.forget()
    yield
    asked.forget()


@pytest.fixture
def group() -> SynonymGroup:
    return save_synonyms(group=None, words=["dokter", "huisarts"], by=factories.make_account("maker@example.org"))


@pytest.fixture
def editor() -> Client:
    return sign_in(factories.make_account("landelijk@example.org", RoleKind.NATIONAL_EDITOR))


def page_of(group: SynonymGroup) -> str:
    return f"{LIST}{group.uid}/"


def save(client: Client, address: str, *words: str, version: int = 1, note: str = "") -> Any:
    return client.post(address, {"words": "\r\n".join(words), "note": note, "version": str(version)}, follow=True)


@pytest.mark.parametrize("kind", list(RoleKind))
def test_only_national_roles_see_or_change_words(kind: str, group: SynonymGroup) -> None:
    scopes: dict[str, Any] = {
        RoleKind.COORDINATOR: factories.make_werkplaats,
        RoleKind.LECTOR: factories.make_werkplaats,
        RoleKind.PARTNER_EDITOR: factories.make_organisation,
    }
    scope = scopes[kind]() if kind in scopes else None
    account = factories.make_account("iemand@example.org", kind, scope)
    client = sign_in(account)
    allowed = kind in {RoleKind.NATIONAL_EDITOR, RoleKind.ADMINISTRATOR}
    for address in (LIST, NEW, page_of(group)):
        response = client.get(address, follow=True)
        assert response.status_code == 200 if allowed else response.status_code in {403, 404}
        assert ("dokter" in response.content.decode()) is (allowed and address != NEW)
    save(client, NEW, "bakker", "bakkerij")
    save(client, page_of(group), "dokter", "arts")
    client.post(f"{page_of(group)}gebruik/", {"gebruik": "niet", "version": "2"})
    found = {(*one.words, one.is_used) for one in SynonymGroup.objects.all()}
    assert found == (
        {("dokter", "arts", False), ("bakker", "bakkerij", True)} if allowed else {("dokter", "huisarts", True)}
    )
    assert ('"/beheer/woorden/"' in client.get("/beheer/", follow=True).content.decode()) is allowed


def test_a_role_that_ended_opens_nothing_and_a_visitor_signs_in_first(group: SynonymGroup, client: Client) -> None:
    account = factories.make_account("oud@example.org", RoleKind.NATIONAL_EDITOR)
    account.roles.update(valid_to=factories.LONG_AGO)
    assert sign_in(account).get(LIST, follow=True).status_code == 403
    for address in (LIST, NEW, page_of(group), f"{page_of(group)}gebruik/"):
        assert client.get(address).headers["Location"] == f"/inloggen/?next={address}"
    client.post(f"{page_of(group)}gebruik/", {"gebruik": "niet", "version": "1"})
    assert SynonymGroup.objects.get().is_used


def test_a_word_saved_at_the_desk_makes_a_search_find_it(editor: Client) -> None:
    asked.understand("witte vlek")
    page = save(editor, NEW, "witte vlek", "Lege plek", note="Zonder werkplaats").content.decode()
    assert "Bewaard. Binnen enkele seconden kent zoeken deze woorden." in page
    assert "/zoeken/?q=witte+vlek" in page
    asked.forget()
    assert [other.text for other in asked.understand("witte vlek").terms[0].others] == ["Lege plek"]
    assert LogEntry.objects.filter(verb="terms.synonyms.added", actor__startswith="account-").count() == 1


@pytest.mark.parametrize(
    ("words", "note", "sentence"),
    [
        (["dokter"], "Mijn opmerking", "Schrijf minstens twee woorden, elk op een eigen regel."),
        (["", "  "], "Mijn opmerking", "Schrijf minstens twee woorden, elk op een eigen regel."),
        (["wijkzuster", "zuster &amp; co"], "Mijn opmerking", "Regel 2: “zuster &amp;amp; co” bevat “&amp;”."),
        (["bakker, slager"], "Mijn opmerking", "Zet elk woord op een eigen regel."),
        (["bakker", "Bakker"], "Mijn opmerking", "Regel 2: “Bakker” staat er al."),
        (["bakker", "voor de"], "Mijn opmerking", "Regel 2: “voor de” bestaat uit woorden die zoeken overslaat."),
        (["bakker", "de bakker"], "Mijn opmerking", "Zoeken ziet deze woorden al als hetzelfde woord."),
        (["huisarts", "dokter"], "Mijn opmerking", "Precies deze groep is er al."),
        (["bakker", "slager"], "Mijn opmerking" * 20, "Uw opmerking is te lang: 280 tekens. Er passen er 200 in."),
        ([f"woord{n}" for n in range(400)], "Mijn opmerking", "Dit is te lang: 3888 tekens."),
    ],
)  # fmt: skip
def test_bad_input_says_what_and_where_and_keeps_what_was_typed(
    editor: Client, group: SynonymGroup, words: list[str], note: str, sentence: str
) -> None:
    page = save(editor, NEW, *words, note=note).content.decode()
    assert sentence in page
    assert "Mijn opmerking" in page
    for word in words:
        assert word.replace("&", "&amp;") in page
    assert 'aria-invalid="true"' in page
    assert SynonymGroup.objects.count() == 1


def test_the_second_of_two_editors_sees_both_and_can_save_again(editor: Client, group: SynonymGroup) -> None:
    save(editor, page_of(group), "dokter", "huisarts", "heelmeester")
    page = save(editor, page_of(group), "dokter", "arts", version=1).content.decode()
    assert "Iemand anders heeft deze woorden intussen gewijzigd." in page
    assert "<li>heelmeester</li>" in page
    assert "dokter\r\narts</textarea>" in page
    assert 'name="version" value="2"' in page
    assert SynonymGroup.objects.get().words == ["dokter", "huisarts", "heelmeester"]
    save(editor, page_of(group), "dokter", "arts", version=2)
    assert SynonymGroup.objects.get().words == ["dokter", "arts"]


@pytest.mark.parametrize("version", ["", "x", "-1", "²", "9" * 5000, "0"])
def test_a_version_nobody_read_is_a_conflict(editor: Client, group: SynonymGroup, version: str) -> None:
    for address in (page_of(group), f"{page_of(group)}gebruik/"):
        page = editor.post(address, {"words": "dokter\narts", "gebruik": "niet", "version": version}, follow=True)
        assert "Iemand anders heeft deze woorden intussen gewijzigd." in page.content.decode()
    assert (SynonymGroup.objects.get().words, SynonymGroup.objects.get().is_used) == (["dokter", "huisarts"], True)


def test_a_group_goes_out_of_use_and_comes_back(editor: Client, group: SynonymGroup) -> None:
    address = f"{page_of(group)}gebruik/"
    page = editor.post(address, {"gebruik": "niet", "version": "1"}, follow=True).content.decode()
    assert "Deze woorden zijn buiten gebruik." in page
    assert "Zet weer in gebruik" in page
    listed = editor.get(LIST).content.decode()
    assert listed.index("Buiten gebruik") < listed.index("dokter, huisarts")
    assert SynonymGroup.objects.groups() == []
    page = editor.post(address, {"gebruik": "weer", "version": "2"}, follow=True).content.decode()
    assert "Deze woorden zijn weer in gebruik." in page
    assert SynonymGroup.objects.groups() == [["dokter", "huisarts"]]
    verbs = list(LogEntry.objects.filter(target=group.uid).order_by("number").values_list("verb", flat=True))
    assert verbs == ["terms.synonyms.added", "terms.synonyms.ended", "terms.synonyms.restored"]
    assert editor.get(address).headers["Location"] == page_of(group)
    assert editor.get(f"{LIST}{SynonymGroup(words=[]).uid}/").status_code == 404


def test_a_word_in_two_groups_is_pointed_out(editor: Client, group: SynonymGroup) -> None:
    page = save(editor, NEW, "Dokter", "chirurg").content.decode()
    assert "Let op: een van deze woorden staat ook in een andere groep: dokter, huisarts." in page
    assert page_of(group) in page
    assert SynonymGroup.objects.count() == 2


def test_the_list_looks_for_a_word_and_offers_to_make_what_is_not_there(editor: Client, group: SynonymGroup) -> None:
    save_synonyms(group=None, words=["cliënt", "klant"], by=factories.make_account("b@example.org"))
    page = editor.get(LIST, {"q": "CLIENT"}).content.decode()
    assert "1 groep met “CLIENT”" in page
    assert ("cliënt, klant" in page, "dokter, huisarts" in page) == (True, False)
    page = editor.get(LIST, {"q": 'baan" <b>'}).content.decode()
    assert "Er is nog geen groep met dit woord." in page
    assert "<b>" not in page
    assert "bakker</textarea>" in editor.get(NEW, {"woord": "bakker"}).content.decode()


def test_the_list_costs_no_more_for_more_groups(
    editor: Client, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    account = factories.make_account("c@example.org")
    save_synonyms(group=None, words=["een woord", "ander woord"], by=account)
    editor.get(LIST)
    with django_assert_max_num_queries(20) as first:
        editor.get(LIST)
    load_synonyms(by=account)
    with django_assert_num_queries(len(first)):
        page = editor.get(LIST).content.decode()
    assert page.count('<td class="title">') == SynonymGroup.objects.count() > 80


def test_a_session_that_ended_shows_what_was_typed(client: Client, group: SynonymGroup) -> None:
    assert "Een lang bedacht woord" in save(client, page_of(group), "Een lang bedacht woord").content.decode()
