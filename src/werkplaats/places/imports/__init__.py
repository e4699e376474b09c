"""Municipalities and their boundaries from files."""

from werkplaats.places.imports.boundaries import import_boundaries
from werkplaats.places.imports.municipalities import import_municipalities

__all__ = ["import_boundaries", "import_municipalities"]
