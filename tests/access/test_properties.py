"""What must hold whoever asks: a list, a search, an export and a page show the same rows; losing a place shows nothing more;
nothing that is hidden stands in any answer."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from partnership.access.kinds import Kind, chosen, listing, matching
from partnership.access.rules import READ, RULES, visible
from partnership.access.scope import NotThere, one
from partnership.access.who import Who
from partnership.governance.models import Entry
from partnership.organisations.roles import ROLES
from partnership.site.kinds import KINDS
from partnership.site.navigation import page_of
from tests.access.truth.rows import PLANTED, every
from tests.factories.site import TODAY, World, world

OF_EACH_KIND = {
    name: kind for name, kind in KINDS.items() if kind.model is not Entry or name in {"risks", "scrutiny-questions"}
}
"""Registers share one engine: two of them stand for all."""
QUICK = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture
def here(db) -> World:
    made = world()
    every(made)
    every(world("Elsewhere"))
    return made


def anybody(here: World) -> st.SearchStrategy[Who]:
    """A person with any roles, sitting for any organisations on any groups."""
    organisations = [organisation.pk for organisation in here.organisations.values()]
    groups = [group.pk for group in here.groups.values()]
    return st.builds(
        Who,
        partnership_id=st.just(here.partnership.pk),
        user_id=st.just(0),
        today=st.just(TODAY),
        organisations=st.frozensets(st.sampled_from(organisations)),
        groups=st.frozensets(st.sampled_from(groups)),
        roles=st.frozensets(st.sampled_from(sorted(ROLES)), max_size=3),
    )


def listed(who: Who, kind: Kind) -> set[str]:
    """References on all pages of the list."""
    found, page = set(), 1
    while True:
        shown = listing(who, kind, {"page": str(page)}, size=40)
        found |= {row.reference for row in shown.rows}
        if not shown.more:
            return found
        page += 1


def opens(who: Who, kind: Kind, reference: str) -> bool:
    try:
        one(who, kind.model, reference, **(kind.where or {}))
    except NotThere:
        return False
    return True


def test_list_page_search_and_export_show_the_same_rows(here: World):
    asked = st.data()

    @QUICK
    @given(asked)
    def hold(data: st.DataObject) -> None:
        who, kind = data.draw(anybody(here)), data.draw(st.sampled_from(list(KINDS.values())))
        rows = listed(who, kind)
        everything = {row.reference for row in kind.model._default_manager.filter(**(kind.where or {}))}
        assert {row.reference for row in chosen(who, kind, {})} == rows
        assert {name for name in everything if opens(who, kind, name)} == rows
        for name in sorted(everything)[:12]:
            assert matching(kind.rows(who), kind, name).exists() == (name in rows)

    hold()


def test_losing_a_place_never_shows_more(here: World):
    models = sorted({model for model, _ in RULES}, key=lambda model: model.__name__)
    verbs = {model: [verb for of, verb in RULES if of is model] for model in models}

    @QUICK
    @given(st.data())
    def hold(data: st.DataObject) -> None:
        who, model = data.draw(anybody(here)), data.draw(st.sampled_from(models))
        part = data.draw(st.sampled_from(["roles", "groups", "organisations"]))
        held: frozenset[Any] = getattr(who, part)
        less = replace(who, **{part: held - {min(held)} if held else held})
        for verb in verbs[model]:
            before, after = (set(visible(one, model, verb).values_list("pk", flat=True)) for one in (who, less))
            assert after <= before, f"{verb} {model.__name__} without one of the {part}"

    hold()


@pytest.mark.parametrize("role", ["", *ROLES])
def test_nothing_hidden_stands_in_an_answer(here: World, role: str):
    """Over HTTP: every list, what is found, every file, and every page of a record."""
    person = here.person(*([role] * bool(role)), organisation="police", groups=("board",))
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    found = client.get("/search/?q=lamps").content.decode()
    bodies = [found, client.get("/").content.decode()]
    who = here.standing(person)
    for name, kind in OF_EACH_KIND.items():
        bodies += [client.get(f"/list/{name}/").content.decode(), taken_out(client, name)]
        for row in kind.model._default_manager.filter(**(kind.where or {}))[:4]:
            bodies.append(page(client, who, kind, row.reference))
    hidden = planted(here) - planted(here, who)
    assert hidden or role == "manager"
    for body in bodies:
        assert not [words for words in hidden if f"{words}." in body]


def planted(here: World, who: Who | None = None) -> set[str]:
    """The words planted in restricted fields; with `who`, in those that this person may read."""
    found = set()
    for model in {model for model, verb in RULES if verb == READ}:
        rows = visible(who, model, READ) if who else model._default_manager.all()
        for row in rows:
            said = [value for value in vars(row).values() if isinstance(value, str | dict)]
            texts = [text for value in said for text in (value.values() if isinstance(value, dict) else [value])]
            found |= {text.rstrip(".") for text in texts if isinstance(text, str) and text.startswith(PLANTED)}
    return found


def taken_out(client: Client, name: str) -> str:
    answer = client.get(f"/list/{name}/export/")
    return b"".join(answer.streaming_content).decode() if answer.status_code == 200 else ""


def page(client: Client, who: Who | None, kind: Kind, reference: str) -> str:
    """The page of one record, if it has one: there for those whom its list shows it, and for nobody else."""
    url = page_of(kind.page, reference)
    if not url:
        return ""
    answer = client.get(url)
    assert (answer.status_code == 200) == bool(who and opens(who, kind, reference)), f"{kind.name} {answer.status_code}"
    return str(answer.content.decode())
