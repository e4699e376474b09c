"""Questions on the desk: look at what came in, and publish, mask or refuse it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access

from werkplaats.agenda import actions
from werkplaats.agenda.forms import InformForm, MaskForm, MaskMixin, PublishForm, RefuseForm
from werkplaats.agenda.models import Question
from werkplaats.agenda.rules import Status, can_moderate, help
from werkplaats.core import clock, drafts
from werkplaats.core.versions import Conflict
from werkplaats.desk import answering
from werkplaats.desk.drafts import Typed
from werkplaats.desk.listing import Column
from werkplaats.desk.viewsets import DeskViewSet
from werkplaats.desk.waiting import urgent_first

# A first answer within eight weeks, unless the coordinator promises another day.
_FIRST_ANSWER = timedelta(weeks=8)
_SHOWN = 100
TEMPLATE = "desk/questions/moderate.html"
_PLAIN: dict[str, type[Form]] = {"weigeren": RefuseForm, "berichten": InformForm}


class QuestionDesk(DeskViewSet):
    """The questions of one's own werkplaatsen."""

    model = Question
    name = "vragen"
    url_prefix = "vragen"
    icon = "help"

    def records(self, request: HttpRequest) -> QuerySet[Any]:
        """Own werkplaatsen; those of no werkplaats for a landelijk redacteur."""
        return Question.objects.for_desk_of(request.user).select_related("werkplaats", "municipality", "owner__person")

    def reads_all(self, request: HttpRequest, record: Any) -> bool:
        """Whoever handles it."""
        return True

    columns = (
        Column(_("vraag"), lambda one: one.public_text),
        Column(_("status"), lambda one: one.get_status_display(), "status"),
        Column(_("gemeente"), lambda one: one.municipality),
        Column(_("ontvangen op"), lambda one: one.received_at),
        Column(_("behandelaar"), lambda one: one.owner),
        Column(_("uiterlijk bericht op"), lambda one: one.due),
    )

    def get_urlpatterns(self) -> list[Any]:
        """The list, the list as a file, the page of each, and what happened to it."""
        ours = [
            path("", require_admin_access(self.index), name="index"),
            path("<uid:uid>/", require_admin_access(self.moderate), name="moderate"),
            path("<uid:uid>/antwoord/", require_admin_access(self.answer), name="answer"),
        ]
        return [*ours, *(one for one in super().get_urlpatterns() if one.name in {"export", "history"})]

    def address(self, record: Any) -> str:
        """Where it is looked at."""
        return reverse(self.get_url_name("moderate"), args=[record.uid])

    def index(self, request: HttpRequest) -> HttpResponse:
        """What waits, oldest first, then what was handled."""
        records = self.records(request)
        context = {
            "page_title": _t("Vragen"),
            "header_title": _t("Vragen"),
            "header_icon": self.icon,
            "waiting": urgent_first(records.waiting()),
            "handled": records.handled()[:_SHOWN],
            "today": clock.today(),
        }
        return TemplateResponse(request, "desk/questions/index.html", context)

    def answer(self, request: HttpRequest, uid: str) -> HttpResponse:
        """What became of a question, for its asker and for the site."""
        question = self.record(request, uid)
        if not can_moderate(request.user, question):
            return redirect(self.get_url_name("index"))
        return answering.answer(request, question, back=self.address(question))

    def moderate(self, request: HttpRequest, uid: str) -> HttpResponse:
        """One question: read it, then publish, mask or refuse."""
        question = self.record(request, uid)
        if not can_moderate(request.user, question):
            return redirect(self.get_url_name("index"))
        decision = request.POST.get("besluit", "")
        forms = _forms(request, question, decision)
        form = forms.get(decision)
        if request.method == "POST" and form is not None and form.is_valid():
            if "voorbeeld" in request.POST and isinstance(form, MaskMixin):
                preview = Question(text=question.text, lang=question.lang, masks=form.masks())
                return TemplateResponse(request, TEMPLATE, _context(question, forms, preview))
            try:
                version = int(request.POST.get("version", "0"))
                _decide(decision, form, question, version, request)
                drafts.drop(place=_place(question, decision), by=request.user)
                return redirect(self.get_url_name("index"))
            except Conflict:
                form.add_error(None, answering.CONFLICT)
            except (ValidationError, ValueError) as error:
                form.add_error(None, error if isinstance(error, ValidationError) else answering.CONFLICT)
            # Read again: what the other did is shown beside what was typed here.
            question = self.record(request, uid)
            forms = {**_forms(request, question, ""), decision: form}
        return TemplateResponse(request, TEMPLATE, _context(question, forms))


def _forms(request: HttpRequest, question: Question, decision: str) -> dict[str, Form]:
    """The forms that fit the state, and the one that was sent: another may have changed the state meanwhile."""
    initial = {"due": clock.today() + _FIRST_ANSWER, "themes": question.themes.all()}

    def made(name: str) -> Form:
        return Typed(request, _place(question, name)).over(_made(name))  # type: ignore[no-any-return]

    def _made(name: str) -> Form:
        data = request.POST if request.method == "POST" and decision == name else None
        if name in {"publiceren", "maskeren"}:
            kind: Any = PublishForm if name == "publiceren" else MaskForm
            return kind(data, question=question, initial=dict(initial), prefix=name)
        return _PLAIN[name](data, initial=initial, prefix=name)

    fitting: list[str] = []
    if question.status == Status.WAITING:
        fitting = ["publiceren", "weigeren"]
    elif question.is_public:
        fitting = ["berichten", "maskeren", "weigeren"]
    sent = [decision] if decision in {*_PLAIN, "publiceren", "maskeren"} else []
    return {name: made(name) for name in dict.fromkeys([*fitting, *sent])}


def _place(question: Question, decision: str) -> str:
    """The name under which what is typed in one of the forms is kept."""
    return f"vragen:{question.uid}:{decision}"


def _decide(decision: str, form: Any, question: Question, version: int, request: HttpRequest) -> None:
    common = {"question": question, "version": version, "by": request.user}
    if decision == "publiceren":
        values = {name: form.cleaned_data[name] for name in ("themes", "message", "due", "region_only")}
        actions.publish_question(**common, masks=form.masks(), **values)
        messages.success(request, _t("De vraag staat nu op de site."), buttons=[
            messages.button(reverse("question", args=[question.uid]), _t("Bekijk"))
        ])  # fmt: skip
    elif decision == "weigeren":
        actions.refuse_question(**common, reason=form.cleaned_data["reason"])
        messages.success(request, _t("De vraag staat niet op de site. De vrager leest waarom."))
    elif decision == "berichten":
        actions.inform_asker(**common, message=form.cleaned_data["message"], due=form.cleaned_data["due"])
        messages.success(request, _t("De vrager leest uw bericht met de volgcode."))
    else:
        actions.mask_question(**common, masks=form.masks(), region_only=form.cleaned_data["region_only"])
        messages.success(request, _t("De openbare tekst is aangepast."))


def _context(question: Question, forms: dict[str, Form], preview: Question | None = None) -> dict[str, Any]:
    return {
        "page_title": _t("Vraag beoordelen") if question.status == Status.WAITING else _t("Vraag"),
        "header_icon": "help",
        "header_title": _t("Vraag"),
        "question": question,
        "history_address": reverse("vragen:history", args=[question.uid]),
        "needs": help.needs(question.text),
        "forms": forms,
        "publish": forms.get("publiceren"),
        "refuse": forms.get("weigeren"),
        "mask": forms.get("maskeren"),
        "inform": forms.get("berichten"),
        "preview": preview,
        "changes": question.changes.all(),
        **answering.said_of(question),
    }


question_desk = QuestionDesk()
