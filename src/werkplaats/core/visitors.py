"""Which visitor this is, for limits only: never stored as it is."""

from __future__ import annotations

from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest


def visitor(request: HttpRequest) -> str:
    """The network address behind our own proxies; of IPv6 the /64, for one household holds a whole one."""
    address = request.META.get("REMOTE_ADDR", "")
    if settings.TRUSTED_PROXIES:
        chain = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
        if len(chain) >= settings.TRUSTED_PROXIES:
            address = chain[-settings.TRUSTED_PROXIES]
    try:
        found = ip_address(address)
    except ValueError:
        return "onbekend"
    return str(ip_network(f"{found}/64", strict=False)) if found.version == 6 else str(found)
