"""Two organisations become one, across all that points at them, and can be taken apart again for a while.

All that points at an organisation is found by looking: every key to it, and every uid kept as text. So what is built
later goes along by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _t

from werkplaats.agenda.models import Support
from werkplaats.core import clock, logbook
from werkplaats.core.action import action
from werkplaats.core.actors import Actor
from werkplaats.core.pointers import keys_to, uids_as_text
from werkplaats.flows.joining import Joined
from werkplaats.flows.steps import Steps
from werkplaats.network.models import Identifier, Merge, NotTheSame, Organisation, Partnership
from werkplaats.network.queries import known_as
from werkplaats.network.rules import Stage
from werkplaats.news.actions import follow_roles
from werkplaats.people.models import Account, Role
from werkplaats.people.rules import RoleKind, has_role, scopes_of

# What of a partnership follows from its steps.
_BY_STEPS = ("stage", "valid_from", "valid_from_precision", "valid_to", "valid_to_precision")


def mergeable_by(*, by: Account) -> Any:
    """Which organisations this account may let go up in one another: all for the national desk.

    A coordinator: those kept for the own werkplaats that no other has to do with, since all that points at them moves.
    """
    own = scopes_of(by, RoleKind.COORDINATOR)
    return Organisation.objects.mergeable_by(own, national=has_role(by, RoleKind.NATIONAL_EDITOR))


def _not_theirs() -> str:
    return _t("Dit is niet alleen van uw werkplaats. Vraag het landelijk bureau.")


def _check_right(by: Account, *organisations: Organisation) -> None:
    """Once they are held: what points at them may be of another since somebody looked. Raises ValidationError."""
    keys = {one.pk for one in organisations}
    if mergeable_by(by=by).filter(pk__in=keys).count() < len(keys):
        raise ValidationError(_not_theirs())


@dataclass
class Plan:
    """What a merge will do, to be read before: what moves, how many; what is joined; why it cannot be.

    Of what moves only what ``seen`` tells is counted: for each model the rows that the reader may know of. Of what is
    left out not even whether it is there is told.
    """

    moves: list[tuple[str, int]] = field(default_factory=list)
    joins: list[tuple[str, list[tuple[str, str]]]] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, kept: Organisation, gone: Organisation, *, by: Account, seen: Mapping[Any, Any] | None = None) -> Plan:
        """What merging these two will do, told to ``by``, who may know of the rows in ``seen``: model -> rows."""
        made, seen = cls(), seen or {}
        known = None if has_role(by, RoleKind.NATIONAL_EDITOR) else set(scopes_of(by, RoleKind.COORDINATOR))
        counts: dict[Any, int] = {}
        found = [(model, one.name, gone) for model, one in keys_to(Organisation) if model is not Identifier]
        for model, name, value in [*found, *((model, one.name, gone.uid) for model, one in _texts())]:
            # Rows of a tie between many and many are called after what is tied.
            named = model._meta.auto_created or model
            if model in seen:
                counts[named] = counts.get(named, 0) + _rows(model, name, value).filter(pk__in=seen[model]).count()
        made.moves = [(_called(model, number), number) for model, number in counts.items() if number]
        met: set[int] = set()
        for here, there in _overlapping(kept, gone):
            if known is not None and here.werkplaats.uid not in known:
                # What another region wrote down of both is not told.
                made.refusals.append(_not_theirs())
                continue
            words = {"werkplaats": here.werkplaats, "here": here.period, "there": there.period}
            if (here.stage, here.role) != (there.stage, there.role) or {here.pk, there.pk} & met:
                message = _t(
                    "Beide doen tegelijk mee in %(werkplaats)s, met een ander stadium of een andere rol (%(here)s en "
                    "%(there)s). Maak die samenwerkingen eerst gelijk, of beëindig er een."
                )
                made.refusals.append(message % words)
            else:
                joined = _t("Beide doen mee in %(werkplaats)s (%(here)s en %(there)s): dat wordt één samenwerking.")
                one = Joined.of(here, there)
                made.joins.append((joined % words, one.told))
                made.refusals += one.refusals
            met |= {here.pk, there.pk}
        return made


def _texts() -> Iterator[tuple[type[models.Model], Any]]:
    """Every field that may hold the uid of an organisation that is."""
    return uids_as_text(but={Merge._meta.label, NotTheSame._meta.label})


def _rows(model: type[models.Model], name: str, value: Any) -> Any:
    return model._default_manager.filter(**{name: value}).order_by("pk")


def _called(model: type[models.Model], number: int) -> str:
    return str(model._meta.verbose_name if number == 1 else model._meta.verbose_name_plural)


def _overlapping(kept: Organisation, gone: Organisation) -> Iterator[tuple[Partnership, Partnership]]:
    """Partnerships of both in one werkplaats at the same time."""
    for there in gone.partnerships.select_related("werkplaats").order_by("valid_from", "pk"):
        for here in kept.partnerships.filter(werkplaats=there.werkplaats).order_by("valid_from", "pk"):
            if here.meets(there.valid_from, there.valid_to):
                yield here, there


@action
def merge(
    *, kept: Organisation, gone: Organisation, values: Mapping[str, Any], numbers: set[str], version: int, by: Account
) -> Merge:
    """Let ``gone`` go up in ``kept``, which becomes ``values``; ``numbers``: whose numbers of the other stay.

    Raises ValidationError with why it cannot be, when it is not for ``by``, or when ``kept`` was changed since
    ``version``.
    """
    if kept.pk == gone.pk:
        raise ValidationError(_t("Dit is dezelfde organisatie. Kies een andere."))
    both = [kept.pk, gone.pk]
    # In one order, as everybody: organisations first, then where they take part.
    locked = {one.pk: one for one in Organisation.objects.select_for_update().filter(pk__in=both).order_by("pk")}
    list(Partnership.objects.select_for_update().filter(organisation__in=both).order_by("pk"))
    if len(locked) < 2 or locked[kept.pk].version != version:
        raise ValidationError(_t("Iemand anders wijzigde dit intussen. Kijk het nog eens na."))
    kept, gone = locked[kept.pk], locked[gone.pk]
    _check_right(by, kept, gone)
    if refusals := Plan.of(kept, gone, by=by).refusals:
        raise ValidationError(refusals)
    forget_past(by=by)
    steps, made = Steps(), Merge(kept=kept, gone_uid=gone.uid, gone_name=gone.name, account=by)
    try:
        with transaction.atomic():
            _join(kept, gone, steps)
            _numbers(kept, gone, numbers, steps)
            _move(gone, kept, steps)
            _move_texts(gone.uid, kept.uid, steps)
            steps.drop(gone)
            known = known_as(values["name"], values["former"])
            steps.change(kept, **values, known_as=known, version=kept.version + 1)
    except (IntegrityError, models.ProtectedError):
        message = _t("Iets dat aan beide vastzit kan niet aan één organisatie vastzitten. Vraag de beheerder.")
        raise ValidationError(message) from None
    made.steps = steps.done
    made.save()
    _follow(kept.uid, by)
    logbook.write("network.organisation.merged", kept.uid, by=by, detail={"gone": gone.uid, "merge": made.uid})
    return made


def _join(kept: Organisation, gone: Organisation, steps: Steps) -> None:
    """What both have at the same time becomes one."""
    for here, there in list(_overlapping(kept, gone)):
        # Half-open: none is later than any day.
        ends = None if here.valid_to is None or there.valid_to is None else max(here.valid_to, there.valid_to)
        values = Joined.of(here, there).values
        _move(there, here, steps)
        steps.drop(there)
        _one_end(here, ends, steps)
        before = {name: getattr(here, name) for name in _BY_STEPS}
        here.follow_steps()
        followed = {name: getattr(here, name) for name in _BY_STEPS}
        for name, value in before.items():
            setattr(here, name, value)
        steps.change(here, **values, **followed, version=here.version + 1)
    twice = kept.supports.filter(valid_to=None).values("question")
    for support in Support.objects.filter(organisation=gone, valid_to=None, question__in=twice):
        steps.drop(support)


def _one_end(partnership: Partnership, ends: date | None, steps: Steps) -> None:
    """Of what one of the two ended while the other went on, nothing ended then."""
    ended = list(partnership.steps.filter(stage=Stage.ENDED))
    for step in ended if ends is None else ended[:-1]:
        steps.drop(step)


def _numbers(kept: Organisation, gone: Organisation, foreign: set[str], steps: Steps) -> None:
    for row in list(gone.identifiers.order_by("pk")):
        here = kept.identifiers.filter(scheme=row.scheme).first()
        if here and row.scheme not in foreign:
            steps.drop(row)
            continue
        if here:
            steps.drop(here)
        steps.change(row, organisation=kept)


def _move(old: models.Model, new: models.Model, steps: Steps) -> None:
    """Let every key to ``old`` point at ``new``."""
    for model, one in keys_to(type(old)):
        more = _behind() if model is Partnership and type(old) is Organisation else {}
        for row in list(_rows(model, one.name, old)):
            if _is_there(row, one.name, new):
                steps.drop(row)
            else:
                steps.change(row, **{one.name: new}, **more)


def _is_there(row: models.Model, name: str, new: models.Model) -> bool:
    """Whether ``new`` is tied already to what this row ties, where each may be tied once."""
    if not row._meta.auto_created:
        return False
    others = {one.attname: getattr(row, one.attname) for one in row._meta.local_fields if one.remote_field}
    return _rows(type(row), name, new).filter(**{k: v for k, v in others.items() if k != f"{name}_id"}).exists()


def _behind() -> dict[str, Any]:
    """Who comes along stands behind who takes part with the other already, until that is shared again."""
    return {"counted_at": clock.now(), "shared_at": None, "shared_by": ""}


def _move_texts(old: str, new: str, steps: Steps) -> None:
    for model, one in _texts():
        for row in list(_rows(model, one.name, old)):
            steps.change(row, **{one.name: new})


def _follow(uid: str, by: Account) -> None:
    """Whoever may write for an organisation, may so where it takes part now."""
    for account in Account.objects.filter(pk__in=Role.objects.filter(scope_uid=uid).values("account")):
        follow_roles(account=account, by=by)


@action
def forget_past(*, by: Actor) -> int:
    """Wipe what was kept for undoing of merges that can be undone no more: there are persons in it. Gives how many."""
    past = list(Merge.objects.to_wipe().select_for_update())
    for one in past:
        one.steps = []
        one.save(update_fields=["steps"])
        logbook.write("network.organisation.merge_settled", one.uid, by=by)
    return len(past)


@action
def undo(*, merged: Merge, by: Account) -> Organisation:
    """Take a merge apart: every row is as it was.

    Raises ValidationError when it is too late, something changed, or it is not for ``by``.
    """
    # Both rows are held: of the organisation nobody else gets anything meanwhile.
    fresh = Merge.objects.select_for_update().select_related("kept").get(pk=merged.pk)
    _check_right(by, fresh.kept)
    if not fresh.is_open() or not fresh.steps:
        raise ValidationError(_t("Dit is al ongedaan gemaakt, of langer dan dertig dagen geleden."))
    try:
        with transaction.atomic():
            changed = Steps.take_back(fresh.steps)
    except IntegrityError:
        message = _t("Ongedaan maken kan niet meer: de naam of een nummer is intussen van een andere organisatie.")
        raise ValidationError(message) from None
    if changed:
        words = {"what": ", ".join(changed)}
        message = _t("Ongedaan maken kan niet meer: sinds het samenvoegen is gewijzigd: %(what)s.")
        raise ValidationError(message % words)
    fresh.undone_at, fresh.steps = clock.now(), []
    fresh.save()
    back = Organisation.objects.get(uid=fresh.gone_uid)
    for uid in (back.uid, fresh.kept.uid):
        _follow(uid, by)
    logbook.write("network.organisation.parted", fresh.kept.uid, by=by, detail={"back": back.uid, "merge": fresh.uid})
    return back
