"""National themes at the desk, and what each werkplaats does for them."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from werkplaats.core.models import Visibility
from werkplaats.desk.listing import Column
from werkplaats.desk.organisations import is_national
from werkplaats.desk.research import SEEN_BY, SOURCE, keeps_research
from werkplaats.desk.viewsets import DeskViewSet
from werkplaats.network.models import Werkplaats
from werkplaats.research import actions
from werkplaats.research.forms import NationalThemeForm, ThemeWorkForm
from werkplaats.research.models import NationalTheme, ThemeWork
from werkplaats.research.rules import works_for


class NationalThemeDesk(DeskViewSet):
    """All national themes; to change for the national desk."""

    model = NationalTheme
    name = url_prefix = "landelijke-themas"
    icon = "globe"
    title = _("Landelijke thema's")
    lead = _("Onderwerpen die werkplaatsen samen oppakken. Meld hier wat uw werkplaats eraan doet.")
    nothing = _("Nog geen landelijke thema's. Het landelijk bureau voegt ze toe.")
    record_template = "desk/research/national.html"
    columns = (Column(_("naam"), lambda one: one.name, "name"), SEEN_BY, SOURCE)
    searched = ("name", "description")

    def records(self, request: HttpRequest) -> QuerySet[Any]:
        """All for the national desk; for a werkplaats those that the network sees."""
        if is_national(request.user):
            return NationalTheme.objects.all()
        seen = NationalTheme.objects.exclude(visibility=Visibility.WERKPLAATS)
        return seen if keeps_research(request.user) else seen.none()

    def may_add(self, request: HttpRequest) -> bool:
        """The national desk."""
        return is_national(request.user)

    def may_change(self, request: HttpRequest, record: Any) -> bool:
        """The national desk."""
        return is_national(request.user)

    def reads_words(self, request: HttpRequest, record: Any) -> bool:
        """The national desk: it may have been an idea that nobody else saw."""
        return is_national(request.user)

    def form(self, request: HttpRequest, record: Any, data: Any = None, **more: Any) -> Any:
        """Name and what it is about."""
        return NationalThemeForm(data, instance=record, **more)

    def save(self, request: HttpRequest, record: Any, form: Any, version: int) -> Any:
        """By the action."""
        known = NationalTheme.objects.filter(pk=record.pk).first() or NationalTheme()
        return actions.save_national_theme(theme=known, values=form.values(), version=version, by=request.user)

    def beside(self, request: HttpRequest, record: Any) -> dict[str, Any]:
        """Who works on it; the own row leads to where it is changed."""
        own = set(work_desk.records(request).values_list("pk", flat=True))
        rows = record.work.select_related("werkplaats")
        return {
            "work": [(one, work_desk.address(one) if one.pk in own else "") for one in rows],
            "add_work": work_desk.new_address(record) if keeps_research(request.user) else "",
        }


class ThemeWorkDesk(DeskViewSet):
    """What the own werkplaats does for national themes."""

    model = ThemeWork
    name = url_prefix = "themawerk"
    icon = "list-ul"
    title = _("Werk aan landelijke thema's")
    lead = _("Welke werkplaats aan welk landelijk thema werkt, sinds wanneer, en wat zij doet.")
    nothing = _("Nog niets. Voeg het toe op de pagina van een landelijk thema.")
    columns = (
        Column(_("werkplaats"), lambda one: one.werkplaats.name, "werkplaats__name"),
        Column(_("landelijk thema"), lambda one: one.national_theme.name, "national_theme__name"),
        Column(_("periode"), lambda one: one.period, "valid_from"),
        Column(_("wat"), lambda one: one.tasks_in_words),
        SOURCE,
    )
    searched = ("werkplaats__name", "national_theme__name", "what")

    def records(self, request: HttpRequest) -> QuerySet[Any]:
        """See ``ThemeWorkQuerySet.for_desk_of``."""
        return ThemeWork.objects.for_desk_of(request.user).select_related("werkplaats", "national_theme")

    def _theme(self, request: HttpRequest) -> NationalTheme | None:
        return national_theme_desk.records(request).filter(uid=request.GET.get("thema", "")).first()

    def new_address(self, theme: NationalTheme) -> str:
        """Where one is added to a theme."""
        return f"{reverse(self.get_url_name('new'))}?thema={theme.uid}"

    def may_add(self, request: HttpRequest) -> bool:
        """At a theme, which stands in the address; on the list there is none."""
        return self._theme(request) is not None

    def may_change(self, request: HttpRequest, record: Any) -> bool:
        """Who works for the werkplaats, and the national desk."""
        return is_national(request.user) or record.werkplaats.uid in works_for(request.user)

    def blank(self, request: HttpRequest) -> Any:
        """For a theme that one sees."""
        theme = self._theme(request)
        if theme is None:
            raise Http404
        return ThemeWork(national_theme=theme)

    def form(self, request: HttpRequest, record: Any, data: Any = None, **more: Any) -> Any:
        """Which werkplaats, since when, what."""
        form = ThemeWorkForm(data, instance=record, **more)
        regions = Werkplaats.objects.current()
        if not is_national(request.user):
            regions = regions.filter(uid__in=works_for(request.user))
        elif record.pk:
            # One that ended since stays what it was.
            regions = Werkplaats.objects.filter(Q(pk__in=regions.values("pk")) | Q(pk=record.werkplaats_id))
        form.fields["werkplaats"].queryset = regions
        if not record.pk and regions.count() == 1:
            form.fields["werkplaats"].initial = regions.get()
        return form

    def save(self, request: HttpRequest, record: Any, form: Any, version: int) -> Any:
        """By the action."""
        known = ThemeWork.objects.filter(pk=record.pk).first() or ThemeWork(national_theme=record.national_theme)
        return actions.save_theme_work(work=known, values=form.values(), version=version, by=request.user)

    def beside(self, request: HttpRequest, record: Any) -> dict[str, Any]:
        """The theme."""
        theme = record.national_theme
        return {
            "ties": [(theme._meta.verbose_name.capitalize(), [(theme.name, national_theme_desk.address(theme), "")])]
        }

    def about(self, record: Any) -> list[str]:
        """What is typed for one theme is not put back at another."""
        return [record.national_theme.uid]


national_theme_desk = NationalThemeDesk()
work_desk = ThemeWorkDesk()
