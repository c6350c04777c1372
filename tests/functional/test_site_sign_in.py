"""Signing in: the password, the second step, the limits, the forgotten password, and who must have a second step."""

from __future__ import annotations

import hashlib
import re
from typing import Any

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client

from partnership.audit.models import Event
from partnership.organisations.models import SignedIn, User
from partnership.organisations.passwords import NotBreached
from tests.factories.site import PASSWORD, World, world

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> World:
    from django.core.cache import cache

    cache.clear()
    return world()


def sign_in(client: Client, user: User, password: str = PASSWORD, **more: Any) -> Any:
    return client.post("/sign-in/", {"login": user.email, "password": password}, **more)


def test_a_person_signs_in_is_on_record_and_out_again(here: World):
    client, user = Client(HTTP_USER_AGENT="Mozilla/5.0 (Windows NT 10.0) Firefox/130.0"), here.person("partner")
    assert "wrong" in sign_in(client, user, "not it at all").content.decode()
    assert sign_in(client, user)["Location"] == "/"
    assert Event.objects.get().verb == "sign-in"
    assert SignedIn.objects.get().browser == "Firefox on Windows"
    page = client.get("/account/").content.decode()
    assert user.email in page and "Firefox on Windows (this one)" in page and "Partner: Sits on" in page
    client.post("/sign-out/")
    assert SignedIn.objects.count() == 0
    assert client.get("/account/").status_code == 302


def test_nobody_makes_an_account_of_their_own(here: World):
    for path in ("/signup/", "/sign-in/signup/"):
        assert Client().get(path).status_code == 404
    for answer in (Client().get("/sign-up/"), Client().post("/sign-up/", {"email": "a@example.invalid"})):
        assert "Accounts come from invitations" in answer.content.decode()
    assert User.objects.count() == 0


def test_another_browser_can_be_signed_out(here: World):
    user, mine, other = here.person("partner"), Client(), Client()
    sign_in(mine, user)
    sign_in(other, user)
    strange = here.person("manager")
    sign_in(stranger := Client(), strange)
    number = SignedIn.objects.get(session_key=other.session.session_key).pk
    stranger.post(f"/account/sessions/{number}/end/")
    assert other.get("/account/").status_code == 200
    mine.post(f"/account/sessions/{number}/end/")
    assert other.get("/account/").status_code == 302


def test_an_ended_account_does_not_open(here: World):
    user = here.person("partner")
    User.objects.filter(pk=user.pk).update(is_active=False)
    client = Client()
    sign_in(client, user)
    assert client.get("/").status_code == 302


def with_app(user: User) -> str:
    secret = auth.generate_totp_secret()
    auth.TOTP.activate(user, secret)
    return secret


def code(secret: str) -> str:
    return auth.format_hotp_value(auth.hotp_value(secret, next(auth.yield_hotp_counters_from_time())))


def test_a_code_from_an_app_is_asked_for_and_serves_once(here: World):
    user, client = here.person("partner"), Client()
    secret = with_app(user)
    assert sign_in(client, user)["Location"] == "/sign-in/code/"
    assert client.get("/").status_code == 302
    assert "The code is wrong" in client.post("/sign-in/code/", {"code": "000000"}).content.decode()
    used = code(secret)
    assert client.post("/sign-in/code/", {"code": used})["Location"] == "/"
    again = Client()
    sign_in(again, user)
    assert again.post("/sign-in/code/", {"code": used}).status_code == 200


def test_wrong_codes_are_counted(here: World):
    user, client = here.person("partner"), Client()
    secret = with_app(user)
    sign_in(client, user)
    for _ in range(8):
        client.post("/sign-in/code/", {"code": "000000"})
    assert "Too many wrong tries" in client.post("/sign-in/code/", {"code": code(secret)}).content.decode()


def test_a_recovery_code_opens_once(here: World):
    user = here.person("partner")
    with_app(user)
    spare = RecoveryCodes.activate(user).get_unused_codes()[0]
    for expected in (302, 200):
        client = Client()
        sign_in(client, user)
        assert client.post("/sign-in/code/", {"code": spare}).status_code == expected


def test_setting_up_an_app_asks_for_the_password_first_and_gives_recovery_codes(here: World):
    user, client = here.person("partner"), Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    asked = client.get("/account/second-step/app/")
    assert asked["Location"].startswith("/sign-in/again/")
    client.post(asked["Location"], {"password": PASSWORD})
    page = client.get("/account/second-step/app/").content.decode()
    secret = re.search(r'class="secret">([A-Z2-7]+)<', page).group(1)  # type: ignore[union-attr]
    assert client.post("/account/second-step/app/", {"code": "1"}).status_code == 200
    assert client.post("/account/second-step/app/", {"code": code(secret)}).status_code == 302
    kinds = set(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    assert kinds == {"totp", "recovery_codes"}
    assert len(re.findall(r"<li>\d{8}</li>", client.get("/account/second-step/codes/").content.decode())) == 10
    for path in ("", "codes/new/", "keys/", "keys/add/", "app/remove/"):
        assert client.get(f"/account/second-step/{path}").status_code == 200, path
    assert "app/remove" in client.get("/account/second-step/").content.decode()


@pytest.mark.parametrize("roles, allowed", [({"manager"}, False), ({"*"}, False), ({"chair"}, True), (set(), True)])
def test_declared_roles_must_have_a_second_step(here: World, settings: Any, roles: set[str], allowed: bool):
    settings.SECOND_STEP_ROLES = frozenset(roles)
    user, client = here.person("manager"), Client()
    sign_in(client, user)
    answer = client.get("/list/actions/")
    assert (answer.status_code == 200) == allowed
    if not allowed:
        assert answer["Location"] == "/account/second-step/"
        assert "Your role asks for a second step" in client.get(answer["Location"]).content.decode()
        with_app(user)
        assert client.get("/list/actions/").status_code == 200


def test_a_forgotten_password_is_set_again_by_a_link_that_works_once(here: World):
    user = here.person("partner")
    Client().post("/password/", {"email": user.email})
    link = re.search(r"http://testserver(/password/new/\S+)", mail.outbox[0].body).group(1)  # type: ignore[union-attr]
    client = Client()
    form = client.get(link)["Location"]
    new = "correct horse in the wardrobe"
    assert client.post(form, {"password1": "password1234", "password2": "password1234"}).status_code == 200
    assert client.post(form, {"password1": new, "password2": new})["Location"] == "/password/changed/"
    assert "no longer works" in Client().get(link).content.decode()
    assert sign_in(Client(), user, new)["Location"] == "/"


def test_who_has_no_account_is_told_so_by_mail_and_not_on_the_page(here: World):
    known, unknown = here.person("partner").email, "nobody@example.invalid"
    pages = [Client().post("/password/", {"email": email}, follow=True).content for email in (known, unknown)]
    assert pages[0] == pages[1]
    assert [message.subject for message in mail.outbox] == ["Set a new password", "You have no account here"]


def test_a_password_known_to_be_stolen_is_refused(tmp_path: Any, settings: Any):
    words = [f"stolen phrase number {number}" for number in range(200)]
    lines = sorted(hashlib.sha1(word.encode()).hexdigest().upper() for word in words)
    path = tmp_path / "stolen.txt"
    path.write_text("".join(f"{line[: 40 if number % 2 else 12]}:{number}\n" for number, line in enumerate(lines)))
    settings.BREACHED_PASSWORDS = str(path)
    for word in words:
        with pytest.raises(ValidationError):
            NotBreached().validate(word)
    NotBreached().validate("nobody has stolen this one yet")
    settings.BREACHED_PASSWORDS = ""
    NotBreached().validate(words[0])


def test_keys_are_named_after_the_site():
    assert get_adapter().get_totp_issuer() == "Wardwise"
