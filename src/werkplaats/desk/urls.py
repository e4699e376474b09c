"""Addresses that stand before the desk's own: signing in happens at one place only, and what has no use yet is shut."""

from typing import Any, NoReturn

from django.http import Http404, HttpRequest
from django.urls import path, re_path
from django.views.generic import RedirectView

# Parts of the library that come with later rooms; accounts are made and kept by our own actions.
_LATER = "pages|users|groups|images|documents|collections|workflows|tasks|reports|locales|bulk|tags|usage"
# What serves those parts: the library asks only whether someone works at the desk, and then shows everyone's pages,
# images, documents and tags. Open one only together with the part that needs it, and scoped.
_SERVING = "api|choose-[a-z]+(?:-link)?|tag-autocomplete|editing-sessions|block-preview"
# For those who build the library.
_TRYING = "test404|failwhale"


def shut(request: HttpRequest, **_rest: Any) -> NoReturn:
    """Not in use."""
    raise Http404


urlpatterns = [
    path("login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    re_path(r"^password_reset/.*$", RedirectView.as_view(pattern_name="account_reset_password")),
    path("account/", RedirectView.as_view(pattern_name="mine-details")),
    re_path(rf"^(?:{_LATER}|{_SERVING}|{_TRYING})/", shut),
]
