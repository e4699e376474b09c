"""Follow codes: how an asker without an account comes back.

The code is worked out from the secret in the asker's own form, so that sending
the same form twice shows the same code instead of losing it. Only a slow hash
of the code is stored: who reads the database cannot follow anyone.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets

from django.conf import settings

# Crockford's letters: no I, L, O or U to confuse with digits or each other.
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_RFC_TO_OURS = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", _LETTERS)
_READ_AS = str.maketrans("ILOU", "110V")


def new_submission() -> str:
    """A fresh secret for one form."""
    return secrets.token_urlsafe(24)


def is_submission(text: str) -> bool:
    """Whether this can be a secret we gave out."""
    return re.fullmatch(r"[\w-]{32}", text) is not None


def submission_hash(submission: str) -> str:
    """What is stored of a form's secret: enough to know it came before."""
    return hashlib.sha256(submission.encode()).hexdigest()


def code_for(submission: str) -> str:
    """The follow code of one form: twelve letters and digits (60 bits) in three groups."""
    digest = hmac.new(settings.SECRET_KEY.encode(), b"volgcode|" + submission.encode(), hashlib.sha256).digest()
    letters = base64.b32encode(digest).decode().translate(_RFC_TO_OURS)[:12]
    return "-".join(letters[n : n + 4] for n in (0, 4, 8))


def plain_code(typed: str) -> str:
    """The code as it was meant: capitals, without spaces and hyphens, O read as 0 and I as 1."""
    return re.sub(r"[^0-9A-Z]", "", typed.upper()).translate(_READ_AS)[:40]


def code_hash(typed: str) -> str:
    """What is stored of a code: scrypt with a fixed salt, for a code must be found by itself alone.

    One guess costs 16 MB and some 50 ms, also for who holds a copy of the database.
    """
    plain = plain_code(typed).encode()
    return hashlib.scrypt(plain, salt=b"werkplaats volgcode", n=2**14, r=8, p=1, dklen=32).hex()
