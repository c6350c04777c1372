"""A council's own sign-in, in a process and a database of its own: a real OpenID Connect provider to prove ours against.

Run as a program it serves until it is stopped: `council_sign_in.py FOLDER PORT OUR_ADDRESS`.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CLIENT, SECRET = "wardwise", "a secret between the two of us"
PASSWORD = "the council's own phrase"
KNOWN, UNKNOWN, UNCHECKED = "known@council.invalid", "unknown@council.invalid", "unchecked@council.invalid"
"""An account of ours under a checked address; no account of ours; an address the council has not checked."""


@contextmanager
def serving(folder: Path, port: int, ours: str) -> Iterator[str]:
    """The address of the council's sign-in."""
    command = [sys.executable, __file__, str(folder), str(port), ours]
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("DJANGO", "WARDWISE"))}
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE) as process:
        try:
            address = f"http://127.0.0.1:{port}"
            _wait(f"{address}/.well-known/openid-configuration", process)
            yield address
        finally:
            process.terminate()


def _wait(url: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 40
    while time.monotonic() < until and process.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=2).close()
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    process.kill()
    raise RuntimeError(f"the council's sign-in did not answer: {process.communicate()[1].decode()[-2000:]}")


def _settings(folder: Path) -> None:
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import rsa
    from django.conf import settings

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    settings.configure(
        SECRET_KEY="x" * 50,
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF=__name__,
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": folder / "council.sqlite3"}},
        INSTALLED_APPS=[
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "django.contrib.messages",
            "allauth",
            "allauth.account",
            "allauth.idp.oidc",
        ],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
            "allauth.account.middleware.AccountMiddleware",
        ],
        AUTHENTICATION_BACKENDS=["allauth.account.auth_backends.AuthenticationBackend"],
        ACCOUNT_LOGIN_METHODS={"email"},
        ACCOUNT_SIGNUP_FIELDS=["email*", "password1*"],
        ACCOUNT_EMAIL_VERIFICATION="none",
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}],
        IDP_OIDC_PRIVATE_KEY=key.decode(),
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        USE_TZ=True,
    )


def _fill(ours: str) -> None:
    from allauth.account.models import EmailAddress
    from allauth.idp.oidc.models import Client
    from django.contrib.auth import get_user_model
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    for email in (KNOWN, UNKNOWN, UNCHECKED):
        user = get_user_model().objects.create_user(email, email, PASSWORD, first_name="Sam", last_name="Field")
        EmailAddress.objects.create(user=user, email=email, primary=True, verified=email != UNCHECKED)
    client = Client(id=CLIENT, name="Wardwise", scopes="openid\nprofile\nemail", skip_consent=True, redirect_uris=ours)
    client.set_secret(SECRET)
    client.save()


urlpatterns: list[object] = []


def main() -> None:
    folder, port, ours = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    _settings(folder)
    import django
    from django.core.wsgi import get_wsgi_application
    from django.urls import include, path

    django.setup()
    _fill(ours)
    global urlpatterns
    urlpatterns = [path("accounts/", include("allauth.account.urls")), path("", include("allauth.idp.urls"))]
    from wsgiref.simple_server import make_server

    make_server("127.0.0.1", port, get_wsgi_application()).serve_forever()


if __name__ == "__main__":
    main()
