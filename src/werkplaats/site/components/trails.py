"""From a record to the trail it stands in."""

from dataclasses import dataclass

from werkplaats.core.components import component

_UID = "vraag-01JD2Q7ZK8X4M5N6P7R8S9T0V1"


@component(
    "trail_link",
    "site/components/trail_link.html",
    examples=(
        ("Bij een vraag, project of publicatie", {"uid": _UID}),
        ("Bij wat van alles omvat: een werkplaats, gemeente of thema", {"uid": _UID, "hub": True}),
    ),
)
@dataclass(frozen=True)
class TrailLink:
    """The way from the page of a record (its uid) to its trail; ``hub``: it is no step, but much hangs on it."""

    uid: str
    hub: bool = False
