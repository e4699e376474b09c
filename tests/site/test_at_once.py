"""Things that happen at the same moment."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client

from tests import factories
from werkplaats.agenda.models import Question
from werkplaats.agenda.rules import Status, codes
from werkplaats.people.rules import RoleKind

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_same_form_from_four_sides_is_one_question_with_one_code() -> None:
    factories.make_municipality("Assen")
    data = {
        "text": "Hoe vinden nieuwe bewoners de weg naar het buurthuis?",
        "asker_role": "inwoner",
        "municipality": "Assen",
        "submission": codes.new_submission(),
    }

    def send(_number: int) -> str:
        try:
            return str(Client().post("/vragen/stel/", data, follow=True).content.decode())
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        pages = list(pool.map(send, range(4)))
    shown = {"".join(re.findall(r'id="volgcode">(.*?)</p>', page, re.DOTALL)) for page in pages}
    assert Question.objects.count() == 1
    assert len(shown) == 1
    assert shown != {""}
    assert sum("Hetzelfde formulier kwam nog een keer binnen." in page for page in pages) == 3


def test_of_two_coordinators_at_once_one_decides() -> None:
    noord = factories.make_werkplaats("Noord")
    question = factories.make_question(werkplaats=noord, public=False)
    for name in ("een", "twee"):
        factories.make_account(f"{name}@example.org", RoleKind.COORDINATOR, noord)

    def decide(name: str) -> str:
        client = Client()
        client.login(username=f"{name}@example.org", password=factories.PASSWORD)
        data = {"besluit": "weigeren", "version": "1", "weigeren-reason": f"Reden van {name}."}
        try:
            return str(client.post(f"/beheer/vragen/{question.uid}/", data).content.decode())
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        pages = list(pool.map(decide, ("een", "twee")))
    question.refresh_from_db()
    assert question.status == Status.REFUSED
    assert question.changes.filter(status=Status.REFUSED).count() == 1
    assert sum("Iemand anders heeft deze vraag intussen gewijzigd." in page for page in pages) == 1


def test_hier_ook_pressed_four_times_is_one_row() -> None:
    organisation, question = factories.make_organisation(), factories.make_question()
    factories.make_account("partner@example.org", RoleKind.PARTNER_EDITOR, organisation)

    def press(number: int) -> int:
        client = Client()
        client.login(username="partner@example.org", password=factories.PASSWORD)
        data = {"organisation": organisation.uid, "mandate": "ambtelijk", "reason": f"Keer {number}"}
        try:
            return client.post(f"/vragen/{question.uid}/hier-ook/", data).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(press, range(4))) == {302}
    assert question.supports.current().count() == 1
