"""People at organisations, most without an account, and what was said with them.

Personal data of others: seen at the desk alone, and never in the hall, the API or a feed.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from werkplaats.core import clock
from werkplaats.core.models import Dated, Versioned
from werkplaats.core.uid import UidField
from werkplaats.network.models.organisations import Organisation
from werkplaats.network.models.werkplaatsen import Werkplaats
from werkplaats.network.queries import ContactQuerySet, FunctionQuerySet
from werkplaats.people.models import Account, Person


class Function(Dated, Versioned):
    """What a person does at an organisation, and for how long."""

    uid = UidField(kind="functie")
    person = models.ForeignKey(Person, models.PROTECT, related_name="functions", verbose_name=_("persoon"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="functions", verbose_name=_("organisatie")
    )
    what = models.CharField(_("functie"), max_length=120, blank=True)
    # Which region wrote it down; none: the national desk.
    werkplaats = models.ForeignKey(
        Werkplaats, models.PROTECT, null=True, blank=True, related_name="functions", verbose_name=_("werkplaats")
    )

    objects = FunctionQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("contactpersoon")
        verbose_name_plural = _("contactpersonen")
        ordering = ["person__name", "pk"]

    def __str__(self) -> str:
        return f"{self.person} ({self.organisation})"


class Contact(Versioned):
    """A moment of contact, or a note: what was said with an organisation, and what is to be done next."""

    uid = UidField(kind="contact")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="contacts", verbose_name=_("organisatie")
    )
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="contacts", verbose_name=_("met wie")
    )
    # Whose words these are; nobody else reads them. None: the national desk.
    werkplaats = models.ForeignKey(
        Werkplaats, models.PROTECT, null=True, blank=True, related_name="contacts", verbose_name=_("werkplaats")
    )
    day = models.DateField(_("dag"), default=clock.today)
    account = models.ForeignKey(
        Account, models.SET_NULL, null=True, blank=True, related_name="contacts", verbose_name=_("door")
    )
    said = models.TextField(_("wat er gezegd is"), max_length=4000, blank=True)
    next_step = models.CharField(_("volgende stap"), max_length=200, blank=True)
    next_on = models.DateField(_("uiterlijk op"), null=True, blank=True)
    done_on = models.DateField(_("gedaan op"), null=True, blank=True)

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("contactmoment")
        verbose_name_plural = _("contactmomenten")
        ordering = ["-day", "-pk"]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.day:%d-%m-%Y}"

    def is_late(self) -> bool:
        """Whether the next step should have been taken by now."""
        return self.next_on is not None and self.done_on is None and self.next_on < clock.today()
