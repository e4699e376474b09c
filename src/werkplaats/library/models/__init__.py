"""Publications, who made them, their numbers, versions and files."""

from werkplaats.library.models.files import File
from werkplaats.library.models.publications import (
    Contributor,
    Publication,
    PublicationIdentifier,
    PublicationVersion,
)

__all__ = ["Contributor", "File", "Publication", "PublicationIdentifier", "PublicationVersion"]
