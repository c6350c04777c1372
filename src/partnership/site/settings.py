"""Settings of the site, read from the environment. `docs/how-to/deploy.md` lists every name."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from urllib.parse import unquote, urlsplit

import yaml
from django.core.exceptions import ImproperlyConfigured

HERE = Path(__file__).resolve().parent
DATA = Path(os.environ.get("WARDWISE_SITE_DATA", "site-data"))
"""Folder of the SQLite database, uploaded papers and built products."""

DEMO = os.environ.get("WARDWISE_SITE_DEMO") == "1"
"""The synthetic partnership on a laptop: pages say so, and mail is kept in a folder instead of sent."""
HTTPS = not DEMO


def _secret() -> str:
    given = os.environ.get("WARDWISE_SECRET_KEY", "")
    if len(given) >= 32:
        return given
    if given or not DEMO:
        raise ImproperlyConfigured(
            "Set WARDWISE_SECRET_KEY to at least 32 random characters. See docs/how-to/deploy.md."
        )
    return _kept_secret(DATA / "secret-key")


def _kept_secret(path: Path) -> str:
    """The demo makes its own key once, so that signing in survives a restart."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(secrets.token_urlsafe(48), encoding="utf-8")
        path.chmod(0o600)
    return path.read_text(encoding="utf-8")


def _database(address: str) -> dict[str, object]:
    """SQLite in the data folder, or PostgreSQL when DATABASE_URL names one."""
    if not address:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA / "site.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
            },
        }
    parts = urlsplit(address)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured("DATABASE_URL must begin with postgresql://.")
    query = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(query.get("host", parts.hostname or "")),
        "PORT": str(parts.port or ""),
        "OPTIONS": {"pool": {"min_size": 2, "max_size": 12, "timeout": 10}},
    }


def _one_sign_on(path: str) -> list[dict[str, object]]:
    """Organisations whose own sign-in opens this site, as `docs/how-to/keep-accounts.md` shows the file."""
    if not path:
        return []
    told = yaml.safe_load(Path(path).read_text(encoding="utf-8")) or []
    return [
        {
            "provider_id": one["key"],
            "name": one["name"],
            "client_id": one["client_id"],
            "secret": one["secret"],
            "settings": {"server_url": one["address"], "oauth_pkce_enabled": True},
        }
        for one in told
    ]


SECRET_KEY = _secret()
DEBUG = False
ALLOWED_HOSTS = os.environ.get("WARDWISE_HOSTS", "127.0.0.1,localhost").split(",")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if HTTPS]
DATABASES = {"default": _database(os.environ.get("DATABASE_URL", ""))}

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "axes",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "partnership.organisations",
    "partnership.audit",
    "partnership.meetings",
    "partnership.governance",
    "partnership.access",
    "partnership.cases",
    "partnership.insight",
    "partnership.public",
    "partnership.site",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "partnership.site.middleware.content_security",
    "partnership.site.errors.answers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "partnership.site.middleware.who_is_asking",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
]

ADDRESS = os.environ.get("WARDWISE_ADDRESS", "http://127.0.0.1:8000" if DEMO else f"https://{ALLOWED_HOSTS[0]}")
"""Where people find the site, for the links in messages."""

ROOT_URLCONF = "partnership.site.urls"
WSGI_APPLICATION = "partnership.site.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "partnership.site.context.page",
            ],
            "builtins": [
                "partnership.site.templatetags.pages",
                "partnership.site.templatetags.components",
                "partnership.site.templatetags.released",
                "partnership.site.templatetags.lists_and_forms",
            ],
        },
    }
]

AUTH_USER_MODEL = "organisations.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "partnership.organisations.passwords.NotBreached"},
]
BREACHED_PASSWORDS = os.environ.get("WARDWISE_BREACHED_PASSWORDS", "")
"""A file of SHA-1 hashes of passwords known to be stolen, or of their beginnings, one a line, in order. Nothing is asked of another site."""
PROXIES = int(os.environ.get("WARDWISE_PROXIES", "1" if HTTPS else "0"))
"""How many proxies of our own stand before the site: each adds an address to X-Forwarded-For."""
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_SENSITIVE_PARAMETERS = ["password", "login"]
AXES_USERNAME_CALLABLE = "partnership.site.sign_in.adapters.username"
AXES_CLIENT_IP_CALLABLE = "partnership.site.sign_in.adapters.address"
AXES_LOCKOUT_TEMPLATE = "errors/locked.html"
AXES_VERBOSE = False

SECOND_STEP_ROLES = frozenset(os.environ.get("WARDWISE_SECOND_STEP_ROLES", "" if DEMO else "*").split())
"""Roles that must have a second step before they enter, with spaces between; `*` is every role. None in the demo."""

ACCOUNT_ADAPTER = "partnership.site.sign_in.adapters.Accounts"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_DISPLAY = "partnership.site.sign_in.adapters.shown"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": "8/15m/key"}
"""Wrong passwords are counted by axes; `login_failed` then counts wrong codes of the second step."""
ACCOUNT_FORMS = {
    "login": "partnership.site.sign_in.forms.SignIn",
    "reauthenticate": "partnership.site.sign_in.forms.SignInAgain",
    "change_password": "partnership.site.sign_in.forms.NewPassword",
    "set_password": "partnership.site.sign_in.forms.FirstPassword",
    "reset_password": "partnership.site.sign_in.forms.Forgotten",
    "reset_password_from_key": "partnership.site.sign_in.forms.AfterForgetting",
}
MFA_ADAPTER = "partnership.site.sign_in.adapters.SecondStep"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMO
MFA_TOTP_TOLERANCE = 1
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_FORMS = {
    "authenticate": "partnership.site.sign_in.forms.Code",
    "reauthenticate": "partnership.site.sign_in.forms.CodeAgain",
    "activate_totp": "partnership.site.sign_in.forms.SetUpApp",
    "deactivate_totp": "partnership.site.sign_in.forms.RemoveApp",
    "generate_recovery_codes": "partnership.site.sign_in.forms.NewCodes",
    "add_webauthn": "partnership.site.sign_in.forms.AddKey",
    "authenticate_webauthn": "partnership.site.sign_in.forms.UseKey",
}
SOCIALACCOUNT_ADAPTER = "partnership.site.sign_in.adapters.OneSignOn"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_OPENID_CONNECT_URL_PREFIX = ""
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": _one_sign_on(os.environ.get("WARDWISE_SIGN_ON", ""))}}
"""Councils' own sign-ins, from a file: for each its name, its address, and the id and secret it gave us."""

CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "site_cache"}}
"""In the database, so that all processes count together."""

LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"
SESSION_COOKIE_NAME = "wardwise"
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "partnership.site.errors.expired_form"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
"""Where a real site's files are collected, compressed and named by content. The demo serves what tools/assets.sh built."""
WHITENOISE_USE_FINDERS = DEMO
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEMO
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
MEDIA_ROOT = DATA / "papers"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000

EMAIL_BACKEND = "django.core.mail.backends." + ("filebased" if DEMO else "smtp") + ".EmailBackend"
EMAIL_FILE_PATH = DATA / "mail"
EMAIL_HOST = os.environ.get("WARDWISE_MAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("WARDWISE_MAIL_PORT", "25"))
DEFAULT_FROM_EMAIL = os.environ.get("WARDWISE_MAIL_FROM", "wardwise@localhost")
EMAIL_TIMEOUT = 10
CONTACT = os.environ.get("WARDWISE_CONTACT", "")
"""Where people write about the site: an address of the partnership's, shown on the help, privacy and accessibility pages."""

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"screen": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["screen"], "level": "WARNING"},
    "loggers": {"django.request": {"level": "ERROR"}, "axes": {"level": "ERROR"}},
}
