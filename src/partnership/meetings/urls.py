from __future__ import annotations

from django.urls import path

from .views import actions

urlpatterns = [
    path("actions/<slug:reference>/", actions.page, name="action"),
]
