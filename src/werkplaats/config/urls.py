"""Where every address leads: the API, the desk, and the site in two languages."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib.sitemaps import views as sitemaps
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail.admin import urls as wagtail_desk

from werkplaats.api import urls as api_urls
from werkplaats.desk import urls as desk_urls
from werkplaats.site import files, health, styles, wellknown
from werkplaats.site import urls as site_urls
from werkplaats.site.sitemaps import SECTIONS

urlpatterns = [
    path("favicon.ico", RedirectView.as_view(url=f"{settings.STATIC_URL}site/favicon.svg")),
    path("gezond/live", health.live, name="health-live"),
    path("gezond/klaar", health.ready, name="health-ready"),
    path(".well-known/security.txt", wellknown.security, name="security-txt"),
    path("security.txt", RedirectView.as_view(pattern_name="security-txt")),
    path("robots.txt", wellknown.robots, name="robots"),
    path("sitemap.xml", sitemaps.index, {"sitemaps": SECTIONS, "sitemap_url_name": "sitemap-part"}, name="sitemap"),
    path("sitemap-<slug:section>.xml", sitemaps.sitemap, {"sitemaps": SECTIONS}, name="sitemap-part"),
    re_path(
        r"^stijl/(?P<main>[0-9a-f]{6})-(?P<accent>[0-9a-f]{6})-(?P<digest>[0-9a-f]{12})\.css$",
        styles.stylesheet,
        name="region-style",
    ),
    # Of all that is uploaded only pictures drawn anew have an address of their own.
    path("media/renditions/<str:name>", files.rendition, name="rendition"),
    path("api/v1/", include(api_urls)),
    path("beheer/", include(desk_urls)),
    path("beheer/", include(wagtail_desk)),
    *i18n_patterns(path("", include(site_urls)), prefix_default_language=False),
]
handler404 = "werkplaats.site.errors.not_found"
handler403 = "werkplaats.site.errors.forbidden"
handler500 = "werkplaats.site.errors.broken"
handler400 = "werkplaats.site.errors.bad_request"
