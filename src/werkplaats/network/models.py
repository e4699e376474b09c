"""The network: werkplaatsen, the organisations in them, areas, phases and grants."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from werkplaats.core import identifiers
from werkplaats.core.models import Dated, DatedQuerySet, Sourced, Versioned
from werkplaats.core.uid import UidField
from werkplaats.network.queries import OrganisationQuerySet, PartnershipQuerySet, WerkplaatsQuerySet
from werkplaats.network.rules import LeadRole, OrganisationKind, PartnerRole, Stage, Status
from werkplaats.places.models import Municipality
from werkplaats.terms.models import Theme


class Werkplaats(Dated, Sourced, Versioned):
    """A regional partnership of hogeschool, municipalities, organisations and citizens."""

    uid = UidField(kind="werkplaats")
    slug = models.SlugField(_("adres"), max_length=60, unique=True)
    name = models.CharField(_("naam"), max_length=120)
    brand = models.CharField(_("merknaam"), max_length=120, blank=True)
    region = models.CharField(_("regio"), max_length=120)
    status = models.CharField(_("status"), max_length=12, choices=Status)
    guest_year = models.PositiveSmallIntegerField(_("meeloopjaar"), null=True, blank=True)
    group_word = models.CharField(_("eigen woord voor een leergroep"), max_length=60, blank=True)
    themes = models.ManyToManyField(Theme, related_name="werkplaatsen", blank=True, verbose_name=_("thema's"))
    own_themes: models.JSONField[Any, Any] = models.JSONField(_("thema's in eigen woorden"), default=list, blank=True)
    studies: models.JSONField[Any, Any] = models.JSONField(_("opleidingen"), default=list, blank=True)
    note = models.CharField(_("opmerking"), max_length=300, blank=True)

    objects = WerkplaatsQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("werkplaats")
        verbose_name_plural = _("werkplaatsen")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its own home."""
        return f"/werkplaatsen/{self.slug}/"


class FormerName(models.Model):
    """A name a werkplaats went by before; it is still found under it."""

    werkplaats = models.ForeignKey(
        Werkplaats, models.CASCADE, related_name="former_names", verbose_name=_("werkplaats")
    )
    name = models.CharField(_("naam"), max_length=120)

    class Meta:
        verbose_name = _("vroegere naam")
        verbose_name_plural = _("vroegere namen")
        constraints = [models.UniqueConstraint(fields=["werkplaats", "name"], name="one_row_a_former_name")]

    def __str__(self) -> str:
        return self.name


class Organisation(Sourced, Versioned):
    """A hogeschool, municipality, care organisation or other party; most never log in."""

    uid = UidField(kind="organisatie")
    name = models.CharField(_("naam"), max_length=160, unique=True)
    former: models.JSONField[Any, Any] = models.JSONField(_("vroegere namen"), default=list, blank=True)
    kind = models.CharField(_("soort"), max_length=30, choices=OrganisationKind)
    seat = models.CharField(_("plaats"), max_length=80, blank=True)
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, null=True, blank=True, related_name="organisations", verbose_name=_("gemeente")
    )

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisatie")
        verbose_name_plural = _("organisaties")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Identifier(models.Model):
    """A number another register knows an organisation by."""

    class Scheme(models.TextChoices):
        """Registers whose numbers we keep."""

        KVK = "kvk", "KvK"
        RSIN = "rsin", "RSIN"
        ROR = "ror", "ROR"
        ISNI = "isni", "ISNI"
        CBS = "cbs", "CBS"

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="identifiers", verbose_name=_("organisatie")
    )
    scheme = models.CharField(_("register"), max_length=8, choices=Scheme)
    value = models.CharField(_("nummer"), max_length=40)

    class Meta:
        verbose_name = _("identificatie")
        verbose_name_plural = _("identificaties")
        constraints = [models.UniqueConstraint(fields=["scheme", "value"], name="one_organisation_an_identifier")]

    def __str__(self) -> str:
        return f"{self.get_scheme_display()} {self.value}"

    def clean(self) -> None:
        self.value = identifiers.clean(self.scheme, self.value)


class Leadership(Dated, Sourced, Versioned):
    """An organisation, often through a lectorate, that leads a werkplaats."""

    uid = UidField(kind="trekkerschap")
    werkplaats = models.ForeignKey(Werkplaats, models.PROTECT, related_name="leads", verbose_name=_("werkplaats"))
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="leads", verbose_name=_("organisatie"))
    lectorate = models.CharField(_("lectoraat"), max_length=160, blank=True)
    role = models.CharField(_("rol"), max_length=12, choices=LeadRole)

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("trekkerschap")
        verbose_name_plural = _("trekkerschappen")
        ordering = ["valid_from", "pk"]

    def __str__(self) -> str:
        return f"{self.organisation} ({self.get_role_display()})"


class ServiceArea(Dated, Sourced):
    """A municipality that lies in the area of a werkplaats; not the same as taking part in it."""

    werkplaats = models.ForeignKey(Werkplaats, models.PROTECT, related_name="areas", verbose_name=_("werkplaats"))
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="areas", verbose_name=_("gemeente"))

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("werkgebied")
        verbose_name_plural = _("werkgebieden")

    def __str__(self) -> str:
        return f"{self.municipality} in {self.werkplaats}"


class Partnership(Dated, Sourced, Versioned):
    """An organisation that takes part in a werkplaats, from being approached to being active."""

    uid = UidField(kind="samenwerking")
    werkplaats = models.ForeignKey(
        Werkplaats, models.PROTECT, related_name="partnerships", verbose_name=_("werkplaats")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="partnerships", verbose_name=_("organisatie")
    )
    stage = models.CharField(_("stadium"), max_length=12, choices=Stage)
    role = models.CharField(_("rol"), max_length=14, choices=PartnerRole, default=PartnerRole.PARTNER)
    seeks = models.TextField(_("komt halen"), blank=True)
    brings = models.TextField(_("komt brengen"), blank=True)

    objects = PartnershipQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("samenwerking")
        verbose_name_plural = _("samenwerkingen")
        ordering = ["organisation__name"]

    def __str__(self) -> str:
        return f"{self.organisation} - {self.werkplaats} ({self.get_stage_display()})"


class Phase(Dated, Sourced, Versioned):
    """A national programme phase: what was announced kept apart from what came of it."""

    uid = UidField(kind="fase")
    name = models.CharField(_("naam"), max_length=60, unique=True)
    announced = models.CharField(_("aangekondigd"), max_length=300, blank=True)
    actual = models.CharField(_("werkelijk"), max_length=300, blank=True)
    goals: models.JSONField[Any, Any] = models.JSONField(_("doelen"), default=list, blank=True)
    note = models.CharField(_("toelichting"), max_length=300, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("fase")
        verbose_name_plural = _("fasen")
        ordering = ["valid_from"]

    def __str__(self) -> str:
        return self.name


class Grant(Sourced, Versioned):
    """Money for a phase, of one werkplaats or of the network; an unknown amount is no zero."""

    uid = UidField(kind="subsidie")
    phase = models.ForeignKey(Phase, models.PROTECT, related_name="grants", verbose_name=_("fase"))
    werkplaats = models.ForeignKey(
        Werkplaats, models.PROTECT, null=True, blank=True, related_name="grants", verbose_name=_("werkplaats")
    )
    funder = models.CharField(_("subsidiegever"), max_length=120, blank=True)
    amount_eur = models.DecimalField(_("bedrag in euro"), max_digits=12, decimal_places=2, null=True, blank=True)
    earmark = models.CharField(_("bestemd voor"), max_length=160, blank=True)
    note = models.CharField(_("toelichting"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("subsidie")
        verbose_name_plural = _("subsidies")
        ordering = ["phase__valid_from", "pk"]

    def __str__(self) -> str:
        return f"{self.phase}: {self.amount_eur if self.amount_eur is not None else _('bedrag onbekend')}"
