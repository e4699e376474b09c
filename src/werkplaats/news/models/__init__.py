"""Sections, the pages in them, their pictures and documents, and approval by a second person."""

from werkplaats.news.models.approval import SecondPerson
from werkplaats.news.models.files import Paper, Picture, Rendition, ShownDocument
from werkplaats.news.models.pages import PAGES, AboutPage, NewsPage, SectionPage, SitePage, TextPage

__all__ = [
    "PAGES",
    "AboutPage",
    "NewsPage",
    "Paper",
    "Picture",
    "Rendition",
    "SecondPerson",
    "SectionPage",
    "ShownDocument",
    "SitePage",
    "TextPage",
]
