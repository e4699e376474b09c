"""Pages of text that belong to the software itself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def accessibility(request: HttpRequest) -> HttpResponse:
    """How accessible this site is, and where to complain."""
    return render(request, "site/texts/accessibility.html")


def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept of whom, why and how long."""
    return render(request, "site/texts/privacy.html")
