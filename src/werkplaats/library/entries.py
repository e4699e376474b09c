"""How publications appear in the hall: those that a second person published."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _t

from werkplaats.catalogue.refresh import tied_until_now
from werkplaats.core import registry
from werkplaats.core.models import Visibility
from werkplaats.core.registry import EntryData, LinkData
from werkplaats.library.models import Contributor, Publication, PublicationIdentifier
from werkplaats.library.rules import LANGUAGES, Licence, PublicationKind
from werkplaats.network.models import Organisation


def _records() -> Any:
    return Publication.objects.published().prefetch_related(
        "themes__parent", "werkplaatsen", "organisations", "contributors", "numbers"
    )


def _entry(record: Publication) -> EntryData:
    themes = list(record.themes.all())
    regions = sorted(one.uid for one in record.werkplaatsen.all())
    made_at = sorted(one.uid for one in record.organisations.all())
    makers = [one.shown for one in record.contributors.all()]
    numbers = [one.value for one in record.numbers.all()]
    told = [record.subtitle, record.body, record.container, record.publisher, *numbers]
    return EntryData(
        title=record.title,
        url=record.get_absolute_url(),
        summary=record.summary or record.subtitle,
        body="\n".join(text for text in told if text),
        names=tuple(dict.fromkeys([*makers, *(one.name for one in record.organisations.all())])),
        lang=record.lang,
        visibility=record.visibility,
        published_at=record.published_at,
        starts_on=record.issued_on,
        licence=record.licence,
        facets={
            "thema": sorted(theme.uid for theme in themes),
            "hoofdthema": sorted({theme.top.uid for theme in themes}),
            "werkplaats": regions,
            "organisatie": made_at,
            "publicatiesoort": [record.kind],
            "jaar": [str(record.issued_on.year)] if record.issued_on else [],
            "licentie": [record.licence],
            "taal": [record.lang],
        },
        links=(
            *(LinkData("hoort_bij", uid) for uid in [*regions, *made_at]),
            *(LinkData("gaat_over", theme.uid) for theme in themes),
        ),
    )


def _gone(uid: str) -> str:
    return _t("ingetrokken")


def _mentioned() -> Any:
    """The organisations that what anyone may read names as its makers."""
    shown = Publication.objects.published().filter(visibility=Visibility.PUBLIC)
    return Publication.organisations.through.objects.filter(publication__in=shown).values("organisation")


def _made_at(record: Publication) -> list[str]:
    """The organisations that it names, or named until now."""
    now = record.organisations.values_list("uid", flat=True)
    return [*now, *tied_until_now(record.uid, "organisatie")]


def register() -> None:
    """Tell the core about publications."""
    registry.add_mentions("organisatie", _mentioned)
    registry.add_affects(Publication, _made_at)
    label = Publication._meta.verbose_name
    registry.add_source(registry.Source("publicatie", Publication, label, _records, _entry, _gone, answers=0.8))
    for row in (Contributor, PublicationIdentifier):
        registry.add_affects(row, lambda record: [record.publication.uid])
    # Moved when two organisations become one.
    registry.add_affects(Publication.organisations.through, lambda row: [row.publication.uid, row.organisation.uid])
    # Their names are what it is found by.
    registry.add_affects(Organisation, lambda record: list(record.publications.values_list("uid", flat=True)))
    known: dict[str, dict[str, Any]] = {
        "publicatiesoort": {kind.value: kind.label for kind in PublicationKind},
        "licentie": {licence.value: licence.label for licence in Licence},
        "taal": dict(LANGUAGES),
    }
    for dimension, labels in known.items():
        registry.add_labels(dimension, _labelled(labels))


def _labelled(labels: dict[str, Any]) -> Any:
    return lambda values: {value: str(labels[value]) for value in values if value in labels}
