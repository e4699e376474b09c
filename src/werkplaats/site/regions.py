"""The site of a werkplaats: its menu and pages, whatever name of it people come by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from werkplaats.catalogue.models import Entry
from werkplaats.network.models import Werkplaats
from werkplaats.network.rules import Status
from werkplaats.news.models import AboutPage, RegionalSite
from werkplaats.people.rules import viewer_for
from werkplaats.site.filtering import listing, rows_of
from werkplaats.site.partners import partners_of
from werkplaats.site.templatetags.pages import localised
from werkplaats.terms.models import Concept, Theme

View = Callable[[HttpRequest, Werkplaats], HttpResponse]

# What the home shows of research: kind -> the name of its list.
RESEARCH = {"project": "projects", "kenniskring": "circles", "opbrengst": "yields", "pilot": "pilots"}


@dataclass(frozen=True)
class Part:
    """A list of entries of one werkplaats: of which kinds, what is said above it, and when there are none."""

    kinds: tuple[str, ...]
    title: Any
    lede: Any
    empty: Any
    way_on: Any


PARTS = {
    "projecten": Part(
        ("project", "pilot"),
        _("Projecten"),
        _("Wat de werkplaats onderzoekt en uitprobeert, en uit welke vragen dat voortkomt."),
        _(
            "Hier komen de projecten en pilots van deze werkplaats te staan. Een project begint bij een vraag uit de "
            "praktijk."
        ),
        _("Alle projecten van het netwerk"),
    ),
    "kringen": Part(
        ("kenniskring",),
        _("Kringen"),
        _("Groepen van beroepskrachten, onderzoekers, docenten en inwoners die samen één onderwerp uitzoeken."),
        _("Hier komen de groepen te staan waarin mensen samen leren. Wilt u er een beginnen of aansluiten? Vraag het."),
        _("Alle kringen van het netwerk"),
    ),
    "nieuws": Part(
        ("nieuws",),
        _("Nieuws"),
        _("Wat er nu speelt in deze werkplaats, het nieuwste eerst."),
        _("Deze werkplaats heeft nog geen nieuws geschreven. Zodra er een bericht is, leest u het hier."),
        _("Al het nieuws van het netwerk"),
    ),
}  # fmt: skip


def find(slug: str) -> Werkplaats | None:
    """The werkplaats at this address, with its site; None for what ended or never was."""
    found: Werkplaats | None = (
        Werkplaats.objects.exclude(status=Status.ENDED).select_related("site__logo", "site__responsible")
        .filter(slug=slug).first()
    )  # fmt: skip
    return found


def region_page(view: View) -> Callable[..., HttpResponse]:
    """Find the werkplaats of a page; by a name or address it had before, lead to where it is now, for good.

    Of one that ended every page says so.
    """

    @wraps(view)
    def answer(request: HttpRequest, slug: str, **more: Any) -> HttpResponse:
        werkplaats = find(slug)
        if werkplaats is None:
            return moved(request, slug, more)
        wear(request, werkplaats)
        return view(request, werkplaats, **more)

    return answer


def moved(request: HttpRequest, slug: str, more: dict[str, Any]) -> HttpResponse:
    """To the same page of the werkplaats that is or was called so; 410 when it ended. Raises Http404 for none."""
    now = Werkplaats.objects.exclude(status=Status.ENDED).formerly_at(slug)
    if now is None or request.resolver_match is None:
        return ended(request, slug)
    there = reverse(request.resolver_match.view_name, kwargs={"slug": now.slug, **more})
    query = request.META.get("QUERY_STRING", "")
    return redirect(f"{there}?{query}" if query else there, permanent=True)


def ended(request: HttpRequest, slug: str) -> HttpResponse:
    """One that ended: when, and where to find what came of it. Raises Http404 when there was none."""
    over = Werkplaats.objects.filter(status=Status.ENDED)
    werkplaats = over.filter(slug=slug).first() or over.formerly_at(slug)
    if werkplaats is None:
        raise Http404
    left = Entry.objects.visible_to(viewer_for(request.user)).having("werkplaats", [werkplaats.uid]).count()
    return render(request, "site/werkplaatsen/gone.html", {"werkplaats": werkplaats, "left": left}, status=410)


def wear(request: Any, werkplaats: Werkplaats) -> None:
    """Show this page in the colours of its werkplaats."""
    request.wears = site_of(werkplaats)


def site_of(werkplaats: Werkplaats) -> RegionalSite | None:
    """How it shows itself; None for one that was never opened, which looks as the house does."""
    return getattr(werkplaats, "site", None)


def around(
    request: HttpRequest, werkplaats: Werkplaats, title: str = "", *, about: bool | None = None
) -> dict[str, Any]:
    """What every page of the site of a werkplaats has: its head and its menu. Without ``title``: the home.

    ``about``: whether it wrote who it is; looked up when that is not known yet.
    """
    items = menu(request, werkplaats, about=about)
    return {
        "werkplaats": werkplaats,
        "shown": site_of(werkplaats),
        "menu": items,
        "here": next((label for label, _url, current in items if current), ""),
        "title": title,
    }


def menu(request: HttpRequest, werkplaats: Werkplaats, *, about: bool | None = None) -> list[tuple[str, str, bool]]:
    """The menu of its site: label, address, whether it is this page."""
    home = localised(werkplaats.get_absolute_url())
    wrote = AboutPage.objects.of(werkplaats).live().exists() if about is None else about
    items = [
        (_t("Begin"), home),
        (_t("Over"), f"{home}over/" if wrote else f"{home}#wie-we-zijn"),
        (_t("Wat we doen"), f"{home}wat-we-doen/"),
        (_t("Thema's"), f"{home}themas/"),
        (_t("Projecten"), f"{home}projecten/"),
        (circles_of(werkplaats), f"{home}kringen/"),
        (_t("Partners"), f"{home}partners/"),
        (_t("Nieuws"), f"{home}nieuws/"),
        *documents(werkplaats),
        (_t("Contact"), f"{home}contact/"),
    ]
    return [(label, url, url == request.path) for label, url in items]


def documents(werkplaats: Werkplaats) -> list[tuple[str, str]]:
    """Its documents, once there is such a page."""
    try:
        return [(_t("Documenten"), reverse("werkplaats-documents", kwargs={"slug": werkplaats.slug}))]
    except NoReverseMatch:
        return []


def circles_of(werkplaats: Werkplaats) -> str:
    """What it calls its learning groups, as the label of a menu."""
    word = werkplaats.group_word.strip()
    return plural_of(word)[:1].upper() + plural_of(word)[1:] if word else _t("Kringen")


def plural_of(word: str) -> str:
    """A Dutch word for a group, as more of them: kenniskring, kenniskringen; atelier, ateliers; werkteam, werkteams."""
    if word.endswith("schap"):
        return f"{word}pen"
    if word.endswith(("s", "en")):
        return word
    return f"{word}s" if word.endswith(("el", "em", "er", "ie", "am", "lab", "e")) else f"{word}en"


@region_page
def does(request: HttpRequest, werkplaats: Werkplaats) -> HttpResponse:
    """What it does: in its own words, or as every werkplaats does."""
    context = around(request, werkplaats, _t("Wat we doen"))
    context["steps"] = [
        (_t("Luisteren"), _t("Inwoners, beroepskrachten en gemeenten vertellen waar ze tegenaan lopen.")),
        (_t("Onderzoeken"), _t("Samen zoeken we uit wat er speelt en wat er al bekend is.")),
        (_t("Uitproberen"), _t("Een aanpak wordt beschreven en in de praktijk geprobeerd.")),
        (_t("Leren"), _t("Wat werkt, wordt scholing voor beroepskrachten, studenten en vrijwilligers.")),
        (_t("Delen"), _t("Wat eruit komt, is er voor iedereen, ook in andere regio's.")),
    ]
    return render(request, "site/werkplaatsen/does.html", context)


@region_page
def themes(request: HttpRequest, werkplaats: Werkplaats) -> HttpResponse:
    """What it works on: in its own words, and under which themes that is found."""
    context = around(request, werkplaats, _t("Thema's"))
    filed = list(werkplaats.themes.select_related("parent"))
    found = Entry.objects.visible_to(viewer_for(request.user)).having("werkplaats", [werkplaats.uid])
    counts, own = Counter[str](), set[str]()
    for uid, facets in found.values_list("uid", "facets"):
        counts.update(facets.get("thema", []))
        own.update(facets.get("thema", []) if uid == werkplaats.uid else [])
    # The list that a theme leads to has the werkplaats itself in it; alone it is nothing to read there.
    some = {uid: count for uid, count in counts.items() if count > (uid in own)}
    context["themes"] = [_theme(theme, some.get(theme.uid, 0), werkplaats) for theme in filed]
    return render(request, "site/werkplaatsen/themes.html", context)


def _theme(theme: Theme, count: int, werkplaats: Werkplaats) -> dict[str, Any]:
    """A theme as a card: to what there is in this region, or else to what there is anywhere."""
    where = f"?thema={theme.uid}" + (f"&werkplaats={werkplaats.uid}" if count else "")
    said = ngettext("%(n)d vermelding uit deze regio", "%(n)d vermeldingen uit deze regio", count) % {"n": count}
    none = _t("Hier nog niets; bekijk wat er elders is")
    return {
        "title": theme.name, "text": theme.description, "url": f"{reverse('search')}{where}",
        "meta": [said if count else none],
    }  # fmt: skip


@region_page
def partners(request: HttpRequest, werkplaats: Werkplaats) -> HttpResponse:
    """Who takes part, those who lead first."""
    context = around(request, werkplaats, _t("Partners"))
    leading: dict[str, tuple[Any, list[str]]] = {}
    for lead in werkplaats.leads.current().select_related("organisation"):
        said = leading.setdefault(lead.organisation.name, (lead, [str(lead.get_role_display())]))[1]
        said += [lead.lectorate] if lead.lectorate else []
    context["leads"] = [
        (name, ", ".join(said), localised(lead.organisation.get_absolute_url()))
        for name, (lead, said) in leading.items()
    ]
    context["joined"] = partners_of(werkplaats)
    return render(request, "site/werkplaatsen/partners.html", context)


@region_page
def contact(request: HttpRequest, werkplaats: Werkplaats) -> HttpResponse:
    """How it is reached: by asking a question first of all."""
    return render(request, "site/werkplaatsen/contact.html", around(request, werkplaats, _t("Contact")))


def _national(request: HttpRequest, werkplaats: Werkplaats) -> list[dict[str, Any]]:
    """The national themes that it works on with others: no groups of its own."""
    seen = Entry.objects.visible_to(viewer_for(request.user)).of_kind("landelijkthema")
    return rows_of(list(seen.having("werkplaats", [werkplaats.uid]).by_name()), show_kind=False)


def listed(name: str) -> Callable[..., HttpResponse]:
    """A page with all entries of some kinds of this werkplaats; see ``PARTS``."""

    def view(request: HttpRequest, werkplaats: Werkplaats) -> HttpResponse:
        part = PARTS[name]
        title = circles_of(werkplaats) if name == "kringen" else str(part.title)
        found = listing(
            request, kinds=frozenset(part.kinds), facets=[("thema", _t("Thema"))], unseen=["hoofdthema"],
            fixed={"werkplaats": werkplaats.uid},
        )  # fmt: skip
        national = _national(request, werkplaats) if name == "kringen" else []
        elsewhere = "?" + "&".join(f"soort={kind}" for kind in part.kinds)
        return render(
            request,
            "site/werkplaatsen/listed.html",
            {
                **around(request, werkplaats, title), "part": part, "listing": found, "national": national,
                "explain": name == "kringen" and Concept.objects.in_use().filter(slug="kenniskring").exists(),
                "network_url": f"{reverse('search')}{elsewhere}",
            },
        )  # fmt: skip

    view.__name__ = name
    return region_page(view)
