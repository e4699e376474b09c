"""Limits hold for guesses at the same moment, and for processes that know nothing of each other."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from http.client import HTTPConnection
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.test import Client

import werkplaats
from tests import factories
from tests.core.test_serving import answers, clean, free_port, until
from werkplaats.api.middleware import READING
from werkplaats.api.suggestions import ASKING
from werkplaats.site import following, passwords

__all__ = ["clean"]

pytestmark = pytest.mark.django_db(transaction=True)
CODE = "ABCD-EFGH-JKMN"
TOGETHER = 8


@pytest.mark.parametrize(
    ("address", "data", "most"),
    [
        ("/inloggen/", {"login": "ada@example.org", "password": "geraden-woord-1"}, passwords.GUESSING_ONE.most),
        ("/vragen/volg/", {"code": "ABCD-EFGH-JKMX"}, following.GUESSING.most),
    ],
)
def test_guesses_at_the_same_moment_are_looked_at_no_more_often(address: str, data: dict[str, str], most: int) -> None:
    factories.make_account("ada@example.org")
    start = Barrier(TOGETHER)

    def guess(_number: int) -> list[int]:
        try:
            start.wait(20)
            return [Client().post(address, data).status_code for _time in range(3)]
        finally:
            connection.close()

    with ThreadPoolExecutor(TOGETHER) as pool:
        statuses = [status for some in pool.map(guess, range(TOGETHER)) for status in some]
    assert sorted(statuses) == [200] * most + [429] * (3 * TOGETHER - most)


@pytest.fixture
def two_sites(environment: dict[str, str], clean: None) -> Iterator[list[int]]:
    """The ports of two sites on one database, each in a process of its own."""
    ports = [free_port(), free_port()]
    # The program that is tested here, whichever is installed.
    settings = {**environment, "WERKPLAATS_WORKERS": "1", "PYTHONPATH": str(Path(werkplaats.__file__).parents[1])}
    with ExitStack() as stack:
        for port in ports:
            command = [sys.executable, "-m", "werkplaats.config.cli", "serve", "--port", str(port)]
            serving = subprocess.Popen(command, env=settings, stdout=subprocess.DEVNULL, start_new_session=True)
            stack.callback(serving.wait, 30)
            stack.callback(serving.terminate)
        for port in ports:
            until(lambda port=port: answers(port), "the website does not answer")
        yield ports


def asked(port: int, path: str, visitor: str, body: bytes | None = None) -> tuple[int, str, str]:
    """Status, Retry-After and Server of an answer to a visitor at this address of the machine itself."""
    headers = {"Content-Type": "application/json"} if body else {}
    with closing(HTTPConnection("127.0.0.1", port, timeout=20, source_address=(visitor, 0))) as calling:
        calling.request("POST" if body else "GET", f"/api/v1/{path}", body, headers)
        response = calling.getresponse()
        response.read()
        return response.status, response.headers["Retry-After"] or "", response.headers["Server"]


@pytest.mark.parametrize(
    ("path", "body", "limit"),
    [("gemeenten", None, READING), ("suggesties", b'{"tekst": "Wie helpt bij schulden?"}', ASKING)],
)
def test_two_processes_count_together(two_sites: list[int], path: str, body: bytes | None, limit: Any) -> None:
    for again in range(1, 9):
        window = int(time.time()) // limit.seconds
        visitor = f"127.0.0.{again}"
        told = [asked(two_sites[number % 2], path, visitor, body) for number in range(limit.most + 2)]
        # A stretch of time that ended meanwhile gave this visitor a fresh start: then once more, as another.
        if int(time.time()) // limit.seconds == window:
            break
    assert [status for status, _wait, _server in told] == [200] * limit.most + [429] * 2
    assert all(1 <= int(wait) <= limit.seconds for _status, wait, _server in told[-2:])
    assert {server for _status, _wait, server in told} == {"Werkplaats"}
