"""What every answer tells the browser, wherever it comes from: what may run, who may show us, what is kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from tests import factories
from tests.site.addresses import every_address
from werkplaats.people.rules import RoleKind

pytestmark = pytest.mark.django_db

# What is someone's own also before signing in: the way there, and what a code or a form gives.
OWN = (
    "/mijn/", "/inloggen/", "/wachtwoord/", "/account/bevestigen/", "/vragen/volg/", "/vragen/stel/",
    "/vragen/verstuurd/", "/vragen/mijn-antwoord/",
)  # fmt: skip


def policy(header: str) -> dict[str, set[str]]:
    """A policy by directive: {"script-src": {"'self'"}}."""
    parts = [part.split() for part in header.split(";") if part.strip()]
    return {name: set(values) for name, *values in parts}


def wrong_policy(address: str, given: dict[str, set[str]]) -> list[str]:
    """What a policy allows that it should not, or forgets to forbid; more strict is fine."""
    api, desk = address.startswith("/api"), address.startswith("/beheer/")
    mine, nothing = {"'self'"}, {"'none'"}
    wanted = {"default-src": nothing, "frame-ancestors": mine if desk else nothing}
    if not api:
        wanted |= {"script-src": mine, "style-src": mine, "form-action": mine, "base-uri": nothing, "connect-src": mine}
    if desk:
        wanted["style-src"] = {"'self'", "'unsafe-inline'"}
    wrong = [
        f"{name}: {given.get(name)}"
        for name, values in wanted.items()
        if not set() < given.get(name, set()) <= values | nothing
    ]
    known = {"'self'", "'none'", "'unsafe-inline'", "data:", "blob:"}
    return wrong + [f"{name}: {values - known}" for name, values in given.items() if values - known]


def wrong_headers(address: str, response: Any, *, signed_in: bool = False, secure: bool = False) -> list[str]:
    """What is wrong with an answer to this address; nothing is an empty list."""
    headers = response.headers
    api, desk = address.startswith("/api"), address.startswith("/beheer/")
    wanted = {
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer" if api else "same-origin",
        # A view of the desk that shows a preview says otherwise itself.
        "X-Frame-Options": headers.get("X-Frame-Options") if desk else "DENY",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "cross-origin" if api else "same-origin",
        # Not the program that serves, let alone which of its versions.
        "Server": "Werkplaats",
    }
    wrong = [f"{name}: {headers.get(name)}" for name, value in wanted.items() if headers.get(name) != value]
    wrong += wrong_policy(address, policy(headers.get("Content-Security-Policy", "")))
    wrong += [
        f"mag: {what}" for what in ("camera", "microphone") if f"{what}=()" not in headers.get("Permissions-Policy", "")
    ]
    wrong += [f"verklapt: {name}" for name in ("X-Powered-By", "X-Generator", "Via") if name in headers]
    wrong += ["X-Frame-Options"] if headers.get("X-Frame-Options") not in {"DENY", "SAMEORIGIN"} else []
    if secure and not headers.get("Strict-Transport-Security", "").startswith("max-age=31536000"):
        wrong.append("geen HSTS")
    own = signed_in or api or desk or bool(response.cookies)
    own |= response.status_code == 200 and address.removeprefix("/en").startswith(OWN)
    if own and not address.startswith("/static/") and "no-store" not in headers.get("Cache-Control", ""):
        wrong.append(f"bewaard: {headers.get('Cache-Control')}")
    return wrong


def walked(client: Client, ask: Callable[..., Any], **how: Any) -> dict[str, list[str]]:
    """Address -> what is wrong with the answer there, of all addresses there are."""
    client.raise_request_exception = False
    found = {address: wrong_headers(address, ask(address), **how) for address in dict.fromkeys(every_address())}
    assert len(found) > 100
    assert set(found) >= {
        "/", "/en/vragen/", "/mijn/apparaten/", "/en/inloggen/", "/beheer/", "/api/v1/vragen", "/robots.txt",
        "/.well-known/security.txt", "/feeds/vermeldingen/", "/zoeken/lijst.csv", "/gezond/klaar",
    }  # fmt: skip
    return {address: wrong for address, wrong in found.items() if wrong}


def test_every_address_keeps_to_it_for_a_visitor(client: Client) -> None:
    assert walked(client, client.get) == {}


def test_every_address_keeps_to_it_when_something_is_sent() -> None:
    client = Client(enforce_csrf_checks=True)
    assert walked(client, client.post) == {}


@pytest.mark.parametrize("role", [RoleKind.COORDINATOR, RoleKind.ADMINISTRATOR, None])
def test_every_address_keeps_to_it_for_who_is_signed_in(client: Client, role: str | None) -> None:
    scope = factories.make_werkplaats("Noord") if role == RoleKind.COORDINATOR else None
    account = factories.make_account("ada@example.org", role, scope)

    def ask(address: str) -> Any:
        # One of the addresses signs out.
        client.force_login(account, "sesame.backends.ModelBackend")
        return client.get(address)

    assert walked(client, ask, signed_in=True) == {}


def test_every_address_asks_for_https_where_that_is_served(client: Client, settings: Any) -> None:
    settings.SECURE_HSTS_SECONDS = 31536000
    assert walked(client, lambda address: client.get(address, secure=True), secure=True) == {}


def test_what_goes_wrong_keeps_to_it_too(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    client.raise_request_exception = False
    answers = {
        404: client.get("/nergens/"),
        405: client.put("/vragen/"),
        400: client.get("/zoeken/?q=%00"),
        403: Client(enforce_csrf_checks=True).post("/vragen/stel/", {"text": "Wie helpt?"}),
        301: client.get("/vragen"),
        302: client.get("/security.txt"),
    }
    answers[4000] = client.get("/", headers={"Host": "elders.example"})

    def broken(*_given: Any, **_named: Any) -> None:
        raise ValueError("binnenkant")

    monkeypatch.setattr("werkplaats.catalogue.search.find", broken)
    answers[500] = client.get("/vragen/")
    assert [response.status_code for response in answers.values()] == [404, 405, 400, 403, 301, 302, 400, 500]
    for status, response in answers.items():
        assert wrong_headers("/vragen/", response) == [], status
        assert "binnenkant" not in response.content.decode()


def test_our_files_keep_to_it_too(settings: Any, tmp_path: Path) -> None:
    (tmp_path / "site.css").write_text("body { color: teal }")
    settings.STATIC_ROOT = tmp_path
    response = Client().get("/static/site.css")
    assert b"".join(response.streaming_content) == b"body { color: teal }"
    assert wrong_headers("/static/site.css", response) == []
    assert "public" in response.headers["Cache-Control"]
    assert "Access-Control-Allow-Origin" not in response.headers


def test_a_page_that_nobody_is_signed_in_for_may_be_kept(client: Client) -> None:
    for address in ("/", "/vragen/", "/gezond/live", "/robots.txt"):
        assert "no-store" not in client.get(address).headers.get("Cache-Control", ""), address


def test_answers_that_forget_it_are_found() -> None:
    bare = wrong_headers("/", HttpResponse())
    assert {line.partition(":")[0] for line in bare} == {
        "X-Content-Type-Options", "Referrer-Policy", "X-Frame-Options", "Cross-Origin-Opener-Policy",
        "Cross-Origin-Resource-Policy", "Server", "default-src", "frame-ancestors", "script-src", "style-src",
        "form-action", "base-uri", "connect-src", "mag",
    }  # fmt: skip
    assert wrong_headers("/", HttpResponse(), secure=True)[-1] == "geen HSTS"
    assert wrong_headers("/mijn/", HttpResponse())[-1] == "bewaard: None"
    assert "verklapt: X-Powered-By" in wrong_headers("/", HttpResponse(headers={"X-Powered-By": "Wagtail 8"}))
    cookie = HttpResponse()
    cookie.set_cookie("sessionid", "x")
    assert wrong_headers("/", cookie)[-1] == "bewaard: None"


@pytest.mark.parametrize(
    ("address", "header", "found"),
    [
        ("/", "script-src 'self' 'unsafe-inline'", "script-src"),
        ("/beheer/vragen/", "script-src 'self' 'unsafe-inline'", "script-src"),
        ("/beheer/pages/", "script-src 'self' 'unsafe-eval'", "script-src"),
        ("/", "style-src 'self' 'unsafe-inline'", "style-src"),
        ("/", "img-src 'self' https://elders.example", "img-src"),
        ("/", "font-src *", "font-src"),
        ("/", "frame-ancestors 'self'", "frame-ancestors"),
        ("/api/v1/vragen", "default-src 'self'", "default-src"),
    ],
)
def test_a_policy_that_allows_more_is_found(address: str, header: str, found: str) -> None:
    assert found in {line.partition(":")[0] for line in wrong_policy(address, policy(header))}
