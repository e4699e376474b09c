"""The database is away, or the disk is full: told politely, with when to come back, and nothing typed is lost."""

from __future__ import annotations

import errno
from typing import Any, NoReturn

import pytest
from django.db import DataError, OperationalError, connection
from django.test import Client

pytestmark = pytest.mark.django_db
WORDS = "Hoe helpen wij buren die elkaar willen bijstaan?"
AWAY = [OperationalError("server closed the connection"), OSError(errno.ENOSPC, "No space left on device")]


def asked(error: Exception, address: str, sent: dict[str, str] | None = None) -> Any:
    """The answer while every question to the database ends like this."""

    def away(*_args: Any) -> NoReturn:
        raise error

    client = Client(raise_request_exception=False)
    with connection.execute_wrapper(away):
        return client.get(address) if sent is None else client.post(address, sent)


@pytest.mark.parametrize("error", AWAY, ids=["database", "disk"])
@pytest.mark.parametrize("address", ["/", "/vragen/", "/werkplaatsen/"])
def test_a_page_says_so_and_when_to_come_back(error: Exception, address: str) -> None:
    response = asked(error, address)
    assert (response.status_code, response.headers["Retry-After"]) == (503, "60")
    page = response.content.decode()
    assert "Even geduld: wij kunnen er nu niet bij" in page
    assert str(error) not in page and "Traceback" not in page


def test_what_was_typed_stands_on_the_page() -> None:
    response = asked(AWAY[0], "/vragen/stel/", {"text": WORDS, "password": "geheim-genoeg"})
    page = response.content.decode()
    assert response.status_code == 503
    assert WORDS in page and "niet zeker of uw laatste stap is bewaard" in page
    assert "geheim-genoeg" not in page


def test_a_program_is_told_as_a_program() -> None:
    response = asked(AWAY[0], "/api/v1/vragen")
    assert (response.status_code, response.headers["Retry-After"]) == (503, "60")
    assert response.headers["Content-Type"] == "application/problem+json"


def test_a_mistake_of_ours_stays_one() -> None:
    response = asked(DataError("value too long"), "/vragen/")
    assert response.status_code == 500 and "Retry-After" not in response.headers
