"""Publications as other programs take them, and as a line in a list of literature."""

from werkplaats.library.exports.bibtex import as_bibtex
from werkplaats.library.exports.csl import as_csl
from werkplaats.library.exports.ris import as_ris
from werkplaats.library.exports.text import as_text

__all__ = ["as_bibtex", "as_csl", "as_ris", "as_text"]
