"""The truth table: every role, every membership, every state of every kind of record, against the rules in words."""

from __future__ import annotations

from collections import defaultdict

import pytest

from partnership.access.rules import RULES, may, visible
from partnership.cases.journey import STEPS
from partnership.organisations.roles import ROLES, Permission
from tests.access.truth.expected import AWAITING, EXPECTED, HOLDS
from tests.access.truth.people import PEOPLE
from tests.access.truth.rows import Made, every
from tests.factories.site import World, world

DECIDED = {(model, verb) for model, verb in RULES if model.__name__ not in AWAITING}


@pytest.fixture
def table(db) -> tuple[World, dict[str, list[Made]]]:
    here, rows = world(), defaultdict(list)
    for row, facts in [*every(here)]:
        rows[type(row).__name__].append((row, facts))
    every(world("Elsewhere"))
    return here, rows


def test_every_rule_is_written_down_in_words():
    """A new rule of the rule book needs its line in tests/access/truth/expected.py."""
    assert {(model.__name__, verb) for model, verb in DECIDED} == set(EXPECTED)


def test_each_role_holds_what_its_description_says():
    assert set(HOLDS) == {permission.value for permission in Permission}
    held = {name: " ".join(role for role in ROLES if name in ROLES[role].allows) for name in HOLDS}
    assert {name: set(roles.split()) for name, roles in held.items()} == {
        name: set(roles.split()) for name, roles in HOLDS.items()
    }


@pytest.mark.parametrize("role", ["", *ROLES])
def test_the_rule_book_does_what_the_rules_in_words_say(table: tuple[World, dict[str, list[Made]]], role: str):
    here, rows = table
    wrong = []
    for person in (person for person in PEOPLE if person.role == role):
        asked = person.who(here)
        for model, verb in DECIDED:
            rule, made = EXPECTED[model.__name__, verb], rows[model.__name__]
            assert made, f"no row of {model.__name__} in tests/access/truth/rows.py"
            found = set(visible(asked, model, verb).values_list("pk", flat=True))
            meant = {row.pk for row, facts in made if rule(person, facts)}
            wrong += [
                f"{person} may{'' if row.pk in found else ' not'} {verb} {model.__name__} {facts}"
                for row, facts in made
                if (row.pk in found) != (row.pk in meant)
            ]
            wrong += [f"{person} may {verb} a {model.__name__} that is not theirs to see"] * bool(
                found - {row.pk for row, _ in made}
            )
    assert not wrong, "\n".join(wrong[:20])


def test_one_row_is_asked_what_all_rows_are(table: tuple[World, dict[str, list[Made]]]):
    here, rows = table
    for person in PEOPLE[::7]:
        asked = person.who(here)
        for model, verb in sorted(DECIDED, key=str)[::3]:
            row, facts = rows[model.__name__][-1]
            assert bool(may(asked, verb, row)) == EXPECTED[model.__name__, verb](person, facts)


ASKS_WHY = ("change-", "withdraw-", "reopen-", "cancel-", "drop-", "set-aside-", "end-", "remove-")


def test_every_step_is_allowed_by_a_rule_and_leads_somewhere():
    permissions = {verb for _, verb in RULES}
    for step in STEPS.values():
        assert step.permission in permissions, step.verb
        assert step.to or step.sources, f"{step.verb} neither begins nor moves anything"
        assert "{who}" in step.said and "{what}" in step.said, step.verb


def test_whoever_undoes_what_was_agreed_says_why():
    silent = [step.verb for step in STEPS.values() if step.verb.startswith(ASKS_WHY) and not step.reason]
    assert silent == []
