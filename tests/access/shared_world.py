"""Organisations that more than one werkplaats has to do with: by its own word, shared, or only talked with."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tests import factories
from werkplaats.core import clock
from werkplaats.network.models import Check, Contact, Function, Partnership
from werkplaats.people.models import Person
from werkplaats.people.rules import secret_hash

if TYPE_CHECKING:
    from tests.access.world import World


def fill_shared(world: World) -> None:
    """All of it. The names of these organisations stand on the site, or are of no use: only who is with them is not."""
    made = world.records
    for name in ("naast", "gedeeld", "wacht", "beide"):
        made[f"organisatie-{name}"] = factories.make_organisation(f"Vereniging {name.title()}")
    # The partner of Noord first; that it signed here too is said by the own werkplaats alone.
    _tied(world, "samenwerking-naast-vreemd", "naast", "vreemd")
    _tied(world, "samenwerking-naast", "naast", "eigen")
    # The same, and said by the national desk.
    _tied(world, "samenwerking-gedeeld-vreemd", "gedeeld", "vreemd")
    one = _tied(world, "samenwerking-gedeeld", "gedeeld", "eigen")
    one.shared_at = clock.now()
    one.save()
    # The other way round: Noord says so of a partner of the own werkplaats.
    _tied(world, "samenwerking-wacht-eigen", "wacht", "eigen")
    _tied(world, "samenwerking-wacht", "wacht", "vreemd")
    # Both only talk with it; and Noord once did with a partner of the own werkplaats.
    _tied(world, "samenwerking-beide", "beide", "eigen", "in gesprek")
    _tied(world, "samenwerking-beide-vreemd", "beide", "vreemd", "benaderd")
    _tied(world, "samenwerking-afgezien", "eigen", "vreemd", "niet nu")
    _people(world)


def _tied(world: World, key: str, organisation: str, werkplaats: str, stage: str = "actief") -> Partnership:
    """Looked at today, so that nothing asks for attention."""
    partnership = Partnership.objects.create(
        organisation=world.records[f"organisatie-{organisation}"], werkplaats=world.records[f"werkplaats-{werkplaats}"],
        stage=stage, valid_from=factories.LONG_AGO, looked_at=clock.today(), seeks=world.plant(key, "halen"),
    )  # fmt: skip
    world.keeps(key, partnership)
    return partnership


def _people(world: World) -> None:
    made, now = world.records, clock.now()
    for key, organisation, werkplaats, mail in (
        ("functie-naast", "naast", "vreemd", "mens@example.org"),
        # Without an address nobody can be asked by mail.
        ("functie-zonder-mail", "wacht", "eigen", ""),
        ("functie-gedeeld", "gedeeld", "vreemd", "iemand@example.org"),
    ):
        person = Person.objects.create(name=f"Mens {world.plant(key, 'naam')}", email=mail)
        function = Function.objects.create(
            person=person, organisation=made[f"organisatie-{organisation}"], valid_from=factories.LONG_AGO,
            werkplaats=made[f"werkplaats-{werkplaats}"],
        )  # fmt: skip
        world.keeps(key, function)
    check = Check.objects.create(
        function=made["functie-gedeeld"], secret_hash=secret_hash("geheim-open"), sent_at=now,
        expires_at=now + timedelta(days=30),
    )  # fmt: skip
    world.keeps("bevestiging-open", check)
    later = Contact.objects.create(
        organisation=made["organisatie-wacht"], werkplaats=made["werkplaats-eigen"],
        account=made["account-coordinator"], next_step=world.plant("contact-later", "stap"),
        next_on=clock.today() + timedelta(days=30),
    )  # fmt: skip
    world.keeps("contact-later", later)
