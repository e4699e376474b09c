"""Clean input about publications."""

from werkplaats.library.forms.publications import PublicationForm
from werkplaats.library.forms.versions import FileForm, NewFileForm, VersionForm, WiderForm

__all__ = ["FileForm", "NewFileForm", "PublicationForm", "VersionForm", "WiderForm"]
