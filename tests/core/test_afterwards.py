"""What is done after an answer: never before it is closed, once, and never in anyone's way."""

from __future__ import annotations

from threading import Event, current_thread

import pytest
from django.http import HttpResponse

from werkplaats.core import afterwards

# The framework tidies its connections when an answer is closed.
pytestmark = pytest.mark.django_db


def test_it_is_done_once_the_answer_is_closed_and_only_once() -> None:
    done: list[str] = []
    response = HttpResponse("gelukt")
    afterwards.once_sent(response, lambda: done.append(current_thread().name))
    afterwards.wait()
    assert done == []
    response.close()
    response.close()
    afterwards.wait()
    assert done == ["afterwards"]
    assert response.closed


def test_closing_does_not_wait_for_it() -> None:
    go, done = Event(), Event()
    response = HttpResponse()
    afterwards.once_sent(response, lambda: (go.wait(10), done.set()))
    response.close()
    assert not done.is_set()
    go.set()
    afterwards.wait()
    assert done.is_set()


def test_what_goes_wrong_is_told_without_its_words(caplog: pytest.LogCaptureFixture) -> None:
    words = "ada@example.org weigert"

    def broken() -> None:
        raise ValueError(words)

    response = HttpResponse()
    afterwards.once_sent(response, broken)
    response.close()
    afterwards.wait()
    assert "ValueError" in caplog.text
    assert "in broken" in caplog.text
    assert "ada@example.org" not in caplog.text
