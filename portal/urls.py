"""Every address of the site. What belongs to no app comes first, the report's own addresses last."""

from django.contrib import admin
from django.urls import include, path

from portal import health, views

handler400 = "portal.errors.bad_request"
handler403 = "portal.errors.forbidden"
handler404 = "portal.errors.not_found"
handler500 = "portal.errors.server_error"

urlpatterns = [
    path("healthz", health.alive, name="health"),
    path("readyz", health.able, name="ready"),
    path("robots.txt", views.robots, name="robots"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("admin/", admin.site.urls),
    path("feedback/", include("feedback.urls")),
    path("you-said-we-did/", include("feedback.urls_answers")),
    path("", include("initiatives.urls")),
]
