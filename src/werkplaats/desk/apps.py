from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The back office."""

    name = "werkplaats.desk"
    label = "desk"
    strand = ""
