"""The command line. Help, version and wrong arguments are answered before Django is loaded."""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path

from werkplaats.config import dutch

IMPORTS = ("municipalities", "werkplaatsen", "organisations", "grenzen", "publicaties")


def _parser() -> argparse.ArgumentParser:
    dutch.speak()
    parser = argparse.ArgumentParser(prog="werkplaats", description="Werkplaats beheren.")
    parser.add_argument(
        "--version",
        action="version",
        version=f"werkplaats {version('werkplaats')}",
        help="laat zien welke versie dit is",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="opdracht", title="opdrachten")

    prepare = commands.add_parser("prepare", help="maak de database en de vaste bestanden klaar")
    prepare.set_defaults(run=_prepare)

    _add_serve(commands)

    demo = commands.add_parser("demo", help="zet de demonstratie klaar (bestaande gegevens blijven)")
    demo.set_defaults(run=_demo)

    bring_in = commands.add_parser("import", help="lees gegevens in uit een bestand")
    bring_in.add_argument("what", choices=IMPORTS, metavar="|".join(IMPORTS))
    bring_in.add_argument("file", type=Path, metavar="BESTAND")
    bring_in.add_argument("--dry-run", action="store_true", help="laat zien wat er zou gebeuren, bewaar niets")
    bring_in.set_defaults(run=_import)

    drawn = commands.add_parser("map", help="de kaart").add_subparsers(
        dest="part", required=True, metavar="onderdeel", title="onderdelen"
    )
    hexagons = drawn.add_parser("hexagons", help="teken weer zeshoeken: de ingelezen grenzen gaan weg")
    hexagons.set_defaults(run=_hexagons)

    _add_catalogue(commands)
    _add_tasks(commands)
    _add_logbook(commands)
    _add_people(commands)

    manage = commands.add_parser("django", help="een opdracht van het raamwerk", add_help=False)
    manage.add_argument("rest", nargs=argparse.REMAINDER)
    manage.set_defaults(run=_django)
    return parser


def _add_serve(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    serve = commands.add_parser("serve", help="start de website")
    port = os.environ.get("PORT") or "8000"
    serve.add_argument("--port", type=_port, default=port, metavar="POORT", help="standaard PORT, en anders 8000")
    serve.add_argument("--host", default="127.0.0.1", metavar="ADRES", help="waar zij luistert; standaard 127.0.0.1")
    serve.add_argument("--demo", action="store_true", help="een demonstratie, in een eigen map; zet zichzelf klaar")
    serve.set_defaults(run=_serve)


def _add_people(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    roles = commands.add_parser("roles", help="rollen").add_subparsers(
        dest="part", required=True, metavar="onderdeel", title="onderdelen"
    )
    refresh = roles.add_parser(
        "refresh", help="wat elke nacht moet: rechten volgen de rollen, wat niet bewaard mag blijven gaat weg"
    )
    refresh.set_defaults(run=_refresh_roles)

    account = commands.add_parser("account", help="accounts").add_subparsers(
        dest="part", required=True, metavar="onderdeel", title="onderdelen"
    )
    create = account.add_parser("create", help="maak een account met een rol")
    create.add_argument("email", metavar="E-MAIL")
    create.add_argument("--name", required=True, metavar="NAAM")
    create.add_argument(
        "--role", required=True, metavar="ROL", help="beheerder, landelijkredacteur, coordinator, lector, ..."
    )
    create.add_argument(
        "--scope", default="", metavar="WAARVOOR", help="adres (slug) van de werkplaats of naam van de organisatie"
    )
    create.set_defaults(run=_account)


def _add_catalogue(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    hall = commands.add_parser("catalogue", help="de catalogus").add_subparsers(
        dest="part", required=True, metavar="onderdeel", title="onderdelen"
    )
    rebuild = hall.add_parser("rebuild", help="maak alle vermeldingen opnieuw en meld verschillen")
    rebuild.set_defaults(run=_rebuild)
    follow = hall.add_parser("follow", help="houd de zoekindex bij (gebeurt al onder `werkplaats serve`)")
    follow.add_argument("--beside", type=int, help=argparse.SUPPRESS)
    follow.set_defaults(run=_follow)


def _add_tasks(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    tasks = commands.add_parser("tasks", help="werk dat wacht").add_subparsers(
        dest="part", required=True, metavar="onderdeel", title="onderdelen"
    )
    work = tasks.add_parser("work", help="verstuur de mail die wacht (gebeurt al onder `werkplaats serve`)")
    work.add_argument("--beside", type=int, help=argparse.SUPPRESS)
    work.set_defaults(run=_work)


def _add_logbook(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    logbook = commands.add_parser("logbook", help="het logboek").add_subparsers(
        dest="part", required=True, metavar="onderdeel", title="onderdelen"
    )
    verify = logbook.add_parser("verify", help="ga na of alle regels er staan zoals zij geschreven zijn")
    verify.add_argument(
        "--zegel", type=_seal, metavar="ZEGEL", help="een eerder genoteerd zegel, dat er nog moet staan"
    )
    verify.add_argument(
        "--from",
        dest="start",
        type=_row,
        default=1,
        metavar="N",
        help="begin bij regel N; wat ervoor staat, geldt als goed",
    )
    verify.set_defaults(run=_verify)


def _port(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,5}", text) or not 0 < int(text) < 65_536:
        raise argparse.ArgumentTypeError("een poort is een heel getal van 1 tot en met 65535")
    return int(text)


def _seal(text: str) -> str:
    if not re.fullmatch(r"[0-9a-f]{64}", text.strip().lower()):
        raise argparse.ArgumentTypeError("een zegel is 64 tekens lang: cijfers en de letters a tot en met f")
    return text.strip().lower()


def _row(text: str) -> int:
    if not re.fullmatch(r"[1-9][0-9]{0,17}", text):
        raise argparse.ArgumentTypeError("een regel is een heel getal vanaf 1")
    return int(text)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the answer is the exit code."""
    arguments = _parser().parse_args(argv)
    run: Callable[[argparse.Namespace], int] = arguments.run
    try:
        return run(arguments)
    except Exception as error:
        # Told by its name: nothing of Django is imported before a command needs it.
        if type(error).__module__ != "django.db.utils":
            raise
        print(f"De database antwoordt niet of is nog niet klaargezet (werkplaats prepare): {error}", file=sys.stderr)
        return 1


def _setup() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "werkplaats.config.settings")
    import django

    django.setup()


def _prepare(_arguments: argparse.Namespace) -> int:
    _setup()
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    from werkplaats.core.actors import SYSTEM
    from werkplaats.flows.sections import open_sections

    open_sections(by=SYSTEM)
    return 0


def _serve(arguments: argparse.Namespace) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "werkplaats.config.settings")
    from werkplaats.config import readying, serving

    serving.leave_when_told()
    try:
        if arguments.demo:
            readying.ready_demo(f"http://{arguments.host}:{arguments.port}")
        return serving.serve(arguments.host, arguments.port)
    except readying.NotReady as error:
        print(error, file=sys.stderr)
        return 1


def _follow(arguments: argparse.Namespace) -> int:
    _setup()
    from werkplaats.catalogue.follower import follow
    from werkplaats.config import serving

    follow(stop=serving.told_to_stop(arguments.beside))
    return 0


def _work(arguments: argparse.Namespace) -> int:
    _setup()
    from werkplaats.config import serving
    from werkplaats.core.outbox import deliver

    deliver(stop=serving.told_to_stop(arguments.beside))
    return 0


def _demo(_arguments: argparse.Namespace) -> int:
    _setup()
    from werkplaats.demo import load

    load.load(say=print)
    return 0


def _import(arguments: argparse.Namespace) -> int:
    _setup()
    from werkplaats.core.actors import SYSTEM
    from werkplaats.core.tables import Report, TableError
    from werkplaats.library import imports as library
    from werkplaats.network import imports as network
    from werkplaats.places import imports as places

    readers: dict[str, Callable[..., Report]] = {
        "municipalities": places.import_municipalities,
        "werkplaatsen": network.import_werkplaatsen,
        "organisations": network.import_organisations,
        "grenzen": places.import_boundaries,
        "publicaties": library.import_publications,
    }

    def progress(done: int, total: int) -> None:
        if total and (done == total or done % 50 == 0):
            print(f"\r{done} van {total} rijen", end="\n" if done == total else "", file=sys.stderr, flush=True)

    try:
        report = readers[arguments.what](path=arguments.file, dry_run=arguments.dry_run, progress=progress, by=SYSTEM)
    except TableError as error:
        print(error.told(), file=sys.stderr)
        return 1
    print(report.told(dry_run=arguments.dry_run))
    if arguments.what == "werkplaatsen" and not arguments.dry_run:
        from werkplaats.flows.sections import open_sections

        open_sections(by=SYSTEM)
    return 0


def _hexagons(_arguments: argparse.Namespace) -> int:
    _setup()
    from werkplaats.core.actors import SYSTEM
    from werkplaats.places.actions import forget_boundaries

    count = forget_boundaries(by=SYSTEM)
    print(f"De kaart heeft weer zeshoeken; {count} grenzen zijn weg." if count else "De kaart had al zeshoeken.")
    return 0


def _refresh_roles(_arguments: argparse.Namespace) -> int:
    _setup()
    from werkplaats.core.actors import SYSTEM
    from werkplaats.flows.sections import follow_the_day

    changed = follow_the_day(by=SYSTEM)
    print(f"Rechten bijgewerkt voor {changed} account(s)." if changed else "Alle rechten klopten met de rollen.")
    return 0


def _rebuild(_arguments: argparse.Namespace) -> int:
    _setup()
    from werkplaats.catalogue.refresh import rebuild

    found = rebuild()
    if not found:
        print("De catalogus klopte; er is niets veranderd.")
        return 0
    for name, uids in (
        ("ontbrak", found.missing),
        ("verouderd", found.changed),
        ("hoorde er niet meer", found.surplus),
        ("verbanden hersteld", found.links),
    ):
        for uid in uids:
            print(f"{name}: {uid}")
    return 0


def _verify(arguments: argparse.Namespace) -> int:
    _setup()
    from werkplaats.core.verification import Reading

    reading = Reading(start=arguments.start, noted=arguments.zegel or "")
    for finding in reading.findings():
        print(finding.told())
    print(reading.told())
    return 1 if reading.faults else 0


def _account(arguments: argparse.Namespace) -> int:
    _setup()
    from django.core.exceptions import ValidationError

    from werkplaats.core.actors import SYSTEM
    from werkplaats.flows.accounts import open_account

    given = {name: getattr(arguments, name) for name in ("email", "name", "role", "scope")}
    try:
        account = open_account(**given, by=SYSTEM)
    except ValidationError as error:
        print(" ".join(error.messages), file=sys.stderr)
        return 1
    print(f"{account.email} kan inloggen met een gemailde link ({arguments.role}).")
    return 0


def _django(arguments: argparse.Namespace) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "werkplaats.config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["werkplaats", *arguments.rest])
    return 0


if __name__ == "__main__":
    sys.exit(main())
