"""Finding publications."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Any, Self

from django.db import models
from django.db.models import Q

from werkplaats.core.actors import Viewer
from werkplaats.core.models import Visibility
from werkplaats.library.rules import State, edited_by
from werkplaats.people.rules import RoleKind, has_role, scopes_of

_SIGNS = re.compile(r"[^\w]+")


def plain_title(title: str) -> str:
    """A title without accents, signs and capitals: two of the same are the same title."""
    bare = "".join(one for one in unicodedata.normalize("NFKD", title) if not unicodedata.combining(one))
    return _SIGNS.sub(" ", bare.casefold()).strip()[:300]


class PublicationQuerySet(models.QuerySet):
    """Publications: for the site, for the desk."""

    def published(self) -> Self:
        """On the site now, for who may see them."""
        return self.filter(state=State.PUBLISHED)

    def visible_to(self, viewer: Viewer) -> Self:
        """Those that this viewer may see: as ``EntryQuerySet.visible_to`` says of entries."""
        allowed = Q(visibility=Visibility.PUBLIC)
        if viewer.network:
            allowed |= Q(visibility=Visibility.NETWORK)
        if viewer.werkplaatsen:
            own = self.model._default_manager.filter(werkplaatsen__uid__in=viewer.werkplaatsen)
            allowed |= Q(visibility=Visibility.WERKPLAATS, pk__in=own.values("pk"))
        return self.filter(allowed)

    def for_desk_of(self, account: Any) -> Self:
        """Those this account may see at the desk: of the own werkplaatsen, of the own organisation, all nationally."""
        if has_role(account, RoleKind.NATIONAL_EDITOR):
            return self.all()
        known = self.model._default_manager
        own = known.filter(werkplaatsen__uid__in=edited_by(account)).values("pk")
        partner = scopes_of(account, RoleKind.PARTNER_EDITOR)
        from_partner = known.filter(organisations__uid__in=partner).values("pk")
        return self.filter(Q(pk__in=own) | Q(pk__in=from_partner))

    def waiting(self) -> Self:
        """Put forward and not read yet, longest waiting first."""
        return self.exclude(put_forward_at=None).order_by("put_forward_at", "pk")

    def alike(self, title: str, year: int | None, numbers: Iterable[tuple[str, str]]) -> list[Any]:
        """Those that may be the same: with one of these numbers, or of this title and (when known) this year."""
        same = Q(pk__in=[])
        if plain := plain_title(title):
            same = Q(plain_title=plain)
            if year:
                same &= Q(issued_on=None) | Q(issued_on__year=year)
        known = self.model._default_manager
        for scheme, value in numbers:
            # The number of a series or journal is that of many.
            if scheme != "issn":
                same |= Q(pk__in=known.filter(numbers__scheme=scheme, numbers__value=value).values("pk"))
        return list(self.filter(same)[:6])
