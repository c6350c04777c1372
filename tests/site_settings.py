"""The site's settings for tests: a folder of its own, a fast password hash, mail kept in memory."""

from __future__ import annotations

import os
import tempfile

os.environ.setdefault("WARDWISE_SITE_DEMO", "1")
os.environ.setdefault("WARDWISE_SITE_DATA", tempfile.mkdtemp(prefix="wardwise-site-"))

from partnership.site.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405
