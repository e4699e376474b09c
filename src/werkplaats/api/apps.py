from django.apps import AppConfig


class ApiConfig(AppConfig):
    """What programs read: the public side as JSON."""

    name = "werkplaats.api"
    label = "api"
    strand = ""
