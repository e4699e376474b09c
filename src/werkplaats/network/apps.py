from django.apps import AppConfig


class NetworkConfig(AppConfig):
    """Werkplaatsen, organisations and what ties them."""

    name = "werkplaats.network"
    label = "network"
    strand = "relaties"

    def ready(self) -> None:
        from werkplaats.network import entries

        entries.register()
