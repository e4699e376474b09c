"""How pages appear in the hall: those that are on the site."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _t

from werkplaats.core import clock, registry
from werkplaats.core.registry import EntryData, LinkData
from werkplaats.network.models import Werkplaats
from werkplaats.network.rules import Status
from werkplaats.news.models import AboutPage, NewsPage, SitePage, TextPage


def _entry(record: SitePage) -> EntryData:
    regions = [record.werkplaats.uid] if record.werkplaats else []
    themes = list(record.themes.all()) if isinstance(record, NewsPage) else []
    shown = record.first_published_at
    return EntryData(
        title=record.title,
        url=record.get_absolute_url(),
        summary=record.intro,
        body=record.plain_text,
        lang=record.lang,
        published_at=shown,
        starts_on=shown.astimezone(clock.AMSTERDAM).date() if shown and isinstance(record, NewsPage) else None,
        facets={
            "thema": sorted(theme.uid for theme in themes),
            "hoofdthema": sorted({theme.top.uid for theme in themes}),
            "werkplaats": regions,
        },
        links=(
            *(LinkData("hoort_bij", uid) for uid in regions),
            *(LinkData("gaat_over", theme.uid) for theme in themes),
        ),
    )


def _gone(uid: str) -> str:
    return _t("van de site gehaald")


def register() -> None:
    """Tell the core about pages."""
    # A page may answer a question; news seldom does.
    for kind, model, answers in (("nieuws", NewsPage, 0.6), ("pagina", TextPage, 0.6), ("over", AboutPage, 0.4)):
        registry.add_source(
            registry.Source(kind, model, model._meta.verbose_name, _records(model), _entry, _gone, answers=answers)
        )
    registry.add_affects(Werkplaats, lambda record: list(AboutPage.objects.of(record).values_list("uid", flat=True)))


def _records(model: type[SitePage]) -> Any:
    def records() -> Any:
        found = model.objects.for_site()
        if model is AboutPage:
            # Who a werkplaats was is no page any more once it ended: its address says that.
            return found.exclude(werkplaats__status=Status.ENDED)
        return found.prefetch_related("themes__parent") if model is NewsPage else found

    return records
