"""`wardwise-site`: Django's own commands and ours, with the site's settings."""

from __future__ import annotations

import os
import sys

from django.core.management import execute_from_command_line


def run() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "partnership.site.settings")
    named = [sys.argv[0], *(name.replace("-", "_") for name in sys.argv[1:2]), *sys.argv[2:]]
    execute_from_command_line(named if not sys.argv[1:2] or not sys.argv[1].startswith("-") else sys.argv)


if __name__ == "__main__":
    run()
