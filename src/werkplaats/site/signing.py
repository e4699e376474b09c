"""Signing in by password or mailed link. There is no open registration: a werkplaats invites."""

from __future__ import annotations

from typing import Any, ClassVar
from urllib.parse import urlencode

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.views import LoginView
from django import forms
from django.conf import settings
from django.contrib.auth import login as sign_in
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from sesame.utils import get_token, get_user

from werkplaats.core import limits
from werkplaats.core.visitors import visitor
from werkplaats.people.models import Account
from werkplaats.people.rules import can_enter_desk
from werkplaats.site.errors import forbidden, too_many

MAILS = limits.Limit("inloglink", most=5, seconds=900)


class Adapter(DefaultAccountAdapter):
    """What differs from the library: closed registration, our own mail, the account's own language."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("Dit e-mailadres en wachtwoord horen niet bij elkaar. Probeer het opnieuw."),
        "too_many_login_attempts": _(
            "U heeft het te vaak geprobeerd. Wacht een paar minuten en probeer het dan opnieuw."
        ),
        "invalid_password_reset": _("Deze link is niet meer geldig. Vraag een nieuwe aan."),
        "incorrect_password": _("Dit wachtwoord klopt niet."),
        "enter_current_password": _("Typ eerst uw huidige wachtwoord."),
        "account_inactive": _("Dit account is geblokkeerd. Vraag uw coördinator waarom."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def render_mail(self, template_prefix: str, email: Any, context: dict[str, Any], headers: Any = None) -> Any:
        own = template_prefix.replace("account/email/", "site/mail/")
        context = {**context, "site_name": settings.SITE_NAME}
        user = context.get("user")
        with translation.override(user.language if user else translation.get_language()):
            return super().render_mail(own, email, context, headers)

    def get_client_ip(self, request: HttpRequest) -> str:
        """Who this is for the library's own limits: a keyed hash, so that no address is stored with them."""
        return limits.fingerprint(visitor(request))

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("mine")

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        with translation.override(request.user.language):
            return reverse("mine")


class LinkForm(forms.Form):
    """Where to mail a link to sign in."""

    email = forms.EmailField(label=_("E-mailadres"), widget=forms.EmailInput(attrs={"autocomplete": "email"}))


class _Login(LoginView):
    """The library's, with the mailed link beside it."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        # Signed in, but sent here by the desk: signing in again would lead back there, and here again.
        if request.user.is_authenticated and _next(request).startswith("/beheer/") and not can_enter_desk(request.user):
            return forbidden(request)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "link_form": LinkForm(prefix="link"), "next": _next(self.request)}


login = _Login.as_view()


def _next(request: HttpRequest) -> str:
    """Where to go after signing in: an address of this site, or nowhere in particular."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    return wanted if url_has_allowed_host_and_scheme(wanted, {request.get_host()}) else ""


@never_cache
def mail_link(request: HttpRequest) -> HttpResponse:
    """Mail a link that signs in once, within a quarter of an hour; says the same whether the address is known."""
    if request.method != "POST":
        return redirect("account_login")
    form = LinkForm(request.POST, prefix="link")
    if not form.is_valid():
        context = {"form": None, "link_form": form, "next": _next(request)}
        return render(request, "account/login.html", context)
    try:
        limits.count(MAILS, visitor(request))
    except limits.TooMany as error:
        return too_many(request, error.retry_after)
    email = form.cleaned_data["email"]
    account = Account.objects.filter(email__iexact=email, is_active=True).first()
    if account:
        query = urlencode({"sleutel": get_token(account), "next": _next(request)})
        url = request.build_absolute_uri(f"{reverse('login-by-link')}?{query}")
        Adapter(request).send_mail("site/mail/login_link", account.email, {"user": account, "url": url})
    return render(request, "site/signing/link_sent.html", {"email": email})


@never_cache
@sensitive_post_parameters("sleutel")
def by_link(request: HttpRequest) -> HttpResponse:
    """The page behind the mailed link: a button, since mail scanners open links but press nothing."""
    token = request.POST.get("sleutel") or request.GET.get("sleutel", "")
    if request.method != "POST":
        return render(request, "site/signing/by_link.html", {"token": token, "next": _next(request)})
    account = get_user(token)
    if account is None:
        return render(request, "site/signing/link_expired.html", status=403)
    sign_in(request, account, backend="sesame.backends.ModelBackend")
    return redirect(_next(request) or Adapter(request).get_login_redirect_url(request))


def no_signup(request: HttpRequest) -> HttpResponse:
    """How to get an account."""
    return render(request, "site/signing/no_signup.html")


def to_details(request: HttpRequest) -> HttpResponse:
    """Addresses are kept with the other details."""
    return redirect("mine-details")
