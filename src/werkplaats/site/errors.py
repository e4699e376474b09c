"""What goes wrong, told politely, with a way on."""

from __future__ import annotations

import errno
import sys
from math import ceil
from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _t

# Fields in which people type, whatever the prefix of their form.
_TYPED = frozenset(
    "text municipality reason message others words note code name phone orcid seeks brings brand region group_word "
    "own_themes studies former former_names announced actual goals description synonyms lectorate funder earmark "
    "email seat source login what kvk said next_step story goal brought notice sentence about decided "
    "term other_words meaning more origin places english english_meaning tagline does reached postal visit responsible "
    "host".split()
)
# How long until mail is worth another try.
_MAIL_AGAIN_SECONDS = 120
# How long a database or a disk is away, as a rule.
_AWAY_SECONDS = 60


def _typed(request: HttpRequest) -> list[str]:
    """What was typed in the form that came, without passwords, ticked boxes and what the page itself sent along."""
    return [value for name, value in request.POST.items() if name.rpartition("-")[2] in _TYPED and value.strip()]


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """No such page."""
    return render(request, "site/errors/404.html", status=404)


def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """Not for you."""
    return render(request, "site/errors/403.html", status=403)


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """The question makes no sense to the server."""
    words = {"title": _t("Deze aanvraag begrijpen we niet"), "text": _t("Ga terug en probeer het opnieuw.")}
    return HttpResponse(render_to_string("site/errors/plain.html", words), status=400)


def broken(request: HttpRequest) -> HttpResponse:
    """Our fault; drawn without the database, which may be what is broken."""
    if _will_pass(sys.exc_info()[1]):
        return _away(request)
    words = {
        "title": _t("Er ging iets mis bij ons"),
        "text": _t(
            "Het is niet zeker of uw laatste stap is bewaard. "
            "Kijk dat na voordat u het over een paar minuten opnieuw doet."
        ),
    }
    return HttpResponse(render_to_string("site/errors/plain.html", words), status=500)


def _will_pass(error: BaseException | None) -> bool:
    """Whether this is the database that is away or a disk that is full, and not a mistake of ours."""
    if isinstance(error, (OperationalError, InterfaceError)):
        return True
    return isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def _away(request: HttpRequest) -> HttpResponse:
    """503 with the words that were typed: nothing was kept, or it is not certain; soon it goes again by itself."""
    words: dict[str, Any] = {
        "title": _t("Even geduld: wij kunnen er nu niet bij"),
        "text": _t("Er is een storing bij ons. Probeer het over een minuut opnieuw; u hoeft verder niets te doen."),
    }
    if request.method == "POST":
        words["typed"] = _typed(request)
        words["text"] = _t(
            "Er is een storing bij ons. Het is niet zeker of uw laatste stap is bewaard. Laat deze pagina open, en "
            "kijk over een minuut na of u het opnieuw moet doen."
        )
    response = HttpResponse(render_to_string("site/errors/plain.html", words), status=503)
    response.headers["Retry-After"] = str(_AWAY_SECONDS)
    return response


def form_was_open_too_long(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's key no longer fits (open overnight, cookies cleared): keep the words and offer to send again."""
    context = {"typed": _typed(request), "back": request.path}
    return render(request, "site/errors/open_too_long.html", context, status=403)


def signed_out_while_typing(request: HttpRequest) -> HttpResponse:
    """The session ended while someone worked: show the words, ask to sign in again."""
    context = {"typed": _typed(request), "back": request.path, "signed_out": True}
    return render(request, "site/errors/open_too_long.html", context, status=403)


def too_many(request: HttpRequest, retry_after: int, *, other_way: bool = False) -> HttpResponse:
    """The limit was reached: 429 with Retry-After in seconds. ``other_way``: a mailed link would still do."""
    minutes = max(1, ceil(retry_after / 60))
    context = {"minutes": minutes, "typed": _typed(request), "other_way": other_way}
    response = render(request, "site/errors/429.html", context, status=429)
    response.headers["Retry-After"] = str(retry_after)
    return response


def mail_is_away(request: HttpRequest) -> HttpResponse:
    """The mail server takes nothing now: 503, whoever asked. Nothing was sent and nothing is kept."""
    response = render(request, "site/errors/mail_is_away.html", {"typed": _typed(request)}, status=503)
    response.headers["Retry-After"] = str(_MAIL_AGAIN_SECONDS)
    return response
