"""Take the pictures of the manual and the README anew, from a demonstration that is made and thrown away.

    make pictures

One function a picture; each does what its page in the manual tells, as that person, in a real browser.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

HERE = Path(__file__).parent
PASSWORD = "welkom-in-de-werkplaats"
PORT = "8765"
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}


@contextmanager
def demonstration() -> Iterator[str]:
    """The address of a demonstration of its own."""
    with tempfile.TemporaryDirectory() as folder:
        address = f"http://127.0.0.1:{PORT}"
        given = {"WERKPLAATS_DATA": folder, "WERKPLAATS_DEMO": "1", "WERKPLAATS_ADDRESS": address, "PORT": PORT}
        program = [sys.executable, "-m", "werkplaats.config.cli"]
        settings = {**os.environ, **given}
        for command in ("prepare", "demo"):
            subprocess.run([*program, command], env=settings, check=True, stdout=subprocess.DEVNULL)
        serving = subprocess.Popen([*program, "serve"], env=settings, stdout=subprocess.DEVNULL)
        try:
            _until_it_answers(address)
            yield address
        finally:
            serving.terminate()
            serving.wait(30)


def _until_it_answers(address: str) -> None:
    for _time in range(120):
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except OSError:
            time.sleep(0.5)
        else:
            return
    sys.exit("De demonstratie komt niet op gang.")


def sign_in(page: Page, name: str) -> None:
    """As one of the accounts of the demonstration."""
    page.goto("/inloggen/")
    page.get_by_label("E-mailadres").first.fill(f"{name}@demo.invalid")
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Inloggen").click()
    page.wait_for_url("**/mijn/")


def ask(page: Page) -> None:
    """The form, pointing at a name in the question."""
    page.goto("/vragen/stel/")
    page.get_by_label("Uw vraag").fill(
        "Mijn buurvrouw, mevrouw Jansma, komt bijna nergens meer. Hoe krijgen we haar weer bij de koffie in het dorp?"
    )
    page.get_by_label("als inwoner").check()
    page.get_by_label("Uw gemeente").fill("Assen")
    page.get_by_role("button", name="Verstuur").click()


def follow(page: Page) -> None:
    """The page of a question on the site."""
    page.goto("/vragen/")
    page.locator("main article a, main li a[href^='/vragen/vraag-']").first.click()


def answers_while_typing(page: Page) -> None:
    """What looks like the question, below it."""
    page.goto("/vragen/stel/")
    page.get_by_label("Uw vraag").press_sequentially("Hoe vinden jongeren die niet naar school gaan hun weg?", delay=5)
    page.locator("button[name=antwoord]").first.wait_for()


def this_is_my_answer(page: Page) -> None:
    """The page after choosing an answer."""
    answers_while_typing(page)
    page.locator("button[name=antwoord]").first.click()
    page.wait_for_url("**/vragen/mijn-antwoord/**")


def here_too(page: Page) -> None:
    """The form of an organisation that has the same question."""
    sign_in(page, "partner")
    follow(page)
    page.get_by_role("link", name="Speelt dit bij uw organisatie ook?").first.click()


def municipality(page: Page) -> None:
    """The page of a municipality."""
    page.goto("/gemeenten/midden-drenthe/")


def search(page: Page) -> None:
    """Results, with why each was found."""
    page.goto("/zoeken/?q=jongern+school")


def moderate(page: Page) -> None:
    """A question that a coordinator judges."""
    page.goto("/vragen/stel/")
    page.get_by_label("Uw vraag").fill("Hoe bereiken we mantelzorgers die zelf geen hulp vragen?")
    page.get_by_label("als inwoner").check()
    page.get_by_label("Uw gemeente").fill("Assen")
    page.get_by_role("button", name="Verstuur").last.click()
    # Answers that look like it are shown once; then it goes.
    page.wait_for_load_state("networkidle")
    if page.get_by_role("button", name="Verstuur zoals het er nu staat").count():
        page.get_by_role("button", name="Verstuur zoals het er nu staat").last.click()
    page.get_by_role("button", name="Bekijk uw vraag").wait_for()
    sign_in(page, "coordinator.noord")
    page.goto("/beheer/vragen/")
    page.get_by_role("link", name="mantelzorgers").first.click()


def home(page: Page) -> None:
    """The front page."""
    page.goto("/")


# File -> how to get there, the screen, and how much of the page to show.
PICTURES: dict[str, tuple[Callable[[Page], None], dict[str, int], int]] = {
    "beeld/vraag-stellen.png": (ask, {"width": 900, "height": 900}, 900),
    "beeld/vraag-volgen.png": (follow, PHONE, 1100),
    "beeld/antwoord-voor-u-vraagt.png": (answers_while_typing, PHONE, 1400),
    "beeld/dit-is-mijn-antwoord.png": (this_is_my_answer, DESKTOP, 900),
    "beeld/hier-ook.png": (here_too, DESKTOP, 950),
    "beeld/uw-gemeente.png": (municipality, PHONE, 1100),
    "beeld/zoeken.png": (search, DESKTOP, 850),
    "beeld/vragen-beoordelen.png": (moderate, DESKTOP, 900),
    "../beeld/home.png": (home, {"width": 960, "height": 900}, 800),
}


def take(browser: Browser, address: str, file: str) -> None:
    """One picture, in few colours so that it stays small."""
    go, screen, most = PICTURES[file]
    context = browser.new_context(base_url=address, viewport=screen, locale="nl-NL")
    page = context.new_page()
    go(page)
    page.wait_for_load_state("networkidle")
    whole = Image.open(io.BytesIO(page.screenshot(full_page=True)))
    shown = whole.crop((0, 0, whole.width, min(whole.height, most))).convert("RGB")
    shown.quantize(128).save(HERE / file, optimize=True)
    context.close()
    print(file)


def main() -> None:
    """All of them, or those whose names are given."""
    wanted = [file for file in PICTURES if not sys.argv[1:] or any(name in file for name in sys.argv[1:])]
    with demonstration() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for file in wanted:
            take(browser, address, file)
        browser.close()


if __name__ == "__main__":
    main()
