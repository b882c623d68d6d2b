"""Addresses that belong to the site as a whole and not to the report."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.views.decorators.http import require_safe


def absolute(request: HttpRequest, path: str) -> str:
    """Return the whole address of a path of this site: by SITE_URL where it is set, else by the host that
    was asked.
    """
    return f"{settings.SITE_URL}{path}" if settings.SITE_URL else request.build_absolute_uri(path)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Let crawlers read everything but the admin, and tell them where the sitemap is.

    Share links say `noindex` themselves.
    """
    lines = ["User-agent: *", "Disallow: /admin/", "", f"Sitemap: {absolute(request, '/sitemap.xml')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain")


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Lead browsers that ask for the old address to the icon."""
    return redirect(static("img/favicon.svg"), permanent=False)
