from __future__ import annotations

from django.urls import path

from .views import actions, agendas, by_link, groups, meetings

urlpatterns = [
    path("actions/<slug:reference>/", actions.page, name="action"),
    path("actions/<slug:reference>/<slug:verb>/", actions.step, name="action-step"),
    path("report/<str:given>/", by_link.report, name="report-by-link"),
    path("groups/", groups.index, name="groups"),
    path("groups/structure.svg", groups.picture, name="structure-picture"),
    path("groups/set-up/", groups.set_up, name="group-set-up"),
    path("groups/<slug:reference>/", groups.page, name="group"),
    path("groups/<slug:reference>/give-action/", actions.give, name="give-action"),
    path("groups/<slug:reference>/plan-meetings/", meetings.plan, name="plan-meetings"),
    path("groups/<slug:reference>/<slug:verb>/", groups.step, name="group-step"),
    path("meetings/", meetings.index, name="meetings"),
    path("meetings/<slug:reference>/", meetings.page, name="meeting"),
    path("meetings/<slug:reference>/file.<slug:ending>", meetings.download, name="meeting-file"),
    path("meetings/<slug:reference>/<slug:verb>/", meetings.step, name="meeting-step"),
    path("agenda-items/<slug:reference>/", agendas.item, name="agendaitem"),
    path("agenda-items/<slug:reference>/<slug:verb>/", agendas.item_step, name="agendaitem-step"),
    path("papers/<slug:reference>/", agendas.paper, name="paper"),
    path("papers/<slug:reference>/file", agendas.paper_file, name="paper-file"),
    path("papers/<slug:reference>/<slug:verb>/", agendas.paper_step, name="paper-step"),
    path("decisions/<slug:reference>/", agendas.decision, name="decision"),
    path("decisions/<slug:reference>/give-action/", actions.give_from, name="give-action-from"),
]
