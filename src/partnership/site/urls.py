"""Addresses of the site. None holds a name or anything else about a person."""

from __future__ import annotations

from django.conf import settings
from django.urls import include, path

from .views import about, account, audit, home, keeping, lists, style

urlpatterns = [
    path("", home.home, name="home"),
    path("", include("partnership.site.sign_in.urls")),
    path("account/", account.page, name="account"),
    path("account/work-in/<slug:slug>/", account.choose, name="account-choose"),
    path("account/sessions/<int:number>/end/", account.end_session, name="account-end-session"),
    path("who-did-what/", audit.page, name="audit"),
    path("who-did-what/file/", audit.export, name="audit-export"),
    path("health/", keeping.health, name="health"),
    path("health/page/", keeping.health_page, name="health-page"),
    path("usage/", keeping.usage, name="usage"),
    path("help/", about.guide, name="help"),
    path("accessibility/", about.accessibility, name="accessibility"),
    path("privacy/", about.privacy, name="privacy"),
    path("search/", lists.search, name="search"),
    path("list/<slug:name>/", lists.page, name="list"),
    path("list/<slug:name>/export/", lists.export, name="export"),
    path("", include("partnership.organisations.account_urls")),
    path("", include("partnership.meetings.urls")),
    path("", include("partnership.governance.urls")),
]

if settings.DEMO:
    urlpatterns += [path("style/", style.style, name="style"), path("style/errors/<slug:name>/", style.error)]

handler400 = "partnership.site.errors.bad_request"
handler403 = "partnership.site.errors.not_allowed"
handler404 = "partnership.site.errors.not_there"
handler500 = "partnership.site.errors.fault"
