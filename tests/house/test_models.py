"""Guards that walk the models: keys point down, migrations are complete, each app states its strand."""

from __future__ import annotations

from collections.abc import Iterable

from django.apps import AppConfig, apps
from django.contrib.contenttypes.fields import GenericForeignKey
from django.db import models
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.questioner import NonInteractiveMigrationQuestioner
from django.db.migrations.state import ProjectState
from django.test.utils import isolate_apps
from django.utils import translation

from .plan import DOMAIN_APPS, HEIGHT, told

STRANDS = {"vorm", "inhoud", "relaties", ""}


def keys_pointing_wrong(found: Iterable[type[models.Model]]) -> list[str]:
    """Keys of our models to an app on the same floor or above, and keys to anything at all."""
    wrong = []
    for model in found:
        here = model._meta.app_label
        if here not in HEIGHT:
            continue
        for field in (*model._meta.local_fields, *model._meta.local_many_to_many):
            target = field.related_model._meta if field.related_model else None
            there = target.app_label if target else here
            if there != here and HEIGHT.get(there, 0) >= HEIGHT[here]:
                wrong.append(f"{model._meta.label}.{field.name} -> {target.label}")
        # A key to anything at all; what only looks back along someone else's key (GenericRelation) is no key of ours.
        anything = [field for field in model._meta.private_fields if isinstance(field, GenericForeignKey)]
        wrong += [f"{model._meta.label}.{field.name} -> any model" for field in anything]
    return wrong


def strands_wrong(configs: Iterable[AppConfig]) -> list[str]:
    """Apps of ours whose strand is missing, unknown, or empty where it may not be."""
    wrong = []
    for config in configs:
        strand = getattr(config, "strand", None)
        if strand not in STRANDS or (config.label in DOMAIN_APPS and not strand):
            wrong.append(f"{config.name}: {strand!r}")
    return wrong


def missing_migrations(state: ProjectState, loader: MigrationLoader) -> dict[str, list[str]]:
    """What makemigrations would write for our apps, without asking or touching a database."""
    labels = {config.label for config in apps.get_app_configs() if config.name.startswith("werkplaats.")}
    # Without a language, as the command runs: names of fields are kept as they stand in the source.
    with translation.override(None):
        now = ProjectState.from_apps(apps)
        detector = MigrationAutodetector(state, now, NonInteractiveMigrationQuestioner(labels))
        changes = detector.changes(loader.graph, trim_to_apps=labels, convert_apps=labels)
        return {
            label: [operation.describe() for migration in found for operation in migration.operations]
            for label, found in changes.items()
            if label in labels
        }


def test_keys_only_point_down():
    wrong = keys_pointing_wrong(apps.get_models(include_auto_created=True))

    assert wrong == [], told(
        "A key points to an earlier record, never up or sideways. Let the later record hold the key, "
        "or keep a uid as text",
        wrong,
    )


@isolate_apps()
def test_keys_that_point_wrong_are_found():
    def made(app, name, **fields):
        meta = type("Meta", (), {"app_label": app})
        return type(name, (models.Model,), {"__module__": __name__, "Meta": meta, **fields})

    low = made("core", "Low", up=models.ForeignKey("people.Who", models.CASCADE))
    who = made("people", "Who", self=models.ForeignKey("self", models.CASCADE, null=True))
    where = made("places", "Where", who=models.ManyToManyField("people.Who"))
    high = made("network", "High", who=models.OneToOneField(who, models.CASCADE))

    assert keys_pointing_wrong([low, who, where, high]) == [
        "core.Low.up -> people.Who",
        "places.Where.who -> people.Who",
    ]


def test_every_app_states_its_strand():
    wrong = strands_wrong(config for config in apps.get_app_configs() if config.name.startswith("werkplaats."))

    assert wrong == [], told(
        'Give the AppConfig `strand`: "vorm", "inhoud" or "relaties" (3 krachtlijnen in docs/woordenlijst.md); '
        '"" only for core, catalogue, stats, flows and the doors',
        wrong,
    )


def test_wrong_strands_are_found():
    def config(name, **given):
        return type("Made", (AppConfig,), {"label": name, "path": "x", **given})(f"werkplaats.{name}", None)

    made = [config("people"), config("terms", strand=""), config("agenda", strand="form"), config("core", strand="")]

    assert [line.split(":")[0] for line in strands_wrong(made)] == [
        "werkplaats.people",
        "werkplaats.terms",
        "werkplaats.agenda",
    ]


def test_migrations_are_complete():
    loader = MigrationLoader(None)

    missing = missing_migrations(loader.project_state(), loader)

    assert missing == {}, told(
        "The models changed without a migration; run `werkplaats django makemigrations`",
        [f"{label}: {', '.join(found)}" for label, found in missing.items()],
    )


def test_missing_migrations_are_found():
    loader = MigrationLoader(None)

    missing = missing_migrations(ProjectState(), loader)

    assert "Create model Theme" in missing["terms"]
