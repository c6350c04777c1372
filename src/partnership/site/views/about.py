"""Pages about the site itself, for anyone."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def guide(request: HttpRequest) -> HttpResponse:
    return _page(request, "help")


def accessibility(request: HttpRequest) -> HttpResponse:
    """The statement that the Public Sector Bodies (Websites and Mobile Applications) (No. 2) Accessibility Regulations 2018 ask for."""
    return _page(request, "accessibility")


def privacy(request: HttpRequest) -> HttpResponse:
    return _page(request, "privacy")


def _page(request: HttpRequest, name: str) -> HttpResponse:
    return render(request, f"site/{name}.html", {"contact": settings.CONTACT})
