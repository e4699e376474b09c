"""Finding organisations."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Self

from django.db import models

from werkplaats.core import clock, registry
from werkplaats.core.dates import Precision
from werkplaats.network.queries.likeness import plain_name
from werkplaats.network.rules import COMING_IN, CONFIRMED_DAYS, PUBLIC_STAGES, Status

if TYPE_CHECKING:
    pass


class OrganisationQuerySet(models.QuerySet):
    """Organisations, whether they log in or not."""

    def named(self, text: str) -> list[Any]:
        """Of this name, in either case; without one, those that went by it before, or that have it in their name."""
        same = list(self.filter(name__iexact=text)[:6])
        former = same or list(self.filter(known_as__contains=f"\n{text.lower()}\n")[:6])
        return former or list(self.holding(text)[:6])

    def holding(self, text: str) -> Self:
        """With the text in a name, of now or before, in either case and without accents."""
        bare = plain_name(text) or text.lower()
        return self.filter(models.Q(known_as__contains=text.lower()) | models.Q(known_as__contains=bare))

    def taking_part(self, stages: Iterable[str] = PUBLIC_STAGES, *, werkplaatsen: Iterable[str] | None = None) -> Self:
        """That take part today in one of these stages, or lead; only in these werkplaatsen (uids) when given."""
        today = clock.today()
        inside = models.Q()
        for tie in ("partnerships", "leads"):
            stays = models.Q(**{f"{tie}__valid_to": None}) | models.Q(**{f"{tie}__valid_to__gt": today})
            begun: dict[str, Any] = {f"{tie}__valid_from__lte": today}
            if werkplaatsen is not None:
                begun[f"{tie}__werkplaats__uid__in"] = list(werkplaatsen)
            if tie == "partnerships":
                # Named, not excluded: of a negation over many rows the database asks that none of them is so.
                begun["partnerships__stage__in"] = list(stages)
            inside |= stays & models.Q(**begun)
        return self.filter(inside).distinct()

    def worked_with(self, werkplaatsen: Iterable[str]) -> Self:
        """With whom these werkplaatsen (uids) work: whom they hold, and who talks with them only.

        Approaching an organisation is not enough: it may be the partner of another region already.
        """
        own, known = list(werkplaatsen), self.model._default_manager
        held = known.held_by(own).values("pk")
        elsewhere = known.tied_beside(own).values("pk")
        talking = known.taking_part(COMING_IN, werkplaatsen=own).exclude(pk__in=elsewhere).values("pk")
        return self.filter(models.Q(pk__in=held) | models.Q(pk__in=talking))

    def held_by(self, werkplaatsen: Iterable[str]) -> Self:
        """That lead these werkplaatsen (uids) today, or signed with them: not by the word of these alone."""
        own = list(werkplaatsen)
        signed = self._ties("partnerships").holding().filter(werkplaats__uid__in=own)
        return self.filter(models.Q(pk__in=signed.values("organisation")) | self._leading(own))

    def shared_with(self, werkplaatsen: Iterable[str]) -> Self:
        """Of which others let these werkplaatsen (uids) see whom they know there. Being first is not enough."""
        own = list(werkplaatsen)
        shared = self._ties("partnerships").public().filter(werkplaats__uid__in=own, shared_at__isnull=False)
        return self.filter(models.Q(pk__in=shared.values("organisation")) | self._leading(own))

    def _ties(self, name: str) -> Any:
        return self.model._meta.get_field(name).related_model._default_manager

    def _leading(self, werkplaatsen: list[str]) -> models.Q:
        """Who leads is written down by the national desk."""
        leads = self._ties("leads").current().filter(werkplaats__uid__in=werkplaatsen)
        return models.Q(pk__in=leads.values("organisation"))

    def tied_beside(self, werkplaatsen: Iterable[str]) -> Self:
        """That take part in, talk with or lead another werkplaats than these (uids) today."""
        found = models.Q()
        for tie in ("partnerships", "leads"):
            rows = self._ties(tie).current()
            if tie == "partnerships":
                rows = rows.filter(stage__in=COMING_IN | PUBLIC_STAGES)
            beside = rows.exclude(werkplaats__uid__in=list(werkplaatsen))
            found |= models.Q(pk__in=beside.values("organisation"))
        return self.filter(found)

    def kept_by(self, werkplaatsen: Iterable[str]) -> Self:
        """Whose data these werkplaatsen (uids) keep: of whom they work with, and of who is with nobody.

        What was once the partner of another is not free, unless it talks with these now.
        """
        own = self.model._default_manager.worked_with(werkplaatsen).values("pk")
        free = models.Q(partnerships=None, leads=None)
        return self.filter(models.Q(pk__in=own) | free).distinct()

    def unconfirmed(self) -> Self:
        """Of which nobody said for a year that what we know still holds."""
        long_ago = clock.today() - timedelta(days=CONFIRMED_DAYS)
        return self.filter(models.Q(confirmed_on=None) | models.Q(confirmed_on__lt=long_ago))

    def on_site(self) -> Self:
        """That lead or led a werkplaats, or take or took part in one, or that something else here names to everyone.

        Taking part is by steps, signed or active: never who was only approached, talked with or promised; see
        ``roles_of`` for what is shown of them. Who made a publication, worked on research or led a campaign is named
        there already.
        """
        named = self._ties("campaigns").filter(on_site=True).values("organisation")
        found = self._has_role() | models.Q(pk__in=named)
        for lookup in registry.mentions.get("organisatie", []):
            found |= models.Q(pk__in=lookup())
        return self.filter(found)

    def _has_role(self) -> models.Q:
        """That lead or led, take or took part; in a werkplaats that did not end."""
        today = clock.today()
        fields = self.model._meta
        leads = fields.get_field("leads").related_model._default_manager.filter(valid_from__lte=today)
        leads = leads.exclude(valid_to=models.F("valid_from")).exclude(werkplaats__status=Status.ENDED)
        partnerships = fields.get_field("partnerships").related_model
        steps = partnerships._meta.get_field("steps").related_model._default_manager.filter(on__lte=today)
        public = steps.filter(stage__in=PUBLIC_STAGES).exclude(partnership__werkplaats__status=Status.ENDED)
        # What was taken back on the day it was written down never was.
        later = steps.filter(partnership=models.OuterRef("partnership"), on=models.OuterRef("on"))
        undone = later.filter(pk__gt=models.OuterRef("pk"), precision=Precision.DAY).exclude(stage__in=PUBLIC_STAGES)
        held = public.filter(~models.Exists(undone))
        return models.Q(pk__in=leads.values("organisation")) | models.Q(pk__in=held.values("partnership__organisation"))

    def with_uids(self, uids: Iterable[str]) -> dict[str, str]:
        """Names by uid."""
        return dict(self.filter(uid__in=list(uids)).values_list("uid", "name"))
