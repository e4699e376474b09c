"""The national home."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _t
from django.utils.translation import ngettext

from werkplaats.agenda.models import Question
from werkplaats.catalogue.models import Entry
from werkplaats.core.actors import ANYONE
from werkplaats.network.models import Werkplaats
from werkplaats.network.rules import Status
from werkplaats.site.filtering import rows_of
from werkplaats.terms.models import Theme

# Names too long for a tile.
SHORT = {"utrecht": "Utrecht (kUS)"}
# Where each werkplaats lies on a map of squares: (column, row), short name.
TILES: dict[str, tuple[int, int, str]] = {
    "friesland": (4, 1, "FR"),
    "noord": (5, 1, "GD"),
    "noord-holland": (2, 2, "NH"),
    "flevoland": (3, 2, "FL"),
    "zwolle": (4, 2, "ZW"),
    "twente": (5, 2, "TW"),
    "den-haag-leiden": (1, 3, "DL"),
    "amsterdam": (2, 3, "AM"),
    "utrecht": (3, 3, "UT"),
    "gelderse-vallei": (4, 3, "GV"),
    "arnhem-nijmegen": (5, 3, "AN"),
    "zeeland": (1, 5, "ZE"),
    "zuid-holland-zuid": (2, 4, "ZZ"),
    "noord-brabant-avans": (3, 4, "AV"),
    "noord-brabant-fontys": (4, 4, "FO"),
    "zuyd": (5, 5, "ZU"),
}
_STATE = {Status.MEMBER: "member", Status.CANDIDATE: "candidate", Status.GUEST: "guest"}


def home(request: HttpRequest) -> HttpResponse:
    """Ask, find, see the network and the newest questions."""
    werkplaatsen = list(Werkplaats.objects.current().exclude(status=Status.ENDED))
    newest = Entry.objects.visible_to(ANYONE).of_kind("vraag").newest_first()[:6]
    context = {
        "tiles": tiles_of(werkplaatsen),
        "caption": caption_of(werkplaatsen),
        "newest": rows_of(list(newest), show_kind=False),
        "news": rows_of(list(Entry.objects.visible_to(ANYONE).of_kind("nieuws").newest_first()[:3]), show_kind=False),
        "question_count": Question.objects.public().count(),
        "themes": Theme.objects.top(),
        "steps": [
            (_t("Vraag"), _t("Iemand stelt een vraag uit het dagelijks leven of het werk.")),
            (_t("Agenda"), _t("De regio kiest samen welke vragen het eerst aan de beurt komen.")),
            (_t("Uitproberen"), _t("Een aanpak wordt beschreven en in de praktijk geprobeerd.")),
            (_t("Onderzoek"), _t("We zoeken uit of het helpt, voor wie en waardoor.")),
            (_t("Antwoord"), _t("Wie de vraag stelde, hoort wat eruit kwam. Anderen leren ervan.")),
        ],
    }
    return render(request, "site/home.html", context)


def tiles_of(werkplaatsen: list[Werkplaats]) -> list[dict[str, object]]:
    """The werkplaatsen as tiles; one without a known place goes on the last row."""
    found = []
    spare = iter(range(1, 9))
    for werkplaats in werkplaatsen:
        col, row, label = TILES.get(werkplaats.slug) or (next(spare, 8), 6, werkplaats.name[:2].upper())
        found.append(
            {
                "label": label,
                "name": SHORT.get(werkplaats.slug, werkplaats.name),
                "url": werkplaats.get_absolute_url(),
                "col": col,
                "row": row,
                "state": _STATE[Status(werkplaats.status)],
            }
        )
    return found


def caption_of(werkplaatsen: list[Werkplaats]) -> str:
    """How many there are of each kind, in words."""
    members = sum(one.status == Status.MEMBER for one in werkplaatsen)
    forming = sum(one.status == Status.CANDIDATE for one in werkplaatsen)
    said = ngettext("%(n)d werkplaats", "%(n)d werkplaatsen", members) % {"n": members}
    if forming:
        said += ngettext(", %(n)d in opbouw", ", %(n)d in opbouw", forming) % {"n": forming}
    return said
