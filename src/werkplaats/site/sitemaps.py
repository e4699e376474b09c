"""What is public, for search engines: our own pages in both languages, and all that stands in the hall."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.db.models import Max, QuerySet
from django.urls import reverse

from werkplaats.catalogue.models import Entry
from werkplaats.core.actors import ANYONE


class Pages(Sitemap):
    """Pages that are always there."""

    i18n = alternates = x_default = True

    def items(self) -> list[str]:
        network = ["werkplaatsen", "coverage", "municipalities"]
        return ["home", "questions", "ask", "library", *network, "accessibility", "privacy"]

    def location(self, item: str) -> str:
        return reverse(item)


class Hall(Sitemap):
    """Everything published that anyone may see, in parts; what was hidden or withdrawn is not in it."""

    limit = 5_000

    def items(self) -> QuerySet[Any]:
        # An address elsewhere is for another site to list.
        own = Entry.objects.visible_to(ANYONE).filter(url__startswith="/")
        return own.order_by("pk").only("url", "datestamp")

    def location(self, item: Entry) -> str:
        return item.url

    def lastmod(self, item: Entry) -> datetime:
        return item.datestamp

    def get_latest_lastmod(self) -> datetime | None:
        """Asked of the database; the library would read all."""
        latest: datetime | None = self.items().aggregate(latest=Max("datestamp"))["latest"]
        return latest


SECTIONS = {"paginas": Pages, "vermeldingen": Hall}
