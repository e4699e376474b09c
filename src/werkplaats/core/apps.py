from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Knows no domain: logbook, clock, dates, uids, registry, components, limits."""

    name = "werkplaats.core"
    label = "core"
    strand = ""

    def ready(self) -> None:
        from django.urls import register_converter

        from werkplaats.core.uid import UidConverter

        register_converter(UidConverter, "uid")
