"""Mail that belongs to a story, not to one page. It is kept in the transaction of the write, and leaves after it."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string

from werkplaats.network.models import Check
from werkplaats.people.models import Account, Invitation


def send_invitation(*, invitation: Invitation, scope: str, address: str, by: Account) -> None:
    """Mail an invitation with its link (``address``)."""
    context = {
        "invitation": invitation,
        "scope": scope,
        "address": address,
        "sender": by,
        "site_name": settings.SITE_NAME,
    }
    subject = " ".join(render_to_string("site/mail/invitation_subject.txt", context).split())
    body = render_to_string("site/mail/invitation_message.txt", context)
    _send(EmailMessage(subject, body, to=[invitation.email], reply_to=[by.email]), invitation.uid)


def send_check(*, check: Check, address: str, by: Account) -> None:
    """Mail a contact person the link (``address``) to what we know of them."""
    context = {"check": check, "address": address, "sender": by, "site_name": settings.SITE_NAME}
    subject = " ".join(render_to_string("site/mail/check_subject.txt", context).split())
    body = render_to_string("site/mail/check_message.txt", context)
    _send(EmailMessage(subject, body, to=[check.function.person.email], reply_to=[by.email]), check.uid)


def _send(message: EmailMessage, about: str) -> None:
    message.about = about
    message.send()
