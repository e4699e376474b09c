"""Mail about signing in, so that the answer does not tell for whom there is an account.

Whether mail can leave at all is looked at before answering, for every address alike. For whom it is, is looked up
once the answer is on its way; then it is put with the mail that waits.
"""

from __future__ import annotations

from collections.abc import Callable

from allauth.core import context
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from werkplaats.core import outbox
from werkplaats.core.afterwards import once_sent


def is_away() -> bool:
    """Whether mail does not leave now, as is known already: asking the server would make everyone wait."""
    return outbox.is_stuck()


def mail_after(response: HttpResponse, request: HttpRequest, send: Callable[[], None]) -> None:
    """Call ``send`` once the answer is on its way, in the language of the page and as part of this request."""
    language = translation.get_language()

    def mail() -> None:
        with translation.override(language), context.request_context(request):
            send()

    once_sent(response, mail)
