"""The pages around every page: menus by role, a page for each thing that cannot be done, and nothing loaded from elsewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client, RequestFactory
from django.urls import clear_url_caches

from partnership.access.scope import NotThere
from partnership.cases.journey import AlreadyDone, Changed, ReasonNeeded, Refused, WrongState
from partnership.meetings.steps import actions
from partnership.organisations.models import User
from partnership.organisations.roles import ROLES
from partnership.site import errors
from partnership.site.navigation import ACCOUNT, MENU, menu
from tests.factories.site import World, world

pytestmark = pytest.mark.django_db
TEMPLATES = Path(errors.__file__).parent.parent
POISON = "zz<script>alert(1)</script>zz"


@pytest.fixture
def here() -> World:
    clear_url_caches()
    return world()


def signed_in(user: User) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.parametrize("role", ROLES)
def test_every_place_of_a_menu_opens_for_those_who_are_shown_it(here: World, role: str):
    person = here.person(role, groups=("board",))
    client = signed_in(person)
    home = client.get("/").content.decode()
    for place in menu(MENU + ACCOUNT, here.who(role)):
        assert f'href="{place.url}"' in home
        assert client.get(place.url).status_code == 200, place.title


def test_visitors_have_no_menu_and_the_footer_is_for_everyone(here: World):
    page = Client().get("/help/").content.decode()
    assert "govuk-service-navigation" not in page
    for url in ("/help/", "/accessibility/", "/privacy/"):
        assert f'href="{url}"' in page
        assert Client().get(url).status_code == 200


def test_the_place_a_page_stands_in_is_marked(here: World):
    client = signed_in(here.person("manager", groups=("board",)))
    action = here.action()
    home, inner = client.get("/").content.decode(), client.get(f"/actions/{action.reference}/")
    assert 'href="/" aria-current="page">What I must do' in home
    if inner.status_code == 200:
        assert re.search(r'href="[^"]*actions/" aria-current="true"', inner.content.decode())
    risks = client.get("/list/risks/").content.decode()
    assert 'href="/registers/" aria-current="true"' in risks
    assert risks.count("aria-current") == 1


RAISED = [
    (NotThere(), 404, "Page not found"),
    (Refused("x"), 403, "You may not do this"),
    (WrongState("done"), 409, "no longer be done"),
    (Changed([]), 409, "Somebody changed this"),
    (ReasonNeeded("x"), 400, "Give a reason"),
    (AlreadyDone("NONESUCH"), 409, "recorded already"),
]


@pytest.mark.parametrize("raised, status, words", RAISED, ids=lambda value: type(value).__name__)
def test_what_steps_raise_has_its_page(here: World, raised: Exception, status: int, words: str):
    request = RequestFactory().post("/somewhere/", {"password": "geheim", "once": "number-1"})
    answer = errors.ANSWERS[type(raised)](request, raised)
    assert answer.status_code == status
    page = answer.content.decode()
    assert words in page
    assert "geheim" not in page
    assert "number-1" not in page


def test_any_other_exception_is_not_ours_to_answer(here: World):
    assert errors.answers(lambda request: None).process_exception(RequestFactory().get("/"), KeyError()) is None  # type: ignore[attr-defined]


def test_the_one_who_comes_later_is_told_what_changed_and_keeps_their_words(here: World):
    action = here.action()
    seen = action.version
    actions.change(action, by=here.who("manager"), seen=seen, reason="The lamps came late", title="Light two alleys")
    with pytest.raises(Changed) as later:
        actions.change(action, by=here.system, seen=seen, reason="Mine", title="Mine")
    request = RequestFactory().post("/x/", {"reason": POISON, "csrfmiddlewaretoken": "t" * 64, "file_name": ""})
    page = errors.changed(request, later.value).content.decode()
    assert "The lamps came late" in page
    assert "changed: title" in page
    assert "zz&lt;script&gt;" in page
    assert "<script>alert" not in page
    assert "t" * 64 not in page


def test_a_form_sent_twice_leads_to_what_the_first_one_did(here: World):
    person = here.person("manager", groups=("board",))
    client = signed_in(person)
    action = here.action()
    request = client.get(f"/actions/{action.reference}/").wsgi_request
    answer = errors.already_done(request, AlreadyDone(action.reference))
    assert (answer.status_code, answer["Location"]) == (303, f"/actions/{action.reference}/")


ODD = {
    "no such page": ("get", f"/nowhere/{POISON}/?q={POISON}", {}, 404),
    "no such list": ("get", f"/list/nothing/?q={POISON}", {}, 404),
    "no such record": ("get", "/actions/AAAAAAAA/", {}, 404),
    "too large": ("post", "/sign-in/", {"CONTENT_LENGTH": str(errors.LARGEST + 1)}, 413),
    "strange host": ("get", "/help/", {"HTTP_HOST": POISON}, 400),
}


@pytest.mark.parametrize("how", ODD)
def test_odd_requests_get_a_page_that_says_nothing_back(here: World, how: str):
    method, url, extra, status = ODD[how]
    answer = getattr(signed_in(here.person("manager")), method)(url, **extra)
    assert answer.status_code == status
    page = answer.content.decode()
    assert '<h1 class="govuk-heading-l">' in page
    assert "alert(1)" not in page
    assert answer["Content-Security-Policy"].startswith("default-src 'none'")


def test_missing_and_forbidden_look_the_same(here: World):
    hidden = here.action("closed", owner="police")
    client = signed_in(here.person("partner", organisation="health"))
    forbidden, missing = client.get(f"/actions/{hidden.reference}/"), client.get("/actions/AAAAAAAA/")
    assert forbidden.status_code == missing.status_code == 404
    assert plain(forbidden.content) == plain(missing.content)


def plain(page: bytes) -> str:
    return re.sub(r'value="[^"]+"', "", page.decode())


def test_a_form_without_its_proof_is_refused_in_our_words(here: World):
    answer = Client(enforce_csrf_checks=True).post("/sign-in/", {"username": POISON})
    assert answer.status_code == 403
    assert "This form has expired" in answer.content.decode()
    assert "alert(1)" not in answer.content.decode()


def test_a_fault_has_a_page_that_asks_nothing_of_the_database(here: World, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = errors.fault(RequestFactory().get("/"))
    assert answer.status_code == 500
    assert "The fault is ours" in answer.content.decode()


def test_too_much_in_a_form_is_told_as_too_large(here: World):
    answer = Client().post("/sign-in/", {"username": "x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)})
    if answer.status_code != 200:  # the test client sends forms in parts, which Django counts field by field
        assert answer.status_code in {400, 413}
        assert "Nothing was recorded" in answer.content.decode()


def test_no_template_holds_script_or_style_of_its_own_or_loads_from_elsewhere():
    inline = re.compile(
        r"<style|<script(?![^>]*\b(?:src=|type=.application/json))|\son[a-z]+=|\sstyle=|javascript:", re.I
    )
    away = re.compile(r'(src|srcset|action|data)="https?:|<link[^>]*href="https?:', re.I)
    found = [
        f"{path.name}, line {number}"
        for path in sorted(TEMPLATES.rglob("*.html"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if inline.search(line) or away.search(line)
    ]
    assert not found


def test_the_demo_says_that_nobody_in_it_is_real(here: World):
    assert "Synthetic data. No person in it is real." in Client().get("/sign-in/").content.decode()


def test_after_too_many_tries_a_page_says_how_long_to_wait(here: World):
    client = Client()
    for _ in range(settings.AXES_FAILURE_LIMIT + 1):
        answer = client.post("/sign-in/", {"login": "poison@example.invalid", "password": "geheim"})
    assert answer.status_code == 429
    page = answer.content.decode()
    assert "quarter of an hour" in page
    assert "poison@example.invalid" not in page
    assert "geheim" not in page
