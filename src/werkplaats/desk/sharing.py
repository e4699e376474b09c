"""Sharing an organisation with another werkplaats that takes part with it as well, on the desk."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
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
    names = {"organisation": partnership.organisation, "werkplaats": partnership.werkplaats}
    national = is_national(request.user)
    asked = request.POST.get("wat", "")
    if asked in {"deel", "niet"}:
        if asked == "deel":
            actions.share(partnership=partnership, by=request.user)
            messages.success(request, _t("Bevestigd: %(organisation)s is ook van %(werkplaats)s.") % names)
        elif national:
            actions.unshare(partnership=partnership, by=request.user)
            messages.success(request, _t("%(organisation)s is niet langer gedeeld met %(werkplaats)s.") % names)
        else:
            raise PermissionDenied
        return redirect(organisation_desk.address(partnership.organisation))
    context = {
        **head(request, _t("Deel %(organisation)s met %(werkplaats)s") % names),
        "partnership": partnership,
        "state": shared_words(partnership),
        "others": others,
        "national": national,
        "back": organisation_desk.address(partnership.organisation),
    }
    return TemplateResponse(request, "desk/joining/share.html", context)
