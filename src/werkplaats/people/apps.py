from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Persons, accounts and dated roles."""

    name = "werkplaats.people"
    label = "people"
    strand = "relaties"
