"""Everything with a password: the library's own pages, with the limits of the house.

Each is counted before it is looked at, and given back when it was right. The library's own limits are off
(``ACCOUNT_RATE_LIMITS``): they answer 200 with a sentence, without saying when one may try again.
"""

from __future__ import annotations

from typing import Any

from allauth.account import views as library
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from werkplaats.core import limits
from werkplaats.core.visitors import visitor
from werkplaats.people.rules import can_enter_desk
from werkplaats.site import mailing
from werkplaats.site.errors import forbidden, mail_is_away, too_many
from werkplaats.site.signing import MAILS, LinkForm, next_address

Counted = list[tuple[limits.Limit, str]]

GUESSING = limits.Limit("inloggen", most=30, seconds=900)
# Also for addresses that nobody has, so that it says nothing. The mailed link goes on: that is counted apart.
GUESSING_ONE = limits.Limit("inloggen als", most=10, seconds=900)
# By who is signed in already, or who says so.
CONFIRMING = limits.Limit("wachtwoord", most=10, seconds=900)
RESETTING = limits.Limit("wachtwoord vergeten", most=5, seconds=900)
KEYS = limits.Limit("wachtwoordlink openen", most=20, seconds=900)


class _Counted:
    """A form that is counted each time it is sent, and given back when it was right."""

    def counted(self, request: HttpRequest) -> Counted:
        """What this counts for, and whose."""
        return [(CONFIRMING, request.user.uid)]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """As the library does, within the limits."""
        counted = self.counted(request)
        for limit, who in counted:
            limits.count(limit, who)
        response = super().post(request, *args, **kwargs)  # type: ignore[misc]
        if response.status_code == 302:
            for limit, who in counted:
                limits.give_back(limit, who)
        return response


class _Login(_Counted, library.LoginView):
    """With the mailed link beside it."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        # Signed in, but sent here by the desk: signing in again would lead back there, and here again.
        lost = request.user.is_authenticated and not can_enter_desk(request.user)
        if lost and next_address(request).startswith("/beheer/"):
            return forbidden(request)
        return super().dispatch(request, *args, **kwargs)

    def counted(self, request: HttpRequest) -> Counted:
        if not request.POST.get("password"):
            return []
        return [(GUESSING, visitor(request)), (GUESSING_ONE, limits.mailbox(request.POST.get("login", "")))]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().post(request, *args, **kwargs)
        except limits.TooMany as error:
            return too_many(request, error.retry_after, other_way=True)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = {"link_form": LinkForm(prefix="link"), "next": next_address(self.request)}
        return {**super().get_context_data(**kwargs), **own}


class _Reset(library.PasswordResetView):
    """Mail a link to choose a new password; says and does the same whether the address is known."""

    asked: Any = None

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().post(request, *args, **kwargs)
        if self.asked:
            mailing.mail_after(response, request, lambda: self.asked.save(request))
        return response

    def form_valid(self, form: Any) -> HttpResponse:
        limits.count(RESETTING, visitor(self.request))
        limits.count(MAILS, limits.mailbox(form.cleaned_data["email"]))
        if mailing.is_away():
            return mail_is_away(self.request)
        self.asked = form
        # Past the library's own, which mails before it answers.
        return super(library.PasswordResetView, self).form_valid(form)


class _FromKey(library.PasswordResetFromKeyView):
    """The page behind the mailed link. Its key stands in the address, so looking is trying too."""

    reset_user: Any = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        limits.count(KEYS, visitor(request))
        response = super().dispatch(request, *args, **kwargs)
        if self.reset_user or response.status_code == 302:
            limits.give_back(KEYS, visitor(request))
        return response


class _Change(_Counted, library.PasswordChangeView):
    pass


class _Set(_Counted, library.PasswordSetView):
    pass


class _Again(_Counted, library.ReauthenticateView):
    pass


login = _Login.as_view()
reset = _Reset.as_view()
reset_done = never_cache(library.password_reset_done)
reset_from_key = never_cache(_FromKey.as_view())
reset_from_key_done = never_cache(library.password_reset_from_key_done)
change = _Change.as_view()
set_first = _Set.as_view()
confirm = _Again.as_view()
