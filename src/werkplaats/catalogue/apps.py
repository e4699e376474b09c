from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    """The hall: everything published is found here."""

    name = "werkplaats.catalogue"
    label = "catalogue"
    strand = ""

    def ready(self) -> None:
        from werkplaats.catalogue import marking, refresh
        from werkplaats.core import touched

        touched.set_flush(refresh.refresh)
        marking.connect()
