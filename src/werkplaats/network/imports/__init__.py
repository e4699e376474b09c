"""Data about the network from files."""

from werkplaats.network.imports.organisations import import_organisations
from werkplaats.network.imports.werkplaatsen import import_werkplaatsen

__all__ = ["import_organisations", "import_werkplaatsen"]
