"""Publications of all kinds, who made them, the numbers they are known by, and their versions."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import quote

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from werkplaats.core import clock, dates, identifiers
from werkplaats.core.dates import Precision
from werkplaats.core.models import Sourced, Versioned, Visibility
from werkplaats.core.uid import UidField
from werkplaats.library.queries import PublicationQuerySet, plain_title
from werkplaats.library.rules import LANGUAGES, ContributorRole, Licence, PublicationKind, State
from werkplaats.library.rules.cited import Cited, Maker
from werkplaats.library.rules.names import parse
from werkplaats.network.models import Organisation, Werkplaats
from werkplaats.terms.models import Theme

# Of a number in an address what need not be written otherwise.
_KEPT = "/:;()-._~"


class Publication(Sourced, Versioned):
    """A book, report, film or anything else that was made public. An unknown date stays empty."""

    uid = UidField(kind="publicatie")
    kind = models.CharField(_("soort"), max_length=14, choices=PublicationKind)
    title = models.CharField(_("titel"), max_length=300)
    subtitle = models.CharField(_("ondertitel"), max_length=300, blank=True)
    # The title without accents, signs and capitals: what is the same title.
    plain_title = models.CharField(_("kale titel"), max_length=300, db_index=True, editable=False, default="")
    summary = models.TextField(_("in het kort"), max_length=1000, blank=True)
    body = models.TextField(_("beschrijving"), blank=True)
    issued_on = models.DateField(_("verschenen"), null=True, blank=True)
    issued_precision = models.CharField(
        _("verschenen, hoe precies"), max_length=10, choices=Precision, default=Precision.YEAR
    )
    publisher = models.CharField(_("uitgever"), max_length=200, blank=True)
    place = models.CharField(_("plaats van uitgave"), max_length=120, blank=True)
    container = models.CharField(_("verschenen in"), max_length=300, blank=True)
    volume = models.CharField(_("jaargang of deel"), max_length=20, blank=True)
    issue = models.CharField(_("nummer"), max_length=20, blank=True)
    pages = models.CharField(_("bladzijden"), max_length=30, blank=True)
    lang = models.CharField(_("taal"), max_length=5, choices=LANGUAGES, default="nl")
    licence = models.CharField(_("licentie"), max_length=14, choices=Licence, default=Licence.UNKNOWN)
    embargo_until = models.DateField(_("bestanden pas vanaf"), null=True, blank=True)
    address = models.URLField(_("staat ook op"), max_length=400, blank=True)
    visibility = models.CharField(_("zichtbaar voor"), max_length=10, choices=Visibility, default=Visibility.PUBLIC)
    werkplaatsen = models.ManyToManyField(
        Werkplaats, related_name="publications", blank=True, verbose_name=_("werkplaatsen")
    )
    organisations = models.ManyToManyField(
        Organisation, related_name="publications", blank=True, verbose_name=_("organisaties")
    )
    themes = models.ManyToManyField(Theme, related_name="publications", blank=True, verbose_name=_("thema's"))
    state = models.CharField(_("stand"), max_length=12, choices=State, default=State.DRAFT, editable=False)
    # Uids of accounts as text: who changed it last, and who put it forward to be read while that waits.
    changed_by = models.CharField(_("laatst gewijzigd door"), max_length=60, blank=True, editable=False)
    put_forward_by = models.CharField(_("voorgedragen door"), max_length=60, blank=True, editable=False)
    put_forward_at = models.DateTimeField(_("voorgedragen op"), null=True, blank=True, editable=False)
    sent_back = models.TextField(_("waarom het terugkwam"), blank=True, editable=False)
    # While it waits for a second person to let more people in: ``visibility`` and ``embargo_until`` as they would be.
    wider: models.JSONField[Any, Any] = models.JSONField(_("gevraagde verruiming"), default=dict, editable=False)
    published_at = models.DateTimeField(_("op de site sinds"), null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(_("ingetrokken op"), null=True, blank=True, editable=False)
    withdrawn_reason = models.TextField(_("reden van intrekken"), blank=True, editable=False)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("publicatie")
        verbose_name_plural = _("publicaties")
        ordering = [models.F("issued_on").desc(nulls_last=True), "title", "pk"]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Known by its title however that is written."""
        self.plain_title = plain_title(self.title)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """Its public page."""
        return f"/bibliotheek/{self.uid}/"

    def refuse_while_read(self) -> None:
        """Raise ValidationError while it waits to be read: what is published is what was read."""
        if Publication.objects.filter(pk=self.pk).exclude(put_forward_at=None).exists():
            raise ValidationError(_t("Deze publicatie wordt nu tegengelezen. Tot die tijd kan niemand haar wijzigen."))

    def keep_changed(self, who: str) -> None:
        """Keep it, now that rows of it were changed by an account (its uid): who did that may not publish it."""
        self.changed_by = who
        self.save()

    @property
    def waits(self) -> bool:
        """Whether it, or a new version of it, waits for a second person."""
        return self.put_forward_at is not None

    @property
    def is_published(self) -> bool:
        """Whether it is on the site now, for who may see it."""
        return self.state == State.PUBLISHED

    @property
    def was_published(self) -> bool:
        """Whether it ever was: then it is never deleted."""
        return self.published_at is not None

    @property
    def under_embargo(self) -> bool:
        """Whether its files are not given yet."""
        return self.embargo_until is not None and self.embargo_until > clock.today()

    @property
    def when(self) -> str:
        """The day it came out in words, as precise as it is known; "" when it is not."""
        return dates.show(self.issued_on, self.issued_precision) if self.issued_on else ""

    @property
    def whole_title(self) -> str:
        """Title and subtitle."""
        return self.cited().whole_title

    @property
    def regions(self) -> set[str]:
        """The uids of its werkplaatsen."""
        return {one.uid for one in self.werkplaatsen.all()}

    @property
    def makers(self) -> list[Contributor]:
        """Who made it, in order."""
        return list(self.contributors.all())

    @property
    def involved(self) -> set[str]:
        """Who may not publish it: the uids of who put it forward and of who changed it last."""
        return {uid for uid in (self.put_forward_by, self.changed_by) if uid}

    def cited(self, edition: str = "", day: date | None = None, known: str = "") -> Cited:
        """What a list of literature says of it; of an edition with a day of its own, that day."""
        day, known = (day, known) if day else (self.issued_on, self.issued_precision)
        return Cited(
            uid=self.uid, kind=self.kind, title=self.title, subtitle=self.subtitle, summary=self.summary,
            address=self.get_absolute_url(),
            makers=tuple(one.as_maker() for one in self.makers),
            year=day.year if day else 0,
            month=day.month if day and known in {Precision.MONTH, Precision.DAY} else 0,
            day=day.day if day and known == Precision.DAY else 0,
            about=bool(day) and known == Precision.ABOUT,
            publisher=self.publisher, place=self.place, container=self.container, volume=self.volume, issue=self.issue,
            pages=self.pages, edition=edition, lang=self.lang, licence=self.licence, elsewhere=self.address,
            numbers=tuple((one.scheme, one.value) for one in self.numbers.all()),
        )  # fmt: skip


class Contributor(models.Model):
    """Someone, or an organisation, that made a publication, in the order of the title page and by the name on it."""

    publication = models.ForeignKey(
        Publication, models.CASCADE, related_name="contributors", verbose_name=_("publicatie")
    )
    position = models.PositiveSmallIntegerField(_("volgorde"), default=0)
    role = models.CharField(_("rol"), max_length=14, choices=ContributorRole, default=ContributorRole.AUTHOR)
    name = models.CharField(_("naam zoals gedrukt"), max_length=200)
    is_group = models.BooleanField(_("is een organisatie of groep"), default=False)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="contributions", verbose_name=_("organisatie")
    )
    orcid = models.CharField(_("ORCID"), max_length=19, blank=True)

    class Meta:
        verbose_name = _("maker")
        verbose_name_plural = _("makers")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.shown

    @property
    def shown(self) -> str:
        """The name as people say it: one written with a comma is turned."""
        return self.name if self.is_group else parse(self.name).plain

    def as_maker(self) -> Maker:
        """For a list of literature."""
        return Maker(self.name, self.role, self.is_group, self.orcid)


class PublicationIdentifier(models.Model):
    """A number by which other registers know a publication."""

    class Scheme(models.TextChoices):
        """Registers whose numbers we keep."""

        DOI = "doi", "DOI"
        ISBN = "isbn", "ISBN"
        ISSN = "issn", "ISSN"
        HANDLE = "handle", "Handle"
        URN = "urn", "URN:NBN"

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="numbers", verbose_name=_("publicatie"))
    scheme = models.CharField(_("register"), max_length=8, choices=Scheme)
    value = models.CharField(_("nummer"), max_length=200, db_index=True)

    class Meta:
        verbose_name = _("nummer van een publicatie")
        verbose_name_plural = _("nummers van publicaties")
        ordering = ["scheme", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["publication", "scheme", "value"], name="one_row_a_publication_number")
        ]

    def __str__(self) -> str:
        return f"{self.get_scheme_display()} {self.value}"

    def clean(self) -> None:
        self.value = identifiers.clean(self.scheme, self.value)

    @property
    def web_address(self) -> str:
        """Where the register tells of it; "" for numbers that have no such place."""
        ways = {
            "doi": "https://doi.org/",
            "handle": "https://hdl.handle.net/",
            "urn": "https://persistent-identifier.nl/",
        }
        return f"{ways[self.scheme]}{quote(self.value, safe=_KEPT)}" if self.scheme in ways else ""


class PublicationVersion(models.Model):
    """A version with its files. Once published it stays, as it was, under its own address."""

    uid = UidField(kind="versie")
    publication = models.ForeignKey(Publication, models.CASCADE, related_name="versions", verbose_name=_("publicatie"))
    number = models.PositiveSmallIntegerField(_("nummer"), default=1)
    label = models.CharField(_("zoals op het omslag"), max_length=80, blank=True)
    changes = models.TextField(_("wat er anders is"), blank=True)
    issued_on = models.DateField(_("verschenen"), null=True, blank=True)
    issued_precision = models.CharField(
        _("verschenen, hoe precies"), max_length=10, choices=Precision, default=Precision.YEAR
    )
    published_at = models.DateTimeField(_("op de site sinds"), null=True, blank=True, editable=False)
    published_by = models.CharField(_("gepubliceerd door"), max_length=60, blank=True, editable=False)
    # What the title page said when this version was published.
    said: models.JSONField[Any, Any] = models.JSONField(_("titelpagina"), default=dict, editable=False)

    class Meta:
        verbose_name = _("versie")
        verbose_name_plural = _("versies")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["publication", "number"], name="one_version_a_number")]

    def __str__(self) -> str:
        return self.label or _("versie %(number)d") % {"number": self.number}

    def get_absolute_url(self) -> str:
        """Its own page."""
        return f"{self.publication.get_absolute_url()}versie/{self.number}/"

    @property
    def is_published(self) -> bool:
        """Whether it was read by a second person and is on the site."""
        return self.published_at is not None

    @property
    def when(self) -> str:
        """The day it came out, in words; "" when that is not known."""
        return dates.show(self.issued_on, self.issued_precision) if self.issued_on else ""

    def refuse_when_published(self) -> None:
        """Raise ValidationError when it is on the site by now: it stays as it was."""
        if PublicationVersion.objects.filter(pk=self.pk).exclude(published_at=None).exists():
            raise ValidationError(_t("Deze versie staat op de site en blijft zoals ze was. Maak een nieuwe versie."))

    def cited(self) -> Cited:
        """What a list of literature says of this version: as it was published, or as it is now for a draft."""
        return Cited.of_plain(self.said) if self.said else self.cited_today()

    def cited_today(self) -> Cited:
        """The same by what is known now: corrected since, with the label and the day of this version."""
        return self.publication.cited(self.label, *((self.issued_on, self.issued_precision) if self.issued_on else ()))
