from __future__ import annotations

from django.urls import path

from .views import entries

urlpatterns = [
    path("registers/", entries.index, name="registers"),
    path("registers/add/<slug:name>/", entries.add, name="entry-add"),
    path("registers/start/<slug:name>/", entries.start, name="register-start"),
    path("registers/<slug:reference>/", entries.page, name="entry"),
    path("registers/<slug:reference>/<str:verb>/", entries.step, name="entry-step"),
]
