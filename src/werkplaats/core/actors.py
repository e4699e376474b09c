"""Who acts. Actions take ``by``; the logbook keeps only the actor's uid as text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


class Actor(Protocol):
    """Anything with a uid: an account, a visitor without one, the system."""

    @property
    def uid(self) -> str: ...


@dataclass(frozen=True)
class Named:
    """An actor that is no account."""

    uid: str


VISITOR = Named("bezoeker")
SYSTEM = Named("systeem")


@dataclass(frozen=True)
class Viewer:
    """What someone may see in the hall: see ``EntryQuerySet.visible_to``.

    ``network``: belongs to the network; ``werkplaatsen``: uids of the own ones.
    """

    network: bool = False
    werkplaatsen: frozenset[str] = frozenset()


ANYONE = Viewer()
