"""What the hall knows of themes (their names and other words), and how ways of working and explained words appear."""

from __future__ import annotations

from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from werkplaats.core import registry
from werkplaats.core.registry import EntryData, LinkData
from werkplaats.terms.models import Approach, Concept, SynonymGroup, Theme
from werkplaats.terms.queries import ThemeQuerySet


def _names(themes: ThemeQuerySet) -> list[registry.Name]:
    """The words of a theme's own name each point at it; of its synonyms only the whole does."""
    found = []
    for uid, name, others in themes.values_list("uid", "name", "synonyms"):
        found.append(registry.Name(uid, name, apart=True))
        found += [registry.Name(uid, other) for other in others]
    return found


def _approaches() -> Any:
    return Approach.objects.prefetch_related("themes__parent")


def _approach(record: Approach) -> EntryData:
    themes = list(record.themes.all())
    return EntryData(
        title=record.name,
        url=record.get_absolute_url(),
        summary=Truncator(record.description).chars(320),
        body="\n".join([record.description, *record.synonyms]),
        published_at=record.added_at,
        facets={
            "thema": sorted(theme.uid for theme in themes),
            "hoofdthema": sorted({theme.top.uid for theme in themes}),
            "aanpak": [record.uid],
        },
        links=tuple(LinkData("gaat_over", theme.uid) for theme in themes),
    )


def _concepts() -> Any:
    return Concept.objects.in_use().prefetch_related("themes__parent")


def _concept(record: Concept) -> EntryData:
    themes = list(record.themes.all())
    others = [", ".join(record.other_words), record.english, record.english_meaning]
    return EntryData(
        title=record.term,
        url=record.get_absolute_url(),
        summary=record.meaning,
        body="\n".join(text for text in (record.more, record.origin, *others) if text),
        facets={
            "thema": sorted(theme.uid for theme in themes),
            "hoofdthema": sorted({theme.top.uid for theme in themes}),
        },
        links=tuple(LinkData("gaat_over", theme.uid) for theme in themes),
    )


def _approach_names() -> list[registry.Name]:
    rows = Approach.objects.values_list("uid", "name", "synonyms")
    return [registry.Name(uid, text) for uid, name, others in rows for text in (name, *others)]


def register() -> None:
    """Tell the core how themes and ways of working are called, and of the words explained."""
    label = Approach._meta.verbose_name
    registry.add_source(registry.Source("aanpak", Approach, label, _approaches, _approach, answers=0.8))
    registry.add_labels("aanpak", Approach.objects.with_uids)
    registry.add_names("aanpak", _approach_names, said=_("werkt volgens %(label)s"))
    explained = Concept._meta.verbose_name
    # It says what a word means; a question is seldom about that.
    registry.add_source(
        registry.Source(
            "begrip", Concept, explained, _concepts, _concept, lambda uid: _t("buiten gebruik"), answers=0.3
        )
    )
    # By its first level a theme stands in "hoofdthema"; its name stands in no entry.
    registry.add_filed(Theme, "thema")
    registry.add_labels("thema", Theme.objects.with_uids)
    registry.add_labels("hoofdthema", Theme.objects.with_uids)
    registry.add_names("thema", lambda: _names(Theme.objects.all()), said=_("gaat over %(label)s"))
    registry.add_names("hoofdthema", lambda: _names(Theme.objects.top()), said=_("valt onder %(label)s"))
    registry.add_synonyms(SynonymGroup.objects.groups)
