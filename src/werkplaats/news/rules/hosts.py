"""What may be the host name of a werkplaats."""

from __future__ import annotations

import re
from collections.abc import Iterable

_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_HOST = re.compile(rf"(?:{_LABEL}\.)+[a-z](?:[a-z0-9-]{{0,61}}[a-z0-9])")


def bare(text: str) -> str:
    """The name in what people type or paste: without https://, path, port and capitals."""
    return re.sub(r"^[a-z]+://", "", text.strip().lower()).partition("/")[0].partition(":")[0].removesuffix(".")


def is_host(name: str) -> bool:
    """Whether this is a whole name of a host: letters, digits and hyphens, with a dot, and no number of a machine."""
    return len(name) <= 120 and bool(_HOST.fullmatch(name))


def is_of_the_house(name: str, own: Iterable[str]) -> bool:
    """Whether the installation itself answers to this name, written as Django's ALLOWED_HOSTS are."""
    return any(one == "*" or name == one or (one.startswith(".") and f".{name}".endswith(one)) for one in own)
