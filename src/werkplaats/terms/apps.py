from django.apps import AppConfig


class TermsConfig(AppConfig):
    """The words records are filed under: themes."""

    name = "werkplaats.terms"
    label = "terms"
    strand = "inhoud"

    def ready(self) -> None:
        from werkplaats.terms import entries

        entries.register()
