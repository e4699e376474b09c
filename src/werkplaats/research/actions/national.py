"""Keeping national themes, and who works on them."""

from __future__ import annotations

from werkplaats.core import versions
from werkplaats.core.action import action
from werkplaats.core.actors import Actor
from werkplaats.core.models import Visibility
from werkplaats.research.actions.shared import Values
from werkplaats.research.models import NationalTheme, ThemeWork


@action
def save_national_theme(*, theme: NationalTheme, values: Values, version: int = 0, by: Actor) -> NationalTheme:
    """Keep a new national theme or what was changed of one. Raises Conflict."""
    private = versions.words(NationalTheme) if versions.is_closed(theme, values) else ()
    return versions.save(theme, values, version=version, verb="research.nationaltheme", by=by, private=private)


@action
def save_theme_work(*, work: ThemeWork, values: Values, version: int = 0, by: Actor) -> ThemeWork:
    """Keep what a werkplaats does for a national theme. Raises Conflict."""
    theme = values.get("national_theme") or work.national_theme
    closed = theme.visibility == Visibility.WERKPLAATS
    private = versions.words(ThemeWork) if closed else ()
    return versions.save(work, values, version=version, verb="research.themework", by=by, private=private)
