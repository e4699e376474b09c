"""Two werkplaatsen with people, pages and files, and what the forms of the desk send."""

from __future__ import annotations

import json
from typing import Any

from django.test import Client

from tests import factories
from tests.news import planted
from werkplaats.core.actors import SYSTEM
from werkplaats.news import actions
from werkplaats.news.models import Paper, Picture, SectionPage
from werkplaats.people.models import Account
from werkplaats.people.rules import RoleKind


def sign_in(account: Account) -> Client:
    client = Client()
    client.force_login(account, "sesame.backends.ModelBackend")
    return client


class House:
    """Two werkplaatsen with people, pages and files; and the network."""

    def __init__(self) -> None:
        self.here, self.there = factories.make_werkplaats("Utrecht"), factories.make_werkplaats("Noord")
        self.national_section, self.here_section, self.there_section = factories.make_sections(self.here, self.there)
        self.ann = factories.make_account("ann@example.org", RoleKind.COORDINATOR, self.here)
        self.bob = factories.make_account("bob@example.org", RoleKind.LECTOR, self.here)
        self.nel = factories.make_account("nel@example.org", RoleKind.COORDINATOR, self.there)
        self.nan = factories.make_account("nan@example.org", RoleKind.NATIONAL_EDITOR)
        self.organisation = factories.make_organisation("Welzijn Utrecht")
        factories.make_partnership(self.organisation, self.here)
        self.pim = factories.make_account("pim@example.org", RoleKind.PARTNER_EDITOR, self.organisation)
        self.tom = factories.make_account("tom@example.org", RoleKind.ADMINISTRATOR)

    def draft(self, owner: Account, section: SectionPage | None = None, title: str = "Concept") -> Any:
        """A draft by someone."""
        section = section or self.here_section
        page = factories.make_page(title, section.werkplaats, live=False, owner=owner)
        page.save_revision(user=owner)
        return page

    def submitted(self, owner: Account, section: SectionPage | None = None) -> Any:
        """A draft that its writer submitted."""
        page = self.draft(owner, section)
        page.get_workflow().start(page, owner)
        return page

    def picture(self, section: SectionPage) -> Picture:
        """A picture of a section."""
        file = planted.upload(planted.picture(), "foto.jpg")
        return actions.add_picture(title=f"Foto {section.title}", file=file, description="", section=section, by=SYSTEM)

    def paper(self, section: SectionPage) -> Paper:
        """A document of a section."""
        file = planted.upload(planted.pdf(), "a.pdf")
        return actions.add_document(title=f"Verslag {section.title}", file=file, section=section, by=SYSTEM)


def body(*blocks: tuple[str, Any]) -> dict[str, str]:
    """A StreamField as the desk's form sends it."""
    sent = {"body-count": str(len(blocks))}
    for number, (kind, value) in enumerate(blocks):
        sent |= {f"body-{number}-{name}": text for name, text in (("deleted", ""), ("order", str(number)), ("id", ""))}
        sent[f"body-{number}-type"] = kind
        if isinstance(value, dict):
            sent |= {f"body-{number}-value-{name}": str(one) for name, one in value.items()}
        else:
            sent[f"body-{number}-value"] = str(value)
    return sent


def rich(text: str) -> str:
    """Running text as the editor sends it."""
    block = {"key": "a", "text": text, "type": "unstyled", "depth": 0, "inlineStyleRanges": [], "entityRanges": []}
    return json.dumps({"blocks": [block], "entityMap": {}})


def form(title: str = "Kenniskring begint", *blocks: tuple[str, Any], **extra: str) -> dict[str, str]:
    return {"title": title, "intro": "Kort.", "lang": "nl", **body(*blocks), **extra}
