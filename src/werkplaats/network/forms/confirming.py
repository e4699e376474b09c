"""What a contact person corrects of themselves and of the organisation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from werkplaats.core import identifiers
from werkplaats.core.forms import PlainField
from werkplaats.network.models import Function

_OF_ORGANISATION = ("name", "seat", "kvk")


def organisation_facts(function: Function) -> dict[str, str]:
    """What we know of the organisation, as far as it can be corrected here."""
    one = function.organisation
    kvk = one.identifiers.filter(scheme="kvk").first()
    return {"name": one.name, "seat": one.seat, "kvk": kvk.value if kvk else ""}


class CheckForm(forms.Form):
    """Own details, which are kept at once, and of the organisation what somebody at the desk will look at."""

    name = PlainField(label=_("Uw naam"), max_length=120)
    email = forms.EmailField(label=_("Uw e-mailadres"), max_length=254)
    phone = PlainField(label=_("Uw telefoonnummer"), max_length=30, required=False)
    what = PlainField(label=_("Wat u daar doet"), max_length=120, required=False)
    note = PlainField(
        label=_("Wilt u ons nog iets laten weten?"), max_length=500, required=False,
        widget=forms.Textarea(attrs={"rows": 3}), help_text=_("Alleen de coördinator leest dit."),
    )  # fmt: skip
    left = forms.BooleanField(label=_("Ik werk hier niet meer; schrijf mij hierover niet meer aan"), required=False)

    def __init__(self, *args: Any, function: Function, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.facts = organisation_facts(function)
        self.keeps_own = function.person.has_account()
        texts: dict[str, Any] = {
            "name": _("Naam van de organisatie"), "seat": _("Plaats"), "kvk": _("KvK-nummer"),
        }  # fmt: skip
        for name, most in zip(_OF_ORGANISATION, (160, 80, 60), strict=True):
            self.fields[f"org-{name}"] = PlainField(
                label=texts[name], max_length=most, required=name == "name", initial=self.facts[name]
            )
        for name in ("name", "email", "phone"):
            self.fields[name].initial = getattr(function.person, name)
            if self.keeps_own:
                del self.fields[name]
        self.fields["what"].initial = function.what
        self.order_fields([*(f"org-{name}" for name in _OF_ORGANISATION), "name", "what", "email", "phone"])
        setattr(self, "clean_org-kvk", self._kvk)

    def of_organisation(self) -> list[Any]:
        """The fields about the organisation."""
        return [self[f"org-{name}"] for name in _OF_ORGANISATION]

    def of_person(self) -> list[Any]:
        """The fields about who answers."""
        return [self[name] for name in ("name", "what", "email", "phone") if name in self.fields]

    def _kvk(self) -> str:
        value = self.cleaned_data["org-kvk"]
        return identifiers.clean("kvk", value) if value else ""

    def tell_what_is_known(self) -> None:
        """Somebody else changed it meanwhile: at each field that is otherwise, what stands there now."""
        for name in ("name", "what", "email", "phone"):
            field = self.fields.get(name)
            if field and self.cleaned_data[name] != field.initial:
                words = {"now": field.initial or _("niets")}
                self.add_error(name, ValidationError(_("Hier staat nu: %(now)s. Kijk wat klopt."), params=words))
        said = _(
            "Iemand wijzigde intussen wat hier staat. Wat u invulde, staat er nog. Kijk het na en bevestig opnieuw."
        )
        self.add_error(None, said)

    def details(self) -> dict[str, str]:
        """What they say of themselves; nothing of who keeps that under an own account."""
        return {} if self.keeps_own else {name: self.cleaned_data[name] for name in ("name", "email", "phone")}

    def proposal(self) -> dict[str, str]:
        """What they would have otherwise of the organisation."""
        said = {name: self.cleaned_data[f"org-{name}"] for name in _OF_ORGANISATION}
        return {name: value for name, value in said.items() if value != self.facts[name]}
