"""Pages: a section for the whole network and one for each werkplaats, and what is written in them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, Panel
from wagtail.fields import StreamField
from wagtail.log_actions import get_active_log_context
from wagtail.models import Collection, Page, Revision
from wagtail.rich_text import get_text_for_indexing

from werkplaats.core import logbook, touched
from werkplaats.core.uid import UidField
from werkplaats.network.models import Werkplaats
from werkplaats.news.models.approval import approved_by_another
from werkplaats.news.models.blocks import Body
from werkplaats.news.models.files import Paper, ShownDocument, acting
from werkplaats.news.queries import SitePageManager, desks_of, section_of
from werkplaats.news.rules import Rights
from werkplaats.terms.models import Theme


class _Ruled(Page):
    """A page whose rights follow the dated roles, at an address of the site."""

    class Meta:
        abstract = True

    settings_panels: list[Panel] = []
    promote_panels: list[Panel] = []
    private_page_options: list[str] = []

    def permissions_for_user(self, user: Any) -> Rights:
        """See ``rules.Rights``."""
        return Rights(user, self, desks_of(user))

    def get_url(self, request: Any = None, current_site: Any = None) -> str | None:
        """Where visitors read it; nothing while it is not on the site."""
        return self.get_absolute_url() if self.live else None

    def get_full_url(self, request: Any = None) -> str | None:
        """The same, with the name of the site."""
        address = self.get_url(request)
        return f"{settings.WAGTAILADMIN_BASE_URL}{address}" if address else None

    def get_url_parts(self, request: Any = None) -> None:
        """The library does not route our pages."""

    url = property(get_url)
    full_url = property(get_full_url)

    def get_admin_display_title(self) -> str:
        """What a page on the site is called there; a new name is its writers' until it is published."""
        return self.title if self.live else self.draft_title or self.title


class SectionPage(_Ruled):
    """The root of the pages of a werkplaats, or of the network; made by ``actions.make_section``, never by hand."""

    werkplaats = models.OneToOneField(
        Werkplaats, models.PROTECT, null=True, blank=True, related_name="section", verbose_name=_("werkplaats")
    )
    editors = models.ForeignKey(Group, models.PROTECT, related_name="+", verbose_name=_("redactie"))
    writers = models.ForeignKey(Group, models.PROTECT, related_name="+", verbose_name=_("schrijvers"))
    collection = models.ForeignKey(Collection, models.PROTECT, related_name="+", verbose_name=_("collectie"))

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["news.AboutPage", "news.NewsPage", "news.TextPage"]
    is_creatable = False
    preview_modes: list[tuple[str, Any]] = []

    class Meta:
        verbose_name = _("afdeling")
        verbose_name_plural = _("afdelingen")

    def get_absolute_url(self) -> str:
        """The home of the werkplaats."""
        return self.werkplaats.get_absolute_url() if self.werkplaats else "/nieuws/"

    @property
    def werkplaats_uid(self) -> str:
        """Of its werkplaats; empty for the national one."""
        return self.werkplaats.uid if self.werkplaats else ""


class SitePage(_Ruled):
    """What all written pages have. Publishing and taking off are noted, and take a second person at the desk."""

    lang = models.CharField(_("taal"), max_length=5, choices=[("nl", "Nederlands"), ("en", "English")], default="nl")
    intro = models.TextField(
        _("inleiding"),
        max_length=400,
        blank=True,
        help_text=_("In twee of drie zinnen waar het om gaat. Staat ook in lijsten en bij zoeken."),
    )
    body = StreamField(Body(), verbose_name=_("tekst"), blank=True)
    werkplaats = models.ForeignKey(
        Werkplaats,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("werkplaats"),
    )

    objects = SitePageManager()
    content_panels = [
        FieldPanel("title", help_text=_("Kort en gewoon; zo staat het op de site en in lijsten.")),
        FieldPanel("intro"),
        FieldPanel("body"),
        FieldPanel("lang"),
    ]

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep it; a change of what is on the site is noted, checked, and seen in the hall at once."""
        with transaction.atomic(), touched.gathered():
            before = self._on_site()
            if before is None and (section := section_of(self)):
                self.werkplaats = section.werkplaats
            super().save(*args, **kwargs)
            self._note_change(before or (False, None))

    def publish(self, revision: Revision, user: Any = None, **options: Any) -> None:
        """Put a revision on the site. Nobody has the library's right to do so; what counts is checked in ``save``."""
        super().publish(revision, user=user, **{**options, "skip_permission_checks": True})

    def _on_site(self) -> tuple[bool, int | None] | None:
        """Whether it is on the site and by which revision; None when it is not kept yet."""
        return type(self)._base_manager.filter(pk=self.pk).values_list("live", "live_revision").first()

    def _note_change(self, before: tuple[bool, int | None]) -> None:
        after = self._on_site()
        if after is None or after == before:
            return
        if after[0]:
            self._check_second_person()
            documents = {block.value for block in self.body if block.block_type == "document" and block.value}
            ShownDocument.objects.filter(page=self.pk).exclude(document__in=documents).delete()
            for document in documents:
                ShownDocument.objects.get_or_create(page_id=self.pk, document=document)
        else:
            ShownDocument.objects.filter(page=self.pk).delete()
        verb = f"news.{self._meta.model_name}.{'published' if after[0] else 'unpublished'}"
        said = [{"live": live, "revision": revision} for live, revision in (before, after)]
        logbook.write(verb, self.uid, by=acting(), detail={"before": said[0], "after": said[1]})

    def _check_second_person(self) -> None:
        """At the desk nothing goes on the site that nobody else approved; raises PermissionDenied."""
        if get_active_log_context().user is None:
            return
        revision = Revision.objects.filter(pk=self.live_revision_id).first()
        if revision is None or not approved_by_another(self, revision):
            raise PermissionDenied

    @property
    def was_published(self) -> bool:
        """Whether it ever was on the site: then its address stays taken."""
        return self.first_published_at is not None

    @property
    def plain_text(self) -> str:
        """All its words, without how they look."""
        return "\n".join(words for block in self.body for words in _words(block) if words)

    @property
    def pictures(self) -> list[Any]:
        """The pictures in it."""
        shown = [block.value["picture"] for block in self.body if block.block_type == "picture"]
        return [picture for picture in shown if picture]

    @property
    def documents(self) -> list[Paper]:
        """The documents in it."""
        return [block.value for block in self.body if block.block_type == "document" and block.value]


def _words(block: Any) -> Iterator[str]:
    if block.block_type == "text":
        yield get_text_for_indexing(block.value.source)
    elif block.block_type == "heading":
        yield block.value
    elif block.block_type == "quote":
        yield from (block.value["text"], block.value["by"])
    elif block.block_type == "picture":
        yield from (block.value["alt"], block.value["caption"])
    elif block.value:
        yield block.value.title


class AboutPage(SitePage):
    """Who we are: one for the network, and one for each werkplaats."""

    uid = UidField(kind="over")

    template = "site/pages/about.html"
    parent_page_types = ["news.SectionPage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1
    page_description = _("Wie u bent en wat u doet. Eén per werkplaats.")

    class Meta:
        verbose_name = _("over ons")
        verbose_name_plural = _("over ons")

    def get_absolute_url(self) -> str:
        """Below the home of its werkplaats."""
        return f"{self.werkplaats.get_absolute_url()}over/" if self.werkplaats else "/over/"


class NewsPage(SitePage):
    """A news item."""

    uid = UidField(kind="nieuws")
    themes = ParentalManyToManyField(Theme, related_name="+", blank=True, verbose_name=_("thema's"))

    template = "site/pages/news.html"
    parent_page_types = ["news.SectionPage"]
    subpage_types: list[str] = []
    page_description = _("Iets dat nu speelt. Staat bovenaan in de lijst met nieuws.")
    content_panels = [*SitePage.content_panels, FieldPanel("themes", widget=CheckboxSelectMultiple)]

    class Meta:
        verbose_name = _("nieuwsbericht")
        verbose_name_plural = _("nieuwsberichten")

    def get_absolute_url(self) -> str:
        """Its public page."""
        return f"/nieuws/{self.uid}/"


class TextPage(SitePage):
    """A plain page; may hold others."""

    uid = UidField(kind="pagina")

    template = "site/pages/text.html"
    parent_page_types = ["news.SectionPage", "news.TextPage"]
    subpage_types = ["news.TextPage"]
    page_description = _("Uitleg die lang geldig blijft. Er kunnen pagina's onder staan.")

    class Meta:
        verbose_name = _("pagina")
        verbose_name_plural = _("pagina's")

    def get_absolute_url(self) -> str:
        """Its public page."""
        return f"/paginas/{self.uid}/"

    @property
    def shown_below(self) -> Any:
        """The pages under it that are on the site."""
        return TextPage.objects.child_of(self).live() if self.pk else TextPage.objects.none()

    @property
    def shown_above(self) -> Any:
        """The pages it stands under that are on the site, from the top."""
        return TextPage.objects.ancestor_of(self).live().order_by("depth") if self.pk else TextPage.objects.none()


PAGES: tuple[type[SitePage], ...] = (AboutPage, NewsPage, TextPage)
