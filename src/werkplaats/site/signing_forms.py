"""The library's forms in our own words: labels that say what to type, no placeholders that repeat them."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as allauth
from django.utils.translation import gettext_lazy as _

_LABELS = {
    "login": _("E-mailadres"),
    "email": _("E-mailadres"),
    "password": _("Wachtwoord"),
    "oldpassword": _("Uw huidige wachtwoord"),
    "password1": _("Nieuw wachtwoord"),
    "password2": _("Nieuw wachtwoord, nog een keer"),
}


class _OwnWords:
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():  # type: ignore[attr-defined]
            field.label = _LABELS.get(name, field.label)
            field.help_text = ""
            field.widget.attrs.pop("placeholder", None)

    def clean(self) -> Any:
        """Two passwords that differ are told apart in our own words."""
        cleaned = super().clean()  # type: ignore[misc]
        first, second = self.cleaned_data.get("password1"), self.data.get("password2")  # type: ignore[attr-defined]
        if first and second and first != second:
            self.errors.pop("password2", None)  # type: ignore[attr-defined]
            self.add_error("password2", _("Dit is niet twee keer hetzelfde wachtwoord."))  # type: ignore[attr-defined]
        return cleaned


class Login(_OwnWords, allauth.LoginForm):
    """Address and password."""


class ResetPassword(_OwnWords, allauth.ResetPasswordForm):
    """Where to mail the link."""


class NewPassword(_OwnWords, allauth.ResetPasswordKeyForm):
    """A new password behind the mailed link."""


class ChangePassword(_OwnWords, allauth.ChangePasswordForm):
    """Another password."""


class SetPassword(_OwnWords, allauth.SetPasswordForm):
    """A first password."""


class Again(_OwnWords, allauth.ReauthenticateForm):
    """The password once more, before something that matters."""
