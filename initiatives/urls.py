"""The report's addresses. Those of pillars and sections take any word, so they come last."""

from django.urls import URLPattern, path, register_converter

from initiatives.views import feeds, history, public, updates
from initiatives.views.as_of import DayConverter, as_of, choose_day
from initiatives.views.media import media
from initiatives.views.seals import the_record, the_record_as_json, the_seal
from initiatives.views.share import share
from initiatives.views.sitemap import sitemap

register_converter(DayConverter, "day")


def past_of(kind: str, prefix: str) -> list[URLPattern]:
    """Return the addresses of the past of a kind of item, below the item's own."""
    known = {"kind": kind}
    return [
        path(f"{prefix}history/", history.history_page, known, name=f"{kind}_history"),
        path(f"{prefix}history/<int:number>/", history.version, known, name=f"{kind}_version"),
        path(f"{prefix}history/<int:number>.json", history.content_json, known, name=f"{kind}_content"),
        path(f"{prefix}compare/", history.compare_page, known, name=f"{kind}_compare"),
    ]


urlpatterns = [
    path("", public.home, name="home"),
    path("report/", public.report, name="report"),
    path("documents/", public.documents, name="documents"),
    path("about/", public.about, name="about"),
    path("privacy/", public.privacy, name="privacy"),
    path("accessibility/", public.accessibility, name="accessibility"),
    path("as-of/", choose_day, name="as_of_day"),
    path("as-of/<day:day>/", as_of, name="as_of"),
    path("as-of/<day:day>/<path:rest>", as_of, name="as_of_page"),
    path("share/<str:token>", share, name="share_bare"),
    path("share/<str:token>/", share, name="share"),
    path("share/<str:token>/<path:rest>", share, name="share_page"),
    path("updates/", updates.updates, name="updates"),
    path("record/", the_record, name="the_record"),
    path("record/digests.json", the_record_as_json, name="the_record_as_json"),
    path("record/<day:day>.json", the_seal, name="the_seal"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("media/<path:name>", media, name="media"),
    path("updates/feed/", feeds.feed, {"about": feeds.UpdatesFeed}, name="feed"),
    path("initiatives/<slug:slug>/", public.initiative, name="initiative"),
    path(
        "initiatives/<slug:slug>/feed/", feeds.feed, {"about": feeds.InitiativeFeed}, name="initiative_feed"
    ),
    *past_of("initiative", "initiatives/<slug:slug>/"),
    path("<slug:pillar>/", public.pillar, name="pillar"),
    path("<slug:slug>/feed/", feeds.feed, {"about": feeds.PillarFeed}, name="pillar_feed"),
    *past_of("pillar", "<slug:slug>/"),
    *past_of("section", "<slug:pillar>/<slug:slug>/"),
    path("<slug:pillar>/<slug:section>/", public.section, name="section"),
]
