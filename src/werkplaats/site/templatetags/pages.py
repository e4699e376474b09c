"""Small things page templates need."""

from __future__ import annotations

from datetime import date

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _t

from werkplaats.core import dates

register = template.Library()


@register.filter
def localised(url: str) -> str:
    """A permanent address in the language of this page: /vragen/ becomes /en/vragen/ on an English one."""
    language = get_language()
    return url if language in (None, settings.LANGUAGE_CODE) else f"/{language}{url}"


@register.filter
def in_words(day: date, precision: str = "dag") -> str:
    """A date no more precise than it is known."""
    return dates.show(day, precision)


@register.filter
def spaced(number: float | None) -> str:
    """A whole number with a point between thousands, as Dutch readers write it (a comma in English)."""
    if number is None:
        return ""
    mark = "." if get_language() == "nl" else ","
    return f"{int(number):,}".replace(",", mark)


@register.simple_tag
def trail(*parts: str) -> list[tuple[str, str]]:
    """The way to this page for the breadcrumb: label, address, label, address, ..., label of this page."""
    home = [(str(_t("Home")), reverse("home"))]
    pairs = [(parts[n], parts[n + 1]) for n in range(0, len(parts) - 1, 2)]
    return [*home, *pairs, (parts[-1], "")]
