"""A real browser for the journeys, what every page in it must keep to, and what axe finds on a page.

``page`` (desktop), ``phone`` and ``no_js_page`` are pages on the live server: ``page.goto("/vragen/")``. The test
fails when one of them shows an error in the console, an error in a script, something the content security policy
stopped, or a request to any other host. Where an error belongs to the journey, the test says so beforehand:
``allowed_complaints.append("404")``; what is allowed must then also happen.
"""

from __future__ import annotations

import functools
import re
import shutil
from collections.abc import Callable, Iterator
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

AXE = Path(__file__).parents[1] / "node_modules" / "axe-core" / "axe.min.js"
AXE_TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")

_ERROR_ANSWER = "Failed to load resource: the server responded with a status of"
# Whoever leaves a page while it asks for something ends that request; the library calls it an error.
_LEAVING = r"^console: htmx:(sendAbort|afterRequest), .*htmx-2\.min\.js"

OpenPage = Callable[..., Page]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Debian's Chromium, which stays away from everything but the pages it is asked for."""
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.fail("Chromium ontbreekt; installeer het met: apt install chromium", pytrace=False)
    quiet = "gpu quic background-networking component-update sync".split()
    args = ["--no-sandbox", "--no-first-run", *(f"--disable-{what}" for what in quiet)]
    return {**browser_type_launch_args, "executable_path": chromium, "args": args}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """A Dutch visitor who asked for no moving things, so that nobody waits for them."""
    dutch = {"locale": "nl-NL", "timezone_id": "Europe/Amsterdam", "reduced_motion": "reduce"}
    return {**browser_context_args, **dutch}


@pytest.fixture
def allowed_complaints() -> list[str]:
    """Patterns (regular expressions) of complaints that belong to this journey."""
    return []


@pytest.fixture
def open_page(new_context: Any, live_server: Any, allowed_complaints: list[str]) -> Iterator[OpenPage]:
    """Opens pages of separate visitors; takes what Playwright's ``new_context`` takes."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_one(**options: Any) -> Page:
        context = new_context(base_url=live_server.url, **options)
        context.set_default_timeout(15_000)
        contexts.append(context)
        _listen(context, live_server.url, complaints)
        return context.new_page()

    yield open_one
    for context in contexts:
        context.close()
    judge(complaints, allowed_complaints)


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    """A visitor at a desk."""
    return open_page(viewport={"width": 1280, "height": 900})


@pytest.fixture
def phone(open_page: OpenPage) -> Page:
    """A visitor with a telephone."""
    return open_page(viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True, device_scale_factor=2)


@pytest.fixture
def no_js_page(open_page: OpenPage) -> Page:
    """A visitor whose browser runs no scripts."""
    return open_page(viewport={"width": 1280, "height": 900}, java_script_enabled=False)


def _listen(context: BrowserContext, origin: str, complaints: list[str]) -> None:
    # What the content security policy stops is told in the console, as an error. An answer that is an error is told
    # there too, but sometimes late or not at all: those are heard where they come in.
    def console(message: Any) -> None:
        if message.type == "error" and _ERROR_ANSWER not in message.text:
            complaints.append(f"console: {message.text} ({message.location.get('url')})")

    def response(response: Any) -> None:
        if response.status >= HTTPStatus.BAD_REQUEST:
            complaints.append(f"antwoord: {response.status} ({response.url})")

    def request(request: Any) -> None:
        if not request.url.startswith((f"{origin}/", "data:", "blob:", "about:")):
            complaints.append(f"andere host: {request.url}")

    context.on("console", console)
    context.on("weberror", lambda error: complaints.append(f"script: {error.error}"))
    context.on("request", request)
    context.on("response", response)


def judge(complaints: list[str], allowed: list[str]) -> None:
    """Fail for each complaint that is not allowed, and for each allowed one that did not come."""
    wrong = [said for said in complaints if not any(re.search(pattern, said) for pattern in (*allowed, _LEAVING))]
    wrong += [
        f"toegestaan, maar niet gebeurd: {pattern}"
        for pattern in allowed
        if not any(re.search(pattern, said) for said in complaints)
    ]
    if wrong:
        pytest.fail("De browser klaagt:\n" + "\n".join(dict.fromkeys(wrong)), pytrace=False)


@functools.cache
def _axe_script() -> str:
    return AXE.read_text()


def axe(page: Page) -> list[str]:
    """What axe finds against WCAG 2.2 AA and good practice on the page as it is now; nothing is an empty list."""
    # Evaluated by the browser itself: a script tag would be stopped by the content security policy.
    page.evaluate(_axe_script())
    found = page.evaluate(
        "tags => axe.run(document, { runOnly: tags, resultTypes: ['violations'] }).then(r => r.violations)",
        list(AXE_TAGS),
    )
    return [
        f"{rule['id']} ({rule['impact']}): {node['html'][:160]} - {' '.join(node['failureSummary'].split())}"
        for rule in found
        for node in rule["nodes"]
    ]
