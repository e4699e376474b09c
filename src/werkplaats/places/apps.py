from django.apps import AppConfig


class PlacesConfig(AppConfig):
    """Provinces and municipalities."""

    name = "werkplaats.places"
    label = "places"
    strand = "vorm"

    def ready(self) -> None:
        from werkplaats.places import entries

        entries.register()
