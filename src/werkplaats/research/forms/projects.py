"""What people change of projects."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from werkplaats.network.forms.organisations import OrganisationField
from werkplaats.network.models import Werkplaats
from werkplaats.network.rules import Status
from werkplaats.research.forms.shared import LONG, SHORT, LastingForm, MunicipalitiesField, PartsField, RecordsField
from werkplaats.research.models import Project


class ProjectForm(LastingForm):
    """What is found out, why, with whom."""

    organisation = OrganisationField(label=_("Organisatie die het leidt"), required=False)
    partners = PartsField(
        label=_("Partners"), help_text=_("Elk op een eigen regel: de organisatie, een dubbele punt, en wat zij doet.")
    )
    questions = RecordsField(
        label=_("Uit welke vragen"),
        help_text=_("Plak van elke vraag het adres van haar pagina, elk op een eigen regel."),
    )
    publications = RecordsField(
        label=_("Publicaties"), help_text=_("Plak het adres van elke pagina in de bibliotheek, elk op een eigen regel.")
    )
    municipalities = MunicipalitiesField(label=_("Gemeenten"), longest=60)
    field_order = (
        "title", "summary", "state", "stopped_because", "start", "end", "why", "plan", "questions", "organisation",
        "lectorate", "partners", "others", "municipalities", "publications", "themes", "approaches", "national_theme",
    )  # fmt: skip

    class Meta:
        model = Project
        fields = (
            "title", "summary", "state", "stopped_because", "why", "plan", "questions", "organisation", "lectorate",
            "others", "municipalities", "publications", "themes", "approaches", "national_theme", "visibility",
            "source", "basis", "withdrawn",
        )  # fmt: skip
        widgets = {
            "summary": SHORT, "why": LONG, "plan": LONG, "stopped_because": SHORT,
            "others": forms.CheckboxSelectMultiple,
        }  # fmt: skip
        help_texts = {
            "summary": _("Eén alinea die iedereen begrijpt: wat zoekt u uit, voor wie?"),
            "why": _("Welk probleem, en wat moet het opleveren?"),
            "plan": _("Wat u doet, in welke stappen."),
            "lectorate": _("Het lectoraat dat het leidt."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        record = kwargs.get("instance")
        known = {}
        if record and record.pk:
            known = {
                "partners": list(record.partners.select_related("organisation")),
                "questions": list(record.questions.all()),
                "municipalities": list(record.municipalities.all()),
                "publications": list(record.publications.all()),
            }
        kwargs["initial"] = {**known, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        others: Any = self.fields["others"]
        now = Werkplaats.objects.current().exclude(status=Status.ENDED)
        known = Q(pk__in=now.values("pk"))
        if record and record.pk:
            known |= Q(pk__in=record.others.values("pk"))
        others.queryset = Werkplaats.objects.filter(known).exclude(pk=getattr(record, "werkplaats_id", None))
