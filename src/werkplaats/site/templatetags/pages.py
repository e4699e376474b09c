"""Small things page templates need."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _t

from werkplaats.core import clock, dates
from werkplaats.network.rules import Status
from werkplaats.terms.models import Concept

register = template.Library()


@register.filter
def localised(url: str) -> str:
    """A permanent address in the language of this page: /vragen/ becomes /en/vragen/ on an English one."""
    language = get_language()
    return url if language in (None, settings.LANGUAGE_CODE) else f"/{language}{url}"


@register.filter
def way_to_region(werkplaats: Any) -> tuple[str, str]:
    """(name, address) of a werkplaats for a link; one that ended is named, and leads nowhere any more."""
    if werkplaats.status == Status.ENDED:
        return _t("%(name)s (beëindigd)") % {"name": werkplaats.name}, ""
    return werkplaats.name, localised(werkplaats.get_absolute_url())


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


@register.filter
def in_round(number: float | None) -> str:
    """A number of people as one says it: "17,9 miljoen" from a million, and whole below that."""
    if number is None or number < 1_000_000:
        return spaced(number)
    millions = f"{number / 1_000_000:.1f}"
    return _t("%(number)s miljoen") % {"number": millions.replace(".", ",") if get_language() == "nl" else millions}


def share_of(part: int, whole: int, *, some: bool = False, blank: bool = False) -> str:
    """A part in per cent that never says all when some are left, nor none when there are some.

    ``some`` and ``blank``: there are, or are left, though they count for nobody.
    """
    some, blank = some or part > 0, blank or part < whole
    percent = 100 * part / whole if whole else 0.0
    whole_number = round(percent)
    if not ((whole_number == 0 and some) or (whole_number == 100 and blank)):
        return f"{whole_number} %"
    if 0.05 <= percent < 99.95:
        return f"{number_format(Decimal(f'{percent:.1f}'), 1, use_l10n=True)} %"
    return _t("bijna %(percent)s") % {"percent": f"{whole_number} %"}


@register.simple_tag
def trail(*parts: str) -> list[tuple[str, str]]:
    """The way to this page for the breadcrumb: label, address, label, address, ..., label of this page."""
    home = [(str(_t("Home")), reverse("home"))]
    pairs = [(parts[n], parts[n + 1]) for n in range(0, len(parts) - 1, 2)]
    return [*home, *pairs, (parts[-1], "")]


# How wide a picture may be drawn, and how wide it is on which screen.
_WIDTHS = (480, 960, 1440)
_SIZES = "(min-width: 60rem) 42rem, 100vw"


@register.simple_tag
def sizes_of(picture: Any) -> dict[str, Any]:
    """A picture for every screen: its addresses and its measures. Drawn when first asked for, and kept."""
    widths = [width for width in _WIDTHS if width < picture.width] or [picture.width]
    specs = [f"width-{width}|format-webp|webpquality-82" for width in widths]
    drawn = [found for _spec, found in sorted(picture.get_renditions(*specs).items(), key=lambda one: one[1].width)]
    largest = drawn[-1]
    return {
        "src": drawn[min(1, len(drawn) - 1)].url,
        "srcset": ", ".join(f"{one.url} {one.width}w" for one in drawn),
        "sizes": _SIZES,
        "width": largest.width,
        "height": largest.height,
    }


@register.simple_tag
def logo_of(picture: Any) -> dict[str, Any]:
    """A logo, as high as the name beside it; drawn when first asked for, and kept."""
    drawn = picture.get_rendition("max-320x112|format-webp-lossless")
    return {"src": drawn.url, "width": max(round(drawn.width * 56 / max(drawn.height, 1)), 1), "height": 56}


@register.simple_tag(takes_context=True)
def explained(context: Any, slug: str, text: str) -> str:
    """A hard word, leading to what it means; the word alone when it is explained nowhere."""
    request = context.get("request")
    known = getattr(request, "_concepts", None)
    if known is None:
        known = frozenset(Concept.objects.in_use().values_list("slug", flat=True))
        if request is not None:
            request._concepts = known
    if slug not in known:
        return text
    return format_html('<a class="term" href="{}">{}</a>', reverse("concept", kwargs={"slug": slug}), text)


def _day(moment: datetime | None) -> str:
    return dates.show(moment.astimezone(clock.AMSTERDAM).date(), "dag") if moment else ""


@register.simple_tag
def dateline_of(page: Any) -> dict[str, str]:
    """When a written page came on the site, of whom it is, and when it last changed if that was another day."""
    shown, changed = _day(page.first_published_at), _day(page.last_published_at)
    who, url = way_to_region(page.werkplaats) if page.werkplaats else (_t("Landelijk"), "")
    return {"day": shown, "who": who, "url": url, "changed": changed if changed != shown else ""}


@register.simple_tag
def page_facts(page: Any) -> list[tuple[str, Any]]:
    """What there is to know of a written page beside its text."""
    facts: list[tuple[str, Any]] = []
    if shown := _day(page.first_published_at):
        facts.append((_t("Op de site sinds"), shown))
    if page.werkplaats:
        facts.append((_t("Werkplaats"), [way_to_region(page.werkplaats)]))
    themes = list(page.themes.all()) if hasattr(page, "themes") else []
    if themes:
        news = reverse("news")
        facts.append((_t("Thema's"), [(one.name, f"{news}?thema={one.uid}") for one in themes]))
    return facts


@register.simple_tag
def way_to(page: Any) -> list[tuple[str, str]]:
    """The way to a plain page or an "over ons": its werkplaats and the pages it stands under."""
    parts: list[str] = []
    if page.werkplaats:
        parts += [_t("Werkplaatsen"), reverse("werkplaatsen")]
        parts += way_to_region(page.werkplaats)
    for above in getattr(page, "shown_above", []):
        parts += [above.title, localised(above.get_absolute_url())]
    return trail(*parts, page.title)
