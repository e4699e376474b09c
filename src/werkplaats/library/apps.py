from django.apps import AppConfig


class LibraryConfig(AppConfig):
    """Publications of all kinds: who made them, their versions and files, and how they are cited."""

    name = "werkplaats.library"
    label = "library"
    strand = "inhoud"

    def ready(self) -> None:
        from werkplaats.library import entries

        entries.register()
