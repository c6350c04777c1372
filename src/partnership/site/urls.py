"""Addresses of the site. None holds a name or anything else about a person."""

from __future__ import annotations

from django.contrib.auth import views as accounts
from django.urls import include, path

from .views import home, lists

urlpatterns = [
    path("", home.home, name="home"),
    path("sign-in/", accounts.LoginView.as_view(template_name="site/sign_in.html"), name="sign-in"),
    path("sign-out/", accounts.LogoutView.as_view(next_page="sign-in"), name="sign-out"),
    path("search/", lists.search, name="search"),
    path("list/<slug:name>/", lists.page, name="list"),
    path("list/<slug:name>/export/", lists.export, name="export"),
    path("", include("partnership.meetings.urls")),
]
