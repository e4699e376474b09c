"""Organisations that are written down twice, on the desk: found, looked at side by side, merged, taken apart."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access

from werkplaats.agenda.models import Support
from werkplaats.desk.campaigns import campaigns_seen_by
from werkplaats.desk.library import publications_seen_by
from werkplaats.desk.listing import Column
from werkplaats.desk.organisations import (
    contacts_seen_by,
    functions_seen_by,
    organisation_desk,
    partnerships_seen_by,
)
from werkplaats.desk.sites import sites_seen_by
from werkplaats.desk.supports import support_desk
from werkplaats.desk.viewsets import DeskViewSet, version_of
from werkplaats.flows import merging
from werkplaats.flows.merging import mergeable_by
from werkplaats.flows.roles import invitations_given_by, roles_given_by
from werkplaats.library.models import Contributor, Publication
from werkplaats.network import actions
from werkplaats.network.forms import MergeForm, OtherForm
from werkplaats.network.models import (
    Campaign,
    Contact,
    Function,
    Leadership,
    Merge,
    NotTheSame,
    Organisation,
    Partnership,
)
from werkplaats.network.queries import Known
from werkplaats.news.models import RegionalSite
from werkplaats.people.models import Invitation, Role
from werkplaats.research.models import (
    Circle,
    CircleMember,
    CirclePartner,
    Pilot,
    PilotPartner,
    Project,
    ProjectPartner,
    Yield,
    YieldPartner,
)

_MOST_PAIRS = 100
_SHOWN = ("name", "kind", "seat", "municipality", "former", "source")


def _of(request: HttpRequest, uid: str) -> Any:
    found = mergeable_by(by=request.user).filter(uid=uid.replace("\0", "")[:44]).first()
    if found is None:
        raise Http404
    return found


class MergeDesk(DeskViewSet):
    """Organisations that went up in another."""

    model = Merge
    name = url_prefix = "samenvoegingen"
    icon = "resubmit"
    lead = _("Organisaties die dubbel stonden. Samenvoegen kunt u dertig dagen lang ongedaan maken.")
    nothing = _("Er is nog niets samengevoegd.")
    columns = (
        Column(_("wat opging"), lambda one: one.gone_name, "gone_name"),
        Column(_("verder als"), lambda one: one.kept.name, "kept__name"),
        Column(_("samengevoegd op"), lambda one: one.merged_at, "merged_at"),
        Column(_("ongedaan gemaakt op"), lambda one: one.undone_at, "undone_at"),
    )
    searched = ("gone_name", "kept__name")

    def get_urlpatterns(self) -> list[Any]:
        """No new ones by hand: they begin with an organisation, or with a pair that looks alike."""
        views = [("dubbel/", self.doubles, "doubles"), ("van/<uid:uid>/", self.merge, "merge")]
        ours = [path(route, require_admin_access(view), name=name) for route, view, name in views]
        return [*ours, *(one for one in super().get_urlpatterns() if one.name != "new")]

    def records(self, request: HttpRequest) -> QuerySet[Any]:
        """Of organisations that one may merge oneself."""
        kept = mergeable_by(by=request.user).values("pk")
        return Merge.objects.filter(kept__in=kept).select_related("kept", "account__person")

    def index(self, request: HttpRequest) -> HttpResponse:
        """With the way to those that look alike."""
        answer: Any = super().index(request)
        answer.template_name = "desk/merging/index.html"
        return answer  # type: ignore[no-any-return]

    def one(self, request: HttpRequest, uid: str) -> HttpResponse:
        """One merge: what it did, and taking it back."""
        merged = self.record(request, uid)
        if request.method == "POST":
            try:
                back = merging.undo(merged=merged, by=request.user)
            except ValidationError as error:
                messages.error(request, " ".join(error.messages))
                return redirect(request.path)
            messages.success(request, _t("%(name)s staat er weer zoals vóór het samenvoegen.") % {"name": back.name})
            return redirect(organisation_desk.address(back))
        context = {
            **self.head(request, str(merged)),
            "merged": merged,
            "kept": organisation_desk.address(merged.kept),
            "open": merged.is_open() and bool(merged.steps),
        }
        return TemplateResponse(request, "desk/merging/merged.html", context)

    def merge(self, request: HttpRequest, uid: str) -> HttpResponse:
        """Which is the same; then both side by side, what moves and what is to be chosen."""
        gone = _of(request, uid)
        other = request.POST.get("met") or request.GET.get("met")
        if not other:
            return self._choose(request, gone)
        kept = _of(request, other)
        form = MergeForm(request.POST if request.method == "POST" else None, kept=kept, gone=gone)
        if request.method == "POST" and form.is_valid() and self._merged(request, kept, gone, form):
            return redirect(organisation_desk.address(kept))
        context = {
            **self.head(request, _t("Voeg samen: %(gone)s in %(kept)s") % {"gone": gone, "kept": kept}),
            "kept": kept,
            "gone": gone,
            "form": form,
            "plan": merging.Plan.of(kept, gone, by=request.user, seen=_seen(request)),
            "facts": _side_by_side(kept, gone),
            "swap": f"{reverse('samenvoegingen:merge', args=[kept.uid])}?met={gone.uid}",
            "back": organisation_desk.address(gone),
        }
        return TemplateResponse(request, "desk/merging/merge.html", context)

    def _choose(self, request: HttpRequest, gone: Organisation) -> HttpResponse:
        form = OtherForm(request.GET if "other" in request.GET else None)
        form.fields["other"].widget.attrs["data-names"] = reverse("organisaties:names")
        if form.is_bound and form.is_valid():
            other = form.cleaned_data["other"]
            if other.pk != gone.pk and mergeable_by(by=request.user).filter(pk=other.pk).exists():
                return redirect(f"{request.path}?met={other.uid}")
            form.add_error("other", _t("Deze kunt u hier niet mee samenvoegen. Vraag het landelijk bureau."))
        known = Known(mergeable_by(by=request.user))
        mine = next(look for look in known.looks if look.uid == gone.uid)
        context = {
            **self.head(request, _t("%(name)s is dezelfde als …") % {"name": gone}),
            "form": form,
            "alike": [
                (one, f"{request.path}?met={one.uid}")
                for one in known.like(mine, without=NotTheSame.others_than(gone.uid))
            ],
            "back": organisation_desk.address(gone),
        }
        return TemplateResponse(request, "desk/merging/choose.html", context)

    def _merged(self, request: HttpRequest, kept: Any, gone: Any, form: Any) -> bool:
        told = {"values": form.values(), "numbers": form.foreign_numbers(), "version": version_of(request)}
        try:
            merging.merge(kept=kept, gone=gone, **told, by=request.user)
        except ValidationError as error:
            form.add_error(None, error.messages)
            return False
        words = {"gone": gone, "kept": kept}
        messages.success(
            request, _t("%(gone)s ging op in %(kept)s. Onder Samenvoegingen maakt u dat ongedaan.") % words
        )
        return True

    def doubles(self, request: HttpRequest) -> HttpResponse:
        """Pairs that look alike: merge them, or say that they are two."""
        if request.method == "POST":
            one, other = (_of(request, request.POST.get(name, "")) for name in ("een", "ander"))
            actions.tell_apart(one=one.uid, other=other.uid, by=request.user)
            messages.success(request, _t("Onthouden: dit zijn er twee."))
            return redirect(request.path)
        apart = [frozenset(pair) for pair in NotTheSame.objects.values_list("first", "second")]
        pairs = Known(mergeable_by(by=request.user)).pairs(without=set(apart))
        context = {
            **self.head(request, _t("Lijken op elkaar")),
            "pairs": [
                (one, two, why, f"{reverse('samenvoegingen:merge', args=[two.uid])}?met={one.uid}")
                for one, two, why in pairs[:_MOST_PAIRS]
            ],
            "total": len(pairs),
            "back": reverse("samenvoegingen:index"),
        }
        return TemplateResponse(request, "desk/merging/doubles.html", context)


def _seen(request: HttpRequest) -> dict[Any, Any]:
    """Of what may point at an organisation the rows that this account may know of; of any other table it knows none."""
    account = request.user
    publications, made = publications_seen_by(account), Publication.organisations.through
    projects, circles, pilots, yields = (
        model.objects.for_desk_of(account) for model in (Project, Circle, Pilot, Yield)
    )
    return {
        Leadership: Leadership.objects.all(),
        Partnership: partnerships_seen_by(account),
        Campaign: campaigns_seen_by(account),
        Function: functions_seen_by(account),
        Contact: contacts_seen_by(account),
        Merge: merge_desk.records(request),
        Support: support_desk.records(request),
        Role: roles_given_by(by=account),
        Invitation: invitations_given_by(by=account),
        made: made.objects.filter(publication__in=publications),
        Contributor: Contributor.objects.filter(publication__in=publications),
        Project: projects,
        ProjectPartner: ProjectPartner.objects.filter(project__in=projects),
        CircleMember: CircleMember.objects.filter(circle__in=circles),
        CirclePartner: CirclePartner.objects.filter(circle__in=circles),
        PilotPartner: PilotPartner.objects.filter(pilot__in=pilots),
        YieldPartner: YieldPartner.objects.filter(made__in=yields),
        RegionalSite: sites_seen_by(account),
    }


def _side_by_side(kept: Organisation, gone: Organisation) -> list[tuple[str, str, str]]:
    """What each of them says."""
    rows = []
    for name in _SHOWN:
        said = [_said(one, name) for one in (kept, gone)]
        rows.append((str(Organisation._meta.get_field(name).verbose_name), *said))
    numbers = ["; ".join(str(row) for row in one.identifiers.order_by("scheme")) for one in (kept, gone)]
    rows.append((_t("nummers"), *numbers))
    return [(label, here, there) for label, here, there in rows if here or there]


def _said(one: Organisation, name: str) -> str:
    if name == "kind":
        return str(one.get_kind_display())
    value = getattr(one, name)
    return "; ".join(value) if isinstance(value, list) else str(value or "")


merge_desk = MergeDesk()
