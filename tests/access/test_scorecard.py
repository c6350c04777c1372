"""A standing follows from the declared rule; a measure that fails opens a plan once; a plan closes when its exit test holds."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from partnership.cases.journey import Refused, WrongState
from partnership.governance.board import actions_of, board
from partnership.governance.models import Indicator, RecoveryPlan, Target
from partnership.governance.pre_read import exceptions, paper, written
from partnership.governance.spark import spark
from partnership.governance.standing import quiet_months
from partnership.governance.steps import recovery, targets
from partnership.insight.models import Finding
from tests.factories.figures import brought, indicator, months, target
from tests.factories.site import TODAY, World, world
from wardwise.reports.document import Document

pytestmark = pytest.mark.django_db
STEADY = [10] * 24


@pytest.fixture
def here() -> World:
    return world()


def stood(here: World, *roles: str, measure: str = "burglary"):
    found = board(here.who(*roles or ("manager",)))
    return next(one for one in found.stood if one.indicator.measure == measure)


@pytest.mark.parametrize(
    ("better", "signs", "good", "standing"),
    [
        ("lower", "", "", "usual"),
        ("lower", "h", "", "worse"),
        ("lower", "l", "", "better"),
        ("higher", "h", "", "better"),
        ("higher", "l", "", "worse"),
        ("neither", "h", "", "needs-reading"),
        ("neither", "l", "", "needs-reading"),
        ("lower", "h", "More people report it.", "needs-reading"),
        ("lower", "l", "More people report it.", "better"),
        ("lower", "j", "", "needs-reading"),
        ("lower", "h.", "", "usual"),
    ],
)
def test_a_sign_on_the_chart_is_told_by_the_rule(here: World, better: str, signs: str, good: str, standing: str):
    indicator(here, better=better, rise_may_be_good=good)
    brought(here, {"burglary": months(STEADY, signs)})
    found = stood(here)
    assert found.standing.standing == standing
    assert found.why == (good.replace("More", "more") if signs == "h" and standing == "needs-reading" else "")
    assert found.indicator.status == "watched"


@pytest.mark.parametrize(
    ("value", "day", "mean", "standing"),
    [
        (120, date(2027, 3, 31), 10, "on-target"),
        (119, date(2027, 3, 31), 9, "behind"),
        (119, date(2027, 3, 31), 10, "cannot-reach"),
        (119, date(2026, 3, 31), 9, "missed"),
    ],
)
def test_a_target_is_held_against_the_months_it_covers(here: World, value: int, day: date, mean: float, standing: str):
    target(indicator(here), here, value, day)
    brought(here, {"burglary": months(STEADY, mean=mean)})
    found = stood(here)
    assert found.standing.standing == standing
    assert "12 months to March 2026 came to 120" in found.target_words


def test_months_missing_or_hidden_are_not_added_up(here: World):
    target(indicator(here), here)
    brought(here, {"burglary": months([*STEADY[:-1], "[c]"])})
    assert (stood(here).standing.standing, stood(here).value) == ("usual", "[c]")
    assert "cannot be told" in stood(here).target_words
    target(indicator(here, "share"), here, over_months=1)
    brought(here, {"share": months(STEADY)}, unit="% of crime")
    assert stood(here, measure="share").so_far is None
    assert stood(here, measure="burglary").standing.standing == "no-figure"


def test_a_month_not_supplied_is_no_figure_and_not_nought(here: World):
    indicator(here)
    brought(here, {"burglary": months([*STEADY[:-1], "[x]"], "h.")})
    found = stood(here)
    assert (found.standing.standing, found.value, found.sign) == ("no-figure", "10", "")
    assert [source.behind for source in board(here.who("manager")).sources] == [1]


def test_targets_at_least(here: World):
    target(indicator(here, better="higher"), here, 100, side="at-least")
    brought(here, {"burglary": months(STEADY)})
    assert stood(here).facts["target"] == "met"


def test_each_reader_is_told_what_was_released_for_them(here: World):
    indicator(here)
    brought(here, {"burglary": months(STEADY, "h")})
    assert "as partnership may know" in stood(here, "partner").sentence
    assert "as public may know" in stood(here, "scrutiny").sentence
    assert "as public may know" in RecoveryPlan.unscoped_rows.get().finding, "a plan is seen by scrutiny too"
    assert board(here.who()).bringing is None


def test_a_failing_measure_opens_one_plan(here: World):
    one = indicator(here)
    run = brought(here, {"burglary": months(STEADY, "h")})
    assert recovery.watch(here.partnership, run, today=TODAY) == []
    plan = RecoveryPlan.unscoped_rows.get()
    assert (plan.indicator, plan.rule, plan.period, plan.status, plan.lead) == (
        one,
        "worse-than-usual",
        "2026-03",
        "opened",
        here.organisations["police"],
    )
    brought(here, {"burglary": months(STEADY, "hh", to="2026-04")}, to="2026-04")
    assert RecoveryPlan.unscoped_rows.count() == 1, "one that is open is not opened again"


def test_a_plan_set_aside_may_be_opened_by_a_later_month(here: World):
    indicator(here)
    run = brought(here, {"burglary": months(STEADY, "h")})
    plan = RecoveryPlan.unscoped_rows.get()
    recovery.set_aside(plan, by=here.who("chair"), reason="One burglar, now in prison.")
    assert recovery.watch(here.partnership, run, today=TODAY) == []
    brought(here, {"burglary": months(STEADY, "hh", to="2026-04")}, to="2026-04")
    assert RecoveryPlan.unscoped_rows.count() == 2


def agreed(here: World) -> RecoveryPlan:
    plan = RecoveryPlan.unscoped_rows.get(status="opened")
    lead, chair = here.who("lead", organisation="police"), here.who("chair")
    action = here.action()
    plan = recovery.propose(
        plan, by=lead, lead=here.organisations["police"], cause="Sheds", resources="Locks", actions=[action]
    )
    with pytest.raises(Refused):
        recovery.agree(plan, by=lead)
    return recovery.agree(plan, by=chair)


def test_a_plan_closes_only_when_its_exit_test_holds(here: World):
    one = indicator(here)
    brought(here, {"burglary": months(STEADY, "h")})
    chair, manager = here.who("chair"), here.who("manager")
    plan = recovery.begin_test(agreed(here), by=manager)
    with pytest.raises(ValidationError, match="No month after March 2026"):
        recovery.close(plan, by=chair)
    assert RecoveryPlan.unscoped_rows.get().status == "testing"
    brought(here, {"burglary": months(STEADY, "hl", to="2026-04")}, to="2026-04")
    assert recovery.exit_test(plan, TODAY)[1].startswith(
        "One month after March 2026 without a sign of worse, up to April"
    )
    plan = recovery.take_back(plan, by=manager, reason="The locks come next week.")
    plan = recovery.begin_test(plan, by=manager)
    charts = months([*STEADY[:-4], 20, 10, 10, 10], "h...", to="2026-06")
    brought(here, {"burglary": charts}, to="2026-06")
    assert recovery.close(plan, by=chair).status == "closed"
    assert quiet_months(one, None) == 0


def test_a_target_that_is_reached_closes_a_plan(here: World):
    goal = target(indicator(here), here, 100)
    brought(here, {"burglary": months(STEADY)})
    plan = recovery.begin_test(agreed(here), by=here.who("manager"))
    assert recovery.exit_test(plan, TODAY) == (
        False,
        "At most 100 by 31 March 2027. The 12 months to March 2026 came to 120.",
    )
    targets.replace(
        goal,
        by=here.who("analyst"),
        reason="The council boundary moved.",
        side="at-most",
        value=130,
        day=date(2027, 3, 31),
        rationale="New",
    )
    assert recovery.exit_test(plan, TODAY)[0]
    assert [one.status for one in Target.unscoped_rows.order_by("id")] == ["replaced", "set"]


def test_an_exit_test_needs_figures_and_a_measure_that_is_watched(here: World):
    one = indicator(here)
    brought(here, {"burglary": months(STEADY, "h")})
    plan = RecoveryPlan.unscoped_rows.get()
    targets.retire(one, by=here.who("manager"), reason="Counted otherwise now.")
    assert "no longer watched" in recovery.exit_test(plan, TODAY)[1]
    with pytest.raises(WrongState):
        target(Indicator.unscoped_rows.get(), here)
    elsewhere = RecoveryPlan(partnership=world("Elsewhere").partnership, indicator=one)
    assert recovery.exit_test(elsewhere, TODAY) == (False, "No figures have been brought since.")


def test_who_may_set_targets(here: World):
    one = indicator(here)
    for role in ("partner", "chair", "scrutiny"):
        with pytest.raises(Refused):
            targets.set_target(one, by=here.who(role), side="at-most", value=1, day=TODAY, rationale="Less")


def test_a_line_says_in_words_what_it_shows(here: World):
    indicator(here)
    run = brought(here, {"burglary": months([*STEADY[:-1], 20], "h")})
    words = spark(Finding.unscoped_rows.filter(bringing=run).first())
    assert "between 10 and 20; 1 month with a sign of a real change" in words
    assert spark(None) == ""


def client(here: World, *roles: str, **more: object) -> Client:
    made = Client()
    made.force_login(here.person(*roles, **more), backend="django.contrib.auth.backends.ModelBackend")
    return made


def test_pages_from_the_partnership_down_to_the_chart(here: World):
    one = indicator(here)
    target(one, here)
    reader = client(here, "scrutiny")
    assert "No figures have been brought yet" in reader.get("/scorecard/").content.decode()
    brought(here, {"burglary": months(STEADY, "h")})
    brought(here, {"burglary": months(STEADY)}, area="Z2")
    plan = RecoveryPlan.unscoped_rows.get()
    for path, words in {
        "/scorecard/": "to March 2026",
        "/scorecard/?area=Z1": "Worse than usual",
        "/scorecard/other/": "Burglary",
        "/scorecard/changed/?area=Z1": "above the upper limit",
        f"/indicators/{one.reference}/": "How do we know?",
        f"/targets/{one.targets.get().reference}/": "The level of last year.",
        f"/recovery-plans/{plan.reference}/": "The exit test now",
        "/list/recovery-plans/": "Failed in",
        "/list/indicators/": "Which way is better",
        "/list/targets/": "At most 100",
    }.items():
        with CaptureQueriesContext(connection) as asked:
            answer = reader.get(path)
        assert answer.status_code == 200 and words in answer.content.decode(), path
        assert len(asked) <= 25, path
    assert reader.get("/scorecard/22222222/").status_code == 404
    for path in (f"/indicators/{one.reference}/set-target/", f"/recovery-plans/{plan.reference}/agree-recovery/"):
        assert reader.get(path).status_code == 404


def test_a_plan_is_carried_from_the_pages(here: World):
    one = indicator(here)
    brought(here, {"burglary": months(STEADY, "h")})
    action, plan = here.action(), RecoveryPlan.unscoped_rows.get()
    at, lead = f"/recovery-plans/{plan.reference}/", client(here, "lead", organisation="police", groups=("board",))
    given = {"lead": here.organisations["police"].pk, "cause": "Sheds", "resources": "Locks", "actions": [action.pk]}
    assert lead.get(at + "propose-recovery/").status_code == 200
    assert lead.post(at + "propose-recovery/", {**given, "seen": 0, "once": "a"}).status_code == 302
    assert lead.post(at + "propose-recovery/", {**given, "seen": 0, "once": "b"}).status_code == 409
    assert lead.get(at + "agree-recovery/").status_code == 404
    chair = client(here, "chair")
    assert chair.post(at + "agree-recovery/", {"seen": 1, "once": "c"}).status_code == 302
    manager = client(here, "manager")
    assert manager.post(at + "test-recovery/", {"seen": 2}).status_code == 302
    assert "Close the plan" not in chair.get(at).content.decode()
    refused = chair.post(at + "close-recovery/", {"seen": 3})
    assert "cannot be closed yet" in refused.content.decode()
    assert chair.post(at + "set-aside-recovery/", {"seen": 3, "reason": "Another way."}).status_code == 302
    assert manager.get(at + "nonsense/").status_code == 404
    assert actions_of(here.who("manager"), [plan])[plan.pk] == [action]
    set_target = f"/indicators/{one.reference}/set-target/"
    day = {"day_day": "31", "day_month": "3", "day_year": "2027"}
    told = {"side": "at-most", "value": "100", "over_months": "12", "rationale": "Last year", **day}
    assert manager.get(set_target).status_code == 200
    assert manager.post(set_target, told).status_code == 302
    goal = one.targets.get()
    replace = f"/targets/{goal.reference}/replace-target/"
    assert manager.get(replace).status_code == 200
    assert manager.post(replace, {**told, "value": "90", "seen": 0, "reason": "More is asked."}).status_code == 302
    assert manager.get(f"/targets/{goal.reference}/set-target/").status_code == 404
    retire = f"/indicators/{one.reference}/retire-indicator/"
    assert manager.get(retire).status_code == 200
    assert manager.post(retire, {"seen": 0, "reason": "Counted otherwise."}).status_code == 302
    assert manager.get(f"/indicators/{one.reference}/nonsense/").status_code == 404


def test_a_measure_is_added_to_those_watched(here: World):
    manager, at = client(here, "manager"), "/indicators/add/indicators/"
    assert "Watch a measure" in manager.get(at).content.decode()
    assert at in manager.get("/list/indicators/").content.decode()
    told = {"measure": "robbery", "title": "Robbery", "better": "lower", "once": "w"}
    assert "There is a problem" in manager.post(at, {**told, "measure": "nothing"}).content.decode()
    made = manager.post(at, told)
    assert made.url == f"/indicators/{Indicator.unscoped_rows.get().reference}/"
    assert manager.post(at, told).status_code == 303, "sent twice, added once"
    assert client(here, "partner").get(at).status_code == 404
    assert manager.get("/indicators/add/others/").status_code == 404


def test_the_boards_paper_tells_exceptions_only(here: World):
    for measure in ("burglary", "robbery", "theft"):
        indicator(here, measure, rise_may_be_good="Trust grew." if measure == "theft" else "")
    chair, scrutiny = client(here, "chair"), client(here, "scrutiny")
    assert chair.get("/scorecard/board/").status_code == 200
    assert chair.get("/scorecard/board/pdf/").status_code == 404, "no figures yet"
    steady, high = months(STEADY), months(STEADY, "h")
    brought(here, {"burglary": high, "robbery": steady, "theft": high})
    late = here.action(due=date(2026, 4, 1), title="Mend the gate")
    agreed_one = recovery.begin_test(agreed(here), by=here.who("manager"))
    target(Indicator.unscoped_rows.get(measure="robbery"), here, 100, date(2026, 1, 31))
    found = exceptions(board(here.who("chair")))
    assert found.decisions == ["Keep or replace the target for robbery."]
    assert (found.late, [plan for plan, _, _ in found.tests]) == ([late], [agreed_one])
    words = html_of(paper(found, here.partnership))
    for told in ("Mend the gate", "Does not hold", "trust grew", "3 measures are watched: 2 failing", "Target missed"):
        assert told in words
    brought(here, {"burglary": months(STEADY, "...", to="2026-06")}, to="2026-06")
    asked = exceptions(board(here.who("chair"))).decisions
    assert "Close the recovery plan for burglary: its exit test holds." in asked
    for kind, start in {"html": b"<!doctype", "docx": b"PK", "pdf": b"%PDF"}.items():
        answer = chair.get(f"/scorecard/board/{kind}/")
        assert answer.content.lower().startswith(start.lower()) and "attachment" in answer["Content-Disposition"]
    page = scrutiny.get("/scorecard/board/").content.decode()
    assert "as partnership may know" not in page and "Decisions to take" in page
    assert chair.get("/scorecard/board/exe/").status_code == 404


def test_a_paper_with_nothing_to_tell_says_so(here: World):
    indicator(here)
    brought(here, {"burglary": months(STEADY)})
    words = html_of(paper(exceptions(board(here.who("chair"))), here.partnership))
    assert "None follows from the figures" in words and "1 measure is watched: 0 failing" in words


def html_of(document: Document) -> str:
    return written(document, "html").decode()
