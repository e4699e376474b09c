"""Addresses that stand before the desk's own: signing in happens at one place only, and what has no use yet is shut."""

from typing import Any, NoReturn

from allauth.account.views import logout
from django.http import Http404, HttpRequest
from django.urls import path, re_path
from django.views.generic import RedirectView

# Parts of the library without use here; accounts are made and kept by our own actions. Of what is not shut here, the
# gate opens address by address (``gate.OPEN``).
_UNUSED = (
    "users|groups|collections|workflows|tasks|reports|locales|bulk|tags|usage|tag-autocomplete|api|test404|failwhale"
)


def shut(request: HttpRequest, **_rest: Any) -> NoReturn:
    """Not in use."""
    raise Http404


urlpatterns = [
    path("login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    path("logout/", logout),
    re_path(r"^password_reset/.*$", RedirectView.as_view(pattern_name="account_reset_password")),
    # One at a time: files that came without their words would be kept as they came.
    path("images/multiple/add/", RedirectView.as_view(pattern_name="wagtailimages:add")),
    path("documents/multiple/add/", RedirectView.as_view(pattern_name="wagtaildocs:add")),
    path("account/", RedirectView.as_view(pattern_name="mine-details")),
    re_path(rf"^(?:{_UNUSED})/", shut),
]
