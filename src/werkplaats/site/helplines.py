"""Whom to call: shown before anything else when a question reads like a cry for help."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _t

from werkplaats.agenda.rules.help import is_urgent


def help_for(needs: list[str]) -> dict[str, Any]:
    """The help line that fits: properties of the component of that name."""
    contacts: list[tuple[str, str, str]] = []
    if "nood" in needs or "geweld" in needs or "leven" in needs:
        contacts.append((_t("Is er nu gevaar? Dag en nacht"), _t("Bel 112"), "tel:112"))
    if "leven" in needs:
        name = _t("113 Zelfmoordpreventie, dag en nacht en anoniem. Liever typen? Chat via 113.nl")
        contacts.append((name, _t("Bel 0800-0113"), "tel:08000113"))
    if "geweld" in needs:
        name = _t("Veilig Thuis, dag en nacht. Liever typen? Chat via veiligthuis.nl")
        contacts.append((name, _t("Bel 0800-2000"), "tel:08002000"))
    contacts += [
        (_t("Uw gemeente of het wijkteam"), _t("bel het algemene nummer van uw gemeente"), ""),
        (_t("Onafhankelijke cliëntondersteuner"), _t("gratis iemand naast u; vraag ernaar bij uw gemeente"), ""),
    ]
    return {
        "title": _t("Heeft u nu hulp nodig?"),
        "intro": _t(
            "Een werkplaats zoekt uit wat werkt en antwoordt pas later. Wacht daar niet op: deze mensen helpen u nu."
        ),
        "contacts": contacts,
        "urgent": is_urgent(needs),
    }
