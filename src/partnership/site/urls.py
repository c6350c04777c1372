"""Addresses of the site. None holds a name or anything else about a person."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import views as accounts
from django.urls import include, path

from .views import about, home, lists, style

urlpatterns = [
    path("", home.home, name="home"),
    path("sign-in/", accounts.LoginView.as_view(template_name="site/sign_in.html"), name="sign-in"),
    path("sign-out/", accounts.LogoutView.as_view(next_page="sign-in"), name="sign-out"),
    path("help/", about.guide, name="help"),
    path("accessibility/", about.accessibility, name="accessibility"),
    path("privacy/", about.privacy, name="privacy"),
    path("search/", lists.search, name="search"),
    path("list/<slug:name>/", lists.page, name="list"),
    path("list/<slug:name>/export/", lists.export, name="export"),
    path("", include("partnership.meetings.urls")),
    path("", include("partnership.governance.urls")),
]

if settings.DEMO:
    urlpatterns += [path("style/", style.style, name="style"), path("style/errors/<slug:name>/", style.error)]

handler400 = "partnership.site.errors.bad_request"
handler403 = "partnership.site.errors.not_allowed"
handler404 = "partnership.site.errors.not_there"
handler500 = "partnership.site.errors.fault"
