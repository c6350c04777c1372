from __future__ import annotations

from django.urls import path

from .views import duties, entries, plans, pre_read, recovery, scorecard, targets

urlpatterns = [
    path("scorecard/", scorecard.partnership, name="scorecard"),
    path("scorecard/changed/", scorecard.changed, name="what-changed"),
    path("scorecard/board/", pre_read.page, name="pre-read"),
    path("scorecard/board/<slug:kind>/", pre_read.file, name="pre-read-file"),
    path("scorecard/<slug:reference>/", scorecard.priority, name="priority-scores"),
    path("indicators/<slug:reference>/", scorecard.indicator, name="indicator"),
    path("indicators/<slug:reference>/<str:verb>/", targets.step, name="indicator-step"),
    path("targets/<slug:reference>/", targets.target, name="target"),
    path("targets/<slug:reference>/<str:verb>/", targets.target_step, name="target-step"),
    path("recovery-plans/<slug:reference>/", recovery.page, name="recoveryplan"),
    path("recovery-plans/<slug:reference>/<str:verb>/", recovery.step, name="recoveryplan-step"),
    path("plans/begin/<slug:name>/", plans.begin, name="plan-begin"),
    path("plans/<slug:reference>/", plans.page, name="plan"),
    path("plans/<slug:reference>/refresh/", plans.refresh, name="plan-refresh"),
    path("plans/<slug:reference>/matrix/", plans.matrix, name="plan-matrix"),
    path("plans/<slug:reference>/difference/", plans.compare, name="plan-difference"),
    path("plans/<slug:reference>/write/<slug:part>/", plans.write, name="plan-write"),
    path("plans/<slug:reference>/add/<slug:part>/", plans.add, name="plan-add"),
    path("plans/<slug:reference>/<slug:verb>/", plans.step, name="plan-step"),
    path("priorities/<slug:reference>/", plans.priority, name="priority"),
    path("commitments/<slug:reference>/", plans.commitment, name="commitment"),
    path("commitments/<slug:reference>/<slug:verb>/", plans.commitment_step, name="commitment-step"),
    path("duties/", duties.index, name="duties"),
    path("duties/law/", duties.law, name="duties-law"),
    path("duties/returns/", duties.returns, name="duties-returns"),
    path("duties/set/", duties.set_year, name="duties-set"),
    path("duties/feed/<str:token>/duties.ics", duties.feed, name="duties-feed"),
    path("duties/about/<slug:name>/", duties.about, name="duty"),
    path("duties/about/<slug:name>/start/", duties.start, name="duty-start"),
    path("duties/<slug:reference>/", duties.page, name="dutydue"),
    path("duties/<slug:reference>/<slug:verb>/", duties.step, name="dutydue-step"),
    path("registers/", entries.index, name="registers"),
    path("registers/add/<slug:name>/", entries.add, name="entry-add"),
    path("registers/start/<slug:name>/", entries.start, name="register-start"),
    path("registers/<slug:reference>/", entries.page, name="entry"),
    path("registers/<slug:reference>/<str:verb>/", entries.step, name="entry-step"),
]
