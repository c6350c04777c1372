"""One rule decides: what a list shows is what a page opens, and what may be changed can be seen."""

from __future__ import annotations

import pytest

from partnership.access.redact import redact
from partnership.access.rules import READ, RULES, SEE, may, visible
from partnership.access.scope import NotThere, one, rows
from partnership.meetings.models import Action
from partnership.organisations.roles import ROLES
from tests.factories.site import World, world

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> World:
    return world()


def test_every_kind_that_can_be_changed_can_be_seen():
    models = {model for model, _ in RULES}
    assert models
    assert {model for model in models if (model, SEE) not in RULES} == set()


@pytest.mark.parametrize("role", sorted(ROLES))
def test_whoever_may_change_an_action_may_see_it(here: World, role: str):
    actions = [
        here.action(group, owner, exempt=exempt)
        for group in ("board", "closed")
        for owner in ("council", "police")
        for exempt in ("", "7")
    ]
    for groups in ((), ("board",), ("closed",)):
        asked = here.who(role, groups=groups)
        seen = set(visible(asked, Action, SEE))
        for verb in ("update-own", "keep-actions", READ):
            assert set(visible(asked, Action, verb)) <= seen
        assert {action for action in actions if may(asked, SEE, action)} == seen


def test_exempt_actions_are_hidden_from_those_without_the_right(here: World):
    here.action("board", "police", exempt="7")
    assert rows(here.who("partner", groups=("board",)), Action).count() == 0
    assert rows(here.who("secretary", groups=("board",)), Action).count() == 1
    assert rows(here.who("scrutiny"), Action).count() == 0
    assert rows(here.who("partner", organisation="police"), Action).count() == 1, "an owner sees what it must do"


def test_a_closed_groups_actions_are_its_own_business(here: World):
    here.action("closed", "police")
    assert rows(here.who("partner", organisation="health"), Action).count() == 0
    assert rows(here.who("partner", organisation="health", groups=("closed",)), Action).count() == 1
    assert rows(here.who("manager"), Action).count() == 1


def test_what_is_restricted_is_emptied_for_those_who_only_see(here: World):
    action = here.action("board", "police", detail="Named premises")
    outside = one(here.who("scrutiny"), Action, action.reference)
    assert (outside.title, outside.detail, "detail" in outside.redacted) == ("Light the alley", "", True)
    inside = one(here.who("partner", organisation="police"), Action, action.reference)
    assert (inside.detail, inside.redacted) == ("Named premises", ())
    assert redact(None, [Action.unscoped_rows.get(pk=action.pk)])[0].detail == ""


def test_forbidden_looks_like_missing(here: World):
    action = here.action("closed", "police")
    for reference in (action.reference, "22222222"):
        with pytest.raises(NotThere):
            one(here.who("partner", organisation="health"), Action, reference)


def test_another_partnership_is_another_world(here: World):
    action, there = here.action(), world("Elsewhere")
    assert rows(there.who("manager"), Action).count() == 0
    assert not may(there.who("manager"), SEE, action)


def test_nobody_sees_nothing(here: World):
    here.action()
    assert rows(None, Action).count() == 0
