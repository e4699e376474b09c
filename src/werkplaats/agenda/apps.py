from django.apps import AppConfig


class AgendaConfig(AppConfig):
    """Questions from practice and who shares them."""

    name = "werkplaats.agenda"
    label = "agenda"
    strand = "inhoud"

    def ready(self) -> None:
        from werkplaats.agenda import entries

        entries.register()
