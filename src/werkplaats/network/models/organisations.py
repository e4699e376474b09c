"""Organisations, and the numbers other registers know them by."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from werkplaats.core import clock, identifiers
from werkplaats.core.models import Sourced, Versioned
from werkplaats.core.uid import UidField
from werkplaats.network.queries import OrganisationQuerySet, known_as
from werkplaats.network.rules import OrganisationKind
from werkplaats.people.models import Account
from werkplaats.places.models import Municipality


class Organisation(Sourced, Versioned):
    """A hogeschool, municipality, care organisation or other party; most never log in."""

    uid = UidField(kind="organisatie")
    name = models.CharField(_("naam"), max_length=160, unique=True)
    former: models.JSONField[Any, Any] = models.JSONField(_("vroegere namen"), default=list, blank=True)
    kind = models.CharField(_("soort"), max_length=30, choices=OrganisationKind)
    # All names, as typed and plain: what it is found by.
    known_as = models.TextField(_("te vinden als"), default="", editable=False)
    seat = models.CharField(_("plaats"), max_length=80, blank=True)
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, null=True, blank=True, related_name="organisations", verbose_name=_("gemeente")
    )

    confirmed_on = models.DateField(_("bevestigd op"), null=True, blank=True, editable=False)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisatie")
        verbose_name_plural = _("organisaties")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its page; for one that is not on the site there is nothing there."""
        return f"/organisaties/{self.uid}/"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Found by all its names from now on."""
        self.known_as = known_as(self.name, self.former)
        super().save(*args, **kwargs)


class NotTheSame(models.Model):
    """Two organisations that look alike, of which somebody said that they are two."""

    # As text, in order: it holds also while one of them is merged away.
    first = models.CharField(_("de ene"), max_length=44)
    second = models.CharField(_("de andere"), max_length=44)
    account = models.ForeignKey(
        Account, models.SET_NULL, null=True, blank=True, related_name="told_apart", verbose_name=_("door")
    )
    at = models.DateTimeField(_("wanneer"), default=clock.now)

    class Meta:
        verbose_name = _("niet dezelfde")
        verbose_name_plural = _("niet dezelfde")
        constraints = [models.UniqueConstraint(fields=["first", "second"], name="one_row_a_pair")]

    def __str__(self) -> str:
        return f"{self.first} / {self.second}"

    @classmethod
    def others_than(cls, uid: str) -> set[str]:
        """The uids of which somebody said that they are not this one."""
        rows = cls.objects.filter(models.Q(first=uid) | models.Q(second=uid)).values_list("first", "second")
        return {one for row in rows for one in row} - {uid}


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
