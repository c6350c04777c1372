"""Plans: nothing is approved that misses what the law asks for, and a refresh says what it changed."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from pydantic import ValidationError as NotSound

from partnership.access.who import Who
from partnership.cases import journey
from partnership.governance.models import Activity, Cause, Commitment, Milestone, Outcome, Plan, Priority, Resource
from partnership.governance.plan_contents import check, checklist, difference, held
from partnership.governance.steps import plans
from tests.factories.site import TODAY, World, world
from wardwise.definitions.plans import Checklist, checklists

DAYS = {"starts": date(2026, 4, 1), "ends": date(2029, 3, 31)}


@pytest.fixture
def here(db) -> World:
    return world()


def signed_in(here: World, *roles: str, organisation: str = "council") -> Client:
    client = Client()
    client.force_login(
        here.person(*roles, organisation=organisation), backend="django.contrib.auth.backends.ModelBackend"
    )
    return client


def full(here: World, by: Who) -> Plan:
    """A plan that holds everything the law asks for."""
    plan = plans.begin(by=by, title="Plan", assessment="Assessment 2025", **DAYS)
    strands = [strand.name for strand in checklist(plan).strands]
    facts = {"rationale": "Most harm", "proposals": "Patrols", "strands": strands}
    first = plans.add(plan, Priority(plan=plan, position=1, name="Violence", **facts), by=by)
    plans.add(plan, Resource(priority=first, year="2026-27", purpose="Patrols", pounds=10), by=by)
    for body in here.organisations.values():
        promise = Commitment(plan=plan, priority=first, organisation=body, text=f"{body} helps", measure="Assaults")
        plans.add(plan, promise, by=by)
    for part in checklist(plan).parts:
        if part.check == "text":
            plan = plans.write(plan, by=by, part=part.name, words="Written")
    return plan


def everything(plan: Plan):
    return held(plan, lambda model: model.unscoped_rows)


def test_declared_checklists_are_sound():
    assert {"plan-england", "agreement-england"} <= set(checklists())
    for found in checklists().values():
        assert all(part.law for part in found.parts) and found.checked_on
    with pytest.raises(NotSound):
        Checklist.model_validate({"checklist": "made", "title": "Made", "law": "None", "serves": [], "parts": []})


def test_what_the_law_asks_for_is_missing_until_it_is_there(here: World):
    manager = here.who("manager")
    bare = plans.begin(by=manager, title="Plan", **DAYS)
    assert all(one.missing for one in check(bare, everything(bare)))
    weak = plans.add(bare, Priority(plan=bare, position=1, name="Violence"), by=manager)
    said = {one.part.name: one.missing for one in check(bare, everything(bare))}
    assert "Violence" in said["priorities"] and "Violence" in said["steps"] and "Violence" in said["resources"]
    assert "Saltpool police" in said["measures"] and "serious violence" in said["strategy"]
    assert weak.status == "set"
    plan = full(here, manager)
    assert [one.part.name for one in check(plan, everything(plan)) if not one.there] == []


def test_an_agreement_has_a_checklist_of_its_own(here: World):
    manager = here.who("manager")
    plan = plans.begin(by=manager, title="Agreement", kind="agreement", **DAYS)
    said = {one.part.name: one.missing for one in check(plan, everything(plan))}
    assert said["outcomes"] and said["activities"] == "There is none."
    activity = plans.add(plan, Activity(plan=plan, number=1, name="Light"), by=manager)
    assert "1" in {one.part.name: one.missing for one in check(plan, everything(plan))}["activities"]
    outcome = plans.add(plan, Outcome(plan=plan, position=1, name="Fewer"), by=manager)
    activity.outcomes.add(outcome)
    assert {one.part.name: one.missing for one in check(plan, everything(plan))}["activities"] == ""


def test_a_plan_goes_from_draft_to_approved_and_ends_the_one_before(here: World):
    manager, chair = here.who("manager"), here.who("chair")
    bare = plans.move(plans.begin(by=manager, title="Bare", **DAYS), plans.CONSULT, by=manager)
    with pytest.raises(ValidationError) as missing:
        plans.move(bare, plans.READY, by=manager)
    assert len(missing.value.messages) == 10
    plan = full(here, manager)
    for step, by in ((plans.CONSULT, manager), (plans.READY, manager)):
        plan = plans.move(plan, step, by=by)
    with pytest.raises(journey.Refused):
        plans.move(plan, plans.APPROVE, by=manager)
    plan = plans.move(plan, plans.APPROVE, by=chair)
    with pytest.raises(journey.WrongState):
        plans.add(plan, Outcome(plan=plan, position=1, name="Late"), by=manager)
    later = plans.refresh(plan, by=manager, title="Next", starts=date(2027, 4, 1), ends=date(2030, 3, 31))
    later = plans.write(later, by=manager, part="assessment", words="Assessment 2026")
    place = Priority.unscoped_rows.get(plan=later)
    plans.add(later, Resource(priority=place, year="2027-28", purpose="Patrols", people=2), by=manager)
    for step in (plans.CONSULT, plans.REOPEN, plans.CONSULT, plans.READY):
        later = plans.move(later, step, by=manager, reason="Read again")
    later = plans.move(later, plans.APPROVE, by=chair)
    assert (later.status, Plan.unscoped_rows.get(pk=plan.pk).status) == ("approved", "superseded")


def test_a_plan_of_the_past_is_kept_without_the_checklist(here: World):
    manager = here.who("manager")
    plan = plans.begin(by=manager, title="Old", **DAYS)
    assert plans.move(plan, plans.BRING, by=manager, reason="Made on paper").status == "superseded"


def test_a_refresh_says_what_it_changed(here: World):
    manager = here.who("manager")
    plan = full(here, manager)
    priority = Priority.unscoped_rows.get(plan=plan)
    outcome = plans.add(plan, Outcome(plan=plan, position=1, name="Fewer"), by=manager)
    cause = Cause.unscoped_rows.create(partnership=here.partnership, name="Alcohol", status="set")
    links = {"priorities": [priority], "outcomes": [outcome], "causes": [cause]}
    plans.add(plan, Activity(plan=plan, number=1, name="Light"), by=manager, **links)
    done = Commitment.unscoped_rows.filter(plan=plan).first()
    plans.commitment(done, plans.KEEP, by=manager)
    again = plans.refresh(plan, by=manager, title="Next", **DAYS)
    copied = Activity.unscoped_rows.get(plan=again)
    assert [one.plan for one in copied.priorities.all()] == [again] and list(copied.causes.all()) == [cause]
    assert [one.heading for one in difference(plan, everything(plan), again, everything(again))] == ["Commitments"]
    Priority.unscoped_rows.filter(plan=again).update(rationale="Still most harm")
    plans.add(again, Priority(plan=again, position=2, name="Burglary"), by=manager)
    again = plans.write(again, by=manager, part="help", words="Tell us of hazards")
    found = {one.heading: one for one in difference(plan, everything(plan), again, everything(again))}
    assert found["Priorities"].added == ["Burglary"]
    assert found["Priorities"].changed == [("Violence: why it is a priority", "Most harm", "Still most harm")]
    assert found["Commitments"].dropped == [done.text]
    assert found["What is written under the law's headings"].changed[0][2] == "Tell us of hazards"


def test_a_partner_reports_on_its_own_commitment(here: World):
    manager = here.who("manager")
    plan = full(here, manager)
    plans.move(plan, plans.CONSULT, by=manager)
    own = Commitment.unscoped_rows.get(plan=plan, organisation=here.organisations["police"])
    with pytest.raises(journey.Refused):
        plans.commitment(own, plans.START, by=here.who("partner", organisation="health"))
    own = plans.commitment(own, plans.START, by=here.who("partner", organisation="police"))
    own = plans.commitment(own, plans.KEEP, by=here.who("partner", organisation="police"))
    assert own.status == "kept"


def test_a_lead_adds_milestones_to_the_priority_it_leads(here: World):
    manager, lead = here.who("manager"), here.who("lead", organisation="police")
    plan = plans.begin(by=manager, title="Plan", **DAYS)
    police = here.organisations["police"]
    own = plans.add(plan, Priority(plan=plan, position=1, name="Violence", lead_organisation=police), by=manager)
    assert plans.add(plan, Milestone(priority=own, name="Lit", due=TODAY), by=lead).status == "ahead"
    other = plans.add(plan, Priority(plan=plan, position=2, name="Roads"), by=manager)
    with pytest.raises(journey.Refused):
        plans.add(plan, Milestone(priority=other, name="Lit", due=TODAY), by=lead)


def test_a_plan_is_written_through_its_pages(here: World, django_assert_max_num_queries):
    manager = signed_in(here, "manager")
    span = {"starts_day": "1", "starts_month": "4", "starts_year": "2026", "ends_day": "31", "ends_month": "3"}
    begun = manager.post("/plans/begin/plans/", {"title": "Plan", "kind": "plan", **span, "ends_year": "2029"})
    plan = Plan.unscoped_rows.get()
    at = f"/plans/{plan.reference}/"
    assert begun["Location"] == at and "10 of 10 missing" in manager.get(at).content.decode()
    assert manager.get("/plans/begin/plans/").status_code == 200
    assert manager.post(f"{at}write/help/", {"words": "Tell us", "seen": "0"}).status_code == 302
    assert manager.post(f"{at}write/assessment/", {"words": "Assessment", "seen": "1"}).status_code == 302
    assert manager.get(f"{at}write/priorities/").status_code == 404
    added = {"name": "Violence", "rationale": "Harm", "proposals": "Patrols", "strands": ["serious-violence"]}
    assert manager.post(f"{at}add/priority/", added).status_code == 302
    priority = Priority.unscoped_rows.get()
    assert manager.post(f"{at}add/commitment/", {"text": "We shall", "priority": priority.pk}).status_code == 302
    money = {"purpose": "Patrols", "priority": priority.pk, "year": "2026-27"}
    assert "Enter pounds, people or both" in manager.post(f"{at}add/resource/", money).content.decode()
    assert manager.post(f"{at}add/resource/", {**money, "pounds": "100"}).status_code == 302
    for part in ("priority", "commitment", "resource"):
        assert manager.get(f"{at}add/{part}/").status_code == 200
    assert manager.get(f"{at}add/nothing/").status_code == 404
    assert manager.post(f"{at}consult-plan/", {"seen": "2"}).status_code == 302
    refused = manager.post(f"{at}ready-plan/", {"seen": "3"})
    assert "Regulation 12" in refused.content.decode()
    assert manager.get(f"{at}nothing/").status_code == 404
    with django_assert_max_num_queries(25):
        assert "We shall" in manager.get(at).content.decode()
    for address in (f"{at}matrix/", f"/priorities/{priority.reference}/", "/list/plans/", "/list/commitments/"):
        assert manager.get(address).status_code == 200
    assert manager.get(f"{at}difference/").status_code == 404
    promise = Commitment.unscoped_rows.get()
    there = f"/commitments/{promise.reference}/"
    assert "Record as kept" in manager.get(there).content.decode()
    assert manager.get(f"{there}drop-commitment/").status_code == 200
    assert manager.post(f"{there}keep-commitment/", {"seen": "0"}).status_code == 302
    assert manager.get(f"{there}nothing/").status_code == 404


def test_a_matrix_and_a_difference_are_tables(here: World):
    manager = here.who("manager")
    plan = full(here, manager)
    outcome = plans.add(plan, Outcome(plan=plan, position=1, name="Fewer"), by=manager)
    plans.add(plan, Activity(plan=plan, number=1, name="Light"), by=manager, outcomes=[outcome])
    client = signed_in(here, "manager")
    page = client.get(f"/plans/{plan.reference}/matrix/").content.decode()
    assert "Outcome: Fewer" in page and "<strong>Yes</strong>" in page
    form = {"title": "Next", "starts_day": "1", "starts_month": "4", "starts_year": "2029"}
    form |= {"ends_day": "31", "ends_month": "3", "ends_year": "2032"}
    assert client.get(f"/plans/{plan.reference}/refresh/").status_code == 200
    made = client.post(f"/plans/{plan.reference}/refresh/", form)
    assert "Nothing has changed yet" in client.get(f"{made['Location']}difference/").content.decode()
    assert "See what changed" in client.get(made["Location"]).content.decode()


def test_drafts_are_not_for_everybody(here: World):
    plan = full(here, here.who("manager"))
    partner = signed_in(here, "partner")
    assert partner.get(f"/plans/{plan.reference}/").status_code == 404
    assert partner.get("/plans/begin/plans/").status_code == 404
    plans.move(plan, plans.CONSULT, by=here.who("manager"))
    assert partner.get(f"/plans/{plan.reference}/").status_code == 200
    assert partner.get(f"/plans/{plan.reference}/write/help/").status_code == 404
