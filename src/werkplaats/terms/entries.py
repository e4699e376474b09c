"""What the hall knows of themes: their names, looked up when shown, and the words people use for them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from werkplaats.core import registry
from werkplaats.terms.models import SynonymGroup, Theme
from werkplaats.terms.queries import ThemeQuerySet


def _names(themes: ThemeQuerySet) -> list[registry.Name]:
    """The words of a theme's own name each point at it; of its synonyms only the whole does."""
    found = []
    for uid, name, others in themes.values_list("uid", "name", "synonyms"):
        found.append(registry.Name(uid, name, apart=True))
        found += [registry.Name(uid, other) for other in others]
    return found


def register() -> None:
    """Tell the core how themes are called."""
    registry.add_labels("thema", Theme.objects.with_uids)
    registry.add_labels("hoofdthema", Theme.objects.with_uids)
    registry.add_names("thema", lambda: _names(Theme.objects.all()), said=_("gaat over %(label)s"))
    registry.add_names("hoofdthema", lambda: _names(Theme.objects.top()), said=_("valt onder %(label)s"))
    registry.add_synonyms(SynonymGroup.objects.groups)
