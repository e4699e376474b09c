"""Pictures and documents. Each stands in the collection of a section, under a name that nobody can guess."""

from __future__ import annotations

import hashlib
from pathlib import PurePath
from typing import Any

from django.core.files.base import ContentFile
from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.log_actions import get_active_log_context

from werkplaats.core import logbook, papers, pictures
from werkplaats.core.actors import SYSTEM, Actor
from werkplaats.core.uid import UidField
from werkplaats.news.queries import PaperQuerySet


def acting() -> Actor:
    """Who works at the desk now; the system outside it."""
    return get_active_log_context().user or SYSTEM


class _Kept(models.Model):
    """A file that was cleaned, with a line in the logbook for each that came or went."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep it; a file that comes from elsewhere than a form of ours is cleaned here."""
        came = bool(self.file) and not self.file._committed
        new = self._state.adding
        if came and not isinstance(self.file.file, self._clean_kind()):
            self.file = self._cleaned(self.file)
        if came:
            # By its identifier: what it was called on someone's computer is nobody's business.
            self.file.name = f"{self.uid}{PurePath(self.file.name).suffix.lower()}"
        super().save(*args, **kwargs)
        if came:
            self._log("uploaded" if new else "replaced")

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Remove it, and the file with it."""
        self._log("removed")
        return super().delete(*args, **kwargs)

    def _log(self, done: str) -> None:
        verb = f"news.{self._meta.model_name}.{done}"
        logbook.write(verb, self.uid, by=acting(), detail={"collection": self.collection_id})

    @staticmethod
    def _cleaned(file: Any) -> Any:
        raise NotImplementedError

    @staticmethod
    def _clean_kind() -> type[Any]:
        raise NotImplementedError


class Picture(_Kept, AbstractImage):
    """A picture. ``description`` says what is to be seen, where a page does not say so itself."""

    uid = UidField(kind="afbeelding")
    credit = models.CharField(_("maker of bron"), max_length=120, blank=True)

    admin_form_fields = ("file", "title", "description", "credit", "collection")

    class Meta(AbstractImage.Meta):
        verbose_name = _("afbeelding")
        verbose_name_plural = _("afbeeldingen")

    def generate_rendition_file(self, filter: Any, *, source: Any = None) -> ContentFile:
        """In one size, under a name with the whole identifier: the library would cut it to what can be guessed."""
        with super().generate_rendition_file(filter, source=source) as made:
            made.seek(0)
            data, suffix = made.read(), PurePath(made.name).suffix
        which = hashlib.sha256(f"{self.file.name} {filter.spec} {filter.get_cache_key(self)}".encode()).hexdigest()
        return ContentFile(data, name=f"{self.uid}-{which[:12]}{suffix}")

    @staticmethod
    def _cleaned(file: Any) -> Any:
        return pictures.cleaned(file)

    @staticmethod
    def _clean_kind() -> type[Any]:
        return pictures.CleanPicture


class Rendition(AbstractRendition):
    """A picture in one size. Only these are ever served; the folder holds nothing else."""

    image = models.ForeignKey(Picture, models.CASCADE, related_name="renditions", verbose_name=_("afbeelding"))

    class Meta:
        verbose_name = _("uitvoering van een afbeelding")
        verbose_name_plural = _("uitvoeringen van afbeeldingen")
        unique_together = (("image", "filter_spec", "focal_point_key"),)

    def get_upload_to(self, filename: str) -> str:
        """In a folder of their own."""
        return f"renditions/{PurePath(filename).name}"


class Paper(_Kept, AbstractDocument):
    """A document, always PDF. Anyone may read it while a page on the site shows it; else only who may choose it."""

    uid = UidField(kind="document")

    admin_form_fields = ("file", "title", "collection")
    objects = PaperQuerySet.as_manager()

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documenten")

    @property
    def url(self) -> str:
        """Where it is read."""
        return f"/documenten/{self.uid}/"

    @property
    def filename(self) -> str:
        """What it is called for who saves it."""
        return f"{slugify(self.title)[:80] or 'document'}.pdf"

    @staticmethod
    def _cleaned(file: Any) -> Any:
        return papers.cleaned(file)

    @staticmethod
    def _clean_kind() -> type[Any]:
        return papers.CleanPaper


class ShownDocument(models.Model):
    """That a page on the site shows a document. Written when the page is published, gone when it is taken off."""

    page = models.ForeignKey("wagtailcore.Page", models.CASCADE, related_name="+", verbose_name=_("pagina"))
    document = models.ForeignKey(Paper, models.CASCADE, related_name="shown", verbose_name=_("document"))

    class Meta:
        verbose_name = _("getoond document")
        verbose_name_plural = _("getoonde documenten")
        constraints = [models.UniqueConstraint(fields=["page", "document"], name="one_row_a_shown_document")]

    def __str__(self) -> str:
        return f"{self.page_id}: {self.document_id}"
