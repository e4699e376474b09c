"""Finding organisations."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import timedelta
from functools import reduce
from operator import or_
from typing import Any, Self

from django.db import models

from werkplaats.core import clock, registry
from werkplaats.core.dates import Precision
from werkplaats.core.pointers import keys_to, uids_as_text, ways
from werkplaats.network.queries.likeness import plain_name
from werkplaats.network.rules import COMING_IN, CONFIRMED_DAYS, PUBLIC_STAGES, Status

# What is part of an organisation itself, what it said itself, or what says what it was: by that nobody else uses it.
# Labels of models, as below.
PARTS_OF_IT = frozenset({"network.Identifier", "network.Merge", "network.NotTheSame", "agenda.Support"})
# Of these it matters whether they hold today: see ``tied_beside``.
TAKING_PART = frozenset({"network.Partnership", "network.Leadership"})
KNOWN_THERE = frozenset({"network.Function", "network.Contact"})


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

    def used_beside(self, werkplaatsen: Iterable[str], *, but: Collection[str] = ()) -> Self:
        """That stand, at any time, in anything that is not of these werkplaatsen (uids) alone; see ``tied_beside``.

        Every key to an organisation is looked at, also those of tables that come later: in the library, in research, on
        a site. What belongs to no werkplaats is the national desk's, but whom that knows there binds nobody. Of what
        one cannot tell whose it is, it is said too. ``but``: not these (labels).
        """
        others = self._werkplaatsen().exclude(uid__in=list(werkplaatsen))
        used = models.Q(pk__in=[])
        for model, key in keys_to(self.model):
            if model._meta.label in {*PARTS_OF_IT, *TAKING_PART, *but}:
                continue
            rows = model._base_manager.exclude(**{key.name: None})
            if there := ways(model, others.model, but=self.model):
                theirs = [models.Q(**{f"{way}__in": others.values("pk")}) for way in there]
                nobodys = models.Q(pk__in=[]) if model._meta.label in KNOWN_THERE else models.Q(**dict.fromkeys(there))
                rows = rows.filter(reduce(or_, theirs, nobodys))
            used |= models.Q(pk__in=rows.values(key.name))
        return self.filter(used)

    def _named_in_text(self) -> models.Q:
        """Of which somewhere the uid is kept: who may write for it."""
        named = models.Q(pk__in=[])
        for model, one in uids_as_text(but=PARTS_OF_IT):
            named |= models.Q(uid__in=model._base_manager.exclude(**{one.name: ""}).values(one.name))
        return named

    def _werkplaatsen(self) -> Any:
        leads = self.model._meta.get_field("leads").related_model
        return leads._meta.get_field("werkplaats").related_model._default_manager.all()

    def kept_by(self, werkplaatsen: Iterable[str]) -> Self:
        """Whose data these werkplaatsen (uids) keep: of whom they hold, who talks with them only, and who is free.

        What another uses is not free, in whichever table; neither is what was once its partner, unless it talks with
        these now.
        """
        own, known = list(werkplaatsen), self.model._default_manager
        held = known.held_by(own).values("pk")
        used = known.used_beside(own).values("pk")
        talking = known.worked_with(own).exclude(pk__in=used).values("pk")
        free = models.Q(partnerships=None, leads=None) & ~models.Q(pk__in=used) & ~self._named_in_text()
        return self.filter(models.Q(pk__in=held) | models.Q(pk__in=talking) | free).distinct()

    def mergeable_by(self, werkplaatsen: Collection[str], *, national: bool = False) -> Self:
        """Which may go up in one another: for these werkplaatsen (uids) what they keep and no other has to do with.

        All that points at them moves. What others said with a partner that one holds goes along unseen, as it was said
        with that partner. For the national desk all.
        """
        if national or not werkplaatsen:
            return self.all() if national else self.none()
        known = self.model._default_manager
        kept = self.filter(pk__in=known.kept_by(werkplaatsen).values("pk"))
        used = known.used_beside(werkplaatsen, but={"network.Contact"}).values("pk")
        return kept.exclude(pk__in=known.tied_beside(werkplaatsen).values("pk")).exclude(pk__in=used)

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
