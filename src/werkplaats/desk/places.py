"""Municipalities and provinces on the desk: to look up; lists of the statistics office are read in from a file."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.forms import modelform_factory
from django.http import HttpRequest
from django.utils.formats import number_format
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from werkplaats.core import clock
from werkplaats.desk.listing import Column, by_field
from werkplaats.desk.viewsets import DeskViewSet
from werkplaats.places.models import Municipality, Province


def _people(one: Municipality) -> str:
    return "" if one.population is None else number_format(one.population, force_grouping=True)


def _provinces(request: HttpRequest) -> list[tuple[str, str]]:
    return list(Province.objects.values_list("uid", "name"))


class MunicipalityDesk(DeskViewSet):
    """All municipalities, the same for everyone at the desk."""

    model = Municipality
    name = url_prefix = "gemeenten"
    icon = "globe"
    lead = _("Om op te zoeken. De lijst komt van het CBS en wordt door de beheerder uit een bestand ingelezen.")
    columns = (
        Column(_("naam"), lambda one: one.name, "name"),
        Column(_("CBS-code"), lambda one: one.code, "code"),
        Column(_("provincie"), lambda one: one.province.name, "province__name"),
        Column(_("inwoners"), _people, "population"),
        Column(_("periode"), lambda one: one.period, "valid_from"),
    )
    searched = ("name", "code", "names__name")
    filters = (by_field("provincie", _("provincie"), "province__uid", _provinces),)

    def records(self, request: HttpRequest) -> QuerySet[Any]:
        """All, merged ones too."""
        return Municipality.objects.select_related("province")

    def form(self, request: HttpRequest, record: Any, data: Any = None, **more: Any) -> Any:
        """To read only."""
        fields = ("name", "code", "province", "population", "land_km2")
        return modelform_factory(Municipality, fields=fields)(instance=record)

    def beside(self, request: HttpRequest, record: Any) -> dict[str, Any]:
        """All its names, and in whose area it lies."""
        names = [(one.name, "", "") for one in record.names.order_by("name")]
        areas = record.areas.shown_on(clock.today()).select_related("werkplaats")
        served = [(one.werkplaats.name, one.werkplaats.get_absolute_url(), one.period) for one in areas]
        return {"ties": [(_t("Werkplaats"), served), (_t("Te vinden onder"), names)]}


municipality_desk = MunicipalityDesk()
