"""The harness itself: a watcher that never complains and a checker that never finds anything would prove nothing."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.mail import EmailMessage
from playwright.sync_api import Page
from wagtail.models import Collection, Locale
from wagtail.models import Page as WagtailPage

from tests import factories
from tests.browser import axe, judge
from tests.mailbox import Mailbox
from werkplaats.people.models import Account

STRICT = "default-src 'none'; script-src 'self'; style-src 'self'; img-src *; connect-src 'self'"
SOUND = '<!doctype html><html lang="nl"><title>Proef</title><main><h1>Proef</h1>{}</main>'


def show(page: Page, body: str) -> None:
    """Let the live server seem to answer with this page, under our policy."""
    page.route("**/proef/", lambda route: route.fulfill(
        body=SOUND.format(body), content_type="text/html; charset=utf-8", headers={"Content-Security-Policy": STRICT}
    ))  # fmt: skip
    page.route("**/weg.png", lambda route: route.fulfill(status=404))
    page.goto("/proef/")


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        ("<script>document.title = 'ja'</script>", "(?i)content security policy"),
        ('<p style="color: red">rood</p>', "(?i)content security policy"),
        ('<img src="http://127.0.0.2:9/pixel.png" alt="">', "andere host: http://127.0.0.2:9/pixel.png"),
        ('<img src="/weg.png" alt="">', "404"),
    ],
)
def test_a_page_that_misbehaves_is_noticed(
    page: Page, body: str, complaint: str, allowed_complaints: list[str]
) -> None:
    # What is allowed must also happen, so this fails when nothing is noticed.
    allowed_complaints += [complaint, *(["ERR_"] if "127.0.0.2" in body else [])]
    show(page, body)


def test_an_error_in_a_script_is_noticed(page: Page, allowed_complaints: list[str]) -> None:
    allowed_complaints += ["script: .*boem", "console: au"]
    show(page, "")
    with page.expect_event("pageerror"):
        page.evaluate("() => { console.error('au'); setTimeout(() => { throw new Error('boem') }) }")


@pytest.mark.parametrize(("seen", "allowed"), [(["console: au"], []), ([], ["au"]), (["console: oei"], ["au"])])
def test_only_what_is_allowed_and_happens_passes(seen: list[str], allowed: list[str]) -> None:
    judge(["console: au", "script: boem"], ["au", "boem"])
    with pytest.raises(pytest.fail.Exception):
        judge(seen, allowed)


def test_axe_finds_what_is_wrong_and_nothing_else(page: Page, phone: Page) -> None:
    show(page, '<img src="/static/site/favicon.svg"><p>Tekst</p>')
    assert [line.partition(" ")[0] for line in axe(page)] == ["image-alt"]
    show(phone, "<p>Tekst</p>")
    assert axe(phone) == []


def test_without_scripts_there_are_none(no_js_page: Page, page: Page) -> None:
    for one, said in ((no_js_page, "zonder"), (page, "met")):
        one.route("**/proef.js", lambda route: route.fulfill(body="document.querySelector('p').textContent = 'met'"))
        show(one, "<p>zonder</p><script src='/proef.js'></script>")
        assert one.get_by_text(said, exact=True).count() == 1


def first_rows() -> dict[str, list[Any]]:
    """What the migrations of Wagtail make."""
    return {
        model.__name__: sorted(model.objects.values_list("pk", flat=True))
        for model in (WagtailPage, Collection, Locale)
    }


@pytest.mark.parametrize("time", [1, 2])
@pytest.mark.django_db(transaction=True)
def test_each_test_that_commits_begins_with_the_same_rows(time: int) -> None:
    assert all(first_rows().values())
    assert not Account.objects.exists()
    factories.make_account("ada@example.org")
    WagtailPage.objects.all().delete()


@pytest.mark.django_db
def test_mail_arrives_as_it_was_sent(mailbox: Mailbox) -> None:
    EmailMessage("Groet: één", "Dag,\nÉén regel.\n", "van@example.org", ["a@example.org"], bcc=["b@example.org"]).send()
    [message] = mailbox.wait()
    assert (message["Subject"], message["To"], message["X-Envelope-To"]) == (
        "Groet: één", "a@example.org", "a@example.org, b@example.org",
    )  # fmt: skip
    assert message.get_content() == "Dag,\nÉén regel.\n"


@pytest.mark.django_db
def test_a_mailbox_begins_empty(mailbox: Mailbox) -> None:
    assert mailbox.messages() == []
    with pytest.raises(AssertionError, match="1 berichten verwacht, 0 gekregen"):
        mailbox.wait(seconds=0.1)
