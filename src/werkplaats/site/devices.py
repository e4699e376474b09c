"""Where someone is signed in: the list, ending one, ending all but this one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _t
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from werkplaats.core import clock, dates, limits
from werkplaats.people.actions import end_other_sessions, end_session
from werkplaats.people.models import Session
from werkplaats.site.sessions import BROWSER, SEEN, SINCE, SYSTEM


@never_cache
@login_required
def overview(request: HttpRequest) -> HttpResponse:
    """My sessions; a form ends one, or all others."""
    if request.method == "POST":
        return _ended(request)
    here = request.session.session_key
    rows = [_row(one, one.session_key == here) for one in Session.objects.of(request.user)]
    # This one first, then what was used last.
    rows.sort(key=lambda row: (row["current"], row["moment"]), reverse=True)
    return render(request, "site/mine/devices.html", {"rows": rows, "others": len(rows) - 1})


def _ended(request: HttpRequest) -> HttpResponse:
    account, here = request.user, request.session.session_key
    if request.POST.get("stap") == "andere":
        number = end_other_sessions(account=account, keep=here, by=account)
    else:
        wanted = request.POST.get("sessie", "")
        keys = [one.session_key for one in Session.objects.of(account) if _handle(one.session_key) == wanted]
        number = sum(end_session(account=account, key=key, by=account) for key in keys if key != here)
    if number:
        said = ngettext("U bent op %(n)d andere plek uitgelogd.", "U bent op %(n)d andere plekken uitgelogd.", number)
        messages.success(request, said % {"n": number})
    else:
        messages.info(request, _t("Daar was u al uitgelogd."))
    return redirect("mine-devices")


def _handle(key: str) -> str:
    """What a form calls a session: its key opens it, so that stands on no page."""
    return limits.fingerprint(f"sessie|{key}")[:32]


def _row(session: Session, current: bool) -> dict[str, Any]:
    said = session.get_decoded()
    since, seen = (datetime.fromisoformat(said.get(name) or clock.now().isoformat()) for name in (SINCE, SEEN))
    began = _t("Ingelogd op %(day)s.") % {"day": _day(since)}
    used = (
        _t("Dit apparaat gebruikt u nu.")
        if current
        else _t("Voor het laatst gebruikt %(when)s.") % {"when": _when(seen)}
    )
    return {
        "name": _name(said.get(BROWSER, ""), said.get(SYSTEM, "")),
        "lines": [began, used],
        "current": current,
        "handle": "" if current else _handle(session.session_key),
        "moment": seen,
    }


def _name(browser: str, system: str) -> str:
    words = {"browser": browser or _t("Een onbekende browser"), "system": system}
    return _t("%(browser)s op %(system)s") % words if system else words["browser"]


def _day(moment: datetime) -> str:
    return dates.show(moment.astimezone(clock.AMSTERDAM).date(), dates.Precision.DAY)


def _when(moment: datetime) -> str:
    """ "vandaag rond 14 uur", or the day: no more precise than it is kept."""
    local = moment.astimezone(clock.AMSTERDAM)
    if local.date() == clock.today():
        return _t("vandaag rond %(hour)d uur") % {"hour": local.hour}
    return _t("op %(day)s") % {"day": _day(moment)}
