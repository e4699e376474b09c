from django.apps import AppConfig


class SiteConfig(AppConfig):
    """The public and member side."""

    name = "werkplaats.site"
    label = "site"
    strand = ""

    def ready(self) -> None:
        from werkplaats.site import components  # noqa: F401
