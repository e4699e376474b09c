"""The files of a version. Private: given by the site only to who may have them, each by its identifier."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import partial
from pathlib import PurePath
from typing import Any

from django.db import models, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from werkplaats.core import clock
from werkplaats.core.uid import UidField
from werkplaats.library.models.publications import PublicationVersion
from werkplaats.library.rules import LANGUAGES, Accessible
from werkplaats.library.rules import files as kinds


class File(models.Model):
    """A file of a version, cleaned when it came in; its hash says that it is still the same."""

    uid = UidField(kind="bestand")
    version = models.ForeignKey(PublicationVersion, models.CASCADE, related_name="files", verbose_name=_("versie"))
    position = models.PositiveSmallIntegerField(_("volgorde"), default=0)
    name = models.CharField(_("wat is het"), max_length=120)
    file = models.FileField(_("bestand"), upload_to="bibliotheek", max_length=120)
    kind = models.CharField(_("soort bestand"), max_length=6, editable=False)
    size = models.PositiveBigIntegerField(_("grootte in bytes"), default=0, editable=False)
    sha256 = models.CharField(_("vingerafdruk (SHA-256)"), max_length=64, editable=False)
    lang = models.CharField(_("taal"), max_length=5, choices=LANGUAGES, default="nl")
    accessible = models.CharField(_("toegankelijk"), max_length=10, choices=Accessible, default=Accessible.UNKNOWN)
    withdrawn_at = models.DateTimeField(_("ingetrokken op"), null=True, blank=True, editable=False)
    withdrawn_reason = models.CharField(_("reden van intrekken"), max_length=300, blank=True, editable=False)
    wiped_at = models.DateTimeField(_("gewist van de schijf op"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("bestand")
        verbose_name_plural = _("bestanden")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return _t("gewist bestand") if self.is_wiped else self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep it; a file that comes from elsewhere than a form of ours is cleaned here, and named by identifier."""
        if self.file and not self.file._committed:
            if not isinstance(self.file.file, kinds.CleanFile):
                self.file = kinds.cleaned(self.file)
            clean = self.file.file
            self.kind, self.size = clean.kind, clean.size
            self.sha256 = _hashed(clean)
            self.file.name = f"{self.uid}.{clean.kind}"
        super().save(*args, **kwargs)

    @classmethod
    def remove_from_disk(cls, files: Iterable[File]) -> None:
        """Of these, once it is certain that their rows are gone."""
        for storage, name in [(one.file.storage, one.file.name) for one in files]:
            transaction.on_commit(partial(storage.delete, name))

    @property
    def address(self) -> str:
        """Where it is given."""
        return f"{self.version.publication.get_absolute_url()}bestand/{self.uid}/"

    @property
    def media_type(self) -> str:
        """What it is told to be when it is given."""
        return kinds.KINDS[self.kind].media_type

    @property
    def filename(self) -> str:
        """What it is called for who saves it."""
        stem = slugify(f"{self.version.publication.title[:80]} {self.name[:40]}") or "bestand"
        return f"{stem}.{PurePath(self.file.name).suffix.lstrip('.') or self.kind}"

    @property
    def in_words(self) -> str:
        """Kind and size: "PDF, 1,2 MB"."""
        return f"{kinds.KINDS[self.kind].label}, {kinds.size_in_words(self.size)}"

    @property
    def is_wiped(self) -> bool:
        """Whether only that it was there is left."""
        return self.wiped_at is not None

    def wipe(self) -> None:
        """Take it from the disk, once the row says so; what it was called goes too, its hash stays."""
        File.remove_from_disk([self])
        self.name, self.file, self.wiped_at = "", "", clock.now()


def _hashed(file: Any) -> str:
    found = hashlib.sha256()
    file.seek(0)
    for piece in file.chunks():
        found.update(piece)
    file.seek(0)
    return found.hexdigest()
