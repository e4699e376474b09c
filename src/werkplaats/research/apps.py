from django.apps import AppConfig


class ResearchConfig(AppConfig):
    """What is being found out: projects, learning groups, pilots, and what they yield."""

    name = "werkplaats.research"
    label = "research"
    strand = "inhoud"

    def ready(self) -> None:
        from werkplaats.research import entries

        entries.register()
