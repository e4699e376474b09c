"""Mail about signing in, so that the answer does not tell for whom there is an account.

Whether mail can leave at all is looked at before answering, for every address alike. For whom it is, is looked up
once the answer is on its way.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from smtplib import SMTPException

from allauth.core import context
from django.core.mail import get_connection
from django.core.mail.backends.smtp import EmailBackend
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from werkplaats.core.afterwards import once_sent

_log = logging.getLogger(__name__)
_PATIENCE_SECONDS = 5


def is_away() -> bool:
    """Whether the mail server takes nothing now."""
    connection = get_connection(timeout=_PATIENCE_SECONDS)
    if not isinstance(connection, EmailBackend):
        return False
    try:
        connection.open()
        return False
    except (OSError, SMTPException) as error:
        _log.error("De mailserver antwoordt niet: %s", type(error).__name__)
        return True
    finally:
        connection.close()


def mail_after(response: HttpResponse, request: HttpRequest, send: Callable[[], None]) -> None:
    """Call ``send`` once the answer is on its way, in the language of the page and as part of this request."""
    language = translation.get_language()

    def mail() -> None:
        with translation.override(language), context.request_context(request):
            send()

    once_sent(response, mail)
