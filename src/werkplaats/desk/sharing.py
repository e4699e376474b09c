"""Sharing an organisation with another werkplaats that takes part with it as well, on the desk."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _t
from wagtail.admin import messages

from werkplaats.desk.organisations import is_national, organisation_desk, shareable_by, shared_words
from werkplaats.network import actions
from werkplaats.network.models import Leadership, Partnership


def others_at(partnership: Partnership) -> str:
    """The werkplaatsen that publicly work with the same organisation, or that it leads."""
    found: list[str] = []
    for rows in (Partnership.objects.public(), Leadership.objects.current()):
        there = rows.filter(organisation=partnership.organisation).exclude(werkplaats=partnership.werkplaats)
        found += there.order_by("werkplaats__name").values_list("werkplaats__name", flat=True)
    return ", ".join(dict.fromkeys(found))


def waits_for(partnership: Partnership) -> str:
    """Who has to say that the organisation is shared, as long as nobody did."""
    waits = Partnership.objects.unshared().filter(pk=partnership.pk).exists()
    return others_at(partnership) if waits else ""


def share(request: HttpRequest, head: Any, uid: str) -> HttpResponse:
    """What sharing means, and doing it; taking it back is for the national desk."""
    partnership: Any = shareable_by(request.user).filter(uid=uid).select_related("organisation", "werkplaats").first()
    others = others_at(partnership) if partnership else ""
    if not others:
        raise Http404
    if request.POST.get("wat") in {"deel", "niet"}:
        _decided(request, partnership)
        return redirect(organisation_desk.address(partnership.organisation))
    context = {
        **head(request, _t("Deel %(organisation)s met %(werkplaats)s") % _names(partnership)),
        "partnership": partnership,
        "state": shared_words(partnership),
        "others": others,
        "national": is_national(request.user),
        "back": organisation_desk.address(partnership.organisation),
    }
    return TemplateResponse(request, "desk/joining/share.html", context)


def _names(partnership: Partnership) -> dict[str, Any]:
    return {"organisation": partnership.organisation, "werkplaats": partnership.werkplaats}


def _decided(request: Any, partnership: Partnership) -> None:
    """Shared, or no longer: the actions refuse who may not."""
    if request.POST["wat"] == "deel":
        actions.share(partnership=partnership, by=request.user)
        message = _t("Bevestigd: %(organisation)s is ook van %(werkplaats)s.")
    else:
        actions.unshare(partnership=partnership, by=request.user)
        message = _t("%(organisation)s is niet langer gedeeld met %(werkplaats)s.")
    messages.success(request, message % _names(partnership))
