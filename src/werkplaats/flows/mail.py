"""Mail that belongs to a story, not to one page."""

from __future__ import annotations

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string

from werkplaats.network.models import Check
from werkplaats.people.models import Account, Invitation

_log = logging.getLogger(__name__)


def send_invitation(*, invitation: Invitation, scope: str, address: str, by: Account) -> bool:
    """Mail an invitation with its link (``address``); whether the mail went away.

    Sent after the invitation is safe: when it does not go away, it can be sent again.
    """
    context = {
        "invitation": invitation,
        "scope": scope,
        "address": address,
        "sender": by,
        "site_name": settings.SITE_NAME,
    }
    subject = " ".join(render_to_string("site/mail/invitation_subject.txt", context).split())
    body = render_to_string("site/mail/invitation_message.txt", context)
    return _sent(EmailMessage(subject, body, to=[invitation.email], reply_to=[by.email]), invitation.uid)


def send_check(*, check: Check, address: str, by: Account) -> bool:
    """Mail a contact person the link (``address``) to what we know of them; whether the mail went away."""
    context = {"check": check, "address": address, "sender": by, "site_name": settings.SITE_NAME}
    subject = " ".join(render_to_string("site/mail/check_subject.txt", context).split())
    body = render_to_string("site/mail/check_message.txt", context)
    return _sent(EmailMessage(subject, body, to=[check.function.person.email], reply_to=[by.email]), check.uid)


def _sent(message: EmailMessage, uid: str) -> bool:
    try:
        message.send()
    except (OSError, SMTPException) as error:
        _log.error("%s not mailed: %s", uid, type(error).__name__)
        return False
    return True
