"""Sections, the pages in them, their pictures and documents, approval by a second person, and own sites."""

from werkplaats.news.models.approval import SecondPerson
from werkplaats.news.models.files import Paper, Picture, Rendition, ShownDocument
from werkplaats.news.models.pages import PAGES, AboutPage, NewsPage, SectionPage, SitePage, TextPage
from werkplaats.news.models.sites import RegionalSite

__all__ = [
    "PAGES",
    "AboutPage",
    "NewsPage",
    "Paper",
    "Picture",
    "RegionalSite",
    "Rendition",
    "SecondPerson",
    "SectionPage",
    "ShownDocument",
    "SitePage",
    "TextPage",
]
