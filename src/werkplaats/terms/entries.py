"""What the hall knows of themes (names, and the words people use for them), and how words explained appear in it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from werkplaats.core import registry
from werkplaats.core.registry import EntryData, LinkData
from werkplaats.terms.models import Concept, SynonymGroup, Theme
from werkplaats.terms.queries import ThemeQuerySet


def _names(themes: ThemeQuerySet) -> list[registry.Name]:
    """The words of a theme's own name each point at it; of its synonyms only the whole does."""
    found = []
    for uid, name, others in themes.values_list("uid", "name", "synonyms"):
        found.append(registry.Name(uid, name, apart=True))
        found += [registry.Name(uid, other) for other in others]
    return found


def _concepts() -> Any:
    return Concept.objects.in_use().prefetch_related("themes__parent")


def _entry(record: Concept) -> EntryData:
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


def register() -> None:
    """Tell the core how themes are called, and of the words explained."""
    label = Concept._meta.verbose_name
    # It says what a word means; a question is seldom about that.
    registry.add_source(
        registry.Source("begrip", Concept, label, _concepts, _entry, lambda uid: _t("buiten gebruik"), answers=0.3)
    )
    registry.add_labels("thema", Theme.objects.with_uids)
    registry.add_labels("hoofdthema", Theme.objects.with_uids)
    registry.add_names("thema", lambda: _names(Theme.objects.all()), said=_("gaat over %(label)s"))
    registry.add_names("hoofdthema", lambda: _names(Theme.objects.top()), said=_("valt onder %(label)s"))
    registry.add_synonyms(SynonymGroup.objects.groups)
