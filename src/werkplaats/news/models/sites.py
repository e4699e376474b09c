"""How a werkplaats shows itself: its colours and logo, how it is reached, and a host name of its own."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from werkplaats.core.models import Versioned
from werkplaats.core.uid import UidField
from werkplaats.network.models import Organisation, Werkplaats
from werkplaats.news.models.files import Picture
from werkplaats.news.queries import RegionalSiteQuerySet


class RegionalSite(Versioned):
    """The own site of a werkplaats; made together with its section.

    ``host``: None until an operator gave it one. Colours are ``#rrggbb``, empty for those of the house.
    """

    uid = UidField(kind="regiosite")
    werkplaats = models.OneToOneField(Werkplaats, models.PROTECT, related_name="site", verbose_name=_("werkplaats"))
    tagline = models.CharField(_("in één regel"), max_length=120, blank=True)
    does = models.TextField(_("wat we doen"), max_length=4000, blank=True)
    logo = models.ForeignKey(
        Picture, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("beeldmerk")
    )
    colour = models.CharField(_("hoofdkleur"), max_length=7, blank=True)
    accent = models.CharField(_("kleur van knoppen"), max_length=7, blank=True)
    reached = models.CharField(_("wie u bereikt"), max_length=120, blank=True)
    email = models.EmailField(_("e-mailadres"), blank=True)
    phone = models.CharField(_("telefoon"), max_length=40, blank=True)
    postal = models.TextField(_("postadres"), max_length=300, blank=True)
    visit = models.TextField(_("bezoekadres"), max_length=300, blank=True)
    responsible = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("verantwoordelijk")
    )
    host = models.CharField(_("eigen hostnaam"), max_length=120, unique=True, null=True, blank=True)

    objects = RegionalSiteQuerySet.as_manager()

    class Meta:
        verbose_name = _("eigen site")
        verbose_name_plural = _("eigen sites")
        ordering = ["werkplaats__name"]

    def __str__(self) -> str:
        return self.werkplaats.name

    def get_absolute_url(self) -> str:
        """The home of the werkplaats."""
        return self.werkplaats.get_absolute_url()

    @property
    def title(self) -> str:
        """What people in the region call it."""
        return self.werkplaats.brand or self.werkplaats.name

    @property
    def ways(self) -> bool:
        """Whether there is any way to reach it beside the form."""
        return bool(self.email or self.phone or self.postal or self.visit)
