"""Signing in by password or mailed link. There is no open registration: a werkplaats invites."""

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar
from urllib.parse import urlencode

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as current
from django import forms
from django.conf import settings
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
from werkplaats.core.actors import VISITOR
from werkplaats.core.visitors import visitor
from werkplaats.people import actions
from werkplaats.people.models import Account
from werkplaats.site import mailing, sessions
from werkplaats.site.errors import mail_is_away

# Per visitor, and per address for which mail is asked: no mailbox is flooded from many sides.
LINKS = limits.Limit("inloglink", most=5, seconds=900)
MAILS = limits.Limit("mail aan adres", most=10, seconds=900)
TOKENS = limits.Limit("link openen", most=20, seconds=900)
_LINK_MAIL = "site/mail/login_link"
_UNKNOWN = limits.Limit("onbekend adres", most=10**9, seconds=900)


class Adapter(DefaultAccountAdapter):
    """What differs from the library: closed registration, our own mail, the account's own language, our logbook."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("Dit e-mailadres en wachtwoord horen niet bij elkaar. Probeer het opnieuw."),
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
            message = super().render_mail(own, email, context, headers)
        if own == _LINK_MAIL:
            # Of no use once the link no longer works.
            message.useful = settings.SESAME_MAX_AGE
        return message

    def get_client_ip(self, request: HttpRequest) -> str:
        """Who this is, should the library ask: a keyed hash, so that it stores no address."""
        return limits.fingerprint(visitor(request))

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("mine")

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        with translation.override(request.user.language):
            return reverse("mine")

    def login(self, request: HttpRequest, user: Account) -> None:
        """Sign in, whichever way that was earned."""
        super().login(request, user)
        sessions.begin(request)
        how = "link" if user.backend.startswith("sesame.") else "wachtwoord"
        actions.note_sign_in(account=user, how=how, by=user)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """A wrong password. For an address that nobody has as much is written: the time it takes says nothing."""
        account = Account.objects.filter(email__iexact=credentials.get("email", "")).first()
        if account:
            by = request.user if request.user.is_authenticated else VISITOR
            actions.note_failed_sign_in(account=account, by=by)
        else:
            limits.count(_UNKNOWN, visitor(request))

    def logout(self, request: HttpRequest) -> None:
        """Sign out here."""
        account = request.user
        super().logout(request)
        if account.is_authenticated:
            actions.note_sign_out(account=account, by=account)

    def set_password(self, user: Account, password: str) -> None:
        """Another password, which ends the sessions elsewhere; here it goes on."""
        request = current.request
        here = request.session.session_key if request.user == user else None
        actions.change_password(account=user, password=password, keep=here or "", by=user)


class LinkForm(forms.Form):
    """Where to mail a link to sign in."""

    email = forms.EmailField(label=_("E-mailadres"), widget=forms.EmailInput(attrs={"autocomplete": "email"}))


def next_address(request: HttpRequest) -> str:
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
        context = {"form": None, "link_form": form, "next": next_address(request)}
        return render(request, "account/login.html", context)
    email = form.cleaned_data["email"]
    limits.count(LINKS, visitor(request))
    limits.count(MAILS, limits.mailbox(email))
    if mailing.is_away():
        return mail_is_away(request)
    response = render(request, "site/signing/link_sent.html", {"email": email})
    mailing.mail_after(response, request, partial(_send_link, request, email))
    return response


def _send_link(request: HttpRequest, email: str) -> None:
    account = Account.objects.filter(email__iexact=email, is_active=True).select_related("person").first()
    if account:
        query = urlencode({"sleutel": get_token(account), "next": next_address(request)})
        url = request.build_absolute_uri(f"{reverse('login-by-link')}?{query}")
        Adapter(request).send_mail(_LINK_MAIL, account.email, {"user": account, "url": url})


@never_cache
@sensitive_post_parameters("sleutel")
def by_link(request: HttpRequest) -> HttpResponse:
    """The page behind the mailed link: a button, since mail scanners open links but press nothing."""
    token = request.POST.get("sleutel") or request.GET.get("sleutel", "")
    if request.method != "POST":
        return render(request, "site/signing/by_link.html", {"token": token, "next": next_address(request)})
    limits.count(TOKENS, visitor(request))
    account = get_user(token)
    if account is None:
        return render(request, "site/signing/link_expired.html", status=403)
    limits.give_back(TOKENS, visitor(request))
    adapter = Adapter(request)
    adapter.login(request, account)
    return redirect(next_address(request) or adapter.get_login_redirect_url(request))


def no_signup(request: HttpRequest) -> HttpResponse:
    """How to get an account."""
    return render(request, "site/signing/no_signup.html")


def to_details(request: HttpRequest) -> HttpResponse:
    """Addresses are kept with the other details."""
    return redirect("mine-details")
